"""Numbers that are gone: what they counted was kept, and their value stands nowhere downstream."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from provenance.model import Erosion, ErosionKind
from provenance.score.drift import dated
from provenance.score.drift.numbers import Number, is_taken, number_side, numbers, same_number
from provenance.score.drift.statements import Pair, Side, Whole
from provenance.score.erosion.taking import lost, stands_instead, was_taken

__all__ = ["lost_numbers"]

LEAST = 3
"""Numbers below it are told in many other ways ("both", "the pair", "a")."""


def lost_numbers(pair: Pair) -> Iterator[Erosion]:
    """Find upstream numbers without a counterpart whose unit the downstream statement still names."""
    theirs = [number for number in numbers(pair.above) if number.value >= LEAST and number.unit]
    if not theirs:
        return
    dates = dated(pair)
    kept = _numbers(pair.below.whole)
    for number in theirs:
        if is_taken(pair.above, number, dates) or any(same_number(number, other) for other in kept):
            continue
        words = number_side(pair.above, number)
        if _is_counted(pair, number) and was_taken(pair, words):
            yield lost(pair, ErosionKind.NUMBER, words, _instead(pair, number))


def _is_counted(pair: Pair, number: Number) -> bool:
    """Say whether the downstream statement still names what a number counts."""
    return number.unit in pair.below.stems


def _instead(pair: Pair, number: Number) -> Side | None:
    return stands_instead(pair, Side(pair.above, number.first, number.end))


@lru_cache(maxsize=4)
def _numbers(whole: Whole) -> tuple[Number, ...]:
    return tuple(numbers(whole.statement))
