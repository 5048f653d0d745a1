"""How alike two sentences are in what they say: the default behind :class:`SentenceSimilarity`."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from provenance.match.body import Body

__all__ = ["SENTENCE_FLOOR", "Matrix", "RareTerms", "SentenceSimilarity"]

Matrix = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MIN_SENTENCE_WEIGHT = 4.0
"""Weight of terms, in Zipf steps, a sentence is taken to have at least: two short sentences that share their only name
are not alike for that. Two rare words weigh as much."""

SENTENCE_FLOOR = 0.2
"""Similarity at which a pair of sentences neither speaks for nor against reuse: the 95th percentile of unrelated
sentence pairs of two reports of one event (see docs/explanation/matching.md)."""


class SentenceSimilarity(Protocol):
    """A measure of what the sentences of two bodies say alike; a plug-in point (an encoder may stand in its place)."""

    def matrix(self, left: Body, right: Body) -> Matrix:
        """Compare every left sentence with every right one: shape (left, right), values in [0, 1]."""
        ...


class RareTerms:
    """Compare sentences by the rare stems, names and numbers they share (Dice's coefficient over term weights).

    A term that runs through both texts is their subject and tells nothing of who took what from whom, so its weight
    is divided by the number of sentences it stands in, on a logarithmic scale.
    """

    def matrix(self, left: Body, right: Body) -> Matrix:
        """Compare every left sentence with every right one; see :class:`SentenceSimilarity`."""
        ours, theirs = left.sentence_terms, right.sentence_terms
        shape = len(left.sentences), len(right.sentences)
        _, columns, spread = np.unique(
            np.concatenate((ours.numbers, theirs.numbers)), return_inverse=True, return_counts=True
        )
        damping = (1.0 + np.log(np.maximum(1.0, spread / 2)))[columns]
        above, below = np.split(columns, [len(ours.numbers)])
        weights, other_weights = np.split(np.concatenate((ours.weights, theirs.weights)) / damping, [len(above)])
        shared = _shared_weight((ours.sentences, above, weights), (theirs.sentences, below, other_weights), shape)
        sums = np.bincount(ours.sentences, weights, shape[0])[:, None]
        mean = (sums + np.bincount(theirs.sentences, other_weights, shape[1])[None, :]) / 2
        return shared / np.maximum(mean, MIN_SENTENCE_WEIGHT)


Rows = tuple[Ints, Ints, Matrix]
"""Sentences, terms and weights, of the same shape."""


def _shared_weight(left: Rows, right: Rows, shape: tuple[int, int]) -> Matrix:
    """Sum up the weight of the terms each left sentence has in common with each right one.

    A term's weight is the geometric mean of its weights on the two sides, which differ when two of its forms do.
    """
    order = np.argsort(right[1], kind="stable")
    first = np.searchsorted(right[1], left[1], side="left", sorter=order)
    count = np.searchsorted(right[1], left[1], side="right", sorter=order) - first
    ours = np.repeat(np.arange(len(count)), count)
    theirs = order[np.arange(len(ours)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)]
    cells = left[0][ours] * shape[1] + right[0][theirs]
    weights = np.sqrt(left[2][ours] * right[2][theirs])
    summed: Matrix = np.bincount(cells, weights, shape[0] * shape[1]).reshape(shape).astype(np.float64)
    return summed
