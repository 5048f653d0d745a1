"""How right a list of found pairs is, given what was planted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from benchmarks.planting import Kind
from benchmarks.truth import KINDS, Truth
from benchmarks.words import Floats, Numbers

__all__ = ["BUCKETS", "Score", "Share", "score"]

BUCKETS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
"""Edges of the overlap buckets: shared words as a share of the shorter article; a bucket has its upper edge."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; the share of none is 1."""

    found: int
    of: int

    @property
    def value(self) -> float:
        """The share, in [0, 1]."""
        return self.found / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """How right the pairs of one program are.

    Attributes:
        pairs: different pairs found.
        recall: of the planted pairs, those found; two copies of one wire story are no planted pair, nor is one of them
            with what others took from that story (``Kind.BESIDE_WIRE``, told apart in ``by_kind``).
        by_overlap: recall by bucket of overlap, from little to much; empty buckets are left out.
        by_kind: recall by what one article is to the other.
        wire: of the articles with a wire story, those in its largest family: found pairs make families.
        precision: of the pairs found, those that share prose. Pairs that share but a quotation count neither way: they
            do share words, though neither was copied from the other.
        strict: precision with pairs that share but a quotation counted as wrong.
    """

    pairs: int
    recall: Share
    by_overlap: Mapping[str, Share]
    by_kind: Mapping[str, Share]
    wire: Share
    precision: Share
    strict: Share


def score(truth: Truth, left: Numbers, right: Numbers) -> Score:
    """Hold found pairs against the truth; neither the order of pairs nor that within a pair matters.

    Raises:
        ValueError: an article is none of the corpus.
    """
    articles = len(truth.wire)
    if len(left) and not 0 <= min(left.min(), right.min()) <= max(left.max(), right.max()) < articles:
        raise ValueError(f"a pair names an article that is none of the {articles}")
    found = _keys(left, right, articles)
    is_prose = truth.words > 0
    planted = _planted(truth)[is_prose]
    hit = np.isin(planted, found)
    counts = truth.kind[is_prose] != KINDS.index(Kind.BESIDE_WIRE)
    right_pairs = np.isin(found, planted) | _same_wire(truth, found)
    quoting = ~right_pairs & _quote_the_same(truth, found)
    return Score(
        pairs=len(found),
        recall=_share(hit[counts]),
        by_overlap=dict(_by_overlap(hit[counts], truth.share[is_prose][counts])),
        by_kind=dict(_by_kind(hit, truth.kind[is_prose])),
        wire=_wire_family(truth, found),
        precision=_share(right_pairs[~quoting]),
        strict=_share(right_pairs),
    )


def _share(outcomes: npt.NDArray[np.bool_]) -> Share:
    return Share(int(outcomes.sum()), len(outcomes))


def _keys(left: Numbers, right: Numbers, articles: int) -> Numbers:
    """Number pairs, each once, ascending; an article is no pair with itself."""
    apart = left != right
    low, high = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    return np.unique(low.astype(np.int64) * articles + high)


def _planted(truth: Truth) -> Numbers:
    return truth.left * len(truth.wire) + truth.right


def _same_wire(truth: Truth, found: Numbers) -> npt.NDArray[np.bool_]:
    one, other = truth.wire[found // len(truth.wire)], truth.wire[found % len(truth.wire)]
    same: npt.NDArray[np.bool_] = (one >= 0) & (one == other)
    return same


def _quote_the_same(truth: Truth, found: Numbers) -> npt.NDArray[np.bool_]:
    articles = len(truth.wire)
    planted = _planted(truth)[truth.words == 0]
    common = truth.common_quotes[found // articles] & truth.common_quotes[found % articles]
    shared: npt.NDArray[np.bool_] = np.isin(found, planted) | (common != 0)
    return shared


def _by_overlap(hit: npt.NDArray[np.bool_], share: Floats) -> Iterator[tuple[str, Share]]:
    for low, high in pairwise(BUCKETS):
        within = (share > low) & (share <= high)
        if within.any():
            yield f"{low:.0%}-{high:.0%}", _share(hit[within])


def _by_kind(hit: npt.NDArray[np.bool_], kind: Numbers) -> Iterator[tuple[str, Share]]:
    for number, name in enumerate(KINDS):
        if (kind == number).any():
            yield name.value, _share(hit[kind == number])


def _wire_family(truth: Truth, found: Numbers) -> Share:
    """Add up, over all wire stories, the articles of each that found pairs tie into its largest family."""
    family = _families(found, len(truth.wire))
    stories = [family[truth.wire == story] for story in np.unique(truth.wire[truth.wire >= 0])]
    largest = sum(int(np.unique(members, return_counts=True)[1].max()) for members in stories)
    return Share(largest, sum(len(members) for members in stories))


def _families(found: Numbers, articles: int) -> Numbers:
    """Give every article the smallest article it is tied to, directly or through others."""
    family = np.arange(articles)
    one, other = found // articles, found % articles
    while True:
        before = family.copy()
        smaller = np.minimum(family[one], family[other])
        np.minimum.at(family, one, smaller)
        np.minimum.at(family, other, smaller)
        family = family[family]
        if np.array_equal(before, family):
            return family
