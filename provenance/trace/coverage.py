"""How much of one article another accounts for, and how much of that a third does not: all in the words of the first.

Passages say where two articles tell the same and how alike they do. With three articles that gives more than with two:
what two of them have in common beyond the third was not taken from it. Textual critics order manuscripts so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provenance.model import Passage, PassageKind, Span

__all__ = ["Coverage", "Stretch", "common_omissions", "coverage", "gain", "nearer", "overlap", "weight"]

CLEAR_WORDS = 6.0
"""Words by which one article must account for more of a text than another to be nearer to it."""

CLEAR_DIFFERENCE = 0.1
"""Difference of two similarities from which one wording is clearly the closer; below it is the aligner's noise."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A part of an article's text another one tells too.

    ``words`` are the words of the article in it, ``similarity`` in [0, 1] says how alike the other tells it.
    """

    start: int
    end: int
    words: float
    similarity: float
    worded: bool = True
    """Whether it is told in the same words but for single ones; how alike other tellings are is an estimate."""
    quoted: bool = False
    """Whether it is nearly all quotation, which two reporters of one event may share."""
    translated: bool = False
    """Whether it is told in another language: how alike is then measured on another scale."""


_WORDED = frozenset({PassageKind.VERBATIM, PassageKind.EDITED, PassageKind.QUOTE})

Coverage = tuple[Stretch, ...]
"""What one other article accounts for: stretches that do not overlap, sorted by place."""


def coverage(passages: Sequence[Passage]) -> Coverage:
    """Take what the passages of a pair cover of the left text; where they overlap, the closest wording counts."""
    dense = max((each.left_words / len(each.left) for each in passages if len(each.left)), default=0.0)
    taken: list[Span] = []
    found: list[Stretch] = []
    for passage in sorted(passages, key=lambda each: (-each.similarity, each.left)):
        free = _outside(passage.left, taken)
        length = sum(map(len, free))
        # A passage may have others inside it, whose words are not its own: its words are those that are left.
        density = min(dense, passage.left_words / length) if length else 0.0
        for part in free:
            found.append(
                Stretch(
                    part.start,
                    part.end,
                    density * len(part),
                    passage.similarity,
                    worded=passage.kind in _WORDED,
                    quoted=passage.kind is PassageKind.QUOTE,
                    translated=passage.kind is PassageKind.TRANSLATED,
                )
            )
            taken.append(part)
    return tuple(sorted(found, key=lambda stretch: stretch.start))


def _outside(place: Span, taken: Iterable[Span]) -> list[Span]:
    """Cut out of a place what is taken; nothing is left of an empty one."""
    free = [place] if len(place) else []
    for other in taken:
        if other.start < place.end and other.end > place.start:
            cut = [
                (
                    Span(part.start, max(part.start, min(part.end, other.start))),
                    Span(min(part.end, max(part.start, other.end)), part.end),
                )
                for part in free
            ]
            free = [part for parts in cut for part in parts if len(part)]
    return free


def weight(told: Coverage) -> float:
    """Give the words covered, quotations among them, each counted with the similarity of its stretch.

    Translated ones count half: of a text in the same language and one in another, the former is the likelier source.
    """
    return sum(stretch.words * stretch.similarity * (0.5 if stretch.translated else 1.0) for stretch in told)


def gain(told: Coverage, beyond: Sequence[Coverage]) -> float:
    """Count the words one article accounts for clearly better than some others together do.

    Args:
        told: what the article accounts for.
        beyond: what each of the others accounts for, of the same text.

    Returns:
        Words outside quotations, each counted with the difference of the similarities; differences below
        :data:`CLEAR_DIFFERENCE` are none.
    """
    return sum(
        _gain(stretch, [other for each in beyond for other in _near(each, stretch.start, stretch.end)])
        for stretch in told
        if not stretch.quoted
    )


def _near(told: Coverage, start: int, end: int) -> Iterator[Stretch]:
    """Yield the stretches that overlap a place: they are sorted and do not overlap one another."""
    for number in range(bisect_right(told, start, key=lambda stretch: stretch.end), len(told)):
        if told[number].start >= end:
            return
        yield told[number]


def _gain(stretch: Stretch, near: Sequence[Stretch]) -> float:
    edges = sorted(
        {stretch.start, stretch.end}
        | {edge for other in near for edge in (other.start, other.end) if stretch.start < edge < stretch.end}
    )
    density = stretch.words / (stretch.end - stretch.start)
    total = 0.0
    for start, end in pairwise(edges):
        best = max((other.similarity for other in near if other.start < end and other.end > start), default=0.0)
        difference = stretch.similarity - best
        if difference >= CLEAR_DIFFERENCE or best == 0.0:
            total += (end - start) * density * difference
    return total


def nearer(told: Coverage, other: Coverage) -> bool:
    """Say whether one article is clearly nearer to a text than another: it accounts for more of its words.

    A word more may be chance; how alike rewritten sentences are is known only roughly, and translated ones are measured
    on a scale of their own.
    """
    if any(stretch.translated for stretch in (*told, *other)):
        return False
    estimated = sum(stretch.words for stretch in (*told, *other) if not stretch.worded)
    return weight(told) - weight(other) >= max(CLEAR_WORDS, CLEAR_DIFFERENCE * estimated)


def common_omissions(one: Coverage, other: Coverage) -> tuple[float, float]:
    """Measure what one article leaves out of a text, in between what it takes, and the other one leaves out as well.

    Args:
        one: what the article takes of the text.
        other: what the other one takes.

    Returns:
        The words both leave out, and those the other one has. What stands behind the last passage of either is left
        out of account: any two editors cut from the end.
    """
    if not one or not other:
        return 0.0, 0.0
    last = min(max(stretch.end for stretch in one), max(stretch.end for stretch in other))
    gaps, reached = [], min(stretch.start for stretch in one)
    for stretch in one:
        if reached < stretch.start <= last:
            gaps.append((reached, stretch.start))
        reached = max(reached, stretch.end)
    length = sum(end - start for start, end in gaps)
    has = sum(
        min(end, stretch.end) - max(start, stretch.start) for start, end in gaps for stretch in _near(other, start, end)
    )
    density = sum(stretch.words for stretch in one) / max(1, sum(stretch.end - stretch.start for stretch in one))
    return max(0, length - has) * density, min(length, has) * density


def overlap(one: Coverage, other: Coverage) -> float:
    """Give the share of the smaller coverage that the other one covers as well, in [0, 1], however alike."""
    smaller = min(_length(one), _length(other))
    if not smaller:
        return 0.0
    common = sum(
        min(ours.end, theirs.end) - max(ours.start, theirs.start)
        for ours in one
        for theirs in _near(other, ours.start, ours.end)
    )
    return min(1.0, common / smaller)


def _length(told: Coverage) -> int:
    return sum(len(Span(stretch.start, stretch.end)) for stretch in told)
