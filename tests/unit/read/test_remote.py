"""Addresses: what lies behind one is listed and read like a folder of this machine, and only when somebody names it."""

import gzip
import json
import sys
from dataclasses import replace

import pytest

from provenance.errors import NotFoundError, UsageError
from provenance.model import Article, Unreadable
from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions
from provenance.read import SourceFile, discover, read
from provenance.read.remote import is_address

fsspec = pytest.importorskip("fsspec")

TEXT = "The ferry left at noon. It was back by six, the harbour master said."


@pytest.fixture
def bucket():
    system = fsspec.filesystem("memory")
    system.rm("/", recursive=True) if system.ls("/") else None
    lines = "".join(json.dumps({"id": f"r{number}", "text": f"{TEXT} Trip {number}."}) + "\n" for number in range(5))
    system.pipe("/news/day/records.jsonl", lines.encode())
    system.pipe("/news/day/more.jsonl.gz", gzip.compress(lines.replace('"r', '"s').encode()))
    system.pipe("/news/page.txt", TEXT.encode())
    system.pipe("/news/.hidden/secret.txt", TEXT.encode())
    system.pipe("/other/page.txt", TEXT.encode())
    yield system
    system.rm("/", recursive=True)


def names(*addresses):
    return [(each.source, each.name) for each in discover(addresses)]


def test_a_folder_is_listed_with_all_below_it_but_what_is_hidden(bucket):
    assert names("memory://news") == [
        ("memory:///news/day/more.jsonl.gz", "day/more.jsonl.gz"),
        ("memory:///news/day/records.jsonl", "day/records.jsonl"),
        ("memory:///news/page.txt", "page.txt"),
    ]
    assert names("memory://news/") == names("memory://news")


def test_one_file_and_a_pattern_are_listed_and_nothing_twice(bucket):
    assert names("memory://news/page.txt") == [("memory:///news/page.txt", "page.txt")]
    assert names("memory://news/day/*.jsonl") == [("memory:///news/day/records.jsonl", "records.jsonl")]
    assert len(names("memory://news", "memory://news/page.txt")) == 3


def test_what_is_read_there_is_what_is_read_here(bucket, tmp_path):
    here = tmp_path / "day"
    here.mkdir()
    for name in ("more.jsonl.gz", "records.jsonl"):
        (here / name).write_bytes(bucket.cat(f"/news/day/{name}"))
    there = [item for source in discover(["memory://news/day"]) for item in read(source)]
    local = [item for source in discover([str(here)]) for item in read(source)]
    assert len(there) == 10
    assert [replace(each, source="") for each in there] == [replace(each, source="") for each in local]


def test_parquet_is_read_from_its_end(bucket):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    with bucket.open("/news/table.parquet", "wb") as file:
        parquet.write_table(pa.Table.from_pylist([{"id": "p", "text": TEXT}]), file)
    (source,) = discover(["memory://news/table.parquet"])
    (found,) = read(source)
    assert isinstance(found, Article)
    assert found.source == "memory:///news/table.parquet#p"


def test_an_audit_reads_again_only_what_has_changed(bucket, tmp_path):
    options = AuditOptions(database=str(tmp_path / "s.db"), workers=1)
    first = audit(["memory://news"], options)
    again = audit(["memory://news"], options)
    assert (first.run.read, first.run.unchanged) == (11, 0)
    assert (again.run.read, again.run.unchanged) == (0, 11)
    assert again.run.id == first.run.id
    bucket.pipe("/news/page.txt", TEXT.upper().encode())
    assert audit(["memory://news"], options).run.read == 1


def test_a_device_behind_an_address_is_not_opened():
    (found,) = discover(["file:///dev/null"])
    assert isinstance(found, Unreadable)


def test_what_is_not_there_or_cannot_be_reached_is_said(bucket):
    with pytest.raises(NotFoundError, match="nothing is found at memory://nowhere"):
        list(discover(["memory://nowhere"]))
    with pytest.raises(UsageError, match="nonsense://x cannot be reached"):
        list(discover(["nonsense://x"]))


def test_what_is_missing_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UsageError) as raised:
        list(discover(["s3://bucket/x"]))
    assert "pip install 'news-provenance[cluster]'" in raised.value.hint


@pytest.mark.parametrize(
    ("given", "expected"),
    [("s3://bucket/a", True), ("memory://x", True), ("simplecache::s3://b", True), ("C:/news", False), ("a:b", False),
     ("news/a.txt", False), ("-", False), ("./s3://x", False)],
)  # fmt: skip
def test_an_address_is_told_from_a_path(given, expected):
    assert is_address(given) is expected


def test_nothing_that_is_read_leads_to_an_address(bucket, tmp_path):
    (tmp_path / "manifest.csv").write_text("file,url\nmemory://news/page.txt,https://a.example/\n")
    (tmp_path / "a.txt").write_text(TEXT)
    assert [each.source for each in discover([str(tmp_path)]) if isinstance(each, SourceFile)] == [f"{tmp_path}/a.txt"]
