"""Dates as they are written, to timeframes: every instant the writing may mean.

Understood are ISO 8601 (whole or down to year, month, day, minute, second), the same with ``/`` or ``.``, RFC 2822, day
and name of the month in the languages of ``data/calendar.toml`` and in any digits, years of the Buddhist and the Solar
Hijri era, and seconds since 1970. ``03/04/2024`` is two different days on two continents and is therefore not a date
here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from provenance.model import DateBasis, Precision, Timeframe
from provenance.text.calendar import calendar, plain_digits
from provenance.text.moments import MAX_YEAR, MIN_YEAR, Moment, moments, words, zone_of

__all__ = ["date_in_url", "find_date", "is_update", "timeframe"]

_EAST = timedelta(hours=14)  # Kiribati: the first zone to see a day
_WEST = timedelta(hours=12)  # Baker Island: the last one
_LONGEST = 100  # code points; no date is longer
_LONGEST_LINE = 200  # code points; longer lines are sentences that mention a date

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
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,9})?")
_MAIL = re.compile(r"[A-Za-z]{3},\s?\d{1,2}\s[A-Za-z]{3}\s\d{4}\s\d{2}:\d{2}.{0,20}")
_MONTH_OF_YEAR = re.compile(r"(?P<name>[^\d]{3,30}?)[.,]?\s(?P<year>\d{4})")
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{1,2})[/-]?(\d{2})(?:[/_.-]|$)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def timeframe(written: str, basis: DateBasis, *, language: str | None = None) -> Timeframe | None:
    """Read a date and nothing else; ``None`` when it is not one, or may mean two different days.

    ``language`` (ISO 639-1) decides where one name is two months.
    """
    stripped = written.strip()
    if not stripped or len(stripped) > _LONGEST:
        return None
    try:
        return (
            _strict(stripped, basis)
            or _mail(stripped, basis)
            or _worded(stripped, basis, language)
            or _month_of_year(stripped, basis, language)
            or _epoch(stripped, basis)
        )
    except (ValueError, OverflowError):
        return None


def find_date(line: str, basis: DateBasis, *, language: str | None = None) -> Timeframe | None:
    """Find the day a short line says a text was published on; ``None`` when it gives none, or several.

    Labels decide between dates: one of publication wins, one of a later change loses, and stands only where the line
    has no other. ``written`` of the result is the date without its label.
    """
    if len(line) > _LONGEST_LINE:
        return None
    found = moments(line, language)
    if not found:
        return None
    labels = _labels(line, found)
    known = calendar()
    published = [moment for moment, label in zip(found, labels, strict=True) if _says(label, known.published)]
    unchanged = [moment for moment, label in zip(found, labels, strict=True) if not _says(label, known.updated)]
    chosen = published or unchanged or found
    if len({moment.begins.date() for moment in chosen}) > 1:
        return None
    best = max(chosen, key=lambda moment: (moment.precision is not Precision.DAY, -moment.start))
    try:
        return _frame(best.begins, best.precision, line[best.start : best.end].strip(), basis)
    except OverflowError:
        return None


def is_update(line: str) -> bool:
    """Say whether a date line gives only the time of a later change."""
    known = calendar()
    return _says(line, known.updated) and not _says(line, known.published)


def date_in_url(url: str) -> Timeframe | None:
    """Read the day many addresses carry in their path (``/2024/05/01/``)."""
    path = url.split("://", 1)[-1].partition("?")[0]
    found = _IN_URL.search(path)
    return timeframe("-".join(found.groups()), DateBasis.URL) if found else None


def _labels(line: str, found: Sequence[Moment]) -> list[str]:
    """Give what stands beside each date: before it, or after it where only the end of the line has a label."""
    starts = [0, *(moment.end for moment in found)]
    ends = [*(moment.start for moment in found), len(line)]
    gaps = [line[start:end] for start, end in zip(starts, ends, strict=True)]
    known = calendar()
    labels = known.published | known.updated
    closes = _says(gaps[-1], labels) and not _says(gaps[0], labels)
    return gaps[1:] if closes else gaps[:-1]


def _says(label: str, phrases: frozenset[str]) -> bool:
    spoken = words(label)
    joined = f" {' '.join(spoken)} "
    unspaced = "".join(spoken) if _UNSPACED.search(label) else ""
    return any(
        f" {phrase} " in joined or (unspaced and phrase in unspaced and _UNSPACED.match(phrase)) for phrase in phrases
    )


def _strict(written: str, basis: DateBasis) -> Timeframe | None:
    for pattern in (_ISO, _COMPACT):
        if found := pattern.fullmatch(plain_digits(written)):
            return _from_groups(found.groupdict(), written, basis)
    return None


def _from_groups(group: dict[str, str | None], written: str, basis: DateBasis) -> Timeframe | None:
    month, day, hour, year = group["month"], group["day"], group["hour"], int(str(group["year"]))
    if (hour is not None and day is None) or not MIN_YEAR <= year <= MAX_YEAR:
        return None
    start = datetime(
        year,
        int(month or 1),
        int(day or 1),
        int(hour or 0),
        int(group["minute"] or 0),
        min(int(group["second"] or 0), 59),  # a leap second is in the minute it ends
        tzinfo=zone_of(group["zone"]),
    )
    if hour is not None:
        precision = Precision.MINUTE if group["second"] is None else Precision.SECOND
    else:
        precision = Precision.YEAR if month is None else Precision.MONTH if day is None else Precision.DAY
    return _frame(start, precision, written, basis)


def _worded(written: str, basis: DateBasis, language: str | None) -> Timeframe | None:
    found = moments(written, language)
    if len(found) != 1 or not _only_company(written[: found[0].start] + " " + written[found[0].end :]):
        return None
    return _frame(found[0].begins, found[0].precision, written, basis)


def _only_company(rest: str) -> bool:
    known = calendar()
    return all(word in known.names or word in known.labels for word in words(rest)) and not any(map(str.isdigit, rest))


def _month_of_year(written: str, basis: DateBasis, language: str | None) -> Timeframe | None:
    found = _MONTH_OF_YEAR.fullmatch(plain_digits(written))
    month = calendar().month(" ".join(words(found["name"])), language) if found else None
    if found is None or month is None or not MIN_YEAR <= int(found["year"]) <= MAX_YEAR:
        return None
    return _frame(datetime(int(found["year"]), month, 1), Precision.MONTH, written, basis)  # noqa: DTZ001  no zone is written


def _epoch(written: str, basis: DateBasis) -> Timeframe | None:
    found = _EPOCH.fullmatch(written)
    return _frame(datetime.fromtimestamp(int(found[1]), UTC), Precision.SECOND, written, basis) if found else None


def _mail(written: str, basis: DateBasis) -> Timeframe | None:
    if _MAIL.fullmatch(written) is None:
        return None
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
