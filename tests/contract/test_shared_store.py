"""Several programs, each a process of its own, at one store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from provenance.store import ProvenanceStore, RunStatus, check_store

STORIES = Path(__file__).parents[2] / "fixtures" / "stories"


def audit(story: str, store: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "provenance", "audit", story, "--db", str(store), *more]
    options = ["--format", "json", "--workers", "1", "--no-progress"]
    return subprocess.Popen(
        [*command, *options], cwd=STORIES, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def outcome(process: subprocess.Popen[str]) -> tuple[str, str]:
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr
    return stdout, stderr


@pytest.mark.slow
def test_audits_of_two_folders_at_once_lose_nothing_and_find_what_each_finds_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared.db"
    dam, port, again = [audit(story, shared) for story in ("dam-inspection", "port-strike", "dam-inspection")]
    alone = audit("port-strike", tmp_path / "alone.db")
    first, _ = outcome(dam)
    assert outcome(again)[0] == first
    other, _ = outcome(port)
    assert outcome(alone)[0] == other
    _, said = outcome(audit("dam-inspection", shared))
    assert said == "0 articles read; 8 unchanged and not read again\n"

    found = check_store(str(shared))
    assert (found.contents, found.runs, found.flaws) == (16, 4, ())
    with ProvenanceStore.open(str(shared)) as store:
        runs = store.runs()
        assert [(run.status, run.articles) for run in runs] == [(RunStatus.FINISHED, 8)] * 4
        for run in runs:
            expected = other if run.paths == ("port-strike",) else first
            ids = [article["id"] for article in json.loads(expected)["articles"]]
            assert [article.id for article in store.findings(run.number).articles] == ids


@pytest.mark.slow
def test_who_reads_during_an_audit_never_waits_and_sees_finished_findings_only(tmp_path: Path) -> None:
    shared = tmp_path / "shared.db"
    outcome(audit("port-strike", shared))
    with ProvenanceStore.open(str(shared)) as store:
        finished = store.findings()
    writing = audit("dam-inspection", shared, "-o", str(tmp_path / "found.json"))  # nobody empties its pipe meanwhile
    reads, seen = 0, set()
    while writing.poll() is None:
        with ProvenanceStore.open(str(shared), patience=0) as store:
            seen.add(len(store.runs()))
            found = store.findings(1)
            latest = store.latest_run()
        assert found == finished
        assert latest is not None
        assert latest.status is RunStatus.FINISHED
        reads += 1
        sleep(0.02)
    outcome(writing)
    assert reads > 1
    assert 2 in seen  # the other audit was under way, or just done, while it was read
    assert check_store(str(shared)).flaws == ()
