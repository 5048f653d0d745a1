"""The few statements every part of the store uses: rows added only when missing, written over, and keys in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import sqlite

from provenance.store._tables import Base
from provenance.store.encoding import Columns

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

__all__ = ["BATCH", "add", "add_missing", "in_batches", "write_over"]

BATCH = 500
"""Keys or articles handled at once: well below SQLite's 32,766 bound values, and a few MB of texts."""

T = TypeVar("T")


def in_batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Cut a sequence into runs of at most ``size``, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def add(connection: Connection, table: type[Base], rows: Sequence[Columns]) -> None:
    """Insert rows; nothing happens when there are none."""
    if rows:
        connection.execute(insert(table), rows)


def add_missing(connection: Connection, table: type[Base], rows: Sequence[Columns]) -> None:
    """Insert the rows whose key is not there yet, and leave the others as they are."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def write_over(connection: Connection, table: type[Base], key: Sequence[str], rows: Sequence[Columns]) -> None:
    """Insert rows, replacing every other column of those whose key is there; all rows must have the same columns."""
    if not rows:
        return
    statement = _insert(connection, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows)


def _insert(connection: Connection, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    target = table.__table__
    assert isinstance(target, Table)
    if connection.dialect.name == "sqlite":
        return sqlite.insert(target)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  a twentieth of a second most users need not pay

    return postgresql.insert(target)
