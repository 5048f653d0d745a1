"""Dates wherever they stand in a short line, in the month names, digits and orders of many languages.

A format is not tried after another: what stands between a day and a year is looked at, and is a date when it holds the
name of one month and hardly another word. A clock counts when only a date line's usual words part it from its day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from provenance.model import Precision
from provenance.text.calendar import calendar, from_solar_hijri, plain_digits

__all__ = ["MAX_YEAR", "MIN_YEAR", "Moment", "hour_of_day", "moments", "numeric_day", "words", "zone_of"]

MIN_YEAR, MAX_YEAR = 1500, 2100
"""Four digits in this range are a Gregorian year; what is dated before was never news."""

_BUDDHIST = 543  # years the era of Thailand is ahead
_BUDDHIST_YEARS = range(2440, 2644)
_SOLAR_YEARS = range(1300, 1450)
_MONTHS = 12
_CLOCK_WITHIN = 36  # code points between a day and its clock
_BEFORE = 24  # code points before the day of a month that is written first
_GAP_WORDS = 4  # "at", "à", "alle ore", "Uhr", "a las"

_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?!\d)(?P<middle>\D{2,40})(?P<year>\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[.,،]{0,2}\s{1,2}(?:de\s)?(?P<year>\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<middle>\D{3,40})(?P<day>\d{1,2})(?!\d)")
_NUMBERED = (
    re.compile(r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]?"),
    re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])\s?(?P<month>\d{1,2})\2\s?(?P<day>\d{1,2})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})\s(?:tháng|thg)\s(?P<month>\d{1,2})(?:,|\snăm)?\s(?P<year>\d{4})(?!\d)", re.IGNORECASE
    ),
)
_EITHER_FIRST = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"
)
_WORD = re.compile(r"[^\s\d.,،:;|/()\[\]<>–—•·«»_-]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "º", "ª", "го", "е", "a", "e", "m"})
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "edt": -4, "est": -5, "cdt": -5, "mdt": -6, "pdt": -7, "wat": 1, "cet": 1, "mez": 1,
    "cest": 2, "mesz": 2, "eet": 2, "cat": 2, "sast": 2, "eest": 3, "msk": 3, "eat": 3, "pkt": 5, "wib": 7, "wita": 8,
    "hkt": 8, "sgt": 8, "wit": 9, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
}  # fmt: skip
"""Hours east of Greenwich. Names in use on two continents (CST, IST, BST, PST, MST) are left out: no zone is known."""
_OFFSET = r"(?:(?:utc|gmt)\s?)?[+-]\d{1,2}(?::?\d{2})?"
_NOON = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in a line: the half-open range of its code points, and the instant it begins at.

    ``begins`` has a zone only where one is written.
    """

    start: int
    end: int
    begins: datetime
    precision: Precision = Precision.DAY


def words(text: str) -> list[str]:
    """List the words of a date line, casefolded."""
    return [word.casefold() for word in _WORD.findall(text)]


def moments(line: str, language: str | None = None) -> list[Moment]:
    """Find the dates of a line, in order and without overlap, each with its clock.

    A date that may mean two different days is not one. ``language`` (ISO 639-1) decides between months of one name.
    """
    plain = plain_digits(line.replace("\u200e", " ").replace("\u200f", " "))
    found: list[Moment] = []
    for moment in sorted(_days(plain, language), key=lambda moment: (moment.start, -moment.end)):
        if not found or moment.start >= found[-1].end:
            found.append(_with_clock(moment, plain))
    return found


def _days(text: str, language: str | None) -> Iterator[Moment]:
    for pattern in _NUMBERED:
        for match in pattern.finditer(text):
            yield from _day(match.span(), int(match["year"]), int(match["month"]), int(match["day"]))
    for match in _EITHER_FIRST.finditer(text):
        month_day = numeric_day(int(match["first"]), int(match["second"]), match["mark"])
        if month_day:
            yield from _day(match.span(), int(match["year"]), *month_day)
    for pattern in (_DAY_FIRST, _YEAR_FIRST):
        for match in _overlapping(pattern, text):
            yield from _named(match.span(), match["middle"], match, language)
    for match in _MONTH_FIRST.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        for name in _endings(before):
            if found := list(_named((match.start() - len(name), match.end()), name, match, language)):
                yield from found
                break


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    position = 0
    while found := pattern.search(text, position):
        yield found
        position = found.start() + 1


def _endings(before: str) -> Iterator[str]:
    """Give the last word, then the last two: names of months are one word or two."""
    found = list(_WORD.finditer(before))
    for count in (1, 2):
        if len(found) >= count:
            yield before[found[-count].start() :]


def _named(span: tuple[int, int], middle: str, match: re.Match[str], language: str | None) -> Iterator[Moment]:
    named = [word for word in words(middle) if word not in _ORDINALS]
    year, day = int(match["year"]), int(match["day"])
    if (solar := _sole(named, calendar().solar_months.get)) and year in _SOLAR_YEARS:
        yield from _solar(span, year, solar, day)
    elif month := _sole(named, lambda name: calendar().month(name, language)):
        yield from _day(span, year, month, day)


def _sole(named: list[str], number_of: Callable[[str], int | None]) -> int | None:
    """Find the one month some words name; ``None`` when a word is left that belongs to no date."""
    numbers: set[int] = set()
    index = 0
    while index < len(named):
        for length in (2, 1):
            number = number_of(" ".join(named[index : index + length]))
            if number and index + length <= len(named):
                numbers.add(number)
                break
        else:
            length = 1
            if named[index] not in calendar().labels:
                return None
        index += length
    return numbers.pop() if len(numbers) == 1 else None


def _day(span: tuple[int, int], year: int, month: int, day: int) -> Iterator[Moment]:
    if year in _BUDDHIST_YEARS:
        year -= _BUDDHIST
    if MIN_YEAR <= year <= MAX_YEAR:
        try:
            yield Moment(*span, datetime(year, month, day))  # noqa: DTZ001  no zone is written
        except ValueError:
            return


def _solar(span: tuple[int, int], year: int, month: int, day: int) -> Iterator[Moment]:
    try:
        begins = from_solar_hijri(year, month, day)
    except ValueError:
        return
    yield Moment(*span, datetime(begins.year, begins.month, begins.day))  # noqa: DTZ001  no zone is written


def numeric_day(first: int, second: int, mark: str) -> tuple[int, int] | None:
    """Tell month and day of two numbers before a year; ``None`` when they may mean two different days.

    Dots are written day first wherever they are written; with other marks only a number above 12 decides.
    """
    if mark == "." or first > _MONTHS or first == second:
        return second, first
    return (first, second) if second > _MONTHS else None


def _with_clock(moment: Moment, text: str) -> Moment:
    after = text[moment.end : moment.end + _CLOCK_WITHIN]
    if (clock := _clock().search(after)) and _joins(after[: clock.start()]):
        return _at(moment, clock, moment.start, moment.end + clock.end())
    first = max(0, moment.start - _CLOCK_WITHIN)
    before = text[first : moment.start]
    for clock in _clock().finditer(before):
        if _joins(before[clock.end() :]):
            return _at(moment, clock, first + clock.start(), moment.end)
    return moment


def _joins(gap: str) -> bool:
    """Say whether what parts a day from a clock belongs to both."""
    known = calendar()
    between = words(gap)
    return (
        len(between) <= _GAP_WORDS
        and not any(sign.isdigit() for sign in gap)
        and all(word in known.labels or word in known.names or word == "t" for word in between)
        and not any(word in known.updated or word in known.published for word in between)
    )


def _at(moment: Moment, clock: re.Match[str], start: int, end: int) -> Moment:
    hour = hour_of_day(int(clock["hour"]), (clock["before"] or clock["half"] or "").casefold().rstrip("."))
    second = clock["second"]
    try:
        begins = moment.begins.replace(
            hour=hour, minute=int(clock["minute"]), second=min(int(second or 0), 59), tzinfo=zone_of(clock["zone"])
        )
    except ValueError:
        return moment
    return replace(
        moment, start=start, end=end, begins=begins, precision=Precision.SECOND if second else Precision.MINUTE
    )


def hour_of_day(hour: int, half: str) -> int:
    """Turn the hour of a clock of twelve into one of twenty-four; an empty half leaves it."""
    if half in calendar().afternoon:
        return hour % _NOON + _NOON if hour <= _NOON else hour
    return hour % _NOON if half in calendar().morning and hour <= _NOON else hour


def zone_of(written: str | None) -> timezone | None:
    """Read a zone; ``None`` for none, or for a name that means several."""
    if not written:
        return None
    stated = written.strip().lower()
    if stated in _ZONES:
        return timezone(timedelta(hours=_ZONES[stated])) if _ZONES[stated] else UTC
    sign = -1 if "-" in stated else 1
    hours, _, minutes = re.split(r"[+-]", stated)[-1].partition(":")
    if not minutes and len(hours) > 2:  # noqa: PLR2004  +0530
        hours, minutes = hours[:-2], hours[-2:]
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes or 0)))


@cache
def _clock() -> re.Pattern[str]:
    halves = sorted(calendar().morning | calendar().afternoon, key=len, reverse=True)
    half = "|".join(re.escape(mark) for mark in halves)
    zones = "|".join(sorted(_ZONES, key=len, reverse=True))
    return re.compile(
        rf"(?<![\d.:])(?P<before>{half})?\s?(?<!\d)(?P<hour>[01]?\d|2[0-3])(?:\s?[:.hH時时시点點]\s?)(?P<minute>[0-5]\d)(?!\d)"
        rf"\s?[分분]?(?::(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?"
        rf"(?:\s?(?P<half>{half})\.?(?![^\W\d_]))?(?:\s?\(?(?P<zone>{_OFFSET}|(?:{zones})(?![^\W\d_]))\)?)?",
        re.IGNORECASE,
    )
