from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from provenance.match import Body
from provenance.match.rewrites import MAX_ANSWER, MAX_DISORDER, rewritten_passages
from provenance.match.similarity import SENTENCE_FLOOR
from provenance.model import ArticleId, Passage, PassageKind, Span
from provenance.text.alignment import ordered_alignment

Matrix = npt.NDArray[np.float64]


def lines(name: str, text: str) -> Body:
    edges = [0]
    for line in text.splitlines(keepends=True):
        edges.append(edges[-1] + len(line))
    return Body(ArticleId(name), text, tuple(Span(a, b) for a, b in pairwise(edges)), "en")


def body(count: int, letter: str) -> Body:
    """Give a body of sentences that share no run of letters with those of another letter."""
    return lines(letter, "\n".join(" ".join([f"{letter * 3}{at:02}"] * 6) for at in range(count)))


LEFT, RIGHT = body(9, "q"), body(14, "z")


def likeness(cells: dict[tuple[int, int], float]) -> Matrix:
    matrix = np.zeros((len(LEFT.sentences), len(RIGHT.sentences)))
    for place, value in cells.items():
        matrix[place] = value
    return matrix


def passages(cells: dict[tuple[int, int], float], found: Sequence[Passage] = ()) -> list[Passage]:
    matrix = likeness(cells)
    return list(rewritten_passages(ordered_alignment(matrix, floor=SENTENCE_FLOOR), matrix, LEFT, RIGHT, found))


def answers(cells: dict[tuple[int, int], float], found: Sequence[Passage] = ()) -> list[tuple[int, int, int]]:
    """Number, for every passage, its left sentence and its first and last right one."""
    rows = {sentence.span: at for at, sentence in enumerate(LEFT.sentences)}
    firsts = {sentence.span.start: at for at, sentence in enumerate(RIGHT.sentences)}
    lasts = {sentence.span.end: at for at, sentence in enumerate(RIGHT.sentences)}
    return [(rows[one.left], firsts[one.right.start], lasts[one.right.end]) for one in passages(cells, found)]


def found(kind: PassageKind, *places: tuple[int, int]) -> list[Passage]:
    return [Passage(kind, LEFT.sentences[row].span, RIGHT.sentences[at].span, 0.8, 6, 6) for row, at in places]


CHAIN = {(1, 1): 0.6, (2, 2): 0.6, (5, 6): 0.6}


def test_every_sure_answer_is_a_passage() -> None:
    assert answers(CHAIN) == [(1, 1, 1), (2, 2, 2), (5, 6, 6)]
    assert [one.similarity for one in passages(CHAIN)] == [0.6, 0.6, 0.6]
    assert {one.kind for one in passages(CHAIN)} == {PassageKind.REWRITTEN}


def test_a_weak_answer_counts_between_two_sure_ones_and_nowhere_else() -> None:
    assert (3, 4, 4) in answers(CHAIN | {(3, 4): 0.18})
    assert answers(CHAIN | {(3, 9): 0.18, (8, 12): 0.18}) == answers(CHAIN)
    assert answers({(3, 4): 0.18}) == []


def test_a_sentence_without_evidence_stays_new_however_sure_its_neighbours_are() -> None:
    assert {row for row, _, _ in answers(CHAIN | {(3, 4): 0.18})} == {1, 2, 3, 5}


def test_a_chain_goes_on_at_its_ends_while_the_next_sentence_is_near_and_alike() -> None:
    assert answers(CHAIN | {(6, 7): 0.18, (0, 0): 0.18}) == [(0, 0, 0), *answers(CHAIN), (6, 7, 7)]
    assert answers(CHAIN | {(6, 7): 0.1}) == answers(CHAIN)
    assert answers(CHAIN | {(8, 9): 0.18}) == answers(CHAIN)


def test_one_sentence_may_condense_the_next_ones_of_the_upstream() -> None:
    assert answers(CHAIN | {(2, 3): 0.12}) == [(1, 1, 1), (2, 2, 3), (5, 6, 6)]
    long = CHAIN | {(2, at): 0.18 for at in range(3, 6)}
    assert [last - first + 1 for row, first, last in answers(long) if row == 2] == [MAX_ANSWER, 1]


def test_weak_answers_need_support_by_a_significant_chain() -> None:
    assert answers({(1, 1): 0.3, (3, 3): 0.3, (2, 2): 0.18}) == [(1, 1, 1), (3, 3, 3)]


def test_a_single_pair_that_crosses_a_significant_chain_is_chance() -> None:
    chain = {(row, row): 0.6 for row in (1, 2, 3, 5, 6)}
    near, far = 4 + MAX_DISORDER, 6 + MAX_DISORDER
    assert answers(chain | {(4, far): 0.4}) == answers(chain)
    assert (4, near, near) in answers(chain | {(4, near): 0.4})
    assert (4, far, far) in answers(chain | {(4, far): 0.9})
    assert (8, 13, 13) in answers(chain | {(8, 13): 0.4})


def test_crossing_is_the_same_from_either_side() -> None:
    chain = {(row, row): 0.6 for row in (0, 1, 2, 4)}
    assert answers(chain | {(8, 3): 0.4}) == answers(chain)
    assert (7, 3, 3) in answers(chain | {(4 + MAX_DISORDER, 3): 0.4})


def test_a_single_pair_that_crosses_what_follows_on_a_chain_is_chance() -> None:
    far = {(6, 12): 0.3}
    assert (6, 12, 12) in answers(CHAIN | far)
    assert answers(CHAIN | far | {(6, 7): 0.18, (7, 8): 0.18}) == [*answers(CHAIN), (6, 7, 7), (7, 8, 8)]


@pytest.mark.parametrize("kind", [PassageKind.VERBATIM, PassageKind.EDITED])
def test_what_words_account_for_is_not_rewritten_and_no_support(kind: PassageKind) -> None:
    assert answers(CHAIN | {(3, 4): 0.18}, found(kind, (1, 1), (2, 2), (5, 6))) == []
    assert answers(CHAIN, found(kind, (2, 2))) == [(1, 1, 1), (5, 6, 6)]


def test_an_edited_sentence_stands_for_what_else_it_took_from_a_rewritten_stretch() -> None:
    assert (2, 3, 3) in answers(CHAIN | {(2, 3): 0.18}, found(PassageKind.EDITED, (2, 2)))
    assert answers(CHAIN | {(2, 3): 0.18}, found(PassageKind.VERBATIM, (2, 2))) == [(1, 1, 1), (5, 6, 6)]


def test_sentences_that_are_quotations_on_both_sides_are_the_speakers() -> None:
    said = lines("left", "“We will not close the mill at Orrin before the spring,” she said.")
    also = lines("right", "“Before the spring we will not close it, the mill at Orrin,” she said.")
    matrix = np.array([[0.9]])
    (passage,) = rewritten_passages(ordered_alignment(matrix, floor=SENTENCE_FLOOR), matrix, said, also, [])
    assert passage.kind is PassageKind.QUOTE
