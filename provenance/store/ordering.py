"""Rows of a run read back in the order they were written: all of them, or those around one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, literal, or_, select, union

from provenance.model import ArticleId
from provenance.store._tables import Base, DerivationRow, FamilyMemberRow, InferredSourceRow

__all__ = ["Extent", "gathered", "ordered"]

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a run is read: everything, or what is around one article.

    Around an article are its family and whatever it is itself tied to, possible ties too, with all there is between
    any two of them. Of other families nothing is told, for their members are not read.
    """

    run: int
    around: ArticleId | None = None

    def holds(self, table: type[Base]) -> list[ColumnElement[bool]]:
        """Give the conditions under which a row of a table is read."""
        columns = table.__table__.columns
        whole: list[ColumnElement[bool]] = [columns["run_id"] == self.run]
        if self.around is None:
            return whole
        for name, part in _PARTS.items():
            if name in columns:
                return [*whole, columns[name].in_(part(self.run, self.around))]
        articles = _articles(self.run, self.around)
        upstream = columns["upstream"]
        return [*whole, columns["downstream"].in_(articles), or_(upstream.is_(None), upstream.in_(articles))]


def _families(run: int, article: ArticleId) -> Select[Any]:
    table = FamilyMemberRow
    return select(table.family_id).where(table.run_id == run, table.article_id == article)


def _sources(run: int, article: ArticleId) -> Select[Any]:
    table = InferredSourceRow
    return select(table.source_id).where(table.run_id == run, table.family_id.in_(_families(run, article)))


def _articles(run: int, article: ArticleId) -> Select[Any]:
    family, tied = FamilyMemberRow, DerivationRow
    every = union(
        select(literal(article).label("id")),
        select(family.article_id).where(family.run_id == run, family.family_id.in_(_families(run, article))),
        select(tied.downstream).where(tied.run_id == run, tied.upstream == article),
        select(tied.upstream).where(tied.run_id == run, tied.downstream == article, tied.upstream.is_not(None)),
    ).subquery()
    return select(every.c.id)


def _derivations(run: int, article: ArticleId) -> Select[Any]:
    return select(DerivationRow.number).where(*Extent(run, article).holds(DerivationRow))


_PARTS = {"derivation": _derivations, "family_id": _families, "source_id": _sources, "article_id": _articles}
"""What decides, by column, in this order: a place of evidence stands in an article and belongs to a derivation."""


def ordered(connection: Connection, table: type[Base], extent: Extent, *order: Any) -> Iterator[Any]:  # noqa: ANN401  columns and rows
    """Yield the rows of a table that are read, sorted by some of its columns."""
    yield from connection.execute(select(*table.__table__.columns).where(*extent.holds(table)).order_by(*order))


def gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Gather values by key; the values of a key keep their order."""
    lists: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return {key: tuple(values) for key, values in lists.items()}
