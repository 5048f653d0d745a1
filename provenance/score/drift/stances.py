"""Stances: whether a statement is confirmed, claimed, denied, possible, planned or plainly asserted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from provenance.model import Drift, DriftKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.frames import Half, Slot, frame_slots
from provenance.score.drift.statements import Pair, Side, Statement, common_share, common_weight

__all__ = ["Stance", "Vouching", "certainty_drift", "vouchings"]

NEGATOR_REACH = 4
"""Words between a negator and the verb it negates ("has not yet been officially confirmed")."""

NEITHER_REACH = 10
"""The same at the head of a clause ("neither the one nor the other has confirmed")."""

SAME_MATTER = 1.5
"""Zipf steps two explicit stances must have in common around them: one telling word."""

SAME_ACTION = 2.0
"""Zipf steps of shared neighbourhood from which a hedged and a plain verb tell of one action."""

SAME_SHARE = 0.25
"""Share of the neighbourhood they must have in common besides, where the verb itself is another one."""

SAME_STATEMENT = 0.25
"""Share of the barer statement's telling words both must have, for the same reason."""

COMPLEMENT = 3
"""Words behind a hedge among which its verb stands ("could soon be reopened")."""

STANCE_RADIUS = 12
"""Words on either side of a stance that say what it is about: a stance governs its whole sentence."""


class Stance(StrEnum):
    """What a speaker does with a statement."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    DENIED = "denied"
    UNDENIED = "undenied"
    ALLEGED = "alleged"


_REVERSED = {"confirmed": Stance.UNCONFIRMED, "denied": Stance.UNDENIED}

_CHANGES = frozenset(
    [
        frozenset([Stance.CONFIRMED, Stance.UNCONFIRMED]),
        frozenset([Stance.CONFIRMED, Stance.DENIED]),
        frozenset([Stance.UNCONFIRMED, Stance.DENIED]),
        frozenset([Stance.UNDENIED, Stance.DENIED]),
        frozenset([Stance.UNDENIED, Stance.CONFIRMED]),
        frozenset([Stance.ALLEGED, Stance.CONFIRMED]),
    ]
)
"""Stances that cannot be taken for one another; what is alleged may well be denied by another speaker."""


@dataclass(frozen=True)
class Vouching:
    """An explicit stance in a statement: the half-open range of words that express it, negator included."""

    stance: Stance
    first: int
    end: int


def vouchings(statement: Statement) -> list[Vouching]:
    """List the explicit stances of a statement, in order."""
    return [_vouching(statement, cue) for cue in statement.of("confirmed", "unconfirmed", "denied", "alleged")]


def _vouching(statement: Statement, cue: Cue) -> Vouching:
    negator = negated_by(statement, cue.first)
    if negator is not None and cue.kind in _REVERSED:
        return Vouching(_REVERSED[cue.kind], negator.first, cue.end)
    return Vouching(Stance(cue.kind), cue.first, cue.end)


def negated_by(statement: Statement, first: int) -> Cue | None:
    """Give the negator (or a verb like "declined to") that governs the word at ``first``; ``None`` without one."""
    for cue in statement.of("clause-negator", "negator", "negative"):
        reach = NEITHER_REACH if cue.kind == "clause-negator" else NEGATOR_REACH
        if cue.end <= first <= cue.end + reach and not _parted(statement, cue.end, first):
            return cue
    return None


def _parted(statement: Statement, first: int, end: int) -> bool:
    gap = statement.whole.text[statement.words[first - 1].end : statement.words[end].start]
    return any(char in gap for char in ".;:!?\n،。；")


def certainty_drift(pair: Pair) -> Iterator[Drift]:
    """Find stances that changed: explicit ones, hedges lost or gained, plans told as done."""
    if pair.between:
        return
    found = [*_in_frame(pair), *_explicit(pair), *_hedges(pair), *_plans(pair)]
    for below, above in found[:1]:
        yield pair.changed(DriftKind.CERTAINTY, below, above)


def _explicit(pair: Pair) -> Iterator[tuple[Side, Side]]:
    ours, theirs = vouchings(pair.below), vouchings(pair.above)
    known = {one.stance for one in theirs}
    kept = {one.stance for one in ours}
    for mine in ours:
        if mine.stance in known:
            continue
        below = Side(pair.below, mine.first, mine.end)
        for other in theirs:
            if other.stance in kept or frozenset([mine.stance, other.stance]) not in _CHANGES:
                continue
            above = Side(pair.above, other.first, other.end)
            if common_weight(below, above, STANCE_RADIUS) >= SAME_MATTER:
                yield below, above


_STANCES = ("confirmed", "unconfirmed", "denied", "alleged", "possible", "firm", "certain", "planned")


def _in_frame(pair: Pair) -> Iterator[tuple[Side, Side]]:
    """Find a stance put into a kept sentence, left out of it or put in place of another."""
    counts = {kind: len(pair.below.of(kind)) - len(pair.above.of(kind)) for kind in _STANCES}
    gained = {kind for kind, count in counts.items() if count > 0}
    lost = {kind for kind, count in counts.items() if count < 0}
    for slot in frame_slots(pair):
        ours, theirs = slot.below.kinds(*_STANCES), slot.above.kinds(*_STANCES)
        if (
            _turned(slot, ours & gained, theirs & lost)
            or _doubted(slot, slot.below, slot.above, ours & gained)
            or _doubted(slot, slot.above, slot.below, theirs & lost)
            or _done(slot, ours, theirs)
        ):
            yield slot.sides


def _turned(slot: Slot, gained: set[str], lost: set[str]) -> bool:
    """Say whether a speaker who says or confirms a thing now denies it, or the other way about."""
    if "denied" in gained:
        return not slot.above.cues("negator", "negative", "unconfirmed")
    if "denied" in lost:
        return not slot.below.cues("negator", "negative", "unconfirmed")
    return ("confirmed" in gained and "alleged" in lost) or ("alleged" in gained and "confirmed" in lost)


def _doubted(slot: Slot, hedged: Half, plain: Half, hedges: set[str]) -> bool:
    """Say whether one side of a slot passes on as alleged or possible what the other asserts.

    A verb that reports ("claimed") is no such stance of its own, and what could not be is not possible.
    """
    if plain.cues(*_SOFT, "negative"):
        return False
    if "alleged" in hedges:
        reported = any(
            cue.first <= verb.first < cue.end for cue in hedged.cues("alleged") for verb in hedged.cues("speech")
        )
        return not reported and slot.differs_only_in(*_SOFT, "speech", "auxiliary")
    if "possible" not in hedges or any(_is_negated(hedged.statement, cue) for cue in hedged.cues("possible")):
        return False
    firm = plain.cues("firm", "certain")
    return slot.differs_only_in(*_SOFT, *(("firm", "certain", "planned") if firm else ()), "auxiliary")


def _is_negated(statement: Statement, hedge: Cue) -> bool:
    return any(negator.first == hedge.end for negator in statement.of("negator"))


def _done(slot: Slot, ours: set[str], theirs: set[str]) -> bool:
    """Say whether what was planned is told as done: the same verb in its past form."""
    if not theirs & {"planned", "firm"} or ours or slot.below.cues(*_SOFT, "negator"):
        return False
    planned = slot.above.stems(telling=True)
    return any(
        _is_past(slot.below.statement, at) and slot.below.statement.verb(at) in planned for at in slot.below.words
    )


_HEDGES = ("possible", "alleged")
_SOFT = ("possible", "alleged", "guarded", "unconfirmed")


def _hedges(pair: Pair) -> Iterator[tuple[Side, Side]]:
    """Find a hedge of the upstream that is gone: the same verb without any, or a promise about the same matter."""
    firm = [] if pair.below.of(*_SOFT) or pair.contained < SAME_STATEMENT else pair.below.of("firm", "certain")
    for cue in pair.above.of(*_HEDGES):
        if negated_by(pair.above, cue.first) is not None and cue.kind != "possible":
            continue
        if _is_negated(pair.above, cue):
            continue
        above = Side(pair.above, cue.first, min(len(pair.above.words), cue.end + 1))
        for strong in firm:
            below = Side(pair.below, strong.first, min(len(pair.below.words), strong.end + 1))
            if common_weight(below, above) >= SAME_ACTION and common_share(below, above) >= SAME_SHARE:
                yield below, above
        if pair.below.of(*_SOFT, "planned", "firm", "negator", "negative"):
            continue
        if cue.kind == "alleged" and pair.below.of("speech", "according"):
            continue
        below_verb = _same_verb(pair, cue)
        if below_verb is not None and common_weight(below_verb, above) >= SAME_ACTION:
            yield below_verb, above


_PARTICIPLE = "ing"
"""Ending of the English form that describes rather than asserts ("rising costs")."""


def _same_verb(pair: Pair, hedge: Cue) -> Side | None:
    """Find the verb a hedge governs as a plain assertion downstream: neither an infinitive nor a participle."""
    at = _complement(pair.above, hedge)
    if at is None:
        return None
    verb = pair.above.verb(at)
    infinitives = {cue.end for cue in pair.below.of("infinitive")}
    for ours, word in enumerate(pair.below.words):
        if pair.below.verb(ours) == verb and ours not in infinitives and not word.norm.endswith(_PARTICIPLE):
            return Side(pair.below, max(0, ours - 1), ours + 1)
    return None


def _complement(statement: Statement, hedge: Cue) -> int | None:
    """Give the word a hedge governs: the first behind it and its auxiliaries, where that word tells something."""
    auxiliary = {at for cue in statement.of("auxiliary") for at in range(cue.first, cue.end)}
    for at in range(hedge.end, min(len(statement.words), hedge.end + COMPLEMENT)):
        if at not in auxiliary:
            return at if statement.weights[at] > 0.0 else None
    return None


def _plans(pair: Pair) -> Iterator[tuple[Side, Side]]:
    """Find a plan told as done: the verb of the plan stands downstream in its past form."""
    if pair.below.of("planned", "firm", "possible", "guarded", "negator"):
        return
    for statement in (pair.above, pair.wider):
        for cue in statement.of("planned"):
            verb_at = next((at for at in range(cue.end, min(len(statement.words), cue.end + 2))), None)
            if verb_at is None:
                continue
            verb = statement.stems[verb_at]
            for at in range(len(pair.below.words)):
                if _is_past(pair.below, at) and pair.below.verb(at) == verb:
                    below, above = Side(pair.below, at, at + 1), Side(statement, cue.first, verb_at + 1)
                    if common_weight(below, above) >= SAME_ACTION:
                        yield below, above


def _is_past(statement: Statement, at: int) -> bool:
    norm = statement.words[at].norm
    if norm in statement.whole.cues.past_forms:
        return True
    return bool(statement.whole.cues.past_forms) and norm.endswith("ed") and norm != statement.stems[at]
