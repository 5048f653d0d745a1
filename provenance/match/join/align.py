"""Shared runs of words in many pairs of texts at once.

The definition is that of :func:`provenance.text.alignment.shared_runs` (seeds, longest exact runs, chains over gaps),
and the result is the same; here a whole block of pairs goes through each step together, as arrays. What it costs is
reading the words of one text of each pair: every seed of the left text is looked up in a small table of the right's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.match.join.postings import Ints, Marks, groups_of
from provenance.text.alignment import MAX_GAP, MAX_SEED_PLACES, MAX_SKEW, SEED_WORDS
from provenance.text.shingles import Hashes, shingles

__all__ = ["Runs", "Texts", "align"]

ROOM = 4
"""Places in a table for every seed in it: three of four seeds that are not there are told at the first look."""

MAX_SAME_CELL = MAX_SEED_PLACES + 16
"""Seeds of one text that are kept under the same last bits: those of a refrain, which is told by their number, and by
chance a few others. It bounds what a text that says one thing a thousand times can cost."""

STRIDE = 16
"""Words compared at once where a run is followed through a refrain."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of some texts, one text after the other; those of text ``i`` are ``bounds[i]:bounds[i + 1]``."""

    words: Hashes
    bounds: Ints

    @property
    def seed_counts(self) -> Ints:
        """Seeds of each text."""
        counts: Ints = np.maximum(0, np.diff(self.bounds) - (SEED_WORDS - 1))
        return counts


@dataclass(frozen=True, slots=True)
class Runs:
    """Shared runs, in order of pair, then of the left text: half-open ranges of words, and how many are the same."""

    pair: Ints
    left_start: Ints
    left_end: Ints
    right_start: Ints
    right_end: Ints
    same: Ints

    def where(self, chosen: Marks) -> Runs:
        """Keep some runs."""
        return Runs(
            self.pair[chosen],
            self.left_start[chosen],
            self.left_end[chosen],
            self.right_start[chosen],
            self.right_end[chosen],
            self.same[chosen],
        )


@dataclass(frozen=True, slots=True)
class _Matches:
    """Seeds that stand in both texts of a pair: where, counted from the texts' beginnings."""

    pair: Ints
    left: Ints
    right: Ints


@dataclass(frozen=True, slots=True)
class _Exact:
    """Runs that are the same word for word."""

    pair: Ints
    left: Ints
    right: Ints
    length: Ints

    def where(self, chosen: npt.NDArray[Any]) -> _Exact:
        return _Exact(self.pair[chosen], self.left[chosen], self.right[chosen], self.length[chosen])


def align(texts: Texts, left: Ints, right: Ints, *, min_same: int) -> Runs:
    """Find the runs of words that pairs of texts share.

    Args:
        texts: the texts; for speed not many more than the pairs need.
        left: number of each pair's left text.
        right: number of each pair's right text.
        min_same: a run with fewer identical words is not reported.
    """
    matches = _matches(texts, left, right)
    exact = _walked(matches, lambda exact: _followed(texts, left, right, exact))
    runs = _chained(texts, left, right, exact)
    return runs.where(runs.same >= min_same)


def _matches(texts: Texts, left: Ints, right: Ints) -> _Matches:
    seeds = shingles(texts.words, SEED_WORDS)
    table = _Table.of(texts, seeds, right)
    counts = texts.seed_counts[left]
    begins = np.cumsum(counts) - counts
    pair = np.repeat(np.arange(len(left), dtype=np.int32), counts)
    place = np.arange(len(pair)) + np.repeat(texts.bounds[left] - begins, counts)
    wanted = seeds[place]
    there = table.heads[
        np.repeat(table.first[right], counts) + (wanted & np.repeat(table.masks[right], counts)).view(np.int64)
    ]
    asking = np.flatnonzero(there >= 0)
    there = there[asking]
    found: list[tuple[Ints, Ints]] = []
    while len(asking):
        same = seeds[there] == wanted[asking]
        found.append((asking[same], there[same]))
        there = table.others[there]
        more = there >= 0
        asking, there = asking[more], there[more]
    asked = np.concatenate([asked for asked, _ in found]) if found else np.empty(0, np.int64)
    answer = np.concatenate([answer for _, answer in found]) if found else np.empty(0, np.int64)
    pairs = pair[asked].astype(np.int64)
    return _Matches(pairs, place[asked] - texts.bounds[left[pairs]], answer - texts.bounds[right[pairs]])


@dataclass(frozen=True, slots=True)
class _Table:
    """The seeds of some texts by the last bits of their numbers.

    ``heads`` holds the place of a seed or -1; the part of text ``i`` begins at ``first[i]`` and is addressed by the
    bits in ``masks[i]``. ``others`` leads from a seed to the next with the same bits, or to -1.
    """

    heads: npt.NDArray[np.int32]
    first: Ints
    masks: Hashes
    others: npt.NDArray[np.int32]

    @classmethod
    def of(cls, texts: Texts, seeds: Hashes, chosen: Ints) -> _Table:
        wanted = np.unique(chosen)
        counts = texts.seed_counts[wanted]
        sizes = 1 << np.ceil(np.log2(np.maximum(1, counts * ROOM))).astype(np.int64)
        first, masks = np.zeros((2, len(texts.bounds) - 1), dtype=np.int64)
        first[wanted], masks[wanted] = np.cumsum(sizes) - sizes, sizes - 1
        heads = np.full(int(sizes.sum()), -1, dtype=np.int32)
        others = np.full(len(seeds), -1, dtype=np.int32)
        places = np.arange(counts.sum()) + np.repeat(texts.bounds[wanted] - (np.cumsum(counts) - counts), counts)
        cells = np.repeat(first[wanted], counts) + (
            seeds[places] & np.repeat(masks[wanted], counts).view(np.uint64)
        ).view(np.int64)
        heads[cells] = places  # of several seeds in one cell the last stays, the others are put in before it
        for _ in range(MAX_SAME_CELL):
            lost = np.flatnonzero(heads[cells] != places)
            if not len(lost):
                break
            places, cells = places[lost], cells[lost]
            before = heads[cells]
            heads[cells] = places
            stays = heads[cells] == places
            others[places[stays]] = before[stays]
        return cls(heads, first, masks.view(np.uint64), others)


def _followed(texts: Texts, left: Ints, right: Ints, exact: _Exact) -> _Exact:
    """Follow runs to their ends where the table left out seeds of a refrain."""
    here, there = texts.bounds[left[exact.pair]] + exact.left, texts.bounds[right[exact.pair]] + exact.right
    most = np.minimum(texts.bounds[left[exact.pair] + 1] - here, texts.bounds[right[exact.pair] + 1] - there)
    length = exact.length.copy()
    going = np.flatnonzero(length < most)
    last = len(texts.words) - 1
    steps = np.arange(STRIDE)
    while len(going):
        further = length[going][:, None] + steps
        same = texts.words[np.minimum(here[going][:, None] + further, last)]
        same = (same == texts.words[np.minimum(there[going][:, None] + further, last)]) & (
            further < most[going][:, None]
        )
        length[going] += np.where(same.all(axis=1), STRIDE, same.argmin(axis=1))
        going = going[same.all(axis=1)]
    return _Exact(exact.pair, exact.left, exact.right, length)


def _walked(matches: _Matches, follow: Callable[[_Exact], _Exact]) -> _Exact:
    """Walk each left text; at every place that starts a shared seed, take the longest exact run and go on behind it."""
    if not len(matches.pair):
        return _Exact(matches.pair, matches.left, matches.right, matches.pair)
    bits = int(max(matches.left.max(), matches.right.max())).bit_length() + 1
    keys = (((matches.pair << (bits + 1)) + matches.right - matches.left + (1 << bits)) << bits) | matches.left
    keys.sort()
    # On one diagonal, places that follow one another are one run.
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1] + 1)))
    sizes = np.diff(np.concatenate((starts, [len(keys)])))
    left, diagonal = keys & ((1 << bits) - 1), keys >> bits
    pair, right = diagonal >> (bits + 1), (diagonal & ((1 << (bits + 1)) - 1)) - (1 << bits) + left
    exact = follow(_Exact(pair[starts], left[starts], right[starts], sizes + (SEED_WORDS - 1)))
    ends = np.repeat(exact.left + exact.length, sizes)
    order = np.argsort((exact.pair << bits) | exact.left, kind="stable")
    exact = exact.where(order)
    tangled = _tangled(exact)
    if not tangled.any():
        return exact
    again = np.zeros(int(pair[-1]) + 1, dtype=np.bool_)
    again[exact.pair[tangled]] = True
    rest = again[pair]
    walked = _walk(_Exact(pair[rest], left[rest], right[rest], (ends - left)[rest]), bits)
    plain = exact.where(~again[exact.pair])
    both = _Exact(*(np.concatenate(columns) for columns in zip(_columns(plain), _columns(walked), strict=True)))
    return both.where(np.argsort((both.pair << bits) | both.left, kind="stable"))


def _columns(exact: _Exact) -> tuple[Ints, Ints, Ints, Ints]:
    return exact.pair, exact.left, exact.right, exact.length


def _tangled(exact: _Exact) -> Marks:
    """Say which runs begin before the one in front of them ends, so that what is taken depends on the walk."""
    marks = np.zeros(len(exact.pair), dtype=np.bool_)
    ends = exact.left + exact.length
    marks[1:] = (exact.pair[1:] == exact.pair[:-1]) & (exact.left[1:] < ends[:-1])
    return marks


def _walk(seeds: _Exact, bits: int) -> _Exact:
    """Walk all pairs at once, a step of each at a time.

    Args:
        seeds: every shared seed, with the length of the exact run from there on.
        bits: bits of the largest place.
    """
    order = np.lexsort((seeds.right, seeds.left, seeds.pair))
    seeds = seeds.where(order)
    keys = (seeds.pair << bits) | seeds.left
    starts, counts = groups_of(keys)
    usable = counts <= MAX_SEED_PLACES
    starts, counts = starts[usable], counts[usable]
    keys = keys[starts]
    pairs = seeds.pair[starts]
    at = groups_of(pairs)[0]
    ends = np.concatenate((at[1:], [len(starts)]))
    expected = np.zeros(len(at), dtype=np.int64)
    taken = []
    while len(at):
        best = _longest(seeds, starts[at], counts[at], expected)
        taken.append(best)
        length = seeds.length[best]
        expected = seeds.right[best] + length
        at = np.searchsorted(keys, (seeds.pair[best] << bits) + seeds.left[best] + length)
        going = at < ends
        at, ends, expected = at[going], ends[going], expected[going]
    return seeds.where(np.concatenate(taken) if taken else np.empty(0, dtype=np.int64))


def _longest(seeds: _Exact, starts: Ints, counts: Ints, expected: Ints) -> Ints:
    """Choose the longest of the runs that begin at one place; of equal ones that nearest to where it is expected."""
    best = starts.copy()
    for number in range(1, int(counts.max())):
        more = np.flatnonzero(counts > number)
        other, held, near = starts[more] + number, best[more], expected[more]
        longer = seeds.length[other] - seeds.length[held]
        # Ascending by right place, so the later of two that are equally near wins, as in the walk of a single pair.
        nearer = np.abs(seeds.right[held] - near) - np.abs(seeds.right[other] - near)
        wins = (longer > 0) | ((longer == 0) & (nearer >= 0))
        best[more[wins]] = other[wins]
    return best


def _chained(texts: Texts, left: Ints, right: Ints, exact: _Exact) -> Runs:
    """Join runs that follow one another closely on both sides, counting single words that agree in between."""
    if not len(exact.pair):
        return Runs(*(np.empty(0, dtype=np.int64) for _ in range(6)))
    left_end, right_end = exact.left + exact.length, exact.right + exact.length
    left_gap, right_gap = exact.left[1:] - left_end[:-1], exact.right[1:] - right_end[:-1]
    follows = (exact.pair[1:] == exact.pair[:-1]) & (left_gap <= MAX_GAP) & (right_gap >= 0) & (right_gap <= MAX_GAP)
    follows &= np.abs(left_gap - right_gap) <= MAX_SKEW
    same = exact.length.copy()
    gaps = np.flatnonzero(follows & (left_gap > 0) & (right_gap > 0))
    pair = exact.pair[gaps]
    same[gaps + 1] += _agreements(
        _cut(texts, left[pair], left_end[gaps], left_gap[gaps], -1),
        _cut(texts, right[pair], right_end[gaps], right_gap[gaps], -2),
    )
    first = np.flatnonzero(np.concatenate(([True], ~follows)))
    last = np.concatenate((first[1:], [len(same)])) - 1
    return Runs(
        exact.pair[first],
        exact.left[first],
        left_end[last],
        exact.right[first],
        right_end[last],
        np.add.reduceat(same, first),
    )


def _cut(texts: Texts, text: Ints, start: Ints, size: Ints, filler: int) -> Ints:
    """Give some short stretches of words as rows, filled up with a number that is no word of the other side."""
    width = np.arange(int(size.max(initial=0)))
    place = np.minimum(texts.bounds[text][:, None] + start[:, None] + width, max(0, len(texts.words) - 1))
    return np.where(width < size[:, None], texts.words[place].view(np.int64), filler)


def _agreements(upper: Ints, lower: Ints) -> Ints:
    """Count, row by row, the words that agree in order (longest common subsequence)."""
    row = np.zeros((lower.shape[1] + 1, len(lower)), dtype=np.int64)
    for word in upper.T:
        previous = row
        row = np.zeros_like(previous)
        for index, other in enumerate(lower.T, start=1):
            row[index] = np.where(word == other, previous[index - 1] + 1, np.maximum(previous[index], row[index - 1]))
    counts: Ints = row[-1]
    return counts
