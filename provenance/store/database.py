"""One database: how it is found, opened and spoken to.

Every piece of work is one short transaction. SQLite takes a write lock at the *start* of a writing transaction
(``BEGIN IMMEDIATE``): a lock asked for half-way fails at once when another writer came between, however long one was
ready to wait. Between transactions nothing is held, so readers and other audits get their turn.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from provenance.errors import ConfigurationError, StoreError, StoreMissingError
from provenance.store.encoding import open_json
from provenance.store.failures import explained, whole_command
from provenance.store.server import connect_arguments

__all__ = ["Database", "database_at"]

PATIENCE = 30.0
"""Seconds one waits for another's transaction: a batch takes well under one, the finish of a large run a few."""

LOCK_PAUSE = 0.01
"""Seconds before a lock that nobody can wait for is asked for again."""

MIGRATION_LOCK = 0x50524F56
"""Number of the PostgreSQL lock under which tables are made, so that of two programs that find none only one does."""

WRITES = "provenance_writes"
MIGRATES = "provenance_migrates"


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``name`` is how the user called it, without any password."""

    name: str
    engine: Engine
    path: Path | None
    """The file of an SQLite database; ``None`` for one in memory or on a server."""
    writable: bool

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the database throughout."""
        with explained(self.name), self.engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":  # SQLite does so anyhow
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is kept whole at its end or not at all.

        Raises:
            StoreError: the database was opened for reading, is busy for too long, is gone, or cannot be written.
        """
        if not self.writable:
            raise StoreError(f"{self.name} was opened for reading only", hint="Open it with create=True to write.")
        if self.path is not None and not self.path.exists():  # SQLite would go on into a file without a name
            raise StoreError(
                f"{self.name} is no longer there: it was moved or deleted while it was in use",
                hint="Put it back and run the audit again; it goes on from here.",
            )
        writer = self.engine.execution_options(**{WRITES: True})
        with explained(self.name), writer.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Open a writing transaction in which tables may be dropped and made anew without losing what refers to them.

        SQLite would delete the rows that refer to a dropped table; so references are checked at the end instead.
        """
        migrator = self.engine.execution_options(**{WRITES: True, MIGRATES: True})
        with explained(self.name), migrator.connect() as connection:
            try:
                with connection.begin():
                    if connection.dialect.name == "postgresql":  # SQLite has its write lock already
                        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
                    yield connection
                    _check_references(connection, self.name)
            finally:
                driver = connection.connection.driver_connection
                if isinstance(driver, sqlite3.Connection):
                    driver.execute("PRAGMA foreign_keys = ON")
                    driver.execute("PRAGMA legacy_alter_table = OFF")

    def close(self) -> None:
        """Close every connection; SQLite then folds its journal into the file."""
        self.engine.dispose()


def _check_references(connection: Connection, name: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreError(
            f"{name} refers to rows that are not there, in {broken[0]}",
            hint=f"Run {whole_command('db check', name)} to see where, and restore it from a copy.",
        )


def database_at(url: str, *, create: bool, patience: float = PATIENCE) -> Database:
    """Find the database a path or SQLAlchemy URL means; nothing is created unless ``create`` is set.

    Args:
        url: a path, or an SQLAlchemy URL of SQLite or PostgreSQL.
        create: whether it is opened for writing, and made when missing.
        patience: seconds to wait for another program's transaction.

    Raises:
        ConfigurationError: the URL is malformed, or names a kind of database that is not supported.
        StoreMissingError: there is no such file and ``create`` is not set.
        StoreError: its folder does not exist, or the driver is not installed.
    """
    parsed = _parse(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database in (None, "", ":memory:"):
            return _in_memory(create=create)
        case "sqlite":
            return _in_file(Path(str(parsed.database)), create, patience)
        case "postgresql":
            return _on_server(parsed, create, patience)
        case other:
            raise ConfigurationError(
                f"{other} databases are not supported", hint="Name a file, or postgresql://user@host/name, with --db."
            )


def _parse(url: str) -> URL:
    if "://" not in url:
        return URL.create("sqlite", database=url)
    if url.startswith("postgres://"):
        raise ConfigurationError(
            "postgres:// is not how the address of a PostgreSQL database begins", hint="Write postgresql:// instead."
        )
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            _refuse_host(parsed)
        if parsed.get_backend_name() == "sqlite" and parsed.query:
            raise ConfigurationError(
                f"options in the address of the SQLite file {parsed.database} are not supported",
                hint="Give the path alone, without `?…`.",
            )
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise ConfigurationError(
            "the address of the database is not one: it is not shown, as it may hold a password",
            hint="Write a path, or postgresql://user@host/name, as --db or PROVENANCE_DB.",
        ) from error
    return parsed


def _refuse_host(url: URL) -> None:
    """Refuse ``sqlite://name``: what stands after two strokes is a host, and the store would be lost in memory."""
    if url.host is None:
        return
    named = url.username is None and url.port is None  # or it may be a password, which is not shown
    path = "/".join(filter(None, (url.host, url.database))) if named else "newsroom.db"
    raise ConfigurationError(
        "the address of an SQLite file has three strokes after its colon, or four if the file's path begins with one",
        hint=f"Write sqlite:///{path}, or sqlite:////absolute/path; the path alone will do as well.",
    )


def _in_memory(*, create: bool) -> Database:
    if not create:
        raise StoreMissingError("a store in memory holds nothing yet", hint="Name a file with --db.")
    engine = _engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    _prepare(engine, PATIENCE, writable=True)
    return Database("the store in memory", engine, None, writable=True)


def _in_file(path: Path, create: bool, patience: float) -> Database:  # noqa: FBT001  private, called once
    with explained(str(path)):
        if path.is_dir():
            raise StoreError(f"{path} is a folder, not a database", hint="Name a file with --db.")
        if not path.exists():
            _missing(path, create=create)
        elif create and not os.access(path, os.W_OK):  # SQLite would leave an empty journal beside it first
            raise StoreError(
                f"{path} may not be written to",
                hint="Allow writing to the file and its folder, or choose another --db.",
            )
    engine = _engine("sqlite://", poolclass=QueuePool, creator=_connector(path, "rwc" if create else "rw"))
    _prepare(engine, patience, writable=create)
    return Database(str(path), engine, path, writable=create)


def _missing(path: Path, *, create: bool) -> None:
    if not create:
        raise StoreMissingError(
            f"there is no store at {path}",
            hint=f"Run {whole_command('audit PATH', str(path))} first, or name another with --db.",
        )
    if not path.parent.is_dir():
        raise StoreError(
            f"the folder {path.parent} does not exist", hint="Create it first, or name another file with --db."
        )
    if not os.access(path.parent, os.W_OK):
        raise StoreError(
            f"no store can be made at {path}: its folder may not be written to",
            hint="Allow writing to the folder, or name a file in another with --db.",
        )


def _connector(path: Path, mode: str) -> Callable[[], sqlite3.Connection]:
    """Make connections to one file; a path of any bytes is possible, and ``?`` in a name is no option."""
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode="

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address + mode, uri=True, check_same_thread=False)

    def connect_or_freeze() -> sqlite3.Connection:
        # A folder one may not write in cannot hold the shared-memory file of a write-ahead log. Where no log is left
        # to be read, the file is complete and nobody can change it under our hands.
        connection = connect()
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            connection.close()
            log = path.with_name(f"{path.name}-wal")
            if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size > 0):
                raise
            return sqlite3.connect(f"{address}ro&immutable=1", uri=True, check_same_thread=False)
        return connection

    return connect if mode == "rwc" else connect_or_freeze


def _on_server(url: URL, create: bool, patience: float) -> Database:  # noqa: FBT001  private, called once
    name = url.set(query={}).render_as_string(hide_password=True)
    arguments = connect_arguments(url)
    try:
        engine = _engine(
            "postgresql+pg8000://", connect_args=arguments, isolation_level="READ COMMITTED", pool_pre_ping=True
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{name} cannot be opened: the PostgreSQL driver is not installed",
            hint='Run `pip install "news-provenance[postgresql]"`.',
        ) from error

    engine.dialect.use_insertmanyvalues_wo_returning = True  # the driver itself sends rows one by one, and waits

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver has no types
        # The driver goes on to allow only `timeout` for every answer, but waiting for a lock may take longer.
        connection._usock.settimeout(None)  # noqa: SLF001  there is no other way to the socket
        cursor = connection.cursor()
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SET lock_timeout = {round(patience * 1000)}")
        if not create:
            cursor.execute("SET default_transaction_read_only = on")
        cursor.close()
        connection.commit()

    return Database(name, engine, None, writable=create)


def _engine(url: str | URL, **options: Any) -> Engine:  # noqa: ANN401  whatever create_engine takes
    return create_engine(url, json_serializer=open_json, **options)


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Have SQLite log writes ahead. While another connection sees to the same it refuses at once instead of waiting."""
    until = monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(LOCK_PAUSE)
        else:
            return


def _prepare(engine: Engine, patience: float, *, writable: bool) -> None:
    """Set up every SQLite connection, and begin transactions as the module docstring says."""

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own; see below
        connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        if writable:
            _write_ahead(connection, patience)
            connection.execute(
                "PRAGMA synchronous = NORMAL"
            )  # in WAL mode a power cut loses commits, never consistency
        else:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(MIGRATES, False):
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
            connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")  # or no table that a view reads can be renamed
        writes = options.get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
