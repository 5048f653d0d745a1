"""Names that are gone: people and other bearers of full names whom the downstream text mentions in no form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from provenance.model import Erosion, ErosionKind
from provenance.score.drift.names import Name, names, skeleton, spellings
from provenance.score.drift.sources import is_person
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
    """Find full names of an upstream statement whose bearer the downstream text nowhere mentions."""
    if pair.above.whole.cues.nouns_capitalised:
        return  # every noun looks like a name
    for found in names(pair.above):
        name = _trimmed(pair.above, found)
        if name is None or is_mentioned(name.parts, pair.below.whole):
            continue
        words = Side(pair.above, name.first, name.end)
        if _is_slug(words):
            continue
        if was_taken(pair, words):
            yield lost(pair, ErosionKind.NAME, words, stands_instead(pair, words))


_SLUG = regex.compile(r"\)\s*[-–—]")


def _is_slug(words: Side) -> bool:
    """Say whether a name is an agency's in its dateline, in brackets with a dash behind: no part of the text."""
    text = words.statement.whole.text
    return text[: words.span.start].endswith("(") and _SLUG.match(text, words.span.end) is not None


def _trimmed(statement: Statement, name: Name) -> Name | None:
    """Give a name without a common word that only opens its sentence; ``None`` for what may be none."""
    language = statement.whole.language
    if name.first == 0 and zipf(name.parts[0], language) >= COMMON_OPENING:
        name = Name(name.first + 1, name.end, name.parts[1:])
    if not name.parts or not is_person(statement, name):
        return None
    return None if all(zipf(part, language) >= COMMON_NAME for part in name.parts) else name


def is_mentioned(parts: tuple[str, ...], whole: Whole) -> bool:
    """Say whether a text has any part of a name, in any form or romanisation, or its initials."""
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
