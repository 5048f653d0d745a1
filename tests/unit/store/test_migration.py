from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from provenance.errors import StoreError, StoreMissingError, StoreVersionError
from provenance.store import ProvenanceStore, Upgrade, downgrade_store, upgrade_store
from provenance.store._tables import Base
from provenance.store.database import database_at
from provenance.store.migration import HISTORY, History, ensure_schema, migrate

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("runs") as runs:  # makes the table, to which most others refer, anew
        runs.add_column(sa.Column("desk", sa.Text(), nullable=False, server_default="foreign"))
    op.create_table("corrections", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("corrections")
    with op.batch_alter_table("runs") as runs:
        runs.drop_column("desk")
"""


@pytest.fixture
def newer(tmp_path: Path) -> History:
    """The history of a program one revision ahead of this one."""
    scripts = tmp_path / "100% newer"
    shutil.copytree(HISTORY.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "r0006_desks.py").write_text(NEXT)
    return History((*HISTORY.revisions, "0006"), scripts)


def at_revision(path: Path, revision: str, history: History = HISTORY) -> None:
    with closing(database_at(str(path), create=True)) as database:
        migrate(database, revision, history)


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_the_listed_revisions_are_those_of_the_migration_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(HISTORY.scripts))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert tuple(entry.revision for entry in script.walk_revisions())[::-1] == HISTORY.revisions
    assert script.get_current_head() == HISTORY.head


def test_the_migrations_make_exactly_the_tables_the_program_uses(audited: Path) -> None:
    with closing(database_at(str(audited), create=True)) as database, database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_tables_have_the_names_people_were_promised(audited: Path) -> None:
    promised = {
        *("outlets", "outlet_names", "outlet_domains", "ratings", "runs", "run_events", "run_articles", "sources"),
        *("articles", "article_versions", "blocks", "attributions", "unreadable", "reviews", "matches", "passages"),
        *("derivations", "evidence", "verdicts", "families", "family_members", "drift"),
    }
    found = {str(name) for (name,) in query(audited, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert promised <= found


def test_an_old_store_is_not_opened_but_upgraded_on_request(audited: Path, newer: History) -> None:
    with ProvenanceStore.open(str(audited)) as store:
        before = store.findings()
    for create in (False, True):
        with (
            closing(database_at(str(audited), create=create)) as database,
            pytest.raises(StoreVersionError, match=r"older version .*schema 0005, this one needs 0006") as error,
        ):
            ensure_schema(database, newer)
        assert f"`provenance db upgrade --db {audited}`" in error.value.hint
    copy = audited.with_name(f"{audited.name}.schema-0005")
    assert upgrade_store(str(audited), newer) == Upgrade(str(audited), "0005", "0006", copy)
    with ProvenanceStore.open(str(copy)) as store:
        assert store.findings() == before
    assert query(audited, "SELECT desk FROM runs") == [("foreign",)]


def test_a_store_of_a_newer_program_is_not_touched(audited: Path) -> None:
    with closing(sqlite3.connect(audited)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreVersionError, match=r"newer version .*schema 9999") as error:
        ProvenanceStore.open(str(audited), create=True)
    assert "newer" in error.value.hint
    with pytest.raises(StoreVersionError):
        upgrade_store(str(audited))


def test_findings_outlive_a_way_up_and_down_again(audited: Path, newer: History) -> None:
    with ProvenanceStore.open(str(audited)) as store:
        before = store.findings()
    upgrade_store(str(audited), newer)
    with pytest.raises(StoreVersionError, match=r"newer version .*schema 0006"):
        ProvenanceStore.open(str(audited))
    assert query(audited, "SELECT count(*) FROM reposts") == [(2,)]
    at_revision(audited, "0005", newer)
    with ProvenanceStore.open(str(audited)) as store:
        assert store.findings() == before
    assert query(audited, "SELECT count(*) FROM reposts") == [(2,)]
    assert query(audited, "PRAGMA foreign_key_check") == []


def test_the_first_revision_can_be_taken_back_and_made_again(audited: Path) -> None:
    at_revision(audited, "base")
    assert query(audited, "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'") == [("alembic_version",)]
    at_revision(audited, HISTORY.head)
    with closing(database_at(str(audited), create=True)) as database:
        ensure_schema(database)
        with database.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_store_of_the_first_revision_is_upgraded_and_keeps_its_findings(audited: Path) -> None:
    with ProvenanceStore.open(str(audited)) as store:
        before = store.findings()
    at_revision(audited, "0001")
    tables = "SELECT count(*) FROM sqlite_master WHERE name IN ('inspection_facts', 'outlines', 'content_drift')"
    assert query(audited, tables) == [(0,)]
    assert upgrade_store(str(audited)).before == "0001"
    assert query(audited, tables) == [(3,)]
    with ProvenanceStore.open(str(audited)) as store:
        assert store.findings() == before
    assert query(audited, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("revision", HISTORY.revisions[:-1])
def test_a_store_of_every_earlier_revision_is_upgraded_and_keeps_what_it_held(audited: Path, revision: str) -> None:
    with ProvenanceStore.open(str(audited)) as store:
        before = store.findings()
    at_revision(audited, revision)
    assert upgrade_store(str(audited)) == Upgrade(
        str(audited), revision, HISTORY.head, audited.with_name(f"{audited.name}.schema-{revision}")
    )
    with ProvenanceStore.open(str(audited)) as store:
        assert store.findings() == before
    assert query(audited, "PRAGMA foreign_key_check") == []


def test_upgrading_what_is_up_to_date_does_nothing(audited: Path) -> None:
    before = audited.read_bytes()
    assert upgrade_store(str(audited)) == Upgrade(str(audited), "0005", "0005")
    assert audited.read_bytes() == before
    assert [item.name for item in audited.parent.iterdir()] == [audited.name]


def test_a_second_copy_does_not_replace_the_first(audited: Path, newer: History) -> None:
    copies = []
    for _ in range(2):
        at_revision(audited, "0005", newer)
        copies.append(upgrade_store(str(audited), newer).copy)
    assert [copy and copy.name for copy in copies] == ["provenance.db.schema-0005", "provenance.db.schema-0005-1"]


def test_upgrading_what_is_not_there_or_not_ours_is_refused(path: Path) -> None:
    with pytest.raises(StoreMissingError):
        upgrade_store(str(path))
    path.touch()
    with pytest.raises(StoreError, match="is not a provenance store: it is empty"):
        upgrade_store(str(path))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(StoreError, match="is not a provenance store: it holds other tables, such as songs"):
        upgrade_store(str(path))


def test_the_database_of_another_program_that_uses_alembic_is_no_store(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0003')")
        connection.execute("CREATE TABLE songs (name TEXT)")
    before = path.read_bytes()
    for refused in (upgrade_store, ProvenanceStore.open, lambda url: downgrade_store(url, "0002")):
        with pytest.raises(StoreError, match="is not a provenance store: it holds other tables, such as songs"):
            refused(str(path))
    with pytest.raises(StoreError, match="is not a provenance store"):
        ProvenanceStore.open(str(path), create=True)
    assert query(path, "SELECT version_num FROM alembic_version") == [("0003",)]
    assert len(before) == len(path.read_bytes())


def test_the_way_to_an_old_schema_leads_by_one_the_decisions_can_be_listed_from(audited: Path) -> None:
    with closing(sqlite3.connect(audited)) as connection, connection:
        connection.execute(
            "INSERT INTO reviews (downstream, upstream, decision, note, reviewer, decided_at, downstream_hash)"
            " VALUES ('one', 'two', 'confirmed', '', 'ada', '2026-01-01 00:00:00', 'h')"
        )
    at_revision(audited, "0003")
    with pytest.raises(StoreError, match="which schema 0002 cannot keep") as error:
        downgrade_store(str(audited), "0002")
    listing = f"`provenance review list --format csv -o reviews.csv --db {audited}`"
    lowering = f"`provenance db downgrade 0002 --lose-decisions --db {audited}`"
    assert error.value.hint == (
        f"Run `provenance db upgrade --db {audited}`, write them out with {listing}, then run {lowering}."
    )
    upgrade_store(str(audited))
    with ProvenanceStore.open(str(audited)) as store:
        assert len(store.reviews()) == 1
    assert downgrade_store(str(audited), "0002", lose_decisions=True).after == "0002"


def test_a_migration_that_fails_changes_nothing(audited: Path, newer: History) -> None:
    with closing(sqlite3.connect(audited)) as connection, connection:
        connection.execute("CREATE TABLE corrections (in_the_way)")  # what 0006 makes last
    schema = "SELECT sql FROM sqlite_master ORDER BY name"
    before = query(audited, schema)
    with pytest.raises(StoreError, match="corrections already exists"):
        upgrade_store(str(audited), newer)
    assert query(audited, schema) == before
    assert query(audited, "SELECT version_num FROM alembic_version") == [("0005",)]


def test_a_repost_is_shown_with_its_upstream_whether_at_hand_or_only_named(audited: Path) -> None:
    columns = "article_id, outlet, upstream_article_id, upstream_outlet, evidence_kinds, direction"
    assert query(audited, f"SELECT {columns} FROM reposts ORDER BY article_id") == [
        ("one", "The Bugle", "two", "The Agency", "credit, passages", "likely"),
        ("three", None, None, "The Agency", None, "established"),
    ]


def test_the_summary_has_a_row_for_every_article(audited: Path) -> None:
    columns = "article_id, source, outlet, degree, derived_share, credit, upstream_outlets, family_id"
    assert query(audited, f"SELECT {columns} FROM article_summary ORDER BY article_id") == [
        ("one", "in/one.txt", "The Bugle", "partially-derived", 0.5, "credited", "The Agency", "family:1"),
        ("three", "in/three.txt", None, None, None, None, None, None),
        ("two", "in/two.txt", "The Agency", None, None, None, None, "family:1"),
    ]


def test_the_file_says_what_it_is(audited: Path) -> None:
    assert audited.read_bytes()[68:72] == b"PROV"
