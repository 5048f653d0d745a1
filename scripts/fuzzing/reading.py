"""Targets: every reader, by the name a file has, and what it finds inside containers it unpacks."""

from __future__ import annotations

import io
import logging
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from fuzzing import promises, seeds
from fuzzing.targets import BrokenPromiseError, Target
from provenance.errors import ProvenanceError
from provenance.knowledge.rating_layouts import load_layouts
from provenance.model import Rating, Unreadable
from provenance.read import ReadOptions, SourceFile
from provenance.read import read as read_source
from provenance.read.manifest import Manifest, read_manifest
from provenance.read.ratings import read_ratings

__all__ = ["TARGETS"]

OPTIONS = ReadOptions(max_bytes=1 << 20)
"""A limit that inputs of a few kilobytes pass only as bombs."""

_REASONS = logging.getLogger("provenance.read.reasons")


class _Unforeseen(logging.Handler):
    """Remembers what a reader gave up for, which reports tell nobody."""

    error: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self.error = sys.exc_info()[1]


@contextmanager
def _given(content: bytes) -> Iterator[None]:
    """Let a reader find some bytes on standard input."""
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content))
    try:
        yield
    finally:
        sys.stdin = before


def _read(content: bytes, *, suffix: str, strict: bool) -> None:
    """Read a file of that name.

    ``strict`` is for formats this program parses itself: it must know what is wrong with a file, not merely give up.
    """
    handler = _Unforeseen()
    _REASONS.addHandler(handler)
    _REASONS.setLevel(logging.DEBUG)
    _REASONS.propagate = False
    try:
        with _given(content):
            for found in read_source(SourceFile(None, "-", f"a{suffix}"), OPTIONS):
                promises.read(found)
                if strict and isinstance(found, Unreadable) and found.reason.startswith("damaged, or not what"):
                    raise handler.error or BrokenPromiseError(found.reason)
    finally:
        _REASONS.removeHandler(handler)


_OF_A_DOCUMENT = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def _zip(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def _docx_inside(data: bytes) -> None:
    parts = dict(seeds.docx_parts())
    parts["word/document.xml"] = _OF_A_DOCUMENT + data + b"</w:body></w:document>"
    _read(_zip(parts), suffix=".docx", strict=False)


def _wacz_inside(data: bytes) -> None:
    """Let the first line be the pages a collection lists, and the rest its archive."""
    pages, _, archive = data.partition(b"\n")
    listed = b'{"format": "json-pages-1.0", "id": "pages"}\n' + pages + b"\n"
    _read(
        _zip({"archive/data.warc": archive, "pages/pages.jsonl": listed, "datapackage.json": b"{}"}),
        suffix=".wacz",
        strict=False,
    )


def _manifest(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(prefix="fuzz-", suffix=".csv") as file:
        Path(file.name).write_bytes(data)
        found = read_manifest(Path(file.name), "manifest.csv")
    if isinstance(found, Manifest):
        for path in list(found.rows):
            found.statement(path)
        for row in found.unmet():
            promises.read(row)
        for _, statement in found.rows.values():
            "".join(filter(None, (statement.url, statement.outlet, statement.title, statement.published))).encode()
            int(statement.digest, 16)


def _ratings(data: bytes) -> None:
    try:
        with _given(data):
            for found in read_ratings(SourceFile(None, "-", "-"), load_layouts()):
                if not isinstance(found, Rating):
                    promises.read(found)
    except ProvenanceError as refused:
        str(refused).encode()


def _reader(name: str, suffix: str, made: Callable[[], list[bytes]], words: list[bytes], *, strict: bool) -> Target:
    return Target(name, partial(_read, suffix=suffix, strict=strict), made, words)


TARGETS = (
    _reader("html", ".html", seeds.pages, seeds.TAGS, strict=True),
    _reader("text", ".txt", seeds.texts, seeds.SIGNS, strict=True),
    _reader("markdown", ".md", seeds.texts, seeds.SIGNS, strict=True),
    _reader("jsonl", ".jsonl", seeds.json_lines, seeds.FIELDS, strict=True),
    _reader("csv", ".csv", seeds.tables, seeds.FIELDS, strict=True),
    _reader("json", ".json", seeds.json_files, seeds.FIELDS, strict=True),
    _reader("xml", ".xml", seeds.feeds, seeds.ELEMENTS, strict=True),
    _reader("mail", ".eml", seeds.mails, seeds.HEADERS, strict=True),
    _reader("gzip", ".txt.gz", seeds.packed, [], strict=True),
    _reader("warc", ".warc", seeds.archives, seeds.HEADERS, strict=False),
    _reader("wacz", ".wacz", seeds.collections, seeds.HEADERS, strict=False),
    Target("wacz-inside", _wacz_inside, seeds.in_collections, seeds.HEADERS),
    _reader("pdf", ".pdf", seeds.portable_documents, seeds.OPERATORS, strict=False),
    _reader("docx", ".docx", seeds.word_documents, seeds.PARTS, strict=False),
    Target("docx-inside", _docx_inside, seeds.in_documents, seeds.PARTS),
    _reader("unnamed", "", seeds.of_every_kind, seeds.TAGS, strict=False),
    Target("manifest", _manifest, seeds.manifests, seeds.FIELDS),
    Target("ratings", _ratings, seeds.rating_lists, seeds.FIELDS),
)
"""Every reader; ``unnamed`` is a file whose name says nothing, told by its first bytes."""
