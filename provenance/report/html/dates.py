"""Dates of articles in words, and on a line of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from provenance.model import ArticleId, Precision, Timeframe
from provenance.report.findings import FindingsIndex
from provenance.report.html.anchors import Anchors
from provenance.report.plain import one_line
from provenance.report.words import DATE_BASIS_WORDS

__all__ = ["Moment", "Timeline", "basis_phrase", "date_phrase", "timeline"]

_FORMS: Final = {
    Precision.YEAR: "{:%Y}",
    Precision.MONTH: "{0:%B} {0.year}",
    Precision.DAY: "{0.day} {0:%b} {0.year}",
    Precision.MINUTE: "{0.day} {0:%b} {0.year}, {0:%H:%M} UTC",
    Precision.SECOND: "{0.day} {0:%b} {0.year}, {0:%H:%M} UTC",
}


_EXACT: Final = timedelta(hours=1)
"""A time whose timeframe is longer was written without its zone."""


def date_phrase(date: Timeframe | None) -> str:
    """Say a date as finely as it is known, in UTC; of a time without its zone the day. Empty for none."""
    if date is None:
        return ""
    # The middle of what an unknown zone leaves open lies on the day that was written; its beginning may not.
    if date.latest - date.earliest <= _EXACT:
        return _FORMS[date.precision].format(date.earliest)
    middle = date.earliest + (date.latest - date.earliest) / 2
    return _FORMS[_DAYS.get(date.precision, date.precision)].format(middle)


_DAYS: Final = {Precision.MINUTE: Precision.DAY, Precision.SECOND: Precision.DAY}
"""What is left of a precision without its time zone."""


def basis_phrase(date: Timeframe | None) -> str:
    """Say what a date was read from, and whether a time zone is missing; empty for none."""
    if date is None:
        return ""
    vague = date.precision in _DAYS and date.latest - date.earliest > _EXACT
    return DATE_BASIS_WORDS[date.basis] + (", without its time zone" if vague else "")


@dataclass(frozen=True, slots=True)
class Moment:
    """One article on the line: where its bar begins and how long it is, in percent of the line."""

    name: str
    href: str | None
    date: str
    written: str
    basis: str
    """What the date was read from, in words."""
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles by date. ``undated`` have none that was found."""

    first: str
    last: str
    moments: tuple[Moment, ...]
    undated: tuple[tuple[str, str | None], ...]
    """Name and address of each."""


_SHORTEST: Final = 1.0
"""Percent of the line an exact date takes: a dot that can be seen."""


def timeline(index: FindingsIndex, articles: Iterable[ArticleId], anchors: Anchors) -> Timeline:
    """Set articles out by the beginning of what their dates may mean."""
    facts = [index.articles[each] for each in articles if each in index.articles]
    dated = sorted(
        ((each.published, each) for each in facts if each.published is not None),
        key=lambda each: (each[0].earliest, each[0].latest, each[1].id),
    )
    begin = min((date.earliest for date, _ in dated), default=None)
    end = max((date.latest for date, _ in dated), default=None)
    moments = tuple(
        Moment(
            name=index.article_name(each.id),
            href=anchors.article(each.id),
            date=date_phrase(date),
            written=one_line(date.written),
            basis=basis_phrase(date),
            **_bar(date, begin, end),
        )
        for date, each in dated
    )
    undated = tuple((index.article_name(each.id), anchors.article(each.id)) for each in facts if not each.published)
    return Timeline(_day(begin), _day(end), moments, undated)


def _bar(date: Timeframe, begin: datetime | None, end: datetime | None) -> dict[str, float]:
    if begin is None or end is None:
        return {"start": 0.0, "length": 100.0}
    whole = (end - begin).total_seconds()
    length = max(_SHORTEST, (date.latest - date.earliest).total_seconds() / whole * 100)
    start = min((date.earliest - begin).total_seconds() / whole * 100, 100 - length)
    return {"start": max(0.0, start), "length": length}


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%b} {moment.year}, {moment:%H:%M} UTC" if moment else ""
