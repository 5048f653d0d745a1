"""Work spread over processes: in order, with a bounded number of batches under way."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Protocol, TypeVar

__all__ = ["Pool", "batched", "pool"]

Item = TypeVar("Item")
Given = TypeVar("Given")
Result = TypeVar("Result")

BATCHES_AHEAD = 2
"""Batches a worker may have waiting: enough to keep it busy, few enough to keep memory flat."""


class Pool(Protocol):
    """Something that maps a function over batches and gives the results in the order of the batches."""

    def map(self, function: Callable[[Given], Result], batches: Iterable[Given]) -> Iterator[Result]:
        """Apply ``function``, which must be importable by name, to every batch."""
        ...


class _Here:
    """The pool of one: everything in this process."""

    def map(self, function: Callable[[Given], Result], batches: Iterable[Given]) -> Iterator[Result]:
        return map(function, batches)


class _Processes:
    """A pool of processes, started when the first batch that needs them comes."""

    def __init__(self, executor: ProcessPoolExecutor, workers: int) -> None:
        self._executor = executor
        self._ahead = workers * BATCHES_AHEAD

    def map(self, function: Callable[[Given], Result], batches: Iterable[Given]) -> Iterator[Result]:
        waiting: deque[Future[Result]] = deque()
        for batch in batches:
            waiting.append(self._executor.submit(function, batch))
            if len(waiting) >= self._ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def pool(workers: int, *, enough: bool) -> Iterator[Pool]:
    """Give a pool of processes, or this process alone.

    Args:
        workers: processes wanted; 0 means as many as there are processors.
        enough: whether there is enough work to pay for starting processes.
    """
    count = (
        workers or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else workers or os.cpu_count() or 1
    )
    if count == 1 or not enough:
        yield _Here()
        return
    # Forked, the workers share what the parent has loaded; "forkserver" would load every list again.
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_leave_interrupts_to_the_parent)
    try:
        yield _Processes(executor, count)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches the whole process group; only the parent decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def batched(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """Cut an iterable into lists of at most ``size`` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
