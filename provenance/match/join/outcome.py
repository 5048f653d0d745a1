"""What a join is given and what it gives: rules and resources, pairs, and what it learns of the articles on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from provenance.match.join.postings import Ints, Marks, Reals
from provenance.text.shingles import Hashes

__all__ = ["Findings", "Resources", "Rules", "Shared", "Some"]


@dataclass(frozen=True, slots=True)
class Resources:
    """What a join may use: bytes of numbers held before they go to a file, and partitions worked on at once."""

    memory: int
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Rules:
    """How a join is run.

    Attributes:
        work: pairs that may be emitted for every posting.
        least_work: pairs that may be emitted however few postings there are.
        weigh: gives the weight, in [0, 1], of features by the number of articles that have them.
        outlets: whether an outlet has furniture, and a story may be everybody's; else all features are alike.
    """

    work: float
    least_work: int
    weigh: Callable[[Ints], Reals]
    outlets: bool = True


@dataclass(frozen=True, slots=True)
class Findings:
    """What a join of everything learns, by which a join of some articles later decides alike.

    Attributes:
        cap: articles a feature may stand in to be joined.
        released: by place, whether an article keeps its outlet's furniture, being mostly that.
        saturated: by place, whether an article is a copy of a story everybody has.
        totals: by place, the sum of the weights of an article's features, common ones and its own.
        furniture: what is furniture, ascending: a posting with the number of the outlet in place of the article's.
        stock: features above the cap most of whose articles are no such copies, ascending, as of article 0.
    """

    cap: int
    released: Marks
    saturated: Marks
    totals: Reals
    furniture: Hashes
    stock: Hashes


@dataclass(frozen=True, slots=True)
class Some:
    """The articles whose pairs are wanted, by place, and what an earlier join has found of the others."""

    of: Marks
    known: Findings


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
