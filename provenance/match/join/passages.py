"""From candidate pairs to passages: alignment of their words, and which of what is found makes a pair."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from provenance.match.join.align import Runs, Texts, align
from provenance.match.join.furniture import Furniture
from provenance.match.join.postings import Ints, Marks, Members, Reals
from provenance.match.join.shelf import Shelf

__all__ = ["Found", "Passages"]

MIN_FOUND_WORDS = 15
"""Identical words of the one passage that makes a pair. Two texts of one event share names and phrases of up to ten
words by chance; fifteen words in order is a sentence."""

MIN_TOGETHER_WORDS = 20
"""Identical words, outside stock phrases, of several passages that make a pair together: two short sentences."""

MAX_STOCK_SHARE = 0.5
"""Share of a passage's identical words that may be stock phrases (those of more articles than the join's cap) for it
to make a pair: a sentence with a stock phrase in it is still a sentence."""

EDGE_WORDS = 8
"""Words before the first passage or behind the last one that leave it at the edge of a text: furniture is told by
fingerprints, which may leave as many words at its ends untold (k + w - 1)."""

MAX_EDGE_SHARE = 0.25
"""Share of either text below which words that two texts of one outlet share at the same edge are that outlet's
furniture, seen too seldom to be known for it; the lead of a story and its update is more."""

MIN_PASSAGE_WORDS = 8
"""Identical words of any further passage: k + w - 1 of the fingerprints."""


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs that share enough, as columns.

    Attributes:
        left: by pair, the number of its left text.
        right: the same of the right text.
        runs: the passages, as ranges of words; ``runs.pair`` counts the pairs found.
        containments: shape (pairs, 2), the share of each text's words in passages, in [0, 1].
        places: shape (passages, 4), where each passage starts and ends on the left and on the right, in code points.
    """

    left: Ints
    right: Ints
    runs: Runs
    containments: Reals
    places: Ints


@dataclass(frozen=True, slots=True)
class _Block:
    """Some pairs with the words of their texts; ``left`` and ``right`` count the texts of the block.

    ``furnished`` and ``stock`` say of each word whether it is known furniture and part of a stock phrase; ``outlets``
    gives by text the number of its outlet, -1 for none.
    """

    numbers: Ints
    texts: Texts
    left: Ints
    right: Ints
    outlets: Ints
    furnished: Marks
    stock: Marks

    def runs(self) -> Runs:
        """Align the pairs; what two texts of one outlet share at the same edge is left out."""
        runs = align(Furniture.without(self.texts, self.furnished), self.left, self.right, min_same=MIN_PASSAGE_WORDS)
        return runs.where(~self._at_edge(runs))

    def _sides(self, runs: Runs) -> tuple[tuple[Ints, Ints, Ints], tuple[Ints, Ints, Ints]]:
        """Give text, start and end of runs on both sides."""
        return (
            (self.left[runs.pair], runs.left_start, runs.left_end),
            (self.right[runs.pair], runs.right_start, runs.right_end),
        )

    def _at_edge(self, runs: Runs) -> Marks:
        """Say which runs are two texts' common edge at one outlet: furniture seen too seldom to be known for it."""
        own = _counted(~self.furnished)
        short, head, foot = np.ones((3, len(runs.pair)), dtype=np.bool_)
        for text, start, end in self._sides(runs):
            first, last = self.texts.bounds[text], self.texts.bounds[text + 1]
            short &= end - start < MAX_EDGE_SHARE * (last - first)
            head &= own[first + start] - own[first] <= EDGE_WORDS
            foot &= own[last] - own[first + end] <= EDGE_WORDS
        ours, theirs = self.outlets[self.left[runs.pair]], self.outlets[self.right[runs.pair]]
        alike: Marks = (ours == theirs) & (ours >= 0)
        return alike & short & (head | foot)

    def found(self, runs: Runs) -> Marks:
        """Say which pairs share enough."""
        phrases = _counted(self.stock)
        begins = self.texts.bounds[self.left[runs.pair]]
        stock = phrases[begins + runs.left_end] - phrases[begins + runs.left_start]
        told: Marks = np.bincount(runs.pair, weights=runs.same - stock, minlength=len(self.left)) >= MIN_TOGETHER_WORDS
        told[runs.pair[(runs.same >= MIN_FOUND_WORDS) & (stock <= MAX_STOCK_SHARE * runs.same)]] = True
        return told

    def containments(self, runs: Runs) -> Reals:
        """Give the share of each text's words that stand in runs."""
        sizes = np.maximum(1, np.diff(self.texts.bounds))
        covered = [_covered(runs.pair, start, end, len(self.left)) for _, start, end in self._sides(runs)]
        shares: Reals = np.stack((covered[0] / sizes[self.left], covered[1] / sizes[self.right]), axis=1)
        return shares

    def code_points(self, runs: Runs, shelf: Shelf) -> Ints:
        """Give where runs start and end on both sides."""
        sides = self._sides(runs)
        wanted = np.unique(np.concatenate((sides[0][0], sides[1][0])))
        starts, ends = shelf.code_points(self.numbers[wanted])
        bounds = np.cumsum(np.concatenate(([0], np.diff(self.texts.bounds)[wanted])))
        columns = []
        for text, start, end in sides:
            begins = bounds[np.searchsorted(wanted, text)]
            columns += [starts[begins + start], ends[begins + end - 1]]
        return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True)
class Passages:
    """The search for passages in pairs of a corpus's texts."""

    shelf: Shelf
    furniture: Furniture
    members: Members

    def of(self, left: Ints, right: Ints) -> Found:
        """Align some pairs of texts, given by number, and keep those that share enough; any thread may ask."""
        block = self._block(left, right)
        runs = block.runs()
        found = block.found(runs)
        runs = runs.where(found[runs.pair])
        containments, places = block.containments(runs)[found], block.code_points(runs, self.shelf)
        numbered = replace(runs, pair=(np.cumsum(found) - 1)[runs.pair])
        return Found(left[found], right[found], numbered, containments, places)

    def _block(self, left: Ints, right: Ints) -> _Block:
        numbers = np.unique(np.concatenate((left, right)))
        texts = self.shelf.texts(numbers)
        places = self.members.places[numbers]
        furnished, stock = self.furniture.marks(texts, places)
        return _Block(
            numbers=numbers,
            texts=texts,
            left=np.searchsorted(numbers, left),
            right=np.searchsorted(numbers, right),
            outlets=np.where(places >= 0, self.members.outlets[places], -1),
            furnished=furnished,
            stock=stock,
        )


def _counted(marks: Marks) -> Ints:
    """Count the marks before each place."""
    return np.concatenate(([0], np.cumsum(marks)))


def _covered(pair: Ints, start: Ints, end: Ints, pairs: int) -> Ints:
    """Count the words of each pair that stand in some run; runs may overlap."""
    order = np.lexsort((start, pair))
    shift = pair[order] * (int(end.max(initial=0)) + 1)
    starts, ends = start[order] + shift, end[order] + shift
    before = np.maximum.accumulate(np.concatenate(([0], ends)))[:-1]
    own = np.maximum(0, ends - np.maximum(starts, before))
    return np.bincount(pair[order], weights=own, minlength=pairs).astype(np.int64)
