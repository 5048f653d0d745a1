"""How much an archive may unpack to, altogether and in the headers of one record."""

from __future__ import annotations

import io
import zlib
from typing import Final

from provenance.read.reasons import damaged_compression
from provenance.read.source import MEBIBYTE
from provenance.read.stream import RefusedError

__all__ = ["MAX_HEADERS", "Budget", "MeteredStream"]

MAX_HEADERS: Final = MEBIBYTE
"""Bytes of the headers of one record; real ones have some thousands, a cookie's length being what varies."""

_RECORDS_IN_ANY_CASE: Final = 64
"""Records of the greatest size that even the smallest archive may unpack to."""
_GREATEST_RATIO: Final = 100
"""Times its own size that an archive may unpack to. Pages shrink to a fifth or a tenth; nothing a person wrote, to a
hundredth. A bomb shrinks to a thousandth in each layer."""


class Budget:
    """What may still be unpacked of one archive, over all its layers.

    Args:
        record: the most that is held of one record, in bytes.
        size: of the archive as it lies there, in bytes; 0 (standard input) sets no limit to the whole, which is then
            read in a stream as long as there is one.
    """

    def __init__(self, record: int, size: int) -> None:
        self.record = record
        self._whole = max(_RECORDS_IN_ANY_CASE * record, _GREATEST_RATIO * size) if size else None
        self._spent = 0

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            RefusedError: they are more than any archive of this size holds.
        """
        self._spent += count
        if self._whole is not None and self._spent > self._whole:
            raise RefusedError(f"unpacks to more than {self._whole:,} bytes; the rest was not read")


class MeteredStream:
    """A stream whose every byte is counted, and whose headers end.

    warcio reads a line however long it is; bounded to :data:`MAX_HEADERS` while headers are read, none fills memory.
    """

    def __init__(self, stream: io.BufferedReader, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._position = 0
        self._allowed: int | None = None

    def in_headers(self, *, bounded: bool) -> None:
        """Begin, or end, the reading of headers."""
        self._allowed = MAX_HEADERS if bounded else None

    def tell(self) -> int:
        """Give the number of bytes read so far."""
        return self._position

    def read(self, size: int = -1) -> bytes:
        """Read some bytes; none at the end only.

        Raises:
            RefusedError: the compression is damaged or cut off, or a limit was met. warcio would take an ``EOFError``
                for the regular end.
        """
        try:
            chunk = self._stream.read1(size)
        except (EOFError, OSError, zlib.error) as error:
            raise RefusedError(f"{damaged_compression(error)}; the rest was not read") from error
        self._position += len(chunk)
        self._budget.spend(len(chunk))
        if self._allowed is not None:
            self._allowed -= len(chunk)
            if self._allowed < 0:
                raise RefusedError(f"headers of more than {MAX_HEADERS:,} bytes; the rest was not read")
        return chunk
