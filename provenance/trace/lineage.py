"""From derivations to lineage: an acyclic graph, its families, and how many origins stand behind them."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Derivation,
    DerivationStatus,
    Direction,
    Family,
    FamilyId,
    Lineage,
    Origins,
)

__all__ = ["ESTABLISHED_TIE", "trace"]

ESTABLISHED_TIE = 0.95
"""Strength from which two articles certainly have one origin, whichever came first: the bound for ``at_most``."""

_RANK = {Direction.ESTABLISHED: 0, Direction.LIKELY: 1, Direction.UNKNOWN: 2}


class _Groups:
    """Disjoint sets of articles (union-find with path halving)."""

    def __init__(self, members: Iterable[ArticleId]) -> None:
        self._parent = {member: member for member in members}

    def find(self, member: ArticleId) -> ArticleId:
        while self._parent[member] != member:
            self._parent[member] = member = self._parent[self._parent[member]]
        return member

    def unite(self, one: ArticleId, other: ArticleId) -> bool:
        """Unite two groups; ``False`` when they were one already."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first
        return first != second

    def groups(self) -> list[list[ArticleId]]:
        """List the groups, members and groups sorted."""
        found: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
        for member in sorted(self._parent):
            found[self.find(member)].append(member)
        return [found[key] for key in sorted(found)]


def trace(derivations: Sequence[Derivation], facts: Mapping[ArticleId, ArticleFacts]) -> Lineage:
    """Build the lineage of a run.

    Every family keeps a spanning forest of its best links: known direction before unknown, strong before weak, the
    larger share first. A forest has no cycle; links it leaves out stay listed, with ``in_lineage`` false.
    """
    tied = _Groups(facts)
    chosen = set[int]()
    for index in sorted(range(len(derivations)), key=lambda i: _preference(derivations[i], facts)):
        derivation = derivations[index]
        if derivation.upstream is None:
            continue
        if derivation.status is DerivationStatus.DERIVED and tied.unite(derivation.downstream, derivation.upstream):
            chosen.add(index)
    marked = tuple(
        dataclasses.replace(d, in_lineage=i in chosen or (d.upstream is None and d.status is DerivationStatus.DERIVED))
        for i, d in enumerate(derivations)
    )
    certain = _certain_groups(marked, facts)
    families = tuple(_family(group, certain, marked) for group in tied.groups() if len(group) > 1)
    return Lineage(marked, families, _origins(tied.groups(), certain, len(facts)))


def _preference(derivation: Derivation, facts: Mapping[ArticleId, ArticleFacts]) -> tuple[object, ...]:
    """Order candidate links; the last fields only make the order complete."""
    upstream = facts[derivation.upstream].published if derivation.upstream else None
    return (
        _RANK[derivation.direction],
        -round(derivation.strength, 2),
        -(derivation.share or 0.0),
        upstream.earliest.isoformat() if upstream else "9999",
        derivation.downstream,
        derivation.upstream or "",
    )


def _certain_groups(derivations: Iterable[Derivation], facts: Mapping[ArticleId, ArticleFacts]) -> _Groups:
    certain = _Groups(facts)
    for derivation in derivations:
        if (
            derivation.upstream is not None
            and derivation.status is DerivationStatus.DERIVED
            and derivation.strength >= ESTABLISHED_TIE
        ):
            certain.unite(derivation.downstream, derivation.upstream)
    return certain


def _family(members: Sequence[ArticleId], certain: _Groups, derivations: Iterable[Derivation]) -> Family:
    at_most = len({certain.find(member) for member in members})
    why = "at least 1: each of these articles is tied to another one by derivation"
    more = () if at_most == 1 else (f"at most {at_most}: only ties of strength {ESTABLISHED_TIE} and more are certain",)
    digest = hashlib.sha256("\0".join(members).encode()).hexdigest()[:16]
    return Family(
        id=FamilyId(f"family:{digest}"),
        articles=tuple(members),
        origins=Origins(1, at_most, (why, *more)),
        root=_root(members, derivations),
    )


def _root(members: Sequence[ArticleId], derivations: Iterable[Derivation]) -> ArticleId | None:
    """Name the article all others come from: only when every link has a direction and one article no upstream."""
    inside = set(members)
    links = [d for d in derivations if d.in_lineage and d.upstream is not None and d.downstream in inside]
    if any(link.direction is Direction.UNKNOWN for link in links):
        return None
    roots = inside - {link.downstream for link in links}
    return roots.pop() if len(roots) == 1 else None


def _origins(tied: Sequence[Sequence[ArticleId]], certain: _Groups, articles: int) -> Origins:
    at_least, at_most = len(tied), len({certain.find(member) for group in tied for member in group})
    together = sum(len(group) for group in tied if len(group) > 1)
    why = [f"{articles} articles; {together} of them are tied to others by derivation"]
    if at_least < at_most:
        why.append(
            f"at least {at_least} when every asserted tie counts, at most {at_most} when only the certain ones do"
        )
    return Origins(at_least, at_most, tuple(why))
