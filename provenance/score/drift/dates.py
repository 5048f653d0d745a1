"""Times: dates and intervals, and those that changed or lost their exactness on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex

from provenance.model import Drift, DriftKind, PassageKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.numbers import Number, numbers
from provenance.score.drift.statements import Pair, Side, Statement, Whole, common_share, common_weight

__all__ = ["Time", "TimeKind", "date_drift", "times"]

MIN_YEAR, MAX_YEAR = 1500, 2100
"""Four bare digits in this range that count nothing are a year."""

CLOSE_WEIGHT = 1.5
"""Zipf steps two times must have in common around them to be times of one event: one telling word."""

MOVED_WEIGHT = 3.0
"""The same for two dates of one kind in sentences told in other words: reports of one event give many dates."""

MOVED_SHARE = 0.4
"""Share of the neighbourhood two such dates must have in common: nearly half."""

IN_PLACE = 10.0
"""Zipf steps that a place between kept words is worth: more than any neighbourhood."""

SECONDS_A_DAY = 86_400.0

RADIUS = 12
"""Words on either side of a time in which common words count: a time may open or close its sentence."""


class TimeKind(StrEnum):
    """How a text gives a time."""

    WEEKDAY = "weekday"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"
    RELATIVE = "relative"
    """In days from the day of writing; a hundredth of its length is the period at hand ("this week": 0.07)."""
    VAGUE = "vague"


@dataclass(frozen=True)
class Time:
    """A time in a statement: its kind, its value in that kind's terms and the half-open range of its words."""

    kind: TimeKind
    value: tuple[float, ...]
    first: int
    end: int


def times(statement: Statement) -> list[Time]:
    """List the times of a statement in order; none overlaps another."""
    found = sorted(_candidates(statement), key=lambda time: (-(time.end - time.first), time.first))
    kept: list[Time] = []
    for time in found:
        if all(time.end <= other.first or other.end <= time.first for other in kept):
            kept.append(time)
    return sorted(kept, key=lambda time: time.first)


def _candidates(statement: Statement) -> Iterator[Time]:
    figures = numbers(statement)
    yield from _calendar(statement, figures)
    yield from _intervals(statement, figures)
    yield from _numbered(statement)
    for cue in statement.of("relative-time"):
        yield Time(TimeKind.RELATIVE, (cue.value,), cue.first, cue.end)
    for cue in statement.of("vague-time"):
        yield Time(TimeKind.VAGUE, (), cue.first, cue.end)
    for cue in statement.of("weekday"):
        if _is_written_as_name(statement, cue):
            yield Time(TimeKind.WEEKDAY, (cue.value,), cue.first, cue.end)
    for number in figures:
        if len(number.digits) == 4 and MIN_YEAR <= number.value <= MAX_YEAR and number.end - number.first == 1:  # noqa: PLR2004  a year
            yield Time(TimeKind.YEAR, (number.value,), number.first, number.end)


def _is_written_as_name(statement: Statement, cue: Cue) -> bool:
    """Refuse "may", "mar", "sun" in small letters where the language writes months and weekdays with a capital."""
    if statement.whole.language != "en":
        return True
    return statement.whole.text[statement.words[cue.first].start].isupper()


def _calendar(statement: Statement, figures: list[Number]) -> Iterator[Time]:
    days = {n.first: n for n in figures if n.digits and 1 <= n.value <= 31 and n.value == int(n.value)}  # noqa: PLR2004  days of a month
    behind = {n.end: n for n in days.values()}
    parts = {cue.end: cue for cue in statement.of("part-of-time")}
    linked = statement.whole.language in ("es", "pt", "de", "fr", "it")
    for cue in statement.of("month"):
        if not _is_written_as_name(statement, cue):
            continue
        before = behind.get(cue.first) or (behind.get(cue.first - 1) if linked else None)
        after = days.get(cue.end) if not _comma_behind(statement, cue.end - 1) else None
        if before is not None:
            yield Time(TimeKind.DAY, (cue.value, before.value), before.first, cue.end)
        elif after is not None:
            yield Time(TimeKind.DAY, (cue.value, after.value), cue.first, after.end)
        elif cue.first in parts:
            yield Time(TimeKind.VAGUE, (cue.value,), parts[cue.first].first, cue.end)
        elif not _follows_name(statement, cue):
            yield Time(TimeKind.MONTH, (cue.value,), cue.first, cue.end)


def _numbered(statement: Statement) -> Iterator[Time]:
    """Find days whose month is a number with its own sign (11月17日)."""
    if statement.whole.language not in ("zh", "ja", "ko"):
        return
    starts = {word.start: at for at, word in enumerate(statement.words)}
    for match in _NUMBERED_DAY.finditer(statement.whole.text, statement.span.start, statement.span.end):
        first = starts.get(match.start())
        if first is not None:
            end = next(at for at in range(first, len(statement.words)) if statement.words[at].end >= match.end())
            yield Time(TimeKind.DAY, (float(match[1]), float(match[2])), first, end + 1)


_NUMBERED_DAY = regex.compile(r"([0-9]{1,2})(?:月|월 ?)([0-9]{1,2})(?:日|号|號|일)")


def _comma_behind(statement: Statement, at: int) -> bool:
    """Say whether a comma parts a word from the next one: "in January, 14 ships"."""
    return statement.whole.text[statement.words[at].end : statement.words[at].end + 1] == ","


def _follows_name(statement: Statement, cue: Cue) -> bool:
    """Say whether a month's word is rather a person's name ("Ada March"): the word before it has a capital too."""
    if cue.first == 0:
        return False
    return statement.whole.text[statement.words[cue.first - 1].start].isupper()


def _intervals(statement: Statement, figures: list[Number]) -> Iterator[Time]:
    """Find a count of a unit tied to an event ("one day after"), and the same without a count ("days after")."""
    counts = {number.end: number for number in figures}
    ones = {cue.end: cue for cue in statement.of("one")}
    relations = {cue.first: cue for cue in statement.of("time-relation")}
    for unit in statement.of("time-unit"):
        relation = relations.get(unit.end)
        if relation is None:
            continue
        if unit.first in counts:
            number = counts[unit.first]
            yield Time(TimeKind.INTERVAL, (number.value * unit.value,), number.first, relation.end)
        elif unit.first in ones:
            yield Time(TimeKind.INTERVAL, (unit.value,), ones[unit.first].first, relation.end)
        elif statement.words[unit.first].norm != statement.stems[unit.first]:
            yield Time(TimeKind.VAGUE, (), unit.first, relation.end)


def date_drift(pair: Pair) -> Iterator[Drift]:
    """Find times that changed, and exact ones that became vague."""
    ours, theirs = times(pair.below), times(pair.above)
    new = [time for time in ours if not _stands(time, theirs)]
    lost = [time for time in theirs if not _stands(time, ours)]
    used: set[int] = set()
    for time in new:
        candidates = [(_likeness(pair, time, other), -at) for at, other in enumerate(lost) if at not in used]
        score, at = max(candidates, default=(0.0, 0))
        if score > 0.0:
            used.add(-at)
            other = lost[-at]
            yield pair.changed(
                DriftKind.DATE, Side(pair.below, time.first, time.end), Side(pair.above, other.first, other.end)
            )


def _stands(time: Time, others: list[Time]) -> bool:
    return any(
        (time.kind, time.value) == (other.kind, other.value)
        or (time.kind is TimeKind.MONTH and other.kind is TimeKind.DAY and time.value[0] == other.value[0])
        or (other.kind is TimeKind.MONTH and time.kind is TimeKind.DAY and time.value[0] == other.value[0])
        for other in others
    )


def _likeness(pair: Pair, mine: Time, other: Time) -> float:
    """Weigh whether two unmatched times are times of one event that differ; 0.0 when they do not."""
    below, above = Side(pair.below, mine.first, mine.end), Side(pair.above, other.first, other.end)
    near = common_weight(below, above, RADIUS)
    kept = pair.edited and _same_slot(pair, mine, other)
    if TimeKind.RELATIVE in (mine.kind, other.kind) and {mine.kind, other.kind} <= _FROM_NOW:
        return IN_PLACE + near if kept and _seconds(mine) != _seconds(other) else 0.0
    if mine.kind is other.kind and mine.kind is not TimeKind.VAGUE:
        if kept:
            return IN_PLACE + near
        close = near >= MOVED_WEIGHT and common_share(below, above, RADIUS) >= MOVED_SHARE and not pair.between
        return near if close and pair.kind is not PassageKind.TRANSLATED and not _known(pair, mine, other) else 0.0
    if not _is_blurred(mine, other) or pair.kind is PassageKind.TRANSLATED or _known(pair, mine, other):
        return 0.0
    if kept:
        return IN_PLACE + near
    return near if (near >= CLOSE_WEIGHT and not pair.between) or _part_of(mine, other) else 0.0


_FROM_NOW = frozenset((TimeKind.RELATIVE, TimeKind.INTERVAL))


def _is_blurred(mine: Time, other: Time) -> bool:
    """Say whether the first time is vaguer than the second; "yesterday" is as exact as a date."""
    far = mine.kind is TimeKind.RELATIVE and abs(mine.value[0]) > 1.0
    return (far or mine.kind is TimeKind.VAGUE) and other.kind in (TimeKind.DAY, TimeKind.INTERVAL)


def _seconds(time: Time) -> float:
    """Give how long ago or ahead a time is, whichever way."""
    return abs(time.value[0]) * (SECONDS_A_DAY if time.kind is TimeKind.RELATIVE else 1.0)


def _part_of(vague: Time, exact: Time) -> bool:
    """Say whether a vague time is the part of a month an exact date lies in ("early May" for "May 3")."""
    return exact.kind is TimeKind.DAY and vague.value == exact.value[:1]


def _known(pair: Pair, mine: Time, other: Time) -> bool:
    """Say whether the new time stood upstream already, or the lost one still stands downstream."""
    new = (mine.kind, mine.value)
    if mine.kind not in (TimeKind.VAGUE, TimeKind.RELATIVE) and any(
        (time.kind, time.value) == new for time in times(pair.wider)
    ):
        return True
    return (other.kind, other.value) in _stood(pair.below.whole)


@lru_cache(maxsize=4)
def _stood(whole: Whole) -> frozenset[tuple[TimeKind, tuple[float, ...]]]:
    """Every time of a whole text, computed once for the pair of texts at hand."""
    return frozenset((time.kind, time.value) for time in times(whole.statement))


def _same_slot(pair: Pair, mine: Time, other: Time) -> bool:
    return any(
        set(below) & set(range(mine.first, mine.end)) and set(above) & set(range(other.first, other.end))
        for below, above in pair.slots()
    )
