"""Notes: what an article says of its own versions, and what only looks like it."""

from __future__ import annotations

import functools

import pytest

from provenance.attribute import AttributionRules, NoteRules, attribute
from provenance.errors import KnowledgeError
from provenance.knowledge import Knowledge, load
from provenance.model import (
    Article,
    ArticleId,
    Block,
    ContentHash,
    LabelledArticle,
    LayoutLine,
    Note,
    NoteKind,
    Role,
    Rule,
    Span,
)

PROSE = "The ferry sailed again on Monday after three weeks in dock, the harbour board said in the evening."


@functools.cache
def knowledge() -> Knowledge:
    return load()


@functools.cache
def compiled() -> NoteRules:
    return NoteRules.compile(knowledge().note_rules)


def notes(text: str, *, title: str | None = None, language: str | None = "en", role: Role = Role.BODY) -> list[Note]:
    """Find the notes of a text; ``role`` is that of its last line."""
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(Span(at, at + len(line)))
        at += len(line)
    article = Article(
        id=ArticleId("x"),
        source="x",
        content_hash=ContentHash("x"),
        text=text,
        media_type="text/plain",
        lines=tuple(map(LayoutLine, spans)),
        title=title,
        language=language,
    )
    blocks = tuple(Block(span, role if span is spans[-1] else Role.BODY, "test") for span in spans)
    labelled = LabelledArticle(article, blocks)
    credits_ = AttributionRules.compile(())
    return list(attribute(labelled, rules=credits_, outlets=knowledge().outlets, notes=compiled()).notes)


def test_a_note_covers_its_line_from_the_label_on() -> None:
    text = f"{PROSE}\nCorrection: the ferry has two decks, not three.\n"
    (note,) = notes(text)
    assert note.span.of(text) == "Correction: the ferry has two decks, not three."
    assert note.kind is NoteKind.CORRECTION


def test_a_note_at_the_end_of_the_last_paragraph_begins_with_its_sentence() -> None:
    text = f"{PROSE}\n{PROSE} (This story has been updated.)"
    (note,) = notes(text)
    assert note.span.of(text) == "(This story has been updated.)"


@pytest.mark.parametrize(
    "sentence",
    [
        "The board issued a correction on Friday: the ferry has two decks.",
        "An earlier version of the timetable gave another hour.",
        "“This article has been corrected,” the rival paper wrote on Tuesday.",
        "The board has updated its figures since, and its report was corrected.",
        "Updated: 3 May 2024 14:05",
        "Last updated on Friday, May 3, 2024 at 2:05 PM EDT",
        "Corrections",
        "Report a correction",
    ],
)
def test_what_tells_of_something_else_or_of_a_date_alone_is_no_note(sentence: str) -> None:
    assert notes(f"{PROSE}\n{sentence}\n{PROSE}") == []
    assert notes(f"{PROSE}\n{PROSE}\n{sentence}") == []


def test_a_label_amid_a_long_text_is_no_note() -> None:
    assert notes("\n".join([PROSE] * 12 + ["Correction: the word has its own history."] + [PROSE] * 12)) == []


def test_readers_comments_and_related_links_tell_of_other_texts() -> None:
    said = f"{PROSE}\nThis article has been updated."
    assert notes(said) != []
    assert notes(said, role=Role.COMMENTS) == []
    assert notes(said, role=Role.RELATED) == []


def test_the_number_of_a_version_is_read_from_the_headline_of_a_record() -> None:
    (note,) = notes(PROSE, title="UPDATE 3-Ferry sails again after three weeks")
    assert note == Note(NoteKind.UPDATE, Span(0, 0), "version.update-number", 3)


def test_a_headline_that_stands_in_the_text_is_read_once() -> None:
    title = "UPDATE 3-Ferry sails again after three weeks"
    (note,) = notes(f"{title}\n{PROSE}", title=title)
    assert (note.span, note.number) == (Span(0, 9), 3)


def test_a_corrected_numbered_version_is_both() -> None:
    found = notes(f"CORRECTED-UPDATE 2-Ferry sails again\n{PROSE}")
    assert sorted((note.kind.value, note.number) for note in found) == [("correction", None), ("update", 2)]


def test_an_update_that_sets_something_right_is_a_correction_and_no_second_note() -> None:
    (note,) = notes(f"{PROSE}\nThis article was updated on 3 May to correct the number of decks.")
    assert note.kind is NoteKind.CORRECTION


def test_numbers_are_read_in_any_digits() -> None:
    (note,) = notes(
        "여객선 운항 재개(종합２보)\n여객선이 3주 수리 끝에 월요일 운항을 재개했다고 항만청이 밝혔다.", language="ko"
    )
    assert note.number == 2


def test_a_rule_with_an_unknown_place_is_refused_by_name() -> None:
    broken = Rule("x.note", "attribute", "update", "why", pattern="updated", options={"place": "anywhere"})
    with pytest.raises(KnowledgeError, match=r"x\.note"):
        NoteRules.compile([broken])
