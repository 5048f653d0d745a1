from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import provenance.store.migration as migration_module
from provenance.errors import StoreError, StoreMissingError, StoreVersionError
from provenance.store import ProvenanceStore, upgrade_store
from provenance.store._tables import Base
from provenance.store.database import database_at
from provenance.store.migration import HEAD, REVISIONS, ensure_schema, migrate


def at_revision(path: Path, revision: str) -> None:
    with closing(database_at(str(path), create=True)) as database:
        migrate(database, revision)


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_the_listed_revisions_are_those_of_the_migration_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migration_module.__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert tuple(entry.revision for entry in script.walk_revisions())[::-1] == REVISIONS
    assert script.get_current_head() == HEAD


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


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_old_store_is_not_opened_but_upgraded_on_request(path: Path, revision: str) -> None:
    at_revision(path, revision)
    for create in (False, True):
        with pytest.raises(StoreVersionError, match=f"older version .*schema {revision}") as error:
            ProvenanceStore.open(str(path), create=create)
        assert "provenance db upgrade" in error.value.hint
    copy = upgrade_store(str(path))
    assert copy == path.with_name(f"{path.name}.schema-{revision}")
    with pytest.raises(StoreVersionError):
        ProvenanceStore.open(str(copy))
    with ProvenanceStore.open(str(path)) as store:
        assert store.runs() == []


def test_a_store_of_a_newer_program_is_not_touched(audited: Path) -> None:
    with closing(sqlite3.connect(audited)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreVersionError, match=r"newer version .*schema 9999") as error:
        ProvenanceStore.open(str(audited), create=True)
    assert "newer" in error.value.hint
    with pytest.raises(StoreVersionError):
        upgrade_store(str(audited))


def test_findings_outlive_a_way_down_and_up_again(audited: Path) -> None:
    with ProvenanceStore.open(str(audited)) as store:
        before = store.findings()
    at_revision(audited, "0004")
    assert query(audited, "SELECT name FROM sqlite_master WHERE type = 'view'") == []
    upgrade_store(str(audited))
    with ProvenanceStore.open(str(audited)) as store:
        assert store.findings() == before
    assert query(audited, "SELECT count(*) FROM reposts") == [(2,)]


@pytest.mark.parametrize("revision", ["base", *REVISIONS[:-1]])
def test_every_revision_can_be_reached_from_a_store_with_data(audited: Path, revision: str) -> None:
    at_revision(audited, revision)
    at_revision(audited, HEAD)
    with closing(database_at(str(audited), create=True)) as database:
        ensure_schema(database)
        with database.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert query(audited, "PRAGMA foreign_key_check") == []


def test_upgrading_what_is_up_to_date_does_nothing(audited: Path) -> None:
    before = audited.read_bytes()
    assert upgrade_store(str(audited)) is None
    assert audited.read_bytes() == before


def test_a_second_copy_does_not_replace_the_first(audited: Path) -> None:
    copies = []
    for _ in range(2):
        at_revision(audited, "0004")
        copies.append(upgrade_store(str(audited)))
    assert [copy and copy.name for copy in copies] == ["provenance.db.schema-0004", "provenance.db.schema-0004-1"]


def test_upgrading_what_is_not_there_or_not_ours_is_refused(path: Path) -> None:
    with pytest.raises(StoreMissingError):
        upgrade_store(str(path))
    path.touch()
    with pytest.raises(StoreError, match="is not a provenance store"):
        upgrade_store(str(path))


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    at_revision(path, "0003")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE drift (in_the_way)")  # the last table of 0004, after others are made
    before = query(path, "SELECT name FROM sqlite_master ORDER BY name")
    with pytest.raises(StoreError, match="drift already exists"):
        upgrade_store(str(path))
    assert query(path, "SELECT name FROM sqlite_master ORDER BY name") == before
    assert query(path, "SELECT version_num FROM alembic_version") == [("0003",)]


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
