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
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from provenance.match.join.kernels import WEIGHT_BITS, WHOLE, Kernels, summed
from provenance.match.join.outcome import Findings, Resources, Rules, Shared, Some
from provenance.match.join.postings import Ints, Marks, Members, Reals
from provenance.match.join.spool import Kept, Partitioned, Spool
from provenance.match.join.threads import mapped
from provenance.text.shingles import Hashes

__all__ = ["affordable", "join"]

MOSTLY = 0.5
"""Share of an article's features above which furniture is no furniture: a line below the text is not most of it."""

SATURATED_SHARE = 0.3
"""Share of an article's features above the cap from which it is a copy of a story everybody has."""


_Array = TypeVar("_Array", bound=npt.NDArray[Any])


class _Join:
    """One join while it runs: postings are sorted, then joined, then what was emitted is summed up."""

    def __init__(self, kernels: Kernels, spool: Spool) -> None:
        self.kernels, self.spool = kernels, spool
        self.members, self.some = kernels.members, kernels.some
        self.parts: list[tuple[Kept, Kept]] = []
        self.rest: list[Kept] = []
        self.released = np.zeros(len(self.members), dtype=np.bool_)
        self.saturated = np.zeros(len(self.members), dtype=np.bool_)
        self.totals = np.zeros(len(self.members))
        self.furniture = np.empty(0, dtype=np.uint64)

    def take(self, postings: Partitioned, threads: int) -> None:
        """Sort all partitions, and learn what is furniture and what the articles' features weigh."""
        count, weight = np.zeros(len(self.members), dtype=np.int64), np.zeros(len(self.members), dtype=np.int64)
        by_outlet = [self.furniture]
        for part in mapped(lambda cells: self.kernels.ordered(postings.read(cells)), postings.partitions(), threads):
            self.parts.append((self.spool.put(part.keys), self.spool.put(part.furniture)))
            by_outlet.append(part.by_outlet)
            count += self.kernels.by_place(part.keys[part.furniture])
            weight += self.kernels.weights(part.keys)
        self.furniture = np.concatenate(by_outlet)
        self.released = self.learnt(count > MOSTLY * self.members.held, "released")
        self.totals = self.learnt((weight + self.members.held * self.kernels.own) / WHOLE, "totals")

    def learnt(self, found: _Array, name: str) -> _Array:
        """Give what was found by place; of articles that were not looked at in full, what is known of them."""
        if self.some is None:
            return found
        known: _Array = getattr(self.some.known, name)
        return np.where(self.some.of, found, known)  # type: ignore[return-value]  # of the same type as both

    def joined(self, part: tuple[Kept, Kept]) -> Hashes:
        """Give the postings of a partition that are to be joined."""
        return self.kernels.joined(self.spool.get(part[0]), self.spool.get(part[1]), self.released)

    def cap(self, budget: float, threads: int) -> int:
        """Give the size of group up to which the budget reaches."""
        if self.some is not None:
            return self.some.known.cap
        histogram = np.zeros(len(self.members) + 1, dtype=np.int64)
        for counts in mapped(lambda part: self.kernels.sizes(self.joined(part)), self.parts, threads):
            histogram[: len(counts)] += counts
        return affordable(histogram, budget)

    def emit(self, cap: int, pairs: Partitioned, threads: int) -> None:
        """Emit the pairs of every partition, and learn which articles are copies of a story everybody has."""

        def emitted(part: tuple[Kept, Kept]) -> Hashes:
            keys = self.joined(part)
            for found in self.kernels.emitted(keys, cap):
                pairs.append(found)
            return self.kernels.above(keys, cap)

        above = np.zeros(len(self.members), dtype=np.int64)
        for keys in mapped(emitted, self.parts, threads):
            self.rest.append(self.spool.put(keys))
            above += self.kernels.by_place(keys)
        self.saturated = self.learnt(above > SATURATED_SHARE * self.members.held, "saturated")
        if self.kernels.rules.outlets:
            order = np.argsort(self.members.precedence, kind="stable")
            for kept in self.rest:
                pairs.append(self.kernels.star(self.spool.get(kept), order, self.saturated))

    def stock(self) -> Hashes:
        """Give the features above the cap most of whose articles are no copies of a story everybody has."""
        none = np.empty(0, dtype=np.uint64)
        return np.concatenate([none, *(self.kernels.stock(self.spool.get(kept), self.saturated) for kept in self.rest)])


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
        run = _Join(Kernels(members, rules, some), spool)
        run.take(postings, threads)
        cap = run.cap(max(rules.work * int(members.held.sum()), rules.least_work), threads)
        pairs = Partitioned(emitted, bits=2 * members.bits + WEIGHT_BITS, leading=2 * members.bits)
        run.emit(cap, pairs, threads)

        def wanted(cells: tuple[int, int]) -> Shared:
            shared = summed(pairs.read(cells), members.bits)
            return shared.where(enough(shared, run.totals))

        found = list(mapped(wanted, pairs.partitions(), threads))
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


def _together(found: Sequence[Shared]) -> Shared:
    none = np.empty(0, dtype=np.int64)
    return Shared(
        np.concatenate([none, *(one.left for one in found)]),
        np.concatenate([none, *(one.right for one in found)]),
        np.concatenate([none, *(one.count for one in found)]),
        np.concatenate([np.empty(0), *(one.weight for one in found)]),
    )
