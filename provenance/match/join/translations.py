"""Partners in other languages: which articles name the same numbers and names, for what was translated.

Only pairs of different languages are made, so that a corpus in one language pays nothing: under a feature the articles
are in order of language, and each meets those of the languages behind its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.match.join.outcome import Resources, Shared
from provenance.match.join.postings import ARTICLE, ARTICLE_BITS, Ints, Members, Reals, groups_of, places_in
from provenance.match.join.spool import Partitioned, Spool
from provenance.text.shingles import Hashes

__all__ = ["near_translations"]

WORK_PER_LINK = 1.0
"""Pairs the join may emit for every feature of every article: one that many have tells little."""

SMALL_WORK = 1 << 20
"""Pairs that may be emitted in any case: a tenth of a second."""

MIN_NEARNESS = 0.02
"""Nearness below which two articles have next to nothing in common: the mean of two cosines, numbers and words."""

TRANSLATION_PARTNERS = 5
"""Partners in other languages that are aligned for each article, the nearest first: on translated news five found what
ten did."""

TRANSLATIONS = 12
"""How near an article must be to its partner in turn: among so many. Without that, each article of a corpus would be
held against the few that are in another language, or whose language was mistaken."""

_WEIGHT_BITS = 16
_WHOLE = (1 << _WEIGHT_BITS) - 1
_GRAIN = 2.0**-16


@dataclass(frozen=True, slots=True)
class _Order:
    """The articles in order of language: ``ranks`` by article number (-1: no part), ``languages`` by rank."""

    ranks: Ints
    languages: Ints


@dataclass(frozen=True, slots=True)
class _Group:
    """The postings of a partition, ascending by feature and language.

    Attributes:
        ranks: the article of each posting.
        sizes: how many articles have the posting's feature.
        partners: how many of them have a language behind the posting's own.
        first: place of the first of these.
    """

    ranks: Ints
    sizes: Ints
    partners: Ints
    first: Ints


def near_translations(kinds: Sequence[Partitioned], members: Members, languages: Ints, resources: Resources) -> Shared:
    """Pair every article with those nearest to it in other languages.

    Args:
        kinds: postings of features of several kinds; nearness is the mean of one cosine for each.
        members: the articles that take part.
        languages: by place, the number of the article's language.
        resources: memory.
    """
    by_language = np.lexsort((np.arange(len(members)), languages))
    rank = np.empty(len(members), dtype=np.int64)
    rank[by_language] = np.arange(len(members))
    ranks = np.where(members.places < 0, -1, rank[members.places]) if len(members) else members.places
    order = _Order(ranks, languages[by_language])
    with Spool(resources.memory) as spool:
        pairs = Partitioned(spool, bits=2 * members.bits + _WEIGHT_BITS, leading=2 * members.bits)
        for postings in kinds:
            _emit(postings, order, pairs, len(kinds))
        left, right, count, weight = _summed(pairs, members.bits)
    near = _nearest(left, right, weight)
    one, other = by_language[left[near]], by_language[right[near]]
    return Shared(np.minimum(one, other), np.maximum(one, other), count[near], weight[near])


def _groups(postings: Partitioned, order: _Order) -> Iterator[_Group]:
    for cells in postings.partitions():
        keys = postings.read(cells)
        ranks = order.ranks[places_in(keys)]
        keys = np.sort(((keys & ~ARTICLE) | ranks.astype(np.uint64))[ranks >= 0])
        yield _grouped(keys, order)


def _grouped(keys: Hashes, order: _Order) -> _Group:
    ranks = places_in(keys)
    features = keys >> np.uint64(ARTICLE_BITS)
    starts, sizes = groups_of(features)
    ends = np.repeat(starts + sizes, sizes)
    # A block is what one feature has of one language.
    change = np.ones(len(keys), dtype=np.bool_)
    change[1:] = (features[1:] != features[:-1]) | (order.languages[ranks[1:]] != order.languages[ranks[:-1]])
    blocks = np.flatnonzero(change)
    after = np.diff(np.concatenate((blocks, [len(keys)])))
    first = np.repeat(blocks + after, after)
    return _Group(ranks, np.repeat(sizes, sizes), ends - first, first)


def _emit(postings: Partitioned, order: _Order, pairs: Partitioned, kinds: int) -> None:
    """Emit the pairs of every feature, from the rarest on, each with what it adds to the cosine."""
    articles = max(1, len(order.languages))
    totals = np.zeros(articles)
    work = np.zeros(articles + 1, dtype=np.int64)
    for group in _groups(postings, order):
        totals += np.bincount(group.ranks, _weights(group.sizes, articles), articles)
        work += np.bincount(group.sizes, group.partners, articles + 1).astype(np.int64)
    budget = max(SMALL_WORK, WORK_PER_LINK * len(postings))
    cap = int(np.searchsorted(np.cumsum(work), budget, side="right")) - 1
    norms = np.sqrt(np.maximum(totals, np.finfo(np.float64).tiny))
    bits = max(1, (articles - 1).bit_length())
    for group in _groups(postings, order):
        counts = np.where(group.sizes <= cap, group.partners, 0)
        ours = np.repeat(np.arange(len(counts)), counts)
        theirs = group.first[ours] + np.arange(len(ours)) - np.repeat(np.cumsum(counts) - counts, counts)
        left, right = group.ranks[ours], group.ranks[theirs]
        added = _weights(group.sizes[ours], articles) / (norms[left] * norms[right]) / kinds
        weight = np.rint(np.minimum(1.0, added) * _WHOLE).astype(np.uint64)
        pair = (left.astype(np.uint64) << np.uint64(bits)) | right.astype(np.uint64)
        pairs.append((pair << np.uint64(_WEIGHT_BITS)) | weight)


def _weights(sizes: Ints, articles: int) -> Reals:
    """Weigh features by inverse document frequency, squared: what they are worth in a cosine.

    The weights are multiples of :data:`_GRAIN`, so that their sums are exact and the same in whatever order.
    """
    weights: Reals = np.rint(np.log1p(articles / sizes) ** 2 / _GRAIN) * _GRAIN
    return weights


def _summed(pairs: Partitioned, bits: int) -> tuple[Ints, Ints, Ints, Reals]:
    """Add up what equal pairs share, and keep those near enough."""
    none = np.empty(0, dtype=np.int64)
    found = [(none, none, np.empty(0))]
    for cells in pairs.partitions():
        emitted = np.sort(pairs.read(cells))
        starts, counts = groups_of(emitted >> np.uint64(_WEIGHT_BITS))
        if not len(starts):
            continue
        sums = np.add.reduceat(emitted & np.uint64(_WHOLE), starts) / _WHOLE
        near = sums >= MIN_NEARNESS
        found.append(((emitted[starts[near]] >> np.uint64(_WEIGHT_BITS)).astype(np.int64), counts[near], sums[near]))
    keys, counts, sums = (np.concatenate(column) for column in zip(*found, strict=True))
    return keys >> bits, keys & ((1 << bits) - 1), counts, sums


def _nearest(left: Ints, right: Ints, weight: Reals) -> npt.NDArray[np.bool_]:
    """Choose pairs of which one is among the nearest of the other, and the other not far from it in turn."""
    here, there, both = np.concatenate((left, right)), np.concatenate((right, left)), np.concatenate((weight, weight))
    order = np.lexsort((there, -both, here))
    starts, sizes = groups_of(here[order])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(starts, sizes)
    ours, theirs = rank.reshape(2, -1)
    near: npt.NDArray[np.bool_] = (np.minimum(ours, theirs) < TRANSLATION_PARTNERS) & (
        np.maximum(ours, theirs) < TRANSLATIONS
    )
    return near
