"""A worker process as its parent sees it: given work, heard, and ended at any time."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from provenance.errors import UsageError
from provenance.pipeline.processes.beat import Beat
from provenance.pipeline.processes.limits import Limits
from provenance.pipeline.processes.working import Answer, Job, Kind, serve

__all__ = ["Lost", "Worker", "can_fork", "starting_method", "waiting_time"]

Work = TypeVar("Work")

WAITING_FACTOR = 5
"""How many times its limit something may take that is only waiting. The limit itself is one of processor time where
that can be told, so that an article does not fail because the machine has other things to do as well."""

_SCHEDULED = 2  # CPUCLOCK_SCHED of Linux: makes the number of a clock, with that of the process

LEAST_WAIT = 0.01
"""Seconds waited at least before a worker is looked at again."""


class Lost(Exception):  # noqa: N818  not an error of anybody's: a worker may end at any time
    """A worker ended without an answer."""


def can_fork() -> bool:
    """Say whether a process can be started in a few milliseconds, as a copy of this one."""
    return "fork" in multiprocessing.get_all_start_methods()


def starting_method() -> str:
    """Name the way workers start: as copies they share what is loaded; "forkserver" would load every list again."""
    return "fork" if can_fork() else "spawn"


class Worker(Generic[Work]):
    """One process. ``work`` is whatever its owner gave it to do; ``None`` while it has nothing to do."""

    def __init__(self, context: BaseContext, limits: Limits, others: Sequence[Worker[Work]]) -> None:
        """Start the process.

        Args:
            context: how processes start.
            limits: what one item may take.
            others: the workers there are, whose channels a copy of this process must close.

        Raises:
            UsageError: the system starts no further process.
        """
        self.channel, theirs = context.Pipe()
        self.beat = Beat.shared(context)
        self.beat.reset()
        self.work: Work | None = None
        self.fresh = True
        self._limit = limits.seconds
        self._knows = -1
        forked = context.get_start_method() == "fork"
        inherited = [self.channel, *(other.channel for other in others)] if forked else []
        arguments = (theirs, self.beat, limits, os.getpid(), inherited)
        process = context.Process(target=serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
        self._process: BaseProcess | None = process
        self._exit_code: int | None = None
        try:
            with _undisturbed():
                process.start()
        except OSError as error:
            self.channel.close()
            raise UsageError(
                f"no worker process can be started: {error.strerror or error}",
                hint="Close other programs, or give --workers 1.",
            ) from error
        finally:
            theirs.close()

    def give(self, work: Work | None, job: Job) -> bool:
        """Give it something to do; whether it was still there to take it."""
        self.work = work
        self.fresh = False
        self.beat.reset()
        known = self._knows == job.number
        self._knows = job.number
        try:
            self.channel.send(replace(job, function=None) if known else job)
        except OSError:
            self.work = None
            return False
        return True

    def hear(self) -> Answer:
        """Take its answer, waiting for it.

        Raises:
            Lost: it has ended.
            ProvenanceError: what it was doing cannot be done at all.
        """
        try:
            answer: Answer = self.channel.recv()
        except (EOFError, OSError) as error:
            raise Lost from error
        if answer.kind is Kind.DONE:
            self.work = None
        if answer.error is not None:
            raise answer.error
        return answer

    def patience(self) -> float:
        """Say for how many seconds it may stay silent; 0 or less when it has been at one step for too long."""
        if not self._limit:
            return math.inf
        since = self.beat.since
        if since == math.inf:
            return self._limit
        passed = time.monotonic() - since
        left = self._limit - passed
        if left <= 0 and (used := self._processor_time()) is not None:
            left = min(self._limit - (used - self.beat.used), self._limit * WAITING_FACTOR - passed)
        return max(left, LEAST_WAIT) if left > 0 else 0.0

    def _processor_time(self) -> float | None:
        """Say how many seconds of processor time it has used in all; ``None`` where the platform does not tell."""
        if sys.platform != "linux" or self._process is None or self._process.pid is None:
            return None
        try:
            return time.clock_gettime((~self._process.pid << 3) | _SCHEDULED)
        except OSError:  # it has ended
            return None

    def end(self) -> int | None:
        """End it, whatever it is doing; return its exit code, or the number of the signal it died of below zero."""
        if self._process is not None:
            self.channel.close()
            self._process.kill()  # one that has ended keeps the code it ended with
            self._process.join()
            self._exit_code = self._process.exitcode
            self._process.close()
            self._process = None
        return self._exit_code


def waiting_time(workers: Sequence[Worker[Any]]) -> float | None:
    """Say for how many seconds to wait until one of them may have been at one step for too long; ``None`` for ever."""
    least = min(worker.patience() for worker in workers)
    return None if least == math.inf else least


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no signal come between the start of a process and its first line, which decides what it heeds."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
