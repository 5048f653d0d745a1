"""How a worker tells at what it is: by numbers in shared memory, which costs it half a microsecond a step.

Its parent looks only when the worker has been silent for long, or is dead.
"""

from __future__ import annotations

import math
import mmap
import time
from multiprocessing.context import BaseContext
from typing import Protocol

__all__ = ["Beat"]

NOTHING_BEGUN = -1.0
"""Step of a worker that has been given work and has not begun it."""

_CELLS = 4


class Cells(Protocol):
    """Numbers in shared memory."""

    def __getitem__(self, place: int, /) -> float: ...

    def __setitem__(self, place: int, value: float, /) -> None: ...


class Beat:
    """At which step a worker is, and since when, in memory it shares with its parent.

    A step is the index of an item. In a stream it is twice the number of the record that is looked at, or that and one
    after it.
    """

    __slots__ = ("_cells",)

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    @classmethod
    def shared(cls, context: BaseContext) -> Beat:
        """Make one that a process of this context shares with its parent."""
        if context.get_start_method() == "fork":
            return cls(memoryview(mmap.mmap(-1, _CELLS * 8)).cast("d"))
        return cls(context.RawArray("d", _CELLS))

    def __reduce__(self) -> tuple[type[Beat], tuple[Cells]]:
        return Beat, (self._cells,)

    def begin(self, step: float) -> None:
        """Say that a step begins now. The clock is one for all processes of a machine."""
        cells = self._cells
        cells[1] = math.inf  # never the one step with the time of the other
        cells[0] = step
        cells[3] = time.process_time()
        cells[1] = time.monotonic()

    def rest(self) -> None:
        """Say that what takes time from now on is not the work's fault."""
        self._cells[1] = math.inf

    def reset(self) -> None:
        """Forget the job before; said by the parent, before it gives a new one."""
        self._cells[1] = math.inf
        self._cells[0] = NOTHING_BEGUN
        self._cells[2] = 0.0

    def overflow(self) -> None:
        """Say that the process ends itself for the memory it holds."""
        self._cells[2] = 1.0

    @property
    def step(self) -> int:
        """The step the worker is at; -1 before the first."""
        return int(self._cells[0])

    @property
    def since(self) -> float:
        """Since when, by :func:`time.monotonic`; infinite while no time is counted."""
        return self._cells[1]

    @property
    def used(self) -> float:
        """Seconds of processor time the worker had used in all when the step began."""
        return self._cells[3]

    @property
    def overflowed(self) -> bool:
        """Whether the worker ended itself for the memory it held."""
        return bool(self._cells[2])
