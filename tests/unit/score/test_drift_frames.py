"""Kept sentences: one word put in, left out or exchanged is seen at its place, and harmless wording is not."""

from __future__ import annotations

import pytest

from provenance.model import ArticleId, Match, Passage, PassageKind, Span
from provenance.score.drift import drift


def drifts(downstream, upstream, language="en"):
    words = len(upstream.split())
    passage = Passage(PassageKind.EDITED, Span(0, len(downstream)), Span(0, len(upstream)), 0.9, words, words)
    match = Match(ArticleId("below"), ArticleId("above"), (passage,), words, words, 0.9, 0.9)
    found = drift(
        match,
        downstream_text=downstream,
        upstream_text=upstream,
        downstream_language=language,
        upstream_language=language,
    )
    return [(one.kind.value, one.before, one.after) for one in found]


GATE = "The keeper of the lock at Overmeer said that the lower gate {} sealed by the second week of the frost."


def kinds(downstream, upstream, language="en"):
    return [kind for kind, _, _ in drifts(downstream, upstream, language)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("was", "was not"), ("was not", "was"), ("had been", "had never been"), ("isn’t", "is"), ("was never", "was")],
)
def test_a_negator_put_in_or_left_out_is_a_negation(before, after):
    assert kinds(GATE.format(after), GATE.format(before)) == ["negation"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("was not", "wasn’t"), ("was not", "was never"), ("could not be", "was not"), ("was", "had been")],
)
def test_one_way_to_say_no_for_another_is_no_negation(before, after):
    assert "negation" not in kinds(GATE.format(after), GATE.format(before))


def test_an_answer_is_no_negator():
    upstream = "No, it was the wind that tore the awning of the fish hall at Overmeer, the keeper told the crowd."
    assert drifts(upstream.replace("No, it", "But it"), upstream) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("was", "was allegedly"),
        ("was reportedly", "was"),
        ("could be", "will be"),
        ("will be", "may be"),
        ("might have been", "has been"),
    ],
)
def test_a_hedge_put_in_or_left_out_is_a_change_of_certainty(before, after):
    assert kinds(GATE.format(after), GATE.format(before)) == ["certainty"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("said that", "denied that"), ("said that", "alleged that"), ("denied that", "said that")],
)
def test_a_speaker_who_denies_what_he_said_is_a_change_of_certainty(before, after):
    upstream = GATE.format("was").replace("said that", before)
    assert drifts(upstream.replace(before, after), upstream)[0][0] == "certainty"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("said that", "pointed out that"),
        ("said that", "claimed that"),
        ("may be", "could be"),
        ("was reportedly", "was allegedly"),
    ],
)
def test_one_verb_of_saying_or_one_hedge_for_another_is_no_change_of_certainty(before, after):
    upstream = GATE.format(before) if before != "said that" else GATE.format("was")
    assert drifts(upstream.replace(before, after), upstream) == []


def test_a_plan_told_as_done_is_a_change_of_certainty():
    upstream = "The council of Overmeer is expected to close the old ferry landing in the first week of the frost."
    downstream = upstream.replace("is expected to close", "closed")
    assert kinds(downstream, upstream) == ["certainty"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("last week", "last month"), ("this year", "next year"), ("yesterday", "today"), ("last year", "two weeks ago")],
)
def test_a_relative_time_that_moved_is_a_date(before, after):
    upstream = "The old ferry landing at Overmeer was sold {} to a buyer from the other bank of the river."
    assert kinds(upstream.format(after), upstream.format(before)) == ["date"]


def test_a_week_ago_is_last_week():
    upstream = "The old ferry landing at Overmeer was sold {} to a buyer from the other bank of the river."
    assert drifts(upstream.format("one week ago"), upstream.format("last week")) == []


def test_a_misspelt_name_is_found_though_the_true_one_stands_elsewhere():
    upstream = (
        "The bell of the church at Overmeer was cast by the Salentin foundry.\nThe Salentin works have since closed."
    )
    downstream = upstream.replace("the Salentin foundry", "the Salnetin foundry")
    assert ("name", "Salentin", "Salnetin") in drifts(downstream, upstream)


def test_one_name_for_another_in_a_kept_sentence_is_found_with_its_common_words():
    upstream = "The petition was handed to the Overmeer Observer by a carpenter from the other bank of the river."
    assert drifts(upstream.replace("Overmeer Observer", "Tarn Bridge"), upstream) == [
        ("name", "Overmeer Observer", "Tarn Bridge")
    ]


def test_spellings_that_part_regions_are_one_name():
    upstream = "The petition was handed to the Labour Centre by a carpenter from the other bank of the river."
    assert drifts(upstream.replace("Labour Centre", "Labor Center"), upstream) == []


def test_a_speaker_described_between_commas_may_be_generic():
    upstream = "Odile Brun, who has kept the lock at Overmeer for eleven years, said that the lower gate would hold."
    assert drifts(upstream.replace("Odile Brun", "An official"), upstream) == [
        ("attribution", "Odile Brun", "An official")
    ]


def test_a_generic_word_in_a_name_is_no_speaker():
    upstream = "Odile Brun, who has kept the lock at Overmeer for eleven years, said that the lower gate would hold."
    assert "attribution" not in kinds(upstream.replace("Odile Brun", "The Overmeer Observer"), upstream)


@pytest.mark.parametrize(
    ("upstream", "before", "after", "kind"),
    [
        ("镇长表示，人工计票必须从11月17日开始，并在当月完成。", "17日", "21日", "date"),
        ("镇长表示，该镇雇用240名工人修复被洪水冲毁的老桥。", "240名", "420名", "number"),
        ("镇长表示，被洪水冲毁的老桥将于明年重新开放。", "将于", "不将于", "negation"),
        ("镇长表示，被洪水冲毁的老桥已经重新开放。", "表示", "否认", "certainty"),
    ],
)
def test_a_script_without_spaces_is_read_by_its_characters(upstream, before, after, kind):
    assert kinds(upstream.replace(before, after), upstream, "zh") == [kind]
