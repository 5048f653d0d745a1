"""One article that takes too long, too much memory or the worker's life costs itself, and nothing else."""

from __future__ import annotations

import faulthandler
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import provenance
from provenance import AuditFindings, AuditOptions, Inspection, InspectOptions, Unreadable
from provenance.cli.app import app
from provenance.pipeline import auditing, drifting, inspecting, matching
from provenance.pipeline.processes import watching
from provenance.pipeline.processes.limits import Failure, Limits
from provenance.pipeline.processes.workers import pool
from provenance.read import plain, records, registry, rows
from provenance.report import contract
from provenance.store import RunScope

MEBIBYTE = 1 << 20
ARTICLES = 60
BAD = "a17"
"""The article at which something happens; its neighbours are read by the same worker in one go."""

LIMITS = {"article_seconds": 1.0, "article_memory": 256 * MEBIBYTE}

pytestmark = pytest.mark.skipif(not watching.can_fork(), reason="what is patched reaches copies of this process only")


def hang() -> None:
    while True:
        pass


def allocate() -> None:
    held = []
    while True:
        held.append(bytearray(MEBIBYTE))


def allocate_at_once() -> None:
    bytearray(1 << 44)


def abort() -> None:
    faulthandler.disable()  # pytest's would print where
    os.kill(os.getpid(), signal.SIGABRT)


def leave() -> None:
    os._exit(7)


def fail() -> None:
    raise RuntimeError("a fault nobody foresaw")


DEEDS = {
    hang: "took longer than 1 s; --article-seconds allows more",
    allocate: "needed more than 256 MiB of memory; --article-memory allows more",
    allocate_at_once: "needed more than 256 MiB of memory; --article-memory allows more",
    abort: "died (signal 6 (SIGABRT))",
    leave: "died (exit code 7)",
}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let limits count processor time only: a machine with much else to do must not fail a test."""
    monkeypatch.setattr(watching, "WAITING_FACTOR", 1000 if sys.platform == "linux" else 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty short articles; every sixth is a copy of the one before it."""
    place = tmp_path_factory.mktemp("articles")
    draw = random.Random(9)
    words = ["".join(draw.choices("bcdfghjklmnprst", k=3)) + "a" + draw.choice("lmnrst") for _ in range(4000)]
    text = ""
    for number in range(ARTICLES):
        if number % 6 != 5:
            sentences = [" ".join(draw.choices(words, k=12)).capitalize() + f" {number}." for _ in range(4)]
            text = f"Report number {number}\n\n" + "\n\n".join(sentences) + "\n"
        (place / f"a{number:02}.txt").write_text(text, "utf-8")
    return place


@pytest.fixture(scope="module")
def records_file(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("records") / "news.jsonl"
    rows = [{"id": each.stem, "text": each.read_text("utf-8")} for each in sorted(folder.iterdir())]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def audit(paths: Path, database: Path, **options: object) -> AuditFindings:
    return provenance.audit([str(paths)], AuditOptions(database=str(database), **{**LIMITS, **options}))  # type: ignore[arg-type]


def said(findings: AuditFindings) -> dict[str, object]:
    """Give what an audit says, but for its number and what it could not read."""
    told = contract.audit(findings)
    return {key: value for key, value in told.items() if key not in {"run", "unreadable", "summary"}}


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What is said of the folder when the bad article cannot be read for a reason of its own."""
    database = tmp_path_factory.mktemp("stores") / "p.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain.PlainText, "read", at_bad_file(refuse))
        return said(audit(folder, database, workers=1))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores") / "whole.db"


@pytest.fixture(scope="module")
def whole(folder: Path, store: Path) -> AuditFindings:
    """What is found when nothing happens."""
    return audit(folder, store)


def refuse() -> None:
    raise RuntimeError


def at_bad_file(deed: Callable[[], None]) -> Callable[..., object]:
    read = plain.PlainText.read

    def wrapped(self: plain.PlainText, source: registry.SourceFile, *rest: object) -> object:
        if source.name.startswith(BAD):
            deed()
        return read(self, source, *rest)  # type: ignore[arg-type]

    return wrapped


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_page_that_breaks_its_reader_costs_itself(
    deed: Callable[[], None],
    folder: Path,
    tmp_path: Path,
    undisturbed: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plain.PlainText, "read", at_bad_file(deed))
    found = audit(folder, tmp_path / "p.db", workers=2)
    (bad,) = found.unreadable
    assert Path(bad.source).name == f"{BAD}.txt"
    assert "reading it" in bad.reason
    assert DEEDS[deed] in bad.reason
    assert len(found.articles) == ARTICLES - 1
    assert said(found) == undisturbed


def test_what_only_waits_is_given_up_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "WAITING_FACTOR", 3)
    limits = Limits(seconds=0.5)
    with pool(1, limits) as workers:
        ((_, results),) = workers.map(time.sleep, [[0.0, 60.0, 0.0]], many=False)
    assert results == [None, Failure.over_time(limits), None]


def test_a_page_given_up_is_read_again_by_the_next_audit(
    folder: Path, tmp_path: Path, whole: AuditFindings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(plain.PlainText, "read", at_bad_file(leave))
        audit(folder, tmp_path / "p.db")
    again = audit(folder, tmp_path / "p.db")
    assert (again.unreadable, again.run.read, again.run.unchanged) == ((), 1, ARTICLES - 1)
    assert said(again) == said(whole)


def at_bad_record(deed: Callable[[], None]) -> Callable[..., object]:
    assemble = records.assemble

    def wrapped(draft: object, *, id: str, source: str) -> object:  # noqa: A002  as it is called
        if source.endswith(f"#{BAD}"):
            deed()
        return assemble(draft, id=id, source=source)  # type: ignore[arg-type]

    return wrapped


@pytest.mark.parametrize("deed", [hang, leave], ids=lambda deed: deed.__name__)
def test_a_record_that_breaks_its_reader_costs_itself(
    deed: Callable[[], None], records_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "assemble", at_bad_record(deed))
    found = audit(records_file, tmp_path / "p.db")
    (bad,) = found.unreadable
    assert bad.source.endswith(f"news.jsonl#{BAD}")
    assert DEEDS[deed] in bad.reason
    assert len(found.articles) == ARTICLES - 1


def test_a_file_that_breaks_between_its_records_keeps_those_before(
    records_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = rows._parsed

    def breaking(line: bytes, place: str, number: int) -> object:
        if place.endswith("#30"):
            leave()
        return parsed(line, place, number)

    monkeypatch.setattr(rows, "_parsed", breaking)
    monkeypatch.setattr("provenance.pipeline.processes.working.PART_ITEMS", 8)
    found = audit(records_file, tmp_path / "p.db")
    (bad,) = found.unreadable
    assert bad.source.endswith("news.jsonl")
    assert bad.reason.endswith("; the rest was not read")
    assert len(found.articles) == 24


@pytest.mark.parametrize("deed", [leave, fail], ids=lambda deed: deed.__name__)
def test_an_article_that_breaks_a_later_stage_takes_no_part(
    deed: Callable[[], None],
    folder: Path,
    store: Path,
    whole: AuditFindings,
    undisturbed: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inspect_article = auditing.inspect_article

    def breaking(article: provenance.Article, *rest: object, **options: object) -> Inspection:
        if BAD in article.source:
            deed()
        return inspect_article(article, *rest, **options)  # type: ignore[arg-type]

    # What an earlier audit found in it is still in the store, and must not come back.
    monkeypatch.setattr(RunScope, "inspection_keys", lambda _: {})
    monkeypatch.setattr(auditing, "inspect_article", breaking)
    found = audit(folder, store)
    (bad,) = found.unreadable
    assert Path(bad.source).name == f"{BAD}.txt"
    assert "looking for its lines and credits" in bad.reason
    assert said(found) == undisturbed


@pytest.mark.parametrize("deed", [hang, leave], ids=lambda deed: deed.__name__)
def test_a_pair_that_breaks_the_comparison_is_listed_and_the_others_are_tied(
    deed: Callable[[], None], folder: Path, tmp_path: Path, whole: AuditFindings, monkeypatch: pytest.MonkeyPatch
) -> None:
    aligned = matching._aligned

    def breaking(aligner: object, left: matching.Body, right: matching.Body) -> provenance.Match:
        if "Report number 16" in left.text and "Report number 16" in right.text:
            deed()
        return aligned(aligner, left, right)  # type: ignore[arg-type]

    monkeypatch.setattr(matching, "_aligned", breaking)
    found = audit(folder, tmp_path / "p.db")
    (bad,) = found.unreadable
    assert Path(bad.source).name == "a16.txt"
    assert "comparing it with" in bad.reason
    assert len(found.articles) == ARTICLES
    assert len(found.lineage.derivations) == len(whole.lineage.derivations) - 1 == ARTICLES // 6 - 1


def test_a_link_whose_changes_cannot_be_told_stays(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drifting, "losses_and_changes", lambda *_: leave())
    found = audit(folder, tmp_path / "p.db")
    assert len(found.lineage.derivations) == ARTICLES // 6
    compared = [link for link in found.lineage.derivations if link.in_lineage]
    assert len(found.unreadable) == len(compared) > 0
    assert all("comparing it with" in item.reason for item in found.unreadable)


def test_an_inspection_goes_on_after_an_article_that_breaks_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    label = inspecting.label

    def breaking(article: provenance.Article, **options: object) -> object:
        if BAD in article.source:
            leave()
        return label(article, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(inspecting, "label", breaking)
    found = list(provenance.inspect([str(folder)], InspectOptions(**LIMITS)))  # type: ignore[arg-type]
    assert [isinstance(item, Unreadable) for item in found] == [number == 17 for number in range(ARTICLES)]


def test_two_texts_that_cannot_be_compared_are_an_error_not_a_hang(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.pipeline.comparing.compare_articles", lambda *_: hang())
    call = ["compare", str(folder / "a01.txt"), str(folder / "a02.txt"), "--article-seconds", "0.5"]
    found = CliRunner().invoke(app, call)
    assert found.exit_code == 3
    assert "took longer than 0.5 s" in found.stderr


def test_the_command_ends_with_3_and_takes_its_limits_from_the_environment(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain.PlainText, "read", at_bad_file(allocate))
    monkeypatch.setenv("PROVENANCE_ARTICLE_MEMORY", "100MiB")
    found = CliRunner().invoke(app, ["audit", str(folder), "--db", str(tmp_path / "p.db"), "--format", "json"])
    assert found.exit_code == 3
    (bad,) = json.loads(found.stdout)["unreadable"]
    assert bad["reason"] == "reading it needed more than 100 MiB of memory; --article-memory allows more"


def test_an_unforeseen_fault_without_limits_costs_the_article_too(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        auditing,
        "inspected_facts",
        lambda inspection: (
            fail() if BAD in inspection.labelled.article.source else matching.inspected_facts(inspection)
        ),
    )
    found = audit(folder, tmp_path / "p.db", workers=1, article_seconds=0, article_memory=0)
    (bad,) = found.unreadable
    assert bad.reason.endswith("(RuntimeError); please report it, -v shows where")
