"""py3langid's model, read by whole arrays instead of letter by letter.

The library walks its automaton in Python, one byte after another. Here all bytes are walked at once: what state each
is met in is guessed, and every guess corrected by the step from the byte before, until none changes. That is the walk
itself, whatever the automaton, and takes as many rounds as its longest feature has bytes (six). The shares it gives are
the library's own, to the last bit. Importing this module loads numpy.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from provenance.read.model_arrays import ModelArrays, model_arrays

__all__ = ["LanguageModel", "language_model"]

_ROWS = 4_096
"""Features there is room for at first: those of a few texts in two or three languages."""


class LanguageModel:
    """The model, ready for texts. Not safe to share between threads: it widens weights as texts need them."""

    def __init__(self, model: ModelArrays) -> None:
        self._moves = model.moves
        self._rows = model.rows
        self._features = model.features
        self._half = model.weights
        self._priors = model.priors
        # Rows of weights are widened when a text first has the feature, one behind the other: most never are, and rows
        # scattered over a whole matrix would have the system clear all of it.
        self._places: NDArray[np.int32] = np.full(len(self._half), -1, dtype=np.int32)
        self._weights: NDArray[np.float32] = np.empty((_ROWS, len(self._priors)), dtype=np.float32)
        self._widened = 0
        # A language written in two scripts has a column for each; the first one stands for both.
        first: dict[str, int] = {}
        self._twins = [
            (first[code], column) for column, code in enumerate(model.codes) if first.setdefault(code, column) != column
        ]
        self._codes = tuple(first)
        self._firsts = list(first.values())

    def shares(self, text: str) -> Mapping[str, float]:
        """Give the probability of every language the model knows; all equal where it recognises nothing."""
        content = _content(text)
        scores = self._scores(content)
        scores *= 1.0 / math.sqrt(len(content) or 1)  # keeps shares of long and short texts alike (py3langid)
        np.exp(scores - scores.max(), out=scores)
        scores /= scores.sum()
        for first, twin in self._twins:
            scores[first] += scores[twin]
        return dict(zip(self._codes, scores[self._firsts].tolist(), strict=True))

    def _scores(self, content: bytes) -> NDArray[np.float32]:
        found = self._features[self._walk(content)]
        counted = Counter(found[found >= 0].tolist())
        if not counted:
            return np.zeros(len(self._priors), dtype=np.float32)
        features = np.fromiter(counted, dtype=np.intp, count=len(counted))
        counts = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
        self._widen(features[self._places[features] < 0])
        scores: NDArray[np.float32] = np.log1p(counts) @ self._weights[self._places[features]] + self._priors
        return scores

    def _widen(self, fresh: NDArray[np.intp]) -> None:
        end = self._widened + len(fresh)
        if end > len(self._weights):
            grown = np.empty((2 * end, len(self._priors)), dtype=np.float32)
            grown[: self._widened] = self._weights[: self._widened]
            self._weights = grown
        self._weights[self._widened : end] = self._half[fresh]
        self._places[fresh] = np.arange(self._widened, end, dtype=np.int32)
        self._widened = end

    def _walk(self, content: bytes) -> NDArray[np.uint32]:
        """Give the state the automaton is in after each byte."""
        letters = np.frombuffer(content, dtype=np.uint8)
        after = np.zeros(len(letters), dtype=np.uint32)
        before = np.zeros(len(letters), dtype=np.uint32)  # the first byte is met in state 0
        while True:
            reached: NDArray[np.uint32] = self._moves[self._rows[before] + letters]
            if np.array_equal(reached, after):
                return reached
            after = reached
            before[1:] = reached[:-1]


def _content(text: str) -> bytes:
    return unicodedata.normalize("NFC", text.lower() if text.isupper() else text).encode("utf-8", "surrogatepass")


@cache
def language_model() -> LanguageModel:
    """Load the model, once a process."""
    return LanguageModel(model_arrays())
