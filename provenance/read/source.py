"""What can be read and how much of it: sources, options, and the plug-in point for readers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from provenance.model import Article, Unreadable

__all__ = ["MEBIBYTE", "ReadOptions", "Reader", "SourceFile", "Statement"]

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a manifest says of a file, as it is written there; ``None`` where it does not say."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    """Names and values of all other columns."""

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change with anything stated."""
        told = [self.url, self.outlet, self.title, self.published, self.language, self.metadata]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, or standard input, before it is opened."""

    path: Path | None
    """Where it lies; ``None`` for standard input."""
    source: str
    """How it is shown: the path as the user gave it, then the part below it, with ``/``; ``-`` for standard input."""
    name: str
    """Path below the audited folder, with ``/``; ids are made from it, so that they survive moving the folder."""
    size: int = 0
    """Bytes on disk; 0 for standard input."""
    mtime_ns: int = 0
    """Time of last change in nanoseconds since 1970; 0 for standard input."""
    stated: Statement | None = None
    """What a manifest beside it says of it; ``None`` where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a caller can choose about reading.

    Attributes:
        max_bytes: the most that is held of one thing, after decompression: of a file for texts, pages, JSON, mails
            and documents, of one record for JSON lines, CSV, XML and web archives. What is larger is listed as
            unreadable.
        format: name of the reader to use whatever the file is called (``text``, ``html``, ``jsonl``, ``csv``, ``xml``,
            ``json``, ``warc``, ``wacz``, ``mail``, ``pdf``, ``docx``); ``None`` decides by the name and, failing
            that, by the first bytes.
    """

    max_bytes: int = 32 * MEBIBYTE
    format: str | None = None


@runtime_checkable
class Reader(Protocol):
    """One family of formats. Implementations are stateless; the entry-point group is ``provenance.readers``."""

    name: str
    """What ``ReadOptions.format`` calls it."""
    suffixes: frozenset[str]
    """File name endings it reads, lower case with the dot, without ``.gz``."""

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read what ``stream`` holds, already decompressed.

        What cannot be read is given as :class:`~provenance.model.Unreadable`; an exception ends this source only.
        """
        ...
