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

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from provenance.match.join_spool import Kept, Partitioned, Spool
from provenance.text.shingles import Hashes

__all__ = [
    "ARTICLE_BITS",
    "Findings",
    "Ints",
    "Marks",
    "Members",
    "Rules",
    "Shared",
    "groups_of",
    "join",
    "packed",
    "rarity",
]

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

ARTICLE_BITS = 24
"""Bits of a posting that hold the article: 16.7 million. The 40 that are left of the feature confuse one pair of
features in 10**12, and it takes more than one to make a pair of articles."""

_ARTICLE = np.uint64((1 << ARTICLE_BITS) - 1)

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


@dataclass(frozen=True, slots=True)
class Rules:
    """How a join is run.

    Attributes:
        work: pairs that may be emitted for every posting.
        least_work: pairs that may be emitted however few postings there are.
        weigh: gives the weight, in [0, 1], of features by the number of articles that have them.
        memory: bytes of numbers held before they go to a file.
        threads: partitions worked on at once.
    """

    work: float
    least_work: int
    weigh: Callable[[Ints], Reals]
    memory: int
    threads: int = 1
    furniture: bool = True
    star: bool = True


@dataclass(frozen=True, slots=True)
class Findings:
    """What a join of everything learns, by which a join of some articles later decides alike.

    Attributes:
        cap: articles a feature may stand in to be joined.
        released: by place, whether an article keeps its outlet's furniture, being mostly that.
        saturated: by place, whether an article is a copy of a story everybody has.
        furniture: what is furniture, ascending: a posting with the number of the outlet in place of the article's.
        stock: features above the cap most of whose articles are no such copies, ascending, as of article 0.
    """

    cap: int
    released: Marks
    saturated: Marks
    furniture: Hashes
    stock: Hashes


@dataclass(frozen=True, slots=True)
class Shared:
    """Pairs of places, ascending, ``left`` before ``right``: features they share and the sum of their weights."""

    left: Ints
    right: Ints
    count: Ints
    weight: Reals

    def where(self, chosen: Marks) -> Shared:
        """Keep some pairs."""
        return Shared(self.left[chosen], self.right[chosen], self.count[chosen], self.weight[chosen])


def packed(features: Hashes, number: int | Ints) -> Hashes:
    """Make postings of the features of an article, or of one article for each feature."""
    return (features & ~_ARTICLE) | np.asarray(number).astype(np.uint64)


def groups_of(ascending: npt.NDArray[Any]) -> tuple[Ints, Ints]:
    """Give the start and the size of every run of equal numbers."""
    if not len(ascending):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))
    return starts, np.diff(np.concatenate((starts, [len(ascending)])))


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


@dataclass(frozen=True, slots=True)
class _Part:
    """The postings of a partition whose features more than one article has, and which of them are furniture."""

    keys: Kept
    furniture: Kept
    count: Ints
    """Furniture of each article, by place."""
    outlets: Hashes
    """The furniture of each outlet; see :attr:`Findings.furniture`."""


_In = TypeVar("_In")
_Out = TypeVar("_Out")


def _mapped(work: Callable[[_In], _Out], items: Iterable[_In], threads: int) -> Iterator[_Out]:
    if threads <= 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(work, items)


class _Join:
    """One join while it runs."""

    def __init__(self, members: Members, rules: Rules, spool: Spool) -> None:
        self.members, self.rules, self.spool = members, rules, spool
        self.published = np.bincount(members.outlets[members.outlets >= 0], minlength=1)

    def part(self, keys: Hashes) -> _Part:
        """Sort a partition, leave out what only one article has, and mark furniture."""
        places = self.members.places[(keys & _ARTICLE).astype(np.int64)]
        taking = places >= 0
        keys = np.sort((keys[taking] & ~_ARTICLE) | places[taking].astype(np.uint64))
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys
        keys = _in_company(keys)
        marks = self.marked(keys)
        places = (keys[marks] & _ARTICLE).astype(np.int64)
        count = np.bincount(places, minlength=len(self.members))
        outlets = packed(keys[marks], self.members.outlets[places])
        return _Part(self.spool.put(keys), self.spool.put(marks), count, outlets[groups_of(outlets)[0]])

    def marked(self, keys: Hashes) -> Marks:
        """Say of each posting whether it is furniture of its article's outlet."""
        if not self.rules.furniture or not len(keys):
            return np.zeros(len(keys), dtype=np.bool_)
        outlets = self.members.outlets[(keys & _ARTICLE).astype(np.int64)]
        features = keys >> np.uint64(ARTICLE_BITS)
        # Places are in order of outlet, so that the articles of one outlet are neighbours under a feature.
        change = (features[1:] != features[:-1]) | (outlets[1:] != outlets[:-1])
        starts = np.flatnonzero(np.concatenate(([True], change)))
        counts = np.diff(np.concatenate((starts, [len(keys)])))
        names = outlets[starts]
        floor = np.maximum(FURNITURE_ARTICLES, FURNITURE_SHARE * self.published[names])
        return np.repeat((counts >= floor) & (names >= 0), counts)

    def joined(self, part: _Part, released: Marks) -> Hashes:
        """Give the postings of a partition that are to be joined."""
        keys, furniture = self.spool.get(part.keys), self.spool.get(part.furniture)
        if furniture.any():
            keys = _in_company(keys[~furniture | released[(keys & _ARTICLE).astype(np.int64)]])
        return keys

    def emit(self, keys: Hashes, cap: int, pairs: Partitioned, of: Marks | None) -> Hashes:
        """Give the pairs of every feature of at most ``cap`` articles to ``pairs``; return the postings of the rest."""
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        weights = _quantised(self.rules.weigh(sizes))
        places = keys & _ARTICLE
        for size in range(2, min(cap, int(sizes.max(initial=0))) + 1):
            chosen = sizes == size
            if not chosen.any():
                continue
            members = places[starts[chosen][:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            self.keep(
                pairs, members[:, left].ravel(), members[:, right].ravel(), np.repeat(weights[chosen], len(left)), of
            )
        return keys[np.repeat(sizes > cap, sizes)]

    def keep(self, pairs: Partitioned, left: Hashes, right: Hashes, weights: Hashes, of: Marks | None) -> None:
        """Take in emitted pairs, those that touch the articles asked for."""
        if of is not None:
            touching = of[left.astype(np.int64)] | of[right.astype(np.int64)]
            left, right, weights = left[touching], right[touching], weights[touching]
        bits = self.members.bits
        pairs.append((((left << np.uint64(bits)) | right) << np.uint64(WEIGHT_BITS)) | weights)

    def star(self, keys: Hashes, saturated: Marks, pairs: Partitioned, of: Marks | None) -> None:
        """Tie every article under a feature above the cap to the first copy of a story everybody has."""
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        if not len(starts):
            return
        places = (keys & _ARTICLE).astype(np.int64)
        never = np.int64(len(self.members))
        order = np.argsort(self.members.precedence, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        first = np.minimum.reduceat(np.where(saturated[places], rank[places], never), starts)
        weights = np.repeat(_quantised(self.rules.weigh(sizes)), sizes)
        first = np.repeat(first, sizes)
        tied = (first < never) & (first != rank[places])
        centre, spoke = order[first[tied]], places[tied]
        self.keep(
            pairs,
            np.minimum(centre, spoke).astype(np.uint64),
            np.maximum(centre, spoke).astype(np.uint64),
            weights[tied],
            of,
        )


def _in_company(keys: Hashes) -> Hashes:
    """Keep the postings whose feature more than one of them has."""
    if not len(keys):
        return keys
    features = keys >> np.uint64(ARTICLE_BITS)
    same = np.concatenate(([False], features[1:] == features[:-1], [False]))
    return keys[same[1:] | same[:-1]]


def _quantised(weights: Reals) -> Hashes:
    return np.rint(weights * ((1 << WEIGHT_BITS) - 1)).astype(np.uint64)


def affordable(histogram: Ints, budget: float) -> int:
    """Give the largest size of group whose pairs, with those of all smaller groups, stay within the budget.

    Args:
        histogram: how many groups there are of each size, from 0 on.
        budget: pairs.
    """
    sizes = np.arange(len(histogram))
    return max(2, int(np.searchsorted(np.cumsum(histogram * sizes * (sizes - 1) // 2), budget, side="right")) - 1)


def join(
    postings: Partitioned,
    members: Members,
    rules: Rules,
    enough: Callable[[Shared], Marks],
    *,
    known: Findings | None = None,
    of: Marks | None = None,
) -> tuple[Shared, Findings]:
    """Find the pairs of articles that share enough features.

    Args:
        postings: see :func:`packed`.
        members: the articles that take part.
        rules: budget, weights and resources.
        enough: which of some pairs are wanted.
        known: what a join of everything found; ``postings`` may then be those of some features only.
        of: by place, the articles whose pairs are wanted; all when ``None``.
    """
    with Spool(rules.memory) as spool, Spool(rules.memory) as emitted:
        run = _Join(members, rules, spool)
        parts = list(_mapped(lambda cells: run.part(postings.read(cells)), postings.partitions(), rules.threads))
        furniture = np.sum([part.count for part in parts], axis=0) if parts else np.zeros(len(members))
        released = known.released if known else furniture > MOSTLY * members.held
        cap = known.cap if known else _cap(run, parts, released, max(rules.work * len(postings), rules.least_work))
        pairs = Partitioned(emitted, bits=2 * members.bits + WEIGHT_BITS, leading=2 * members.bits)

        def emit(part: _Part) -> Hashes:
            return run.emit(run.joined(part, released), cap, pairs, of)

        rest = list(_mapped(emit, parts, rules.threads))
        saturated = known.saturated if known else _saturated(rest, members)
        if rules.star:
            for keys in rest:
                run.star(keys, saturated, pairs, of)
        found = list(
            _mapped(lambda cells: _summed(pairs.read(cells), members.bits, enough), pairs.partitions(), rules.threads)
        )
    furnishing = np.concatenate([np.empty(0, dtype=np.uint64), *(part.outlets for part in parts)])
    return _together(found), Findings(cap, released, saturated, furnishing, _stock(rest, saturated))


def _stock(rest: list[Hashes], saturated: Marks) -> Hashes:
    """Give the features above the cap most of whose articles are no copies of a story everybody has."""
    found = [np.empty(0, dtype=np.uint64)]
    for keys in rest:
        starts, sizes = groups_of(keys >> np.uint64(ARTICLE_BITS))
        if len(starts):
            copies = np.add.reduceat(saturated[(keys & _ARTICLE).astype(np.int64)].astype(np.int64), starts)
            found.append(keys[starts[2 * copies < sizes]] & ~_ARTICLE)
    return np.concatenate(found)


def _cap(run: _Join, parts: list[_Part], released: Marks, budget: float) -> int:
    histogram = np.zeros(2, dtype=np.int64)
    for sizes in _mapped(
        lambda part: np.bincount(groups_of(run.joined(part, released) >> np.uint64(ARTICLE_BITS))[1], minlength=2),
        parts,
        run.rules.threads,
    ):
        wide, narrow = (sizes, histogram) if len(sizes) > len(histogram) else (histogram, sizes)
        histogram = wide.astype(np.int64)
        histogram[: len(narrow)] += narrow
    return affordable(histogram, budget)


def _saturated(rest: list[Hashes], members: Members) -> Marks:
    above = np.zeros(len(members), dtype=np.int64)
    for keys in rest:
        above += np.bincount((keys & _ARTICLE).astype(np.int64), minlength=len(members))
    return above > SATURATED_SHARE * members.held


def _summed(emitted: Hashes, bits: int, enough: Callable[[Shared], Marks]) -> Shared:
    """Add up the weights of equal pairs and keep those that share enough."""
    emitted.sort()
    starts, counts = groups_of(emitted >> np.uint64(WEIGHT_BITS))
    weights = np.add.reduceat(emitted & np.uint64((1 << WEIGHT_BITS) - 1), starts) if len(starts) else starts
    keys = (emitted[starts] >> np.uint64(WEIGHT_BITS)).astype(np.int64)
    shared = Shared(keys >> bits, keys & ((1 << bits) - 1), counts, weights / ((1 << WEIGHT_BITS) - 1))
    return shared.where(enough(shared))


def _together(found: list[Shared]) -> Shared:
    none = Shared(*(np.empty(0, np.int64) for _ in range(3)), np.empty(0))
    columns = [(one.left, one.right, one.count, one.weight) for one in [none, *found]]
    return Shared(*map(np.concatenate, zip(*columns, strict=True)))  # type: ignore[arg-type]
