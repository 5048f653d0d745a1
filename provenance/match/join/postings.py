"""Postings: a feature and an article that has it, in one number; sorted, a feature's articles are neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.text.shingles import Hashes, among

__all__ = [
    "ARTICLE",
    "ARTICLE_BITS",
    "Ints",
    "Marks",
    "Members",
    "Reals",
    "groups_of",
    "in_company",
    "like",
    "packed",
    "places_in",
    "rarity",
]

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

ARTICLE_BITS = 24
"""Bits of a posting that hold the article: 16.7 million. The 40 that are left of the feature confuse one pair of
features in 10**12, and it takes more than one to make a pair of articles."""

ARTICLE = np.uint64((1 << ARTICLE_BITS) - 1)
"""Those bits."""


@dataclass(frozen=True, slots=True)
class Members:
    """The articles that take part, in an order that does not depend on when they came: by outlet, then by name.

    Attributes:
        places: by article number, its place in that order; -1 for one that takes no part.
        outlets: by place, the number of its outlet; -1 for one without.
        held: by place, the number of its features.
        precedence: by place, when it came; the smallest of a story is the one the others are tied to.
    """

    places: Ints
    outlets: Ints
    held: Ints
    precedence: Ints

    def __len__(self) -> int:
        """Count the articles that take part."""
        return len(self.outlets)

    @property
    def bits(self) -> int:
        """Bits of the largest place."""
        return max(1, (len(self) - 1).bit_length())


def packed(features: Hashes, number: int | Ints) -> Hashes:
    """Make postings of the features of an article, or of one article for each feature."""
    return (features & ~ARTICLE) | np.asarray(number).astype(np.uint64)


def groups_of(ascending: npt.NDArray[Any]) -> tuple[Ints, Ints]:
    """Give the start and the size of every run of equal numbers."""
    if not len(ascending):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))
    return starts, np.diff(np.concatenate((starts, [len(ascending)])))


def places_in(keys: Hashes) -> Ints:
    """Give the articles of postings: places, once numbers have been replaced by them."""
    return (keys & ARTICLE).astype(np.int64)


def in_company(keys: Hashes) -> Hashes:
    """Keep the postings whose feature more than one of them has."""
    if not len(keys):
        return keys
    features = keys >> np.uint64(ARTICLE_BITS)
    same = np.concatenate(([False], features[1:] == features[:-1], [False]))
    return keys[same[1:] | same[:-1]]


_NEAR_BITS = 18
"""Bits of the filter by which features that some articles have are found among all."""


def like(keys: Hashes, wanted: Hashes) -> Marks:
    """Say which postings are of a feature some wanted ones are of."""
    cells = ((keys >> np.uint64(ARTICLE_BITS)) & np.uint64((1 << _NEAR_BITS) - 1)).astype(np.int64)
    marks = np.zeros(1 << _NEAR_BITS, dtype=np.bool_)
    marks[((wanted >> np.uint64(ARTICLE_BITS)) & np.uint64((1 << _NEAR_BITS) - 1)).astype(np.int64)] = True
    near = marks[cells]
    at = np.flatnonzero(near)
    near[at] = among(keys[at] >> np.uint64(ARTICLE_BITS), np.sort(wanted >> np.uint64(ARTICLE_BITS)))
    return near


SMALL_CORPUS = 1_000
"""Articles; in a smaller corpus frequencies are taken as if there were so many, for want of evidence."""


def rarity(articles: int) -> Callable[[Ints], Reals]:
    """Give the weight of features by inverse document frequency, in [0, 1]; 1 for one that two articles have.

    Args:
        articles: how many there are in all.
    """
    corpus = max(articles, SMALL_CORPUS)

    def weigh(sizes: Ints) -> Reals:
        weights: Reals = np.clip(np.log(corpus / sizes) / np.log(corpus / 2), 0.0, 1.0)
        return weights

    return weigh
