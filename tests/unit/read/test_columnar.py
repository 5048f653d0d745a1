"""Parquet: the same records as in JSON lines, whatever the types of the columns, and damage costs no more than itself."""

import datetime as dt
import gzip
import json
import sys
from dataclasses import replace

import pytest

from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile, discover, read

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

TEXT = "The ferry left at noon. It was back by six, the harbour master said."
RECORDS = [
    {"id": f"r{number}", "text": f"{TEXT} Trip {number}.", "outlet": "Shore Post", "url": "https://shore.example/a"}
    for number in range(200)
]


@pytest.fixture
def written(tmp_path):
    def write(records, name="records.parquet", **named):
        path = tmp_path / name
        parquet.write_table(pa.Table.from_pylist(records), path, **named)
        return path

    return write


def items(path, options=None):
    (source,) = discover([str(path)])
    assert isinstance(source, SourceFile)
    return list(read(source, options or ReadOptions()))


def test_rows_are_read_like_lines_of_json(written, tmp_path):
    lines = tmp_path / "records.jsonl"
    lines.write_text("".join(json.dumps(each) + "\n" for each in RECORDS))
    found, expected = items(written(RECORDS, row_group_size=30)), items(lines)
    assert len(found) == len(RECORDS)
    for one, other in zip(found, expected, strict=True):
        assert replace(one, source="") == replace(other, source="")
        assert one.source.rpartition("#")[2] == other.source.rpartition("#")[2]


def test_dates_numbers_lists_and_bytes_are_understood(written):
    when = dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC)
    row = {"text": TEXT, "published": when, "tags": ["sea", "ferry"], "views": 12, "raw": b"seen", "lang": "en"}
    (found,) = items(written([row]))
    assert found.published.earliest == when
    assert found.metadata == {"tags": '["sea","ferry"]', "views": "12", "raw": "seen"}
    assert found.source.endswith("records.parquet#1")
    (day,) = items(written([{"text": TEXT, "published": dt.date(2026, 3, 4)}]))
    assert day.published.written == "2026-03-04"


def test_a_row_without_text_and_one_too_large_cost_themselves(written):
    rows = [{"text": TEXT}, {"text": None}, {"text": "word " * 500}, {"text": TEXT + " Again."}]
    found = items(written(rows), ReadOptions(max_bytes=1000))
    assert [type(each) for each in found] == [Article, Unreadable, Unreadable, Article]


def test_a_file_is_known_by_its_first_bytes_too(written, tmp_path):
    path = written(RECORDS[:3]).rename(tmp_path / "records")
    assert len(items(path)) == 3


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda content: content[: len(content) // 2], "a damaged Parquet file"),
        (lambda content: content[:-300] + bytes(292) + content[-8:], "a damaged Parquet file"),
        (lambda content: content[:4] + bytes(len(content) // 2) + content[4 + len(content) // 2 :], "damaged"),
        (lambda _: b"PAR1", "a damaged Parquet file"),
        (gzip.compress, "packed once more"),
    ],
)
def test_damage_is_told_in_plain_words(written, make, said):
    path = written(RECORDS)
    path.write_bytes(make(path.read_bytes()))
    (*_, last) = items(path)
    assert isinstance(last, Unreadable)
    assert said in last.reason
    assert "Arrow" not in last.reason


def test_a_table_of_something_else_is_said_to_be_one(written):
    (found,) = items(written([{"name": "x"}]))
    assert "without a column called text" in found.reason
    (empty,) = items(written([{"text": "x"}][:0] or [{"text": None}]))
    assert isinstance(empty, Unreadable)


def test_what_is_missing_is_named_with_the_way_to_get_it(written, monkeypatch):
    path = written(RECORDS[:1])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (found,) = items(path)
    assert "pip install 'news-provenance[cluster]'" in found.reason
