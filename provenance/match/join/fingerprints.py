"""Fingerprints of many texts at once: the same choice as :func:`provenance.match.features.features_of`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.match.features import FULL_SAMPLE_WORDS
from provenance.match.join.postings import Ints, Marks
from provenance.text.shingles import SHINGLE_WORDS, WINNOW_WINDOW, Hashes, shingles
from provenance.text.tokens import Tokens

__all__ = ["Fingerprints", "fingerprints"]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of some texts, in order of text and place: their numbers, and how many each text has."""

    hashes: Hashes
    counts: Ints

    @property
    def owners(self) -> Ints:
        """The text each one is of."""
        return np.repeat(np.arange(len(self.counts)), self.counts)


def fingerprints(tokens: Tokens) -> Fingerprints:
    """Choose the fingerprints of some texts; one that a text repeats comes once for each place it was chosen at."""
    numbers = shingles(tokens.hashes)
    chosen = np.zeros(len(tokens.hashes), dtype=np.bool_)
    chosen[: len(numbers)] = _winnowed(numbers, tokens.bounds)
    sizes = np.diff(tokens.bounds)
    chosen |= np.repeat(sizes < FULL_SAMPLE_WORDS, sizes)
    for back in range(1, SHINGLE_WORDS):  # what begins there runs into the next text
        chosen[np.maximum(tokens.bounds[1:] - back, tokens.bounds[:-1])[sizes > 0]] = False
    counted = np.concatenate(([0], np.cumsum(chosen)))
    return Fingerprints(numbers[chosen[: len(numbers)]], np.diff(counted[tokens.bounds]))


def _winnowed(numbers: Hashes, bounds: Ints) -> Marks:
    """Say which shingle is the rightmost smallest of some window of its text.

    That is one with ``b`` neighbours before it that are no smaller and ``a`` behind it that are greater, where a window
    holds them all: ``b + 1 + a`` is at least the window.
    """
    count, reach = len(numbers), WINNOW_WINDOW - 1
    ends = bounds[1:] - (SHINGLE_WORDS - 1)  # behind the last shingle of each text
    behind = [np.ones(count, dtype=np.bool_)]
    before = [np.ones(count, dtype=np.bool_)]
    for distance in range(1, reach + 1):
        greater = np.zeros(count, dtype=np.bool_)
        no_smaller = np.zeros(count, dtype=np.bool_)
        if count > distance:
            greater[:-distance] = numbers[distance:] > numbers[:-distance]
            no_smaller[distance:] = ~greater[:-distance]
        for back in range(1, distance + 1):
            # A neighbour that is in another text is none: texts are the ends of what a window can hold.
            last, first = ends - back, bounds[:-1] + back - 1
            greater[last[last >= bounds[:-1]]] = False
            no_smaller[first[first < ends]] = False
        behind.append(behind[-1] & greater)
        before.append(before[-1] & no_smaller)
    chosen = np.zeros(count, dtype=np.bool_)
    for after in range(reach + 1):
        chosen |= behind[after] & before[reach - after]
    return chosen
