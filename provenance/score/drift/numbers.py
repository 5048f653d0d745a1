"""Numbers: what a text counts, and counts that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from provenance.model import Drift, DriftKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.statements import Pair, Side, Statement, Whole, common_share, common_weight
from provenance.text.words import UNSPACED

__all__ = ["Number", "is_taken", "number_drift", "number_side", "number_values", "numbers", "same_number"]

_DIGITS = regex.compile(
    rf"(?:(?<![\p{{L}}\p{{N}}])|(?<=[{UNSPACED}]))(?<!\p{{N}}:)"
    r"(?:\p{Nd}{1,3}(?:[\u0020\u00a0\u202f]\p{Nd}{3}(?!\p{N}))+|\p{Nd}+(?:[.,'’٬٫]\p{Nd}+)*+)(?!:\p{N})"
)
"""Digits with separators; a space separates only whole groups of three, and a colon makes a time of day."""

_GROUPED = regex.compile(r"\p{Nd}{1,3}(?:[.,'’٬\u0020\u00a0\u202f]\p{Nd}{3})+")
_CURRENCY = "$€£¥₹₺₽₩₴₪฿₫"

ROUNDED_FROM = 1000
"""From here a rounder figure is taken for a rounding even where no word announces it: "12,000" for "12,400"."""

ROUNDING_DIGITS = 2
"""Digits an unannounced rounding must keep; with a word like "about" one is enough."""

CLOSE_WEIGHT = 1.5
"""Zipf steps two numbers that count the same thing must have in common around them: one telling word beside it."""

CLOSE_SHARE = 0.3
"""Share of the neighbourhood they must have in common besides: a third."""

FAR_WEIGHT = 2.5
"""The same where they do not name the same unit, but are written alike (38, 83): two telling words or a rare one."""

SLOT_WORDS = 3
"""Words of a changed place between kept words at most, for a number in it to stand for the one on the other side."""


@dataclass(frozen=True)
class Number:
    """A number in a statement: its value, the half-open range of its words, and what it counts."""

    value: float
    first: int
    end: int
    digits: str
    """Its digits without separators; empty for a number word."""
    unit: str
    """Stem of the word it counts (or a currency or percent sign); empty where none follows."""
    rounded: bool
    """A word before it announces that it is rounded."""


def numbers(statement: Statement) -> list[Number]:
    """List the numbers of a statement in order, those of dates included; codes such as "F4410" are no numbers."""
    found: list[Number] = []
    starts = {word.start: at for at, word in enumerate(statement.words)}
    cues = {cue.first: cue for cue in statement.of("number")}
    scales = {cue.first: cue for cue in statement.of("scale")}
    written = {
        starts[match.start()]: match.group()
        for match in _DIGITS.finditer(statement.whole.text, statement.span.start, statement.span.end)
        if match.start() in starts
    }
    at = 0
    while at < len(statement.words):
        number = _number_at(statement, at, written, cues, scales)
        if number is not None:
            found.append(number)
        at = number.end if number is not None else at + 1
    return found


def _number_at(
    statement: Statement, at: int, written: dict[int, str], cues: dict[int, Cue], scales: dict[int, Cue]
) -> Number | None:
    if at in written:
        digits = written[at]
        value, end = parse_number(digits, statement.whole.cues.decimal), _end_word(statement, at, len(digits))
        if end is None:
            return None
    elif at in cues:
        digits = ""
        value, end = cues[at].value, cues[at].end
        if 20 <= value < 100 and end in cues and 0 < cues[end].value < 10:  # noqa: PLR2004  "twenty" + "one"
            value, end = value + cues[end].value, cues[end].end
    else:
        return None
    while end in scales:
        value, end = value * scales[end].value, scales[end].end
    plain = "".join(str(int(char)) for char in digits if char.isdecimal())
    return Number(value, at, end, plain, _unit(statement, at, end), _rounded(statement, at))


def _end_word(statement: Statement, first: int, length: int) -> int | None:
    """Give the word behind written digits; ``None`` where letters continue them: an ordinal or a code."""
    stop = statement.words[first].start + length
    end = first
    while end < len(statement.words) and statement.words[end].end <= stop:
        end += 1
    inside = end < len(statement.words) and statement.words[end].start < stop
    return None if inside or end == first else end


def parse_number(written: str, decimal: str) -> float:
    """Read digits with separators; groups of three are thousands, but for a lone one behind the decimal sign."""
    other = "," if decimal == "." else "."
    parts = written.replace("٫", ".").replace("٬", ",")
    if _GROUPED.fullmatch(written) and not (parts.count(decimal) == 1 and other not in parts):
        return float("".join(char for char in parts if char.isdecimal()))
    whole, _, fraction = parts.rpartition(decimal) if decimal in parts else parts.rpartition(other)
    if not whole:
        whole, fraction = fraction, ""
    figures = "".join(char for char in whole if char.isdecimal())
    return float(f"{figures or '0'}.{''.join(char for char in fraction if char.isdecimal()) or '0'}")


def _unit(statement: Statement, first: int, end: int) -> str:
    text, words = statement.whole.text, statement.words
    stop = words[end - 1].end
    if text[stop : stop + 2].lstrip()[:1] in ("%", "％", "٪"):
        return "%"
    before = text[words[first].start - 1 : words[first].start]
    if before and before in _CURRENCY:
        return before
    skipped = {at for cue in statement.of("approximate") for at in range(cue.first, cue.end)}
    for at in range(end, min(len(words), end + 2)):
        if any(char in text[words[at - 1].end : words[at].start] for char in ",.;:!?()\n"):
            return ""
        if statement.weights[at] > 0.0 and at not in skipped:
            return "%" if words[at].norm in ("percent", "pct") else statement.stems[at]
    return ""


def _rounded(statement: Statement, first: int) -> bool:
    return any(cue.end == first or cue.end == first - 1 for cue in statement.of("approximate"))


def number_drift(pair: Pair, taken: Sequence[tuple[Statement, range]] = ()) -> Iterator[Drift]:
    """Find numbers that changed: unmatched on both sides, counting the same thing or standing in the same place.

    Args:
        pair: two statements that answer to one another.
        taken: words that belong to dates and are compared as such.
    """
    ours = [number for number in numbers(pair.below) if not is_taken(pair.below, number, taken)]
    theirs = [number for number in numbers(pair.above) if not is_taken(pair.above, number, taken)]
    lost = [number for number in theirs if not any(same_number(number, other) for other in ours)]
    new = [n for n in ours if not any(same_number(n, o) for o in theirs)]
    scored = sorted(
        ((score, mine, other) for mine in new for other in lost if (score := _likeness(pair, mine, other)) > 0.0),
        key=lambda one: (-one[0], one[1].first, one[2].first),
    )
    used: set[tuple[str, int]] = set()
    for _, mine, other in scored:
        if {("below", mine.first), ("above", other.first)} & used:
            continue
        used |= {("below", mine.first), ("above", other.first)}
        yield pair.changed(DriftKind.NUMBER, number_side(pair.below, mine), number_side(pair.above, other))


def is_taken(statement: Statement, number: Number, taken: Sequence[tuple[Statement, range]]) -> bool:
    """Say whether a number begins in one of some ranges of words: those of dates."""
    return any(owner is statement and number.first in place for owner, place in taken)


def number_side(statement: Statement, number: Number) -> Side:
    """Give the number with the word it counts, where that follows directly."""
    end = number.end
    if end < len(statement.words) and statement.stems[end] == number.unit:
        end += 1
    return Side(statement, number.first, end)


def same_number(one: Number, other: Number) -> bool:
    """Say whether two numbers have one value, or one is the other rounded."""
    if one.value == other.value:
        return True
    return _is_rounding(one, other) or _is_rounding(other, one)


def _is_rounding(round_one: Number, exact: Number) -> bool:
    """Say whether a figure is another one rounded: announced, or large enough that newsrooms round it silently."""
    kept = 1 if round_one.rounded else ROUNDING_DIGITS
    if not round_one.rounded and min(round_one.value, exact.value) < ROUNDED_FROM:
        return False
    return any(float(f"{exact.value:.{digits - 1}e}") == round_one.value for digits in range(kept, 7))


def _likeness(pair: Pair, mine: Number, other: Number) -> float:
    """Weigh whether two unmatched numbers stand for one another; 0.0 when they do not.

    Two numbers of different dimension (a share and a count) never do. In a frame kept word for word the place decides;
    elsewhere the unit and the neighbourhood, or digits that were swapped, dropped or doubled.
    """
    if (mine.unit == "%") != (other.unit == "%"):
        return 0.0
    below, above = Side(pair.below, mine.first, mine.end), Side(pair.above, other.first, other.end)
    near = common_weight(below, above)
    if pair.edited and _same_slot(pair, mine, other):
        return 10.0 + near
    if mine.value in number_values(pair.above.whole) or other.value in number_values(pair.below.whole):
        return 0.0
    if mine.unit and mine.unit == other.unit and near >= CLOSE_WEIGHT and common_share(below, above) >= CLOSE_SHARE:
        return 5.0 + near
    if _digits_swapped(mine, other):
        return 1.0 + near
    return near if _digits_alike(mine, other) and near >= FAR_WEIGHT else 0.0


@lru_cache(maxsize=4)
def number_values(whole: Whole) -> frozenset[float]:
    """Every number of a whole text: one that is kept was not changed, and one that stood there is not new."""
    return frozenset(number.value for number in numbers(whole.statement))


def _same_slot(pair: Pair, mine: Number, other: Number) -> bool:
    return any(
        mine.first in below and other.first in above and max(len(below), len(above)) <= SLOT_WORDS
        for below, above in pair.slots()
    )


def _digits_swapped(one: Number, other: Number) -> bool:
    """Say whether two numbers are written with the same digits in another order: the commonest slip of the hand."""
    swapped = one.digits != other.digits and sorted(one.digits) == sorted(other.digits)
    return swapped and len(one.digits) > 1 and len(str(one.value)) == len(str(other.value))


def _digits_alike(one: Number, other: Number) -> bool:
    """Say whether two numbers are written with the same digits, in another order or one of them dropped or added."""
    if min(len(one.digits), len(other.digits)) < 2 or one.digits == other.digits:  # noqa: PLR2004  single digits are all alike
        return False
    if _digits_swapped(one, other):
        return True
    short, long = sorted((one.digits, other.digits), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
