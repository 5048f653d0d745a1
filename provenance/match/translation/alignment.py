"""Which sentences of a text answer to which of its translation: in order, one to one or a few to a few, locally.

Gale and Church ("A program for aligning sentences in bilingual corpora", 1993) align by length alone, and need both
texts to be translations of one another from end to end. Here only a part of either may be, so the alignment is local
(Smith and Waterman 1981): anchors in common are its gain; lengths that do not fit, and sentences left out, its cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Bead", "Chain", "aligned"]

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOVES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""Sentences of the left and of the right text that answer to one another together."""

MOVE_COSTS = (0.25, 0.95, 0.95, 1.45, 1.45, 1.45)
"""Cost of each, in Zipf steps of anchors: one to one is what translators do nine times in ten. Even that has a cost, so
that sentences which have nothing but their length in common end a chain in time."""

SKIP_COST = 1.0
"""Cost of leaving out one sentence on either side."""

ENOUGH_SHARED = 4.0
"""Weight of anchors in common, in Zipf steps, from which more adds nothing: two names."""

FITTING_LENGTH = 0.35
"""Logarithm of the ratio of two lengths from which they speak against one another: one is 1.4 times the other. Of
sentences that share two names in translations of nine pairs of languages nineteen in twenty are within."""

WORST_FIT = -2.0
"""What lengths that do not fit cost at most, in Zipf steps: free translations exist."""

ROTATIONS = (0.0, 0.5)
"""Shares of the right text by which its reversed order is turned for the alignments of the null."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Left and right sentences (half-open ranges) that answer to one another.

    ``shared`` is the weight of their anchors in common, ``fit`` 1 for equal lengths down to :data:`WORST_FIT`.
    """

    left: int
    left_end: int
    right: int
    right_end: int
    shared: float
    fit: float


@dataclass(frozen=True, slots=True)
class Chain:
    """The best chain of beads in order, what it gains, and what one gains on average where there is no order.

    The null aligns the left text with the right one read backwards, so that sentences, anchors and lengths are the
    same: two reports of one event gain as much by it as by reading forwards, a translation hardly anything.
    """

    beads: tuple[Bead, ...]
    gain: float
    null: float


@dataclass(frozen=True, slots=True)
class _Move:
    """What one kind of bead brings at every place, for every order; arrays of shape (orders, rows, columns)."""

    gain: Reals
    shared: Reals
    fit: Reals


def aligned(shared: Reals, lengths: tuple[Reals, Reals]) -> Chain:
    """Give the best chain of beads; one without beads when nothing is in common.

    Args:
        shared: weight of the anchors each left sentence has in common with each right one, in Zipf steps.
        lengths: letters of the left and of the right sentences, in Latin script.
    """
    rows, columns = shared.shape
    if not shared.any():
        return Chain((), 0.0, 0.0)
    orders = [np.arange(columns), *(np.roll(np.arange(columns)[::-1], int(turn * columns)) for turn in ROTATIONS)]
    moves = [_move(shared, lengths, orders, at) for at in range(len(MOVES))]
    best, chosen = _filled(moves, (len(orders), rows, columns))
    gains = best.reshape(len(orders), -1).max(axis=1)
    beads = tuple(_followed(best[0], chosen[0], moves))[::-1]
    return Chain(beads, float(gains[0]), float(gains[1:].mean()))


def _move(shared: Reals, lengths: tuple[Reals, Reals], orders: Sequence[Ints], at: int) -> _Move:
    down, along = MOVES[at]
    every = np.stack([shared[:, order] for order in orders])
    common = _windows(_windows(every, down, 1), along, 2)
    ours = _windows(lengths[0][None, :, None], down, 1)
    theirs = _windows(np.stack([lengths[1][order] for order in orders])[:, None, :], along, 2)
    off = np.log(np.maximum(1.0, ours) / np.maximum(1.0, theirs)) / FITTING_LENGTH
    fit = np.maximum(WORST_FIT, 1.0 - off * off)
    return _Move(np.minimum(ENOUGH_SHARED, common) + np.minimum(0.0, fit) - MOVE_COSTS[at], common, fit)


def _windows(values: Reals, size: int, axis: int) -> Reals:
    """Sum up every ``size`` neighbours along an axis; nothing is left where there are fewer."""
    if size == 1:
        return values
    moved = np.moveaxis(values, axis, 0)
    count = max(0, len(moved) - size + 1)
    summed: Reals = np.moveaxis(sum((moved[at : at + count] for at in range(size)), np.zeros(1)), 0, axis)
    return summed


_SKIPPED_LEFT, _SKIPPED_RIGHT = len(MOVES), len(MOVES) + 1


def _filled(moves: Sequence[_Move], shape: tuple[int, int, int]) -> tuple[Reals, Ints]:
    """Fill in the table of what the best chain up to each place gains, and the move that led there (-1: none)."""
    orders, rows, columns = shape
    best = np.zeros((orders, rows + 1, columns + 1))
    chosen = np.full(best.shape, -1, dtype=np.int64)
    slope = SKIP_COST * np.arange(columns + 1)
    for row in range(1, rows + 1):
        reached, move = np.zeros((orders, columns + 1)), np.full((orders, columns + 1), -1, dtype=np.int64)
        for at, (down, along) in enumerate(MOVES):
            if row >= down and columns >= along:
                value = best[:, row - down, :-along] + moves[at].gain[:, row - down]
                _improve(reached[:, along:], move[:, along:], value, at)
        _improve(reached, move, best[:, row - 1] - SKIP_COST, _SKIPPED_LEFT)
        # Leaving out right sentences costs by their number, so the best place to start from is a running maximum.
        value = np.maximum.accumulate(reached + slope, axis=1) - slope
        skipped = value > reached + _ROUNDING
        best[:, row] = np.where(skipped, value, reached)
        chosen[:, row] = np.where(skipped, _SKIPPED_RIGHT, move)
    return best, chosen


_ROUNDING = 1e-9


def _improve(reached: Reals, move: Ints, value: Reals, at: int) -> None:
    better = value > reached
    reached[better] = value[better]
    move[better] = at


def _followed(best: Reals, chosen: Ints, moves: Sequence[_Move]) -> Iterator[Bead]:
    """Follow the best chain back from its end."""
    row, column = (int(place) for place in np.unravel_index(int(best.argmax()), best.shape))
    while chosen[row, column] >= 0:
        at = int(chosen[row, column])
        if at == _SKIPPED_LEFT:
            row -= 1
        elif at == _SKIPPED_RIGHT:
            column -= 1
        else:
            end, right_end = row, column
            row, column = row - MOVES[at][0], column - MOVES[at][1]
            shared, fit = (float(one[0, row, column]) for one in (moves[at].shared, moves[at].fit))
            yield Bead(row, end, column, right_end, shared, fit)
