"""Schema revisions: which one a database is at, creating it, and bringing it up to date.

Alembic is only loaded to change a schema; opening a store of the right revision costs one small query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from provenance.errors import StoreError, StoreVersionError
from provenance.store.database import Database, database_at
from provenance.store.failures import explained
from provenance.store.records import Upgrade

__all__ = ["HISTORY", "History", "ensure_schema", "migrate", "revision_of", "upgrade_store"]


@dataclass(frozen=True, slots=True)
class History:
    """Every revision of a schema in order, and the folder of the scripts that lead from one to the next."""

    revisions: tuple[str, ...]
    scripts: Path

    @property
    def head(self) -> str:
        """The last revision, the one a program speaks."""
        return self.revisions[-1]


HISTORY = History(("0001", "0002", "0003", "0004"), Path(__file__).with_name("migrations"))
"""That of this program. A test holds it to the migration files."""

_ALEMBIC = Lock()  # Alembic keeps what it works on in module variables: one migration at a time in a process
APPLICATION_ID = 0x50524F56  # "PROV" in the header of an SQLite file, for `file` and its like


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database is at; ``None`` when it holds no store."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def ensure_schema(database: Database, history: History = HISTORY) -> None:
    """See that a database is at this program's revision; an empty one that may be written is made so.

    Raises:
        StoreVersionError: it is at another revision.
        StoreError: it is no store, or holds somebody else's tables.
    """
    with database.reading() as connection:
        found = revision_of(connection)
        foreign = inspect(connection).get_table_names() if found is None else []
    if found == history.head:
        return
    if found is not None:
        raise _other_version(database.name, found, history)
    if foreign or not database.writable:
        raise _no_store(database.name, foreign)
    migrate(database, history.head, history)


def _no_store(name: str, tables: Sequence[str]) -> StoreError:
    if tables:
        return StoreError(
            f"{name} is not a provenance store: it holds other tables, such as {min(tables)}",
            hint="Choose another with --db.",
        )
    return StoreError(
        f"{name} is not a provenance store: it is empty",
        hint="Run `provenance audit PATH` into it first, or choose another with --db.",
    )


def _other_version(name: str, found: str, history: History) -> StoreVersionError:
    if found in history.revisions:
        return StoreVersionError(
            f"{name} was made by an older version of the program (schema {found}, this one needs {history.head})",
            hint="Run `provenance db upgrade` on it; an SQLite file is copied first.",
        )
    return StoreVersionError(
        f"{name} was made by a newer version of the program (schema {found}, this one knows up to {history.head})",
        hint="Install a newer version of the program, or audit into another file with --db.",
    )


def migrate(database: Database, revision: str, history: History = HISTORY) -> None:
    """Bring a database to a revision (``base`` for none), forwards or backwards, in one transaction."""
    from alembic import command  # noqa: PLC0415  loaded only when a schema changes
    from alembic.config import Config  # noqa: PLC0415  loaded only when a schema changes

    config = Config()
    config.set_main_option("script_location", str(history.scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with database.migrating() as connection, _ALEMBIC:
        config.attributes["connection"] = connection
        found = revision_of(connection)
        forwards = revision != "base" and (found is None or found < revision)
        if found != revision:  # another process may have created the tables while we waited for the lock
            (command.upgrade if forwards else command.downgrade)(config, revision)
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))


def upgrade_store(url: str, history: History = HISTORY) -> Upgrade:
    """Bring an old store up to date, after copying it; do nothing when it is up to date already.

    The copy lies beside the store and is named after the revision it holds. There is none of a database on a server,
    whose administrator makes the copies.

    Raises:
        StoreMissingError: there is no such store.
        StoreVersionError: a newer program made it.
        StoreError: it is no store, or cannot be written.
    """
    with closing(database_at(url, create=False)) as reader, reader.reading() as connection:
        found = revision_of(connection)
        tables = inspect(connection).get_table_names()
    if found is None:
        raise _no_store(reader.name, tables)
    if found == history.head:
        return Upgrade(reader.name, found, found)
    if found not in history.revisions:
        raise _other_version(reader.name, found, history)
    with closing(database_at(url, create=True)) as database:
        copy = None if database.path is None else _copy(database.path, found)
        migrate(database, history.head, history)
    return Upgrade(database.name, found, history.head, copy)


def _copy(path: Path, revision: str) -> Path:
    """Copy an SQLite file with all that its journal holds, under a name nothing else has."""
    names = (
        path.with_name(f"{path.name}.schema-{revision}{suffix}") for suffix in ("", *map("-{}".format, range(1, 1000)))
    )
    copy = next(name for name in names if not name.exists())
    with explained(str(path)), closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(copy)) as target:
        original.backup(target)
    return copy
