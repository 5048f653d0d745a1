"""Which ties make the lineage of a family: one nearest upstream for each article, and further ones for round-ups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import networkx as nx

from provenance.model import ArticleFacts, ArticleId, Decision, Direction
from provenance.trace.coverage import gain
from provenance.trace.groups import Groups
from provenance.trace.ties import Ties

__all__ = ["choose_links"]

CREDIT_BONUS = 0.25
"""Added to the closeness of an upstream the article credits: of two texts that account for a quarter less or more of
it, the one it names goes first."""

CONFIRMED_WEIGHT = 10.0
"""Weight of a link a reviewer confirmed: more than whatever else may tie an article."""

APART_SHARE = 0.001
"""Share of its closeness a tie counts with that a third article accounts for: it is taken where nothing else ties an
article at all."""

MIN_FURTHER_WORDS = 30.0
"""Words a further upstream must account for beyond those that are taken already: two sentences."""

Link = tuple[ArticleId, ArticleId]
"""Upstream and downstream."""


def choose_links(
    members: Sequence[ArticleId],
    ties: Ties,
    facts: Mapping[ArticleId, ArticleFacts],
    apart: Collection[frozenset[ArticleId]],
) -> list[Link]:
    """Choose the ties of one family that make its lineage, as upstream and downstream; they form no circle.

    The base is a maximum-weight branching (Edmonds 1967): every article gets at most one upstream, such that together
    they account for as much as can be. What a further upstream accounts for beyond it makes a round-up of the article.
    Ties whose order is unknown only connect what is not connected.

    Args:
        members: the articles of the family, sorted.
        ties: their ties with directions.
        facts: all articles.
        apart: pairs that are no link of a lineage, because both drew on a third text.
    """
    graph: nx.DiGraph[ArticleId] = nx.DiGraph()
    graph.add_nodes_from(members)
    open_ties: list[tuple[float, Link]] = []
    for pair in _pairs_inside(members, ties):
        link = ties.link(*pair)
        if link is None or link.upstream is None:
            continue
        if frozenset(pair) in apart and link.decision is not Decision.CONFIRMED:
            continue
        ends = link.upstream, link.downstream
        if link.direction is Direction.UNKNOWN:
            open_ties.append((_closeness(ties, pair), ends))
        else:
            graph.add_edge(*ends, weight=_weight(ties, facts, *ends))
    chosen = list(nx.maximum_branching(graph).edges) if graph.size() else []
    chosen += _further(chosen, graph, ties)
    return sorted([*chosen, *_connecting(members, chosen, open_ties)])


def _pairs_inside(members: Iterable[ArticleId], ties: Ties) -> Iterable[Link]:
    for member in members:
        yield from ((member, partner) for partner in sorted(ties.partners(member)) if member < partner)


def _weight(ties: Ties, facts: Mapping[ArticleId, ArticleFacts], upstream: ArticleId, downstream: ArticleId) -> float:
    closeness = max(0.01, ties.closeness(downstream, upstream))
    link = ties.link(upstream, downstream)
    if link is not None and link.decision is Decision.CONFIRMED:
        return CONFIRMED_WEIGHT + closeness
    if ties.are_apart(upstream, downstream):
        return closeness * APART_SHARE
    credited = facts[upstream].carries is not None and facts[upstream].carries in facts[downstream].upstreams
    # Of copies that account for as much, the one most surely upstream goes first.
    return round(closeness, 3) + (CREDIT_BONUS if credited else 0.0) + min(0.01, ties.lean(upstream, downstream) / 1000)


def _closeness(ties: Ties, pair: Link) -> float:
    one, other = pair
    closeness = max(ties.closeness(one, other), ties.closeness(other, one))
    return closeness * (APART_SHARE if ties.are_apart(one, other) else 1.0)


def _connecting(
    members: Sequence[ArticleId], chosen: Iterable[Link], open_ties: Iterable[tuple[float, Link]]
) -> list[Link]:
    """Choose ties whose order is unknown: the closest ones between parts that no other link connects (Kruskal 1956)."""
    parts = Groups(members)
    for upstream, downstream in chosen:
        parts.unite(upstream, downstream)
    ranked = sorted(open_ties, key=lambda each: (-round(each[0], 6), each[1]))
    return [ends for _, ends in ranked if parts.unite(*ends)]


def _further(chosen: Sequence[Link], graph: nx.DiGraph[ArticleId], ties: Ties) -> list[Link]:
    """Add upstreams that account for what the chosen one does not, the one that accounts for most first."""
    lineage: nx.DiGraph[ArticleId] = nx.DiGraph()
    lineage.add_nodes_from(graph)
    lineage.add_edges_from(chosen)
    added: list[Link] = []
    for article in sorted(lineage):
        taken = list(lineage.predecessors(article))
        if not taken:
            continue
        others = [
            each
            for each in graph.predecessors(article)
            if each not in taken and (not ties.are_apart(each, article) or _is_confirmed(ties, article, each))
        ]
        gains = {
            other: gain(ties.told(article, other), [ties.told(article, each) for each in taken]) for other in others
        }
        for other in sorted(others, key=lambda each: (-gains[each], each)):
            new = gain(ties.told(article, other), [ties.told(article, each) for each in taken])
            if not _is_confirmed(ties, article, other) and new < MIN_FURTHER_WORDS:
                continue
            if _is_other_source(ties, other, taken) and not nx.has_path(lineage, article, other):
                lineage.add_edge(other, article)
                taken.append(other)
                added.append((other, article))
    return added


def _is_other_source(ties: Ties, other: ArticleId, taken: Sequence[ArticleId]) -> bool:
    """Say whether an upstream is a source besides those taken: tied to none of them, or in a known order to each."""
    links = (ties.link(other, each) for each in taken)
    return all(link is None or link.direction is not Direction.UNKNOWN for link in links)


def _is_confirmed(ties: Ties, one: ArticleId, other: ArticleId) -> bool:
    link = ties.link(one, other)
    return link is not None and link.decision is Decision.CONFIRMED
