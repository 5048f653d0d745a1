"""What every reader promises, built in or plugged in."""

from __future__ import annotations

import io
from contextlib import suppress
from importlib.metadata import entry_points

import pytest

from provenance.model import Article, Unreadable
from provenance.read import READERS, Reader, ReadOptions, SourceFile
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
