"""Schema revisions: which one a database is at, creating it, and bringing it up to date.

Alembic is only loaded to change a schema; opening a store of the right revision costs one small query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from provenance.errors import NotFoundError, StoreError, StoreVersionError
from provenance.store.copying import copy_store
from provenance.store.database import Database, database_at
from provenance.store.failures import whole_command
from provenance.store.records import Upgrade

__all__ = [
    "DECISIONS_SINCE",
    "HISTORY",
    "LOST_BELOW",
    "History",
    "downgrade_store",
    "ensure_schema",
    "migrate",
    "revision_of",
    "upgrade_store",
]


@dataclass(frozen=True, slots=True)
class History:
    """Every revision of a schema in order, and the folder of the scripts that lead from one to the next."""

    revisions: tuple[str, ...]
    scripts: Path

    @property
    def head(self) -> str:
        """The last revision, the one a program speaks."""
        return self.revisions[-1]


HISTORY = History(("0001", "0002", "0003", "0004", "0005"), Path(__file__).with_name("migrations"))
"""That of this program. A test holds it to the migration files."""

LOST_BELOW: Mapping[str, str] = {
    "0002": "what an audit keeps for the next, which works it out again",
    "0003": "decisions of reviewers, imported ratings, inferred sources, versions, checked credits and what was lost on"
    " the way",
    "0004": "views that answer common questions",
    "0005": "views that tell a known order from an unknown one",
}
"""What a store no longer holds once it is taken back to a revision before this one."""

DECISIONS_SINCE = "0003"
"""Revision from which on a store keeps what people decided about links."""

_REVISION_TABLE = "alembic_version"  # every program that keeps its schema with Alembic has one
_OWN_TABLE = "article_versions"  # a store has it at every revision

_ALEMBIC = Lock()  # Alembic keeps what it works on in module variables: one migration at a time in a process
APPLICATION_ID = 0x50524F56  # "PROV" in the header of an SQLite file, for `file` and its like


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database is at; ``None`` when it holds no store, be it another program's."""
    tables = inspect(connection)
    if not (tables.has_table(_REVISION_TABLE) and tables.has_table(_OWN_TABLE)):
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
        other = min(tables, key=lambda table: (table == _REVISION_TABLE, table))
        return StoreError(
            f"{name} is not a provenance store: it holds other tables, such as {other}",
            hint="Choose another with --db.",
        )
    return StoreError(
        f"{name} is not a provenance store: it is empty",
        hint=f"Run {whole_command('audit PATH', name)} first, or choose another with --db.",
    )


def _other_version(name: str, found: str, history: History) -> StoreVersionError:
    if found in history.revisions:
        return StoreVersionError(
            f"{name} was made by an older version of the program (schema {found}, this one needs {history.head})",
            hint=f"Run {whole_command('db upgrade', name)}; an SQLite file is copied first.",
        )
    return StoreVersionError(
        f"{name} was made by a newer version of the program (schema {found}, this one knows up to {history.head})",
        hint="Install a newer version of the program, or audit into another file with --db.",
    )


def migrate(
    database: Database,
    revision: str,
    history: History = HISTORY,
    *,
    before: Callable[[Connection, str | None], None] | None = None,
) -> None:
    """Bring a database to a revision (``base`` for none), forwards or backwards, in one transaction.

    Args:
        database: opened for writing.
        revision: to bring it to.
        history: which revisions there are.
        before: called with the revision it is at if anything is to change, when nobody else can change it any more.
    """
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
            if before is not None:
                before(connection, found)
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
        StoreError: it is no store, or cannot be written or copied.
    """
    found = _known_revision(url, history)
    if found == history.head:
        return Upgrade(_name_of(url), found, found)
    with closing(database_at(url, create=True)) as database:
        return _changed(database, history.head, history)


def downgrade_store(url: str, revision: str, *, lose_decisions: bool = False, history: History = HISTORY) -> Upgrade:
    """Take a store back to an earlier revision, for an older program, after copying it as for an upgrade.

    Args:
        url: the store.
        revision: to take it back to; :data:`LOST_BELOW` says what it then no longer holds.
        lose_decisions: whether it may lose what people decided about links, which nothing can work out again.
        history: which revisions there are.

    Raises:
        StoreMissingError: there is no such store.
        StoreVersionError: a newer program made it.
        NotFoundError: there is no such revision, or the store is at an earlier one.
        StoreError: it would lose decisions and may not, is no store, or cannot be written or copied.
    """
    found = _known_revision(url, history)
    earlier = history.revisions[: history.revisions.index(found) + 1]
    if revision not in earlier:
        raise NotFoundError(
            f"{_name_of(url)} cannot be taken back to schema {revision}: it is at {found}",
            hint=f"Choose one of {', '.join(earlier[:-1]) or found}.",
        )
    if revision == found:
        return Upgrade(_name_of(url), found, found)
    with closing(database_at(url, create=True)) as database:
        return _changed(database, revision, history, lose_decisions=lose_decisions)


def _known_revision(url: str, history: History) -> str:
    with closing(database_at(url, create=False)) as reader, reader.reading() as connection:
        found = revision_of(connection)
        tables = inspect(connection).get_table_names()
    if found is None:
        raise _no_store(reader.name, tables)
    if found not in history.revisions:
        raise _other_version(reader.name, found, history)
    return found


def _name_of(url: str) -> str:
    with closing(database_at(url, create=False)) as database:
        return database.name


def _changed(database: Database, revision: str, history: History, *, lose_decisions: bool = True) -> Upgrade:
    """Change the schema; a copy is made while nobody can write, so that it is the very state that was changed."""
    upgrades: list[Upgrade] = []

    def prepare(connection: Connection, found: str | None) -> None:
        if not lose_decisions:
            _keep_decisions(connection, database.name, revision, current=found == history.head)
        copy = None if database.path is None else copy_store(database.path, str(found))
        upgrades.append(Upgrade(database.name, str(found), revision, copy))

    migrate(database, revision, history, before=prepare)
    return upgrades[0] if upgrades else Upgrade(database.name, revision, revision)


def _keep_decisions(connection: Connection, name: str, revision: str, *, current: bool) -> None:
    """Refuse to lose decisions. They are listed from a store of this program's revision only: ``current`` says so."""
    if revision >= DECISIONS_SINCE:
        return
    decisions = connection.execute(text("SELECT count(*) FROM reviews")).scalar_one()
    if decisions:
        raise StoreError(
            f"{name} holds {decisions:,} {'decision' if decisions == 1 else 'decisions'} of reviewers, which schema"
            f" {revision} cannot keep",
            hint=_way_down(name, revision, current=current),
        )


def _way_down(name: str, revision: str, *, current: bool) -> str:
    listed = whole_command("review list --format csv -o reviews.csv", name)
    lowered = whole_command(f"db downgrade {revision} --lose-decisions", name)
    if current:
        return f"Write them out with {listed}, then run {lowered}."
    return f"Run {whole_command('db upgrade', name)}, write them out with {listed}, then run {lowered}."
