"""The same inputs and options give the same bytes, whatever runs them and in whatever order they are found."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from crashing.articles import write_articles
from typer.testing import CliRunner

from provenance.cli.app import app

STORIES = Path(__file__).parents[2] / "fixtures" / "stories"
UNREADABLE = 3  # exit code: each audit here meets a file nobody can read


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages and records in several languages, so many that workers share them, and something nobody can read."""
    folder = tmp_path_factory.mktemp("same")
    write_articles(folder / "in" / "generated", 80)
    for story in ("dam-inspection", "vaccine-recall"):
        shutil.copytree(STORIES / story, folder / "in" / story)
    return folder


def audited_apart(folder: Path, *options: str, **environment: str) -> str:
    """Audit in a process of its own, in this environment and no other."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", "provenance", "audit", "in", "-q", "--format", "json", "--db", "sqlite://"]
    done = subprocess.run(
        [*command, *options], cwd=folder, env={**plain, **environment}, capture_output=True, check=False
    )
    assert done.returncode == UNREADABLE, done.stderr.decode()
    return done.stdout.decode()


def audited(*paths: str, db: str = "sqlite://") -> str:
    done = CliRunner().invoke(app, ["audit", *paths, "-q", "--format", "json", "--workers", "1", "--db", db])
    assert done.exit_code == UNREADABLE, done.stderr
    return str(done.stdout)


@pytest.fixture(scope="module")
def expected(folder: Path) -> str:
    found = audited_apart(folder, "--workers", "1", PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC")
    assert len(json.loads(found)["articles"]) == 96
    assert len(json.loads(found)["derivations"]) > 10
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("workers", "environment"),
    [
        ("2", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Kathmandu"}),
        ("3", {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONUTF8": "0"}),
    ],
)
def test_workers_hash_seed_locale_time_zone_and_the_order_of_writing_change_no_byte(
    folder: Path, expected: str, tmp_path: Path, workers: str, environment: dict[str, str]
) -> None:
    written = sorted(path for path in (folder / "in").rglob("*") if path.is_file())
    random.Random(workers).shuffle(written)
    for path in written:
        copy = tmp_path / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    assert audited_apart(tmp_path, "--workers", workers, **environment) == expected


@pytest.mark.slow
def test_a_store_that_holds_other_audits_changes_no_byte(
    folder: Path, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    store = str(tmp_path / "newsroom.db")
    audited("in/generated/unreadable.txt", str(STORIES / "port-strike"), db=store)
    assert audited("in", db=store) == expected
    assert audited("in", db=store) == expected  # and nothing was read again


@pytest.mark.slow
def test_the_order_of_paths_changes_nothing_that_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "in")
    unreadable = "generated/unreadable.txt"
    forth = json.loads(audited("dam-inspection", "vaccine-recall", unreadable))
    back = json.loads(audited(unreadable, "vaccine-recall", "dam-inspection"))
    assert forth.pop("run") != back.pop("run")
    assert forth == back
