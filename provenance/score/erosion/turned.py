"""What became something else: changed facts, told as losses of the upstream's own wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.model import Drift, DriftKind, Erosion, ErosionKind
from provenance.score.drift.stances import Stance, vouchings
from provenance.score.drift.statements import Pair, Statement, Whole
from provenance.score.erosion.hedges import HEDGES

__all__ = ["turned"]

_KINDS = {
    DriftKind.NUMBER: ErosionKind.NUMBER,
    DriftKind.NAME: ErosionKind.NAME,
    DriftKind.ATTRIBUTION: ErosionKind.NAME,
    DriftKind.CERTAINTY: ErosionKind.HEDGE,
}
"""A named speaker who became "experts" is a name lost."""

_DOUBTS = frozenset({Stance.UNCONFIRMED, Stance.ALLEGED, Stance.UNDENIED})


def turned(changed: Sequence[Drift], pairs: Sequence[Pair]) -> Iterator[Erosion]:
    """Give the changed facts that are losses; a hedge that was added or swapped for another is none."""
    if not pairs:
        return
    below, above = pairs[0].below.whole, pairs[0].above.whole
    for change in changed:
        kind = _KINDS.get(change.kind)
        if kind is None or (kind is ErosionKind.HEDGE and not _is_hedge_lost(change, below, above)):
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


def _is_hedge_lost(change: Drift, below: Whole, above: Whole) -> bool:
    return _is_hedged(Statement(above, change.upstream.span)) and not _is_hedged(
        Statement(below, change.downstream.span)
    )


def _is_hedged(statement: Statement) -> bool:
    return bool(statement.of(*HEDGES)) or any(one.stance in _DOUBTS for one in vouchings(statement))
