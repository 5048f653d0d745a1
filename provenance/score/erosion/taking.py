"""What was taken: how a loss is told from a part of a sentence that was never carried over."""

from __future__ import annotations

from provenance.model import Erosion, ErosionKind, Span
from provenance.score.drift.frames import FRAME_WORDS
from provenance.score.drift.statements import Pair, Side

__all__ = ["lost", "stands_instead", "was_taken"]

TAKEN_STATEMENT = 0.5
"""Share of the barer statement's telling words both must have for one to be a retelling of the other: half, above what
unrelated sentences of one report share (a fifth) and what negation drift asks for (two fifths)."""

TAKEN_WEIGHT = 3.0
"""Zipf steps of the words around a loss that must stand in the downstream statement: two telling words or more."""

TAKEN_SHARE = 0.5
"""Share of the words around a loss, by weight, that must: half of its clause."""


def was_taken(pair: Pair, lost_words: Side) -> bool:
    """Say whether the downstream statement carries what stands around some upstream words."""
    if pair.contained < TAKEN_STATEMENT:
        return False
    around = pair.above.around(lost_words.first, lost_words.end)
    ours = pair.below.terms
    common = sum(weight for one, weight in around.items() if one in ours)
    return common >= TAKEN_WEIGHT and common >= TAKEN_SHARE * sum(around.values())


def stands_instead(pair: Pair, lost_words: Side) -> Side | None:
    """Give what stands downstream in the place of some upstream words; ``None`` where nothing does or none can tell."""
    if not pair.edited:
        return None
    for below, above in pair.slots():
        if above.start <= lost_words.first and lost_words.end <= above.stop:
            if not below or len(below) > FRAME_WORDS or len(above) - (lost_words.end - lost_words.first) > 1:
                return None
            moved = any(pair.below.stems[at] in pair.above.terms for at in below)
            return None if moved else Side(pair.below, below.start, below.stop)
    return None


def lost(pair: Pair, kind: ErosionKind, words: Side, instead: Side | None = None) -> Erosion:
    """Report upstream words that are gone, with what stands in their place."""
    return Erosion(
        kind=kind,
        downstream=pair.below.whole.article,
        upstream=pair.above.whole.article,
        wording=_place(words).of(words.statement.whole.text),
        place=_place(words),
        became=None if instead is None else instead.wording,
        became_at=None if instead is None else instead.span,
    )


def _place(words: Side) -> Span:
    """Give the place of some words without the possessive s of the last one."""
    whole = words.wording
    return Span(words.span.start, words.span.end - (len(_POSSESSIVE) if whole[-2:] in ("'s", "’s") else 0))


_POSSESSIVE = "'s"
