from __future__ import annotations

from itertools import pairwise

from provenance.match import Body
from provenance.match.coverage import unaccounted
from provenance.model import ArticleId, Span

LINES = ["The pier is closed.", "Two men were hurt there.", "Nobody knows why."]
EDGES = [0, 20, 45, 62]
BODY = Body(ArticleId("one"), "\n".join(LINES), tuple(Span(a, b - 1) for a, b in pairwise(EDGES)), "en")


def test_without_passages_every_sentence_is_open() -> None:
    assert unaccounted(BODY, []) == {0, 1, 2}


def test_a_sentence_is_accounted_for_from_half_of_it_on() -> None:
    assert unaccounted(BODY, [Span(20, 32)]) == {0, 2}
    assert unaccounted(BODY, [Span(20, 31)]) == {0, 1, 2}
    assert unaccounted(BODY, [Span(9, 44)]) == {2}


def test_places_add_up() -> None:
    assert unaccounted(BODY, [Span(20, 26), Span(38, 44)]) == {0, 2}
    assert unaccounted(BODY, [Span(0, 61)]) == frozenset()
