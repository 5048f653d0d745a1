"""What stands behind a label: a broadcaster and its town, or a word that names nobody."""

from __future__ import annotations

import functools

import pytest

from provenance.attribute import AttributionRules, attribute
from provenance.knowledge import Knowledge, load
from provenance.model import Article, ArticleId, Block, ContentHash, Inspection, LabelledArticle, LayoutLine, Role, Span

UKRAINIAN = "Рух мостом відновлено в понеділок після трьох тижнів ремонту.\n"
GERMAN = "Der Hafen ist seit Montag nach drei Wochen Bauzeit wieder offen.\n"
BULGARIAN = "Мостът отваря отново в понеделник след триседмичен ремонт.\n"
JAPANESE = "橋は三週間の修理を経て月曜日に再開されると市が発表した。\n"
ENGLISH = "Dockers went back to work on Monday after a strike of three weeks, the city said.\n"


@functools.cache
def knowledge() -> Knowledge:
    return load()


@functools.cache
def compiled() -> AttributionRules:
    return AttributionRules.compile(knowledge().attribution_rules)


def inspected(text: str) -> Inspection:
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
        lines=tuple(LayoutLine(span) for span in spans),
    )
    blocks = tuple(Block(span, Role.BODY, "test") for span in spans)
    return attribute(LabelledArticle(article, blocks), rules=compiled(), outlets=knowledge().outlets)


@pytest.mark.parametrize(
    ("body", "credit", "upstreams"),
    [
        (UKRAINIAN, "Джерело: Суспільне Миколаїв", ("suspilne",)),
        (GERMAN, "Quelle: NDR Hamburg", ("ndr",)),
        (BULGARIAN, "Източник: БНТ Варна", ("bnt",)),
        (BULGARIAN, "Източник: Нова Борова", ()),  # a short name that is a common word too
        (BULGARIAN, "Източник: БНТ за деца", ()),  # no place: small letters
        (ENGLISH, "Source: CBS Larchton", ()),  # American stations are not the network's
    ],
)
def test_a_broadcaster_with_a_place_behind_its_name_is_that_broadcaster(
    body: str, credit: str, upstreams: tuple[str, ...]
) -> None:
    assert inspected(body * 4 + credit + "\n").upstreams == upstreams


@pytest.mark.parametrize(
    "line", ["翻訳の提供：なし。", "記事の提供：不明", "この記事は翻訳からの引用です。", "写真の提供は終了しました。"]
)
def test_a_label_that_says_none_or_unknown_credits_nobody(line: str) -> None:
    found = inspected(JAPANESE * 4 + line + "\n")
    assert not found.upstreams
    assert not [item for item in found.attributions if item.kind.value in {"republication", "wire", "press_release"}]
