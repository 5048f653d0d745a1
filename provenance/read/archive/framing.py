"""Where the records of a WARC file begin and end, and where the next sound one begins after damage.

A crawler that was killed and started again leaves half a record before the next; a disk leaves garbage anywhere. Both
cost what they hit. The lengths records state are believed as long as what follows them is the end or another record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from provenance.read.archive.budget import DamagedError, MeteredStream
from provenance.read.decoding import storable
from provenance.read.source import MEBIBYTE
from provenance.read.stream import RefusedError

__all__ = ["MAX_HEADERS", "WRONG_LENGTH", "Body", "Damage", "Frame", "frames", "headers_in"]

MAX_HEADERS: Final = MEBIBYTE
"""Bytes of the headers of one record; real ones have some thousands, a cookie's length being what varies."""

_BEGINS: Final = b"WARC/"
_RECORD = re.compile(rb"WARC/[01]\.\d{1,2}[ \t]{0,9}\r?\n")
"""How a record begins, be it in the middle of a line that another one left off."""
_VERSION_LENGTH: Final = 32  # bytes; the longest line above
_LENGTH_DIGITS: Final = 15
_BLOCK: Final = 1 << 14  # bytes read at a time
WRONG_LENGTH: Final = "damaged: its length is not the one it states"
_READ_ON = "; reading goes on at the next record"
_REST = "; the rest was not read"


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of an archive that is not read."""

    number: int
    """The place in the file, from 1, of the record it is or would be."""
    reason: str


class Body:
    """The bytes of one record, read once and from its beginning."""

    def __init__(self, stream: MeteredStream, length: int, keep: int) -> None:
        self.left = length
        """Bytes that are not read yet."""
        self._stream = stream
        self._kept: list[bytes] | None = []
        self._keep = keep
        self._in_headers = MAX_HEADERS

    def read(self, size: int) -> bytes:
        """Read some bytes; none at the end only, which is too early while some are left."""
        return self._took(self._stream.read(min(size, self.left)) if self.left else b"")

    def readline(self) -> bytes:
        """Read a line of the headers a body may begin with.

        Raises:
            RefusedError: they are longer than any honest ones.
        """
        line = self._took(self._stream.line(min(self._in_headers + 1, self.left)))
        self._in_headers -= len(line)
        if self._in_headers < 0:
            raise RefusedError(f"headers of more than {MAX_HEADERS:,} bytes")
        return line

    def ends_well(self) -> bool:
        """Say whether the file goes on, or ends, as it does after a record; asked at the end of the body."""
        after = self._stream.peek()
        return not self.left and (not after or after.startswith((b"\r\n", b"\n", _BEGINS)))

    def pass_over(self) -> None:
        """Read what is left."""
        while self.read(_BLOCK):
            pass

    def swallowed(self) -> bytes:
        """Give what it holds from the first record on that begins within it; nothing where none does."""
        content = b"".join(self._kept or ())
        found = _RECORD.search(content, 1)
        return content[found.start() :] if found else b""

    def _took(self, content: bytes) -> bytes:
        self.left -= len(content)
        self._keep -= len(content)
        if self._keep < 0:
            self._kept = None
        if self._kept is not None:
            self._kept.append(content)
        return content


@dataclass(frozen=True, slots=True)
class Frame:
    """A record: its place in the file, from 1, its headers by lower-case name, and its body."""

    number: int
    headers: Mapping[str, str]
    body: Body


def frames(stream: MeteredStream, limit: int) -> Iterator[Frame | Damage]:
    """Give the records in order, and what is damaged between them. A body is read before the next is asked for.

    Args:
        stream: the archive.
        limit: bytes of a body that are looked through for other records, where its length is wrong.

    Raises:
        RefusedError: there is no record at all, or a limit was met; what comes after was not read.
    """
    number = skipped = 0
    while True:
        try:
            stream.pass_blank_lines()
            headers, length = _headers(stream)
            if headers is None and length:
                skipped += length
                continue
        except DamagedError as error:
            number += 1
            yield _resumed(stream, number, error)
            skipped = 0
            continue
        if skipped and number + bool(headers):
            number += 1
            yield Damage(number, f"damaged: {skipped:,} bytes that are no record{_READ_ON if headers else ''}")
            skipped = 0
        if headers is None:
            break
        number += 1
        frame = Frame(number, headers, Body(stream, _length(headers), limit))
        yield frame
        yield from _after(frame, stream)
    if not number:
        raise RefusedError("not a web archive (WARC)")


def _headers(stream: MeteredStream) -> tuple[Mapping[str, str] | None, int]:
    """Read the headers of a record; where there are none, pass over what is none and say how many bytes that was."""
    line = stream.line(_VERSION_LENGTH)
    if not line:
        return None, 0
    if _RECORD.fullmatch(line) is None:
        stream.give_back(line)
        return None, stream.pass_to(_RECORD, _VERSION_LENGTH)
    block, read = [line], len(line)
    while line.strip():
        line = stream.line(MAX_HEADERS)
        if found := _RECORD.search(line):  # the record broke off, and here is the next
            stream.give_back(line[found.start() :])
            return None, read + found.start()
        read += len(line)
        block.append(line)
        if read > MAX_HEADERS or not line:
            return None, read
    headers = headers_in(io.BytesIO(b"".join(block)))[1]
    return (headers, 0) if _length(headers) >= 0 else (None, read)


def _length(headers: Mapping[str, str]) -> int:
    """Give the length a record states; -1 where it states none that could be."""
    stated = headers.get("content-length", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) <= _LENGTH_DIGITS else -1


def headers_in(stream: io.BytesIO | Body) -> tuple[str, Mapping[str, str]]:
    """Read a first line without its protocol, and headers by lower-case name; the first of a name counts."""
    from warcio.statusandheaders import StatusAndHeadersParser  # noqa: PLC0415  for archives only

    parsed = StatusAndHeadersParser([], verify=False).parse(stream)
    headers: dict[str, str] = {}
    for name, value in parsed.headers:
        headers.setdefault(name.lower(), storable(value).strip())
    return parsed.statusline, headers


def _resumed(stream: MeteredStream, number: int, error: DamagedError) -> Damage:
    if not stream.resume(_BEGINS):
        raise RefusedError(f"{error}{_REST}")
    return Damage(number, f"{error}{_READ_ON}")


def _after(frame: Frame, stream: MeteredStream) -> Iterator[Damage]:
    """Go to the end of a record, and say what is wrong with it."""
    try:
        frame.body.pass_over()
        if frame.body.ends_well():
            return
        swallowed = frame.body.swallowed()
        if not swallowed and frame.body.left:
            raise RefusedError("ends within a record; the rest is missing")
        if swallowed:
            stream.give_back(swallowed)
        else:
            stream.pass_to(_RECORD, _VERSION_LENGTH)
        yield Damage(frame.number, f"{WRONG_LENGTH}{_READ_ON}")
    except DamagedError as error:
        yield _resumed(stream, frame.number, error)
