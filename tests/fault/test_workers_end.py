"""However an audit ends, its workers end too, what it stored stays, and the next one goes on from there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import provenance
from provenance import AuditOptions
from provenance.pipeline.processes import watching
from provenance.report import contract
from provenance.store import check_store

ARTICLES = 12
PATIENCE = 60.0
"""Seconds after which a test has failed; nothing here takes a tenth of it."""

PROGRAM = """
import os, signal, time
from pathlib import Path

signal.signal(signal.SIGINT, signal.default_int_handler)  # shells have what they start in the background ignore it
from provenance.cli import main
from provenance.pipeline import auditing

inspect_article = auditing.inspect_article

def at_work(article, *rest, **options):
    if article.source.endswith("7.txt"):
        Path("at-work").write_text(str(os.getpid()))
        while True:
            {deed}
    return inspect_article(article, *rest, **options)

auditing.inspect_article = at_work
main()
"""

pytestmark = pytest.mark.skipif(not watching.can_fork(), reason="signals as on POSIX")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    for number in range(ARTICLES):
        lines = [f"Report {number}", f"The mayor of town {number} opened {number + 3} new wells on Monday, he said."]
        (tmp_path / "news" / f"{number}.txt").write_text("\n\n".join(lines), "utf-8")
    return tmp_path


def begun(place: Path, deed: str) -> tuple[subprocess.Popen[str], int]:
    """Start an audit whose worker is kept busy; return it and the worker's number once it is."""
    call = [sys.executable, "-c", PROGRAM.format(deed=deed), "audit", "news", "-o", "audit.json", "--format", "json"]
    process = subprocess.Popen(call, cwd=place, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + PATIENCE
    mark = place / "at-work"
    while not (mark.exists() and mark.read_text()):
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert time.monotonic() < until
        time.sleep(0.02)
    return process, int(mark.read_text())


def is_gone(worker: int) -> bool:
    """Wait until a process is gone, or a zombie nobody here can reap."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{worker}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def goes_on() -> bool:
    """Say whether the store is whole, and the next audit says what one into a new store says."""
    assert not check_store("provenance.db").flaws
    again, fresh = (provenance.audit(["news"], AuditOptions(database=db)) for db in ("provenance.db", "fresh.db"))
    assert again.run.unchanged == ARTICLES  # nothing that was stored is lost
    return json.dumps(contract.audit(again)["articles"]) == json.dumps(contract.audit(fresh)["articles"])


@pytest.mark.parametrize(
    ("ending", "everybody", "code"),
    [(signal.SIGINT, True, 130), (signal.SIGTERM, False, 143), (signal.SIGTERM, True, 143)],
)
def test_an_audit_that_is_stopped_ends_its_workers_and_says_that_what_it_stored_is_kept(
    place: Path, ending: signal.Signals, everybody: bool, code: int
) -> None:
    process, worker = begun(place, "pass")
    (os.killpg if everybody else os.kill)(process.pid, ending)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert "What the audit had stored is kept" in said
    assert "Traceback" not in said
    assert is_gone(worker)
    assert not (place / "audit.json").exists()
    assert not list(place.glob(".audit.json*"))
    assert goes_on()


# The second holds the interpreter's lock for good, so that no thread of the worker itself can see that it is alone.
@pytest.mark.parametrize("deed", ["time.sleep(60)", "int('7' * 4000) ** 9_999_999"])
def test_a_worker_whose_audit_was_killed_ends_by_itself(place: Path, deed: str) -> None:
    if "**" in deed and sys.platform != "linux":
        pytest.skip("only Linux ends a process with its parent")
    process, worker = begun(place, deed)
    process.kill()
    process.wait(PATIENCE)
    assert is_gone(worker)
    assert goes_on()
    if process.stderr is not None:
        process.stderr.close()
