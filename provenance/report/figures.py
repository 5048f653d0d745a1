"""Places, dates and figures as the contract writes them: rounding is decided here, once."""

from __future__ import annotations

from typing import Final

from provenance.model import Span, Timeframe

__all__ = ["date_range", "date_written", "interval", "rounded", "rounded_or_none", "span_entry", "span_or_none"]

_DECIMALS: Final = 4
"""One word in ten thousand: finer than any article is long."""


def date_written(date: Timeframe | None) -> str | None:
    """Give a date as it stood in the source."""
    return None if date is None else date.written


def date_range(date: Timeframe | None) -> dict[str, object] | None:
    """Give every instant a date may mean, ``[earliest, latest)`` in UTC, with its precision and basis."""
    if date is None:
        return None
    return {
        "earliest": date.earliest.isoformat(),
        "latest": date.latest.isoformat(),
        "precision": date.precision.value,
        "basis": date.basis.value,
    }


def span_entry(span: Span) -> dict[str, int]:
    """Give a place by its offsets."""
    return {"start": span.start, "end": span.end}


def span_or_none(span: Span | None) -> dict[str, int | None]:
    """Give a place by its offsets, both ``None`` where there is none."""
    return {"start": None, "end": None} if span is None else {"start": span.start, "end": span.end}


def interval(bounds: tuple[float, float]) -> list[float]:
    """Give both bounds of a share, rounded."""
    return [rounded(bounds[0]), rounded(bounds[1])]


def rounded(value: float) -> float:
    """Round to the decimals the contract shows."""
    return round(float(value), _DECIMALS)  # a whole number too is written with its point, before and after it is stored


def rounded_or_none(value: float | None) -> float | None:
    """Round to the decimals the contract shows; what is not known stays ``None``."""
    return None if value is None else rounded(value)
