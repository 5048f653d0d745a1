"""What is known of a corpus because it was planted: which pairs share words, how many, and how they came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from benchmarks.planting import COMMON_QUOTES, Kind, Planted
from benchmarks.prose import FURNITURE
from benchmarks.words import Floats, Numbers

__all__ = ["KINDS", "Truth", "truth_of"]

KINDS = tuple(Kind)
"""Kinds by the number they are kept under."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything planted in a corpus; pairs have their smaller article first and are those of two different articles.

    Attributes:
        left, right: the articles of each pair that shares a sentence, but for two copies of one wire story: their
            number grows with the square, and ``wire`` tells them all.
        words: words of the sentences both have, edited or not; quotations do not count.
        share: those words as a share of the shorter article, in [0, 1].
        kind: number in :data:`KINDS`.
        wire: for every article, the number of the wire story it is a copy or the source of, or -1.
        common_quotes: for every article, the common quotations in it, as bits.
    """

    left: Numbers
    right: Numbers
    words: Numbers
    share: Floats
    kind: Numbers
    wire: Numbers
    common_quotes: Numbers

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put the truth of shards together: articles of a later one are numbered on."""
        sizes = [len(part.wire) for part in parts]
        first = np.cumsum([0, *sizes[:-1]])
        return cls(
            left=np.concatenate([part.left + base for part, base in zip(parts, first, strict=True)]),
            right=np.concatenate([part.right + base for part, base in zip(parts, first, strict=True)]),
            words=np.concatenate([part.words for part in parts]),
            share=np.concatenate([part.share for part in parts]),
            kind=np.concatenate([part.kind for part in parts]),
            wire=np.concatenate([np.where(part.wire < 0, -1, at) for at, part in enumerate(parts)]),
            common_quotes=np.concatenate([part.common_quotes for part in parts]),
        )

    def save(self, path: Path) -> None:
        """Write everything to one file."""
        np.savez(path, **{name: getattr(self, name) for name in _NAMES})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(**{name: kept[name] for name in _NAMES})


_NAMES = tuple(field.name for field in fields(Truth))


def truth_of(articles: Sequence[Planted]) -> Truth:
    """Say what the articles of one shard share; at most one wire story is in it."""
    wire = _wire(articles)
    sentences = _Sentences.of(articles)
    pairs, words = sentences.shared(wire >= 0)
    left, right = pairs // len(articles), pairs % len(articles)
    lengths = np.array([len(each.body.words) for each in articles])
    return Truth(
        left=left,
        right=right,
        words=words,
        share=words / np.minimum(lengths[left], lengths[right]),
        kind=_kinds(articles, left, right, words),
        wire=wire,
        common_quotes=_common_quotes(articles),
    )


def _wire(articles: Sequence[Planted]) -> Numbers:
    copies = [at for at, each in enumerate(articles) if each.kind is Kind.WIRE]
    wire = np.full(len(articles), -1, dtype=np.int64)
    wire[[*copies, *(articles[at].source for at in copies[:1])]] = 0
    return wire


def _common_quotes(articles: Sequence[Planted]) -> Numbers:
    lowest = FURNITURE - COMMON_QUOTES
    return np.array(
        [
            sum(
                1 << (FURNITURE - 1 - origin)
                for origin in {*each.body.origins.tolist()}
                if lowest <= origin < FURNITURE
            )
            for each in articles
        ],
        dtype=np.int64,
    )


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Every sentence of every article, by origin, then article; one that an article has twice is there once."""

    origins: Numbers
    owners: Numbers
    words: Numbers
    articles: int

    @classmethod
    def of(cls, articles: Sequence[Planted]) -> _Sentences:
        origins = np.concatenate([each.body.origins for each in articles])
        owners = np.repeat(np.arange(len(articles)), [len(each.body) for each in articles])
        words = np.concatenate([each.body.lengths for each in articles])
        _, once = np.unique(np.stack([origins, owners]), axis=1, return_index=True)
        common = (origins[once] < FURNITURE) & (origins[once] >= FURNITURE - COMMON_QUOTES)
        once = once[~common & (origins[once] != FURNITURE)]  # told apart by Truth.common_quotes: no story, no shard
        return cls(origins[once], owners[once], words[once], len(articles))

    def shared(self, is_wire: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Give all pairs that share a sentence, as ``left * articles + right``, with the words of prose they share."""
        emitted = list(self._emitted(is_wire))
        if not emitted:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        keys, words = (np.concatenate(column) for column in zip(*emitted, strict=True))
        pairs, place = np.unique(keys, return_inverse=True)
        return pairs, np.bincount(place, weights=words).astype(np.int64)

    def _emitted(self, is_wire: npt.NDArray[np.bool_]) -> Iterator[tuple[Numbers, Numbers]]:
        starts = np.flatnonzero(np.r_[True, self.origins[1:] != self.origins[:-1]])
        ends = np.r_[starts[1:], len(self.origins)]
        for start, end in zip(*(edge[ends - starts > 1].tolist() for edge in (starts, ends)), strict=True):
            owners, words = self.owners[start:end], self.words[start:end]
            one, other = _pairs(is_wire[owners])
            left, right = np.minimum(owners[one], owners[other]), np.maximum(owners[one], owners[other])
            is_prose = self.origins[start] >= 0
            yield left * self.articles + right, is_prose * np.minimum(words[one], words[other])


def _pairs(is_wire: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Pair members of one group: any two but two of the wire."""
    others, wired = np.flatnonzero(~is_wire), np.flatnonzero(is_wire)
    among = np.array(list(combinations(others.tolist(), 2)), dtype=np.int64).reshape(-1, 2)
    across = np.stack(np.meshgrid(others, wired), axis=-1).reshape(-1, 2)
    both = np.concatenate([among, across])
    return both[:, 0], both[:, 1]


def _kinds(articles: Sequence[Planted], left: Numbers, right: Numbers, words: Numbers) -> Numbers:
    number = {kind: at for at, kind in enumerate(KINDS)}
    own = np.array([number[each.kind] for each in articles])
    source = np.array([each.source for each in articles])
    wired = (own[left] == number[Kind.WIRE]) | (own[right] == number[Kind.WIRE])
    among = np.where(wired, number[Kind.BESIDE_WIRE], number[Kind.INDIRECT])
    indirect = np.where(words > 0, among, number[Kind.QUOTE])
    return np.where(source[right] == left, own[right], np.where(source[left] == right, own[left], indirect))
