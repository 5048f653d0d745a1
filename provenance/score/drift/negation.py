"""Negation: a negator gained or lost around an otherwise kept statement."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Drift, DriftKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.statements import Pair, Side, Statement

__all__ = ["negation_drift"]

SCOPE = 8
"""Words behind a negator that it may turn round: the rest of a clause."""

MIN_SCOPE_WORDS = 2
"""Telling words of the scope the other side must say again, close together: one alone is the subject of both texts."""

MIN_SCOPE_WEIGHT = 2.0
"""Zipf steps these must weigh together: one rare word's worth, whatever their number."""

SCOPE_SHARE = 0.6
"""Share of the weight of the scope's telling words the other side must say again."""

NEGATIVES = ("negator", "negative", "denied", "unconfirmed")


def negation_drift(pair: Pair) -> Iterator[Drift]:
    """Find negators without a counterpart; any word that says no on the other side counts as one."""
    if pair.between:
        return
    for cue in pair.above.of("negator"):
        kept = _restated(pair.above, cue, pair.below)
        if kept is not None:
            yield pair.changed(DriftKind.NEGATION, kept, _wording(pair.above, cue))
            return
    for cue in pair.below.of("negator"):
        kept = _restated(pair.below, cue, pair.above)
        if kept is not None:
            yield pair.changed(DriftKind.NEGATION, _wording(pair.below, cue), kept)
            return


def _wording(statement: Statement, negator: Cue) -> Side:
    """Give the negator with the next telling word, which says what it negates."""
    end = negator.end
    while end < len(statement.words) and statement.weights[end] <= 0.0 and end < negator.end + SCOPE:
        end += 1
    return Side(statement, negator.first, min(len(statement.words), end + 1))


def _restated(statement: Statement, negator: Cue, other: Statement) -> Side | None:
    """Find where the other statement says without a negator what this one negates; ``None`` where it does not."""
    scope = _scope(statement, negator)
    if len(scope) < MIN_SCOPE_WORDS:
        return None
    places = [at for at, one in enumerate(other.stems) if one in scope]
    weight = sum(scope[one] for one in {other.stems[at] for at in places})
    if len({other.stems[at] for at in places}) < MIN_SCOPE_WORDS or weight < max(
        MIN_SCOPE_WEIGHT, SCOPE_SHARE * sum(scope.values())
    ):
        return None
    first, end = places[0], places[-1] + 1
    if end - first > 2 * SCOPE:
        return None
    near = range(max(0, first - SCOPE), min(len(other.words), end + 2))
    if any(cue.first in near for cue in other.of(*NEGATIVES)):
        return None
    return Side(other, first, end)


def _scope(statement: Statement, negator: Cue) -> dict[str, float]:
    """Collect the telling words a negator turns round, up to the end of its clause; the nearer ones decide."""
    found: dict[str, float] = {}
    for at in range(negator.end, min(len(statement.words), negator.end + SCOPE)):
        gap = statement.whole.text[statement.words[at - 1].end : statement.words[at].start]
        if any(char in gap for char in ".;:!?,\n"):
            break
        if statement.weights[at] > 0.0:
            found[statement.stems[at]] = statement.weights[at]
    return found
