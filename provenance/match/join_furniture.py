"""Which words of a text are its outlet's furniture, and which are stock phrases everybody uses."""

from __future__ import annotations

import numpy as np

from provenance.match.join import ARTICLE_BITS, Findings, Ints, Marks, Members, packed
from provenance.match.join_align import Texts
from provenance.text.shingles import SHINGLE_WORDS, Hashes, among, mixed, shingles

__all__ = ["Furniture"]

_FILTER_BITS = 20
"""Bits of the filter before an exact look-up: 1 MiB, so that it stays in a core's cache."""


class Furniture:
    """What a join found to be furniture and stock phrases, to be found again in the words of its articles."""

    def __init__(self, findings: Findings, members: Members) -> None:
        self._findings, self._members = findings, members
        self._furniture = _Lookup(findings.furniture)
        self._stock = _Lookup(findings.stock)

    def marks(self, texts: Texts, places: Ints) -> tuple[Marks, Marks]:
        """Say of each word whether it is furniture, and whether it is part of a stock phrase.

        Args:
            texts: the words.
            places: each text's place among the members of the join; -1 for one that took no part.
        """
        numbers = shingles(texts.words)
        owners = np.repeat(places, np.diff(texts.bounds))
        # The last shingles of a text run into the next one; the chance that they are some furniture's is none.
        begins = owners[: len(numbers)]
        outlets = self._members.outlets[begins]
        furniture = self._furniture.has(packed(numbers, outlets)) & ~self._findings.released[begins]
        furniture &= (outlets >= 0) & (begins >= 0)
        return _covered(furniture, len(owners)), _covered(self._stock.has(packed(numbers, 0)), len(owners))

    @staticmethod
    def without(texts: Texts, furniture: Marks) -> Texts:
        """Put numbers no other word has in the place of furniture."""
        at = np.flatnonzero(furniture)
        words = texts.words.copy()
        words[at] = mixed(at.astype(np.uint64))
        return Texts(words, texts.bounds)


class _Lookup:
    """A set of postings that is asked for many others, of which it has hardly any."""

    def __init__(self, wanted: Hashes) -> None:
        self._wanted = np.sort(wanted)
        self._filter = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        self._filter[_cell(wanted)] = True

    def has(self, postings: Hashes) -> Marks:
        found = np.zeros(len(postings), dtype=np.bool_)
        if len(self._wanted):
            near = np.flatnonzero(self._filter[_cell(postings)])
            found[near] = among(postings[near], self._wanted)
        return found


def _cell(postings: Hashes) -> Ints:
    return ((postings >> np.uint64(ARTICLE_BITS)) & np.uint64((1 << _FILTER_BITS) - 1)).astype(np.int64)


def _covered(shingle_marks: Marks, words: int) -> Marks:
    """Mark the words of marked shingles."""
    covered = np.zeros(words, dtype=np.bool_)
    for offset in range(SHINGLE_WORDS):
        covered[offset : offset + len(shingle_marks)] |= shingle_marks
    return covered
