"""Negation: a negator gained or lost around an otherwise kept statement."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Drift, DriftKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.frames import Half, Slot, frame_slots
from provenance.score.drift.statements import Pair, Side, Statement

__all__ = ["negation_drift"]

SCOPE = 8
"""Words behind a negator that it may turn round: the rest of a clause."""

SAME_STATEMENT = 0.4
"""Share of the barer statement's telling words both must have: two fifths, twice what a second reading needs. On
machine rewrites that kept the facts, looser bounds took "not happy about" for a negation lost."""

CORRECTION_REACH = 12
"""Words between a negator and the "but" that puts right what it negates."""

MIN_SCOPE_WORDS = 2
"""Telling words of the scope the other side must say again, close together: one alone is the subject of both texts."""

MIN_SCOPE_WEIGHT = 2.0
"""Zipf steps these must weigh together: one rare word's worth, whatever their number."""

SCOPE_SHARE = 0.6
"""Share of the weight of the scope's telling words the other side must say again."""

NEGATIVES = ("negator", "negative", "denied", "unconfirmed")


def negation_drift(pair: Pair) -> Iterator[Drift]:
    """Find negators without a counterpart; any word that says no on the other side counts as one."""
    turned = next(_turned(pair), None)
    if turned is not None:
        yield pair.changed(DriftKind.NEGATION, *turned)
        return
    if pair.between or pair.second or pair.contained < SAME_STATEMENT:
        return
    for cue in _negators(pair.above):
        kept = _restated(pair.above, cue, pair.below)
        if kept is not None:
            yield pair.changed(DriftKind.NEGATION, kept, _wording(pair.above, cue))
            return
    for cue in _negators(pair.below):
        kept = _restated(pair.below, cue, pair.above)
        if kept is not None:
            yield pair.changed(DriftKind.NEGATION, _wording(pair.below, cue), kept)
            return


def _turned(pair: Pair) -> Iterator[tuple[Side, Side]]:
    """Find a negator put into a kept sentence or left out of it, with nothing else that tells in its place."""
    if len(pair.below.of(*NEGATIVES)) == len(pair.above.of(*NEGATIVES)):
        return  # it was moved, or another word says no instead
    for slot in frame_slots(pair):
        ours, theirs = _negators_in(slot.below), _negators_in(slot.above)
        plain = slot.above if ours else slot.below
        if bool(ours) is bool(theirs) or plain.cues(*NEGATIVES):
            continue
        if slot.differs_only_in("negator", "number") or _is_contraction((ours or theirs)[0], slot):
            yield slot.sides


def _negators_in(half: Half) -> list[Cue]:
    inside = half.cues("negator")
    return [cue for cue in _negators(half.statement) if cue in inside]


def _is_contraction(negator: Cue, slot: Slot) -> bool:
    """Say whether a slot holds a verb on one side and the same with a negator drawn into it on the other ("isn't")."""
    if len(slot.below.words) != 1 or len(slot.above.words) != 1 or negator.end - negator.first != 1:
        return False
    one, other = sorted((half.statement.words[half.words.start].norm for half in (slot.below, slot.above)), key=len)
    return other == f"{one}nt"


def _negators(statement: Statement) -> list[Cue]:
    """List the negators that turn a statement round.

    Left out are set phrases ("no doubt", "not only"), an aside behind a comma or dash (", not ideology"), an answer
    ("No, it did") and what is put right at once ("not by sea but by air").
    """
    idle = {at for cue in statement.of("set-phrase") for at in range(cue.first, cue.end)}
    turns = [cue.first for cue in statement.of("corrective")]
    return [
        cue
        for cue in statement.of("negator")
        if cue.first not in idle
        and not _is_aside(statement, cue)
        and statement.whole.text[statement.words[cue.end - 1].end :][:1] != ","
        and not any(0 < turn - cue.end <= CORRECTION_REACH for turn in turns)
    ]


def _is_aside(statement: Statement, cue: Cue) -> bool:
    if cue.first == 0:
        return False
    gap = statement.whole.text[statement.words[cue.first - 1].end : statement.words[cue.first].start]
    return any(char in gap for char in ",—–-") and cue.end - cue.first == 1 and statement.words[cue.first].norm == "not"


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
    head = next(iter(scope))
    for at in range(len(other.words)):
        if other.verb(at) == head:
            found = _restated_at(scope, other, range(max(0, at - SCOPE), min(len(other.words), at + SCOPE + 1)))
            if found is not None:
                return found
    return None


def _restated_at(scope: dict[str, float], other: Statement, window: range) -> Side | None:
    """Give the scope's words inside a window; ``None`` when they are too few or a word beside them says no."""
    places = [at for at in window if other.verb(at) in scope]
    said = {other.verb(at) for at in places}
    if len(said) < MIN_SCOPE_WORDS:
        return None
    if sum(scope[one] for one in said) < max(MIN_SCOPE_WEIGHT, SCOPE_SHARE * sum(scope.values())):
        return None
    first, end = places[0], places[-1] + 1
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
            found[statement.verb(at)] = statement.weights[at]
    return found
