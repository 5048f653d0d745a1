"""Numbers that are gone: what they counted was kept, and their value stands nowhere downstream."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from provenance.model import Erosion, ErosionKind
from provenance.score.drift import dated
from provenance.score.drift.numbers import Number, is_taken, number_side, numbers, same_number
from provenance.score.drift.statements import Pair, Side, Whole, common_share, common_weight
from provenance.score.erosion.taking import lost, stands_instead, was_taken

__all__ = ["lost_numbers"]

CLOSE_WEIGHT = 3.0
"""Zipf steps what was counted must have in common around it on both sides: two telling words, twice what two numbers
must have of which one became the other."""

CLOSE_SHARE = 0.5
"""Share of the neighbourhood they must have in common besides: half."""

LEAST = 3
"""Numbers below it are told in many other ways ("both", "the pair", "a")."""


def lost_numbers(pair: Pair) -> Iterator[Erosion]:
    """Find upstream numbers whose value stands nowhere downstream, where what they counted does."""
    theirs = [number for number in numbers(pair.above) if number.value >= LEAST]
    if not theirs:
        return
    dates = dated(pair)
    kept, figures = _numbers(pair.below.whole), _figures(pair.below.whole)
    for number in theirs:
        if number.digits in figures or any(same_number(number, other) for other in kept):
            continue
        if is_taken(pair.above, number, dates) or _is_ordinal_below(pair, number):
            continue
        instead = stands_instead(pair, Side(pair.above, number.first, number.end))
        if instead is not None or _was_left_out(pair, number) or _is_still_counted(pair, number):
            yield lost(pair, ErosionKind.NUMBER, number_side(pair.above, number), instead)


def _is_ordinal_below(pair: Pair, number: Number) -> bool:
    """Say whether a number in letters begins a word of the downstream text: "six weeks", "the sixth week"."""
    written = pair.above.words[number.first].norm
    return not number.digits and any(norm.startswith(written) for norm in pair.below.whole.norms)


def _was_left_out(pair: Pair, number: Number) -> bool:
    """Say whether a sentence was kept word for word but for a number."""
    width = number.end - number.first
    return pair.edited and any(
        not below and above.start <= number.first < above.stop and len(above) <= width + 1
        for below, above in pair.slots()
    )


def _is_still_counted(pair: Pair, number: Number) -> bool:
    """Say whether the downstream statement still names what a number counts, and says the same about it."""
    words = Side(pair.above, number.first, number.end)
    if not number.unit or not was_taken(pair, words):
        return False
    counted = (Side(pair.below, at, at + 1) for at, one in enumerate(pair.below.stems) if one == number.unit)
    return any(
        common_weight(side, words) >= CLOSE_WEIGHT and common_share(side, words) >= CLOSE_SHARE for side in counted
    )


@lru_cache(maxsize=4)
def _numbers(whole: Whole) -> tuple[Number, ...]:
    return tuple(numbers(whole.statement))


_FIGURES = regex.compile(r"\p{Nd}+(?:[.,'’٬٫\u0020\u00a0\u202f]?\p{Nd}+)*")


@lru_cache(maxsize=4)
def _figures(whole: Whole) -> frozenset[str]:
    """Collect everything a text writes in digits, be it part of a code or a measure ("138m"), without separators."""
    written = (found.group() for found in _FIGURES.finditer(whole.text))
    return frozenset("".join(str(int(sign)) for sign in each if sign.isdecimal()) for each in written)
