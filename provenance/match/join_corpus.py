"""A corpus of texts on its way through the join: read once, in batches, by several threads."""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from provenance.match.join import Shared
from provenance.match.join_fingerprints import fingerprints
from provenance.match.join_postings import Ints, Members, packed
from provenance.match.join_shelf import Shelf, Shelved
from provenance.match.join_spool import Partitioned
from provenance.text.tokens import tokenise

__all__ = ["Corpus", "TextToMatch"]

BATCH_CHARACTERS = 100_000
"""Code points of the texts taken apart at once: their arrays fit into a core's cache."""

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
        waiting: deque[Future[_Read]] = deque()
        with ThreadPoolExecutor(max(1, threads)) as pool:
            for batch in _batches(articles):
                first = len(self.names)
                self.names += [article.id for article in batch]
                self._outlets += [article.outlet for article in batch]
                self._published += [article.published for article in batch]
                waiting.append(pool.submit(self._taken_apart, [article.text for article in batch], first))
                if len(waiting) > 2 * threads:
                    self._take(waiting.popleft().result())
            while waiting:
                self._take(waiting.popleft().result())
        if len(set(self.names)) < len(self.names):
            raise ValueError("two texts have one name")

    def _taken_apart(self, texts: Sequence[str], first: int) -> _Read:
        tokens = tokenise(texts)
        chosen = fingerprints(tokens)
        self.postings.append(packed(chosen.hashes, chosen.owners + first))
        bodies = tokens.hashes.astype("<u8", copy=False).data
        bounds = tokens.bounds.tolist()
        digests = [hashlib.sha256(bodies[bounds[i] : bounds[i + 1]]).digest() for i in range(len(texts))]
        return _Read(self.shelf.put(tokens), digests, np.bincount(chosen.owners, minlength=len(texts)))

    def _take(self, batch: _Read) -> None:
        self.shelf.add(batch.words)
        self._digests += batch.digests
        self._held.append(batch.held)

    def members(self) -> Members:
        """Give the texts that take part in the join: those with words, and of identical ones the first."""
        first = self._firsts()
        names = sorted({name for name in self._outlets if name is not None})
        number = {name: at for at, name in enumerate(names)}
        order = sorted(first, key=lambda text: (number.get(self._outlets[text] or "", -1), self.names[text]))
        places = np.full(len(self.names), -1, dtype=np.int64)
        places[order] = np.arange(len(order))
        by_time = np.empty(len(order), dtype=np.int64)
        by_time[places[sorted(order, key=self._when)]] = np.arange(len(order))
        return Members(
            places=places,
            outlets=np.array([number.get(self._outlets[text] or "", -1) for text in order], dtype=np.int64),
            held=np.concatenate(self._held)[order],
            precedence=by_time,
        )

    def _when(self, text: int) -> tuple[bool, float, str]:
        published = self._published[text]
        return published is None, published or 0.0, self.names[text]

    def _firsts(self) -> dict[int, list[int]]:
        """Give the first text of each body, with its copies in order."""
        groups: defaultdict[bytes, list[int]] = defaultdict(list)
        sizes = self.shelf.sizes()
        for text, digest in enumerate(self._digests):
            if sizes[text]:
                groups[digest].append(text)
        copies = {}
        for group in groups.values():
            first, *others = sorted(group, key=self._when) if len(group) > 1 else group
            copies[first] = others
        return copies

    def pairs(self, shared: Shared, members: Members) -> tuple[Ints, Ints]:
        """Give the pairs of texts that pairs of places stand for, copies included; the left name is the smaller."""
        firsts = self._firsts()
        order = np.flatnonzero(members.places >= 0)
        order = order[np.argsort(members.places[order])]
        left, right = [order[shared.left]], [order[shared.right]]
        for first, copies in firsts.items():
            if copies:
                touching = np.concatenate((left[0][right[0] == first], right[0][left[0] == first]))
                for copy in copies[:JOINED_COPIES]:
                    left.append(np.full(len(touching), copy))
                    right.append(touching)
                left.append(np.full(len(copies), first))
                right.append(np.array(copies))
        return self._by_name(np.concatenate(left), np.concatenate(right))

    def name_ranks(self) -> Ints:
        """Give the rank of each text by name."""
        rank = np.empty(len(self.names), dtype=np.int64)
        rank[sorted(range(len(self.names)), key=self.names.__getitem__)] = np.arange(len(self.names))
        return rank

    def _by_name(self, one: Ints, other: Ints) -> tuple[Ints, Ints]:
        """Put the smaller name left, and pairs of one right text next to each other: its table is made once."""
        rank = self.name_ranks()
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
