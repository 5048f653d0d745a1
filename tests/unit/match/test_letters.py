from __future__ import annotations

import numpy as np
import pytest

from provenance.match import Body
from provenance.match.letters import MAX_SPREAD, letter_likeness
from provenance.model import ArticleId, Span


def body(text: str, language: str = "en") -> Body:
    return Body(ArticleId("one"), text, (Span(0, len(text)),), language)


def test_a_sentence_is_wholly_like_itself_whatever_its_case_and_signs() -> None:
    likeness = letter_likeness(
        body("The gate was shut. Nobody saw the keeper."), body("THE GATE – was shut! No bodies saw the sweeper.")
    )
    assert likeness.shape == (2, 2)
    assert likeness[0, 0] == pytest.approx(1.0)
    assert 0.1 < likeness[1, 1] < 1.0
    assert likeness[0, 0] > likeness[0, 1]


def test_inflected_words_share_their_stems() -> None:
    likeness = letter_likeness(
        body("The fishermen were protesting loudly. A bakery burned."),
        body("A loud protest by one fisherman. Rain fell in Oslo."),
    )
    assert likeness[0, 0] > 0.1
    assert likeness[0, 0] > 3 * max(likeness[0, 1], likeness[1, 0], likeness[1, 1])


def test_runs_that_stand_everywhere_tell_nothing() -> None:
    refrain = "And so it went on. " * (MAX_SPREAD + 1)
    assert not letter_likeness(body(refrain), body("And so it went on. Nothing more was said.")).any()


def test_scripts_without_spaces_are_compared_by_pairs_of_signs() -> None:
    likeness = letter_likeness(
        body("港口的工人周一开始罢工。天气很好。", "zh"), body("罢工的工人在港口。明天下雨。", "zh")
    )
    assert likeness[0, 0] > 0.1
    assert likeness[1, 1] == 0.0


@pytest.mark.parametrize(("left", "right"), [("", "Some words."), ("Some words.", ""), ("", "")])
def test_an_empty_body_has_no_likeness(left: str, right: str) -> None:
    likeness = letter_likeness(body(left), body(right))
    assert likeness.size == 0
    assert np.isfinite(likeness).all()
