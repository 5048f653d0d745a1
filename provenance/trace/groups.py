"""Articles in groups: disjoint sets that are united step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from provenance.model import ArticleId

__all__ = ["Groups"]


class Groups:
    """Disjoint sets of articles (union-find with path halving; Tarjan and van Leeuwen 1984)."""

    def __init__(self, members: Iterable[ArticleId]) -> None:
        self._parent = {member: member for member in members}

    def find(self, member: ArticleId) -> ArticleId:
        """Name the group an article is in, by the smallest id of it."""
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
