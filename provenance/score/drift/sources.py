"""Sources: a named speaker who became "experts"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from provenance.model import Drift, DriftKind
from provenance.score.drift.cues import Cue
from provenance.score.drift.names import Name, names
from provenance.score.drift.statements import Pair, Side, Statement, Whole

__all__ = ["attribution_drift", "full_name", "is_person"]

SPEECH_REACH = 8
"""Words between a generic speaker and its verb ("experts who took part in the survey believe")."""

MIN_COMMON = 2.0
"""Zipf steps the two statements must have in common: one rare or two telling words."""

LINK_LETTERS = 3
"""Letters of the longest word that ties the parts of an institution's name ("for", "of", "and")."""

MODIFIERS = 2
"""Words before the generic noun that belong to it ("a senior official", "legal experts")."""


def attribution_drift(pair: Pair) -> Iterator[Drift]:
    """Find a generic speaker where the upstream names one whom the downstream text nowhere names."""
    speaker = next((cue for cue in _generic(pair.below) if _speaks(pair.below, cue)), None)
    if speaker is None or _speaker(pair.below) is not None:
        return
    for statement in _upstream_sentences(pair):
        named = _speaker(statement)
        if named is None or set(_full(statement, named).norms) & pair.below.whole.norms:
            continue
        if not pair.between and _common(pair.below, statement) < MIN_COMMON:
            continue
        if any(
            _speaks(statement, cue) and _noun(statement, cue) == _noun(pair.below, speaker)
            for cue in _generic(statement)
        ):
            continue
        yield pair.changed(DriftKind.ATTRIBUTION, _phrase(pair.below, speaker), _full(statement, named))
        return


def _generic(statement: Statement) -> list[Cue]:
    """List generic speakers, in order; one with a capital inside a sentence is part of a name ("the Holm Observer")."""
    found = statement.of("generic-source")
    if statement.whole.cues.nouns_capitalised:
        return found
    return [cue for cue in found if cue.first == 0 or not _CAPITAL.match(statement.whole.text, _last(statement, cue))]


def _last(statement: Statement, cue: Cue) -> int:
    return statement.words[cue.end - 1].start


_CAPITAL = regex.compile(r"\p{Lu}")


def _upstream_sentences(pair: Pair) -> Iterator[Statement]:
    """Give the sentences of the upstream statement, then those beside it."""
    whole = pair.above.whole
    aligned = whole.sentences_in(pair.above.span)
    beside = [at for at in whole.sentences_in(pair.wider.span) if at not in aligned]
    for at in (*aligned, *beside):
        yield whole.statements[at]


def _noun(statement: Statement, cue: Cue) -> str:
    return statement.stems[cue.end - 1]


def _common(below: Statement, above: Statement) -> float:
    return sum(min(weight, above.terms[one]) for one, weight in below.terms.items() if one in above.terms)


def _speaks(statement: Statement, speaker: Cue) -> bool:
    """Say whether a generic noun is the subject of a verb of saying, or follows one or "according to"."""
    for cue in statement.of("speech"):
        if 0 <= cue.first - speaker.end <= SPEECH_REACH and not _parted(statement, speaker.end, cue.first):
            return True
    if speaker.first <= MODIFIERS and _says_behind_description(statement, speaker):
        return True
    before = [cue for cue in statement.of("speech", "according") if 0 <= speaker.first - cue.end <= MODIFIERS]
    return any(not _parted(statement, cue.end, speaker.first) for cue in before)


def _says_behind_description(statement: Statement, speaker: Cue) -> bool:
    """Say whether a verb of saying follows a description between commas ("An official, head of the port, said")."""
    text, stop = statement.whole.text, statement.words[speaker.end - 1].end
    if text[stop : stop + 1] != ",":
        return False
    closed = text.find(",", stop + 1, statement.span.end)
    behind = [cue for cue in statement.of("speech") if statement.words[cue.first].start > closed > 0]
    return bool(behind) and text[closed + 1 : statement.words[behind[0].first].start].strip() == ""


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
    """Give the person who speaks in a statement; ``None`` when nobody is named.

    A name speaks that stands next to the verb or after "according to", or that heads the statement with its
    description between ("Ada Quill, a lecturer at Holm University, said").
    """
    people = [name for name in names(statement) if is_person(statement, name)]
    for cue in statement.of("according"):
        found = next((name for name in people if 0 <= name.first - cue.end <= 1), None)
        if found is not None:
            return found
    verbs = statement.of("speech")
    head = people[0] if people and people[0].first <= MODIFIERS else None
    if head is not None and any(cue.first >= head.end for cue in verbs):
        return head
    for cue in verbs:
        beside = [name for name in people if cue.first == name.end or 0 <= name.first - cue.end <= 1]
        if beside:
            return beside[0]
    return None


def is_person(statement: Statement, name: Name) -> bool:
    """Say whether a name can be a person's: a full name, or a surname the text has given in full; no "Bank of Holm"."""
    full = _is_full(statement, name) or full_name(statement, name) is not None
    return full and not _linked(statement, name.first - 1, -1) and not _linked(statement, name.end, 1)


def _is_full(statement: Statement, name: Name) -> bool:
    """Say whether a name has two words or more; what hyphens tie is one ("Holm-Brenn", "Doctor-turned-mayor")."""
    text = statement.whole.text
    gaps = (text[statement.words[at - 1].end : statement.words[at].start] for at in range(name.first + 1, name.end))
    return any(" " in gap for gap in gaps)


def _linked(statement: Statement, at: int, step: int) -> bool:
    """Say whether a short grammar word ties a name to another capitalised word, as in names of institutions."""
    beyond = at + step
    if not (0 <= at < len(statement.words) and 0 <= beyond < len(statement.words)):
        return False
    word = statement.words[at]
    short = len(word.norm) <= LINK_LETTERS and statement.weights[at] <= 0.0
    text = statement.whole.text
    gaps = text[min(word.start, statement.words[beyond].start) : max(word.end, statement.words[beyond].end)]
    return short and text[statement.words[beyond].start].isupper() and "," not in gaps


@lru_cache(maxsize=4)
def _full_names(whole: Whole) -> dict[str, tuple[Statement, Name]]:
    found: dict[str, tuple[Statement, Name]] = {}
    for statement in whole.statements:
        for name in names(statement):
            if _is_full(statement, name):
                found.setdefault(name.parts[-1], (statement, name))
    return found


def full_name(statement: Statement, name: Name) -> tuple[Statement, Name] | None:
    """Give the first place where the text has a name that ends like this one in full; ``None`` where it has not."""
    return _full_names(statement.whole).get(name.parts[-1])


def _full(statement: Statement, name: Name) -> Side:
    """Give the wording that names a speaker in full, be it in an earlier sentence."""
    found = full_name(statement, name) if len(name.parts) == 1 else None
    owner, whole_name = found if found is not None else (statement, name)
    return Side(owner, whole_name.first, whole_name.end)
