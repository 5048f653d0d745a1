"""What one article may cost, and what is said of one that cost more."""

from __future__ import annotations

import logging
import signal
import traceback
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ARTICLE_MEMORY", "ARTICLE_SECONDS", "Cause", "Failure", "Limits"]

MEBIBYTE = 1 << 20

ARTICLE_SECONDS = 60.0
"""Seconds for one step of one article, or of one pair of articles. A page of usual size takes a hundredth of a second,
and a text of 30 MiB, five million words, 48 in the slowest step (measured in 2026): what takes longer is made to."""

ARTICLE_MEMORY = 2048 * MEBIBYTE
"""Bytes one article may take in one step beyond what the program holds anyway: a page of 30 MiB takes 320 MiB, two
articles of 8,000 sentences 2,000 MiB to compare. Two workers at their limits still leave a machine of 8 GiB usable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one article may cost in one step.

    Attributes:
        seconds: of processor time, where the platform tells; of time otherwise. What waits for something may take
            several times as long (:data:`provenance.pipeline.processes.watching.WAITING_FACTOR`). 0 means no limit.
        memory: bytes beyond those the worker held before; 0 means no limit, and where the platform does not tell
            what a process holds there is none.
    """

    seconds: float = ARTICLE_SECONDS
    memory: int = ARTICLE_MEMORY

    def __bool__(self) -> bool:
        return bool(self.seconds or self.memory)


class Cause(StrEnum):
    """Why there is no result."""

    TIME = "time"
    MEMORY = "memory"
    DEATH = "death"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Failure:
    """What stands for the result of an item that has none.

    Attributes:
        cause: why.
        detail: the limit that was passed, how the worker ended, or the name of the exception.
    """

    cause: Cause
    detail: str

    @classmethod
    def over_time(cls, limits: Limits) -> Failure:
        """Tell of an item that took longer than it may."""
        return cls(Cause.TIME, f"{_figure(limits.seconds)} s")

    @classmethod
    def over_memory(cls, limits: Limits) -> Failure:
        """Tell of an item that needed more memory than it may."""
        return cls(Cause.MEMORY, f"{_size(limits.memory)} of memory" if limits.memory else "the memory there is")

    @classmethod
    def of_worker(cls, exit_code: int | None) -> Failure:
        """Tell of a worker that ended at an item: its exit code, or a signal's number below zero."""
        if exit_code is not None and exit_code < 0:
            return cls(Cause.DEATH, f"signal {-exit_code} ({_signal_name(-exit_code)})")
        return cls(Cause.DEATH, f"exit code {exit_code}")

    @classmethod
    def of_fault(cls, error: Exception) -> Failure:
        """Tell of an exception nobody foresaw; where it came from goes to the log, where ``-v`` shows it."""
        told = "".join(traceback.format_exception(error))
        logging.getLogger(__name__).info("the program failed on an article: %s", told)
        return cls(Cause.FAULT, type(error).__name__)

    def reason(self, doing: str) -> str:
        """Say in one line why there is no result, and what would help.

        Args:
            doing: what was being done, such as ``reading it``.
        """
        match self.cause:
            case Cause.TIME:
                return f"{doing} took longer than {self.detail}; --article-seconds allows more"
            case Cause.MEMORY:
                return f"{doing} needed more than {self.detail}; --article-memory allows more"
            case Cause.DEATH:
                return f"the worker {doing} died ({self.detail}); open it with care, and report it if you can"
            case Cause.FAULT:
                return f"the program failed at {doing} ({self.detail}); please report it, -v shows where"


def _figure(value: float) -> str:
    """Write a number as people do, without a power of ten."""
    return f"{value:,.9f}".rstrip("0").rstrip(".")


def _size(octets: int) -> str:
    if octets >= MEBIBYTE:
        return f"{_figure(round(octets / MEBIBYTE, 1))} MiB"
    return f"{octets:,} {'byte' if octets == 1 else 'bytes'}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
