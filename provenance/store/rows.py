"""The few statements every part of the store uses: rows added, added only when missing, written over, and changed.

An audit writes a dozen rows an article. Values are therefore made ready a column at a time, and SQLite is handed plain
tuples through its driver; PostgreSQL gets many rows in one statement from SQLAlchemy, because its driver would send
them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BindParameter, Column, Connection, Table, bindparam, update

from provenance.store._tables import Base
from provenance.store.columns import ExactText
from provenance.store.encoding import Columns

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

__all__ = [
    "BATCH",
    "Values",
    "add",
    "add_missing",
    "add_values",
    "change",
    "gather_statistics",
    "in_batches",
    "write_over",
]

BATCH = 500
"""Keys or articles handled at once: well below SQLite's 32,766 bound values, and a few MB of texts."""

T = TypeVar("T")

Values = tuple[Any, ...]
"""The values of one row, in the order of the columns they are given with."""


def in_batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Cut a sequence into runs of at most ``size``, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def add(connection: Connection, table: type[Base], rows: Sequence[Columns]) -> None:
    """Insert rows, all of the same columns; nothing happens when there are none."""
    if rows:
        names = tuple(rows[0])
        add_values(connection, table, names, _values(names, rows))


def add_values(
    connection: Connection, table: type[Base], names: Sequence[str], rows: Sequence[Values], *, repeated: bool = False
) -> None:
    """Insert rows given as the values of the named columns; nothing happens when there are none.

    Where rows may be ``repeated``, those whose key is there already are left as they are.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = _insertion(table, names) + (" ON CONFLICT DO NOTHING" if repeated else "")
        _execute(connection, statement, [_column(table, name) for name in names], rows)
        return
    insertion = _insert(table)
    chosen = insertion.on_conflict_do_nothing() if repeated else insertion
    connection.execute(chosen, [dict(zip(names, row, strict=True)) for row in rows])


def add_missing(connection: Connection, table: type[Base], rows: Sequence[Columns]) -> None:
    """Insert the rows whose key is not there yet, and leave the others as they are."""
    if rows:
        names = tuple(rows[0])
        add_values(connection, table, names, _values(names, rows), repeated=True)


def write_over(connection: Connection, table: type[Base], key: Sequence[str], rows: Sequence[Columns]) -> None:
    """Insert rows, replacing every other column of those whose key is there; all rows must have the same columns."""
    if not rows:
        return
    names = tuple(rows[0])
    changed = [name for name in names if name not in key]
    if connection.dialect.name == "sqlite":
        assignments = ", ".join(f'"{name}" = excluded."{name}"' for name in changed)
        statement = f"{_insertion(table, names)} ON CONFLICT ({_quoted(key)}) DO UPDATE SET {assignments}"
        _execute(connection, statement, [_column(table, name) for name in names], _values(names, rows))
        return
    insertion = _insert(table)
    replaced = {name: insertion.excluded[name] for name in changed}
    connection.execute(insertion.on_conflict_do_update(index_elements=list(key), set_=replaced), rows)


def change(
    connection: Connection, table: type[Base], key: Sequence[str], names: Sequence[str], rows: Sequence[Values]
) -> None:
    """Set the named columns of the rows with these keys; each of ``rows`` holds first the new values, then the key."""
    if not rows:
        return
    columns = [_column(table, name) for name in (*names, *key)]
    if connection.dialect.name == "sqlite":
        assignments = ", ".join(f'"{name}" = ?' for name in names)
        found = " AND ".join(f'"{name}" = ?' for name in key)
        statement = f'UPDATE "{table.__tablename__}" SET {assignments} WHERE {found}'  # noqa: S608  names of our columns
        _execute(connection, statement, columns, rows)
        return
    # A parameter may not have the name of a column that is set.
    given = [f"value_{number}" for number in range(len(columns))]
    bound: dict[str, BindParameter[Any]] = dict(zip((*names, *key), map(bindparam, given), strict=True))
    chosen = update(table).where(*(_column(table, name) == bound[name] for name in key))
    values = {name: bound[name] for name in names}
    connection.execute(chosen.values(values), [dict(zip(given, row, strict=True)) for row in rows])


def _values(names: Sequence[str], rows: Sequence[Columns]) -> list[Values]:
    if len(names) == 1:
        return [(row[names[0]],) for row in rows]
    return list(map(itemgetter(*names), rows))


def _insertion(table: type[Base], names: Sequence[str]) -> str:
    marks = ", ".join("?" * len(names))
    return f'INSERT INTO "{table.__tablename__}" ({_quoted(names)}) VALUES ({marks})'  # noqa: S608  names of our columns


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _column(table: type[Base], name: str) -> Column[Any]:
    found: Column[Any] = table.__table__.columns[name]  # type: ignore[assignment]
    return found


def _execute(connection: Connection, statement: str, columns: Sequence[Column[Any]], rows: Sequence[Values]) -> None:
    ready = [_bound(connection, column, given) for column, given in zip(columns, zip(*rows, strict=True), strict=True)]
    connection.exec_driver_sql(statement, list(zip(*ready, strict=True)))


def _bound(connection: Connection, column: Column[Any], values: Sequence[Any]) -> Iterable[Any]:
    """Make the values of one column ready for the driver."""
    if isinstance(column.type, ExactText):
        return column.type.bind_all(values, connection.dialect)
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return values if process is None else map(process, values)


def _insert(table: type[Base]) -> postgresql.Insert:
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  a twentieth of a second most users need not pay

    target = table.__table__
    assert isinstance(target, Table)
    return postgresql.insert(target)


def gather_statistics(connection: Connection) -> None:
    """Have SQLite count what its indexes hold, so that it looks links up by article; PostgreSQL does so by itself.

    Without, it takes a table without row numbers to be read best from end to end: 0.1 s a question in a run of 100,000
    articles, where the index takes a thousandth of that.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")  # rows of an index looked at, as SQLite advises
        connection.exec_driver_sql("ANALYZE")
