"""Collections (WACZ): a zip of WARC files with the list of their pages. Nothing of it is unpacked to a named file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from provenance.model import Article, Unreadable
from provenance.read.archive.budget import Budget
from provenance.read.archive.pages import PageList
from provenance.read.archive.warc import Collected, archived_articles, or_no_page
from provenance.read.decoding import storable
from provenance.read.reasons import noted
from provenance.read.source import MEBIBYTE, ReadOptions, SourceFile
from provenance.read.stream import RefusedError, lines, unpacked
from provenance.read.zipped import GuardedZip, seekable

__all__ = ["WebCollections"]

_MOST_COPIED: Final = 4096 * MEBIBYTE
"""Bytes of a collection that comes through a pipe, which is put on disk to be read."""
_ARCHIVES = (".warc", ".warc.gz")
_PAGE_LISTS = ("pages.jsonl", "extrapages.jsonl")
_GZIP_MAGIC = b"\x1f\x8b"
_ENCRYPTED = 0x1
_NO_COLLECTION = "not a collection of web archives (WACZ): no zip, or a damaged one; fetch or copy the file again"
_DAMAGED = "damaged in its zip; fetch or copy the collection again"
_UNKNOWN_PACKING = "packed in a way this program does not undo; pack the collection again as a plain zip"


class WebCollections:
    """One article a listed page, as in WARC files; where no list is of use, every page."""

    name = "wacz"
    suffixes = frozenset({".wacz"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the archives in order. One that is damaged costs itself, or its rest."""
        budget = Budget(options.max_bytes, source.size)
        with seekable(stream, _MOST_COPIED) as place:
            try:
                with zipfile.ZipFile(cast("BinaryIO", GuardedZip(place))) as packed:
                    yield from or_no_page(_collection(packed, source, budget), source)
            except RefusedError:
                raise
            except Exception as error:  # noqa: BLE001  zipfile lets out half a dozen kinds on damaged directories
                noted(error)
                yield Unreadable(source.source, _NO_COLLECTION)


def _collection(packed: zipfile.ZipFile, source: SourceFile, budget: Budget) -> Iterator[Article | Unreadable]:
    archives: list[zipfile.ZipInfo] = []
    for entry in packed.infolist():
        if _leads_outside(entry.filename):
            yield Unreadable(f"{source.source}#{_shown(entry)}", "a name that leads out of the collection")
        elif entry.filename.lower().startswith("archive/") and entry.filename.lower().endswith(_ARCHIVES):
            archives.append(entry)
    if not archives:
        yield Unreadable(source.source, "a zip without web archives")
        return
    collected = Collected(pages=_page_list(packed, budget) or None)
    yield from _archives(packed, archives, source, budget, collected)
    if collected.pages is not None and not collected.articles:  # a list that fits nothing is worse than none
        yield from _archives(packed, archives, source, budget, Collected())


def _archives(
    packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], source: SourceFile, budget: Budget, collected: Collected
) -> Iterator[Article | Unreadable]:
    for entry in entries:
        try:
            with _opened(packed, entry) as stream:
                yield from archived_articles(stream, source, budget, collected)
        except RefusedError as error:
            yield Unreadable(f"{source.source}#{_shown(entry)}", str(error))
        except (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
            noted(error)
            unknown = isinstance(error, NotImplementedError)  # a RuntimeError
            yield Unreadable(f"{source.source}#{_shown(entry)}", _UNKNOWN_PACKING if unknown else _DAMAGED)


@contextmanager
def _opened(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[io.BufferedReader]:
    """Open a file of a zip for reading, decompressed where it is gzip inside the zip as well."""
    if entry.flag_bits & _ENCRYPTED:
        raise RefusedError("encrypted; pack the collection again without a password")
    with packed.open(entry) as member:
        stream = io.BufferedReader(cast("io.RawIOBase", member))
        if stream.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC):
            with unpacked(stream) as inner:
                yield inner
        else:
            yield cast("io.BufferedReader", stream)


def _page_list(packed: zipfile.ZipFile, budget: Budget) -> PageList:
    """Read which pages were visited; empty when no list is there, or none of reasonable size."""
    pages, left = PageList(), budget.record
    for entry in packed.infolist():
        folder, _, name = entry.filename.lower().rpartition("/")
        if folder != "pages" or name.removesuffix(".gz") not in _PAGE_LISTS:
            continue
        try:
            with _opened(packed, entry) as stream:
                for line in lines(stream, budget.record):
                    left -= len(line or b"")
                    budget.spend(len(line or b""))
                    if left < 0:
                        return PageList()
                    pages.add_line(line or b"")
        except (RefusedError, OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile):
            return PageList()
    return pages


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name.partition("/")[0]


def _shown(entry: zipfile.ZipInfo) -> str:
    return storable(entry.filename)[:300]
