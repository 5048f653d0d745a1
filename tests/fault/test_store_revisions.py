"""Stores that released programs left, with data in them, brought up to date, taken back, and interrupted on the way."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Connection, DateTime, MetaData, Table, inspect, text
from sqlalchemy.types import TypeEngine

from provenance.errors import NotFoundError, StoreError, StoreVersionError
from provenance.model import Decision
from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions
from provenance.store import ProvenanceStore, check_store, downgrade_store, upgrade_store
from provenance.store.database import Database, database_at
from provenance.store.migration import DECISIONS_SINCE, HISTORY, LOST_BELOW, History, migrate
from tests.contract.test_store import on_server, server_url

__all__ = ["server_url"]

RELEASED = Path(__file__).with_name("released")
REVISIONS = tuple(sorted(file.name[:4] for file in RELEASED.glob("*.sql.gz")))
OF_THE_SCHEMA = ("alembic_version",)
REMADE = {"reviews", "ratings"}  # by 0003, and empty before
ROOT = Path(__file__).parents[2]

Rows = dict[str, list[tuple[Any, ...]]]


def dump(revision: str) -> str:
    return gzip.decompress((RELEASED / f"{revision}.sql.gz").read_bytes()).decode()


@pytest.fixture(params=REVISIONS)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, revision: str) -> Path:
    """The store of a released revision, in a file."""
    path = tmp_path / "newsroom.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump(revision))
    return path


@pytest.fixture
def address(request: pytest.FixtureRequest, revision: str) -> str:
    """The same store on a server, its rows copied into the tables the migrations make there."""
    server: str = request.getfixturevalue("server_url")
    on_server(server, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    with closing(sqlite3.connect(":memory:")) as source, closing(database_at(server, create=True)) as database:
        source.executescript(dump(revision))
        migrate(database, revision)
        with database.writing() as connection:
            copy_rows(source, connection)
    return server


def copy_rows(source: sqlite3.Connection, target: Connection) -> None:
    found = MetaData()
    found.reflect(target)
    for table in found.sorted_tables:
        if table.name in OF_THE_SCHEMA:
            continue
        names = [column.name for column in table.columns]
        rows = source.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall()
        if rows:
            target.execute(table.insert(), [dict(zip(names, typed(table, row), strict=True)) for row in rows])
        if "id" in names and isinstance(rows and rows[0][names.index("id")], int):
            sequence = target.execute(text(f"SELECT pg_get_serial_sequence('{table.name}', 'id')")).scalar()
            if sequence:
                target.execute(text(f"SELECT setval('{sequence}', (SELECT max(id) FROM {table.name}))"))


def typed(table: Table, row: tuple[Any, ...]) -> Iterator[Any]:
    for column, value in zip(table.columns, row, strict=True):
        yield None if value is None else of_type(column.type, value)


def of_type(kind: TypeEngine[Any], value: Any) -> Any:
    match kind:
        case JSON():
            return json.loads(value)
        case DateTime():
            return datetime.fromisoformat(f"{value}+00:00")
        case Boolean():
            return bool(value)
        case _:
            return value


def rows_of(database: Database, columns: dict[str, list[str]] | None = None) -> tuple[Rows, dict[str, list[str]]]:
    """Return every row of every table, of the columns given or of all, and which columns those were."""
    with database.reading() as connection:
        look = inspect(connection)
        there = {str(name): [each["name"] for each in found] for (_, name), found in look.get_multi_columns().items()}
        chosen = there if columns is None else {name: columns[name] for name in columns if name in there}
        return {
            table: sorted(map(tuple, connection.execute(text(f"SELECT {', '.join(names)} FROM {table}"))), key=repr)
            for table, names in chosen.items()
            if table not in OF_THE_SCHEMA
        }, chosen


def test_a_store_of_every_released_revision_is_kept_for_these_tests() -> None:
    assert set(HISTORY.revisions[:-1]) <= set(REVISIONS)
    assert set(LOST_BELOW) == set(HISTORY.revisions[1:])


def test_no_migration_makes_other_tables_than_when_it_was_released(tmp_path: Path, revision: str, path: Path) -> None:
    made = tmp_path / "made.db"
    with closing(database_at(str(made), create=True)) as database:
        migrate(database, revision)
    schema = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    with closing(sqlite3.connect(made)) as now, closing(sqlite3.connect(path)) as then:
        assert columns_by_table(now) == columns_by_table(then)
        assert [row[:2] for row in now.execute(schema)] == [row[:2] for row in then.execute(schema)]


def columns_by_table(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: [row[1:] for row in connection.execute(f"PRAGMA table_xinfo({name})")]
        + connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        for name in names
    }


def held(url: str, columns: dict[str, list[str]] | None = None) -> tuple[Rows, dict[str, list[str]]]:
    with closing(database_at(url, create=True)) as database:
        return rows_of(database, columns)


@pytest.mark.parametrize("place", ["path", "address"])
def test_an_old_store_is_used_only_once_it_was_upgraded_and_holds_all_it_held_then_and_when_taken_back(
    request: pytest.FixtureRequest, place: str, revision: str
) -> None:
    url = str(request.getfixturevalue(place))
    before, columns = held(url)
    for create in (False, True):
        if revision != HISTORY.head:
            with pytest.raises(StoreVersionError, match=f"schema {revision}, this one needs {HISTORY.head}") as error:
                ProvenanceStore.open(url, create=create)
            assert "provenance db upgrade" in error.value.hint
    assert held(url)[0] == before
    done = upgrade_store(url)
    assert (done.before, done.after) == (revision, HISTORY.head)
    lasting = {name: names for name, names in columns.items() if revision >= DECISIONS_SINCE or name not in REMADE}
    after, _ = held(url, lasting)
    assert after == {name: before[name] for name in after}
    assert len(after) == len(lasting) - len(OF_THE_SCHEMA)
    assert check_store(url).flaws == ()
    with ProvenanceStore.open(url) as store:
        assert [len(store.findings(run.number).articles) for run in store.runs()] == [3, 3]
        assert len(store.reviews()) == len(store.ratings()) // 2 == int(revision >= DECISIONS_SINCE)
    back = downgrade_store(url, revision)
    assert (back.before, back.after) == (HISTORY.head, revision)
    again, there = held(url)
    assert {name: sorted(names) for name, names in there.items()} == {n: sorted(names) for n, names in columns.items()}
    assert held(url, columns)[0] == before
    assert again.keys() == before.keys()


@pytest.mark.parametrize("revision", sorted({REVISIONS[0], REVISIONS[-1]}), indirect=True)
def test_an_upgraded_store_is_audited_into_and_its_decisions_are_honoured(
    path: Path, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade_store(str(path))
    folder = path.parent / "desk"
    folder.mkdir()
    for name in ("wire.txt", "copy.html"):
        shutil.copy(ROOT / "fixtures" / "stories" / "dam-inspection" / name, folder)
    monkeypatch.chdir(path.parent)
    found = audit(["desk"], AuditOptions(database=str(path), workers=1))
    decided = [link.decision for link in found.lineage.derivations if link.upstream is not None]
    assert decided == [Decision.CONFIRMED if revision >= DECISIONS_SINCE else None]
    assert check_store(str(path)).flaws == ()
    with ProvenanceStore.open(str(path)) as store:
        assert store.findings() == found
        assert store.findings(1).articles != found.articles


@pytest.mark.usefixtures("revision")
@pytest.mark.parametrize("place", ["path", "address"])
@pytest.mark.parametrize("revision", REVISIONS[-1:], indirect=True)
def test_decisions_of_people_are_only_lost_by_a_downgrade_that_is_told_to(
    request: pytest.FixtureRequest, place: str
) -> None:
    url = str(request.getfixturevalue(place))
    upgrade_store(url)
    before, _ = held(url)
    with pytest.raises(StoreError, match="holds 1 decision of reviewers, which schema 0001 cannot keep") as error:
        downgrade_store(url, "0001")
    assert "Write them out with `provenance review list --format csv -o reviews.csv --db " in error.value.hint
    assert "db upgrade" not in error.value.hint
    assert held(url)[0] == before
    done = downgrade_store(url, "0001", lose_decisions=True)
    assert (done.before, done.after, done.copy is None) == (HISTORY.head, "0001", place == "address")
    assert held(url)[0]["reviews"] == []
    if done.copy is not None:
        with ProvenanceStore.open(str(done.copy)) as copy:
            assert len(copy.reviews()) == 1


@pytest.mark.parametrize("revision", ["0002"], indirect=True)
def test_a_store_cannot_be_taken_back_to_a_revision_it_is_not_past(path: Path) -> None:
    for wanted in ("0003", "0000", "base", "yesterday"):
        with pytest.raises(NotFoundError, match=f"cannot be taken back to schema {wanted}: it is at 0002") as error:
            downgrade_store(str(path), wanted)
        assert error.value.hint == "Choose one of 0001."
    assert downgrade_store(str(path), "0002").copy is None


FATAL = """
import os, signal
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None

def upgrade():
    op.execute("DELETE FROM passages")
    op.execute("CREATE TABLE half_done (id INTEGER)")
    os.kill(os.getpid(), signal.SIGKILL)
"""

UPGRADE = """
import sys
from pathlib import Path
from provenance.store.migration import History, HISTORY, upgrade_store
upgrade_store(sys.argv[1], History((*HISTORY.revisions, "9999"), Path(sys.argv[2])))
"""


@pytest.mark.parametrize("revision", REVISIONS[:1], indirect=True)
def test_an_upgrade_that_is_killed_half_way_leaves_the_store_as_it_was(path: Path) -> None:
    scripts = path.parent / "scripts"
    shutil.copytree(HISTORY.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "r9999_fatal.py").write_text(FATAL.format(head=HISTORY.head))
    before, _ = held(str(path))
    died = subprocess.run([sys.executable, "-c", UPGRADE, str(path), str(scripts)], check=False, cwd=ROOT)
    assert died.returncode == -9
    assert held(str(path))[0] == before
    copy = path.with_name("newsroom.db.schema-0001")
    assert held(str(copy))[0] == before
    assert upgrade_store(str(path)).after == HISTORY.head
    assert check_store(str(path)).flaws == ()


@pytest.mark.parametrize("revision", REVISIONS[:1], indirect=True)
def test_two_upgrades_at_once_make_one_copy_of_the_store_as_it_was(path: Path) -> None:
    command = [sys.executable, "-m", "provenance", "db", "upgrade", "--db", str(path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(process.communicate()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    copies = [item.name for item in path.parent.iterdir() if "schema" in item.name]
    assert copies == ["newsroom.db.schema-0001"], said
    with closing(sqlite3.connect(path.with_name(copies[0]))) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


@pytest.mark.parametrize("revision", REVISIONS[:1], indirect=True)
def test_a_copy_is_as_private_as_its_store(path: Path) -> None:
    path.chmod(0o600)
    copy = upgrade_store(str(path)).copy
    assert copy is not None
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in path.parent.iterdir() if item.name.endswith(".part")] == []


def test_a_history_ends_with_its_head() -> None:
    assert History(("0001", "0002"), RELEASED).head == "0002"
