from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable

import pytest

from provenance.errors import NotFoundError
from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile, read
from provenance.read.stream import RefusedError, lines

STDIN = SourceFile(path=None, source="-", name="-")


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_gzip_is_read_through(made: Callable[..., SourceFile]) -> None:
    (found,) = read(made("a.txt.gz", gzip.compress(b"Harbour") + gzip.compress(b" opens")))
    assert isinstance(found, Article)
    assert found.text == "Harbour opens"


def test_gzip_is_known_by_its_bytes_not_by_its_name(made: Callable[..., SourceFile]) -> None:
    (packed,) = read(made("a.txt", gzip.compress(b"Harbour")))
    (plain,) = read(made("b.txt.gz", b"Harbour"))
    assert isinstance(packed, Article)
    assert isinstance(plain, Article)
    assert packed.text == plain.text == "Harbour"


def test_a_gzip_bomb_costs_no_more_than_the_limit(made: Callable[..., SourceFile]) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    (found,) = read(made("a.txt.gz", bomb), ReadOptions(max_bytes=1_000_000))
    assert found == Unreadable("pages/a.txt.gz", "larger than the limit of 1,000,000 bytes; --max-bytes raises it")


@pytest.mark.parametrize("damage", [lambda packed: packed[:40], lambda packed: packed[:30] + b"\xff\xff" + packed[32:]])
def test_damaged_gzip_is_a_result(made: Callable[..., SourceFile], damage: Callable[[bytes], bytes]) -> None:
    packed = gzip.compress(b"The harbour opens again on Monday, the city said. " * 3)
    (found,) = read(made("a.txt.gz", damage(packed)))
    assert isinstance(found, Unreadable)
    assert "damaged compression" in found.reason or "cannot be read" in found.reason


def test_records_before_the_damage_are_kept(made: Callable[..., SourceFile]) -> None:
    records = b"".join(b'{"id": %d, "text": "record number %d"}\n' % (n, n * 7919) for n in range(20_000))
    packed = gzip.compress(records)
    *kept, last = read(made("a.jsonl.gz", packed[: len(packed) // 2]))
    assert len(kept) > 1_000
    assert isinstance(last, Unreadable)
    assert "damaged compression" in last.reason


def test_a_line_above_the_limit_is_told_and_the_next_one_read() -> None:
    assert list(lines(io.BytesIO(b"short\n" + b"x" * 15 + b"\nnext"), 10)) == [b"short\n", None, b"next"]


def test_a_line_of_exactly_the_limit_is_read() -> None:
    assert list(lines(io.BytesIO(b"x" * 9 + b"\n" + b"y" * 10), 10)) == [b"x" * 9 + b"\n", b"y" * 10]


def test_a_line_that_does_not_end_ends_the_reading() -> None:
    found = lines(io.BytesIO(b"short\n" + b"x" * 40), 10)
    assert next(found) == b"short\n"
    with pytest.raises(RefusedError):
        next(found)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b'\n {"id": "r1", "text": "Harbour opens"}\n{"text": "Second"}', "text/plain"),
        (b"  <!DOCTYPE html><p>Harbour opens</p>", "text/html"),
        (b"<div>Harbour opens</div>", "text/html"),
        (b"Harbour opens <b>", "text/plain"),
        (b"{curly} harbour", "text/plain"),
    ],
)
def test_standard_input_is_known_by_how_it_begins(
    monkeypatch: pytest.MonkeyPatch, content: bytes, media_type: str
) -> None:
    give(monkeypatch, content)
    first, *_ = read(STDIN)
    assert isinstance(first, Article)
    assert first.media_type == media_type


def test_a_format_asked_for_wins_over_name_and_content(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, b"<p>Harbour opens</p>")
    (found,) = read(STDIN, ReadOptions(format="text"))
    assert isinstance(found, Article)
    assert found.text == "<p>Harbour opens</p>"


def test_a_format_that_does_not_exist_is_an_error(made: Callable[..., SourceFile]) -> None:
    with pytest.raises(NotFoundError, match="no reader is called tablet"):
        list(read(made("a.txt", b"words"), ReadOptions(format="tablet")))


def test_a_record_from_standard_input_is_called_after_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, b'{"text": "One"}\n{"id": "r2", "text": "Two"}')
    assert [found.source for found in read(STDIN)] == ["-#1", "-#r2"]
