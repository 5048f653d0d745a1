"""Which reader reads what, and the one call that reads a source.

Built-in readers stand in a tuple; further ones come from the entry-point group ``provenance.readers``, whose entries
are named after the file name ending they read (``.eml``) and are imported when the first such file is met.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from provenance.errors import NotFoundError
from provenance.model import Article, Unreadable
from provenance.read.archive.wacz import WebCollections
from provenance.read.archive.warc import WebArchives
from provenance.read.document.docx import DocxFiles
from provenance.read.document.pdf import PdfFiles
from provenance.read.feed.files import JsonFiles, XmlFiles
from provenance.read.gzipped import most_unpacked
from provenance.read.mail import Mails
from provenance.read.own_output import HEAD_BYTES, OWN_OUTPUT, is_own_output
from provenance.read.page.reader import Pages
from provenance.read.plain import PlainText
from provenance.read.reasons import CHANGED, damaged_compression, given_up
from provenance.read.rows import Csv, JsonLines
from provenance.read.source import Reader, ReadOptions, SourceFile
from provenance.read.stated import with_statement
from provenance.read.stream import GZIP_SUFFIX, RefusedError, open_source

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["MOST_IN_A_ROW", "READERS", "holds_records", "is_supported", "read", "reader_named", "reader_of"]

READERS: tuple[Reader, ...] = (
    PlainText(),
    Pages(),
    JsonLines(),
    Csv(),
    XmlFiles(),
    JsonFiles(),
    WebArchives(),
    WebCollections(),
    Mails(),
    PdfFiles(),
    DocxFiles(),
)
"""The built-in readers. Each is light: what it parses with is imported when it reads."""

_OF_RECORDS = (JsonLines, Csv, XmlFiles, JsonFiles, WebArchives, WebCollections)
_OF_OWN_OUTPUT = (PlainText, Pages, JsonLines, Csv, XmlFiles, JsonFiles)
"""Readers of what this program itself may write: nobody looks into an archive for the beginning of a report."""
_ARCHIVES = (WebArchives, WebCollections)  # which may say of any number of pages that they are the same as before
_RECORD_SUFFIXES = frozenset[str]().union(*(reader.suffixes for reader in _OF_RECORDS))
_GROUP = "provenance.readers"
_DEFAULT_OPTIONS = ReadOptions()
MOST_IN_A_ROW = 100_000
"""Records that are no articles, one after the other, from which on a file is not read to its end. Each is listed: eight
kilobytes of gzip could fill a report with a million lines."""
_SNIFFED = 4096  # bytes looked at when a name says nothing
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,2000}<(?:!doctype|!--|\?xml|[a-z])", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|newsItem|newsMessage|NewsML|nitf)[\s>]")
_JSON_FILE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,2000}(?:\[\s{0,2000}\{|\{\s{0,9}\n)"
    rb"|(?:\xef\xbb\xbf)?\s{0,2000}\{[^\n]{0,500}\"(?:articles|results|items|entries)\"\s{0,20}:\s{0,20}\["
)
"""An object over several lines, a list of them, or an answer that wraps one."""
_MAIL = re.compile(
    rb"(?:From |Return-Path:|Received:|Delivered-To:|MIME-Version:|Message-ID:|DKIM-Signature:)"
    rb"|(?:(?:From|To|Subject|Date|Message-ID|MIME-Version|Content-Type): [^\n]{1,500}\n){3}",
    re.IGNORECASE,
)
"""How a mail begins wherever it was saved: with what a server wrote, or with three headers in a row."""
_MAGIC = ((b"WARC/", WebArchives.name), (b"PK\x03\x04", WebCollections.name), (b"%PDF-", PdfFiles.name))
_WORD_PART = b"[Content_Types].xml"  # the first file in a document of Word, and in no collection
_JSON_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,2000}\{\s{0,20}\"")


def is_supported(name: str) -> bool:
    """Say whether the name of a file tells a format some reader reads."""
    suffix = _suffix(name)
    return suffix in _plugins() or any(suffix in reader.suffixes for reader in READERS)


def holds_records(source: SourceFile) -> bool:
    """Say whether a source may hold many articles; standard input and what a plug-in reads may."""
    suffix = _suffix(source.name)
    if source.path is None or suffix in _RECORD_SUFFIXES:
        return True
    return not any(suffix in reader.suffixes for reader in READERS) and suffix in _plugins()


def reader_named(name: str) -> Reader:
    """Find a reader by the name of its format.

    Raises:
        NotFoundError: there is none of that name.
    """
    for reader in READERS:
        if reader.name == name:
            return reader
    known = ", ".join(reader.name for reader in READERS)
    raise NotFoundError(f"no reader is called {name}", hint=f"Use one of {known}.")


def reader_of(suffix: str) -> Reader | None:
    """Find the built-in reader of a file name ending; ``None`` when there is none."""
    return next((reader for reader in READERS if suffix in reader.suffixes), None)


def read(source: SourceFile, options: ReadOptions = _DEFAULT_OPTIONS) -> Iterator[Article | Unreadable]:
    """Read one source, whatever it holds.

    What cannot be read is a result. Only a format asked for that does not exist is an error.

    Raises:
        NotFoundError: ``options.format`` names no reader.
    """
    asked = reader_named(options.format) if options.format else None
    before = _state(source)
    found = _read(source, options, asked)
    if holds_records(source):  # there may be many: what was read is given, and then that it may not be right
        yield from found
        yield from [] if _is_at_rest(source, before) else [Unreadable(source.source, CHANGED)]
        return
    held = list(found)
    yield from held if _is_at_rest(source, before) else [Unreadable(source.source, CHANGED)]


def _state(source: SourceFile) -> tuple[int, int, int] | None:
    """Tell one state of a file from another; ``None`` for standard input, and where there is no file any more."""
    if source.path is None:
        return None
    try:
        status = source.path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _is_at_rest(source: SourceFile, before: tuple[int, int, int] | None) -> bool:
    """Say whether nobody wrote into a file while it was read. One that was removed or replaced was read as it was."""
    after = _state(source)
    return before is None or after is None or after[0] != before[0] or after == before


def _read(source: SourceFile, options: ReadOptions, asked: Reader | None) -> Iterator[Article | Unreadable]:
    try:
        with open_source(source, most_unpacked(options.max_bytes, source.size)) as stream:
            reader = asked or _by_name(source.name) or _by_content(stream.peek(_SNIFFED))
            if asked is None and isinstance(reader, _OF_OWN_OUTPUT) and is_own_output(stream.peek(HEAD_BYTES)):
                yield Unreadable(source.source, OWN_OUTPUT)
                return
            found = reader.read(source, stream, options)
            told = source.stated
            found = with_statement(found, told, alone=not holds_records(source)) if told is not None else found
            yield from found if isinstance(reader, _ARCHIVES) else _unless_hopeless(found, source)
    except RefusedError as error:
        yield Unreadable(source.source, str(error))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Unreadable(source.source, damaged_compression(error))
    except OSError as error:
        yield Unreadable(source.source, f"cannot be read: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001  a parser's failure costs one file and is listed; the audit goes on
        yield Unreadable(source.source, given_up(error))


def _unless_hopeless(found: Iterator[Article | Unreadable], source: SourceFile) -> Iterator[Article | Unreadable]:
    """Give what is found, until so much in a row is no article that none is to be expected any more."""
    in_a_row = 0
    for item in found:
        yield item
        in_a_row = in_a_row + 1 if isinstance(item, Unreadable) else 0
        if in_a_row == MOST_IN_A_ROW:
            yield Unreadable(
                source.source, f"{MOST_IN_A_ROW:,} records in a row hold no article; the rest was not read"
            )
            return


def _by_name(name: str) -> Reader | None:
    suffix = _suffix(name)
    if (built_in := reader_of(suffix)) is not None:
        return built_in
    plugin = _plugins().get(suffix)
    return cast("Reader", plugin.load()()) if plugin else None


def _by_content(head: bytes) -> Reader:
    for begins, name in _MAGIC:
        if head.startswith(begins):
            return reader_named(DocxFiles.name if _WORD_PART in head and name == WebCollections.name else name)
    if _MAIL.match(head):
        return reader_named(Mails.name)
    if _JSON_FILE.match(head):
        return reader_named(JsonFiles.name)
    if _JSON_OBJECT.match(head):
        return reader_named(JsonLines.name)
    if _MARKUP.match(head) and _FEED.search(head):
        return reader_named(XmlFiles.name)
    return reader_named(Pages.name if _MARKUP.match(head) else PlainText.name)


def _suffix(name: str) -> str:
    return PurePosixPath(name.lower().removesuffix(GZIP_SUFFIX)).suffix


@cache
def _plugins() -> Mapping[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415  costs every start 30 ms

    return {entry.name.lower(): entry for entry in entry_points(group=_GROUP)}
