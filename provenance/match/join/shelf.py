"""The words of a corpus, taken apart once and put aside until the pairs are known they are wanted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from provenance.match.join.align import Texts
from provenance.match.join.postings import Ints
from provenance.match.join.spool import Kept, Spool
from provenance.text.tokens import Tokens

__all__ = ["Shelf", "Shelved"]


@dataclass(frozen=True, slots=True)
class Shelved:
    """The words of a batch of texts put aside, and their places.

    ``places`` holds two numbers for each word, code points from the end of the word before it (or the beginning of its
    text) and code points of its own: of eight bits each where they fit, and they nearly always do.
    """

    hashes: Kept
    places: Kept
    bounds: Ints


class Shelf:
    """Words of texts, which are numbered in the order their batches are added in."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._batches: list[Shelved] = []
        self._firsts: list[int] = [0]

    def put(self, tokens: Tokens) -> Shelved:
        """Put the words of a batch aside; any thread may."""
        before = np.zeros(len(tokens.ends), dtype=np.int64)
        before[1:] = tokens.ends[:-1]
        firsts = tokens.bounds[:-1]
        before[firsts[firsts < tokens.bounds[1:]]] = 0
        places = np.stack((tokens.starts - before, tokens.ends - tokens.starts), axis=1).ravel()
        small = places.astype(np.uint8)
        kept = small if np.array_equal(small, places) else places.astype(np.int32)
        return Shelved(self._spool.put(tokens.hashes), self._spool.put(kept), tokens.bounds)

    def add(self, batch: Shelved) -> None:
        """Number the texts of a batch."""
        self._batches.append(batch)
        self._firsts.append(self._firsts[-1] + len(batch.bounds) - 1)

    def sizes(self) -> Ints:
        """Count the words of every text."""
        return np.concatenate([np.empty(0, np.int64), *(np.diff(batch.bounds) for batch in self._batches)])

    def texts(self, numbers: Ints) -> Texts:
        """Give the words of some texts."""
        words, sizes = [np.empty(0, dtype=np.uint64)], [0]
        for batch, first, end in self._found(numbers):
            words.append(self._spool.get(batch.hashes, first, end))
            sizes.append(end - first)
        return Texts(np.concatenate(words), np.cumsum(sizes))

    def code_points(self, numbers: Ints) -> tuple[Ints, Ints]:
        """Give where each word of some texts starts and ends, one text after the other as in :meth:`texts`."""
        steps, sizes = [np.empty(0, dtype=np.int64)], []
        for batch, first, end in self._found(numbers):
            steps.append(self._spool.get(batch.places, 2 * first, 2 * end))
            sizes.append(2 * (end - first))
        edges = np.concatenate(([0], np.cumsum(np.concatenate(steps), dtype=np.int64)))
        begins = np.cumsum([0, *sizes])
        shift = np.repeat(edges[begins[:-1]], sizes) if sizes else 0
        places = edges[1:] - shift
        return places[::2], places[1::2]

    def _found(self, numbers: Sequence[int] | Ints) -> list[tuple[Shelved, int, int]]:
        at = np.searchsorted(self._firsts, numbers, side="right") - 1
        found = []
        for number, index in zip(np.asarray(numbers).tolist(), at.tolist(), strict=True):
            batch, own = self._batches[index], number - self._firsts[index]
            found.append((batch, int(batch.bounds[own]), int(batch.bounds[own + 1])))
        return found
