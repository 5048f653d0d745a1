"""A corpus of texts on its way through the join: read once, in batches, by several threads."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from provenance.match.join.fingerprints import fingerprints
from provenance.match.join.outcome import Shared
from provenance.match.join.postings import Ints, Members, packed
from provenance.match.join.shelf import Shelf, Shelved
from provenance.match.join.spool import Partitioned
from provenance.match.join.threads import mapped
from provenance.text.tokens import tokenise

__all__ = ["Corpus", "TextToMatch"]

BATCH_CHARACTERS = 500_000
"""Code points of the texts taken apart at once. With fewer their arrays would fit into a core's cache, but two threads
would wait for each other at the interpreter's lock more often than that saves (a third of the time at 100,000)."""

JOINED_COPIES = 20
"""Copies of one body that are held against what the first of them was found near: a credit may name any of them."""


@dataclass(frozen=True, slots=True)
class TextToMatch:
    """One text: its name, where it stood, and when (a number that grows; ``None`` for unknown, which comes last)."""

    id: str
    text: str
    outlet: str | None = None
    published: float | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A batch taken apart."""

    words: Shelved
    digests: list[bytes]
    held: Ints


class Corpus:
    """The texts, by number in the order they came in; what a result may depend on is their names alone."""

    def __init__(self, shelf: Shelf, postings: Partitioned) -> None:
        self.shelf, self.postings = shelf, postings
        self.names: list[str] = []
        self._outlets: list[str | None] = []
        self._published: list[float | None] = []
        self._digests: list[bytes] = []
        self._held: list[Ints] = [np.empty(0, dtype=np.int64)]

    def read(self, articles: Iterable[TextToMatch], threads: int) -> None:
        """Take all texts apart."""
        for batch in mapped(lambda batch: self._taken_apart(*batch), self._numbered(articles), threads):
            self.shelf.add(batch.words)
            self._digests += batch.digests
            self._held.append(batch.held)
        if len(set(self.names)) < len(self.names):
            raise ValueError("two texts have one name")

    def _numbered(self, articles: Iterable[TextToMatch]) -> Iterator[tuple[list[str], int]]:
        """Give batches of texts, each with the number of its first."""
        for batch in _batches(articles):
            first = len(self.names)
            self.names += [article.id for article in batch]
            self._outlets += [article.outlet for article in batch]
            self._published += [article.published for article in batch]
            yield [article.text for article in batch], first

    def _taken_apart(self, texts: Sequence[str], first: int) -> _Read:
        tokens = tokenise(texts)
        chosen = fingerprints(tokens)
        self.postings.append(packed(chosen.hashes, chosen.owners + first))
        bodies = tokens.hashes.astype("<u8", copy=False).data
        bounds = tokens.bounds.tolist()
        digests = [hashlib.sha256(bodies[bounds[i] : bounds[i + 1]]).digest() for i in range(len(texts))]
        return _Read(self.shelf.put(tokens), digests, chosen.counts)

    @cached_property
    def name_ranks(self) -> Ints:
        """The rank of each text by name."""
        rank = np.empty(len(self.names), dtype=np.int64)
        rank[sorted(range(len(self.names)), key=self.names.__getitem__)] = np.arange(len(self.names))
        return rank

    @cached_property
    def _came(self) -> Ints:
        """The rank of each text by when it came, then by name."""
        when = np.array([math.inf if time is None else time for time in self._published], dtype=np.float64)
        rank = np.empty(len(when), dtype=np.int64)
        rank[np.lexsort((self.name_ranks, when))] = np.arange(len(when))
        return rank

    @cached_property
    def _copies(self) -> dict[int, list[int]]:
        """The first text of each body, with its copies in order."""
        groups: defaultdict[bytes, list[int]] = defaultdict(list)
        for text, (digest, size) in enumerate(zip(self._digests, self.shelf.sizes().tolist(), strict=True)):
            if size:
                groups[digest].append(text)
        came = self._came
        ordered = (sorted(group, key=came.__getitem__) if len(group) > 1 else group for group in groups.values())
        return {first: others for first, *others in ordered}

    def members(self) -> Members:
        """Give the texts that take part in the join: those with words, and of identical ones the first."""
        names = sorted({name for name in self._outlets if name is not None})
        number: dict[str | None, int] = {name: at for at, name in enumerate(names)}
        outlets = np.array([number.get(name, -1) for name in self._outlets], dtype=np.int64)
        firsts = np.array(list(self._copies), dtype=np.int64)
        order = firsts[np.lexsort((self.name_ranks[firsts], outlets[firsts]))]
        places = np.full(len(self.names), -1, dtype=np.int64)
        places[order] = np.arange(len(order))
        return Members(places, outlets[order], np.concatenate(self._held)[order], self._came[order])

    def pairs(self, shared: Shared, members: Members) -> tuple[Ints, Ints]:
        """Give the pairs of texts that pairs of places stand for, copies included; the left name is the smaller."""
        order = np.flatnonzero(members.places >= 0)
        order = order[np.argsort(members.places[order])]
        here = np.concatenate((order[shared.left], order[shared.right]))
        there = np.concatenate((order[shared.right], order[shared.left]))
        by_text = np.argsort(here, kind="stable")
        edges = np.searchsorted(here[by_text], np.arange(len(self.names) + 1))
        left, right = [order[shared.left]], [order[shared.right]]
        for first, copies in self._copies.items():
            if copies:
                near = there[by_text[edges[first] : edges[first + 1]]]
                joined = np.array(copies[:JOINED_COPIES])
                left += [np.repeat(joined, len(near)), np.full(len(copies), first)]
                right += [np.tile(near, len(joined)), np.array(copies)]
        return self._by_name(np.concatenate(left), np.concatenate(right))

    def _by_name(self, one: Ints, other: Ints) -> tuple[Ints, Ints]:
        """Put the smaller name left, and pairs of one right text next to each other: its table is made once."""
        rank = self.name_ranks
        swapped = rank[one] > rank[other]
        left, right = np.where(swapped, other, one), np.where(swapped, one, other)
        order = np.lexsort((rank[left], rank[right]))
        return left[order], right[order]


def _batches(articles: Iterable[TextToMatch]) -> Iterator[list[TextToMatch]]:
    batch: list[TextToMatch] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
