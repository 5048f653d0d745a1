"""From two bodies in different languages to what one has of the other: translated passages and the measurements."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from provenance.match.body import Body
from provenance.match.translation.alignment import ENOUGH_SHARED, Bead, aligned
from provenance.match.translation.likeness import Likeness, likeness
from provenance.match.translation.signals import TranslatedPair, measure_translation
from provenance.model import Match, Passage, PassageKind

__all__ = ["with_translation"]

QUOTED_SHARE = 0.8
"""Share of the words of both sides in quotations from which sentences are the speaker's ("nearly all")."""

SHOWN_ALIKE = 0.75
"""Likeness from which two names are shown as one: a reader has to agree."""

SHOWN_WEIGHT = 1.0
"""Weight of an anchor that is shown, in Zipf steps."""

COPIED_SHARE = 0.5
"""Share of the shorter text in verbatim and edited passages from which two texts are in one language."""

SHOWN_ANCHORS = 8
"""Anchors in common kept for display."""


def with_translation(match: Match, left: Body, right: Body) -> Match:
    """Add to a match what one body may be a translation of in the other; bodies in one language are left alone.

    What is the same word for word stays as it was found: a language may be mistaken, and a text may quote another.
    """
    if left.language is None or right.language is None or left.language == right.language or _is_copy(match):
        return match
    found = likeness(left.anchors, right.anchors)
    chain = aligned(found.shared, (left.anchors.lengths, right.anchors.lengths))
    passages = [_passage(bead, left, right) for bead in chain.beads]
    if all(_is_quoted(passage, left, right) for passage in passages):
        passages = [dataclasses.replace(passage, kind=PassageKind.QUOTE) for passage in passages]
    pair = TranslatedPair(left.anchors, right.anchors, found, chain)
    return dataclasses.replace(
        match,
        passages=tuple(sorted((*match.passages, *passages), key=lambda passage: (passage.left, passage.right))),
        shared_terms=tuple(_named(found, left, right)) if passages else match.shared_terms,
        signals={**match.signals, **measure_translation(pair)},
    )


def _is_copy(match: Match) -> bool:
    """Say whether so much is the same word for word that the texts are in one language, whatever was detected."""
    same = sum(passage.left_words for passage in match.passages if passage.kind in _WORDED)
    return same > 0 and same >= COPIED_SHARE * min(match.left_words, match.right_words)


_WORDED = frozenset({PassageKind.VERBATIM, PassageKind.EDITED})


def _passage(bead: Bead, left: Body, right: Body) -> Passage:
    ours, theirs = left.sentences[bead.left : bead.left_end], right.sentences[bead.right : bead.right_end]
    return Passage(
        kind=PassageKind.TRANSLATED,
        left=left.place(ours[0].first_word, ours[-1].end_word),
        right=right.place(theirs[0].first_word, theirs[-1].end_word),
        similarity=_similarity(bead),
        left_words=ours[-1].end_word - ours[0].first_word,
        right_words=theirs[-1].end_word - theirs[0].first_word,
    )


def _similarity(bead: Bead) -> float:
    """Say how sure it is that two places in one chain say the same, in [0, 1].

    Between neighbours that answer to one another either will do: names and numbers in common, or lengths that fit.
    """
    named, fitting = min(1.0, bead.shared / ENOUGH_SHARED), max(0.0, bead.fit)
    return round(1.0 - (1.0 - named) * (1.0 - fitting), 4)


def _is_quoted(passage: Passage, left: Body, right: Body) -> bool:
    shares = (
        body.quoted_share(*body.word_range(place)) for body, place in ((left, passage.left), (right, passage.right))
    )
    return min(shares) >= QUOTED_SHARE


def _named(found: Likeness, left: Body, right: Body) -> Iterator[str]:
    """Write out the weightiest anchors in common, as both texts write them where they differ."""
    ours, theirs = _first_written(left), _first_written(right)
    telling = (found.alike >= SHOWN_ALIKE) & (found.weights >= SHOWN_WEIGHT)
    seen: set[int] = set()
    for at in np.argsort(-found.weights * telling, kind="stable")[: np.count_nonzero(telling)].tolist():
        one, other = int(found.ours[at]), int(found.theirs[at])
        if one in seen or one not in ours or other not in theirs:
            continue
        seen.add(one)
        mine, its = ours[one], theirs[other]
        yield mine if mine.casefold() == its.casefold() else f"{mine} ({its})"
        if len(seen) == SHOWN_ANCHORS:
            return


def _first_written(body: Body) -> dict[int, str]:
    """Give how a text writes each of its anchors first, by the place of the form."""
    written: dict[int, str] = {}
    for number, place in zip(body.anchors.numbers.tolist(), body.anchors.spans, strict=True):
        written.setdefault(number, place.of(body.text))
    return written
