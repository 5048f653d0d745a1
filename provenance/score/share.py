"""How much of a text is derived: the share of its body words inside passages, with an interval and a degree.

The degree is read off the share to be *expected*, which weighs what the passages say (in a pair that is not certain a
sentence that says alike is less than a copied one) and sees what no passage shows: words of an edited text that stand
in the order of the other one although every sentence was changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from provenance.model import Degree, Passage, PassageKind, Span

__all__ = [
    "FULL_SIMILARITY",
    "FULL_STRENGTH",
    "ORDER_COPIED",
    "ORDER_EDITED",
    "PARTIAL_SHARE",
    "WHOLLY_SHARE",
    "composition",
    "degree_of",
    "derived_share",
    "expected_share",
    "share_interval",
]

PARTIAL_SHARE = 0.10
"""Expected share from which an article is partially derived: one paragraph of a usual news story of ten. Set by reason,
not fitted; docs/explanation/derived.md gives the error on labelled newspaper stories."""

WHOLLY_SHARE = 0.60
"""Expected share from which an article is wholly derived: what is left is a lead, links and a closing line. Set and
checked like :data:`PARTIAL_SHARE`."""

ORDER_COPIED = 0.85
"""Share of copied words that stand in the order of the other text beyond chance: read backwards, a text still shares
the order of some 15 % of its words with itself (copied news and encyclopedia answers, English and Urdu)."""

ORDER_EDITED = 0.35
"""The same for text edited below the level of sentences, which keeps about every third word in its place. Chosen on
labelled pairs of several corpora together; between 0.3 and 0.4 the degrees hardly differ."""

FULL_STRENGTH = 0.9
FULL_SIMILARITY = 0.3
"""Strength of the pair and similarity of a sentence that says alike from which both on it counts in full; below, with
the strength times its similarity. Chosen like :data:`ORDER_EDITED`: of machine rewrites of whole articles most pass
them, of newspaper stories that share some of their matter with the newswire few. Beside copied paragraphs, which make
any pair strong, an independent sentence is seldom so close."""

Z_95 = 1.959964  # two-sided 95 % quantile of the normal distribution


Covered = Sequence[tuple[Passage, float]]
"""Passages, each with the words it covers that no plainer passage covers already."""


def derived_share(passages: Iterable[Passage], words: int) -> float:
    """Give the share of body words inside passages that are no quotations, in [0, 1]; 0.0 for an empty body.

    Words of the left (downstream) side count once, however many passages cover them.
    """
    return _share(_covered(passages), words)


def _share(covered: Covered, words: int) -> float:
    shares = (share for kind, share in _composition(covered, words) if kind is not PassageKind.QUOTE)
    return math.fsum(shares)


def composition(passages: Iterable[Passage], words: int) -> list[tuple[PassageKind, float]]:
    """Give the share of body words by kind of passage, in the order of :class:`PassageKind`.

    Where passages overlap, the plainer finding counts: verbatim before edited before rewritten. The shares add up to
    at most 1; what is missing is new.
    """
    return _composition(_covered(passages), words)


def _composition(covered: Covered, words: int) -> list[tuple[PassageKind, float]]:
    shares: dict[PassageKind, float] = {}
    for passage, count in covered:
        shares[passage.kind] = shares.get(passage.kind, 0.0) + count
    found = [(kind, min(1.0, shares[kind] / words)) for kind in PassageKind if words and shares.get(kind)]
    return _capped(found)


def _covered(passages: Iterable[Passage]) -> Covered:
    taken: list[Span] = []
    found: list[tuple[Passage, float]] = []
    for passage in sorted(passages, key=_plainness):
        found.append((passage, passage.left_words * (1.0 - _overlap_share(passage.left, taken))))
        taken.append(passage.left)
    return found


_PLAINNESS = {kind: rank for rank, kind in enumerate(PassageKind)}


def _plainness(passage: Passage) -> int:
    return _PLAINNESS[passage.kind]


def _overlap_share(place: Span, taken: Sequence[Span]) -> float:
    """Share of a place's code points already taken; passages of one kind hardly overlap, so places are summed."""
    start, end = place.start, place.end
    # Written out, for it runs for every two passages of every link.
    covered = sum(
        min(end, other.end) - max(start, other.start) for other in taken if other.start < end and other.end > start
    )
    return min(1.0, covered / max(1, end - start))


def _capped(shares: list[tuple[PassageKind, float]]) -> list[tuple[PassageKind, float]]:
    total = sum(share for _, share in shares)
    return shares if total <= 1.0 else [(kind, share / total) for kind, share in shares]


def share_interval(passages: Sequence[Passage], words: int, *, strength: float) -> tuple[float, float]:
    """Give a 95 % interval for the derived share, from the uncertainty of the passage decisions.

    Every non-quote passage is a decision that is right with its own probability: 0.99 for words that are the same;
    for a rewritten sentence the pair's ``strength`` times its similarity, scaled so that a similarity of one half is
    as good as certain. Decisions are taken as independent, so the share is a weighted sum of Bernoulli variables; the
    interval is the normal approximation of that sum around its mean, widened to hold the measured share.
    """
    if not words:
        return (0.0, 0.0)
    counted = _covered(passages)
    share = _share(counted, words)
    if strength == 1.0:  # the bodies are word for word the same: there is nothing to decide
        return (round(share, 4), round(share, 4))
    mean, variance = 0.0, 0.0
    for passage, covered in counted:
        if passage.kind is PassageKind.QUOTE:
            continue
        weight = covered / words
        chance = _chance(passage, strength)
        mean += weight * chance
        variance += weight * weight * chance * (1.0 - chance)
    spread = Z_95 * math.sqrt(variance)
    low, high = min(share, mean - spread), max(share, mean + spread)
    return (round(max(0.0, low), 4), round(min(1.0, high), 4))


SAME_WORDS_CHANCE = 0.99
"""Probability that eight or more identical words outside quotations are reuse."""


def _chance(passage: Passage, strength: float) -> float:
    if passage.kind in _WORDED:
        return SAME_WORDS_CHANCE * passage.confidence
    return min(SAME_WORDS_CHANCE, strength * min(1.0, 2.0 * passage.similarity))


def expected_share(passages: Iterable[Passage], words: int, *, strength: float, order: float = 0.0) -> float:
    """Estimate how much of a text is derived, in [0, 1]; 0.0 for an empty body.

    Two estimates, of which the larger counts. The passages: words that are the same count as they are, a sentence that
    says alike in full from :data:`FULL_STRENGTH` and :data:`FULL_SIMILARITY` on, else with the strength times its
    similarity. The order of words:
    what copied passages do not account for is text edited more deeply, of which :data:`ORDER_EDITED` is left in order.

    Args:
        passages: what the text shares; the left side is the text.
        words: words of the text's body.
        strength: the pair's strength of evidence; 1.0 for bodies that are word for word the same.
        order: words of the text that stand in the other one in the same order beyond chance, of all its words, in
            [0, 1]; 0.0 where it was not measured.
    """
    if not words:
        return 0.0
    counted = [(passage, count / words) for passage, count in _covered(passages) if passage.kind in _SHARED]
    copied = math.fsum(weight * passage.similarity for passage, weight in counted if passage.kind in _WORDED)
    by_passages = math.fsum(weight * _worth(passage, strength) for passage, weight in counted)
    by_order = copied + max(0.0, order - ORDER_COPIED * copied) / ORDER_EDITED
    return min(1.0, max(by_passages, by_order))


_WORDED = frozenset({PassageKind.VERBATIM, PassageKind.EDITED})
_SHARED = frozenset(PassageKind) - {PassageKind.QUOTE}


def _worth(passage: Passage, strength: float) -> float:
    if passage.kind in _WORDED:
        return passage.confidence
    sure = strength >= FULL_STRENGTH and passage.similarity >= FULL_SIMILARITY
    return 1.0 if sure else strength * passage.similarity


def degree_of(share: float, *, supported: bool) -> Degree:
    """Name the degree of derivation (METER corpus terms).

    Args:
        share: expected share in [0, 1]; see :func:`expected_share`.
        supported: whether the evidence speaks for derivation rather than independent coverage; without it the degree
            is ``NON`` whatever the share.
    """
    if not supported or share < PARTIAL_SHARE:
        return Degree.NON
    return Degree.WHOLLY if share >= WHOLLY_SHARE else Degree.PARTIALLY
