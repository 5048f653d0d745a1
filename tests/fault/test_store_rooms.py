"""A disk that fills up and folders one may not write in: said clearly, and nothing is left half written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions

STORY = Path(__file__).parents[2] / "fixtures" / "stories" / "dam-inspection"
RIGHTLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"] if os.geteuid() == 0 else []
"""How to start a program that may do no more than others: root may write everywhere."""

ON_A_SMALL_DISK = """
import json, os, subprocess, sys
from typer.testing import CliRunner
from provenance.cli.app import app
disk, size = sys.argv[1:3]

def mount(size, *again):
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join((f"size={size}", *again)), "tmpfs", disk], check=True)

mount(size)
for name, content in json.loads(sys.argv[3]).items():
    with open(os.path.join(disk, name), "w") as file:
        file.write(content)
os.chdir(disk)
outcomes = []
for command in json.loads(sys.argv[4]):
    if command == ["make room"]:
        mount("64m", "remount")
        continue
    done = CliRunner().invoke(app, command, prog_name="provenance")
    held = {name: open(name, "rb").read()[:20].decode("latin-1") for name in sorted(os.listdir("."))}
    outcomes.append({"code": done.exit_code, "said": done.stderr, "out": done.stdout[-2000:], "held": held})
print(json.dumps(outcomes))
"""
"""Runs in a name space of its own, so that the disk is gone when it ends, whatever happens."""


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"], check=False, capture_output=True
    )
    return tried.returncode == 0


needs_a_disk = pytest.mark.skipif(not can_mount(), reason="no file system can be mounted here")


def on_a_disk(
    folder: Path, size: str, commands: list[list[str]], files: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    disk = folder / "disk"
    disk.mkdir()
    arguments = [str(disk), size, json.dumps(files or {}), json.dumps(commands)]
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", ON_A_SMALL_DISK, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    outcomes: list[dict[str, Any]] = json.loads(done.stdout)
    return outcomes


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an audit in it, on a disk with room."""
    path = tmp_path_factory.mktemp("room") / "newsroom.db"
    audit([STORY], AuditOptions(database=str(path), workers=1))
    return path


@needs_a_disk
def test_a_store_on_a_full_disk_is_whole_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    into = ["audit", str(STORY), "--db", "a.db", "--workers", "1", "-q", "--format", "json", "-o", "found.json"]
    full, check, resumed, again = on_a_disk(
        tmp_path, "640k", [into, ["db", "check", "--db", "a.db"], ["make room"], into, ["db", "check", "--db", "a.db"]]
    )
    assert full["code"] == 4
    assert full["said"].splitlines() == [
        "Error: a.db cannot grow: no space is left",
        "Hint: Free some space and run the audit again; it goes on from here.",
    ]
    assert "found.json" not in full["held"]
    assert not [name for name in full["held"] if name.endswith(".part")]
    assert (check["code"], "is whole" in check["out"]) == (0, True), check
    assert resumed["code"] == 0, resumed["said"]
    assert "found.json" in resumed["held"]
    assert (again["code"], "is whole" in again["out"]) == (0, True), again


@needs_a_disk
def test_a_result_that_does_not_fit_leaves_the_file_it_was_to_replace(tmp_path: Path, audited: Path) -> None:
    before = {"out": "what was here before", "fill": "x" * 4096 * 3}
    commands = [
        ["audit", str(STORY), "--db", str(audited), "-q", "--format", "json", "-o", "out"],
        ["export", "--to", "jsonl", "--db", str(audited), "-o", "out"],
        ["report", "--db", str(audited), "-o", "out"],
        ["show", "list", "--db", str(audited), "--format", "json", "-o", "out"],
    ]
    for outcome in on_a_disk(tmp_path, "16k", commands, before):
        assert outcome["code"] == 2, outcome
        assert outcome["said"].startswith("Error: out cannot be written: No space left on device\nHint: ")
        assert outcome["held"] == {name: content[:20] for name, content in before.items()}


@needs_a_disk
def test_an_upgrade_without_room_for_its_copy_is_not_begun(tmp_path: Path) -> None:
    import gzip  # noqa: PLC0415  for this test alone
    import sqlite3  # noqa: PLC0415  as above

    old = tmp_path / "old.db"
    with sqlite3.connect(old) as connection:
        dump = Path(__file__).parent / "released" / "0001.sql.gz"
        connection.executescript(gzip.decompress(dump.read_bytes()).decode())
    connection.close()
    program = ON_A_SMALL_DISK.replace("outcomes = []", f"import shutil; shutil.copy({str(old)!r}, disk)\noutcomes = []")
    disk = tmp_path / "disk"
    disk.mkdir()
    commands = [["db", "upgrade", "--db", "old.db"], ["make room"], ["db", "upgrade", "--db", "old.db"]]
    arguments = [str(disk), f"{(old.stat().st_size >> 10) + 300}k", "{}", json.dumps(commands)]
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    full, upgraded = json.loads(done.stdout)
    assert full["code"] == 4
    assert "old.db is as it was: no copy of it could be made beside it" in full["said"]
    assert sorted(full["held"]) == ["old.db"]
    assert upgraded["code"] == 0
    assert {"old.db", "old.db.schema-0001"} <= set(upgraded["held"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", [["show", "list"], ["export", "--to", "csv", "--table", "articles"], ["report"]])
def test_an_output_that_takes_nothing_is_no_fault_of_the_program(command: list[str], audited: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "provenance", *command, "--db", str(audited)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: standard output cannot be written: No space left on device\nHint: ")


def rightless(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RIGHTLESS, sys.executable, "-m", "provenance", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_folder_or_file_one_may_not_write_to_is_named_and_left_as_it_is(tmp_path: Path, audited: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    kept = shutil.copy(audited, closed / "kept.db")
    kept.chmod(0o444)
    closed.chmod(0o555)
    into = ("audit", str(STORY), "-q", "--format", "json", "--db")
    for place, message in (
        ("new.db", "no store can be made at closed/new.db: its folder may not be written to"),
        ("kept.db", "closed/kept.db may not be written to"),
    ):
        done = rightless(tmp_path, *into, f"closed/{place}")
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr.startswith(f"Error: {message}\nHint: ")
    done = rightless(tmp_path, "show", "list", "--db", str(audited), "-o", "closed/out.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: closed/out.txt cannot be written: Permission denied\nHint: ")
    read = rightless(tmp_path, "show", "list", "--db", "closed/kept.db")
    assert (read.returncode, read.stderr) == (0, "")
    assert [item.name for item in closed.iterdir()] == ["kept.db"]
    assert kept.read_bytes() == audited.read_bytes()
