"""What became something else: changed facts, told as losses of the upstream's own wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.model import Drift, DriftKind, Erosion, ErosionKind
from provenance.score.drift.stances import Stance, vouchings
from provenance.score.drift.statements import Pair, Statement
from provenance.score.erosion.hedges import HEDGES

__all__ = ["turned"]

_KINDS = {
    DriftKind.NUMBER: ErosionKind.NUMBER,
    DriftKind.NAME: ErosionKind.NAME,
    DriftKind.ATTRIBUTION: ErosionKind.NAME,
    DriftKind.CERTAINTY: ErosionKind.HEDGE,
}
"""A named speaker who became "experts" is a name lost."""

_LOOSE = frozenset({DriftKind.CERTAINTY, DriftKind.ATTRIBUTION})
"""Changes that may stand in a sentence told in quite other words, which is then no part of what was taken."""

_DOUBTS = frozenset({Stance.UNCONFIRMED, Stance.ALLEGED, Stance.UNDENIED})

TAKEN_STATEMENT = 0.5
"""Share of the barer sentence's telling words both must have for a hedge to be lost: see
:mod:`provenance.score.erosion.taking`."""


def turned(changed: Sequence[Drift], pairs: Sequence[Pair]) -> Iterator[Erosion]:
    """Give the changed facts that are losses; a hedge that was added or swapped for another is none."""
    for change in changed:
        kind = _KINDS.get(change.kind)
        if kind is None or (change.kind in _LOOSE and not _is_retold(change, pairs)):
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


def _is_retold(change: Drift, pairs: Sequence[Pair]) -> bool:
    """Say whether both sentences tell the same, and a hedge, if it is one, is gone from the downstream's."""
    pair = next((each for each in pairs if not (each.second or each.between) and _holds(each, change)), None)
    if pair is None or pair.contained < TAKEN_STATEMENT:
        return False
    return change.kind is not DriftKind.CERTAINTY or _is_plain(change, pair)


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
