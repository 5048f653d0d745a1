"""What the store takes and gives besides model types. Light to import: no database library is loaded by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from provenance.model import Article, ArticleId, ContentHash, Note, OutletId, RunId, Span, Timeframe, Trick, Unreadable

__all__ = [
    "BodyText",
    "Flaw",
    "InspectedFacts",
    "Integrity",
    "MatchPlace",
    "MatchSignals",
    "Outlined",
    "RunStatus",
    "RunSummary",
    "SourceReading",
    "SourceStamp",
    "StoredArticle",
    "Upgrade",
]


class RunStatus(StrEnum):
    """How an audit stands. One that was killed stays ``RUNNING``; what it had read is used by the next."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SourceStamp:
    """What decides that a file need not be read again: all four fields are as they were."""

    source: str
    """The file as its path was given."""
    size: int
    """Bytes."""
    mtime_ns: int
    """Last change, nanoseconds since 1970."""
    reader: str
    """Version of everything that reads: another reader may see other articles in the same bytes."""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """What one file held. A large file may come in several parts, so that it is never in memory as a whole.

    The first part (``part == 0``) replaces what was known of the file; the file counts as read once the part with
    ``last`` set has been added.
    """

    stamp: SourceStamp
    articles: tuple[Article, ...]
    unreadable: tuple[Unreadable, ...] = ()
    part: int = 0
    last: bool = True


@dataclass(frozen=True, slots=True)
class Outlined:
    """The lines of one article as its outlet's furniture is learnt from them."""

    article: ArticleId
    outlet_key: str | None
    """Whose furniture it teaches; ``None`` where nothing tells where the article stood."""
    lines: bytes
    """Whatever the cleaner keeps of them."""


@dataclass(frozen=True, slots=True)
class InspectedFacts:
    """What the later stages take from one inspection, so that its text and lines are not read again for it."""

    body_hash: ContentHash
    words: int
    """Body words."""
    title: str | None = None
    """As the record or the markup states it, or else the labelled lines; the date likewise."""
    published: Timeframe | None = None
    tricks: tuple[Trick, ...] = ()
    notes: tuple[Note, ...] = ()
    """What it says of its own versions."""
    fingerprints: bytes = b""
    """What the matcher looks the article up by: ascending numbers of 64 bits, little-endian; ``terms`` likewise."""
    terms: bytes = b""


@dataclass(frozen=True, slots=True)
class BodyText:
    """A text with the places that are the article itself: all that aligning asks of it."""

    article: ArticleId
    text: str
    blocks: tuple[Span, ...]
    language: str | None


@dataclass(frozen=True, slots=True, order=True)
class MatchPlace:
    """Where the match of a pair of articles is kept, if there is one."""

    left: ArticleId
    """The lower id."""
    right: ArticleId
    row: int
    """Pairs of the same two contents have the same: one match holds for all of them."""
    turned: bool
    """Whether the content of ``left`` is kept on the right."""


@dataclass(frozen=True, slots=True)
class MatchSignals:
    """What was measured for a pair, without its passages."""

    left_words: int
    right_words: int
    signals: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One audit of the store, in a line."""

    number: int
    """Its place in this store, from 1; what ``run`` arguments take."""
    id: RunId
    status: RunStatus
    started_at: datetime
    finished_at: datetime | None
    """When it finished or failed; ``None`` while it runs, and for one that was killed."""
    paths: tuple[str, ...]
    articles: int
    read: int
    unchanged: int
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One article as one run saw it, without its text."""

    run: int
    id: ArticleId
    source: str
    title: str | None
    outlet: OutletId | None
    """``None`` when nothing tells, or when the run did not finish."""
    url: str | None


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What bringing a store up to date came to."""

    store: str
    """As a message names it: its path, or its URL without the password."""
    before: str
    after: str
    """Schema revisions; the same when nothing was to be done."""
    copy: Path | None = None
    """Where the store as it was lies; ``None`` when nothing was to be done, and for a database on a server."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a store that cannot be right."""

    table: str
    place: str
    """The row by its key, with the file where one is behind it, or the run; empty where the database does not tell."""
    says: str
    remedy: str = ""
    """What to do about it: one imperative sentence."""


@dataclass(frozen=True, slots=True)
class Integrity:
    """What looking through a whole store came to."""

    store: str
    """As a message names it: its path, or its URL without the password."""
    contents: int
    """Distinct contents of articles."""
    inspections: int
    runs: int
    flaws: tuple[Flaw, ...]
    """Empty for a store that is whole."""
