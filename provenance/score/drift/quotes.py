"""Quotations: words put into a speaker's mouth that the upstream's quotation does not have."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

import regex

from provenance.model import Drift, DriftKind, Span
from provenance.score.drift.statements import Pair, Side, Statement

__all__ = ["quote_drift", "regional_spelling"]

SAME_QUOTATION = 0.6
"""Share of words in common and in order from which two quotations are one quotation: below it somebody said two things,
or a translator was at work."""

MIN_WORDS = 4
"""Words of the shortest quotation that is compared: less is a term in quotation marks."""


def quote_drift(pair: Pair) -> Iterator[Drift]:
    """Find quotations whose wording changed; one that was only cut short at either end is none."""
    theirs = [one for place in pair.wider.quotations if (one := _quoted(pair.wider, place)) is not None]
    for place in pair.below.quotations:
        mine = _quoted(pair.below, place)
        if mine is None:
            continue
        for other in theirs:
            change = _change(mine, other)
            if change is not None:
                yield pair.changed(DriftKind.QUOTE, *change)
                break


def _quoted(statement: Statement, place: Span) -> Side | None:
    inside = [at for at, word in enumerate(statement.words) if place.start <= word.start < place.end]
    return Side(statement, inside[0], inside[-1] + 1) if len(inside) >= MIN_WORDS else None


def _spelt(side: Side) -> list[str]:
    return [regional_spelling(norm) for norm in side.norms]


def regional_spelling(norm: str) -> str:
    """Give a folded word in one of the spellings that only part regions of one language ("centre", "center")."""
    return _REGIONAL_END.sub("er", norm.replace("our", "or").replace("is", "iz"))


_REGIONAL_END = regex.compile("re$")


def _change(mine: Side, other: Side) -> tuple[Side, Side] | None:
    """Give the tightest differing wordings of two versions of one quotation; ``None`` when nothing inside differs."""
    ours, theirs = _spelt(mine), _spelt(other)
    blocks = [
        block for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks() if block.size
    ]
    same = sum(block.size for block in blocks)
    if not blocks or 2 * same < SAME_QUOTATION * (len(ours) + len(theirs)):
        return None
    first, last = blocks[0], blocks[-1]
    # What precedes the first common word or follows the last on one side only was cut off, not changed.
    at_start = first.a > 0 and first.b > 0
    at_end = last.a + last.size < len(ours) and last.b + last.size < len(theirs)
    if len(blocks) == 1 and not at_start and not at_end:
        return None
    start = (0, 0) if at_start else (first.a + first.size - 1, first.b + first.size - 1)
    end = (len(ours), len(theirs)) if at_end else (last.a + 1, last.b + 1)
    return (
        Side(mine.statement, mine.first + start[0], mine.first + end[0]),
        Side(other.statement, other.first + start[1], other.first + end[1]),
    )
