"""What the markup of a page says about its source: claims read against the rules of their carriers.

Most structured signals on real pages name the page itself, so a claim counts only when it leads to another outlet: an
address on another site, or a listed name that is not the page's own.

Options of a rule:

- ``carrier``, ``name``, ``context``, ``label``: which claims it reads, by family, property, what encloses them and, of
  a link, what its text is;
- ``needs``: ``address`` (names alone do not count), ``listed`` (an outlet of the files), ``distinct`` (a listed outlet
  whose name is no common word), ``agency`` (a listed agency);
- ``page``: ``known`` where the page's own outlet must be known, ``unsettled`` where moreover no canonical link may
  lead to the page itself, ``identified`` where it must be listed or named by the page beside the claim;
- ``leads = "page"``: an address of a front page does not count;
- ``unlisted = "names"``: a name no file lists counts where the page names itself differently;
- ``anywhere``: it may stand in an object or element beside the article;
- ``extent``: how much of the text the claim covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from provenance.attribute.claims import ClaimedArticle, Statement
from provenance.attribute.identity import PageIdentity
from provenance.attribute.kinds import adapted_kind
from provenance.knowledge.outlets import OutletGraph
from provenance.model import (
    PROVENANCE_KINDS,
    Article,
    Attribution,
    AttributionKind,
    Claim,
    Extent,
    Outlet,
    OutletKind,
    Rejection,
    Rule,
)

__all__ = ["MarkupReading", "MarkupRule"]

_NEVER_UPSTREAM = frozenset({OutletKind.PLATFORM, OutletKind.PICTURE_AGENCY, OutletKind.ARCHIVE, OutletKind.OWNER})
"""Kinds nobody takes an article's text from; in markup they are profiles, pictures, copies and holders of rights."""

_SOURCE_NAME = re2.compile(r"(?i)\w*(?:source|origin|original)[_.-]?(?:name|title)")
_FIELD = re2.compile(r"(?i)[_.-]?(?:name|title|url|uri|link|href|address)$")
"""What the field for a name, or for an address, adds to the word for the thing: source_name, sourceUrl."""


def _stem(claim: Claim) -> tuple[str, str]:
    """Return where a claim of a record stands and what thing it speaks of, without saying in which form."""
    return claim.context, _FIELD.sub("", claim.name).casefold()


def _agencies(outlets: list[Outlet]) -> list[Outlet]:
    return [outlet for outlet in outlets if outlet.kind is OutletKind.AGENCY]


@dataclass(frozen=True)
class MarkupRule:
    """One rule over claims: which carrier and property, and what the value must be."""

    rule: Rule

    @cached_property
    def carriers(self) -> frozenset[str]:
        """The markup families it reads."""
        return frozenset(self.rule.options["carrier"].split())

    @cached_property
    def name(self) -> Any:  # noqa: ANN401  re2 ships no types
        """The property it reads, as a pattern over the whole name."""
        return re2.compile(f"(?i)(?:{self.rule.options.get('name', '.*')})")

    @cached_property
    def value(self) -> Any:  # noqa: ANN401
        """What the value must look like."""
        return re2.compile(self.rule.pattern or "")

    @cached_property
    def context(self) -> Any:  # noqa: ANN401
        """Where the claim must stand."""
        return re2.compile(f"(?i){self.rule.options.get('context', '')}")

    @cached_property
    def label(self) -> Any:  # noqa: ANN401
        """What the text of a link must be."""
        return re2.compile(self.rule.options.get("label", ""))

    def reads(self, claim: Claim) -> bool:
        """Say whether a claim is of this rule's kind."""
        return (
            claim.carrier in self.carriers
            and self.name.fullmatch(claim.name) is not None
            and self.value.search(claim.value) is not None
            and self.context.search(claim.context) is not None
            and self.label.search(claim.extra.get("text", "")) is not None
        )


class MarkupReading:
    """One pass over the claims of one article."""

    def __init__(self, rules: Iterable[MarkupRule], outlets: OutletGraph, page: PageIdentity) -> None:
        self.rules = tuple(rules)
        self.outlets = outlets
        self.page = page
        self.rejections: list[Rejection] = []

    def read(self, article: Article) -> Iterator[Attribution]:
        """Yield the attributions of a page's markup, in the order of its claims; keep why others were not taken."""
        around = ClaimedArticle(article, self.page)
        addressed = frozenset(_stem(claim) for claim in article.claims if self._is_elsewhere(claim))
        for claim in article.claims:
            if _SOURCE_NAME.fullmatch(claim.name) and _stem(claim) in addressed:
                continue  # one statement in two fields: outlets may share a name, not an address
            refused: list[Rejection] = []
            for rule in (rule.rule for rule in self.rules if rule.reads(claim)):
                found = self._attributions(rule, claim, around)
                if not isinstance(found, str):
                    yield from found
                    break
                refused.append(Rejection(rule.id, claim.element, found))
            else:
                self.rejections += refused[:1]

    def _is_elsewhere(self, claim: Claim) -> bool:
        """Say whether a claim is the address of another site that texts are taken from."""
        host = Statement.of(claim).host if claim.carrier == "feed" else None
        listed = self.outlets.by_domain(host) if host is not None else None
        return (
            host is not None and not self.page.is_copy(host) and (listed is None or listed.kind not in _NEVER_UPSTREAM)
        )

    def _attributions(self, rule: Rule, claim: Claim, around: ClaimedArticle) -> list[Attribution] | str:
        stated = Statement.of(claim)
        if reason := around.objection(claim, stated, anywhere=rule.options.get("anywhere") == "True"):
            return reason
        wanted = rule.options.get("page", "")
        if wanted and self.page.outlet is None:
            return "stands on a page of which nobody knows whose it is"
        if wanted == "unsettled" and around.is_settled:
            return "a canonical link says that the page is its own original"
        if rule.options.get("needs") == "none":
            extent = Extent(rule.options.get("extent", "unknown"))
            return [Attribution(AttributionKind(rule.kind), claim.value, rule.id, element=claim.element, extent=extent)]
        outlets = self._outlets(rule, stated, around)
        if not outlets:
            return "names no listed outlet and no address"
        found = [self._attribution(rule, claim, stated, outlet, around) for outlet in outlets]
        taken = [item for item in found if isinstance(item, Attribution)]
        return taken or next(item for item in found if isinstance(item, str))

    def _attribution(
        self, rule: Rule, claim: Claim, stated: Statement, outlet: Outlet, around: ClaimedArticle
    ) -> Attribution | str:
        kind, extent = adapted_kind(AttributionKind(rule.kind), Extent(rule.options.get("extent", "full")), outlet)
        host = stated.host
        own = kind in PROVENANCE_KINDS and self.page.is_own(outlet, host, self.outlets)
        if (
            own
            or (host is not None and self.page.is_copy(host))
            or around.bears_name(outlet)
            or around.is_own_service(stated.name)
        ):
            if rule.options.get("page") in {"unsettled", "identified"}:  # every page says so much
                return "names the page's own outlet"
            kind = AttributionKind.SELF
        elif reason := self._unlocated(rule, outlet) or self._refusal(rule, stated, outlet, around):
            return reason
        elif kind in PROVENANCE_KINDS and around.is_footnote(claim):
            kind = AttributionKind.CITATION
        return Attribution(
            kind=kind,
            text=claim.value,
            rule=rule.id,
            element=claim.element,
            credited=outlet.name,
            domain=host or next(iter(outlet.domains), None),
            outlet=outlet.id,
            extent=extent if kind in PROVENANCE_KINDS else Extent.UNKNOWN,
        )

    def _unlocated(self, rule: Rule, outlet: Outlet) -> str:
        """Say that two names may be one outlet's; empty where an address or a list tells them apart."""
        if not rule.options.get("page") or self.page.is_located or self.outlets.get(outlet.id) is not None:
            return ""
        return f"{outlet.name} may be the page's own: neither is in a list, and the page has no address"

    def _refusal(self, rule: Rule, stated: Statement, outlet: Outlet, around: ClaimedArticle) -> str:
        """Say why an outlet that is not the page's own is no source either; empty when nothing speaks against it."""
        needs = rule.options.get("needs")
        if outlet.kind in _NEVER_UPSTREAM:
            return f"{outlet.name} is no source of text"
        if needs == "agency" and outlet.kind is not OutletKind.AGENCY:
            return f"{outlet.name} is no agency"
        if needs in {"listed", "distinct"} and self.outlets.get(outlet.id) is None:
            return f"{outlet.name} is in no list of outlets"
        if rule.options.get("leads") == "page" and not stated.is_page:
            return "leads to a front page, not to an article"
        if rule.options.get("page") == "identified":
            return self._unlike_page(outlet, around)
        return ""

    def _unlike_page(self, outlet: Outlet, around: ClaimedArticle) -> str:
        """Say why a publisher may be the page's own under another name; empty when it can be told from the page."""
        own = self.page.outlet
        if own is None or outlet.kind in {OutletKind.AGGREGATOR, OutletKind.INSTITUTION}:
            return f"{outlet.name} publishes no text of its own"
        if outlet.owner is not None and outlet.owner == own.owner:
            return f"{outlet.name} has the same owner as the page"
        known = around.names_itself or self.outlets.get(own.id) is not None or outlet.kind is OutletKind.AGENCY
        return "" if known else "may be the page's own: nothing else says whose the page is"

    def _outlets(self, rule: Rule, stated: Statement, around: ClaimedArticle) -> list[Outlet]:
        needs = rule.options.get("needs")
        owner = self.outlets.owner_named(stated.name) if stated.name else None
        if owner is not None and not stated.is_page:  # a network's claims lead to its flagship's front page
            return [owner]
        if stated.host is not None:
            found = self.outlets.by_domain(stated.address) or (
                self.outlets.by_name(stated.name) if stated.name else None
            )
            return [found or self.outlets.identify(domain=stated.address)]
        if needs == "address" or not (stated.name or stated.by):
            return []
        found = None if needs == "distinct" else self.outlets.by_name(stated.name)
        if found is None and stated.by:
            found = self.outlets.by_name(stated.by)
        if found is not None:
            return [found]
        named, own = self._among(stated.name), self.page.named(stated.name)
        if own is not None:
            named = _agencies(named) or [own]  # "Larch Courier with AFP"
        elif not named and rule.options.get("unlisted") == "names" and around.is_other_name(stated.name):
            named = [self.outlets.identify(name=stated.name)]
        return named

    def _among(self, words: str) -> list[Outlet]:
        """Return the listed outlets a longer statement names ("© 2025 AFP. All rights"): one, or several agencies.

        The page's own does not count among them: "Reuters on MSN" names Reuters.
        """
        named = {mention.outlet.id: mention.outlet for mention in self.outlets.mentions(words)}
        others = [outlet for outlet in named.values() if not self.page.is_own(outlet, None, self.outlets)]
        found = others or list(named.values())
        return found if len(found) == 1 or all(outlet.kind is OutletKind.AGENCY for outlet in found) else []
