"""Where things are found: the address of each article, family and pair of articles, within a page or across pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from provenance.model import ArticleId, FamilyId

__all__ = ["Anchors", "PairKey"]

PairKey = tuple[ArticleId, ArticleId | None]
"""A downstream article and its upstream, ``None`` for one known by its outlet's name only."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Addresses as seen from one page. What is told nowhere has none."""

    articles: Mapping[ArticleId, tuple[str, str]] = field(default_factory=dict)
    """Page and name of each article; a page is given by its path from the folder the report stands in."""
    families: Mapping[FamilyId, tuple[str, str]] = field(default_factory=dict)
    pairs: Mapping[PairKey, tuple[str, str]] = field(default_factory=dict)
    page: str = ""
    """The page seen from."""

    def article(self, article: ArticleId) -> str | None:
        """Return where an article is told."""
        return self._seen(self.articles.get(article))

    def family(self, family: FamilyId) -> str | None:
        """Return where a family is told."""
        return self._seen(self.families.get(family))

    def pair(self, downstream: ArticleId, upstream: ArticleId | None) -> str | None:
        """Return where a link is told."""
        return self._seen(self.pairs.get((downstream, upstream)))

    def name(self, article: ArticleId) -> str:
        """Return the name of an article within its page, as ``id`` attributes have it."""
        return self.articles[article][1]

    def _seen(self, found: tuple[str, str] | None) -> str | None:
        if found is None:
            return None
        page, name = found
        return f"#{name}" if page == self.page else f"{self.address(page)}#{name}"

    def address(self, page: str) -> str:
        """Return the relative address of a page."""
        return quote(posixpath.relpath(page, posixpath.dirname(self.page) or "."))
