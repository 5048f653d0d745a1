"""Names that are gone: people and other bearers of full names whom the downstream text mentions in no form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from provenance.model import Erosion, ErosionKind
from provenance.score.drift.names import Name, names, skeleton, spellings
from provenance.score.drift.sources import full_name, is_person
from provenance.score.drift.statements import Pair, Side, Statement, Whole
from provenance.score.erosion.taking import lost, stands_instead, was_taken
from provenance.text.terms import zipf

__all__ = ["is_mentioned", "lost_names"]

MIN_STEM = 4
"""Letters in which another form of a name must begin like it."""

ENDING = 2
"""Letters at the end of a name that another form may have otherwise ("Poland", "Polish" is not found; "Ivanov",
"Ivanova" is)."""

MAX_INITIALS = 6
"""Words of the longest name that is looked for by its initials."""

COMMON_OPENING = 4.5
"""Zipf value from which the first word of a sentence is a common one with a capital, and no part of a name."""

COMMON_NAME = 4.5
"""Zipf value from which every part of a name is a common word: such names ("White House", "New York") are told in many
other ways."""

_CAPITAL = regex.compile(r"\p{Lu}|\p{Lt}")


def lost_names(pair: Pair) -> Iterator[Erosion]:
    """Find people named in an upstream statement whom the downstream text nowhere mentions."""
    if pair.above.whole.cues.nouns_capitalised:
        return  # every noun looks like a name
    for found in names(pair.above):
        name = _trimmed(pair.above, found)
        if name is None or not _is_bearer(pair.above, name):
            continue
        words = Side(pair.above, name.first, name.end)
        if not _is_slug(words) and was_taken(pair, words) and not is_mentioned(_parts(pair.above, name), pair):
            yield lost(pair, ErosionKind.NAME, words, stands_instead(pair, words))


def _is_bearer(statement: Statement, name: Name) -> bool:
    """Say whether a name is certainly a person's.

    The upstream calls them by the surname alone elsewhere, lets them speak, or gives a title or an age beside the name.
    "Revolutionary War" has capitals too.
    """
    if not is_person(statement, name):
        return False
    if len(name.parts) == 1:
        return len(name.parts[0]) >= MIN_STEM  # a surname the text has given in full
    return name.parts[-1] in _surnames(statement.whole) or _speaks(statement, name) or _is_described(statement, name)


@lru_cache(maxsize=4)
def _surnames(whole: Whole) -> frozenset[str]:
    """Collect the names that stand alone somewhere in a text."""
    return frozenset(name.parts[0] for each in whole.statements for name in names(each) if len(name.parts) == 1)


def _speaks(statement: Statement, name: Name) -> bool:
    return any(cue.first == name.end or cue.end == name.first for cue in statement.of("speech", "according"))


def _is_described(statement: Statement, name: Name) -> bool:
    """Say whether a title stands before a name or an age behind it ("Ada Quill, 54,")."""
    if name.first > 0 and statement.words[name.first - 1].norm in statement.whole.cues.titles:
        return True
    return _AGE.match(statement.whole.text, statement.words[name.end - 1].end) is not None


_AGE = regex.compile(r", \p{Nd}{2}(?=[,.])")


_SLUG = regex.compile(r"\)\s*[-–—]")


def _is_slug(words: Side) -> bool:
    """Say whether a name is an agency's in its dateline, in brackets with a dash behind: no part of the text."""
    text = words.statement.whole.text
    return text[: words.span.start].endswith("(") and _SLUG.match(text, words.span.end) is not None


def _trimmed(statement: Statement, name: Name) -> Name | None:
    """Give a name without what only stands before it: a common word that opens the sentence, an owner ("the Post's").

    ``None`` where nothing is left, or nothing but common words.
    """
    language, first = statement.whole.language, name.first
    if first == 0 and zipf(name.parts[0], language) >= COMMON_OPENING:
        first += 1
    ends = (at for at in range(first, name.end - 1) if _is_apart(statement, at))
    first = max((at + 1 for at in ends), default=first)
    parts = name.parts[first - name.first :]
    if all(zipf(part, language) >= COMMON_NAME for part in parts):
        return None
    return Name(first, name.end, parts)


_POSSESSIVE = regex.compile("['’]s$")


def _is_apart(statement: Statement, at: int) -> bool:
    """Say whether a word with a capital belongs to another name than the next: an owner, or the end of a sentence."""
    text, word = statement.whole.text, statement.words[at]
    if _POSSESSIVE.search(text[word.start : word.end]):
        return True
    return text[word.end : word.end + 1] == "." and len(word.norm) >= MIN_STEM


def _parts(statement: Statement, name: Name) -> tuple[str, ...]:
    """Give the parts of a name, of the full one where only the surname stands here."""
    full = full_name(statement, name) if len(name.parts) == 1 else None
    return name.parts if full is None else full[1].parts


def is_mentioned(parts: tuple[str, ...], pair: Pair) -> bool:
    """Say whether the downstream text has any part of a name, in any form or romanisation, or its initials."""
    whole = pair.below.whole
    known = _forms(whole)
    if any(part in known or skeleton(part) in known or part[: _stem_length(part)] in known for part in parts):
        return True
    initials = "".join(part[0] for part in parts)
    return len(parts) > 1 and initials in spellings(whole)


def _stem_length(part: str) -> int:
    return max(MIN_STEM, len(part) - ENDING)


@lru_cache(maxsize=4)
def _forms(whole: Whole) -> frozenset[str]:
    """Collect the words of a text, what they begin with, their sound, and the initials of runs with capitals."""
    found = set(spellings(whole))
    for norm in spellings(whole):
        found.add(skeleton(norm))
        found.update(norm[:length] for length in range(max(MIN_STEM, len(norm) - 2 * ENDING), len(norm)))
    return frozenset(found | _initials(whole))


def _initials(whole: Whole) -> set[str]:
    """Collect what the capitals of neighbouring words spell: "International Monetary Fund" gives "imf"."""
    found: set[str] = set()
    run = ""
    for word in whole.words:
        if _CAPITAL.match(whole.text, word.start):
            run = (run + word.norm[:1])[-MAX_INITIALS:]
            found.update(run[at:] for at in range(len(run) - 1))
        elif len(word.norm) >= MIN_STEM:
            run = ""
    return found
