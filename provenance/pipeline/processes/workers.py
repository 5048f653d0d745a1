"""Work spread over processes that are watched: in order, in bounded memory, and no item costs more than itself.

Every worker does one batch at a time and tells at which item it is. An item that takes too long or too much memory, or
at which the worker dies, is only suspected at first: it is done once more, alone and by a new worker, and what happens
then decides. So what fails does not depend on what it was done together with. The other items of its batch are done
again. Nothing a worker does is kept but by its parent, so a worker can be killed at any time.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice, pairwise
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, Protocol, TypeVar

from provenance.pipeline.processes.limits import Failure, Limits
from provenance.pipeline.processes.streaming import Part, Stream
from provenance.pipeline.processes.watching import Lost, Worker, can_fork, starting_method, waiting_time
from provenance.pipeline.processes.working import Job, Kind, attempted, parts

__all__ = ["Part", "Pool", "batched", "can_fork", "pool"]

Item = TypeVar("Item")
Given = TypeVar("Given")
Result = TypeVar("Result")

BATCHES_AHEAD = 2
"""Batches a worker may have waiting: enough to keep it busy, few enough to keep memory flat."""


class Pool(Protocol):
    """Something that does work for a whole call."""

    def map(
        self, function: Callable[[Given], Result], batches: Iterable[Sequence[Given]], *, many: bool
    ) -> Iterator[tuple[Sequence[Given], list[Result | Failure]]]:
        """Apply a function, which must be importable by name, to every item of every batch.

        Args:
            function: what is to be done with one item.
            batches: taken as workers get free.
            many: whether there is enough work to pay for more than one process.

        Yields:
            every batch with its results, in order; a :class:`Failure` for an item that has none.
        """
        ...

    def stream(self, function: Callable[[Given], Iterator[Result]], given: Given, *, doing: str) -> Iterator[Part]:
        """Give what a generator function yields, in parts, while it is at work.

        Args:
            function: importable by name. Where it reads records, :mod:`provenance.read.turns` tells which.
            given: what it is called with. The same must give the same again: it is called anew if a worker is lost.
            doing: what it does with a record, for the reason why one was passed over, such as ``reading it``.
        """
        ...


class _Here:
    """The pool without processes and without limits: everything in this process."""

    def map(
        self, function: Callable[[Given], Result], batches: Iterable[Sequence[Given]], *, many: bool
    ) -> Iterator[tuple[Sequence[Given], list[Result | Failure]]]:
        del many
        for batch in batches:
            yield batch, [self._attempted(function, item) for item in batch]

    def _attempted(self, function: Callable[[Given], Result], item: Given) -> Result | Failure:
        try:
            found: Result | Failure = attempted(function, item)
        except MemoryError:
            return Failure.over_memory(Limits(memory=0))
        return found

    def stream(self, function: Callable[[Given], Iterator[Result]], given: Given, *, doing: str) -> Iterator[Part]:
        del doing
        try:
            yield from map(Part, parts(function(given)))
        except MemoryError:
            yield Part([Failure.over_memory(Limits(memory=0))], settled=False)


@contextmanager
def pool(workers: int, limits: Limits, rehearse: Callable[[], object] | None = None) -> Iterator[Pool]:
    """Give the workers of one call; those that are needed are started when the first batch comes.

    Args:
        workers: processes wanted at most; 0 means as many as there are processors.
        limits: what one item may take.
        rehearse: called before the first worker is started, to load what all of them will need.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    wanted = workers or processors
    # A process somebody else's pool runs must not start any, and without fork one takes seconds to start.
    bare = multiprocessing.current_process().daemon or (wanted == 1 and not (limits and can_fork()))
    if bare:
        yield _Here()
        return
    watched = _Watched(wanted, limits, rehearse)
    try:
        yield watched
    finally:
        watched.close()


@dataclass(slots=True)
class _Task:
    """One call of ``map``: its function, and what of its batches waits for a worker."""

    number: int
    function: bytes
    processes: int
    todo: deque[_Piece] = field(default_factory=deque)


@dataclass(slots=True)
class _Batch:
    """A batch and its results as they come."""

    items: Sequence[Any]
    results: list[Any]
    open: int
    """Items without a result yet."""


@dataclass(slots=True)
class _Piece:
    """Neighbouring items of a batch that a worker does in one go."""

    task: _Task
    batch: _Batch
    start: int
    stop: int
    alone: bool = False
    """Whether it is one item whose failure now decides."""

    def succeed(self, results: Sequence[Any]) -> None:
        self.batch.results[self.start : self.stop] = results
        self.batch.open -= len(results)

    def fail(self, step: int, failure: Failure) -> None:
        """Take the failure as the result, or put the item that is suspected and its neighbours back, apart."""
        if self.alone:
            self.succeed([failure])
            return
        if 0 <= step < self.stop - self.start:
            cuts = (self.start, self.start + step, self.start + step + 1, self.stop)
        else:  # before the first item or after the last: nobody knows which
            middle = (self.start + self.stop) // 2
            cuts = (self.start, middle, middle, self.stop)
        alone = {self.start + step} if self.stop - self.start > 1 else {self.start}
        pieces = [
            _Piece(self.task, self.batch, start, stop, alone=start in alone and stop - start == 1)
            for start, stop in pairwise(cuts)
            if stop > start
        ]
        self.task.todo.extendleft(reversed(pieces))


class _Watched:
    """A pool of processes. Where one takes seconds to start, what is little is done without."""

    def __init__(self, processes: int, limits: Limits, rehearse: Callable[[], object] | None) -> None:
        self._processes = processes
        self._limits = limits
        self._rehearse = rehearse
        self._context = multiprocessing.get_context(starting_method())
        self._workers: list[Worker[_Piece]] = []
        self._lent: list[Worker[_Piece]] = []
        self._numbers = count()

    def close(self) -> None:
        """End every worker, whatever it is doing."""
        for worker in [*self._workers, *self._lent]:
            worker.end()
        self._workers.clear()

    def map(
        self, function: Callable[[Given], Result], batches: Iterable[Sequence[Given]], *, many: bool
    ) -> Generator[tuple[Sequence[Given], list[Result | Failure]]]:
        if not (many or can_fork()):
            yield from _Here().map(function, batches, many=many)
            return
        pickled = bytes(ForkingPickler.dumps(function))
        task = _Task(next(self._numbers), pickled, self._processes if many else 1)
        waiting: deque[_Batch] = deque()
        try:
            for batch in batches:
                waiting.append(_Batch(batch, [None] * len(batch), len(batch)))
                task.todo.append(_Piece(task, waiting[-1], 0, len(batch)))
                self._hand_out(task)
                while len(waiting) >= task.processes * BATCHES_AHEAD:
                    yield self._finished(task, waiting)
            while waiting:
                yield self._finished(task, waiting)
        finally:
            self._abandon(task)

    def _finished(self, task: _Task, waiting: deque[_Batch]) -> tuple[Sequence[Any], list[Any]]:
        while waiting[0].open:
            self._hand_out(task)
            self._hear()
        self._hand_out(task)  # before the caller takes its time over the results
        first = waiting.popleft()
        return first.items, first.results

    def _abandon(self, task: _Task) -> None:
        for worker in [worker for worker in self._workers if worker.work is not None and worker.work.task is task]:
            self._end(worker)

    def _end(self, worker: Worker[_Piece]) -> int | None:
        self._workers.remove(worker)
        return worker.end()

    def _hand_out(self, task: _Task) -> None:
        while task.todo and (worker := self._free(task)) is not None:
            piece = task.todo.popleft()
            if piece.alone and not worker.fresh:
                self._end(worker)
                worker = self._start()
            items = piece.batch.items[piece.start : piece.stop]
            if not worker.give(piece, Job(task.number, task.function, items)):
                task.todo.appendleft(piece)  # it was killed while it had nothing to do
                self._end(worker)

    def _free(self, task: _Task) -> Worker[_Piece] | None:
        free = next((worker for worker in self._workers if worker.work is None), None)
        if sum(worker.work is not None and worker.work.task is task for worker in self._workers) >= task.processes:
            return None
        return free or (self._start() if len(self._workers) < self._processes else None)

    def _start(self) -> Worker[_Piece]:
        worker = self._started()
        self._workers.append(worker)
        return worker

    def _started(self) -> Worker[_Piece]:
        if self._rehearse is not None:
            self._rehearse()
            self._rehearse = None
        return Worker(self._context, self._limits, [*self._workers, *self._lent])

    def _hear(self) -> None:
        """Wait until a worker has something to say, or has been at one item for too long."""
        busy = [worker for worker in self._workers if worker.work is not None]
        ready = wait([worker.channel for worker in busy], waiting_time(busy))
        for worker in busy:
            if worker.channel in ready:
                self._take(worker)
            elif worker.patience() <= 0 and not worker.channel.poll():
                self._lose(worker, Failure.over_time(self._limits))

    def _take(self, worker: Worker[_Piece]) -> None:
        piece = worker.work
        try:
            answer = worker.hear()
        except Lost:
            self._lose(worker, None)
            return
        if answer.kind is Kind.MEMORY:
            self._lose(worker, Failure.over_memory(self._limits))
        elif piece is not None:
            piece.succeed(answer.results)

    def _lose(self, worker: Worker[_Piece], failure: Failure | None) -> None:
        """End a worker and see to what it was doing; how it ended is the failure when none is given."""
        piece, step, overflowed = worker.work, worker.beat.step, worker.beat.overflowed
        exit_code = self._end(worker)
        if failure is None:
            failure = Failure.over_memory(self._limits) if overflowed else Failure.of_worker(exit_code)
        if piece is not None:
            piece.fail(step, failure)

    def stream(self, function: Callable[[Given], Iterator[Result]], given: Given, *, doing: str) -> Iterator[Part]:
        if not can_fork():
            yield from _Here().stream(function, given, doing=doing)
            return
        stream = Stream(Job(next(self._numbers), bytes(ForkingPickler.dumps(function)), [given]), doing, self._limits)
        while not stream.over:
            worker = self._given(stream)
            self._lent.append(worker)
            try:
                yield from stream.taken(worker)
            finally:
                self._lent.remove(worker)
                if stream.finished and len(self._workers) < self._processes:
                    self._workers.append(worker)
                else:
                    worker.end()

    def _given(self, stream: Stream) -> Worker[_Piece]:
        """Take a worker out of the others to have it begin a stream, or go on with one."""
        while free := [worker for worker in self._workers if worker.work is None]:
            self._workers.remove(free[0])
            if free[0].give(None, stream.job()):
                return free[0]
            free[0].end()  # it was killed while it had nothing to do
        worker = self._started()
        worker.give(None, stream.job())
        return worker


def batched(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """Cut an iterable into lists of at most ``size`` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
