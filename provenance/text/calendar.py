"""What dates are made of in many languages: names of months and weekdays, digits, labels, calendars.

The names come from ``data/calendar.toml``, read once a process by the first date that needs them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

__all__ = ["Calendar", "calendar", "from_solar_hijri", "plain_digits"]

_LEAST_WORD = 2  # code points; single signs tell nothing of a date
_SOLAR_EPOCH = date(622, 3, 21)
_SOLAR_CYCLE = 33  # years with 8 leap years; exact from 1178 to 1633 (Borkowski 1996, "The Persian calendar")
_SOLAR_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_LONG_MONTHS = 6  # months of 31 days; the others have 30


@dataclass(frozen=True, slots=True)
class Calendar:
    """The names and labels of all languages, casefolded and without full stops."""

    months: Mapping[str, Mapping[str, int]]
    """Name of a month, to its number by language: Croatian *listopad* is October, Polish *listopad* November."""
    solar_months: Mapping[str, int]
    names: frozenset[str]
    """Single words of the names of months and weekdays."""
    labels: frozenset[str]
    """Single words of a date line's usual company: labels, prepositions, units, zones."""
    published: frozenset[str]
    updated: frozenset[str]
    morning: frozenset[str]
    afternoon: frozenset[str]

    def month(self, name: str, language: str | None = None) -> int | None:
        """Give the number of the month a name stands for; ``None`` when no language has it or two disagree."""
        numbers = self.months.get(name)
        if not numbers:
            return None
        if language is not None and language in numbers:
            return numbers[language]
        found = set(numbers.values())
        return found.pop() if len(found) == 1 else None


@cache
def calendar() -> Calendar:
    """Read the shipped names."""
    from importlib import resources  # noqa: PLC0415  as above

    import rtoml  # noqa: PLC0415  only the first date pays for the names

    data = rtoml.loads((resources.files("provenance.text") / "data" / "calendar.toml").read_text("utf-8"))
    months: dict[str, dict[str, int]] = {}
    for language, names in data["months"].items():
        for number, forms in enumerate(names, start=1):
            for form in forms.split("|"):
                months.setdefault(form, {})[language] = number
    solar = {
        form: number for names in data["solar_hijri"].values() for number, forms in enumerate(names, start=1)
        for form in forms.split("|")
    }  # fmt: skip
    weekdays = (word for line in data["weekdays"].values() for word in line.split())
    month_words = (word for name in months for word in name.split() if len(word) >= _LEAST_WORD)
    return Calendar(
        months=months,
        solar_months=solar,
        names=frozenset((*weekdays, *month_words)),
        labels=frozenset(word for line in data["labels"].values() for word in line.split()),
        published=_phrases(data["published"]),
        updated=_phrases(data["updated"]),
        morning=frozenset(data["halves"]["morning"].split("|")),
        afternoon=frozenset(data["halves"]["afternoon"].split("|")),
    )


def _phrases(table: Mapping[str, str]) -> frozenset[str]:
    return frozenset(phrase for line in table.values() for phrase in line.split("|"))


def plain_digits(text: str) -> str:
    """Write every decimal digit of any script as 0 to 9; one code point stays one code point."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def from_solar_hijri(year: int, month: int, day: int) -> date:
    """Turn a date of Iran's calendar into the Gregorian one; good for the years 1300 to 1500.

    Raises:
        ValueError: there is no such day.
    """
    if not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):  # noqa: PLR2004  months of a year
        raise ValueError(f"no such day: {year}-{month}-{day}")
    cycles, rest = divmod(year - 1, _SOLAR_CYCLE)
    leaps = cycles * len(_SOLAR_LEAPS) + sum(leap <= rest for leap in _SOLAR_LEAPS)
    before = (month - 1) * 30 + min(month - 1, _LONG_MONTHS) + day - 1
    return _SOLAR_EPOCH + timedelta(days=(year - 1) * 365 + leaps + before)


def _days_in(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < 12 or year % _SOLAR_CYCLE in _SOLAR_LEAPS else 29  # noqa: PLR2004  the last month
