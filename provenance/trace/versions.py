"""Versions of one article at one outlet: updates and corrections, rather than reposts of one another."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

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


def version_groups(members: Sequence[ArticleId], links: Iterable[Derivation]) -> tuple[tuple[ArticleId, ...], ...]:
    """List the groups of versions among some articles, each in the order of its links as far as that is known."""
    joined = [link for link in links if link.is_version and link.upstream is not None]
    groups = Groups(members)
    before: dict[ArticleId, int] = dict.fromkeys(members, 0)
    for link in joined:
        groups.unite(link.downstream, link.upstream or link.downstream)
        if link.direction is not Direction.UNKNOWN:
            before[link.downstream] += 1
    return tuple(
        tuple(sorted(group, key=lambda each: (before[each], each))) for group in groups.groups() if len(group) > 1
    )
