"""Links between two articles, told in full: the evidence, what changed, what was lost, what a person decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from provenance.model import (
    DIRECTION_KINDS,
    ArticleId,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    Family,
    Review,
)
from provenance.report.findings import SHOWN_POSSIBLE, FindingsIndex
from provenance.report.html.anchors import Anchors, PairKey
from provenance.report.plain import one_line
from provenance.report.terminal.evidence import every_evidence, passages_phrase
from provenance.report.terminal.families import link_words
from provenance.report.words import DRIFT_WORDS, EROSION_WORDS, percent, strength_phrase

__all__ = ["Change", "FamilyLinks", "LinkView", "family_links", "link_view", "possible_links", "reviews_by_pair"]

MOST_FURTHER: Final = 40
"""Ties told of one family beyond its lineage: they say again what the lineage says, and there are many of them."""

MOST_POSSIBLE: Final = 2
"""Possible ties told of one article: those worth a look."""


@dataclass(frozen=True, slots=True)
class FamilyLinks:
    """The links of a family: those of its lineage, further ones between its articles, and how many are not told."""

    lineage: tuple[Derivation, ...]
    further: tuple[Derivation, ...]
    left_out: int = 0


def family_links(index: FindingsIndex, family: Family) -> FamilyLinks:
    """Sort out the asserted links of a family: of the lineage by share, of the rest by strength, both falling."""
    links = [link for article in family.articles for link in index.asserted(article)]
    lineage = sorted(
        (link for link in links if link.in_lineage or link.upstream is None),
        key=lambda link: (link.upstream is None, -(link.share or 0.0), *_key(link)),
    )
    further = sorted(
        (link for link in links if not link.in_lineage and link.upstream is not None),
        key=lambda link: (-link.strength, *_key(link)),
    )
    return FamilyLinks(tuple(lineage), tuple(further[:MOST_FURTHER]), max(0, len(further) - MOST_FURTHER))


def _key(link: Derivation) -> tuple[str, str]:
    return link.downstream, link.upstream or ""


def possible_links(index: FindingsIndex, articles: Iterable[ArticleId]) -> list[Derivation]:
    """Return the strongest ties of each article that are possible and not counted, strongest first."""
    found = [
        link
        for article in articles
        for link in [
            each
            for each in index.upstream_links.get(article, ())
            if each.status is DerivationStatus.POSSIBLE and each.upstream and each.strength >= SHOWN_POSSIBLE
        ][:MOST_POSSIBLE]
    ]
    return sorted(found, key=lambda link: (-link.strength, *_key(link)))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed or was lost: what it is, the upstream's wording, the downstream's (empty for none)."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """Everything a page tells of one link."""

    anchor: str
    downstream: str
    downstream_href: str | None
    upstream: str
    upstream_href: str | None
    at_hand: bool
    """Whether there is an upstream article to hold it against."""
    directed: bool
    words: str
    strength: str
    share: str
    interval: str
    passages: str
    tie: tuple[str, ...]
    direction: tuple[str, ...]
    drift: tuple[Change, ...]
    erosion: tuple[Change, ...]
    reviews: tuple[Review, ...]


def link_view(
    index: FindingsIndex, link: Derivation, anchors: Anchors, reviews: dict[PairKey, list[Review]], name: str
) -> LinkView:
    """Put one link into words; ``name`` is that of its place in the page."""
    upstream = link.upstream
    drift = index.drift(link.downstream, upstream) if upstream else ()
    erosion = index.erosion(link.downstream, upstream) if upstream else ()
    return LinkView(
        anchor=name,
        downstream=index.article_name(link.downstream),
        downstream_href=anchors.article(link.downstream),
        upstream=(
            index.article_name(upstream)
            if upstream
            else index.outlet_name(link.upstream_outlet) or "a source it does not name"
        ),
        upstream_href=anchors.article(upstream) if upstream else None,
        at_hand=upstream is not None,
        directed=link.direction is not Direction.UNKNOWN,
        words=link_words(link, credited=index.credits(link.downstream, link)).plain,
        strength=strength_phrase(link.strength),
        share=percent(link.share) if link.share is not None else "",
        interval=" to ".join(map(percent, link.interval)) if link.share is not None else "",
        passages=passages_phrase(link.passages),
        tie=tuple(_reasons(link.evidence, about_direction=False)),
        direction=tuple(_reasons(link.evidence, about_direction=True)),
        drift=tuple(Change(DRIFT_WORDS[each.kind], one_line(each.before), one_line(each.after)) for each in drift),
        erosion=tuple(
            Change(EROSION_WORDS[each.kind], one_line(each.wording), one_line(each.became or "")) for each in erosion
        ),
        reviews=tuple(reviews.get((link.downstream, upstream), ())),
    )


def _reasons(evidence: Sequence[Evidence], *, about_direction: bool) -> Iterator[str]:
    chosen = [each for each in evidence if (each.kind in DIRECTION_KINDS) is about_direction]
    return (line.plain for line in every_evidence(chosen))


def reviews_by_pair(reviews: Iterable[Review]) -> dict[PairKey, list[Review]]:
    """Return the decisions about each pair of articles, in the order given."""
    found: defaultdict[PairKey, list[Review]] = defaultdict(list)
    for each in reviews:
        found[each.downstream, each.upstream].append(each)
    return dict(found)
