"""``provenance db`` from the command line to its output and exit code."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.cli.database import _upgraded
from provenance.store import ProvenanceStore, Upgrade
from provenance.store.migration import HISTORY, LOST_BELOW


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(app, ["db", *arguments], prog_name="provenance")

    return call


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "provenance.db"
    ProvenanceStore.open(str(path), create=True).close()
    return path


def change(path, statement):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_an_upgrade_of_what_is_up_to_date_says_so_and_makes_no_copy(run, store):
    found = run("upgrade")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == "provenance.db is at schema 0005 already; nothing was to be done\n"
    assert [item.name for item in store.parent.iterdir()] == [store.name]


def test_an_upgrade_says_from_where_to_where_and_where_the_copy_lies():
    copied = Upgrade("news.db", "0001", "0002", Path("news.db.schema-0001"))
    assert _upgraded(copied) == (
        "news.db was brought from schema 0001 to 0002; as it was, it lies in news.db.schema-0001"
    )
    assert _upgraded(Upgrade("postgresql://h/n", "0001", "0003")) == (
        "postgresql://h/n was brought from schema 0001 to 0003"
    )


def test_a_downgrade_says_what_is_no_longer_there(run, store):
    found = run("downgrade", "0002")
    assert (found.exit_code, found.stderr) == (0, "")
    first, *lost = found.stdout.splitlines()
    assert first.startswith(f"provenance.db was brought from schema {HISTORY.head} to 0002; as it was, it lies in ")
    assert lost == [f"no longer there: {what}" for revision, what in LOST_BELOW.items() if revision > "0002"]
    assert run("check").exit_code == 4
    assert run("upgrade").exit_code == 0
    wrong = run("downgrade", "9999")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "Choose one of 0001" in wrong.stderr


@pytest.mark.parametrize("command", ["upgrade", "check"])
def test_a_store_that_is_not_there_or_newer_is_refused_with_four(run, store, command):
    missing = run(command, "--db", "gone.db")
    assert (missing.exit_code, missing.stdout) == (4, "")
    assert "there is no store at gone.db" in missing.stderr
    change(store, "UPDATE alembic_version SET version_num = '9999'")
    newer = run(command)
    assert (newer.exit_code, newer.stdout) == (4, "")
    assert "newer version of the program" in newer.stderr


def test_a_whole_store_is_said_to_be_whole(run, store):
    found = run("check")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == "provenance.db is whole: 0 texts, 0 inspections, 0 runs\n"


def test_flaws_are_listed_and_end_with_four(run, store):
    change(store, "INSERT INTO outlet_names VALUES ('gone', 0, 'Gone')")
    found = run("check")
    assert found.exit_code == 4
    assert found.stdout.splitlines() == [
        "outlet_names: outlet_id gone, position 0: refers to gone in outlets, which is not there",
        "  → Restore the store from a copy: another program removed rows that these need.",
        "provenance.db has 1 flaw in 0 texts, 0 inspections, 0 runs",
    ]


def test_the_name_of_a_store_cannot_steer_the_terminal(run, store):
    shutil.copy(store, "\x1b[2J.db")
    assert run("check", "--db", "\x1b[2J.db").stdout.startswith("␛[2J.db is whole")


def test_a_configuration_file_names_the_store(run, store):
    store.rename("other.db")
    Path("provenance.toml").write_text('db = "other.db"\nworkers = 2\n[audit]\nquiet = true\n', "utf-8")
    assert run("check").stdout.startswith("other.db is whole")
    Path("provenance.toml").write_text("[upgrade]\nverbose = 1\n", "utf-8")
    found = run("check")
    assert found.exit_code == 2
    assert "there is no table [upgrade]" in found.stderr
