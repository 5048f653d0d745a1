"""What a worker process does: one item after the other, telling at which it is, within what it may take.

A thread beside the work ends the process once it holds too much memory or its
parent is gone.
"""

from __future__ import annotations

import contextlib
import gc
import math
import mmap
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from threading import Thread
from typing import Any

from provenance.errors import ProvenanceError
from provenance.pipeline.processes.beat import Beat
from provenance.pipeline.processes.limits import Failure, Limits
from provenance.read import turns

__all__ = ["Answer", "Job", "Kind", "attempted", "parts", "serve"]

TICK = 0.05
"""Seconds between two looks at what the process holds: at 500 MiB a second, what parsing takes, 25 MiB go unseen."""

HARD_FACTOR = 2
"""What is asked for between two looks, at one go or faster, the system itself refuses at this many times the limit."""

PART_ITEMS = 256
"""Articles of a file of records given at a time."""

PART_CHARACTERS = 8 << 20
"""Characters of their texts given at a time, so that a file of large records is not held as a whole."""

_PAGE_BYTES = mmap.PAGESIZE
_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class Kind(StrEnum):
    """What an answer tells."""

    DONE = "done"
    PART = "part"
    MEMORY = "memory"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends: results of a whole job, some of a stream, or why there are none."""

    kind: Kind
    results: Sequence[Any] = ()
    error: ProvenanceError | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is sent.

    Attributes:
        number: of the function; one number always means the same.
        function: the function, pickled; ``None`` where the worker has been sent it.
        items: what it is applied to, one by one; for a stream the one thing it reads from.
        stream: how far a stream has come; ``None`` for anything else.
    """

    number: int
    function: bytes | None
    items: Sequence[Any]
    stream: StreamState | None = None


@dataclass(frozen=True, slots=True)
class StreamState:
    """How far a stream has come.

    Attributes:
        given: results that were given before a worker ended; the next one leaves them out.
        refused: why records are passed over, by their number from 1.
    """

    given: int = 0
    refused: Mapping[int, str] = field(default_factory=dict)


def serve(
    channel: Connection, beat: Beat, limits: Limits, parent: int, inherited: Sequence[Connection]
) -> None:  # pragma: no cover  runs in a process of its own
    """Answer jobs until the other end of the channel is closed.

    Args:
        channel: where jobs come from.
        beat: shared with the parent.
        limits: what one item may take.
        parent: id of the process that started this one.
        inherited: the parent's ends of channels, open here too: another worker would never see its own closed.
    """
    for other in inherited:
        other.close()
    _heed_the_parent_alone(parent)
    gc.freeze()  # what the parent has loaded is never looked through again, nor copied for it
    memory = _Memory(limits.memory, beat, parent)
    Thread(target=memory.watch, daemon=True).start()
    functions: dict[int, Callable[..., Any]] = {}
    with contextlib.suppress(EOFError, OSError):  # the parent is done, or dead
        while True:
            _answer(channel.recv(), functions, channel, beat, memory)


def _heed_the_parent_alone(parent: int) -> None:
    """Ctrl-C reaches the whole process group, and only the parent decides what it means; its end is this one's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  for Linux only

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)
    if _orphaned(parent):
        os._exit(0)


def _orphaned(parent: int) -> bool:
    return hasattr(os, "getppid") and os.name == "posix" and os.getppid() != parent


class _Memory:
    """Keeps a process from holding more than it may, beyond what it held when a piece of work began."""

    def __init__(self, limit: int, beat: Beat, parent: int) -> None:
        self._limit = limit
        self._beat = beat
        self._parent = parent
        self._allowed = math.inf

    def watch(self) -> None:
        """Look again and again; never returns."""
        while True:
            time.sleep(TICK)
            if _orphaned(self._parent):
                os._exit(0)
            if self._allowed < math.inf and held_bytes() > self._allowed:
                self._beat.overflow()
                os._exit(1)

    def begin(self) -> None:
        """Count from what is held now."""
        if self._limit and (held := held_bytes()):
            self._allowed = held + self._limit
            _refuse_beyond(held + self._limit * HARD_FACTOR)

    def end(self) -> None:
        """Let the process hold what it needs to hand over its results."""
        self._allowed = math.inf
        _refuse_beyond(None)


def held_bytes() -> int:
    """Say how much memory of its own this process holds, in bytes; 0 where the platform does not tell.

    On Linux what it asked for, and elsewhere the most it ever used.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError, IndexError), open("/proc/self/statm", "rb") as file:  # noqa: PTH123  pathlib costs more than the reading
            return int(file.read().split()[5]) * _PAGE_BYTES
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  not on every platform

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _refuse_beyond(size: int | None) -> None:
    """Have the system refuse memory beyond a size in bytes; ``None`` for as much as it always gives."""
    if sys.platform != "linux":  # elsewhere the limit counts other things, or nothing
        return
    import resource  # noqa: PLC0415  not on every platform

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    soft = most if size is None or (most != resource.RLIM_INFINITY and size > most) else size
    resource.setrlimit(resource.RLIMIT_DATA, (soft, most))


def _answer(
    job: Job, functions: dict[int, Callable[..., Any]], channel: Connection, beat: Beat, memory: _Memory
) -> None:  # pragma: no cover  runs in a process of its own
    """Do one job and send what comes of it."""
    if job.function is not None:
        functions.clear()  # its parent knows that it remembers the latest
        functions[job.number] = ForkingPickler.loads(job.function)
    function = functions[job.number]
    memory.begin()
    try:
        if job.stream is not None:
            _send_stream(function, job, channel, beat, memory)
            return
        answer = Answer(Kind.DONE, _mapped(function, job.items, beat))
    except MemoryError:
        answer = Answer(Kind.MEMORY)
    except ProvenanceError as error:
        answer = Answer(Kind.ERROR, error=error)
    finally:
        memory.end()
    content = ForkingPickler.dumps(answer)
    beat.rest()
    channel.send_bytes(content)


def _mapped(function: Callable[[Any], Any], items: Sequence[Any], beat: Beat) -> list[Any]:
    results = []
    for index, item in enumerate(items):
        beat.begin(index)
        results.append(attempted(function, item))
    beat.begin(len(items))
    return results


def attempted(function: Callable[[Any], Any], item: Any) -> Any:  # noqa: ANN401  whatever the function takes and gives
    """Apply a function to one item; an exception nobody foresaw costs this item alone."""
    try:
        return function(item)
    except (MemoryError, ProvenanceError):
        raise
    except Exception as error:  # noqa: BLE001  a text that breaks a stage costs itself, not the audit
        return Failure.of_fault(error)


def _send_stream(
    function: Callable[[Any], Iterator[Any]], job: Job, channel: Connection, beat: Beat, memory: _Memory
) -> None:  # pragma: no cover  runs in a process of its own
    """Send what a generator gives, in parts, and then that it is over."""
    state = job.stream or StreamState()
    with _turns_told(beat, memory, state.refused) as admitted:
        beat.begin(1)
        items = _passing(function(job.items[0]), beat, admitted)
        for part in parts(islice(items, state.given, None)):
            content = ForkingPickler.dumps(Answer(Kind.PART, part))
            beat.rest()
            channel.send_bytes(content)
            beat.begin(2 * admitted[0] + 1)
    beat.rest()
    channel.send(Answer(Kind.DONE))


def _passing(items: Iterable[Any], beat: Beat, admitted: Sequence[int]) -> Iterator[Any]:
    """Give what is read, saying each time that no record is being looked at until the next one's turn."""
    try:
        for item in items:
            beat.begin(2 * admitted[0] + 1)
            yield item
    except (MemoryError, ProvenanceError):
        raise
    except Exception as error:  # noqa: BLE001  as for a single item
        yield Failure.of_fault(error)


@contextmanager
def _turns_told(beat: Beat, memory: _Memory, refused: Mapping[int, str]) -> Iterator[list[int]]:
    """Have readers tell which record they look at; give the number of the latest, as the one item of a list."""
    admitted = [0]

    def admit(_place: str) -> str | None:
        admitted[0] += 1
        memory.begin()
        beat.begin(2 * admitted[0])
        return refused.get(admitted[0])

    with turns.told_to(admit):
        yield admitted


def parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut what a stream gives into parts of bounded size."""
    part: list[Any] = []
    size = 0
    for item in items:
        part.append(item)
        size += len(getattr(item, "text", ""))
        if len(part) >= PART_ITEMS or size >= PART_CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part
