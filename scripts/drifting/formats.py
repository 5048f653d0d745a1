"""Other ways to write the same: numbers with and without separators or in words, dates, quotation marks, word order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drifting.wording import Edit, Wording, quoted_places

__all__ = ["reformatted"]

_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{3})+(?![\w.,]*\d)")
_MILLIONS = re.compile(r"(?<![\d.,])(\d+) million\b")
_SAID = re.compile(r"(?<=[,”] )(\w+ )?([A-Z]\w+) said(?= ?[.,]|$)")
_MARKS = str.maketrans({"“": '"', "”": '"', "’": "'", "«": "“", "»": "”"})


def reformatted(sentence: str, wording: Wording) -> Iterator[Edit]:
    """Yield edits that change the form of a fact and not the fact."""
    quoted = quoted_places(sentence)
    for edit in (*_numbers(sentence, wording), *_dates(sentence, wording), *_order(sentence)):
        if not any(edit.start < end and start < edit.end for start, end in quoted):
            yield edit
    yield from _quotations(sentence)


def _numbers(sentence: str, wording: Wording) -> Iterator[Edit]:
    if not wording.thousands:
        return
    for match in _GROUPED.finditer(sentence):
        if wording.thousands in match.group():
            for separator in ("", "\u202f"):
                yield Edit(match.start(), match.end(), match.group().replace(wording.thousands, separator))
    for match in _MILLIONS.finditer(sentence):
        yield Edit(match.start(), match.end(), f"{match[1]},000,000")
    for value, word in enumerate(wording.number_words, start=2):
        for match in re.finditer(rf"(?<![\w-]){word}(?![\w-])", sentence):
            yield Edit(match.start(), match.end(), str(value))
        for match in re.finditer(rf"(?<![\w.,:-]){value}(?= [a-zà-ž]{{3,}})", sentence):
            yield Edit(match.start(), match.end(), word)


def _dates(sentence: str, wording: Wording) -> Iterator[Edit]:
    if wording.language != "en":
        return
    for match in wording.day.finditer(sentence):
        day, month = match["day"], match["month"]
        yield Edit(match.start(), match.end(), f"{day} {month}")
        if len(month) > 5:
            yield Edit(match.start(), match.end(), f"{month[:3]}. {day}")


def _order(sentence: str) -> Iterator[Edit]:
    for match in _SAID.finditer(sentence):
        yield Edit(match.start(), match.end(), f"said {match[1] or ''}{match[2]}")


def _quotations(sentence: str) -> Iterator[Edit]:
    """Write a quotation with other marks, or end it earlier at a comma."""
    for start, end in quoted_places(sentence):
        written = sentence[start:end]
        if "\ue000" in written:
            continue
        yield Edit(start, end, written.translate(_MARKS))
        comma = written.rfind(", ", 0, len(written) - 3)
        if comma > len(written) // 2:
            yield Edit(start, end, written[: comma + 1] + written[-1])
