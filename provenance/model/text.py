"""Places in a text and instants in time.

Offsets everywhere in the project are **half-open code-point offsets** into :attr:`Article.text
<provenance.model.article.Article.text>`: the unit of Python's ``len()``, not bytes and not grapheme clusters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["DateBasis", "Precision", "Span", "Timeframe", "merge_spans"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open run ``[start, end)`` of code points; ``start == end`` is an empty place."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return what stands at this place in ``text``."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """Count the code points both spans cover; 0 when they only touch."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Unite spans that overlap or touch; the result is sorted and disjoint."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


class Precision(StrEnum):
    """How fine a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class DateBasis(StrEnum):
    """Where a date was read."""

    RECORD = "record"  # a field of a JSONL or CSV record
    MARKUP = "markup"  # a meta element, JSON-LD or <time> of the page
    URL = "url"  # the address of the page
    TEXT = "text"  # a date line of the text


@dataclass(frozen=True, slots=True)
class Timeframe:
    """Every instant an imprecise date may mean: ``[earliest, latest)``, both aware and in UTC.

    "2024" is a year long. Two timeframes are ordered only when they do not overlap, so a vague date never beats a
    precise one (see :meth:`before`). A date given without a zone is widened by the zones it may have been written
    in (from UTC+14 to UTC-12), which is why a day's timeframe lasts longer than 24 hours.
    """

    earliest: datetime
    latest: datetime
    precision: Precision
    basis: DateBasis
    written: str
    """The date as it stood in the source, for display and for the JSON."""

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is None or self.latest.tzinfo is None or self.earliest >= self.latest:
            raise ValueError(f"not a timeframe: {self.earliest}..{self.latest}")

    def before(self, other: Timeframe) -> bool:
        """Say whether every instant of this timeframe precedes every instant of ``other``."""
        return self.latest <= other.earliest
