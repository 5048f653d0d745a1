"""How alike two sentences are in what they say: the default behind :class:`SentenceSimilarity`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from provenance.match.body import Sentence

__all__ = ["RareTerms", "SentenceSimilarity"]

Matrix = npt.NDArray[np.float64]

MIN_SENTENCE_WEIGHT = 4.0
"""Weight of terms, in Zipf steps, a sentence is taken to have at least: two short sentences that share their only name
are not alike for that. Two rare words weigh as much."""


class SentenceSimilarity(Protocol):
    """A measure of what two lists of sentences say alike; a plug-in point (an encoder may stand in its place)."""

    def matrix(self, left: Sequence[Sentence], right: Sequence[Sentence]) -> Matrix:
        """Compare every left sentence with every right one: shape (left, right), values in [0, 1]."""
        ...


class RareTerms:
    """Compare sentences by the rare stems, names and numbers they share (Dice's coefficient over term weights).

    A term that runs through both texts is their subject and tells nothing of who took what from whom, so its weight
    is divided by the number of sentences it stands in, on a logarithmic scale.
    """

    def matrix(self, left: Sequence[Sentence], right: Sequence[Sentence]) -> Matrix:
        """Compare every left sentence with every right one; see :class:`SentenceSimilarity`."""
        spread = Counter(term for sentence in (*left, *right) for term in sentence.terms)
        shared = sorted(_vocabulary(left) & _vocabulary(right))
        columns = {term: column for column, term in enumerate(shared)}
        left_rows, left_weights = _weighted(left, columns, spread)
        right_rows, right_weights = _weighted(right, columns, spread)
        weights = (left_weights[:, None] + right_weights[None, :]) / 2
        return (left_rows @ right_rows.T) / np.maximum(weights, MIN_SENTENCE_WEIGHT)


def _vocabulary(sentences: Sequence[Sentence]) -> set[str]:
    return {term for sentence in sentences for term in sentence.terms}


def _weighted(sentences: Sequence[Sentence], columns: dict[str, int], spread: Counter[str]) -> tuple[Matrix, Matrix]:
    """Lay out the shared terms' weights (as square roots, so that a product is a weight) and each sentence's sum."""
    rows = np.zeros((len(sentences), len(columns)))
    sums = np.zeros(len(sentences))
    for row, sentence in enumerate(sentences):
        for term, weight in sentence.terms.items():
            scaled = weight / (1.0 + math.log(max(1.0, spread[term] / 2)))
            sums[row] += scaled
            if term in columns:
                rows[row, columns[term]] = math.sqrt(scaled)
    return rows, sums
