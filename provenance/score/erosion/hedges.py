"""Hedges that are gone: a statement that was kept, and no longer says on whose word."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Erosion, ErosionKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.statements import Pair, Side, Statement
from provenance.score.erosion.taking import lost

__all__ = ["HEDGES", "lost_hedges"]

HEDGES = ("possible", "alleged", "guarded", "unconfirmed")
"""Cues that keep a statement from being a plain assertion."""

_SOURCED = (*HEDGES, "according", "speech", "planned", "generic-source")
"""What says of a downstream statement that it is not plainly asserted."""

SAME_STATEMENT = 0.8
"""Share of the telling words outside the hedge that must be kept: the statement is otherwise the same."""

SOURCE_WORDS = 10
"""Words of the longest source named behind "according to"."""


def lost_hedges(pair: Pair) -> Iterator[Erosion]:
    """Find "according to …" left out of a statement that is otherwise kept; other hedges are found as fact drift."""
    if not pair.edited or pair.below.of(*_SOURCED):
        return
    for cue in pair.above.of("according"):
        words = _phrase(pair.above, cue)
        if _is_quoted(pair.above, cue) or not _is_otherwise_same(pair, words):
            continue
        if not _is_sourced_beside(pair.below, words):
            yield lost(pair, ErosionKind.HEDGE, words)


def _is_sourced_beside(statement: Statement, source: Side) -> bool:
    """Say whether a neighbouring sentence lets the same source speak, which may stand for this one too."""
    whole, words = statement.whole, range(source.first, source.end)
    named = {source.statement.stems[at] for at in words if source.statement.weights[at] > 0.0}
    inside = whole.sentences_in(statement.span)
    near = (whole.statements[at] for at in (inside[0] - 1, inside[-1] + 1) if 0 <= at < len(whole.statements))
    return any(each.of("according", "speech") and not named.isdisjoint(each.terms) for each in near)


def _is_quoted(statement: Statement, cue: Cue) -> bool:
    start = statement.words[cue.first].start
    return any(place.start <= start < place.end for place in statement.quotations)


def _phrase(statement: Statement, cue: Cue) -> Side:
    """Give "according to" with the source behind it, up to the next sign or the end."""
    text, end = statement.whole.text, cue.end
    while end < min(len(statement.words), cue.end + SOURCE_WORDS):
        gap = text[statement.words[end - 1].end : statement.words[end].start]
        if end > cue.end and any(sign in gap for sign in ",;:.!?—–\n"):
            break
        end += 1
    return Side(statement, cue.first, end)


def _is_otherwise_same(pair: Pair, hedge: Side) -> bool:
    rest = {
        pair.above.stems[at]: pair.above.weights[at]
        for at in range(len(pair.above.words))
        if not hedge.first <= at < hedge.end and pair.above.weights[at] > 0.0
    }
    ours = pair.below.terms
    kept = sum(weight for one, weight in rest.items() if one in ours)
    return bool(rest) and kept >= SAME_STATEMENT * sum(rest.values())
