"""The join: which articles stand together under the same features, and how much they share.

A posting is one 64-bit number, the leading bits of a feature and the number of an article; sorted, the articles of one
feature are neighbours. Everything is done in partitions by the leading bits, so that memory is bounded and several
threads can work (NumPy lets them). Three rules keep a common feature from costing the square of its articles or from
making pairs of what is not reuse:

* *Furniture*: what many articles of one outlet have is that outlet's furniture, and is left out there and only there.
  An article that would be left with little was no furniture to begin with (a story one outlet carries in versions).
* *Budget*: features are joined from the rarest on, as long as the pairs they give stay within a multiple of the
  postings; the size of group at which that ends is the *cap*.
* *Star*: above the cap, articles most of whose features are so common are copies of a story everybody has: each article
  is tied to the first of these, so that the story stays one family and costs its copies.

The result does not depend on the order in which postings were taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from provenance.match.join.outcome import Findings, Resources, Rules, Shared, Some
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
from provenance.match.join.spool import Kept, Partitioned, Spool
from provenance.match.join.threads import mapped
from provenance.text.shingles import Hashes

__all__ = ["affordable", "join"]

WEIGHT_BITS = 16
"""Bits of an emitted pair that hold its weight."""

FURNITURE_SHARE = 0.1
"""Share of an outlet's articles from which a feature is its furniture."""

FURNITURE_ARTICLES = 3
"""Articles of one outlet a feature must stand in before it can be furniture."""

MOSTLY = 0.5
"""Share of an article's features above which furniture is no furniture: a line below the text is not most of it."""

SATURATED_SHARE = 0.3
"""Share of an article's features above the cap from which it is a copy of a story everybody has."""


_Array = TypeVar("_Array", bound=npt.NDArray[Any])


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A partition's postings of features that more than one article has.

    Attributes:
        keys: the postings, ascending, with places for article numbers.
        furniture: which of them are furniture of the article's outlet.
        by_outlet: the furniture of each outlet; see :attr:`Findings.furniture`.
    """

    keys: Hashes
    furniture: Marks
    by_outlet: Hashes


class _Join:
    """One join while it runs: postings are sorted, then joined, then what was emitted is summed up."""

    def __init__(self, members: Members, rules: Rules, spool: Spool, some: Some | None) -> None:
        self.members, self.rules, self.spool, self.some = members, rules, spool, some
        self.own = float(rules.weigh(np.ones(1, dtype=np.int64))[0])
        self.published = np.bincount(members.outlets[members.outlets >= 0], minlength=1)
        self.asked = np.zeros(len(members.places), dtype=np.bool_)
        if some is not None:
            taking = np.flatnonzero(members.places >= 0)
            self.asked[taking] = some.of[members.places[taking]]
        self.parts: list[tuple[Kept, Kept]] = []
        self.rest: list[Kept] = []
        self.released = np.zeros(len(members), dtype=np.bool_)
        self.saturated = np.zeros(len(members), dtype=np.bool_)
        self.totals = np.zeros(len(members))
        self.furniture = np.empty(0, dtype=np.uint64)

    def take(self, postings: Partitioned, threads: int) -> None:
        """Sort all partitions, and learn what is furniture and what the articles' features weigh."""
        count, weight = np.zeros(len(self.members), dtype=np.int64), np.zeros(len(self.members))
        by_outlet = [self.furniture]
        for part in mapped(lambda cells: self.ordered(postings.read(cells)), postings.partitions(), threads):
            self.parts.append((self.spool.put(part.keys), self.spool.put(part.furniture)))
            by_outlet.append(part.by_outlet)
            count += self.by_place(part.keys[part.furniture])
            sizes = groups_of(part.keys >> np.uint64(ARTICLE_BITS))[1]
            more = np.repeat(self.rules.weigh(sizes) - self.own, sizes)
            weight += np.bincount(places_in(part.keys), weights=more, minlength=len(self.members))
        self.furniture = np.concatenate(by_outlet)
        self.released = self.learnt(count > MOSTLY * self.members.held, "released")
        self.totals = self.learnt(weight + self.members.held * self.own, "totals")

    def by_place(self, keys: Hashes) -> Ints:
        """Count postings by the place of their article."""
        return np.bincount(places_in(keys), minlength=len(self.members))

    def learnt(self, found: _Array, name: str) -> _Array:
        """Give what was found by place; of articles that were not looked at in full, what is known of them."""
        if self.some is None:
            return found
        known: _Array = getattr(self.some.known, name)
        return np.where(self.some.of, found, known)  # type: ignore[return-value]  # of the same type as both

    def ordered(self, keys: Hashes) -> _Sorted:
        """Sort a partition, leave out what only one article has, and mark furniture."""
        if self.some is not None:
            keys = keys[like(keys, keys[self.asked[places_in(keys)]])]
        places = self.members.places[places_in(keys)]
        taking = places >= 0
        keys = np.sort((keys[taking] & ~ARTICLE) | places[taking].astype(np.uint64))
        keys = in_company(keys[groups_of(keys)[0]])
        marks = self.marked(keys)
        by_outlet = packed(keys[marks], self.members.outlets[places_in(keys[marks])])
        return _Sorted(keys, marks, by_outlet[groups_of(by_outlet)[0]])

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

    def joined(self, part: tuple[Kept, Kept]) -> Hashes:
        """Give the postings of a partition that are to be joined."""
        keys, furniture = self.spool.get(part[0]), self.spool.get(part[1])
        return in_company(keys[~furniture | self.released[places_in(keys)]]) if furniture.any() else keys

    def cap(self, budget: float, threads: int) -> int:
        """Give the size of group up to which the budget reaches."""
        if self.some is not None:
            return self.some.known.cap
        histogram = np.zeros(len(self.members) + 1, dtype=np.int64)
        for sizes in mapped(
            lambda part: groups_of(self.joined(part) >> np.uint64(ARTICLE_BITS))[1], self.parts, threads
        ):
            counts = np.bincount(sizes)
            histogram[: len(counts)] += counts
        return affordable(histogram, budget)

    def emit(self, cap: int, pairs: Partitioned, threads: int) -> None:
        """Emit the pairs of every partition, and learn which articles are copies of a story everybody has."""
        above = np.zeros(len(self.members), dtype=np.int64)
        for keys in mapped(lambda part: self.emitted(self.joined(part), cap, pairs), self.parts, threads):
            self.rest.append(self.spool.put(keys))
            above += self.by_place(keys)
        self.saturated = self.learnt(above > SATURATED_SHARE * self.members.held, "saturated")
        if self.rules.outlets:
            order = np.argsort(self.members.precedence, kind="stable")
            for kept in self.rest:
                self.star(self.spool.get(kept), order, pairs)

    def emitted(self, keys: Hashes, cap: int, pairs: Partitioned) -> Hashes:
        """Give the pairs of every feature of at most ``cap`` articles to ``pairs``; return the postings of the rest."""
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        weights = _quantised(self.rules.weigh(sizes))
        places = keys & ARTICLE
        for size in range(2, min(cap, int(sizes.max(initial=0))) + 1):
            chosen = sizes == size
            if chosen.any():
                members = places[starts[chosen][:, None] + np.arange(size)]
                left, right = np.triu_indices(size, 1)
                repeated = np.repeat(weights[chosen], len(left))
                pairs.append(self.packed(members[:, left].ravel(), members[:, right].ravel(), repeated))
        return keys[np.repeat(sizes > cap, sizes)]

    def star(self, keys: Hashes, order: Ints, pairs: Partitioned) -> None:
        """Tie every article under a feature above the cap to the first copy of a story everybody has.

        Args:
            keys: the postings of features above the cap.
            order: the places in order of when their articles came.
            pairs: what takes the pairs.
        """
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        if not len(starts):
            return
        places = places_in(keys)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        never = len(order)
        first = np.repeat(np.minimum.reduceat(np.where(self.saturated[places], rank[places], never), starts), sizes)
        # Between two copies what everybody has is no weaker evidence for that: it is most of both.
        weights = np.where(self.saturated[places], 1.0, np.repeat(self.rules.weigh(sizes), sizes))
        tied = (first < never) & (first != rank[places])
        centre, spoke = order[first[tied]].astype(np.uint64), places[tied].astype(np.uint64)
        pairs.append(self.packed(np.minimum(centre, spoke), np.maximum(centre, spoke), _quantised(weights[tied])))

    def packed(self, left: Hashes, right: Hashes, weights: Hashes) -> Hashes:
        """Make one number of each pair and the weight it shares; only of pairs that are wanted."""
        if self.some is not None:
            of = self.some.of
            touching = of[left.astype(np.int64)] | of[right.astype(np.int64)]
            left, right, weights = left[touching], right[touching], weights[touching]
        return (((left << np.uint64(self.members.bits)) | right) << np.uint64(WEIGHT_BITS)) | weights

    def stock(self) -> Hashes:
        """Give the features above the cap most of whose articles are no copies of a story everybody has."""
        found = [np.empty(0, dtype=np.uint64)]
        for kept in self.rest:
            keys = self.spool.get(kept)
            starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
            if len(starts):
                copies = np.add.reduceat(self.saturated[places_in(keys)].astype(np.int64), starts)
                found.append(keys[starts[2 * copies < sizes]] & ~ARTICLE)
        return np.concatenate(found)


def join(  # noqa: PLR0913  four things a join is of, and two it is run by
    postings: Partitioned,
    members: Members,
    rules: Rules,
    enough: Callable[[Shared, Reals], Marks],
    resources: Resources,
    *,
    some: Some | None = None,
) -> tuple[Shared, Findings]:
    """Find the pairs of articles that share enough features.

    Args:
        postings: see :func:`provenance.match.join.postings.packed`.
        members: the articles that take part.
        rules: budget and weights.
        enough: which of some pairs are wanted, given also :attr:`Findings.totals`.
        resources: memory and threads.
        some: whose pairs are wanted; all when ``None``.
    """
    threads = resources.threads
    with Spool(resources.memory) as spool, Spool(resources.memory) as emitted:
        run = _Join(members, rules, spool, some)
        run.take(postings, threads)
        cap = run.cap(max(rules.work * int(members.held.sum()), rules.least_work), threads)
        pairs = Partitioned(emitted, bits=2 * members.bits + WEIGHT_BITS, leading=2 * members.bits)
        run.emit(cap, pairs, threads)

        def summed(cells: tuple[int, int]) -> Shared:
            shared = _summed(pairs.read(cells), members.bits)
            return shared.where(enough(shared, run.totals))

        found = list(mapped(summed, pairs.partitions(), threads))
        return _together(found), Findings(cap, run.released, run.saturated, run.totals, run.furniture, run.stock())


def affordable(histogram: Ints, budget: float) -> int:
    """Give the largest size of group whose pairs, with those of all smaller groups, stay within the budget.

    Args:
        histogram: how many groups there are of each size, from 0 on.
        budget: pairs.
    """
    sizes = np.arange(len(histogram))
    work = np.cumsum(histogram * (sizes * (sizes - 1) // 2))
    return max(2, int(np.searchsorted(work, budget, side="right")) - 1)


def _quantised(weights: Reals) -> Hashes:
    return np.rint(weights * ((1 << WEIGHT_BITS) - 1)).astype(np.uint64)


def _summed(emitted: Hashes, bits: int) -> Shared:
    """Add up the weights of equal pairs."""
    emitted.sort()
    starts, counts = groups_of(emitted >> np.uint64(WEIGHT_BITS))
    weights = np.add.reduceat(emitted & np.uint64((1 << WEIGHT_BITS) - 1), starts) if len(starts) else starts
    keys = (emitted[starts] >> np.uint64(WEIGHT_BITS)).astype(np.int64)
    return Shared(keys >> bits, keys & ((1 << bits) - 1), counts, weights / ((1 << WEIGHT_BITS) - 1))


def _together(found: Sequence[Shared]) -> Shared:
    none = np.empty(0, dtype=np.int64)
    return Shared(
        np.concatenate([none, *(one.left for one in found)]),
        np.concatenate([none, *(one.right for one in found)]),
        np.concatenate([none, *(one.count for one in found)]),
        np.concatenate([np.empty(0), *(one.weight for one in found)]),
    )
