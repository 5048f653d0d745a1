"""What a caller can choose, as frozen values with named defaults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from provenance.pipeline.processes.limits import ARTICLE_MEMORY, ARTICLE_SECONDS, Limits

__all__ = ["DEFAULT_DATABASE", "AuditOptions", "CompareOptions", "InspectOptions", "Progress", "Step", "silent"]

DEFAULT_DATABASE = "provenance.db"
"""File the store lives in when nothing else is said, in the working directory."""

MEBIBYTE = 1 << 20


class Step(StrEnum):
    """The steps of an audit, in order, as progress reports name them."""

    READ = "read"
    LEARN = "learn"
    INSPECT = "inspect"
    MATCH = "match"
    TRACE = "trace"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step has come. ``total`` is ``None`` while it is not known."""

    step: Step
    done: int
    total: int | None = None


def silent(_progress: Progress) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectOptions:
    """Options of everything that reads pages.

    Attributes:
        max_bytes: a file or record larger than this, after decompression, is listed as unreadable.
        outlets: the user's own outlet file, which adds to and overrides the shipped one.
        workers: processes that read and inspect; 0 means as many as there are processors.
        article_seconds: seconds one step of one article, or of one pair, may take; what takes longer is listed as
            unreadable. 0 means no limit.
        article_memory: bytes of memory it may take, likewise.
        progress: called as work goes on; from the calling process only.
    """

    max_bytes: int = 32 * MEBIBYTE
    outlets: Path | None = None
    workers: int = 0
    article_seconds: float = ARTICLE_SECONDS
    article_memory: int = ARTICLE_MEMORY
    progress: Callable[[Progress], None] = silent

    @property
    def limits(self) -> Limits:
        """What one article may cost in one step."""
        return Limits(seconds=self.article_seconds, memory=self.article_memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions(InspectOptions):
    """Options of everything that holds texts side by side.

    Attributes:
        similarity: folder or name of a sentence encoder that counts beside rare terms (extra ``semantic``); rare terms
            alone when empty.
    """

    similarity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions(CompareOptions):
    """Options of an audit.

    Attributes:
        database: SQLAlchemy URL or path of the store; created when missing.
    """

    database: str = DEFAULT_DATABASE
