"""Families as trees: what came first at the root, what derives from it below, and where the upstream is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from provenance.model import ArticleId, Decision, Derivation, Direction, Family, InferredSource
from provenance.report.findings import FindingsIndex
from provenance.report.plain import handle, one_line
from provenance.report.terminal.evidence import best_evidence
from provenance.report.terminal.layout import Paragraph, entry, heading, plain
from provenance.report.terminal.trees import Growth
from provenance.report.words import (
    DIRECTION_WORDS,
    counted,
    few,
    listed,
    origins_phrase,
    percent,
    review_phrase,
    strength_phrase,
)

__all__ = ["content_phrase", "families_section", "inferred_name", "link_words", "versions_line"]

_NOT_AT_HAND: Final = "its own page is not at hand"
_ORDER_UNKNOWN: Final = "nothing given here shows which of them came first"
_UNKNOWN_UPSTREAM: Final = f"Upstream unknown: these share text, and {_ORDER_UNKNOWN}"

_CREDITED: Final = "cyan"
_MEASURED: Final = "yellow"
_UNKNOWN: Final = "magenta"
_INFERRED: Final = "italic magenta"
_VERSION: Final = "blue"


def families_section(index: FindingsIndex) -> Iterator[RenderableType]:
    """Yield the families of two and more articles, largest first; nothing when there are none."""
    lineage = index.findings.lineage
    families = sorted(
        (each for each in lineage.families if len(each.articles) > 1), key=lambda each: (-len(each.articles), each.id)
    )
    if not families:
        return
    yield heading("Families: articles tied by derivation", "Upstream stands above, downstream below it.")
    for number, family in enumerate(families, 1):
        size, origins = counted(len(family.articles), "article"), origins_phrase(family.origins)
        yield ""
        yield Paragraph(plain(f"Family {number}: {size}, {origins}", "bold"))
        yield from (entry("Why", one_line(reason), indent=2) for reason in family.origins.why)
        yield from _FamilyTree(family, index).trees()


class _FamilyTree:
    """Lays one family out as trees. An article with several upstreams stands below the best evidenced of them."""

    def __init__(self, family: Family, index: FindingsIndex) -> None:
        self._index = index
        self._family = family
        self._members = frozenset(family.articles)
        self._above: dict[ArticleId, Derivation] = {}
        self._below: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
        self._placed: set[ArticleId] = set()
        self._growth = Growth(
            label=self._placed_label,
            below=lambda article: [each for each in self._below[article] if each not in self._placed],
            waiting=lambda count: f"{counted(count, 'article')} below it: see the next tree",
            resumed=lambda article: f"Below {index.article_name(article)}:",
        )
        for article in family.articles:
            if link := self._best_upstream(article):
                self._above[article] = link
                self._below[link.upstream or article].append(article)

    def _best_upstream(self, article: ArticleId) -> Derivation | None:
        directed = (
            each
            for each in self._index.asserted(article)
            if each.upstream in self._members and each.direction is not Direction.UNKNOWN
        )
        return next(directed, None)

    def trees(self) -> Iterator[RenderableType]:
        """Yield the trees: below what is inferred, credited or unknown, then below what nothing stands above."""
        tops = [article for article in self._family.articles if article not in self._above]
        for source in self._family.inferred_sources:
            members = frozenset(source.articles)
            drew = [article for article in tops if article in members and article not in self._placed]
            yield from self._growth.trees(self._inferred_root(source, drew), drew)
        below: defaultdict[str, list[ArticleId]] = defaultdict(list)
        for group in self._sharing([article for article in tops if article not in self._placed]):
            below[self._upstream_of(group)] += group
        for upstream, articles in below.items():
            if upstream:
                style = _UNKNOWN if upstream == _UNKNOWN_UPSTREAM else _CREDITED
                yield from self._growth.trees(plain(upstream, style), articles)
        for article in (*below[""], *self._family.articles):
            if article not in self._placed:
                yield from self._growth.trees(None, [article])

    def _inferred_root(self, source: InferredSource, drew: list[ArticleId]) -> RenderableType:
        """Say what nobody has at hand, why it is inferred, and who of those that stand elsewhere drew on it too."""
        here = frozenset(drew)
        elsewhere = [article for article in source.articles if article not in here]
        lines: list[RenderableType] = [Paragraph(plain(inferred_name(self._index, source), _INFERRED))]
        lines.append(entry("It must have contained", content_phrase(source), indent=2))
        lines += (entry("Why", one_line(reason), indent=2) for reason in source.why)
        if elsewhere:
            names = few(map(self._index.article_name, elsewhere), len(elsewhere), "article")
            lines.append(entry("Also drawn on by", names, indent=2))
        return Group(*lines)

    def _upstream_of(self, group: list[ArticleId]) -> str:
        """Say what stands above articles that no article at hand stands above; empty when nothing is known to."""
        named = {article: self._named_outlets(article) for article in group}
        outlets = listed(sorted({name for names in named.values() for name in names}))
        if not outlets:
            return _UNKNOWN_UPSTREAM if len(group) > 1 else ""
        if len(group) == 1:
            return f"{outlets}: {self._named_by(group[0])} as the source; {_NOT_AT_HAND}"
        who = "all" if all(named.values()) else "some"
        return f"{outlets}: credited as the source by {who} of these; {_NOT_AT_HAND}, and {_ORDER_UNKNOWN}"

    def _named_by(self, article: ArticleId) -> str:
        """Say who names the outlets that stand upstream of an article."""
        links = (each for each in self._index.asserted(article) if each.upstream is None)
        return listed(dict.fromkeys(map(self._index.named_by, links)))

    def _named_outlets(self, article: ArticleId) -> list[str]:
        links = (each for each in self._index.asserted(article) if each.upstream is None)
        return [self._index.outlet_name(each.upstream_outlet) or "A source it does not name" for each in links]

    def _sharing(self, tops: list[ArticleId]) -> Iterator[list[ArticleId]]:
        """Yield the articles in groups tied by links of unknown direction; most groups are one article."""
        waiting = dict.fromkeys(tops)
        while waiting:
            group, edge = [], [next(iter(waiting))]
            del waiting[edge[0]]
            while edge:
                group.append(article := edge.pop())
                for other in self._partners(article):
                    if other in waiting:
                        del waiting[other]
                        edge.append(other)
            yield sorted(group)

    def _partners(self, article: ArticleId) -> Iterator[ArticleId]:
        for link in self._index.undirected(article):
            other = link.downstream if link.upstream == article else link.upstream
            if other is not None:
                yield other

    def _placed_label(self, article: ArticleId) -> RenderableType:
        self._placed.add(article)
        return self._label(article)

    def _label(self, article: ArticleId) -> RenderableType:
        index = self._index
        name = Text.assemble((index.article_name(article), "bold"), (index.shown_handle(article), "dim"))
        lines: list[RenderableType] = [Paragraph(name)]
        if link := self._above.get(article):
            lines += self._link_lines(article, link)
        elif article == self._family.root:
            lines.append(Paragraph(plain("the others of this family come from it"), indent=2))
        lines += self._other_links(article)
        lines += versions_line(self._index, article, indent=2)
        return Group(*lines)

    def _link_lines(self, article: ArticleId, link: Derivation) -> Iterator[RenderableType]:
        more = f": provenance show {handle(article)}"
        yield Paragraph(link_words(link, credited=self._index.credits(article, link)), indent=2)
        yield entry("Evidence", best_evidence(link.evidence, more=more), indent=2)

    def _other_links(self, article: ArticleId) -> Iterator[RenderableType]:
        """Yield what else ties an article: further upstreams, outlets known by name, and links without direction."""
        for link in self._index.asserted(article):
            if link is self._above.get(article) or not self._is_told_here(link):
                continue
            name = (
                self._index.article_name(link.upstream)
                if link.upstream
                else self._index.outlet_name(link.upstream_outlet)
            )
            words = link_words(link, credited=self._index.credits(article, link))
            relation = "Shares text with" if link.direction is Direction.UNKNOWN and link.upstream else "From"
            yield entry(relation, Text.assemble(f"{name or 'a source it does not name'}, ", words), indent=2)
            more = f": provenance show {handle(article)}"
            yield entry("Evidence", best_evidence(link.evidence, more=more), indent=2)

    def _is_told_here(self, link: Derivation) -> bool:
        return link.upstream is None or link.in_lineage


def inferred_name(index: FindingsIndex, source: InferredSource) -> str:
    """Name a text that nobody has at hand, so that nobody takes it for a finding."""
    credited = f" of {index.outlet_name(source.outlet)}" if source.outlet else ""
    drew = counted(len(source.articles), "article")
    return f"Inferred, not found: a text{credited} that is not at hand, and that {drew} seem to draw on"


def content_phrase(source: InferredSource) -> str:
    """Say how much an inferred source must have contained, by the fullest wording of each passage."""
    length = sum(len(content.places[0].span) for content in source.content if content.places)
    return f"{counted(len(source.content), 'passage')}, {counted(length, 'character')} in all"


def versions_line(index: FindingsIndex, article: ArticleId, *, indent: int) -> Iterator[RenderableType]:
    """Yield the other versions of an article at its outlet, earlier and later ones apart; nothing without any."""
    group = [each for each in index.versions.get(article, ()) if each != article]
    earlier = [each for each in group if index.comes_after(article, each)]
    later = [each for each in group if index.comes_after(each, article)]
    unordered = [each for each in group if each not in earlier and each not in later]
    for label, others in (
        ("Earlier versions of it", earlier),
        ("Later versions of it", later),
        ("Other versions of it, order unknown", unordered),
    ):
        if others:
            named = (f"{index.article_name(each)}{index.shown_handle(each)}" for each in others)
            shown = label if len(others) > 1 else label.replace("versions", "version")
            yield entry(shown, few(named, len(others), "version"), indent=indent)


def link_words(link: Derivation, *, credited: bool, words_of: str = "its words") -> Text:
    """Say what a link rests on, how much it covers, how strong its evidence is, and how sure its direction.

    Args:
        link: the link.
        credited: whether the downstream article names the upstream's outlet as its source.
        words_of: what to call the words of the downstream article.
    """
    reviewed = f" · {review_phrase(link)}" if review_phrase(link) else ""
    if link.upstream is None:
        by_review = link.decision is Decision.CONFIRMED and not credited
        basis = "named by a reviewer" if by_review else "credited by name"
        return Text.assemble((f"{basis}; amount not measurable here", _CREDITED), reviewed)
    amount = f"{percent(link.share)} of {words_of}" if link.share is not None else "amount unknown"
    rest = f": {amount} · evidence strength {strength_phrase(link.strength)} · {DIRECTION_WORDS[link.direction]}"
    return Text.assemble(_basis(link, credited=credited), rest, (reviewed, "bold"))


def _basis(link: Derivation, *, credited: bool) -> tuple[str, str]:
    if link.share is None and link.decision is Decision.CONFIRMED:
        return ("tied by a reviewer alone", _CREDITED)
    if link.is_version:
        return ("two versions of one article", _VERSION)
    if credited:
        return ("measured and credited", _CREDITED)
    return ("measured", _UNKNOWN) if link.direction is Direction.UNKNOWN else ("measured, not credited", _MEASURED)
