"""Which words of a text are its outlet's furniture, and which are stock phrases everybody uses."""

from __future__ import annotations

import numpy as np

from provenance.match.join.align import Texts
from provenance.match.join.outcome import Findings
from provenance.match.join.postings import ARTICLE_BITS, Ints, Marks, Members, packed
from provenance.text.shingles import SHINGLE_WORDS, Hashes, among, mixed, shingles

__all__ = ["Furniture"]

_FILTER_BITS = 20
"""Bits of the filter before the exact look-up: 1 MiB, so that it stays in a core's cache."""


class Furniture:
    """What a join found to be furniture and stock phrases, to be found again in the words of its articles."""

    def __init__(self, findings: Findings, members: Members) -> None:
        self._findings, self._members = findings, members
        self._furniture, self._stock = np.sort(findings.furniture), np.sort(findings.stock)
        self._filter = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        self._filter[_cells(self._furniture)] = True
        self._filter[_cells(self._stock)] = True

    def marks(self, texts: Texts, places: Ints) -> tuple[Marks, Marks]:
        """Say of each word whether it is furniture, and whether it is part of a stock phrase.

        Args:
            texts: the words.
            places: each text's place among the members of the join; -1 for one that took no part.
        """
        numbers = shingles(texts.words)
        near = np.flatnonzero(self._filter[_cells(numbers)])
        # The last shingles of a text run into the next one; the chance that they are some furniture's is none.
        owners = places[np.searchsorted(texts.bounds, near, side="right") - 1]
        outlets = self._members.outlets[owners]
        own = (outlets >= 0) & (owners >= 0) & ~self._findings.released[owners]
        furniture = near[own & among(packed(numbers[near], np.maximum(outlets, 0)), self._furniture)]
        stock = near[among(packed(numbers[near], 0), self._stock)]
        return _covered(furniture, len(texts.words)), _covered(stock, len(texts.words))

    @staticmethod
    def without(texts: Texts, furniture: Marks) -> Texts:
        """Put numbers no other word has in the place of furniture."""
        at = np.flatnonzero(furniture)
        words = texts.words.copy()
        words[at] = mixed(at.astype(np.uint64))
        return Texts(words, texts.bounds)


def _cells(postings: Hashes) -> Ints:
    return ((postings >> np.uint64(ARTICLE_BITS)) & np.uint64((1 << _FILTER_BITS) - 1)).astype(np.int64)


def _covered(marked: Ints, words: int) -> Marks:
    """Mark the words of the shingles that begin at some words."""
    covered = np.zeros(words, dtype=np.bool_)
    for offset in range(SHINGLE_WORDS):
        covered[marked + offset] = True
    return covered
