"""How alike two sentences are letter by letter: what is left when their rare words are few.

A rewrite keeps stems, endings, small words and turns of phrase that :class:`~provenance.match.similarity.RareTerms`
passes over. Alone they tell little: two sentences of one language share many. They decide only which sentences answer
to one another where it is known already that the texts do (see :mod:`provenance.match.rewrites`).
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from provenance.match.body import Body
from provenance.text.shingles import Hashes, shingles

__all__ = ["letter_likeness"]

Matrix = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

RUN_LETTERS = 4
"""Letters, or spaces between words, of a run: a stem or an ending with what precedes it."""

RUN_SIGNS = 2
"""The same where words are written without spaces: two signs are about a word."""

MAX_SPREAD = 16
"""Sentences of one text a run may stand in; one that stands in more tells nothing and costs their product."""

_WORD = re.compile(r"[^\W_]+")

_EDGE = "\n"
"""What stands between two sentences; no run goes across."""


def letter_likeness(left: Body, right: Body) -> Matrix:
    """Compare the sentences of two bodies by the runs of letters they share, each weighed by how few sentences hold it.

    Returns:
        the cosine of their runs, shape (left sentences, right sentences), values in [0, 1].
    """
    size = RUN_SIGNS if _unspaced(left) and _unspaced(right) else RUN_LETTERS
    (runs, rows), (others, columns) = _runs(left, size), _runs(right, size)
    shape = len(left.sentences), len(right.sentences)
    numbers, places, spread = np.unique(np.concatenate((runs, others)), return_inverse=True, return_counts=True)
    weights = np.log(sum(shape) / np.maximum(1, spread)) if len(numbers) else np.empty(0)
    here, there = np.split(places, [len(runs)])
    lengths = [
        np.sqrt(np.bincount(owners, weights[at] ** 2, count))
        for owners, at, count in ((rows, here, shape[0]), (columns, there, shape[1]))
    ]
    products = _products((rows, here), (columns, there), weights, shape)
    likeness: Matrix = products / np.maximum(lengths[0][:, None] * lengths[1][None, :], np.finfo(np.float64).tiny)
    return likeness


def _unspaced(body: Body) -> bool:
    """Say whether most words of a body follow one another without a space."""
    joined = int(np.count_nonzero(body.word_starts[1:] == body.word_ends[:-1]))
    return 2 * joined > len(body)


def _runs(body: Body, size: int) -> tuple[Hashes, Ints]:
    """Number the different runs of every sentence: the runs, and the sentence of each, both of shape (runs,)."""
    texts = [f"{_EDGE} {_letters(sentence.span.of(body.text))} " for sentence in body.sentences]
    signs = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    numbers = shingles(signs, size)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])[: len(numbers)]
    edges = np.concatenate(([0], np.cumsum(signs == ord(_EDGE))))
    inside = edges[size : size + len(numbers)] == edges[: len(numbers)]
    numbers, owners = numbers[inside], owners[inside]
    order = np.lexsort((numbers, owners))
    numbers, owners = numbers[order], owners[order]
    new = np.ones(len(numbers), dtype=np.bool_)
    new[1:] = (numbers[1:] != numbers[:-1]) | (owners[1:] != owners[:-1])
    return numbers[new], owners[new]


def _letters(sentence: str) -> str:
    return " ".join(_WORD.findall(sentence.casefold()))


def _products(left: tuple[Ints, Ints], right: tuple[Ints, Ints], weights: Matrix, shape: tuple[int, int]) -> Matrix:
    """Sum up the squared weight of the runs each left sentence has in common with each right one."""
    (rows, here), (columns, there) = left, right
    order = np.argsort(there, kind="stable")
    first = np.searchsorted(there, here, side="left", sorter=order)
    count = np.searchsorted(there, here, side="right", sorter=order) - first
    count[(count > MAX_SPREAD) | (np.bincount(here, minlength=len(weights))[here] > MAX_SPREAD)] = 0
    ours = np.repeat(np.arange(len(count)), count)
    theirs = order[np.arange(len(ours)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)]
    cells = rows[ours] * shape[1] + columns[theirs]
    summed: Matrix = np.bincount(cells, weights[here[ours]] ** 2, shape[0] * shape[1]).reshape(shape).astype(np.float64)
    return summed
