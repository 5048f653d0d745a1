"""The measurements of a pair in two languages that tell a translation from other texts that name the same.

Like those of :mod:`provenance.match.signals` each is symmetric, lies in [0, 1] unless said otherwise, and has a
docstring that explains it to a person. Their combination is the second model of :mod:`provenance.score.strength`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from provenance.match.translation.alignment import Chain
from provenance.match.translation.anchors import Anchors
from provenance.match.translation.likeness import Likeness

__all__ = ["TRANSLATION_SIGNALS", "TranslatedPair", "measure_translation"]

ORDER_SCALE = 60.0
"""Gain, in Zipf steps of anchors, that counts in full as order: fifteen sentences with two names each."""


@dataclass(frozen=True, slots=True)
class TranslatedPair:
    """A pair of texts in two languages with what their alignment found: the input of every signal."""

    left: Anchors
    right: Anchors
    likeness: Likeness
    chain: Chain


def measure_translation(pair: TranslatedPair) -> Mapping[str, float]:
    """Take every signal of a pair, by name; all are 0.0 when no sentence answers to another."""
    if not pair.chain.beads:
        return dict.fromkeys(TRANSLATION_SIGNALS, 0.0)
    return {name: signal(pair) for name, signal in TRANSLATION_SIGNALS.items()}


def translated_order(pair: TranslatedPair) -> float:
    """What the best alignment in order gains beyond one of the same text read backwards, on a logarithmic scale.

    Two reports of one event name the same in an order of their own, and gain as much backwards. A translation follows
    its source sentence by sentence, with names, numbers and lengths that fit one another.
    """
    excess = max(0.0, pair.chain.gain - pair.chain.null)
    return min(1.0, math.log1p(excess) / math.log1p(ORDER_SCALE))


def translated_coverage(pair: TranslatedPair) -> float:
    """Share of one text's length that lies in sentences answered by the other in order, in the better direction.

    The better direction counts: a translated passage may stand in a longer text of somebody's own.
    """
    ours = sum(float(pair.left.lengths[bead.left : bead.left_end].sum()) for bead in pair.chain.beads)
    theirs = sum(float(pair.right.lengths[bead.right : bead.right_end].sum()) for bead in pair.chain.beads)
    return max(_share(ours, float(pair.left.lengths.sum())), _share(theirs, float(pair.right.lengths.sum())))


def translated_anchors(pair: TranslatedPair) -> float:
    """Share of one text's names, numbers and telling words that its counterparts in order have too, the better way.

    Languages that have few words of one root have names and numbers; even so a translation keeps most of these.
    """
    shared = sum(bead.shared for bead in pair.chain.beads)
    return min(
        1.0, max(_share(shared, float(pair.likeness.left.sum())), _share(shared, float(pair.likeness.right.sum())))
    )


def translated_figures(pair: TranslatedPair) -> float:
    """Whether the numbers of two digits and more in aligned sentences stand on both sides, in (-1, 1).

    A translation keeps its numbers, whatever the language. 0 where there are none, and near it where there are few: a
    single number that differs may be a rounding.
    """
    agreed = differing = 0
    for bead in pair.chain.beads:
        ours, theirs = _figures(pair.left, bead.left, bead.left_end), _figures(pair.right, bead.right, bead.right_end)
        agreed += len(ours & theirs)
        differing += len(ours ^ theirs)
    return (agreed - differing) / (agreed + differing + 1.0)


def translated_pairing(pair: TranslatedPair) -> float:
    """Share of the aligned sentences that answer one to one.

    Translators keep sentences as they are nine times in ten. Where names that two texts just happen to have in common
    are brought into order, sentences have to be joined and left out for it.
    """
    beads = pair.chain.beads
    return sum(bead.left_end - bead.left == bead.right_end - bead.right == 1 for bead in beads) / len(beads)


def _figures(anchors: Anchors, first: int, end: int) -> set[str]:
    low, high = anchors.sentences.searchsorted((first, end)).tolist()
    forms = (anchors.forms[number] for number in anchors.numbers[low:high].tolist())
    return {form.exact for form in forms if form.is_figure and len(form.exact) > 1}


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else 0.0


TRANSLATION_SIGNALS: Mapping[str, Callable[[TranslatedPair], float]] = {
    signal.__name__.replace("_", "-"): signal
    for signal in (
        translated_order,
        translated_coverage,
        translated_anchors,
        translated_figures,
        translated_pairing,
    )
}
"""Every signal of a pair in two languages by its public name."""
