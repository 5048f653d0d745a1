"""Rows of a run read back in the order they were written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from provenance.store._tables import Base

__all__ = ["gathered", "ordered"]

K = TypeVar("K")
V = TypeVar("V")


def ordered(connection: Connection, table: type[Base], run: int, *order: Any) -> Iterator[Any]:  # noqa: ANN401  columns and rows
    """Yield the rows a run has in a table, sorted by some of its columns."""
    columns = table.__table__.columns
    yield from connection.execute(select(*columns).where(columns["run_id"] == run).order_by(*order))


def gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Gather values by key; the values of a key keep their order."""
    lists: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return {key: tuple(values) for key, values in lists.items()}
