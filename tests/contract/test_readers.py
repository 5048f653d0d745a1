"""What every reader promises, built in or plugged in."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from provenance.model import Article, Unreadable
from provenance.read import READERS, Reader, ReadOptions, SourceFile, read
from provenance.read.registry import is_supported
from provenance.read.stream import RefusedError
from tests.unit.read import archives, documents

PLUGGED_IN = tuple(entry.load()() for entry in entry_points(group="provenance.readers"))

SAMPLES = {
    "text": b"Harbour opens\nTraffic resumes.",
    "html": b"<title>Harbour</title><p>Harbour opens</p><p>Traffic resumes.</p>",
    "jsonl": b'{"text": "Harbour opens"}\n{"id": "b", "text": "Traffic resumes."}\n',
    "csv": b"id,text\na,Harbour opens\nb,Traffic resumes.\n",
    "xml": b"<rss><channel><item><title>Harbour</title></item><item><title>Traffic</title></item></channel></rss>",
    "json": b'[{"title": "Harbour"}, {"title": "Traffic"}]',
    "warc": archives.SAMPLE,
    "wacz": archives.wacz({"archive/data.warc.gz": archives.SAMPLE}, ["https://harbour.example/1"]),
    "mail": b"From: Harbour Post <news@harbour.example>\nSubject: Harbour\n\nHarbour opens.\nTraffic resumes.\n",
    "pdf": documents.pdf_of([["Harbour opens", "Traffic resumes."]]),
    "docx": documents.docx_of("Harbour opens", "Traffic resumes."),
}

pytestmark = pytest.mark.parametrize("reader", [*READERS, *PLUGGED_IN], ids=lambda reader: reader.name)


def source(reader: Reader) -> SourceFile:
    name = f"sample{min(reader.suffixes)}"
    return SourceFile(None, f"pages/{name}", name)


def results(reader: Reader, content: bytes, options: ReadOptions | None = None) -> list[Article | Unreadable]:
    return list(reader.read(source(reader), io.BufferedReader(io.BytesIO(content)), options or ReadOptions()))


def test_it_fulfils_the_protocol(reader: Reader) -> None:
    assert isinstance(reader, Reader)
    assert reader.name
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in reader.suffixes)


def test_it_is_found_by_its_suffixes_in_any_case_and_compressed(reader: Reader) -> None:
    for suffix in reader.suffixes:
        assert is_supported(f"in/a{suffix}")
        assert is_supported(f"in/A{suffix.upper()}.GZ")


def test_no_other_reader_claims_its_suffixes(reader: Reader) -> None:
    others = [other for other in (*READERS, *PLUGGED_IN) if other is not reader]
    assert not any(reader.suffixes & other.suffixes for other in others)


def test_it_reads_its_sample_with_lines_that_cover_the_text(reader: Reader) -> None:
    found = results(reader, SAMPLES[reader.name])
    assert found
    for article in found:
        assert isinstance(article, Article), article
        assert "".join(line.span.of(article.text) for line in article.lines) == article.text
        assert article.source.startswith(source(reader).source)
        assert article.id


def test_it_reads_the_same_bytes_the_same_way(reader: Reader) -> None:
    assert results(reader, SAMPLES[reader.name]) == results(reader, SAMPLES[reader.name])


def test_what_is_empty_or_binary_is_never_an_article(reader: Reader) -> None:
    for content in (b"", b"\n\n", b"\x00\x01\x02\xff\xfe\xfa" * 20):
        with suppress(RefusedError):
            assert not [found for found in results(reader, content) if isinstance(found, Article)]


def test_it_holds_no_more_than_the_limit(reader: Reader) -> None:
    content = SAMPLES[reader.name] + b"x" * 10_000
    try:
        found = results(reader, content, ReadOptions(max_bytes=100))
    except RefusedError:
        return
    assert any(isinstance(item, Unreadable) and "larger than the limit" in item.reason for item in found)


HOSTILE = {
    "NUL in between": lambda sample: sample[:40] + b"\0" * 50 + sample[40:],
    "cut off": lambda sample: sample[: len(sample) * 2 // 3],
    "one byte": lambda sample: sample[:1],
    "doubled": lambda sample: sample + sample,
    "turned round": lambda sample: sample[::-1],
    "bits flipped": lambda sample: bytes(byte ^ (0x10 if at % 37 == 5 else 0) for at, byte in enumerate(sample)),
    "nested brackets": lambda _: b"[" * 100_000,
    "nested elements": lambda _: b"<a>" * 100_000,
    "one endless line": lambda _: b"x" * 3_000_000,
    "steering signs": lambda sample: sample.replace(b"Harbour", "\u202e\x1b[2J\ufeffHarbour".encode()),
}


@pytest.mark.parametrize("damage", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_give_articles_or_reasons_within_the_limit(
    reader: Reader, damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"a{min(reader.suffixes)}"
    path.write_bytes(damage(SAMPLES[reader.name]))
    limit = 1 << 20
    for item in read(
        SourceFile(path, "pages/a", "a", path.stat().st_size), ReadOptions(max_bytes=limit, format=reader.name)
    ):
        assert item.source.startswith("pages/a")
        if isinstance(item, Article):
            assert len(item.text) <= limit
            assert "".join(line.span.of(item.text) for line in item.lines) == item.text
            assert "\0" not in item.text
        else:
            assert item.reason


def test_a_compressed_bomb_is_refused_within_the_limit(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / f"a{min(reader.suffixes)}.gz"
    head = SAMPLES[reader.name]
    path.write_bytes(gzip.compress(head) + gzip.compress(b" " * 60_000_000))
    tracemalloc.start()
    found = list(read(SourceFile(path, "pages/a", path.name, path.stat().st_size), ReadOptions(max_bytes=1 << 20)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert most < 30 << 20
