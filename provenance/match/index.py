"""Candidates: which pairs of articles are worth aligning.

One posting table ``(feature, article)``, sorted by feature; articles that stand together under a feature are
candidates. Two kinds of features are joined: fingerprints find copied words, rare terms find the same story told in
other words. Identical bodies are collapsed before the join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from provenance.match.features import Features
from provenance.model import ArticleId
from provenance.text.shingles import Hashes

__all__ = ["Candidate", "FeatureIndex", "SortJoinIndex"]

WORK_PER_POSTING = 4
"""Pairs a join may emit for every posting: features so common that they would cost more are passed over."""

MIN_SHARED_WEIGHT = 2.0
"""Weight of shared fingerprints from which a pair is aligned. A fingerprint only two articles have weighs 1, one that
many have weighs less (inverse document frequency): stock phrases do not make pairs."""

MIN_SHARED_SHARE = 0.3
"""Share of the smaller article's fingerprints that makes a pair whatever they weigh: copies within one outlet, and of a
story everybody has."""

SMALL_CORPUS = 1_000
"""Articles; in a smaller corpus frequencies are taken as if there were so many, for want of evidence."""

FURNITURE_SHARE = 0.1
"""Share of an outlet's articles from which a fingerprint is its furniture and weighs nothing inside that outlet."""

FURNITURE_ARTICLES = 3
"""Articles of one outlet a fingerprint must stand in before it can be furniture."""

MIN_COSINE = 0.05
"""Cosine of rare terms below which two articles are not about one story (unrelated news hardly shares any)."""

MIN_SHARED_TERMS = 0.12
"""Share of the smaller article's rare terms a pair must have in common to be aligned for its terms: fewer never came
near the strength of even a possible tie on the labelled rewrites."""

JOINED_COPIES = 20
"""Copies of one body that are held against what the first of them was found near: a credit may name any of them."""

PARTNERS = 8
"""Partners by rare terms that are aligned for each article, the nearest first."""

Int = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A pair worth aligning; ``left`` is the smaller id."""

    left: ArticleId
    right: ArticleId


class FeatureIndex(Protocol):
    """Where features are kept and joined; a plug-in point."""

    def add(self, features: Features) -> None:
        """Take in one article's features."""
        ...

    def candidates(self) -> Iterator[Candidate]:
        """List every pair worth aligning, each once, in ascending order."""
        ...


class SortJoinIndex:
    """An index in memory: NumPy arrays, sorted and joined in one go. The order of adding does not matter."""

    def __init__(self) -> None:
        self._features: list[Features] = []

    def add(self, features: Features) -> None:
        """Take in one article's features; an article without words has no partner."""
        if features.words:
            self._features.append(features)

    def candidates(self) -> Iterator[Candidate]:
        """List every pair worth aligning, each once, in ascending order."""
        groups = self._bodies()
        first = [group[0] for group in groups]
        pairs = {_pair(one, other) for group in groups for one, other in pairwise(group)}
        for left, right in {*_shared_fingerprints(first), *_near_terms(first)}:
            pairs |= {_pair(first[left], copy) for copy in groups[right][:JOINED_COPIES]}
            pairs |= {_pair(copy, first[right]) for copy in groups[left][:JOINED_COPIES]}
        yield from sorted(pairs)

    def _bodies(self) -> list[list[Features]]:
        """Group articles by identical body, each group by id: only the first is joined, a story costs its copies."""
        bodies: defaultdict[str, list[Features]] = defaultdict(list)
        for features in sorted(self._features, key=lambda features: features.article):
            bodies[features.body_hash].append(features)
        return sorted(bodies.values(), key=lambda group: group[0].article)


def _pair(one: Features, other: Features) -> Candidate:
    return Candidate(*sorted((one.article, other.article)))


def _postings(values: Iterable[Hashes]) -> tuple[Hashes, Int]:
    """Lay out (feature, article number) sorted by feature, then article."""
    lists = list(values)
    if not lists:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    owners = np.repeat(np.arange(len(lists)), [len(items) for items in lists])
    features = np.concatenate(lists)
    order = np.lexsort((owners, features))
    return features[order], owners[order]


def _groups(features: Hashes) -> tuple[Int, Int]:
    """Give the start and the size of every run of equal features."""
    starts = np.flatnonzero(np.r_[True, features[1:] != features[:-1]]) if len(features) else np.empty(0, np.int64)
    return starts, np.diff(np.r_[starts, len(features)])


def _affordable(sizes: Int, postings: int) -> int:
    """Give the largest group size whose pairs, with those of all smaller groups, stay inside the work budget."""
    counts = np.bincount(sizes)
    work = np.cumsum(counts * np.arange(len(counts)) * (np.arange(len(counts)) - 1) // 2)
    return int(np.searchsorted(work, WORK_PER_POSTING * postings, side="right")) - 1


def _emitted(
    owners: Int, starts: Int, sizes: Int, cap: int, weights: npt.NDArray[np.float64]
) -> Iterator[tuple[Int, npt.NDArray[np.float64]]]:
    """Give the pairs of every group of at most ``cap`` articles as ``left << 32 | right``, with the group's weight."""
    for size in range(2, cap + 1):
        chosen = starts[sizes == size]
        if len(chosen):
            members = owners[chosen[:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            keys = (members[:, left] << 32) | members[:, right]
            yield keys.ravel(), np.repeat(weights[sizes == size], len(left))


def _summed(emitted: Sequence[tuple[Int, npt.NDArray[np.float64]]]) -> tuple[Int, npt.NDArray[np.float64]]:
    """Add up the weights of equal pairs."""
    if not emitted:
        return np.empty(0, np.int64), np.empty(0)
    keys = np.concatenate([keys for keys, _ in emitted])
    weights = np.concatenate([weights for _, weights in emitted])
    distinct, inverse = np.unique(keys, return_inverse=True)
    return distinct, np.bincount(inverse, weights=weights, minlength=len(distinct)).astype(np.float64)


def _shared_fingerprints(articles: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pair articles that share copied words. Fingerprints too common to join tie their articles to the first one."""
    features, owners = _postings(article.fingerprints for article in articles)
    starts, sizes = _groups(features)
    if not len(starts):
        return
    cap = max(2, _affordable(sizes, len(features)))
    weights = _rarity(sizes, len(articles)) * ~_is_furniture(owners, starts, sizes, articles)
    # The whole part counts fingerprints, the fraction below SCALE carries their weight: one join gives both.
    emitted = list(_emitted(owners, starts, sizes, cap, 1.0 + weights / SCALE))
    for start, size in zip(starts[sizes > cap], sizes[sizes > cap], strict=True):
        members = owners[start : start + size]
        emitted.append(((members[0] << 32) | members[1:], np.ones(size - 1)))
    keys, sums = _summed(emitted)
    left, right = keys >> 32, keys & 0xFFFFFFFF
    counts = np.floor(sums)
    held = np.array([len(article.fingerprints) for article in articles])
    enough = (sums - counts) * SCALE >= MIN_SHARED_WEIGHT
    enough |= counts >= MIN_SHARED_SHARE * np.minimum(held[left], held[right])
    yield from zip(left[enough].tolist(), right[enough].tolist(), strict=True)


SCALE = 1e6
"""Keeps summed weights below one; two articles never share so many fingerprints."""


def _rarity(sizes: Int, articles: int) -> npt.NDArray[np.float64]:
    """Weigh fingerprints by inverse document frequency, in [0, 1]; 1 for one that two articles have."""
    corpus = max(articles, SMALL_CORPUS)
    rarity: npt.NDArray[np.float64] = np.clip(np.log(corpus / sizes) / np.log(corpus / 2), 0.0, 1.0)
    return rarity


def _is_furniture(owners: Int, starts: Int, sizes: Int, articles: Sequence[Features]) -> npt.NDArray[np.bool_]:
    """Say of every fingerprint whether most of the articles that have it have it as their outlet's furniture."""
    names = sorted({article.outlet or "" for article in articles})
    number = {name: at for at, name in enumerate(names)}
    outlets = np.array([number[article.outlet or ""] for article in articles])
    published = np.bincount(outlets, minlength=len(names))
    groups = np.repeat(np.arange(len(starts)), sizes)
    keys, inverse, counts = np.unique(groups * len(names) + outlets[owners], return_inverse=True, return_counts=True)
    floor = np.maximum(FURNITURE_ARTICLES, FURNITURE_SHARE * published[keys % len(names)])
    recurs = (counts >= floor) & (np.array([name != "" for name in names])[keys % len(names)])
    return np.bincount(groups, weights=recurs[inverse], minlength=len(starts)) > sizes / 2


def _near_terms(articles: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pair every article with those nearest to it by rare terms (cosine, weighted by inverse document frequency)."""
    features, owners = _postings(article.terms for article in articles)
    starts, sizes = _groups(features)
    if not len(starts):
        return
    rarity = np.log1p(len(articles) / sizes) ** 2
    norms = np.sqrt(np.bincount(owners, weights=np.repeat(rarity, sizes), minlength=len(articles)))
    cap = max(2, _affordable(sizes, len(features)))
    keys, products = _summed(list(_emitted(owners, starts, sizes, cap, rarity)))
    left, right = keys >> 32, keys & 0xFFFFFFFF
    cosine = products / (norms[left] * norms[right])
    near = cosine >= MIN_COSINE
    for one, other in _nearest(left[near], right[near], cosine[near]):
        if _shared_terms(articles[one], articles[other]) >= MIN_SHARED_TERMS:
            yield one, other


def _shared_terms(one: Features, other: Features) -> float:
    """Give the share of the smaller article's rare terms that both have."""
    shared = np.intersect1d(one.terms, other.terms, assume_unique=True)
    return len(shared) / max(1, min(len(one.terms), len(other.terms)))


def _nearest(left: Int, right: Int, cosine: npt.NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Keep the :data:`PARTNERS` nearest of each article, seen from either side."""
    here, there, score = np.r_[left, right], np.r_[right, left], np.r_[cosine, cosine]
    order = np.lexsort((there, -score, here))
    here, there = here[order], there[order]
    first = np.flatnonzero(np.r_[True, here[1:] != here[:-1]]) if len(here) else np.empty(0, np.int64)
    rank = np.arange(len(here)) - np.repeat(first, np.diff(np.r_[first, len(here)]))
    chosen = rank < PARTNERS
    yield from zip(
        np.minimum(here[chosen], there[chosen]).tolist(),
        np.maximum(here[chosen], there[chosen]).tolist(),
        strict=True,
    )
