"""Sources: a named speaker who became "experts"."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Drift, DriftKind, PassageKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.names import Name, names
from provenance.score.drift.statements import Pair, Side, Statement

__all__ = ["attribution_drift"]

SPEECH_REACH = 8
"""Words between a generic speaker and its verb ("experts who took part in the survey believe")."""

MIN_COMMON = 2.0
"""Zipf steps the two statements must have in common: one rare or two telling words."""

MODIFIERS = 2
"""Words before the generic noun that belong to it ("a senior official", "legal experts")."""


def attribution_drift(pair: Pair) -> Iterator[Drift]:
    """Find a generic speaker where the upstream names one whom the downstream text nowhere names."""
    if pair.kind is PassageKind.TRANSLATED:
        return
    speaker = next((cue for cue in pair.below.of("generic-source") if _speaks(pair.below, cue)), None)
    if speaker is None or _speaker(pair.below) is not None:
        return
    for statement in (pair.above, pair.wider):
        named = _speaker(statement)
        if named is None or set(named.parts) & pair.below.whole.norms or _common(pair.below, statement) < MIN_COMMON:
            continue
        if any(
            _speaks(statement, cue) and _noun(statement, cue) == _noun(pair.below, speaker)
            for cue in statement.of("generic-source")
        ):
            continue
        yield pair.changed(DriftKind.ATTRIBUTION, _phrase(pair.below, speaker), Side(statement, named.first, named.end))
        return


def _noun(statement: Statement, cue: Cue) -> str:
    return statement.stems[cue.end - 1]


def _common(below: Statement, above: Statement) -> float:
    return sum(min(weight, above.terms[one]) for one, weight in below.terms.items() if one in above.terms)


def _speaks(statement: Statement, speaker: Cue) -> bool:
    """Say whether a generic noun is the subject of a verb of saying, or follows one or "according to"."""
    for cue in statement.of("speech"):
        if 0 <= cue.first - speaker.end <= SPEECH_REACH and not _parted(statement, speaker.end, cue.first):
            return True
    before = [cue for cue in statement.of("speech", "according") if 0 <= speaker.first - cue.end <= MODIFIERS]
    return any(not _parted(statement, cue.end, speaker.first) for cue in before)


def _parted(statement: Statement, first: int, end: int) -> bool:
    gap = statement.whole.text[statement.words[first - 1].end : statement.words[end].start]
    return any(char in gap for char in ".;:!?\n")


def _phrase(statement: Statement, cue: Cue) -> Side:
    first = cue.first
    sayers = {at for one in statement.of("speech", "according", "time-relation") for at in range(one.first, one.end)}
    while first > max(0, cue.first - MODIFIERS) and first - 1 not in sayers:
        gap = statement.whole.text[statement.words[first - 1].end : statement.words[first].start]
        if gap != " ":
            break
        first -= 1
    while first < cue.first and statement.weights[first] <= 0.0 and statement.words[first].norm not in ("a", "an"):
        first += 1
    return Side(statement, first, cue.end)


def _speaker(statement: Statement) -> Name | None:
    """Give the full name that speaks in a statement: at its head with the verb behind, next to the verb, or after
    "according to".
    """
    full = [name for name in names(statement) if len(name.parts) > 1]
    verbs = [cue for cue in statement.of("speech")]
    for cue in statement.of("according"):
        found = next((name for name in full if 0 <= name.first - cue.end <= SPEECH_REACH), None)
        if found is not None:
            return found
    for cue in verbs:
        beside = [name for name in full if cue.first == name.end or 0 <= name.first - cue.end <= 1]
        if beside and not _apposed(statement, beside[0], full):
            return beside[0]
    head = full[0] if full and full[0].first <= MODIFIERS else None
    if head is not None and any(cue.first >= head.end for cue in verbs):
        return head
    return None


def _apposed(statement: Statement, name: Name, full: list[Name]) -> bool:
    """Say whether a name next to the verb ends a description ("Ada Quill, a lecturer at Holm University, said")."""
    return bool(full) and full[0].first < name.first and full[0].first <= MODIFIERS
