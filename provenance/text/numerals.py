"""Numbers as languages write them: digits of any script, separators of any convention, scales of Chinese and Japanese.

The same amount is 1,250,000 in English, 1.250.000 in German, 1 250 000 in Russian and 125万 in Japanese. What all of
them share are the significant digits, so a figure is known by these: no language has to be known to compare them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from provenance.model import Span
from provenance.text.calendar import plain_digits

__all__ = ["Figure", "figures"]

_FIGURE = regex.compile(
    r"(\p{Nd}{1,3}(?:[\u0020\u00a0\u202f]\p{Nd}{3}(?!\p{Nd}))+|\p{Nd}+(?:[.,'’٬٫．，]\p{Nd}+)*+)"
    r"([十百千万萬億亿兆만억조]?)"
)
_LETTER = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")
_SEPARATOR = regex.compile(r"[^0-9]+")
_YEARS = range(1800, 2200)
_FULL_GROUP = 3  # digits between two separators of thousands
_LONG = 4  # digits from which zeros at the end are taken for a scale


class Figure(NamedTuple):
    """A number in a text: its significant digits (a year whole), and its place."""

    digits: str
    span: Span


def figures(text: str, place: Span) -> Iterator[Figure]:
    """List the numbers written in digits in a place of a text, in order; digits behind a letter are part of a code."""
    for found in _FIGURE.finditer(text, place.start, place.end):
        if found.start() and _LETTER.match(text, found.start() - 1):
            continue  # a code such as "F16"
        yield Figure(_significant(plain_digits(found[1]), scaled=bool(found[2])), Span(*found.span()))


def _significant(written: str, *, scaled: bool) -> str:
    groups = [group for group in _SEPARATOR.split(written) if group]
    digits = "".join(groups)
    if len(groups) == 1 and not scaled and len(digits) == _LONG and int(digits) in _YEARS:
        return digits
    decimal = len(groups) > 1 and len(groups[-1]) != _FULL_GROUP
    digits = digits.lstrip("0") or "0"
    return digits.rstrip("0") or "0" if decimal or scaled or len(digits) >= _LONG else digits
