"""Versions of one article at one outlet: updates and corrections, rather than reposts of one another."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from provenance.model import ArticleFacts, ArticleId, Derivation, Direction
from provenance.trace.direction import is_version_pair
from provenance.trace.groups import Groups
from provenance.trace.ties import Ties

__all__ = ["mark_versions", "version_groups"]

SAME_ARTICLE_SHARE = 0.5
"""Share of the shorter of two texts of one outlet, counted by similarity, from which they are versions of one article.
A follow-up that repeats the background of an earlier report shares less."""


def mark_versions(ties: Ties, facts: Mapping[ArticleId, ArticleFacts]) -> None:
    """Mark the ties that join versions of one article."""
    for link in list(ties.links()):
        if link.upstream is None or not is_version_pair(facts[link.downstream], facts[link.upstream]):
            continue
        same_address = facts[link.downstream].url is not None and facts[link.downstream].url == facts[link.upstream].url
        close = max(ties.closeness(link.downstream, link.upstream), ties.closeness(link.upstream, link.downstream))
        if same_address or close >= SAME_ARTICLE_SHARE:
            ties.replace(dataclasses.replace(link, is_version=True))


def version_groups(
    members: Sequence[ArticleId], links: Iterable[Derivation], facts: Mapping[ArticleId, ArticleFacts]
) -> tuple[tuple[ArticleId, ...], ...]:
    """List the groups of versions among some articles, each in the order they appeared as far as that is known.

    Those that are in no known order stand by their dates, then by id.
    """
    joined = [link for link in links if link.is_version and link.upstream is not None]
    groups = Groups(members)
    order: nx.DiGraph[ArticleId] = nx.DiGraph()
    for link in joined:
        upstream = link.upstream or link.downstream
        groups.unite(link.downstream, upstream)
        if link.direction is not Direction.UNKNOWN:
            order.add_edge(upstream, link.downstream)

    def place(article: ArticleId) -> tuple[int, str, ArticleId]:
        before = len(nx.ancestors(order, article)) if article in order else 0
        published = facts[article].published
        return before, published.earliest.isoformat() if published else "9999", article

    return tuple(tuple(sorted(group, key=place)) for group in groups.groups() if len(group) > 1)
