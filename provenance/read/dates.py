"""Dates as they are written, to timeframes: every instant the writing may mean.

Understood are ISO 8601 (whole or down to year, month, day, minute, second), the same with ``/`` or ``.``, RFC 2822,
day and month name in English, and seconds since 1970. ``03/04/2024`` is two different days on two continents and is
therefore not a date here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from provenance.model import DateBasis, Precision, Timeframe

__all__ = ["date_in_url", "timeframe"]

_EAST = timedelta(hours=14)  # Kiribati: the first zone to see a day
_WEST = timedelta(hours=12)  # Baker Island: the last one
_LONGEST = 100  # code points; no date is longer

_ISO = re.compile(
    r"(?P<year>\d{4})(?:([-/.])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?)?"
    r"(?:[T\s]{1,2}(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?"
    r"(?P<zone>Z|[+-]\d{4})?"
)
_MONTH_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_CLOCK = (
    r"(?:,?\s{1,2}(?:at\s)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"\s?(?P<half>am|pm|a\.m\.|p\.m\.)?\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s{1,2})?"
_NAMED = (
    re.compile(
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s{1,2}" + _MONTH_NAME + r",?\s{1,2}(?P<year>\d{4})" + _CLOCK,
        re.IGNORECASE,
    ),
    re.compile(
        _WEEKDAY + _MONTH_NAME + r"\s{1,2}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(?P<year>\d{4})" + _CLOCK,
        re.IGNORECASE,
    ),
    re.compile(_MONTH_NAME + r",?\s{1,2}(?P<year>\d{4})", re.IGNORECASE),
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,9})?")
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{1,2})[/-]?(\d{2})(?:[/_.-]|$)")
_MONTHS = 12
_NOON = 12


def timeframe(written: str, basis: DateBasis) -> Timeframe | None:
    """Read a date; ``None`` when it is not one, or may mean two different days."""
    stripped = written.strip()
    if not stripped or len(stripped) > _LONGEST:
        return None
    try:
        return (
            _matched(stripped, basis) or _numeric(stripped, basis) or _epoch(stripped, basis) or _mail(stripped, basis)
        )
    except (ValueError, OverflowError):
        return None


def date_in_url(url: str) -> Timeframe | None:
    """Read the day many addresses carry in their path (``/2024/05/01/``)."""
    path = url.split("://", 1)[-1].partition("?")[0]
    found = _IN_URL.search(path)
    return timeframe("-".join(found.groups()), DateBasis.URL) if found else None


def _matched(written: str, basis: DateBasis) -> Timeframe | None:
    for pattern in (_ISO, _COMPACT, *_NAMED):
        if found := pattern.fullmatch(written):
            return _from_groups(found.groupdict(), written, basis)
    return None


def _from_groups(group: dict[str, str | None], written: str, basis: DateBasis) -> Timeframe | None:
    month = group.get("month") or (_NAMES.index(str(group["name"])[:3].lower()) + 1 if group.get("name") else None)
    day, hour = group.get("day"), group.get("hour")
    if hour is not None and day is None:
        return None
    start = datetime(
        int(str(group["year"])),
        int(month or 1),
        int(day or 1),
        _hour(int(hour or 0), group.get("half")),
        int(group.get("minute") or 0),
        min(int(group.get("second") or 0), 59),  # a leap second is in the minute it ends
        tzinfo=_zone(group.get("zone")),
    )
    if hour is not None:
        precision = Precision.MINUTE if group.get("second") is None else Precision.SECOND
    else:
        precision = Precision.YEAR if month is None else Precision.MONTH if day is None else Precision.DAY
    return _frame(start, precision, written, basis)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % _NOON + (_NOON if half[0] in "pP" else 0)


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _numeric(written: str, basis: DateBasis) -> Timeframe | None:
    found = _NUMERIC.fullmatch(written)
    if found is None:
        return None
    first, second = int(found["first"]), int(found["second"])
    # Dots are written day first wherever they are written; with other marks only a number above 12 decides.
    day_first = found["mark"] == "." or first > _MONTHS or first == second
    if not day_first and second <= _MONTHS:
        return None
    day, month = (first, second) if day_first else (second, first)
    return _frame(datetime(int(found["year"]), month, day), Precision.DAY, written, basis)  # noqa: DTZ001  no zone is written


def _epoch(written: str, basis: DateBasis) -> Timeframe | None:
    found = _EPOCH.fullmatch(written)
    return _frame(datetime.fromtimestamp(int(found[1]), UTC), Precision.SECOND, written, basis) if found else None


def _mail(written: str, basis: DateBasis) -> Timeframe | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  costs every start more than all the rest here

    moment = parsedate_to_datetime(written)
    # RFC 2822 writes -0000 for "UTC, place unknown", which the library gives without a zone.
    return _frame(moment if moment.tzinfo else moment.replace(tzinfo=UTC), Precision.SECOND, written, basis)


def _frame(start: datetime, precision: Precision, written: str, basis: DateBasis) -> Timeframe:
    end = _end(start, precision)
    if start.tzinfo is None:
        return Timeframe(start.replace(tzinfo=UTC) - _EAST, end.replace(tzinfo=UTC) + _WEST, precision, basis, written)
    return Timeframe(start.astimezone(UTC), end.astimezone(UTC), precision, basis, written)


def _end(start: datetime, precision: Precision) -> datetime:
    match precision:
        case Precision.YEAR:
            return start.replace(year=start.year + 1)
        case Precision.MONTH:
            return (start + timedelta(days=31)).replace(day=1)
        case Precision.DAY:
            return start + timedelta(days=1)
        case Precision.MINUTE:
            return start + timedelta(minutes=1)
        case Precision.SECOND:
            return start + timedelta(seconds=1)
