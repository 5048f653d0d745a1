"""Zips as carriers of other formats, read without trusting anything they say of themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, cast

from provenance.read.source import MEBIBYTE
from provenance.read.stream import RefusedError

__all__ = ["GuardedZip", "seekable"]

_MAX_DIRECTORY: Final = 8 * MEBIBYTE
"""Bytes read of a zip at a time. Its directory is read in one go, some 60 bytes an entry, and becomes twenty times that
in memory; what is read here has some dozens of entries."""
_BLOCK = 1 << 16  # bytes copied at a time


class GuardedZip(io.RawIOBase):
    """A seekable stream that gives no more at once than :data:`_MAX_DIRECTORY`; made for a zip's directory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Say where it stands."""
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        """Read as asked.

        Raises:
            RefusedError: more is asked for than any honest directory weighs.
        """
        if size > _MAX_DIRECTORY:
            raise RefusedError("a zip with more entries than this program follows")
        content = self._stream.read(size if size >= 0 else _MAX_DIRECTORY + 1)
        if len(content) > _MAX_DIRECTORY:
            raise RefusedError("a zip with more entries than this program follows")
        return content


@contextmanager
def seekable(stream: BinaryIO, limit: int) -> Iterator[BinaryIO]:
    """Give a stream in which a zip can be read: itself, or a nameless file of what it holds.

    Raises:
        RefusedError: a copy would be larger than ``limit`` bytes.
    """
    if stream.seekable():  # what is decompressed on the way is not
        yield stream
        return
    import tempfile  # noqa: PLC0415  costs every start 10 ms, and a collection is nearly always a file

    with tempfile.TemporaryFile() as copy:
        while block := stream.read(_BLOCK):
            copy.write(block)
            if copy.tell() > limit:
                raise RefusedError(f"larger than {limit:,} bytes, the limit for what does not lie on disk")
        yield cast("BinaryIO", copy)
