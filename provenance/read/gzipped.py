"""Gzip, member by member, and on again at the next member after a damaged one."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from provenance.read.reasons import RefusedError, unpacks_to_more
from provenance.read.source import MEBIBYTE

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["GZIP_MAGIC", "GzipMembers", "most_unpacked"]

GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS
_BLOCK: Final = 1 << 16  # bytes read at a time
_FED: Final = 1 << 11
"""Bytes given to the decompressor at a time: what it leaves of them at the end of a member is copied."""
_HISTORY: Final = 4 * MEBIBYTE
"""Bytes looked back over for the member after a damaged one; a page of a crawl has some tens of thousands."""
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL)
"""The head of a member (RFC 1952): the method, no reserved flag, a known level and a known system."""
_TRIED: Final = 1 << 10  # bytes from which a member shows its first words
_MOST_TRIED: Final = 100_000  # heads that turn out to be none; by chance there is one in a hundred gigabytes

_RECORDS_IN_ANY_CASE: Final = 64
"""Records of the greatest size that even the smallest file may unpack to."""
_GREATEST_RATIO: Final = 100
"""Times its own size that a file may unpack to. Pages shrink to a fifth or a tenth; nothing a person wrote, to a
hundredth. A bomb shrinks to a thousandth in each layer."""


def most_unpacked(record: int, size: int) -> int | None:
    """Give how many bytes a file may unpack to over all its layers.

    Args:
        record: the most that is held of one record, in bytes.
        size: of the file as it lies there, in bytes; 0 (standard input) sets no limit, and gives ``None``: it is read
            in a stream as long as there is one.
    """
    return max(_RECORDS_IN_ANY_CASE * record, _GREATEST_RATIO * size) if size else None


class GzipMembers(io.RawIOBase):
    """What the members of a gzip file hold, one after the other, as it comes.

    Where a member is damaged, all that came before is given first; then ``EOFError`` (the file ends within it),
    ``zlib.error`` or ``gzip.BadGzipFile`` is raised, and :meth:`resume` may find the next one. Where they hold more
    than ``most`` bytes altogether, ``RefusedError`` is.
    """

    def __init__(self, stream: BinaryIO, most: int | None = None) -> None:
        self._stream = stream
        self._most = most
        self._all = 0  # bytes given
        self._history = bytearray()  # what was read last of the file
        self._at = 0  # where in it the decompressor stands
        self._member = 0  # where in it the member begins
        self._left = b""  # fed, and not yet looked at
        self._inflating: zlib._Decompress | None = None
        self.given = 0
        """Bytes given of the member that is read, or damaged."""

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read some bytes; none at the end only."""
        view = memoryview(buffer)
        taken = self._taken(len(view))
        view[: len(taken)] = taken
        return len(taken)

    def _taken(self, size: int) -> bytes:
        while True:
            if self._inflating is None and not self._begins():
                return b""
            member = self._inflating
            if member is None:
                continue
            taken = member.decompress(self._left, size)
            self._left = member.unconsumed_tail
            if member.eof:
                self._at -= len(member.unused_data)
                self._left, self._inflating = b"", None
            elif not taken and not self._left and not self._feed():
                raise EOFError("ends within a member")
            if taken:
                self.given += len(taken)
                self._all += len(taken)
                if self._most is not None and self._all > self._most:
                    raise RefusedError(unpacks_to_more(self._most))
                return taken

    def _begins(self) -> bool:
        """Go to the head of the next member; say whether there is one. Zeros may fill up the end of a file."""
        while True:
            while self._at < len(self._history) and not self._history[self._at]:
                self._at += 1
            if len(self._history) - self._at >= len(GZIP_MAGIC) or not self._load():
                break
        if self._at == len(self._history):
            return False
        self.given = 0
        if not self._history.startswith(GZIP_MAGIC, self._at):
            raise gzip.BadGzipFile("something that is not gzip follows")
        self._member, self._inflating = self._at, zlib.decompressobj(_GZIP)
        return True

    def _feed(self) -> bool:
        if self._at == len(self._history) and not self._load():
            return False
        self._left = bytes(self._history[self._at : self._at + _FED])
        self._at += len(self._left)
        return True

    def _load(self) -> bool:
        """Read a block more; say whether there was one."""
        block = self._stream.read(_BLOCK)
        if len(self._history) > 2 * _HISTORY:
            gone = len(self._history) - _HISTORY
            del self._history[:gone]
            self._at, self._member = self._at - gone, max(0, self._member - gone)
        self._history += block
        return bool(block)

    def resume(self, begins: bytes) -> bool:
        """Go to the next member after the one that is damaged, and say whether there is one.

        Args:
            begins: what a member begins with, decompressed, by which it is told from chance.
        """
        self._inflating, self._left = None, b""
        self._member += 1
        tried = 0
        while True:
            for found in _MEMBER.finditer(self._history, self._member):
                tried += 1
                if tried > _MOST_TRIED:
                    return False
                if self._is_member(found.start(), begins):
                    self._at = self._member = found.start()
                    return True
            # What was tried at the very end may have been cut in two there.
            self._member = max(self._member, len(self._history) - _TRIED)
            self._at = len(self._history)
            if not self._load():
                return False

    def _is_member(self, start: int, begins: bytes) -> bool:
        try:
            return zlib.decompressobj(_GZIP).decompress(self._history[start : start + _TRIED], len(begins)) == begins
        except zlib.error:
            return False
