"""Lines that hold a date and hardly anything else.

A page's date line mixes a date, a clock, a zone and a few words such as "published" or "min read", in any order and
language. Instead of a list of formats, what such a line is made of is counted: it has a digit, something that makes
the digits a date, and almost no word that is neither the name of a month or day nor a date line's usual company.
"""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.text.calendar import calendar

__all__ = ["date_line", "dated_label", "stated_date"]

MAX_DATE_LINE = 120  # code points; longer lines are sentences that mention a date
MAX_FOREIGN_WORDS = 1  # a place ("Kyiv, 21 March 2025") or a word no list knows
_MAX_FOREIGN_SHARE = 0.34  # of the words, so that "Chapter 4 May" alone does not count

MIN_LABEL = 3  # code points of a label that counts: prepositions beside a date say nothing

MAX_LABEL_WORDS = 4  # of a desk, a section or a name beside a date

_PARTED = re.compile(r" [|•·—–] ")
_TOKEN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f\u200c]+[^\W\d_]*)*|\d+")
_NUMERIC = re.compile(
    r"(?<!\d)(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d\d"
    r"|(?:19|20)\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}"
    r"|(?:19|20)\d\d\s?[年년]|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])(?!\d)"
)
_EASTERN_NUMERIC = re.compile(r"[۰-۹٠-٩०-९]{1,4}\s?[/.-]\s?[۰-۹٠-٩०-९]{1,2}\s?[/.-]\s?[۰-۹٠-٩०-९]{1,4}")
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.h][0-5]\d(?!\d)")
_RELATIVE = frozenset(
    (
        "ago",
        "vor",
        "hace",
        "il",
        "fa",
        "há",
        "geleden",
        "yang",
        "önce",
        "тому",
        "назад",
        "temu",
        "منذ",
        "پیش",
        "前",
        "전",
        "पहले",
        "hours",
        "hour",
        "heures",
        "horas",
    )
)


def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    known = calendar()
    return known.names, known.labels


def date_line(text: str) -> bool:
    """Say whether a line is a date line: when (and at most where) and nothing else."""
    return len(text) <= MAX_DATE_LINE and _date_line(text)


@lru_cache(maxsize=1 << 12)  # several questions about a line begin with this one
def _date_line(text: str) -> bool:
    if not any(character.isdigit() for character in text):
        return False
    names, labels = _vocabulary()
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    words = [token for token in tokens if not token.isdigit()]
    foreign = [word for word in words if word not in names and word not in labels and not _dense_date(word)]
    if len(foreign) > MAX_FOREIGN_WORDS or len(foreign) > max(1.0, _MAX_FOREIGN_SHARE * len(tokens)):
        return False
    return _dated(text, tokens, names)


def stated_date(text: str) -> bool:
    """Say whether a date line says what happened then, or gives the clock: a bare date may be a subheading."""
    if not date_line(text):
        return False
    _, labels = _vocabulary()
    words = [token.casefold() for token in _TOKEN.findall(text)]
    return _CLOCK.search(text) is not None or any(len(word) >= MIN_LABEL and word in labels for word in words)


def dated_label(text: str) -> bool:
    """Say whether a line is a date line beside a short label: "City Desk | 4 April 2025"."""
    parts = [part.strip() for part in _PARTED.split(text)]
    dated = [date_line(part) for part in parts]
    labels = [part for part, is_date in zip(parts, dated, strict=True) if not is_date]
    return any(dated) and len(labels) == 1 and len(labels[0].split()) <= MAX_LABEL_WORDS


def _dense_date(word: str) -> bool:
    """Tell "年", "月", "时间" and other runs of date words written without spaces."""
    _, labels = _vocabulary()
    return all(sign in labels for sign in word)


def _dated(text: str, tokens: list[str], names: frozenset[str]) -> bool:
    if _NUMERIC.search(text) or _EASTERN_NUMERIC.search(text):
        return True
    if any(token in names for token in tokens) and any(token.isdigit() for token in tokens):
        return True
    if _CLOCK.search(text):
        return len(tokens) >= 3  # noqa: PLR2004  a clock of two numbers and a word: a bare score "2:30" is none
    return bool(_RELATIVE.intersection(tokens))
