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
    links = [d for d in marked if d.upstream is not None and d.status is DerivationStatus.DERIVED]
    families = tuple(_family(group, links) for group in tied.groups() if len(group) > 1)
    return Lineage(marked, families, _origins(families, len(facts)))


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


def _family(members: Sequence[ArticleId], links: Sequence[Derivation]) -> Family:
    inside = set(members)
    own = [link for link in links if link.downstream in inside]
    certain = [link for link in own if link.strength >= ESTABLISHED_TIE]
    at_least, at_most = _sources(members, own), _sources(members, certain)
    if at_least == 1:
        why = ["at least 1: each of these articles is tied to another one by derivation"]
    else:
        why = [f"at least {at_least}: so many articles others derive from are not tied to one another"]
    if at_most > at_least:
        why.append(f"at most {at_most}: only ties of strength {ESTABLISHED_TIE} and more are certain")
    digest = hashlib.sha256("\0".join(members).encode()).hexdigest()[:16]
    return Family(
        id=FamilyId(f"family:{digest}"),
        articles=tuple(members),
        origins=Origins(at_least, max(at_least, at_most), tuple(why)),
        root=_root(members, own),
    )


def _sources(members: Sequence[ArticleId], links: Iterable[Derivation]) -> int:
    """Count the origins behind some articles: groups that nothing else stands upstream of.

    A tie whose order is unknown unites two articles, for both have one origin whichever came first; a tie with a
    direction does not, so that a round-up of two reports that share nothing counts two. A circle of directed ties has
    no source and counts one.
    """
    united = _Groups(members)
    directed: list[tuple[ArticleId, ArticleId]] = []
    whole = _Groups(members)
    for link in links:
        if link.upstream is None:
            continue
        whole.unite(link.downstream, link.upstream)
        if link.direction is Direction.UNKNOWN:
            united.unite(link.downstream, link.upstream)
        else:
            directed.append((link.downstream, link.upstream))
    fed = {united.find(down) for down, up in directed if united.find(down) != united.find(up)}
    sources = {united.find(member) for member in members} - fed
    circles = {whole.find(member) for member in members} - {whole.find(source) for source in sources}
    return len(sources) + len(circles)


def _root(members: Sequence[ArticleId], derivations: Iterable[Derivation]) -> ArticleId | None:
    """Name the article all others come from: only when every link has a direction and one article no upstream."""
    inside = set(members)
    links = [link for link in derivations if link.in_lineage]
    if any(link.direction is Direction.UNKNOWN for link in links):
        return None
    roots = inside - {link.downstream for link in links}
    return roots.pop() if len(roots) == 1 else None


def _origins(families: Sequence[Family], articles: int) -> Origins:
    together = sum(len(family.articles) for family in families)
    alone = articles - together
    at_least = alone + sum(family.origins.at_least for family in families)
    at_most = alone + sum(family.origins.at_most for family in families)
    why = [
        f"of {articles} {'article' if articles == 1 else 'articles'}, {together or 'none'} tied to others by derivation"
    ]
    if at_least < at_most:
        why.append(
            f"at least {at_least} when every asserted tie counts, at most {at_most} when only the certain ones do"
        )
    return Origins(at_least, at_most, tuple(why))
