"""The attribution stage: what one labelled article says about its source.

The order of decision: position and line shape; then what speaks against (image, related link, quotation, comments);
then the kind; then "is it me?". What was considered and not taken is kept with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import re2

from provenance.attribute.credits import Credit, credits_of, is_beginning, is_phrase
from provenance.attribute.editions import is_edition
from provenance.attribute.identity import PageIdentity
from provenance.attribute.kinds import adapted_kind
from provenance.attribute.lines import Line, lines_of
from provenance.attribute.markup import MarkupReading
from provenance.attribute.notes import NoteRules, find_notes
from provenance.attribute.objections import NOBODY, Match, misplaced, objection
from provenance.attribute.rules import IMAGE_RANK, LINE_LENGTH, AttributionRules, CompiledRule, Needs, Position, Scope
from provenance.knowledge.names import name_key
from provenance.knowledge.outlets import OutletGraph
from provenance.model import (
    PROVENANCE_KINDS,
    Article,
    Attribution,
    AttributionKind,
    Extent,
    Inspection,
    LabelledArticle,
    OutletKind,
    Rejection,
    Role,
)

__all__ = ["ATTRIBUTE_VERSION", "attribute"]

ATTRIBUTE_VERSION = "7"
"""Rises whenever the same article and rules may give another inspection: stored inspections are keyed by it."""

START_LENGTH = 200
END_LENGTH = 260
"""Code points of a line's start and end in which datelines and slugs may stand."""
INLINE_LENGTH = 20_000
"""Code points of a line in which sources of facts are looked for; the longest real paragraphs have some thousands."""
FOREIGN_RANK = 70
"""Credits in another language's wording than the page's are read after all of its own, before sources of facts: a
dateline of one language often fits the beginning of another's."""
MAX_MATCHES = 100
"""Matches of one rule in one line; what a hostile line holds beyond that is not read."""
_NEAR = frozenset({Position.BENEATH, Position.TITLED})
"""Positions of rules whose words are a name and nothing else: out of place they are not worth telling of."""
_AT_HOME = frozenset({AttributionKind.IMAGE, AttributionKind.CITATION})
"""Kinds whose words are too common in other languages to be looked for where the page's language is known."""


_NO_NOTES = NoteRules()


def attribute(
    labelled: LabelledArticle,
    *,
    rules: AttributionRules,
    outlets: OutletGraph,
    notes: NoteRules = _NO_NOTES,
    explain: bool = True,
) -> Inspection:
    """Find every attribution of one article, in its text and its markup, and what it says of its own versions.

    ``notes`` are the rules for the latter; without any none is found. ``explain`` also keeps matches that stand where
    their rules may not hold, with the reason; without it the same is found with less work, the less the longer the
    article.
    """
    article = labelled.article
    page = PageIdentity.of(article, outlets)
    lines = list(lines_of(labelled, outlets))
    text = "\n".join(line.masked for line in lines)
    reading = _Reading(rules, outlets, page, article, explain=explain)
    reading.read(lines, text)
    markup = MarkupReading(rules.markup, outlets, page)
    found = [*reading.attributions, *markup.read(article)]
    found = list(_conventions(found, rules, is_own=_is_supplier(article, page)))
    return Inspection(
        labelled=labelled,
        attributions=tuple(_once(found)),
        rejections=(*reading.rejections, *markup.rejections),
        outlet=page.outlet.id if page.outlet is not None else None,
        notes=find_notes(lines, notes, article, text=text),
    )


_SLUG = re2.compile(r"[(]([^()\n]{3,60})[)]\s?[-–—]")
_HEAD = 3000
"""Code points in which the dateline of an agency's own page stands."""


def _is_supplier(article: Article, page: PageIdentity) -> bool:
    """Say whether the page is an agency's own: listed as one, or with its own name in the dateline."""
    if page.outlet is None:
        return False
    slugs = (found[1] for found in _SLUG.finditer(article.text[:_HEAD]))
    return page.outlet.kind is OutletKind.AGENCY or any(map(page.is_named, slugs))


def _conventions(found: list[Attribution], rules: AttributionRules, *, is_own: bool) -> Iterator[Attribution]:
    """Take back the outlet a device is known by where the page itself says whose copy it is.

    "(Reporting by …; Editing by …)" is Reuters's habit, and others have it too: beside another credit it names nobody,
    and on an agency's own page, or below a byline of the house's own staff, it is the page's own.
    """
    others = {item.outlet for item in found if item.is_provenance and item.rule not in rules.conventions}
    is_own = is_own or any(item.kind is AttributionKind.SELF and "byline" in item.rule for item in found)
    for item in found:
        if item.rule not in rules.conventions or not item.is_provenance or item.outlet in others:
            yield item
        elif is_own:
            yield replace(item, kind=AttributionKind.SELF, extent=Extent.UNKNOWN, **_NOBODY)
        else:
            yield replace(item, **_NOBODY) if others - {None} else item


_NOBODY: dict[str, Any] = {"credited": None, "domain": None, "outlet": None, "name_span": None}


def _once(found: list[Attribution]) -> Iterator[Attribution]:
    seen: set[tuple[object, ...]] = set()
    for item in found:
        key = (item.kind, item.span, item.element, item.outlet)
        if key not in seen:
            seen.add(key)
            yield item


class _Reading:
    """One pass over the lines of one article."""

    def __init__(
        self, rules: AttributionRules, outlets: OutletGraph, page: PageIdentity, article: Article, *, explain: bool
    ) -> None:
        self.rules = rules
        self.explain = explain
        self.outlets = outlets
        self.page = page
        self.language = article.language if article.language in rules.languages else None
        self.article_language = article.language
        self.sets = rules.read_by(article.text, article.language)
        self.needed: tuple[bool, ...] = ()
        self.attributions: list[Attribution] = []
        self.rejections: list[Rejection] = []
        self.closed = ""  # the rule after which everything is somebody else's words

    def read(self, lines: Sequence[Line], text: str) -> None:
        """Read all lines; what letters the rules need is looked for in them as one text first."""
        self.needed = tuple(held.may_match(text) for held in self.sets)
        for line in lines:
            self._read(line)

    def _read(self, line: Line) -> None:
        taken: list[tuple[int, int]] = []
        for match in sorted(self._matches(line), key=self._precedence):
            if any(match.start < end and start < match.end for start, end in taken):
                continue
            reason = objection(line, match, page=self.page.outlet, closed=self.closed)
            found = [] if reason else self._attributions(line, match)
            if found:
                self.attributions += found
                taken.append((match.start, match.end))
            elif match.rule.kind is None and not reason:
                taken.append((match.start, match.end))
                self._reject(line, match, match.rule.why)
                if match.rule.id.endswith(".comments") and line.is_below_middle:
                    self.closed = match.rule.id
            elif match.rule.position not in _NEAR and self._would_credit(line, match, reason):
                self._reject(line, match, reason or _unnamed(match.rule))

    def _precedence(self, match: Match) -> tuple[int, bool, int, int, int]:
        rule = match.rule
        foreign = self._is_foreign(rule)
        late = foreign and rule.language != "en" and rule.kind in PROVENANCE_KINDS
        return FOREIGN_RANK if late else rule.rank, foreign, rule.rank, match.start, -match.end

    def _is_foreign(self, rule: CompiledRule) -> bool:
        return self.language is not None and rule.language not in (self.language, "*")

    def _is_silent(self, rule: CompiledRule) -> bool:
        """Say whether a rule has no say on this page: English labels are used everywhere, others at home."""
        return rule.kind in _AT_HOME and rule.language != "en" and self._is_foreign(rule)

    def _matches(self, line: Line) -> Iterator[Match]:
        masked = line.masked
        rules = self._candidates(line)
        if len(masked) <= LINE_LENGTH:
            yield from self._of(rules[Scope.LINE], line, 0, LINE_LENGTH)
        yield from self._of(rules[Scope.START], line, 0, START_LENGTH)
        yield from self._of(rules[Scope.END], line, max(0, len(masked) - END_LENGTH), len(masked))
        yield from self._of(rules[Scope.INLINE], line, 0, INLINE_LENGTH)

    def _of(self, rules: Sequence[CompiledRule], line: Line, offset: int, end: int) -> Iterator[Match]:
        if not rules:
            return
        text = line.masked[offset:end]
        encoded = text.encode("utf-8", "surrogatepass")
        for rule in rules:
            # Bytes first: most patterns do not match, and need no offsets in code points.
            if not rule.may_hold(text) or rule.pattern.search(encoded) is None:
                continue
            for found in islice(rule.pattern.finditer(text), MAX_MATCHES):
                spans = {name: found.span(group) for name, group in rule.pattern.groupindex.items()}
                groups = {name: (s + offset, e + offset) for name, (s, e) in spans.items() if s >= 0}
                start, stop = groups.get("span", (found.start() + offset, found.end() + offset))
                if stop > start:
                    yield Match(rule, start, stop, groups)

    def _candidates(self, line: Line) -> Mapping[Scope, Sequence[CompiledRule]]:
        """Give the rules that may match a line, by what they read of it; where nobody asks why, only those in place."""
        found: dict[Scope, list[CompiledRule]] = {scope: [] for scope in Scope}
        amid = not (self.explain or line.is_head or line.is_tail)
        encoded = line.masked.encode("utf-8", "surrogatepass")
        for held, needed in zip(self.sets, self.needed, strict=True):
            for rule in held.candidates(encoded, needed=needed):
                if amid and not rule.amid:
                    continue
                if self._is_silent(rule) or (not self.explain and misplaced(rule.position, line)):
                    continue
                found[rule.scope].append(rule)
        return found

    def _reject(self, line: Line, match: Match, reason: str) -> None:
        text = line.quoted(match.start, match.end)
        self.rejections.append(Rejection(match.rule.id, text, reason, line.span(match.start, match.end)))

    def _would_credit(self, line: Line, match: Match, reason: str) -> bool:
        """Say whether a dropped match is worth telling of: (2016) within the text was never thought a credit."""
        by_shape_alone = match.rule.language == "*" and match.rule.kind is AttributionKind.WIRE
        if not reason:
            return not by_shape_alone
        return match.rule.needs is Needs.NONE or any(
            _enough(match.rule.needs, credit) for credit in self._named(line, match)
        )

    def _attributions(self, line: Line, match: Match) -> list[Attribution]:
        rule = match.rule
        if rule.kind is None:
            return []
        named = [credit for credit in self._named(line, match) if _enough(rule.needs, credit)]
        if not named and rule.needs is not Needs.NONE:
            return []
        base = self._placed(line, match, match.start, match.end)
        if not named:
            return [base]
        found = [self._credited(self._apart(base, credit, line, match), credit, rule, line) for credit in named]
        own = rule.page == "other" and any(item.kind is AttributionKind.SELF for item in found)
        return [] if own else found

    def _placed(self, line: Line, match: Match, start: int, end: int) -> Attribution:
        relays = line.names_within(*match.groups["via"]) if "via" in match.groups else []
        return Attribution(
            kind=match.rule.kind or AttributionKind.CITATION,
            text=line.quoted(start, end),
            rule=match.rule.id,
            span=line.span(start, end),
            extent=match.rule.extent,
            via=tuple(name.outlet.id for name in relays),
        )

    def _apart(self, base: Attribution, credit: Credit, line: Line, match: Match) -> Attribution:
        """Give a second source its own clause as the place, where the rule tells that clause apart."""
        if "other" not in match.groups or credit.span.start < line.span(*match.groups["other"]).start:
            return base
        return self._placed(line, match, *match.groups["other"])

    def _named(self, line: Line, match: Match) -> list[Credit]:
        if match.rule.credits:
            outlet = self.outlets.identify(name=match.rule.credits)
            place = line.span(match.start, match.end)
            return [Credit(outlet, outlet.name, place, next(iter(outlet.domains), None), known=True)]
        if "name" not in match.groups:
            return []
        named = list(
            map(self._at_home, credits_of(line, *match.groups["name"], self.outlets, language=match.rule.language))
        )
        if "issuer" in match.groups:
            issuing = credits_of(line, *match.groups["issuer"], self.outlets, language=match.rule.language)
            named += [credit for credit in issuing if credit.outlet.id not in {one.outlet.id for one in named}]
        if match.rule.kind is AttributionKind.IMAGE:
            return [credit for credit in named if credit.known or not is_phrase(credit.name)]
        if match.rule.kind is AttributionKind.CITATION:
            return [credit for credit in named if not is_beginning(line, credit)]
        return named

    def _at_home(self, credit: Credit) -> Credit:
        """Give a name two outlets have to the one at home in the page's language."""
        outlet = self.outlets.at_home(credit.outlet, credit.name, self.article_language)
        if outlet is credit.outlet:
            return credit
        return replace(credit, outlet=outlet, domain=next(iter(outlet.domains), None))

    def _credited(self, base: Attribution, credit: Credit, rule: CompiledRule, line: Line) -> Attribution:
        kind, extent = adapted_kind(base.kind, base.extent, credit.outlet, adapts=rule.adapts)
        if kind in PROVENANCE_KINDS and _is_caption(line, rule, base):
            kind = AttributionKind.IMAGE
        if kind in PROVENANCE_KINDS and self._is_own(credit):
            kind = AttributionKind.SELF
        return replace(
            base,
            kind=kind,
            extent=extent if kind in PROVENANCE_KINDS else Extent.UNKNOWN,
            credited=credit.name,
            domain=credit.domain,
            outlet=credit.outlet.id,
            name_span=credit.span,
        )

    def _is_own(self, credit: Credit) -> bool:
        own = self.page.outlet
        if own is None or self.page.is_own(credit.outlet, credit.domain, self.outlets):
            return own is not None
        if credit.outlet.kind is OutletKind.AGGREGATOR and own.owner is not None and credit.outlet.owner == own.owner:
            return True  # portals of one company carry its copyright line: Yahoo's stands below AOL's pages
        listed = bool(own.source) and bool(credit.outlet.source)
        return not listed and any(is_edition(key, name_key(credit.outlet.name)) for key in self.page.keys)


_PICTURE_PATH = re2.compile(
    r"(?i)(?:^|>)(?:figure|figcaption)\b|"
    r"(?:^|>)[a-z0-9]+(?:\.[\w-]+)*\.(?:(?:article|wp-block|featured|lead|hero|main|media|post|entry|story|c|m|o)(?:__|-{1,2}))?"
    r"(?:image|img|photo|picture|gallery|slideshow|foto|bild)s?"
    r"(?:[_-]{1,2}(?:credits?|captions?|box|wrapper|wrap|container|copyright|source|info|block|meta|item|desc(?:ription)?|text))?"
    r"(?:[.#][\w.#-]*)?(?:>[^>]*){0,2}$"
)
"""Elements that hold a picture and what is said of it, by their own name or class and no more than two steps up: the
class of a whole page may well hold one of these words."""


def _is_caption(line: Line, rule: CompiledRule, credit: Attribution) -> bool:
    # A credit line looks like a picture's to cleaning, which has only its shape and label to go by: below the article
    # it is the text's, above it only where the rule is decided before those of pictures.
    whole = rule.scope is Scope.LINE or len(credit.text) >= len(line.plain) - 1
    textual = line.is_tail or (rule.position in {Position.HEAD, Position.EDGE} and rule.rank < IMAGE_RANK)
    guessed = whole and textual and not line.element and line.decided.startswith(("page.", "furniture."))
    return _PICTURE_PATH.search(line.element) is not None or (line.role is Role.CAPTION and not guessed)


def _unnamed(rule: CompiledRule) -> str:
    return "names the page's own outlet" if rule.page == "other" else NOBODY[rule.needs]


def _enough(needs: Needs, credit: Credit) -> bool:
    if needs is Needs.AGENCY:
        return credit.outlet.kind is OutletKind.AGENCY
    return credit.known or needs is not Needs.KNOWN
