"""Which sentences of two languages name the same: anchors of one text found in the other, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.match.translation.anchors import Anchors

__all__ = ["Likeness", "likeness"]

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.float32]

ALIKE = 0.6
"""Dice's coefficient of pairs of sounds from which two words are taken for one."""

ALIKE_BONES = 0.75
"""The same of pairs of consonants, where vowels do not compare."""

READING_WEIGHT = 0.5
"""Weight of a stretch of Han characters both texts have (Chinese and Japanese), in Zipf steps; stretches overlap."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Anchors two texts have in common.

    Attributes:
        shared: weight of the anchors each left sentence has in common with each right one, in Zipf steps; shape
            (left sentences, right sentences).
        left: weight of all anchors of each left sentence, in common or not.
        right: the same of each right one.
        ours: forms that stand for one another: places among the left text's forms.
        theirs: the same among the right text's.
        weights: what each of these pairs of forms weighs.
        alike: how alike the two forms are, in [0, 1].
    """

    shared: Reals
    left: Reals
    right: Reals
    ours: Ints
    theirs: Ints
    weights: Reals
    alike: Reals


def likeness(left: Anchors, right: Anchors) -> Likeness:
    """Compare the anchors of two texts.

    What runs through a text is its subject and tells nothing of which sentence answers to which: a form's weight is
    divided by the number of sentences it stands in, on a logarithmic scale.
    """
    ours, theirs, alike = _pairs(left, right)
    weights = alike * np.sqrt(left.weights[ours] * right.weights[theirs])
    weights = weights / _damping(np.sqrt(left.spread[ours] * right.spread[theirs]))
    shared: Reals = (left.stands[:, ours] * weights) @ right.stands[:, theirs].T.astype(np.float64)
    for rows, columns, weight in (*_read(left, right), *((b, a, w) for a, b, w in _read(right, left))):
        shared[np.ix_(rows, columns)] += weight
    for reading in sorted(left.readings.keys() & right.readings.keys()):
        shared[np.ix_(sorted(left.readings[reading]), sorted(right.readings[reading]))] += READING_WEIGHT
    return Likeness(shared, _sums(left), _sums(right), ours, theirs, weights, alike)


def _damping(spread: Reals) -> Reals:
    damping: Reals = 1.0 + np.log(np.maximum(1.0, spread))
    return damping


def _sums(anchors: Anchors) -> Reals:
    weights = anchors.weights / _damping(anchors.spread)
    sums: Reals = np.bincount(anchors.sentences, weights[anchors.numbers], len(anchors.lengths)).astype(np.float64)
    return sums


def _pairs(left: Anchors, right: Anchors) -> tuple[Ints, Ints, Reals]:
    """Pair forms that stand for one another: each word with the one most like it, seen from either side."""
    exact = {form.exact: at for at, form in enumerate(right.forms) if form.exact}
    same = [(at, exact[form.exact]) for at, form in enumerate(left.forms) if form.exact in exact]
    if not left.forms or not right.forms:
        none = np.empty(0, dtype=np.int64)
        return none, none, np.empty(0)
    alike = _alike(left, right)
    best = (alike >= alike.max(axis=1, keepdims=True)) | (alike >= alike.max(axis=0, keepdims=True))
    ours, theirs = np.nonzero(best & (alike > 0.0))
    more = np.array(same, dtype=np.int64).reshape(-1, 2)
    return (
        np.concatenate((ours, more[:, 0])),
        np.concatenate((theirs, more[:, 1])),
        np.concatenate((alike[ours, theirs], np.ones(len(more)))),
    )


def _alike(left: Anchors, right: Anchors) -> Reals:
    """Give how alike the words sound, 0 below :data:`ALIKE`; of numbers and months always 0.

    Where the vowels of one word are not its own, consonants decide and the vowels are a hint.
    """
    found = np.zeros((len(left.forms), len(right.forms)))
    for first in sorted(left.by_consonant.keys() & right.by_consonant.keys()):
        rows, columns = left.by_consonant[first], right.by_consonant[first]
        sounds = _dice(left.sounds[rows], right.sounds[columns])
        alike = np.where(sounds >= ALIKE, sounds, 0.0)
        free = left.vowels[rows][:, None] & right.vowels[columns][None, :]
        if not free.all():
            bones = _dice(left.bones[rows], right.bones[columns])
            alike = np.where(free, alike, np.where(bones >= ALIKE_BONES, (bones + sounds) / 2, 0.0))
        found[np.ix_(rows, columns)] = alike
    return found


def _dice(left: Marks, right: Marks) -> Reals:
    sizes = left.sum(axis=1)[:, None] + right.sum(axis=1)[None, :]
    dice: Reals = (2.0 * (left @ right.T) / np.maximum(1.0, sizes)).astype(np.float64)
    return dice


def _read(read: Anchors, other: Anchors) -> Iterator[tuple[list[int], list[int], float]]:
    """Find words of one text among the possible names in Han characters of another."""
    if not read.readings:
        return
    for number, form in enumerate(other.forms):
        if form.sounds in read.readings:
            rows = sorted(read.readings[form.sounds])
            columns = other.sentences[other.numbers == number].tolist()
            yield rows, columns, form.weight / float(_damping(np.sqrt(np.float64(len(rows) * len(columns)))))
