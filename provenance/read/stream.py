"""Bytes in, within limits: opening, decompressing, whole files and single lines.

A compressed file may hold a million times what it weighs. Nothing here holds more than the caller's limit at a time,
and a line that does not end within twice that limit ends the reading of its file.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from provenance.read.gzipped import GZIP_MAGIC, GzipMembers
from provenance.read.reasons import NO_FILE, RefusedError, too_large
from provenance.read.source import SourceFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["GZIP_SUFFIX", "RefusedError", "lines", "open_source", "opened", "unpacked", "whole"]

GZIP_SUFFIX = ".gz"
_OPENING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
"""How files are opened; each system has some of these."""
_FIRST_BYTES = 4096  # of standard input, by which its format is known
_FEW_BYTES = 4  # of lines, by which their encoding is known
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_UNMARKED = (
    ("utf-32-le", re.compile(rb"[\t-\r -~]\0\0\0")),
    ("utf-32-be", re.compile(rb"\0\0\0[\t-\r -~]")),
    ("utf-16-le", re.compile(rb"(?:[\t-\r -~]\0){2}")),
    ("utf-16-be", re.compile(rb"(?:\0[\t-\r -~]){2}")),
)
"""How records begin in wide characters that do without their mark: with brackets, or names of columns, in ASCII."""


@contextmanager
def open_source(source: SourceFile, most: int | None = None) -> Iterator[io.BufferedReader]:
    """Open a source for reading, decompressed when its first bytes say that it is gzip.

    Args:
        source: what to open.
        most: bytes it may unpack to; where it unpacks to more, ``RefusedError`` is raised while reading. ``None`` sets
            no limit.

    Raises:
        OSError: it cannot be opened. Damaged compression shows only while reading, as ``EOFError``, ``OSError`` or
            ``zlib.error``.
    """
    raw = _standard_input() if source.path is None else opened(source.path)
    with raw:
        if raw.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
            with unpacked(raw, most) as stream:
                yield stream
        else:
            yield raw


def opened(path: Path) -> io.BufferedReader:
    """Open a file, and wait for nothing: what was a file when it was listed may be a pipe by now.

    Raises:
        OSError: it cannot be opened.
        RefusedError: it is a device, a pipe or a socket.
    """
    stream = cast("io.BufferedReader", io.BufferedReader(io.FileIO(os.open(path, _OPENING))))
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return stream
    stream.close()
    raise RefusedError(NO_FILE)


@contextmanager
def unpacked(stream: BinaryIO, most: int | None = None) -> Iterator[io.BufferedReader]:
    """Decompress gzip, one file or many in a row. Where it is cut off, all that came before is given first."""
    yield cast("io.BufferedReader", io.BufferedReader(GzipMembers(stream, most)))


class _StandardInput(io.RawIOBase):
    """Standard input, whose first bytes are waited for: what a pipe has at once may be a single line break."""

    def __init__(self) -> None:
        self._head = sys.stdin.buffer.read(_FIRST_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        taken = self._head[: len(view)] or sys.stdin.buffer.read(len(view))
        self._head = self._head[len(taken) :]
        view[: len(taken)] = taken
        return len(taken)


def _standard_input() -> io.BufferedReader:
    return cast("io.BufferedReader", io.BufferedReader(_StandardInput()))


def whole(stream: BinaryIO, limit: int) -> bytes:
    """Read everything.

    Raises:
        RefusedError: there are more than ``limit`` bytes.
    """
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise RefusedError(too_large(limit))
    return content


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    r"""Read line by line, split at ``\n`` only and with their ends; wide encodings are turned into UTF-8.

    A line longer than ``limit`` bytes is given as ``None``.

    Raises:
        RefusedError: a line does not end within twice the limit.
    """
    with _reading_lines(stream) as take:
        while chunk := take(limit + 1):
            if len(chunk) <= limit:
                yield chunk
                continue
            if not chunk.endswith(b"\n") and not _ends(take(limit + 1)):
                reason = f"a line longer than twice the limit of {limit:,} bytes; --max-bytes raises it"
                raise RefusedError(f"{reason}; the rest was not read")
            yield None


def _ends(rest: bytes) -> bool:
    return not rest or rest.endswith(b"\n")


def _wide(head: bytes) -> str | None:
    if head.startswith(_WIDE_MARKS):
        return "utf-32" if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) else "utf-16"
    return next((encoding for encoding, begins in _UNMARKED if begins.match(head)), None)


@contextmanager
def _reading_lines(stream: BinaryIO) -> Iterator[Callable[[int], bytes]]:
    """Give a ``readline`` in UTF-8, whatever width the stream's own characters have."""
    wide = _wide(stream.peek(_FEW_BYTES)) if isinstance(stream, io.BufferedReader) else None
    if wide is None:
        yield stream.readline
        return
    text = io.TextIOWrapper(stream, encoding=wide, errors="replace", newline="\n")
    try:
        yield lambda size: text.readline(size).encode("utf-8", "replace")
    finally:
        text.detach()  # or it would close a stream that is not its own
