from __future__ import annotations

from itertools import pairwise

import pytest

from provenance.match import Body, WordsThenSentences
from provenance.model import ArticleId, Match, PassageKind, Span

WIRE = """The ferry Ondina ran aground off Calder Point on Tuesday night with 212 people on board, the coast guard said.
No one was hurt, but 14 passengers were taken to hospital as a precaution.
Harbour master Ruta Venclova said a buoy had drifted from its place during the storm.
“We warned the company about that buoy in March,” she told reporters on the quay.
The company, Brightwater Lines, said its crew had followed the chart it was given.
Divers will inspect the hull once the wind drops below 30 knots, which is expected on Thursday."""

REWRITE = """A passenger vessel, the Ondina, was stuck on the rocks near Calder Point late Tuesday; 212 people were aboard.
While nobody suffered injuries, 14 travellers were brought to a hospital to be on the safe side.
According to harbour master Ruta Venclova, the storm had pushed a buoy away from its position.
Brightwater Lines, which operates the ship, stated that the crew kept to the chart.
An inspection of the hull by divers is to follow when winds fall under 30 knots, probably on Thursday."""

OTHER = """The city council of Marrow voted on Monday to close two of its five libraries.
Residents had collected 9,000 signatures against the plan since January."""


def body(name: str, text: str, language: str | None = "en") -> Body:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    blocks = tuple(Span(a, b) for a, b in pairwise(starts))
    return Body(ArticleId(name), text, blocks, language)


def align(left: str, right: str) -> Match:
    return WordsThenSentences().align(body("left", left), body("right", right))


def kinds(match: Match) -> set[PassageKind]:
    return {passage.kind for passage in match.passages}


def test_identical_bodies_are_one_verbatim_passage() -> None:
    match = align(WIRE, WIRE)
    (passage,) = match.passages
    assert passage.kind is PassageKind.VERBATIM
    assert (passage.left, passage.similarity) == (Span(0, len(WIRE) - 1), 1.0)
    assert match.left_containment == match.right_containment == 1.0


def test_a_rewrite_is_found_sentence_by_sentence_in_order() -> None:
    match = align(REWRITE, WIRE)
    assert match.left_containment < 0.2
    assert kinds(match) <= {PassageKind.REWRITTEN, PassageKind.EDITED}
    assert sum(passage.kind is PassageKind.REWRITTEN for passage in match.passages) >= 4
    assert [p.right for p in match.passages] == sorted(p.right for p in match.passages)


def test_unrelated_texts_share_nothing() -> None:
    match = align(OTHER, WIRE)
    assert match.passages == ()
    assert all(value < 0.35 for value in match.signals.values())


def test_an_edited_run_is_told_from_a_verbatim_one() -> None:
    edited = WIRE.replace("ran aground", "struck a reef").replace("Tuesday night", "late Tuesday evening")
    assert PassageKind.EDITED in kinds(align(edited, WIRE))


def test_a_shared_quotation_is_a_class_of_its_own() -> None:
    quote = "“We warned the company about that buoy in March and again in the first week of June.”"
    left = f"{OTHER}\n{quote}"
    right = f"{WIRE}\n{quote}"
    assert kinds(align(left, right)) == {PassageKind.QUOTE}


def test_a_quotation_inside_a_longer_run_belongs_to_it() -> None:
    assert kinds(align(WIRE + "\nMore news follows.", WIRE)) == {PassageKind.VERBATIM}


def test_places_quote_the_text_they_point_at() -> None:
    for passage in align(REWRITE, WIRE).passages:
        assert passage.left.of(REWRITE).strip() == passage.left.of(REWRITE)
        assert passage.right.of(WIRE)


def test_swapping_the_sides_swaps_the_findings() -> None:
    one, other = align(REWRITE, WIRE), align(WIRE, REWRITE)
    assert one.left_containment == other.right_containment
    assert one.signals["common-order"] == pytest.approx(other.signals["common-order"])
    assert one.signals["shared-order"] == pytest.approx(other.signals["shared-order"])


def test_furniture_outside_the_body_changes_nothing() -> None:
    bare = align(WIRE, REWRITE)
    framed_text = "Home | World | Sport\n" + WIRE + "\nShare this\nRead also: Nine more ferries"
    framed = Body(ArticleId("left"), framed_text, (Span(21, 21 + len(WIRE)),), "en")
    match = WordsThenSentences().align(framed, body("right", REWRITE))
    assert match.left_words == bare.left_words
    assert match.signals == bare.signals


def test_an_empty_body_matches_nothing() -> None:
    match = align("", WIRE)
    assert match.passages == ()
    assert set(match.signals.values()) == {0.0}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("大河港的工人周一开始罢工。工会说有八百名工人参加。港口管理局表示将在周三举行谈判。", "zh"),
        ("أعلنت السلطات أن السفينة جنحت قبالة الساحل مساء الثلاثاء. وقال قائد الميناء إن أحدا لم يصب بأذى.", "ar"),
        ("Порт закрыли во вторник вечером из-за шторма. Начальник порта сообщил, что никто не пострадал.", "ru"),
        ("เรือข้ามฟากเกยตื้นเมื่อคืนวันอังคาร ไม่มีผู้ได้รับบาดเจ็บ", "th"),
    ],
)
def test_copies_are_found_in_any_script(text: str, language: str) -> None:
    longer = body("right", text + "\n" + text[::-1], language)
    match = WordsThenSentences().align(body("left", text, language), longer)
    assert match.left_containment == 1.0
    assert kinds(match) == {PassageKind.VERBATIM}
