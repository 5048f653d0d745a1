"""Numbers that may not fit into memory: put aside in a temporary file beyond a budget, and read again in parts."""

from __future__ import annotations

import tempfile
import weakref
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from types import TracebackType
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from provenance.text.shingles import Hashes

__all__ = ["Kept", "Partitioned", "Spool"]

Array = npt.NDArray[Any]

CELL_BITS = 12
"""Leading bits by which numbers are laid out: 4,096 cells, of which a partition takes as many as it has room for."""

PARTITION = 1 << 18
"""Numbers sorted at once: 2 MiB, about what a core's cache holds."""

BLOCK = 1 << 17
"""Numbers gathered before they are laid out and put aside: 1 MiB, so that they are laid out in a core's cache."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an array is: itself, or its place in the file (``values`` is then ``None``; the offset is in bytes)."""

    values: Array | None
    offset: int
    count: int
    dtype: np.dtype[Any]


class Spool(AbstractContextManager["Spool"]):
    """Arrays put aside: in memory up to a budget in bytes, beyond it in a file that nobody else sees.

    The file has no name where the system allows that, so that nothing is left of it after an error or a kill. Several
    threads may put and get at once.
    """

    def __init__(self, memory: int) -> None:
        self._free = memory
        self._file: IO[bytes] | None = None
        self._end = 0
        self._lock = Lock()

    @property
    def spilled(self) -> int:
        """Bytes in the file."""
        return self._end

    def put(self, values: Array) -> Kept:
        """Put an array of one dimension aside."""
        with self._lock:
            if values.nbytes <= self._free:
                self._free -= values.nbytes
                return Kept(values, 0, len(values), values.dtype)
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="provenance-", buffering=0)  # noqa: SIM115  closed below
                weakref.finalize(self, self._file.close)
            offset = self._end
            self._file.seek(offset)
            rest = np.ascontiguousarray(values).view(np.uint8).data
            while rest:
                rest = rest[self._file.write(rest) :]
            self._end += values.nbytes
        return Kept(None, offset, len(values), values.dtype)

    def get(self, kept: Kept, first: int = 0, end: int | None = None) -> Array:
        """Give the items from ``first`` up to ``end`` of an array put aside (all of them by default)."""
        end = kept.count if end is None else end
        if kept.values is not None:
            return kept.values[first:end]
        if self._file is None:
            raise ValueError("the spool is closed")
        found = np.empty(max(0, end - first), dtype=kept.dtype)
        rest = found.view(np.uint8).data
        with self._lock:
            self._file.seek(kept.offset + first * kept.dtype.itemsize)
            while rest:
                rest = rest[self._file.readinto(rest) :]  # type: ignore[attr-defined]  # a raw file has it
        return found

    def close(self) -> None:
        """Drop the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Partitioned:
    """64-bit numbers laid out by their leading bits, so that those of one range are read together.

    Args:
        bits: bits of the largest number.
        leading: leading bits by which they are laid out, at most :data:`CELL_BITS`; numbers that agree in them are
            read together.
        spool: where they are put aside.
    """

    def __init__(self, spool: Spool, *, bits: int = 64, leading: int = CELL_BITS) -> None:
        self._spool = spool
        self._cells = 1 << min(leading, CELL_BITS)
        self._shift = np.uint64(bits - min(leading, CELL_BITS))
        self._blocks: list[tuple[Kept, npt.NDArray[np.int64]]] = []
        self._pending: list[Hashes] = []
        self._waiting = 0
        self._count = 0
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the numbers."""
        return self._count

    def append(self, numbers: Hashes) -> None:
        """Take in some numbers."""
        with self._lock:
            self._pending.append(numbers)
            self._waiting += len(numbers)
            self._count += len(numbers)
            if self._waiting < BLOCK:
                return
            pending, self._pending, self._waiting = self._pending, [], 0
        self._lay_out(pending)

    def _lay_out(self, pending: list[Hashes]) -> None:
        numbers = np.concatenate(pending)
        cells = (numbers >> self._shift).astype(np.uint16)
        # NumPy sorts 16-bit numbers by counting them, in time that does not grow with their logarithm.
        kept = self._spool.put(numbers[np.argsort(cells, kind="stable")])
        bounds = np.concatenate(([0], np.cumsum(np.bincount(cells, minlength=self._cells))))
        with self._lock:
            self._blocks.append((kept, bounds))

    def partitions(self) -> list[tuple[int, int]]:
        """Give the half-open ranges of cells that are read at once, in order; every number is in one of them."""
        with self._lock:
            pending, self._pending, self._waiting = self._pending, [], 0
        if pending:
            self._lay_out(pending)
        if not self._blocks:
            return []
        ends = np.sum([bounds for _, bounds in self._blocks], axis=0)
        steps = np.arange(PARTITION, self._count, PARTITION)
        edges = np.unique(np.concatenate(([0], np.searchsorted(ends, steps), [self._cells])))
        return list(pairwise(edges.tolist()))

    def read(self, cells: tuple[int, int]) -> Hashes:
        """Give the numbers of a range of cells, in no order."""
        first, end = cells
        found: Hashes = np.concatenate(
            [self._spool.get(kept, int(bounds[first]), int(bounds[end])) for kept, bounds in self._blocks]
        )
        return found
