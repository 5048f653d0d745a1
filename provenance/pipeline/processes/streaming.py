"""A file of many records, read by one worker and given in parts; the next one passes over a record it is lost at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from typing import Any

from provenance.pipeline.processes.limits import Failure, Limits
from provenance.pipeline.processes.watching import Lost, Worker, waiting_time
from provenance.pipeline.processes.working import Answer, Job, Kind, StreamState

__all__ = ["Part", "Stream"]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of what a stream gives.

    Attributes:
        items: results in order; a :class:`Failure` as the last one says that nothing more comes.
        settled: whether all that was asked for so far was done. Where something was passed over for what it cost,
            another call may find more.
    """

    items: Sequence[Any]
    settled: bool = True


class Stream:
    """What is known of one stream, whichever worker is at it.

    Attributes:
        over: whether nothing more comes of it.
        finished: whether it came to its end, so that its worker has nothing more to do with it.
    """

    def __init__(self, job: Job, doing: str, limits: Limits) -> None:
        """Begin with nothing given.

        Args:
            job: the function and what it reads.
            doing: what it does with a record, such as ``reading it``.
            limits: what a record may take.
        """
        self.over = False
        self.finished = False
        self._job = job
        self._doing = doing
        self._limits = limits
        self._given = 0
        self._refused: dict[int, str] = {}
        self._suspected: set[int] = set()
        self._failure: Failure | None = None

    def job(self) -> Job:
        """Say what a worker that begins now has to do."""
        return replace(self._job, stream=StreamState(self._given, dict(self._refused)))

    def taken(self, worker: Worker[Any]) -> Iterator[Part]:
        """Give what one worker reads, until it is at the end or lost."""
        while (answer := self._answer(worker)) is not None:
            if answer.kind is Kind.DONE:
                self.over = self.finished = True
                return
            self._given += len(answer.results)
            yield Part(answer.results, settled=not self._refused)
        if self._failure is not None:
            self.over = True
            yield Part([self._failure], settled=False)

    def _answer(self, worker: Worker[Any]) -> Answer | None:
        """Wait for the next answer; ``None`` when the worker is not to be used any more."""
        while not wait([worker.channel], waiting_time([worker])):
            if worker.patience() <= 0 and not worker.channel.poll():
                self._suspect(worker.beat.step, Failure.over_time(self._limits))
                return None
        try:
            answer = worker.hear()
        except Lost:
            code = worker.end()
            over = worker.beat.overflowed
            failure = Failure.over_memory(self._limits) if over else Failure.of_worker(code)
            self._suspect(worker.beat.step, failure)
            return None
        if answer.kind is Kind.MEMORY:
            self._suspect(worker.beat.step, Failure.over_memory(self._limits))
            return None
        return answer

    def _suspect(self, step: int, failure: Failure) -> None:
        """Note at what a worker was lost. The second time decides: this record, or all that comes after the last."""
        if step not in self._suspected:
            self._suspected.add(step)
            return
        record, between = divmod(step, 2)
        if between:
            self._failure = failure
        else:
            self._refused[record] = failure.reason(self._doing)
