"""What is done with the postings of one partition: sorting, furniture, pairs, and copies of what everybody has.

Nothing is kept from one call to the next, and what is counted is counted in whole numbers: partitions may be cut
anywhere and worked on in any order, by threads or by other machines, and the sums are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from provenance.match.join.outcome import Rules, Shared, Some
from provenance.match.join.postings import (
    ARTICLE,
    ARTICLE_BITS,
    Ints,
    Marks,
    Members,
    Reals,
    groups_of,
    in_company,
    like,
    packed,
    places_in,
)
from provenance.text.shingles import Hashes

__all__ = ["WEIGHT_BITS", "WHOLE", "Kernels", "Sorted", "quantised", "summed"]

WEIGHT_BITS = 16
"""Bits of an emitted pair that hold its weight."""

WHOLE = (1 << WEIGHT_BITS) - 1
"""The weight 1 in whole numbers."""

FURNITURE_SHARE = 0.1
"""Share of an outlet's articles from which a feature is its furniture."""

FURNITURE_ARTICLES = 3
"""Articles of one outlet a feature must stand in before it can be furniture."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """A partition's postings of features that more than one article has.

    Attributes:
        keys: the postings, ascending, with places for article numbers.
        furniture: which of them are furniture of the article's outlet.
        by_outlet: the furniture of each outlet; see :attr:`Findings.furniture`.
    """

    keys: Hashes
    furniture: Marks
    by_outlet: Hashes


class Kernels:
    """The steps of a join on one partition.

    Args:
        members: the articles that take part.
        rules: weights, and whether outlets have furniture.
        some: whose pairs are wanted; all when ``None``.
    """

    def __init__(self, members: Members, rules: Rules, some: Some | None = None) -> None:
        self.members, self.rules, self.some = members, rules, some
        self.own = int(quantised(rules.weigh(np.ones(1, dtype=np.int64)))[0])
        self.published = np.bincount(members.outlets[members.outlets >= 0], minlength=1)
        self.asked = np.zeros(len(members.places), dtype=np.bool_)
        if some is not None:
            taking = np.flatnonzero(members.places >= 0)
            self.asked[taking] = some.of[members.places[taking]]

    def by_place(self, keys: Hashes) -> Ints:
        """Count postings by the place of their article."""
        return np.bincount(places_in(keys), minlength=len(self.members))

    def ordered(self, keys: Hashes) -> Sorted:
        """Sort a partition, leave out what only one article has, and mark furniture."""
        if self.some is not None:
            keys = keys[like(keys, keys[self.asked[places_in(keys)]])]
        places = self.members.places[places_in(keys)]
        taking = places >= 0
        keys = np.sort((keys[taking] & ~ARTICLE) | places[taking].astype(np.uint64))
        keys = in_company(keys[groups_of(keys)[0]])
        marks = self.marked(keys)
        by_outlet = packed(keys[marks], self.members.outlets[places_in(keys[marks])])
        return Sorted(keys, marks, by_outlet[groups_of(by_outlet)[0]])

    def marked(self, keys: Hashes) -> Marks:
        """Say of each posting whether it is furniture of its article's outlet."""
        if not self.rules.outlets or not len(keys):
            return np.zeros(len(keys), dtype=np.bool_)
        outlets = self.members.outlets[places_in(keys)]
        features = keys >> np.uint64(ARTICLE_BITS)
        # Places are in order of outlet, so that the articles of one outlet are neighbours under a feature.
        change = (features[1:] != features[:-1]) | (outlets[1:] != outlets[:-1])
        starts = np.flatnonzero(np.concatenate(([True], change)))
        counts = np.diff(np.concatenate((starts, [len(keys)])))
        names = outlets[starts]
        floor = np.maximum(FURNITURE_ARTICLES, FURNITURE_SHARE * self.published[names])
        return np.repeat((counts >= floor) & (names >= 0), counts)

    def weights(self, keys: Hashes) -> Ints:
        """Sum up by place what the features of a partition weigh beyond one that only one article has."""
        sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))[1]
        more = np.repeat(quantised(self.rules.weigh(sizes)).astype(np.int64) - self.own, sizes)
        # Sums of whole numbers below 2 ** 53 are exact in floating point, in whatever order.
        return np.bincount(places_in(keys), weights=more, minlength=len(self.members)).astype(np.int64)

    def joined(self, keys: Hashes, furniture: Marks, released: Marks) -> Hashes:
        """Give the postings of a partition that are to be joined: without furniture but for articles released of it."""
        return in_company(keys[~furniture | released[places_in(keys)]]) if furniture.any() else keys

    def sizes(self, keys: Hashes) -> Ints:
        """Count features by the number of articles that have them, from 0 on."""
        return np.bincount(groups_of(keys >> np.uint64(ARTICLE_BITS))[1])

    def emitted(self, keys: Hashes, cap: int) -> Iterator[Hashes]:
        """Give the pairs of every feature of at most ``cap`` articles, those of one size of group at a time."""
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        weights = quantised(self.rules.weigh(sizes))
        places = keys & ARTICLE
        for size in range(2, min(cap, int(sizes.max(initial=0))) + 1):
            chosen = sizes == size
            if chosen.any():
                members = places[starts[chosen][:, None] + np.arange(size)]
                left, right = np.triu_indices(size, 1)
                repeated = np.repeat(weights[chosen], len(left))
                yield self.packed(members[:, left].ravel(), members[:, right].ravel(), repeated)

    @staticmethod
    def above(keys: Hashes, cap: int) -> Hashes:
        """Give the postings of features of more than ``cap`` articles."""
        sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))[1]
        return keys[np.repeat(sizes > cap, sizes)]

    def star(self, keys: Hashes, order: Ints, saturated: Marks) -> Hashes:
        """Tie every article under a feature above the cap to the first copy of a story everybody has.

        Args:
            keys: the postings of features above the cap.
            order: the places in order of when their articles came.
            saturated: by place, which articles are such copies.
        """
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        if not len(starts):
            return np.empty(0, dtype=np.uint64)
        places = places_in(keys)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        never = len(order)
        first = np.repeat(np.minimum.reduceat(np.where(saturated[places], rank[places], never), starts), sizes)
        # Between two copies what everybody has is no weaker evidence for that: it is most of both.
        weights = np.where(saturated[places], 1.0, np.repeat(self.rules.weigh(sizes), sizes))
        tied = (first < never) & (first != rank[places])
        centre, spoke = order[first[tied]].astype(np.uint64), places[tied].astype(np.uint64)
        return self.packed(np.minimum(centre, spoke), np.maximum(centre, spoke), quantised(weights[tied]))

    def packed(self, left: Hashes, right: Hashes, weights: Hashes) -> Hashes:
        """Make one number of each pair and the weight it shares; only of pairs that are wanted."""
        if self.some is not None:
            of = self.some.of
            touching = of[left.astype(np.int64)] | of[right.astype(np.int64)]
            left, right, weights = left[touching], right[touching], weights[touching]
        return (((left << np.uint64(self.members.bits)) | right) << np.uint64(WEIGHT_BITS)) | weights

    @staticmethod
    def stock(keys: Hashes, saturated: Marks) -> Hashes:
        """Give the features above the cap most of whose articles are no copies of a story everybody has."""
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        if not len(starts):
            return np.empty(0, dtype=np.uint64)
        copies = np.add.reduceat(saturated[places_in(keys)].astype(np.int64), starts)
        stock: Hashes = keys[starts[2 * copies < sizes]] & ~ARTICLE
        return stock


def quantised(weights: Reals) -> Hashes:
    """Write weights in [0, 1] as whole numbers up to :data:`WHOLE`."""
    return np.rint(weights * WHOLE).astype(np.uint64)


def summed(emitted: Hashes, bits: int) -> Shared:
    """Add up the weights of equal pairs.

    Args:
        emitted: pairs as :class:`Kernels` packs them; sorted in place.
        bits: of the largest place.
    """
    emitted.sort()
    starts, counts = groups_of(emitted >> np.uint64(WEIGHT_BITS))
    weights = np.add.reduceat(emitted & np.uint64(WHOLE), starts) if len(starts) else starts
    keys = (emitted[starts] >> np.uint64(WEIGHT_BITS)).astype(np.int64)
    return Shared(keys >> bits, keys & ((1 << bits) - 1), counts, weights / WHOLE)
