"""The pipeline end to end on small invented texts: what is kept, what is read again, and that order never matters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import provenance
from provenance import (
    AuditFindings,
    AuditOptions,
    Basis,
    Comparison,
    Credit,
    Degree,
    InputError,
    Inspection,
    InspectOptions,
    NotFoundError,
    StoreMissingError,
    Unreadable,
)
from provenance.errors import AmbiguousError
from provenance.pipeline.options import Progress, Step
from provenance.pipeline.recalling import stored_article, stored_findings
from provenance.read import SourceFile, registry
from provenance.report import contract
from provenance.store import RunScope, check_store

WIRE = """Ferry runs aground off Calder Point

CALDER (Reuters) - The ferry Ondina ran aground off Calder Point on Tuesday night with 212 people on board, the coast guard said.

No one was hurt, but 14 passengers were taken to hospital as a precaution.

Harbour master Ruta Venclova said a buoy had drifted from its place during the storm.

The company, Brightwater Lines, said its crew had followed the chart it was given.

Divers will inspect the hull once the wind drops below 30 knots, which is expected on Thursday.
"""
COPY = WIRE.replace("CALDER (Reuters) - ", "") + "\nShare on Facebook\n\nLeave a Reply\n"
OTHER = """Council closes two libraries

The city council of Marrow voted on Monday to close two of its five libraries, after a debate of six hours.

Residents had collected 9,000 signatures against the plan since January, and many stood outside the town hall.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "articles"
    place.mkdir()
    (place / "wire.txt").write_text(WIRE, "utf-8")
    (place / "copy.txt").write_text(COPY, "utf-8")
    (place / "other.txt").write_text(OTHER, "utf-8")
    return place


def audit(folder: Path | list[str], database: Path, **options: object) -> AuditFindings:
    paths = [str(folder)] if isinstance(folder, Path) else folder
    return provenance.audit(paths, AuditOptions(database=str(database), workers=1, **options))  # type: ignore[arg-type]


def said(findings: AuditFindings) -> str:
    return json.dumps(contract.audit(findings), ensure_ascii=False)


def ids(findings: AuditFindings) -> dict[str, str]:
    return {Path(article.source).name: article.id for article in findings.articles}


def test_a_copy_is_tied_and_an_unrelated_article_is_not(folder: Path, tmp_path: Path) -> None:
    findings = audit(folder, tmp_path / "p.db")
    names = ids(findings)
    (family,) = findings.lineage.families
    assert set(family.articles) == {names["wire.txt"], names["copy.txt"]}
    verdicts = {verdict.article: verdict for verdict in findings.verdicts}
    assert verdicts[names["other.txt"]].degree is Degree.NON
    assert verdicts[names["wire.txt"]].credit is Credit.NOT_AT_HAND
    assert verdicts[names["wire.txt"]].basis is Basis.DECLARED
    assert verdicts[names["copy.txt"]].derived_share is not None


def test_a_second_audit_reads_nothing_again_and_says_the_same(folder: Path, tmp_path: Path) -> None:
    first = audit(folder, tmp_path / "p.db")
    second = audit(folder, tmp_path / "p.db")
    assert (first.run.read, first.run.unchanged) == (3, 0)
    assert (second.run.read, second.run.unchanged) == (0, 3)
    assert said(first) == said(second)
    assert first.run.id == second.run.id


def test_an_unchanged_audit_reads_no_text(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = audit(folder, tmp_path / "p.db")

    def asked(_scope: RunScope, ids: Sequence[str] | None = None) -> list[object]:
        assert ids is not None
        assert not ids
        return []

    for method in ("articles", "bodies", "inspections"):
        monkeypatch.setattr(RunScope, method, asked)
    assert said(audit(folder, tmp_path / "p.db")) == said(first)


@pytest.mark.parametrize("added", ["copy.txt", "other.txt", "wire.txt"])
def test_an_audit_with_one_article_more_says_what_a_fresh_one_says(folder: Path, tmp_path: Path, added: str) -> None:
    text = (folder / added).read_bytes()
    (folder / added).unlink()
    audit(folder, tmp_path / "p.db")
    (folder / added).write_bytes(text)
    assert said(audit(folder, tmp_path / "p.db")) == said(audit(folder, tmp_path / "fresh.db"))


@pytest.mark.parametrize("step", list(Step))
def test_an_audit_that_was_broken_off_at_any_step_goes_on_from_there(folder: Path, tmp_path: Path, step: Step) -> None:
    fresh = audit(folder, tmp_path / "fresh.db")

    def break_off(progress: Progress) -> None:
        if progress.step is step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit(folder, tmp_path / "p.db", progress=break_off)
    again = audit(folder, tmp_path / "p.db")
    assert said(again) == said(fresh)
    assert check_store(str(tmp_path / "p.db")).flaws == ()


def test_what_was_larger_than_the_limit_is_read_again_with_another(folder: Path, tmp_path: Path) -> None:
    def named(**options: object) -> tuple[list[str], list[str]]:
        found = audit(folder, tmp_path / "p.db", **options)
        assert said(found) == said(audit(folder, tmp_path / "fresh.db", **options))
        (tmp_path / "fresh.db").unlink()
        return sorted(ids(found)), [Path(item.source).name for item in found.unreadable]

    limit = len(OTHER.encode())
    for _ in range(2):
        assert named(max_bytes=limit) == (["other.txt"], ["copy.txt", "wire.txt"])
        assert named() == (["copy.txt", "other.txt", "wire.txt"], [])


def test_what_could_not_be_read_is_read_again_though_it_is_as_it_was(folder: Path, tmp_path: Path) -> None:
    records = folder / "more.jsonl"
    records.write_text(json.dumps({"id": "r1", "text": OTHER}) + "\nnot JSON\n", "utf-8")
    first, second = (audit(folder, tmp_path / "p.db") for _ in range(2))
    assert (first.run.read, first.run.unchanged) == (4, 0)
    assert (second.run.read, second.run.unchanged) == (1, 3)
    assert [item.source for item in second.unreadable] == [f"{records}#2"]
    assert said(first) == said(second)


def test_a_file_that_became_readable_is_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = registry.open_source

    def denied(source: SourceFile, most: int | None = None) -> object:
        if source.source.endswith("copy.txt"):
            raise PermissionError(13, "Permission denied")
        return opened(source, most)

    with monkeypatch.context() as patched:
        patched.setattr(registry, "open_source", denied)
        assert [item.reason for item in audit(folder, tmp_path / "p.db").unreadable] == [
            "cannot be read: Permission denied"
        ]
    again = audit(folder, tmp_path / "p.db")
    assert not again.unreadable
    assert said(again) == said(audit(folder, tmp_path / "fresh.db"))


def test_a_changed_file_is_read_again_and_the_rest_is_not(folder: Path, tmp_path: Path) -> None:
    audit(folder, tmp_path / "p.db")
    (folder / "other.txt").write_text(OTHER + "\nThe mayor was away.\n", "utf-8")
    again = audit(folder, tmp_path / "p.db")
    assert (again.run.read, again.run.unchanged) == (1, 2)
    assert said(again) == said(audit(folder, tmp_path / "fresh.db"))


def test_a_removed_file_takes_no_part_any_more(folder: Path, tmp_path: Path) -> None:
    audit(folder, tmp_path / "p.db")
    (folder / "copy.txt").unlink()
    again = audit(folder, tmp_path / "p.db")
    assert set(ids(again)) == {"wire.txt", "other.txt"}
    assert again.lineage.families == ()


def test_moving_the_folder_keeps_every_id(folder: Path, tmp_path: Path) -> None:
    before = ids(audit(folder, tmp_path / "p.db"))
    moved = folder.rename(tmp_path / "elsewhere")
    assert ids(audit(moved, tmp_path / "p.db")) == before


def test_the_order_of_paths_and_the_number_of_workers_change_nothing(folder: Path, tmp_path: Path) -> None:
    files = [str(path) for path in sorted(folder.iterdir())]
    forward = audit(files, tmp_path / "a.db")
    backward = provenance.audit(files[::-1], AuditOptions(database=str(tmp_path / "b.db"), workers=2))
    one, other = contract.audit(forward), contract.audit(backward)
    assert one["articles"] == other["articles"]
    assert one["derivations"] == other["derivations"]
    assert one["families"] == other["families"]


def test_identical_files_keep_their_own_ids_and_verdicts(folder: Path, tmp_path: Path) -> None:
    (folder / "twin.txt").write_text(WIRE, "utf-8")
    findings = audit(folder, tmp_path / "p.db")
    assert len(findings.articles) == len(findings.verdicts) == 4
    twins = {ids(findings)[name] for name in ("wire.txt", "twin.txt")}
    link = next(d for d in findings.lineage.derivations if {d.downstream, d.upstream} == twins)
    assert (link.strength, link.share) == (1.0, 1.0)


def test_records_with_one_id_are_kept_apart(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    lines = [{"id": "7", "text": WIRE}, {"id": "7", "text": OTHER}, {"id": "8", "text": COPY}]
    records.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    findings = audit(records, tmp_path / "p.db")
    assert len({article.id for article in findings.articles}) == 3
    assert {"7", "8"} <= {article.id for article in findings.articles}


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 4)
    findings = audit(folder, tmp_path / "p.db")
    assert [Path(item.source).name for item in findings.unreadable] == ["empty.txt", "noise.txt"]
    assert all(item.reason for item in findings.unreadable)
    assert len(findings.articles) == 3
    assert audit(folder, tmp_path / "p.db").unreadable == findings.unreadable


def test_nothing_readable_is_an_error_that_names_the_first_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    with pytest.raises(InputError, match=r"empty\.txt"):
        audit(tmp_path / "empty.txt", tmp_path / "p.db")


def test_a_missing_path_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        audit(tmp_path / "nowhere", tmp_path / "p.db")
    assert not (tmp_path / "p.db").exists()


def test_the_store_itself_is_not_audited(folder: Path) -> None:
    for _ in range(2):
        findings = audit(folder, folder / "provenance.db")
        assert findings.unreadable == ()


def test_findings_come_back_from_the_store_as_they_were(folder: Path, tmp_path: Path) -> None:
    findings = audit(folder, tmp_path / "p.db")
    assert stored_findings(str(tmp_path / "p.db")) == findings
    handle = ids(findings)["copy.txt"].removeprefix("sha256:")[:10]
    view = stored_article(str(tmp_path / "p.db"), handle)
    assert view.inspection.labelled.article.text == COPY
    assert stored_article(str(tmp_path / "p.db"), "articles/other.txt").inspection.labelled.article.text == OTHER


def test_reading_never_creates_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        stored_findings(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_or_ambiguous_handle_is_explained(folder: Path, tmp_path: Path) -> None:
    audit(folder, tmp_path / "p.db")
    with pytest.raises(NotFoundError, match="nobody") as error:
        stored_article(str(tmp_path / "p.db"), "nobody")
    assert f"`provenance show list --db {tmp_path / 'p.db'}`" in error.value.hint
    with pytest.raises(AmbiguousError, match=r"sha256: may be any of \d+ articles"):
        stored_article(str(tmp_path / "p.db"), "sha256:")


def test_inspect_gives_articles_in_the_order_they_are_read(folder: Path) -> None:
    found = list(provenance.inspect([folder / "wire.txt", folder / "copy.txt"]))
    assert [Path(item.labelled.article.source).name for item in found if isinstance(item, Inspection)] == [
        "wire.txt",
        "copy.txt",
    ]


def test_furniture_is_learnt_from_all_records_whatever_their_order(tmp_path: Path) -> None:
    chrome = "Blue Heron Dispatch stories for the river towns"
    bodies = (WIRE, OTHER, WIRE.replace("ferry", "barge").replace("Calder", "Hollow").replace("212", "31"))
    records = [
        {"id": str(i), "url": f"https://heron.example/{i}", "text": f"{text}\n{chrome}\n"}
        for i, text in enumerate(bodies)
    ]
    roles = []
    for name, lines in (("a", records), ("b", records[::-1])):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        found = {i.labelled.article.id: i for i in provenance.inspect([path]) if isinstance(i, Inspection)}
        roles.append({key: [(b.span, b.role) for b in item.blocks] for key, item in found.items()})
    assert roles[0] == roles[1]


def test_two_files_are_compared_with_passages_and_strength(folder: Path) -> None:
    found = provenance.compare(folder / "copy.txt", folder / "wire.txt")
    assert found.strength > 0.9
    assert found.verdict.degree is Degree.WHOLLY
    assert found.downstream == str(folder / "copy.txt")
    assert all(p.left.of(found.downstream_text) for p in found.match.passages)


def test_independent_texts_compare_as_non_derived(folder: Path) -> None:
    found = provenance.compare(folder / "other.txt", folder / "wire.txt")
    assert (found.verdict.degree, found.verdict.derived_share) == (Degree.NON, 0.0)


def test_pairs_are_looked_up_as_paths_and_as_records(folder: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps({"id": "w1", "text": WIRE}) + "\n", "utf-8")
    copy = str(folder / "copy.txt")
    dotted = f"{folder}/./copy.txt"
    pairs = [(copy, "w1"), (dotted, "w1"), (copy, "missing")]
    found = list(provenance.compare_pairs(pairs, [corpus]))
    assert [type(item) for item in found] == [Comparison, Comparison, Unreadable]
    first, second, third = found
    assert isinstance(first, Comparison)
    assert isinstance(second, Comparison)
    assert isinstance(third, Unreadable)
    assert (second.downstream, second.upstream) == (dotted, "w1")
    assert first.strength == second.strength
    assert "no such record" in third.reason


def test_many_pairs_give_the_same_with_one_worker_and_with_two(folder: Path) -> None:
    names = [str(path) for path in sorted(folder.iterdir())]
    pairs = [(one, other) for one in names for other in names] * 25
    results = [
        [
            item.strength
            for item in provenance.compare_pairs(pairs, (), InspectOptions(workers=workers))
            if isinstance(item, Comparison)
        ]
        for workers in (1, 2)
    ]
    assert results[0] == results[1]
    assert len(results[0]) == len(pairs)


def test_a_file_of_many_records_cannot_be_one_side_of_a_comparison(tmp_path: Path) -> None:
    records = tmp_path / "r.jsonl"
    records.write_text("\n".join(json.dumps({"id": str(i), "text": WIRE}) for i in range(2)), "utf-8")
    with pytest.raises(InputError, match="more than one article"):
        provenance.compare(records, records)


def test_progress_is_told_from_the_calling_process(folder: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    audit(folder, tmp_path / "p.db", progress=lambda progress: steps.append(progress.step))
    assert list(dict.fromkeys(steps)) == ["read", "learn", "inspect", "match", "trace", "store"]


def test_an_article_of_an_earlier_audit_can_still_be_shown(folder: Path, tmp_path: Path) -> None:
    first = audit(folder, tmp_path / "p.db")
    second = tmp_path / "other.txt"
    second.write_text(OTHER, "utf-8")
    audit(second, tmp_path / "p.db")
    view = stored_article(str(tmp_path / "p.db"), ids(first)["copy.txt"])
    assert (view.run, view.inspection.labelled.article.text) == (1, COPY)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no article was found"):
        audit(tmp_path / "empty", tmp_path / "p.db")
    with pytest.raises(InputError, match="no article was found"):
        list(provenance.inspect([tmp_path / "empty"]))
