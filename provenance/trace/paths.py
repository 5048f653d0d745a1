"""Directions held against the whole lineage: who stands upstream of whom by some path, and who does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from provenance.model import DIRECTION_KINDS, ArticleId, Derivation, Direction, Evidence
from provenance.trace.coverage import gain
from provenance.trace.ties import Ties, lean

__all__ = ["follow_paths", "open_circles"]

PATH_WEIGHT = 1.2
"""Log-odds (3 to 1) that a link follows the order of a path each step of which is likely: likely, no more."""

FEW_WORDS = 10.0
"""Words up to which a text has nothing of its own from another one: half a sentence of noise."""

_WEAK = frozenset({"date", "containment-gap", "wire-mark", "siblings", "common-credit"})
"""Kinds that say who was first, or that nothing does; none of them that one text was taken from the other."""

Link = tuple[ArticleId, ArticleId]
"""Upstream and downstream."""


def follow_paths(members: Sequence[ArticleId], ties: Ties, chosen: Iterable[Link]) -> None:
    """Let every tie outside the lineage have the direction the lineage gives it.

    That one text was published before another says that it may be its source. Where the lineage derives the other from
    elsewhere, it is not; where it leads from the one to the other, it is, by way of those in between.

    Args:
        members: the articles of one family.
        ties: their ties; they are changed.
        chosen: the links of its lineage.
    """
    above: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
    for upstream, downstream in chosen:
        above[downstream].append(upstream)
    ancestors = {member: _ancestors(member, above, ties) for member in members}
    links = {frozenset(pair) for pair in chosen}
    for one in members:
        for other in sorted(ties.partners(one)):
            if one < other and frozenset((one, other)) not in links:
                _follow(ties, one, other, ancestors)


def open_circles(members: Sequence[ArticleId], ties: Ties) -> None:
    """Leave the order open of articles each of which would stand upstream of itself; reviewed links keep theirs."""
    graph: nx.DiGraph[ArticleId] = nx.DiGraph()
    for one in members:
        for other in ties.partners(one):
            link = ties.link(one, other)
            if link is not None and link.direction is not Direction.UNKNOWN and link.downstream == one:
                graph.add_edge(other, one)
    for circle in nx.strongly_connected_components(graph):
        for one in sorted(circle) if len(circle) > 1 else ():
            for other in sorted(set(ties.partners(one)) & circle):
                link = ties.link(one, other)
                if one < other and link is not None and link.upstream is not None and link.decision is None:
                    detail = "these articles would derive from one another in a circle"
                    ties.note(link.upstream, link.downstream, Evidence("circle", detail, (), -lean(link)))


def _ancestors(article: ArticleId, above: Mapping[ArticleId, Sequence[ArticleId]], ties: Ties) -> dict[ArticleId, bool]:
    """Give the articles upstream of one by the lineage, with whether every step of a path to them has a direction."""
    found: dict[ArticleId, bool] = {}
    todo = [(upstream, article, True) for upstream in above.get(article, ())]
    while todo:
        upstream, downstream, sure = todo.pop()
        link = ties.link(upstream, downstream)
        sure = sure and link is not None and link.direction is not Direction.UNKNOWN
        if upstream in found and (found[upstream] or not sure):
            continue
        found[upstream] = sure
        todo.extend((further, upstream, sure) for further in above.get(upstream, ()))
    return found


def _follow(
    ties: Ties, one: ArticleId, other: ArticleId, ancestors: Mapping[ArticleId, Mapping[ArticleId, bool]]
) -> None:
    link = ties.link(one, other)
    if link is None or link.upstream is None or not _rests_on_weak_evidence(link):
        return
    if link.direction is Direction.UNKNOWN:
        for upstream, downstream in ((one, other), (other, one)):
            if ancestors[downstream].get(upstream):
                taken_back = -ties.lean(upstream, downstream)
                detail = "each step of the lineage from the one to the other has this direction"
                ties.note(upstream, downstream, Evidence("chain", detail, (), max(0.0, taken_back) + PATH_WEIGHT))
                return
    elif link.upstream not in ancestors[link.downstream] and _is_accounted_for(ties, link, ancestors[link.downstream]):
        detail = "its text is accounted for by others that do not derive from the earlier one"
        ties.note(link.upstream, link.downstream, Evidence("siblings", detail, (), -lean(link)))


def _is_accounted_for(ties: Ties, link: Derivation, ancestors: Iterable[ArticleId]) -> bool:
    """Say whether what two texts share stands in what the later one derives from, but for half a sentence."""
    if link.upstream is None:
        return False
    taken = [ties.told(link.downstream, each) for each in ancestors if ties.link(link.downstream, each)]
    return gain(ties.told(link.downstream, link.upstream), taken) < FEW_WORDS


def _rests_on_weak_evidence(link: Derivation) -> bool:
    return not link.is_version and all(
        each.kind in _WEAK for each in link.evidence if each.weight and each.kind in DIRECTION_KINDS
    )
