"""Pairing: which statement of the upstream a statement of the downstream answers to.

The matcher shows one partner for each passage. Facts also move into neighbouring sentences, so three kinds of pairs
are looked at: those of the passages themselves, second readings (an upstream sentence elsewhere that shares as many
telling words), and sentences that stand alone between two passages on both sides.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import Match, Passage, PassageKind
from provenance.score.drift.statements import MIN_STATEMENT_WORDS, Pair, Statement, Whole

__all__ = ["pairs"]

MIN_SIMILARITY = 0.24
"""Similarity below which a rewritten passage is too uncertain to hold facts against each other: the matcher's own floor
for showing one, half a step above what two unrelated sentences on one event reach."""

LOOK_AHEAD = 6
"""Sentences ahead of the last answered one that a sentence of an edited passage is compared with: an edit drops or
adds a sentence or two, seldom a paragraph."""

SENTENCE_FLOOR = 0.3
"""Share of common words (Dice) below which two sentences inside one edited passage do not answer to one another."""

SECOND_READINGS = 2
"""Further upstream sentences one downstream sentence is held against."""

SECOND_FLOOR = 0.2
"""Share of weighted terms (Dice) a second reading must have in common: a fifth, half of what a close rewrite keeps."""

MAX_POSTINGS = 12
"""Upstream sentences a word may stand in to find second readings by: a word of more is the subject of the whole."""

ZONE = 2
"""Sentences from a passage within which a downstream sentence counts as part of the reused stretch."""


def pairs(match: Match, below: Whole, above: Whole) -> Iterator[Pair]:
    """Pair the statements of two texts, those of the passages first; equal statements are left out."""
    anchors: dict[int, int] = {}
    for passage in match.passages:
        for pair, mine, theirs in _of_passage(passage, below, above):
            anchors.setdefault(mine, theirs)
            if pair is not None:
                yield pair
    if any(passage.kind is PassageKind.REWRITTEN for passage in match.passages) and below.language == above.language:
        yield from _second_readings(below, above, anchors)
        yield from _between(below, above, anchors)


def _of_passage(passage: Passage, below: Whole, above: Whole) -> Iterator[tuple[Pair | None, int, int]]:
    """Pair the sentences of one passage, whole ones: a run of equal words ends where the changed one stands."""
    ours, theirs = below.sentences_in(passage.left), above.sentences_in(passage.right)
    if passage.kind in (PassageKind.REWRITTEN, PassageKind.TRANSLATED):
        if ours and theirs and passage.similarity >= MIN_SIMILARITY:
            pair = _pair(passage.kind, below, above, ours, theirs)
            yield pair, ours[0], theirs[0]
        return
    free = 0
    for mine in ours:
        if free < len(theirs) and below.sentence(mine) == above.sentence(theirs[free]):
            yield None, mine, theirs[free]  # most sentences of a copy: nothing to take apart
            free += 1
            continue
        window = range(max(0, free - 1), min(len(theirs), free + LOOK_AHEAD))
        norms = _norms(below.statements[mine])
        best = max(window, key=lambda at: (_dice(norms, _norms(above.statements[theirs[at]])), -at), default=None)
        if best is None or _dice(norms, _norms(above.statements[theirs[best]])) < SENTENCE_FLOOR:
            continue
        free = best + 1
        yield _pair(passage.kind, below, above, [mine], [theirs[best]]), mine, theirs[best]


def _norms(statement: Statement) -> frozenset[str]:
    return frozenset(statement.norms)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _pair(  # noqa: PLR0913  two texts with a range of sentences each, and how they were brought together
    kind: PassageKind,
    below: Whole,
    above: Whole,
    ours: Sequence[int],
    theirs: Sequence[int],
    *,
    between: bool = False,
    second: bool = False,
) -> Pair | None:
    """Make a pair; ``None`` when there is nothing to compare: equal words, or too few."""
    if below.language != above.language:
        kind = PassageKind.TRANSLATED
    first, end = max(0, theirs[0] - 1), min(len(above.sentences), theirs[-1] + 2)
    pair = Pair(
        kind=kind,
        below=below.united(ours[0], ours[-1] + 1),
        above=above.united(theirs[0], theirs[-1] + 1),
        wider=above.united(first, end),
        second=second,
        between=between,
    )
    if min(len(pair.below.words), len(pair.above.words)) < MIN_STATEMENT_WORDS:
        return None
    return None if pair.below.norms == pair.above.norms else pair


@dataclass(frozen=True, eq=False)
class _Index:
    """Upstream sentences by their telling stems, with the weight of each stem in both texts together."""

    above: Whole
    postings: Mapping[str, Sequence[int]]
    spread: Counter[str]

    @classmethod
    def of(cls, below: Whole, above: Whole) -> _Index:
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for at, statement in enumerate(above.statements):
            for one in statement.terms:
                postings[one].append(at)
        spread = Counter(one for whole in (below, above) for statement in whole.statements for one in statement.terms)
        return cls(above, postings, spread)

    def weight(self, statement: Statement) -> dict[str, float]:
        """Weigh the terms of a sentence; the more sentences hold one, the less it tells."""
        return {one: w / (1.0 + math.log(max(1.0, self.spread[one] / 2))) for one, w in statement.terms.items()}

    def nearest(self, statement: Statement) -> list[int]:
        """Give the upstream sentences that share most with a statement, best first, from SECOND_FLOOR on."""
        mine = self.weight(statement)
        candidates = {at for one in mine for at in self._places(one)}
        scored = [(_shared(mine, self.weight(self.above.statements[at])), -at) for at in candidates]
        best = sorted((one for one in scored if one[0] >= SECOND_FLOOR), reverse=True)
        return [-at for _, at in best[:SECOND_READINGS]]

    def _places(self, one: str) -> Sequence[int]:
        found = self.postings.get(one, ())
        return found if len(found) <= MAX_POSTINGS else ()


def _shared(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    common = sum(weight for one, weight in mine.items() if one in theirs)
    return 2 * common / max(1.0, sum(mine.values()) + sum(theirs.values()))


def _second_readings(below: Whole, above: Whole, anchors: Mapping[int, int]) -> Iterator[Pair]:
    index = _Index.of(below, above)
    zone = {at for anchor in anchors for at in range(anchor - ZONE, anchor + ZONE + 1)}
    for mine in sorted(zone & set(range(len(below.statements)))):
        for theirs in index.nearest(below.statements[mine]):
            if anchors.get(mine) == theirs:
                continue
            pair = _pair(PassageKind.REWRITTEN, below, above, [mine], [theirs], second=True)
            if pair is not None:
                yield pair


def _between(below: Whole, above: Whole, anchors: Mapping[int, int]) -> Iterator[Pair]:
    """Pair sentences without a partner with what stands at the same distance from a passage upstream."""
    for mine in sorted({at + step for at in anchors for step in range(-ZONE, ZONE + 1)} - anchors.keys()):
        if not 0 <= mine < len(below.statements):
            continue
        window = sorted(_beside(anchors, mine) & set(range(len(above.statements))))
        if window:
            others = range(window[0], min(window[-1] + 1, window[0] + 2 * ZONE + 1))
            pair = _pair(PassageKind.REWRITTEN, below, above, [mine], others, between=True)
            if pair is not None:
                yield pair


def _beside(anchors: Mapping[int, int], mine: int) -> set[int]:
    """Give the upstream sentences from the nearest passage before (or else behind) as far as a sentence is from it."""
    for step in range(1, ZONE + 1):
        if mine - step in anchors:
            theirs = anchors[mine - step]
            return set(range(theirs, theirs + step + 2))
        if mine + step in anchors:
            theirs = anchors[mine + step]
            return set(range(theirs - step - 1, theirs + 1))
    return set()
