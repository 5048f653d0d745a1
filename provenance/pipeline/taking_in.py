"""From what sources hold to what the store takes: large files in parts, small ones together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance.model import Article, Unreadable
from provenance.pipeline.inspecting import Names, SourcePart
from provenance.read import READER_VERSION, ReadOptions, SourceFile
from provenance.store import SourceReading, SourceStamp

__all__ = ["BATCH_STORED", "grouped", "readings", "stamp_of"]

BATCH_STORED = 256
"""Articles written in one transaction: what a crash may lose."""


_USUAL = ReadOptions().max_bytes


def stamp_of(file: SourceFile, max_bytes: int = _USUAL) -> SourceStamp:
    """Say what tells that a file is as it was when it was read, and would be read alike.

    Args:
        file: what is to be read, or was.
        max_bytes: the limit it is read with; see :class:`ReadOptions`.
    """
    reader = READER_VERSION if max_bytes == _USUAL else f"{READER_VERSION}:{max_bytes}"
    stated = f"{reader}:{file.stated.digest}" if file.stated is not None else reader
    return SourceStamp(file.source, file.size, file.mtime_ns, stated)


def readings(found: Iterable[SourcePart], names: Names, max_bytes: int = _USUAL) -> Iterator[SourceReading]:
    """Turn what sources hold, read with a limit in bytes, into what the store takes, large files in parts."""
    parts: dict[str, int] = {}
    held: tuple[SourceReading, bool] | None = None  # one behind, as only the next tells whether a part was the last
    for part in found:
        stamp = stamp_of(part.source, max_bytes) if part.source is not None else _unseen(part.items[0].source)
        if held is not None:
            yield _closed(*held, following=stamp.source)
        distinct = [names.distinct(item) for item in part.items]
        number = parts.get(stamp.source, 0)
        parts[stamp.source] = number + 1
        reading = SourceReading(
            stamp=stamp,
            articles=tuple(item for item in distinct if isinstance(item, Article)),
            unreadable=tuple(item for item in distinct if isinstance(item, Unreadable)),
            part=number,
        )
        held = reading, part.settled
    if held is not None:
        yield _closed(*held)


def _unseen(source: str) -> SourceStamp:
    return SourceStamp(source, 0, 0, READER_VERSION)


def _closed(reading: SourceReading, settled: bool, *, following: str | None = None) -> SourceReading:  # noqa: FBT001  private
    """Say whether a source was read to its end: not where something was given up that another audit may manage."""
    return replace(reading, last=settled and following != reading.stamp.source)


def grouped(found: Iterable[SourceReading]) -> Iterator[list[SourceReading]]:
    """Group readings into transactions of about :data:`BATCH_STORED` articles."""
    group: list[SourceReading] = []
    size = 0
    for reading in found:
        group.append(reading)
        size += max(1, len(reading.articles))
        if size >= BATCH_STORED:
            yield group
            group, size = [], 0
    if group:
        yield group
