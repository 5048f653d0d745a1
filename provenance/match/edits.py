"""Sentences edited so thoroughly that no run of words is left: most of their words are the same, in another order.

A sentence may have been put together from two neighbours, or taken apart. Beside an edited sentence shorter ones count
as well: where a paragraph was edited, all of it was. (Seed and extend, as the text alignment of PAN 2014 has it.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from provenance.match.body import Body
from provenance.match.coverage import unaccounted
from provenance.match.leftovers import completed
from provenance.match.similarity import Matrix
from provenance.model import Passage, PassageKind, Span
from provenance.text.shingles import common_count

__all__ = ["edited_sentences", "united"]

MIN_LIKENESS = 0.4
"""Similarity of two sentences from which their words are compared one by one."""

MIN_SHARE = 0.6
"""Words in common, of those of both sentences together, from which one is an edit of the other. Chosen, as the other
numbers here, on labelled news passages whose words were shuffled and dropped; values nearby find the same within half
a point."""

MIN_WORDS = 6
"""Words in common such a sentence must have at least; fewer are a phrase."""

BESIDE_LIKENESS = 0.15
BESIDE_SHARE = 0.5
BESIDE_WORDS = 4
"""The same three for a sentence beside one that was copied or edited, when its counterpart is beside the other's."""

BESIDE_DISTANCE = 300
"""Code points between two counterparts of one paragraph: a sentence or two."""

QUOTED_SHARE = 0.8
"""Share of the words of both sides in quotations from which shared words are the speaker's, in whatever order."""

UNITED_GAP = 200
"""Code points that may lie between two edited passages of one paragraph: a sentence that is not the upstream's."""

UNITED_SHARE = 0.7
"""Share of the upstream's stretch that the united passages must account for."""

MIN_OWN_RATIO = 0.5
"""Edited words of the writer's own, of the quoted ones, from which quotations beside them were taken along: two
reporters at one press conference share what was said, and few words around it. Between a tenth and a half the same is
found on labelled passages."""

MIN_OWN_WORDS = 15
"""Edited words of the writer's own there must be at least: a sentence. Who said it and where is shorter."""


@dataclass(frozen=True, slots=True)
class _Edits:
    """The search for edited sentences of one pair; ``free`` says which left sentences no passage accounts for yet."""

    left: Body
    right: Body
    matrix: Matrix
    free: frozenset[int]

    def surely(self, row: int) -> Passage | None:
        """Find the sentence that a left one is an edit of, wherever it stands: the one most alike."""
        return self._best(row, [int(self.matrix[row].argmax())], MIN_WORDS, MIN_SHARE)

    def beside(self, row: int, places: Sequence[Span]) -> Passage | None:
        """Find the sentence near some places that a left one is an edit of."""
        near = [
            column
            for column in np.flatnonzero(self.matrix[row] >= BESIDE_LIKENESS).tolist()
            if any(_apart(self.right.sentences[column].span, place) <= BESIDE_DISTANCE for place in places)
        ]
        return self._best(row, near, BESIDE_WORDS, BESIDE_SHARE)

    def _best(self, row: int, columns: Sequence[int], words: int, share: float) -> Passage | None:
        found = (
            self._edit(rows, others, words, share) for column in columns for rows, others in self._joined(row, column)
        )
        return max((passage for passage in found if passage), key=lambda passage: passage.similarity, default=None)

    def _joined(self, row: int, column: int) -> Iterator[tuple[range, range]]:
        """List the two sentences, then either with one of its neighbours."""
        yield range(row, row + 1), range(column, column + 1)
        for other in (column - 1, column + 1):
            if 0 <= other < len(self.right.sentences) and self._belongs(self.right, other, self.left, row):
                yield range(row, row + 1), range(min(column, other), max(column, other) + 1)
        for other in (row - 1, row + 1):
            if other in self.free and self._belongs(self.left, other, self.right, column):
                yield range(min(row, other), max(row, other) + 1), range(column, column + 1)

    @staticmethod
    def _belongs(body: Body, neighbour: int, other: Body, sentence: int) -> bool:
        """Say whether most words of a sentence stand in one of the other text."""
        one, whole = body.sentences[neighbour], other.sentences[sentence]
        words = body.hashes[one.first_word : one.end_word]
        return common_count(words, other.hashes[whole.first_word : whole.end_word]) >= MIN_SHARE * len(words)

    def _edit(self, rows: range, columns: range, min_words: int, min_share: float) -> Passage | None:
        ours, theirs = self.left.sentences[rows[0] : rows[-1] + 1], self.right.sentences[columns[0] : columns[-1] + 1]
        first, end = ours[0].first_word, ours[-1].end_word
        other_first, other_end = theirs[0].first_word, theirs[-1].end_word
        same = common_count(self.left.hashes[first:end], self.right.hashes[other_first:other_end])
        share = 2 * same / (end - first + other_end - other_first)
        quoted = min(self.left.quoted_share(first, end), self.right.quoted_share(other_first, other_end))
        if same < min_words or share < min_share:
            return None
        here, there = (Span(side[0].span.start, side[-1].span.end) for side in (ours, theirs))
        share = round(share, 4)  # words out of order are less certain to be reuse the fewer of them are the same
        kind, confidence = (PassageKind.QUOTE, 1.0) if quoted >= QUOTED_SHARE else (PassageKind.EDITED, share)
        return Passage(kind, here, there, share, end - first, other_end - other_first, confidence=confidence)


def edited_sentences(matrix: Matrix, left: Body, right: Body, found: Sequence[Passage]) -> list[Passage]:
    """Find left sentences that are edits of right ones, among those that no passage accounts for yet.

    Args:
        matrix: how alike the sentences are, shape (left, right).
        left: the one body.
        right: the other.
        found: the passages already known.
    """
    if not matrix.size:
        return []
    edits = _Edits(left, right, matrix, unaccounted(left, [passage.left for passage in found]))
    likely = np.flatnonzero(matrix.max(axis=1) >= MIN_LIKENESS).tolist()
    taken = {row: passage for row in likely if row in edits.free and (passage := edits.surely(row)) is not None}
    while found or taken:
        places = [passage.right for passage in (*found, *taken.values())]
        open_rows = edits.free - taken.keys()
        beside = [row for row in sorted(open_rows) if {row - 1, row + 1} - open_rows & set(range(len(matrix)))]
        more = {row: passage for row in beside if (passage := edits.beside(row, places)) is not None}
        if not more:
            break
        taken |= more
    return list(_disjoint(taken.values()))


def _disjoint(passages: Collection[Passage]) -> Iterator[Passage]:
    """Leave out what another passage has whole (a sentence alone and together with its neighbour)."""
    end = -1
    for passage in sorted(passages, key=lambda passage: (passage.left.start, -passage.left.end)):
        if passage.left.end > end:
            yield passage
            end = passage.left.end


def _apart(one: Span, other: Span) -> int:
    """Give the code points between two places; 0 when they touch or overlap."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def united(passages: Sequence[Passage], left: Body, right: Body) -> Iterator[Passage]:
    """Unite edited passages that follow one another on the left and together make up one stretch on the right.

    An edited paragraph is one passage, whatever the order its sentences were put in; quotations that were taken along
    with it are part of it, and so are words that moved into the sentence before or behind. Quotations alone stay what
    they are. Takes and gives passages in order of the left text.
    """
    at = 0
    while at < len(passages):
        group, end = [passages[at]], at + 1
        best = 1
        while end < len(passages) and _goes_on(group, passages[end]):
            group.append(passages[end])
            end += 1
            if _is_edited(group) and _fill_one_stretch(group):
                best = len(group)
        whole = _one(group[:best], left, right)
        yield completed(whole, left, right) if whole.kind is PassageKind.EDITED else whole
        at += best


_UNITED = frozenset({PassageKind.EDITED, PassageKind.QUOTE})


def _goes_on(group: Sequence[Passage], passage: Passage) -> bool:
    alike = group[0].kind in _UNITED and passage.kind in _UNITED
    return alike and passage.left.start - max(one.left.end for one in group) <= UNITED_GAP


def _is_edited(group: Sequence[Passage]) -> bool:
    """Say whether the writer's own words in a group are edited, and enough of them to account for the quotations."""
    own = sum(passage.left_words for passage in group if passage.kind is PassageKind.EDITED)
    quoted = sum(passage.left_words for passage in group if passage.kind is PassageKind.QUOTE)
    return own > 0 if not quoted else own >= max(MIN_OWN_WORDS, MIN_OWN_RATIO * quoted)


def _fill_one_stretch(group: Sequence[Passage]) -> bool:
    covered, end = 0, 0
    for place in sorted(passage.right for passage in group):
        covered += max(0, place.end - max(place.start, end))
        end = max(end, place.end)
    return covered >= UNITED_SHARE * (end - min(passage.right.start for passage in group))


def _one(group: Sequence[Passage], left: Body, right: Body) -> Passage:
    if len(group) == 1:
        return group[0]
    here = Span(group[0].left.start, max(passage.left.end for passage in group))
    there = Span(min(passage.right.start for passage in group), max(passage.right.end for passage in group))
    words = sum(passage.left_words for passage in group)
    return Passage(
        kind=PassageKind.EDITED,
        left=here,
        right=there,
        similarity=round(sum(passage.similarity * passage.left_words for passage in group) / words, 4),
        left_words=min(words, _words_in(left, here)),  # quotations may overlap with what stands around them
        right_words=min(sum(passage.right_words for passage in group), _words_in(right, there)),
        confidence=round(sum(passage.confidence * passage.left_words for passage in group) / words, 4),
    )


def _words_in(body: Body, place: Span) -> int:
    first, end = body.word_range(place)
    return end - first
