"""The articles of a run in parts that can be traced apart: the matches of one part only are in memory at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.model import ArticleId
from provenance.trace.groups import Groups

__all__ = ["PART_ARTICLES", "parts_of"]

PART_ARTICLES = 10_000
"""Articles traced together: their matches take some 60 MiB. A story that is larger stays together all the same."""


def parts_of(
    articles: Iterable[ArticleId], tied: Iterable[tuple[ArticleId, ArticleId]], *, size: int = PART_ARTICLES
) -> Iterator[list[ArticleId]]:
    """Part articles so that no asserted tie leads from one part to another: a lineage never leaves its part.

    Args:
        articles: all there are.
        tied: the pairs that may be asserted. More of them than are in the end do no harm, fewer do.
        size: articles a part has about; a group of tied articles is not cut, however large.

    Yields:
        the articles of each part, sorted.
    """
    groups = Groups(articles)
    for one, other in tied:
        groups.unite(one, other)
    part: list[ArticleId] = []
    for group in groups.groups():
        if part and len(part) + len(group) > size:
            yield sorted(part)
            part = []
        part.extend(group)
    if part:
        yield sorted(part)
