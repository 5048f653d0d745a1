"""Every note rule holds on its own examples and on none of its counterexamples, through the real stage."""

from __future__ import annotations

import functools

import pytest

from provenance.attribute import AttributionRules, NoteRules, attribute
from provenance.knowledge import Knowledge, load
from provenance.model import (
    Article,
    ArticleId,
    Block,
    ContentHash,
    Inspection,
    LabelledArticle,
    LayoutLine,
    Role,
    Rule,
    Span,
)


@functools.cache
def knowledge() -> Knowledge:
    return load()


@functools.cache
def compiled() -> NoteRules:
    return NoteRules.compile(knowledge().note_rules)


def inspected(text: str, language: str, notes: NoteRules) -> Inspection:
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
        language=None if language == "*" else language,
    )
    blocks = tuple(Block(span, Role.BODY, "test") for span in spans)
    credits_ = AttributionRules.compile(())
    return attribute(LabelledArticle(article, blocks), rules=credits_, outlets=knowledge().outlets, notes=notes)


def cases(field: str) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in knowledge().note_rules for text in getattr(rule, field)]


def named(value: object) -> str | None:
    return value.id if isinstance(value, Rule) else None


@pytest.mark.parametrize(("rule", "example"), cases("examples"), ids=named)
def test_a_rule_finds_the_note_of_its_examples(rule: Rule, example: str) -> None:
    (note,) = inspected(example, rule.language, NoteRules.compile([rule])).notes
    assert note.kind == rule.kind


@pytest.mark.parametrize(("rule", "example"), cases("examples"), ids=named)
def test_all_rules_together_find_it_too(rule: Rule, example: str) -> None:
    assert rule.kind in [note.kind for note in inspected(example, rule.language, compiled()).notes], example


@pytest.mark.parametrize(("rule", "example"), cases("counterexamples"), ids=named)
def test_nothing_in_a_counterexample_is_a_note(rule: Rule, example: str) -> None:
    assert inspected(example, rule.language, compiled()).notes == (), example


@pytest.mark.parametrize("rule", knowledge().note_rules, ids=named)
def test_a_rule_has_a_reason_a_source_examples_and_counterexamples(rule: Rule) -> None:
    assert rule.why
    assert rule.source
    assert rule.examples
    assert rule.counterexamples
