"""Alignment: shared runs of words, and sentences that follow one another in the same order.

Two levels, both local (a text may hold reused and new matter) and both able to follow matter that was moved:

* :func:`shared_runs`: exact runs of words, chained over small gaps, so that a light edit does not cut a passage;
* :func:`ordered_alignment`: Smith and Waterman's local alignment (1981) over a matrix of sentence similarities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from provenance.text.shingles import Hashes, shingles

__all__ = ["SEED_WORDS", "Run", "Step", "Words", "chain_score", "ordered_alignment", "shared_runs"]

SEED_WORDS = 4
"""Words of an exact seed. Shorter seeds make most pairs of long texts touch somewhere by chance."""

MAX_GAP = 12
"""Words that may differ between two seeds of one run on either side: about half a sentence."""

MAX_SKEW = 6
"""How much longer the gap may be on one side than on the other, in words."""

MAX_SEED_PLACES = 24
"""Places of one seed that are tried; a seed that stands more often is a refrain and tells nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """A shared run of words: half-open word ranges on both sides and the number of words that are the same."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    same: int
    seeds: tuple[Run, ...] = ()
    """The exact runs it was chained from, in order; empty for an exact run."""

    @property
    def similarity(self) -> float:
        """Words that are the same, of the longer side's words, in [0, 1]; 1.0 is word for word."""
        return self.same / max(1, self.left_end - self.left_start, self.right_end - self.right_start)

    def cut(self, places: Sequence[int]) -> list[Run]:
        """Cut the run at places of the left text; the right side is cut where it answers to them.

        Args:
            places: word numbers of the left text, ascending; those outside the run are passed over.
        """
        edges = [
            self.left_start,
            *(place for place in places if self.left_start < place < self.left_end),
            self.left_end,
        ]
        answers = [self._answer(edge) for edge in edges]
        return [
            Run(left, left_end, right, right_end, self._same(left, left_end))
            for (left, right), (left_end, right_end) in pairwise(zip(edges, answers, strict=True))
        ]

    def _answer(self, place: int) -> int:
        """Give the right word that stands where a left word does; between seeds, what precedes the next seed."""
        exact = self.seeds or (self,)
        for seed in exact:
            if place < seed.left_start:
                return max(self._end_before(seed), seed.right_start - (seed.left_start - place))
            if place < seed.left_end:
                return seed.right_start + place - seed.left_start
        return self.right_end

    def _end_before(self, seed: Run) -> int:
        earlier = [other.right_end for other in self.seeds if other.right_end <= seed.right_start]
        return max(earlier, default=self.right_start)

    def _same(self, start: int, end: int) -> int:
        exact = self.seeds or (self,)
        return sum(max(0, min(end, seed.left_end) - max(start, seed.left_start)) for seed in exact)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one text as the search for shared runs wants them.

    ``hashes`` are the words' 64-bit numbers, shape (words,); ``seeds`` the numbers of the runs of
    :data:`SEED_WORDS` words, ascending, and ``places`` where each of them begins, shape (max(0, words - 3),).
    """

    hashes: Hashes
    seeds: Hashes
    places: npt.NDArray[np.int64]

    @classmethod
    def of(cls, hashes: Hashes) -> Words:
        """Take the seeds of a text."""
        seeds = shingles(hashes, SEED_WORDS)
        order = np.argsort(seeds, kind="stable")
        return cls(hashes, seeds[order], order)


def shared_runs(left: Words, right: Words, *, min_same: int) -> list[Run]:
    """Find the runs of words two texts share, verbatim or lightly edited, in order of the left text.

    A run with fewer identical words than ``min_same`` is not reported. The left ranges of the runs are disjoint; the
    right side may be in any order (moved paragraphs).
    """
    runs: list[Run] = []
    free_from = 0
    for run in _chained(list(_seeds(left, right)), left.hashes, right.hashes):
        if run.same < min_same or run.left_start < free_from:
            continue
        runs.append(run)
        free_from = run.left_end
    return runs


def _seeds(left: Words, right: Words) -> Iterator[Run]:
    """Walk the left text; at every place that starts a shared seed, take the longest exact run and go on behind it."""
    first = np.searchsorted(right.seeds, left.seeds, side="left")
    count = np.searchsorted(right.seeds, left.seeds, side="right") - first
    usable = np.flatnonzero((count > 0) & (count <= MAX_SEED_PLACES))
    order = np.argsort(left.places[usable])
    free_from, expected = 0, 0
    for at, here in zip(left.places[usable][order].tolist(), usable[order].tolist(), strict=True):
        if at < free_from:
            continue
        places = right.places[first[here] : first[here] + count[here]].tolist()
        length, _, start = max((_run_length(left, right, at, p), -abs(p - expected), p) for p in places)
        if length < SEED_WORDS:  # two different runs with one number: never seen, but nothing to build on
            continue
        yield Run(at, at + length, start, start + length, length)
        free_from = at + length
        expected = start + length


_STRIDE = 64
"""Words compared at once; few shared runs are longer."""


def _run_length(left: Words, right: Words, at: int, place: int) -> int:
    """Count the words from two places on that are the same."""
    limit = min(len(left.hashes) - at, len(right.hashes) - place)
    for done in range(0, limit, _STRIDE):
        end = min(limit, done + _STRIDE)
        differ = left.hashes[at + done : at + end] != right.hashes[place + done : place + end]
        if differ.any():
            return done + int(differ.argmax())
    return limit


def _chained(seeds: list[Run], left: Hashes, right: Hashes) -> Iterator[Run]:
    """Join seeds that follow one another closely on both sides, counting single words that agree in between."""
    current: Run | None = None
    for seed in seeds:
        if current is not None and _continues(current, seed):
            between = _agreements(left, right, current, seed)
            current = Run(
                current.left_start,
                seed.left_end,
                current.right_start,
                seed.right_end,
                current.same + seed.same + between,
                (*(current.seeds or (current,)), seed),
            )
            continue
        if current is not None:
            yield current
        current = seed
    if current is not None:
        yield current


def _continues(run: Run, seed: Run) -> bool:
    left_gap = seed.left_start - run.left_end
    right_gap = seed.right_start - run.right_end
    return left_gap <= MAX_GAP and 0 <= right_gap <= MAX_GAP and abs(left_gap - right_gap) <= MAX_SKEW


def _agreements(left: Hashes, right: Hashes, run: Run, seed: Run) -> int:
    """Count words inside a gap that agree in order (longest common subsequence; gaps are short)."""
    upper = left[run.left_end : seed.left_start].tolist()
    lower = right[run.right_end : seed.right_start].tolist()
    if not upper or not lower:
        return 0
    row = [0] * (len(lower) + 1)
    for word in upper:
        previous = 0
        for index, other in enumerate(lower, start=1):
            previous, row[index] = row[index], previous + 1 if word == other else max(row[index], row[index - 1])
    return row[-1]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an ordered alignment: a left sentence and the right sentence it answers to."""

    left: int
    right: int
    similarity: float


GAP_COST = 0.06
"""Cost of skipping one sentence on either side, in units of similarity: a rewrite drops and adds sentences freely."""

MAX_SKIP = 12
"""Sentences of the left text a chain may skip at once; a longer gap costs more than any sentence brings."""


MAX_CANDIDATES = 32
"""Right sentences one left sentence is tried with; one that is like more of them is a refrain, and trying them all
would cost the fourth power of a text of refrains."""


def chain_score(chain: Sequence[Step], floor: float, gap_cost: float = GAP_COST) -> float:
    """Score a chain: what its steps exceed the floor by, less the cost of the sentences it skips."""
    skipped = sum(
        _skipped(after.left - before.left) + _skipped(after.right - before.right) for before, after in pairwise(chain)
    )
    return sum(step.similarity - floor for step in chain) - gap_cost * skipped


def _skipped(advance: int) -> int:
    """Count the sentences passed over; a sentence that answers to two costs as much as one passed over."""
    return advance - 1 if advance > 0 else 1


def ordered_alignment(
    similarity: npt.NDArray[np.float64], *, floor: float, gap_cost: float = GAP_COST
) -> list[list[Step]]:
    """Find chains of sentences that answer to one another in the same order, best chain first.

    A sparse form of local alignment: only pairs of sentences above the floor are looked at, so that the cost follows
    the number of such pairs and not the product of the lengths. Chains are read off greedily by their score; one that
    runs into a pair already taken ends there.

    Args:
        similarity: shape (left sentences, right sentences), values in [0, 1].
        floor: similarity from which a pair of sentences speaks for reuse; what it exceeds the floor by is its gain.
        gap_cost: cost of skipping one sentence on either side, in units of similarity.

    Returns:
        chains of steps whose left and right indexes never fall (a left sentence may answer to two right ones and the
        reverse: splits and merges). No left sentence stands in two chains.
    """
    rows, columns = _candidates(similarity, floor)
    if not len(rows):
        return []
    gains = similarity[rows, columns] - floor
    scores, before = _chain_scores(rows, columns, gains, gap_cost)
    chains: list[tuple[float, list[Step]]] = []
    taken_pairs, taken_rows = np.zeros(len(rows), dtype=np.bool_), set[int]()
    for end in np.argsort(-scores, kind="stable").tolist():
        chain: list[int] = []
        at = end
        while at >= 0 and not taken_pairs[at] and int(rows[at]) not in taken_rows:
            chain.append(at)
            at = int(before[at])
        taken_pairs[chain] = True
        taken_rows.update(rows[chain].tolist())
        if chain:
            score = float(scores[end] - (scores[at] if at >= 0 else 0.0))
            chains.append((score, [_step(similarity, int(rows[i]), int(columns[i])) for i in reversed(chain)]))
    chains.sort(key=lambda scored: -scored[0])
    return [chain for _, chain in chains]


def _candidates(
    similarity: npt.NDArray[np.float64], floor: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Number the pairs above the floor, by row and column; of a row with very many, those most alike."""
    above = similarity > floor
    for row in np.flatnonzero(np.count_nonzero(above, axis=1) > MAX_CANDIDATES).tolist():
        above[row, np.argsort(-similarity[row], kind="stable")[MAX_CANDIDATES:]] = False
    rows, columns = np.nonzero(above)
    return rows, columns


def _step(similarity: npt.NDArray[np.float64], row: int, column: int) -> Step:
    return Step(row, column, float(similarity[row, column]))


def _chain_scores(
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    gains: npt.NDArray[np.float64],
    gap_cost: float,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Score the best chain that ends at each pair, and name the pair before it (-1 where the chain begins).

    The pairs are sorted by row, then column, so every possible predecessor stands before its successor.
    """
    scores = gains.copy()
    before = np.full(len(rows), -1, dtype=np.int64)
    oldest = np.searchsorted(rows, rows - MAX_SKIP)
    for block in range(0, len(rows), _BLOCK):
        end = min(len(rows), block + _BLOCK)
        start = int(oldest[block])
        costs = gap_cost * _steps_skipped(rows[block:end], columns[block:end], rows[start:end], columns[start:end])
        for at in range(max(1, block), end):
            earlier = int(oldest[at])
            reached = scores[earlier:at] - costs[at - block, earlier - start : at - start]
            if len(reached):
                best = int(reached.argmax())
                if reached[best] > 0:
                    before[at] = earlier + best
                    scores[at] += reached[best]
    return scores, before


_BLOCK = 256
"""Pairs that are looked at at once: bounds memory on long texts."""


def _steps_skipped(
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    earlier_rows: npt.NDArray[np.int64],
    earlier_columns: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """Count what going from each earlier pair to each later one skips; infinite where that is no step forward."""
    down = rows[:, None] - earlier_rows[None, :]
    along = columns[:, None] - earlier_columns[None, :]
    skipped = np.where(down > 0, down - 1, 1) + np.where(along > 0, along - 1, 1)
    return np.where((down >= 0) & (along >= 0) & (down + along > 0), skipped, np.inf)
