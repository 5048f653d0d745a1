"""What became something else: changed facts, told as losses of the upstream's own wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.model import Drift, DriftKind, Erosion, ErosionKind
from provenance.score.drift.stances import Stance, vouchings
from provenance.score.drift.statements import Pair, Statement
from provenance.score.erosion.hedges import HEDGES
from provenance.text.terms import zipf
from provenance.text.words import fold

__all__ = ["turned"]

_KINDS = {
    DriftKind.NUMBER: ErosionKind.NUMBER,
    DriftKind.NAME: ErosionKind.NAME,
    DriftKind.ATTRIBUTION: ErosionKind.NAME,
    DriftKind.CERTAINTY: ErosionKind.HEDGE,
}
"""A named speaker who became "experts" is a name lost."""

_DOUBTS = frozenset({Stance.UNCONFIRMED, Stance.ALLEGED, Stance.UNDENIED})

TAKEN_STATEMENT = 0.3
"""Share of the barer sentence's telling words both must have for a hedge to be lost: less than where words are simply
gone (:mod:`provenance.score.erosion.taking`), since a changed stance answers to another one."""

COMMON_NAME = 4.5
"""Zipf value from which the last word of a speaker's name is a common one: a board or a bank, which others may call
otherwise."""


def turned(changed: Sequence[Drift], pairs: Sequence[Pair]) -> Iterator[Erosion]:
    """Give the changed facts that are losses; a hedge that was added or swapped for another is none."""
    for change in changed:
        kind = _KINDS.get(change.kind)
        if kind is None or not _is_loss(change, pairs):
            continue
        yield Erosion(
            kind=kind,
            downstream=change.downstream.article,
            upstream=change.upstream.article,
            wording=change.before,
            place=change.upstream.span,
            became=change.after,
            became_at=change.downstream.span,
        )


def _is_loss(change: Drift, pairs: Sequence[Pair]) -> bool:
    """Say whether what changed is a loss: a speaker who was a person, a hedge of a sentence that was retold."""
    if change.kind is DriftKind.ATTRIBUTION and pairs:
        return zipf(fold(change.before.split()[-1]), pairs[0].above.whole.language) < COMMON_NAME
    if change.kind is not DriftKind.CERTAINTY:
        return True
    pair = next((each for each in pairs if not (each.second or each.between) and _holds(each, change)), None)
    return pair is not None and pair.contained >= TAKEN_STATEMENT and _is_plain(change, pair)


def _is_plain(change: Drift, pair: Pair) -> bool:
    """Say whether the upstream's words hedge and nothing in the downstream's sentence does."""
    if pair.below.of(*HEDGES):
        return False
    stances = {one.stance for one in vouchings(pair.below)}
    hedge = Statement(pair.above.whole, change.upstream.span)
    return stances <= {Stance.CONFIRMED} and _is_hedged(hedge)


def _holds(pair: Pair, change: Drift) -> bool:
    below, above = pair.below.span, pair.wider.span
    return below.overlap(change.downstream.span) == len(change.downstream.span) and above.overlap(
        change.upstream.span
    ) == len(change.upstream.span)


def _is_hedged(statement: Statement) -> bool:
    return bool(statement.of(*HEDGES)) or any(one.stance in _DOUBTS for one in vouchings(statement))
