"""Where an edited passage really ends: words left over on one side that stand next to the passage on the other.

Where words were moved from sentence to sentence, the sentences most alike are not all that answers: what one of them
lacks of its counterpart stands before or behind it.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from provenance.match.body import Body
from provenance.model import Passage, Span

__all__ = ["completed"]

MIN_SHARE = 0.6
"""Share of the words of a neighbouring sentence, or of what a passage leaves of one, that must be left over on the
other side: as for an edited sentence."""

MIN_WORDS = 4
"""Words of it that must be left over at least: as for a sentence beside an edited one."""

MAX_SENTENCES = 6
"""Sentences a passage grows by at most: a paragraph."""

Words = tuple[int, int]
"""A half-open range of words."""


def completed(passage: Passage, left: Body, right: Body) -> Passage:
    """Add to an edited passage the neighbouring sentences most of whose words are left over on the other side."""
    here, there = left.word_range(passage.left), right.word_range(passage.right)
    grown = here, there
    for _ in range(MAX_SENTENCES):
        wider = _wider(right, grown[1], _left_over(left, grown[0], right, grown[1]))
        longer = _wider(left, grown[0], _left_over(right, wider, left, grown[0]))
        if (longer, wider) == grown:
            break
        grown = longer, wider
    if grown == (here, there):
        return passage
    return dataclasses.replace(
        passage,
        left=_place(left, grown[0], passage.left),
        right=_place(right, grown[1], passage.right),
        left_words=passage.left_words + _added(here, grown[0]),
        right_words=passage.right_words + _added(there, grown[1]),
    )


def _left_over(body: Body, words: Words, other: Body, counterpart: Words) -> Counter[int]:
    """Count the words of one side that have no equal on the other."""
    return _counted(body, words) - _counted(other, counterpart)


def _counted(body: Body, words: Words) -> Counter[int]:
    return Counter(body.hashes[words[0] : words[1]].tolist())


def _wider(body: Body, words: Words, left_over: Counter[int]) -> Words:
    """Take in the sentence before or behind that is made of words left over; the same words when neither is."""
    for first, end in _beside(body, words):
        shared = (_counted(body, (first, end)) & left_over).total()
        if shared >= MIN_WORDS and shared >= MIN_SHARE * (end - first):
            return min(first, words[0]), max(end, words[1])
    return words


def _beside(body: Body, words: Words) -> Iterator[Words]:
    """Give what a passage leaves of its first and last sentence, or else the sentence before or behind."""
    first, end = words
    before = bisect_left(body.sentences, first, key=attrgetter("first_word")) - 1
    if before >= 0:
        yield body.sentences[before].first_word, first
    behind = bisect_left(body.sentences, end + 1, key=attrgetter("end_word"))
    if behind < len(body.sentences):
        yield end, body.sentences[behind].end_word


def _place(body: Body, words: Words, known: Span) -> Span:
    """Give the place of some words, with the signs around those already known."""
    place = body.place(*words)
    return Span(min(place.start, known.start), max(place.end, known.end))


def _added(before: Words, after: Words) -> int:
    return (after[1] - after[0]) - (before[1] - before[0])
