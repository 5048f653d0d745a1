"""The path from one article back to its origin: every hop with its evidence, and where each branch ends.

The article stands at the start; a hop leads from a downstream text to one upstream of it. A round-up has several hops
upstream, so the path is a tree, or rather a graph: a text that is reached twice is followed upwards only once, where
it is nearest to the start. Findings are acyclic; what is not would be followed once round and no further.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from provenance.model import (
    ArticleId,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    Drift,
    Erosion,
    InferredSource,
    OutletId,
    Review,
)
from provenance.report.findings import SHOWN_POSSIBLE, FindingsIndex

__all__ = ["End", "EndKind", "Hop", "HopBasis", "Path", "Tie", "next_upstream", "path_back"]


class HopBasis(StrEnum):
    """What a hop rests on."""

    BOTH = "measured-and-credited"
    MEASURED = "measured"
    REVIEW = "reviewed"
    """A reviewer alone ties the two: nothing was measured between them."""
    NAME_ONLY = "credited"
    """The upstream is an outlet known by name only; what its text must have contained may be inferred."""
    INFERRED = "inferred"
    """The upstream is a text nobody has at hand or credits, inferred from what its descendants share."""


class EndKind(StrEnum):
    """Why the path goes no further."""

    ORIGIN = "origin"
    """Nothing given here stands upstream of the article."""
    NOT_AT_HAND = "not-at-hand"
    """The article credits an outlet of which no fitting article was given."""
    INFERRED = "inferred-source"
    """The article must have drawn on a text nobody has at hand, in common with others, and credits none for it."""
    UNKNOWN = "order-unknown"
    """The article shares text with others, and which came first is unknown."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step upstream: to an article, or to a text that is not at hand (``upstream`` is ``None``).

    Of the latter ``outlet`` is the one credited for it, if any, and ``inferred`` what its descendants tell of it, if
    they do.
    """

    number: int
    """From 1, in the order of a tree that is read from the article upwards, branch by branch."""
    depth: int
    """Least number of hops from the article to this upstream, from 1."""
    downstream: ArticleId
    basis: HopBasis
    upstream: ArticleId | None = None
    outlet: OutletId | None = None
    inferred: InferredSource | None = None
    link: Derivation | None = None
    """The finding behind it; ``None`` for an inferred source."""
    drift: Sequence[Drift] = ()
    erosion: Sequence[Erosion] = ()
    review: Review | None = None
    """The decision that is in force today; the findings may be older and not know of it (``link.decision``)."""
    goes_on: bool = True
    """Whether what stands upstream of it follows; not where another hop to the same text is followed instead."""


@dataclass(frozen=True, slots=True)
class End:
    """Where one branch ends, at which article, and why."""

    kind: EndKind
    article: ArticleId
    depth: int
    """Hops from the start to ``article``; 0 for the article itself."""
    outlet: OutletId | None = None
    inferred: InferredSource | None = None
    link: Derivation | None = None
    """The finding that names an outlet which is not at hand."""
    shares_with: tuple[ArticleId, ...] = ()
    """The articles tied to it without a known order, sorted."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie that is no part of the path, with the decision about it that is in force today."""

    link: Derivation
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """All there is upstream of one article, and the ties that are not part of it."""

    article: ArticleId
    hops: tuple[Hop, ...]
    ends: tuple[End, ...]
    ties: tuple[Tie, ...]
    """Other ties of the article itself, strongest first: asserted ones the lineage does not need, and possible ones
    (:data:`SHOWN_POSSIBLE` or more), which are not counted."""

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        """The articles on the path, the start first, each once."""
        return tuple(dict.fromkeys((self.article, *(hop.upstream for hop in self.hops if hop.upstream is not None))))


def path_back(index: FindingsIndex, article: ArticleId, reviews: Iterable[Review] = ()) -> Path:
    """Follow an article upstream.

    Args:
        index: the findings of an audit.
        article: where to start.
        reviews: the decisions in force, to name who took them.

    Raises:
        KeyError: the findings hold no such article.
    """
    if article not in index.articles:
        raise KeyError(article)
    depths = _depths(index, article)
    decided = _by_pair(reviews)
    hops = tuple(_hops(index, article, depths, decided))
    reached = dict.fromkeys((article, *(hop.upstream for hop in hops if hop.upstream is not None)))
    ends = tuple(end for each in reached for end in _ends(index, each, depths[each]))
    ties = tuple(Tie(each, decided.get(_pair_of(each))) for each in _ties(index, article, hops))
    return Path(article, hops, ends, ties)


def _depths(index: FindingsIndex, article: ArticleId) -> dict[ArticleId, int]:
    """Give the least number of hops to every article upstream."""
    depths = {article: 0}
    waiting = deque([article])
    while waiting:
        each = waiting.popleft()
        for link in _links_up(index, each):
            if link.upstream is not None and link.upstream not in depths:
                depths[link.upstream] = depths[each] + 1
                waiting.append(link.upstream)
    return depths


def _links_up(index: FindingsIndex, article: ArticleId) -> Iterator[Derivation]:
    """Yield the links of the lineage that lead upstream, to articles and to outlets known by name, best first."""
    for link in index.asserted(article):
        if link.in_lineage and (link.upstream is None or link.direction is not Direction.UNKNOWN):
            yield link


_Pair = frozenset[tuple[str, str | None]]


def _by_pair(reviews: Iterable[Review]) -> dict[_Pair, Review]:
    return {_pair(each.downstream, each.upstream, each.upstream_outlet): each for each in reviews}


def _pair(downstream: ArticleId, upstream: ArticleId | None, outlet: OutletId | None) -> _Pair:
    # An outlet and an article may be called the same.
    return frozenset({("article", downstream), ("article", upstream) if upstream is not None else ("outlet", outlet)})


@dataclass(frozen=True, slots=True)
class _Step:
    """A way up from an article; at least one of ``link`` and ``inferred`` is set."""

    downstream: ArticleId
    link: Derivation | None
    inferred: InferredSource | None = None

    @property
    def upstream(self) -> ArticleId | None:
        return self.link.upstream if self.link else None

    @property
    def outlet(self) -> OutletId | None:
        if self.link is not None:
            return self.link.upstream_outlet
        return self.inferred.outlet if self.inferred else None


def _steps(index: FindingsIndex, article: ArticleId) -> list[_Step]:
    """Give the ways up from an article: to articles, to outlets it names, to sources inferred behind it.

    An inferred source whose outlet the article names is the text it names.
    """
    sources = {source.id: source for source in index.inferred_sources.get(article, ())}
    steps: list[_Step] = []
    for link in _links_up(index, article):
        meant = (each for each in sources.values() if link.upstream is None and each.outlet == link.upstream_outlet)
        source = next(meant, None)
        if source is not None:
            del sources[source.id]
        steps.append(_Step(article, link, source))
    return [*steps, *(_Step(article, None, source) for source in sources.values())]


def _pair_of(link: Derivation) -> _Pair:
    return _pair(link.downstream, link.upstream, None if link.upstream is not None else link.upstream_outlet)


def next_upstream(index: FindingsIndex, article: ArticleId) -> list[tuple[ArticleId | None, OutletId | None]]:
    """Give what stands directly upstream of an article: articles, or the outlets credited for what is not at hand."""
    return [(step.upstream, step.outlet) for step in _steps(index, article)]


def _hops(
    index: FindingsIndex, article: ArticleId, depths: Mapping[ArticleId, int], reviews: Mapping[_Pair, Review]
) -> Iterator[Hop]:
    followed = {article}
    branches = list(reversed(_steps(index, article)))
    number = 0
    while branches:
        step = branches.pop()
        upstream = step.upstream
        nearest = upstream is not None and depths[upstream] == depths[step.downstream] + 1
        goes_on = nearest and upstream not in followed
        number += 1
        yield Hop(
            number=number,
            depth=depths[step.downstream] + 1,
            downstream=step.downstream,
            basis=_basis(index, step),
            upstream=upstream,
            outlet=step.outlet,
            inferred=step.inferred,
            link=step.link,
            drift=index.drift(step.downstream, upstream) if upstream is not None else (),
            erosion=index.erosion(step.downstream, upstream) if upstream is not None else (),
            review=reviews.get(_pair_of(step.link)) if step.link else None,
            goes_on=goes_on,
        )
        if goes_on and upstream is not None:
            followed.add(upstream)
            branches.extend(reversed(_steps(index, upstream)))


def _basis(index: FindingsIndex, step: _Step) -> HopBasis:
    if step.link is None:
        return HopBasis.INFERRED
    if step.upstream is None:
        return HopBasis.NAME_ONLY
    if step.link.share is None and step.link.decision is Decision.CONFIRMED:
        return HopBasis.REVIEW
    return HopBasis.BOTH if index.credits(step.downstream, step.link) else HopBasis.MEASURED


def _ends(index: FindingsIndex, article: ArticleId, depth: int) -> Iterator[End]:
    """Yield why the path ends at an article: nothing where every way on leads to another article."""
    steps = _steps(index, article)
    for step in steps:
        if step.upstream is None:
            kind = EndKind.NOT_AT_HAND if step.link else EndKind.INFERRED
            yield End(kind, article, depth, step.outlet, step.inferred, step.link)
    others = _tied_without_order(index, article, alone=not steps)
    explained = {other for step in steps if step.inferred for other in step.inferred.articles}
    if others - explained:
        yield End(EndKind.UNKNOWN, article, depth, shares_with=tuple(sorted(others - explained)))
    elif not steps:
        yield End(EndKind.ORIGIN, article, depth)


def _tied_without_order(index: FindingsIndex, article: ArticleId, *, alone: bool) -> set[ArticleId]:
    """Give the articles the lineage ties to this one in unknown order; of one that stands alone, any asserted tie."""
    undirected = index.undirected(article)
    tied = [link for link in undirected if link.in_lineage] or (undirected if alone else [])
    return {other for link in tied for other in (link.downstream, link.upstream) if other is not None} - {article}


def _ties(index: FindingsIndex, article: ArticleId, hops: Iterable[Hop]) -> list[Derivation]:
    on_path = {id(hop.link) for hop in hops}
    links = (
        link
        for link in index.findings.lineage.derivations
        if article in (link.downstream, link.upstream)
        and (link.downstream == article or link.direction is Direction.UNKNOWN)
    )
    return sorted((each for each in links if id(each) not in on_path and _is_told(each)), key=_by_strength)


def _is_told(link: Derivation) -> bool:
    asserted = link.status is DerivationStatus.DERIVED
    return asserted or link.strength >= SHOWN_POSSIBLE or link.decision is not None


def _by_strength(link: Derivation) -> tuple[bool, float, str, str]:
    possible = link.status is DerivationStatus.POSSIBLE
    return (possible, -link.strength, link.downstream, link.upstream or link.upstream_outlet or "")
