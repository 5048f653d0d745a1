"""What is said where nothing comes of what was asked for: how much that was, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from provenance import AuditOptions, CompareOptions, InputError, NotFoundError, Unreadable, audit, compare
from provenance.pipeline.comparing import compare_pairs
from provenance.pipeline.processes.limits import MEBIBYTE, Failure, Limits
from provenance.pipeline.rating_lists import import_list, remove_list
from provenance.read.ratings import RatingDefaults
from provenance.store import ProvenanceStore

WRITTEN = "The ferry Ondina ran aground off Calder Point on Tuesday night.\n"


def test_of_many_files_that_cannot_be_read_the_number_and_the_first_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    options = AuditOptions(database=str(tmp_path / "p.db"), workers=1, max_bytes=1)
    (folder / "a.txt").write_text(WRITTEN, "utf-8")
    first = f"{folder / 'a.txt'}: larger than the limit of 1 byte; --max-bytes raises it"
    with pytest.raises(InputError) as refused:
        audit([folder], options)
    assert refused.value.message == f"nothing could be read: {first}"
    (folder / "b.txt").write_text(WRITTEN, "utf-8")
    with pytest.raises(InputError) as refused:
        audit([folder], options)
    assert refused.value.message == f"none of the 2 files could be read; the first: {first}"


def test_records_that_cannot_be_read_are_not_called_files(tmp_path: Path) -> None:
    records = tmp_path / "a.jsonl"
    records.write_text("no\nno\n", "utf-8")
    with pytest.raises(InputError, match=r"^none of the 2 files and records could be read; the first: "):
        audit([records], AuditOptions(database=str(tmp_path / "p.db"), workers=1))


def test_a_text_that_cannot_be_compared_is_said_once_not_to_be_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_asked: object) -> object:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "a.txt"
    file.write_text(WRITTEN, "utf-8")
    monkeypatch.setattr("provenance.read.registry.open_source", denied)
    with pytest.raises(InputError) as refused:
        compare(str(file), str(file), CompareOptions(workers=1))
    assert refused.value.message == f"{file} cannot be read: Permission denied"


def test_a_pair_that_names_a_record_without_a_text_is_told_why(tmp_path: Path) -> None:
    records = tmp_path / "a.jsonl"
    told = [{"id": "r1", "text": WRITTEN}, {"id": "r2", "text": ""}]
    records.write_text("".join(json.dumps(each) + "\n" for each in told), "utf-8")
    (found,) = compare_pairs([("r1", "r2")], [str(records)], CompareOptions(workers=1))
    assert found == Unreadable(f"{records}#r2", "holds no text")
    (found,) = compare_pairs([("r1", "r3")], [str(records)], CompareOptions(workers=1))
    assert found == Unreadable("r3", f"no such file, and no such record in {records}")
    (found,) = compare_pairs([("r1", "r3")], [], CompareOptions(workers=1))
    assert found == Unreadable("r1", "no such file")


@pytest.mark.parametrize(
    ("memory", "said"),
    [
        (1, "1 byte"),
        (1000, "1,000 bytes"),
        (MEBIBYTE, "1 MiB"),
        (3 * MEBIBYTE // 2, "1.5 MiB"),
        (100 * MEBIBYTE, "100 MiB"),
    ],
)
def test_a_limit_of_memory_is_told_in_plain_figures(memory: int, said: str) -> None:
    assert Failure.over_memory(Limits(memory=memory)).detail == f"{said} of memory"


@pytest.mark.parametrize(("seconds", "said"), [(0.00001, "0.00001 s"), (0.5, "0.5 s"), (120.0, "120 s")])
def test_a_limit_of_time_is_told_in_plain_figures(seconds: float, said: str) -> None:
    assert Failure.over_time(Limits(seconds=seconds)).detail == said


def test_a_list_of_ratings_that_is_only_a_header_holds_none(tmp_path: Path) -> None:
    file, database = tmp_path / "list.csv", tmp_path / "p.db"
    file.write_text("domain,value\n", "utf-8")
    defaults = RatingDefaults(list_name="Mine")
    with pytest.raises(InputError, match=r"list\.csv holds no ratings: nothing follows its column names"):
        import_list(str(database), str(file), profile=None, defaults=defaults)
    assert not database.exists()


def test_a_hint_names_the_store_so_that_a_shell_takes_it_as_it_stands(tmp_path: Path) -> None:
    database = tmp_path / "news room.db"
    with ProvenanceStore.open(str(database), create=True) as store, pytest.raises(NotFoundError) as refused:
        store.findings()
    assert refused.value.hint == f"Run `provenance audit PATH --db '{database}'` first."
    with pytest.raises(NotFoundError) as refused:
        remove_list(str(database), "Mine")
    assert refused.value.hint == f"List them with `provenance ratings list --db '{database}'`."


def test_a_list_of_ratings_that_is_not_there_is_said_so_in_words(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    with pytest.raises(InputError) as refused:
        import_list(str(tmp_path / "p.db"), str(file), profile=None, defaults=RatingDefaults())
    assert refused.value.message == f"{file} cannot be read: No such file or directory"
