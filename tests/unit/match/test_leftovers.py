from __future__ import annotations

from itertools import pairwise

import pytest

from provenance.match import Body
from provenance.match.leftovers import MAX_SENTENCES, completed
from provenance.model import ArticleId, Passage, PassageKind, Span


def body(*lines: str) -> Body:
    edges = [0]
    for line in lines:
        edges.append(edges[-1] + len(line) + 1)
    return Body(ArticleId("one"), "\n".join(lines), tuple(Span(a, b - 1) for a, b in pairwise(edges)), "en")


MIXED = body(
    "Weather held all morning.",
    "Barges waited for three weeks while repairs closed the lower gate at Orrin.",
    "Nobody was hurt.",
)
PLAIN = body(
    "A crack was found.",
    "Repairs closed the lower gate at Orrin.",
    "Barges waited for three weeks meanwhile.",
    "The ministry is silent.",
)


def passage(left: Span, right: Span, words: int = 13, others: int = 7) -> Passage:
    return Passage(PassageKind.EDITED, left, right, 0.7, words, others)


def test_a_sentence_made_of_words_left_over_on_the_other_side_belongs_to_the_passage() -> None:
    found = completed(passage(MIXED.blocks[1], PLAIN.blocks[1]), MIXED, PLAIN)
    assert found.left == MIXED.blocks[1]
    assert found.right.of(PLAIN.text) == PLAIN.text[PLAIN.blocks[1].start : PLAIN.blocks[2].end - 1]
    assert (found.left_words, found.right_words) == (13, 7 + 6)


def test_both_sides_grow_alike() -> None:
    found = completed(passage(PLAIN.blocks[1], MIXED.blocks[1], 7, 13), PLAIN, MIXED)
    assert (found.left.start, found.left.end) == (PLAIN.blocks[1].start, PLAIN.blocks[2].end - 1)
    assert (found.left_words, found.right) == (7 + 6, MIXED.blocks[1])


def test_the_rest_of_a_sentence_that_a_passage_cuts_is_looked_at() -> None:
    start = PLAIN.text.index("gate")
    found = completed(passage(MIXED.blocks[1], Span(start, PLAIN.blocks[1].end)), MIXED, PLAIN)
    assert found.right.start == PLAIN.blocks[1].start


def test_nothing_is_added_where_no_words_are_left_over() -> None:
    whole = Span(PLAIN.blocks[1].start, PLAIN.blocks[2].end)
    full = passage(MIXED.blocks[1], whole)
    assert completed(full, MIXED, PLAIN) is full
    alone = passage(MIXED.blocks[0], PLAIN.blocks[3], 4, 4)
    assert completed(alone, MIXED, PLAIN) is alone


def test_a_word_counts_as_left_over_only_as_often_as_it_is() -> None:
    echo = body("the old old old old mill burned down", "old old old old")
    once = body("the mill burned down", "an old barn")
    short = passage(once.blocks[0], echo.blocks[0], 4, 8)
    assert completed(short, once, echo) is short


@pytest.mark.parametrize("size", [2, MAX_SENTENCES, MAX_SENTENCES + 3])
def test_a_passage_grows_by_a_paragraph_at_most(size: int) -> None:
    rows = [" ".join(f"{name}{at}" for name in ("reed", "alder", "sedge", "willow")) for at in range(size + 1)]
    joined, apart = body(" ".join(rows)), body(*rows)
    found = completed(passage(joined.blocks[0], apart.blocks[0], 4 * (size + 1), 4), joined, apart)
    assert found.right_words == 4 * (1 + min(size, MAX_SENTENCES))
