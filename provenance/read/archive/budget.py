"""How much an archive may unpack to altogether, and the stream that counts it."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import Final

from provenance.read.gzipped import GzipMembers, most_unpacked
from provenance.read.reasons import RefusedError, damaged_compression, unpacks_to_more

__all__ = ["Budget", "DamagedError", "MeteredStream"]

_BLOCK: Final = 1 << 14  # bytes read at a time
_PEEKED: Final = 8  # bytes
_BLANK_LINES = re.compile(rb"[\r\n]*+")
_MOST_READ_AGAIN: Final = 64  # records of the greatest size


class DamagedError(RefusedError):
    """The compression is damaged here; what comes after may be sound."""


class Budget:
    """What may still be unpacked of one archive, over all its layers.

    Args:
        record: the most that is held of one record, in bytes.
        size: of the archive as it lies there, in bytes; 0 (standard input) sets no limit to the whole, which is then
            read in a stream as long as there is one.
    """

    def __init__(self, record: int, size: int) -> None:
        self.record = record
        self._whole = most_unpacked(record, size)
        self._spent = 0
        self._again = 0

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            RefusedError: they are more than any archive of this size holds.
        """
        self._spent += count
        if self._whole is not None and self._spent > self._whole:
            raise RefusedError(unpacks_to_more(self._whole))

    def read_again(self, count: int) -> None:
        """Count bytes that are looked through once more, because the length of their record is wrong.

        Raises:
            RefusedError: they are more than damage makes of any archive.
        """
        self._again += count
        if self._again > _MOST_READ_AGAIN * self.record:
            raise RefusedError("records within records of a wrong length; the rest was not read")


class MeteredStream:
    """A stream whose every byte is counted, and of which some may be given back to be read again."""

    def __init__(self, stream: io.BufferedReader, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._held = b""
        self._at = 0
        self._below: list[tuple[bytes, int]] = []  # what comes after what is held, the next last
        self.damage: str | None = None
        """What is wrong with the compression, from where it shows until :meth:`resume`."""

    def read(self, size: int) -> bytes:
        """Read some bytes, at most ``size``; none at the end only.

        Raises:
            DamagedError: the compression is damaged or cut off here.
            RefusedError: a limit was met.
        """
        self._fill()
        taken = self._held[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def line(self, limit: int) -> bytes:
        """Read up to the end of the line, which is part of it, or ``limit`` bytes."""
        pieces: list[bytes] = []
        while limit > 0:
            self._fill()
            end = self._held.find(b"\n", self._at, self._at + limit) + 1
            piece = self.read(end - self._at if end else limit)
            pieces.append(piece)
            limit -= len(piece)
            if end or not piece:
                break
        return b"".join(pieces)

    def pass_blank_lines(self) -> None:
        """Read up to the next byte that ends no line."""
        while self._fill():
            found = _BLANK_LINES.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held):
                return

    def pass_to(self, pattern: re.Pattern[bytes], longest: int) -> int:
        """Read up to the next match of a pattern, or to the end, and give the number of bytes passed over.

        Args:
            pattern: what is looked for.
            longest: bytes a match may have.
        """
        passed = 0
        while self._fill():
            found = pattern.search(self._held, self._at)
            end = found.start() if found else max(self._at, len(self._held) - longest)
            passed, self._at = passed + end - self._at, end
            if found:
                break
            cut = self.read(longest)  # a match may be cut in two here
            if not self._fill():
                return passed + len(cut)
            following = self.read(_BLOCK)
            self._below.append((self._held, self._at))
            self._held, self._at = cut + following, 0
        return passed

    def peek(self) -> bytes:
        """Give what is read next, without reading it: eight bytes unless the end comes before.

        Raises:
            DamagedError: the compression is damaged here, and what was read last may be, too.
        """
        while True:
            head = self._held[self._at : self._at + _PEEKED]
            for held, at in reversed(self._below):
                head += held[at : at + _PEEKED - len(head)]
            if len(head) == _PEEKED:
                return head
            try:
                block = self._block()
            except DamagedError:
                if self._was_sound():
                    return head
                raise
            if not block:
                return head
            self._below.insert(0, (block, 0))

    def _was_sound(self) -> bool:
        """Say whether the damage is behind what was read, in a member of which nothing was given."""
        raw = self._stream.raw
        return isinstance(raw, GzipMembers) and not raw.given

    def give_back(self, content: bytes) -> None:
        """Have bytes read again, before what follows them.

        Raises:
            RefusedError: so much was given back before that it can only be meant to go on for ever.
        """
        self._budget.read_again(len(content))
        self._below.append((self._held, self._at))
        self._held, self._at = content, 0

    def resume(self, begins: bytes) -> bool:
        """Go on where the compression is sound again and what it holds begins so; say whether there is such a place."""
        self._held, self._at = b"", 0
        self._below.clear()
        raw = self._stream.raw
        if isinstance(raw, GzipMembers) and raw.resume(begins):
            self.damage = None
            return True
        return False

    def _fill(self) -> bool:
        """Hold what is read next; say whether there is anything."""
        while self._at == len(self._held):
            if self._below:
                self._held, self._at = self._below.pop()
            elif block := self._block():
                self._held, self._at = block, 0
            else:
                return False
        return True

    def _block(self) -> bytes:
        if self.damage is not None:
            raise DamagedError(self.damage)
        try:
            block = self._stream.read1(_BLOCK)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.damage = damaged_compression(error)
            raise DamagedError(self.damage) from error
        self._budget.spend(len(block))
        return block
