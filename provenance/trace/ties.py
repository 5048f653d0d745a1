"""The asserted ties of a run while their directions are weighed: who shares what with whom, and which way it leans."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from provenance.model import (
    DIRECTION_KINDS,
    ArticleFacts,
    ArticleId,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
)
from provenance.trace.coverage import Coverage, coverage, nearer, weight
from provenance.trace.direction import direction_of

__all__ = ["Ties", "lean", "turned"]

Pair = tuple[ArticleId, ArticleId]
"""Two tied articles, the smaller id first."""


def lean(derivation: Derivation) -> float:
    """Give the log-odds for the direction a derivation has: what its evidence on direction adds up to."""
    return sum(each.weight for each in derivation.evidence if each.kind in DIRECTION_KINDS)


def turned(derivation: Derivation, facts: Mapping[ArticleId, ArticleFacts]) -> Derivation:
    """See a derivation from its other side: what spoke for the direction now speaks against it.

    Raises:
        ValueError: its upstream is known by name only and has no side to see it from.
    """
    if derivation.upstream is None:
        raise ValueError("a link to an outlet by name has no other side")
    evidence = (
        dataclasses.replace(each, weight=0.0 - each.weight) if each.kind in DIRECTION_KINDS else each
        for each in derivation.evidence
    )
    passages = (passage.turned() for passage in derivation.passages)
    return dataclasses.replace(
        derivation,
        downstream=derivation.upstream,
        upstream=derivation.downstream,
        upstream_outlet=facts[derivation.downstream].carries,
        evidence=tuple(evidence),
        passages=tuple(sorted(passages, key=lambda passage: (passage.left, passage.right))),
    )


class Ties:
    """The asserted ties between articles at hand, looked up by pair and by article."""

    def __init__(self, derivations: Iterable[Derivation], facts: Mapping[ArticleId, ArticleFacts]) -> None:
        self._facts = facts
        self._links: dict[Pair, Derivation] = {}
        self._partners: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
        self._told: dict[Pair, Coverage] = {}
        self._apart: set[Pair] = set()
        for each in derivations:
            if each.upstream is not None and each.status is DerivationStatus.DERIVED:
                self._links[_pair(each.downstream, each.upstream)] = each
        for one, other in sorted(self._links, key=lambda pair: (-self._links[pair].strength, pair)):
            self._partners[one].append(other)
            self._partners[other].append(one)

    def pairs(self) -> list[Pair]:
        """List the tied pairs, sorted."""
        return sorted(self._links)

    def links(self) -> Iterator[Derivation]:
        """Yield the ties as they are now, by pair."""
        return (self._links[pair] for pair in sorted(self._links))

    def link(self, one: ArticleId, other: ArticleId) -> Derivation | None:
        """Return the tie of two articles, ``None`` where there is none."""
        return self._links.get(_pair(one, other))

    def partners(self, article: ArticleId) -> Sequence[ArticleId]:
        """List the articles one is tied to, the strongest tie first."""
        return self._partners.get(article, ())

    def lean(self, upstream: ArticleId, downstream: ArticleId) -> float:
        """Give the log-odds that one of two tied articles stands upstream of the other; 0.0 where they are not tied."""
        found = self.link(upstream, downstream)
        if found is None:
            return 0.0
        return lean(found) if found.upstream == upstream else -lean(found)

    def told(self, article: ArticleId, by: ArticleId) -> Coverage:
        """Say what of an article another one accounts for; nothing where they are not tied."""
        found = self.link(article, by)
        if found is None:
            return ()
        if (article, by) not in self._told:
            passages = found.passages
            if found.downstream != article:
                passages = tuple(passage.turned() for passage in passages)
            self._told[article, by] = coverage(passages)
        return self._told[article, by]

    def closeness(self, article: ArticleId, by: ArticleId) -> float:
        """Give the share of an article's words another one accounts for, each counted by its similarity, in [0, 1]."""
        return min(1.0, weight(self.told(article, by)) / max(1, self._facts[article].words))

    def part(self, one: ArticleId, other: ArticleId) -> None:
        """Note that a third article stands between two: their tie is no link of a lineage."""
        self._apart.add(_pair(one, other))

    def are_apart(self, one: ArticleId, other: ArticleId) -> bool:
        """Say whether a third article was found to stand between two."""
        return _pair(one, other) in self._apart

    def nearer(self, article: ArticleId, one: ArticleId, other: ArticleId) -> bool:
        """Say whether an article is clearly nearer to one of two others than to the other."""
        return nearer(self.told(article, one), self.told(article, other))

    def note(self, upstream: ArticleId, downstream: ArticleId, found: Evidence) -> None:
        """Add evidence on the direction of a tie; its weight is positive where it speaks for ``upstream``.

        Raises:
            KeyError: the two are not tied.
        """
        link = self._links[_pair(upstream, downstream)]
        # Zero has one sign only: findings are the same bytes whether they come from the store or not.
        found = dataclasses.replace(
            found, weight=0.0 + found.weight if link.upstream == upstream else 0.0 - found.weight
        )
        self._put(dataclasses.replace(link, evidence=(*_told_first(link.evidence, found),)))

    def _put(self, link: Derivation) -> None:
        """Keep a tie in the direction its evidence gives it; in the order of the ids where it gives none."""
        log_odds = lean(link)
        direction = direction_of(log_odds)
        by_id = link.upstream is not None and link.downstream > link.upstream
        if by_id if direction is Direction.UNKNOWN else log_odds < 0:
            link = turned(link, self._facts)
        self._links[_pair(link.downstream, link.upstream or "")] = dataclasses.replace(link, direction=direction)

    def replace(self, link: Derivation) -> None:
        """Put a tie in place of the one its two articles had."""
        self._links[_pair(link.downstream, link.upstream or "")] = link


def _told_first(evidence: Sequence[Evidence], new: Evidence) -> Iterator[Evidence]:
    """Put new evidence on the direction behind what there is of its sort, before all that is about the tie."""
    yield from (each for each in evidence if each.kind in DIRECTION_KINDS)
    yield new
    yield from (each for each in evidence if each.kind not in DIRECTION_KINDS)


def _pair(one: ArticleId, other: ArticleId | str) -> Pair:
    first, second = sorted((one, ArticleId(other)))
    return first, second
