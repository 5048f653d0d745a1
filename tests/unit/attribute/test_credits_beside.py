"""Credits that stand beside others, above the headline, or before the words of a permission."""

from __future__ import annotations

import functools

import pytest

from provenance.attribute import AttributionRules, attribute
from provenance.knowledge import Knowledge, load
from provenance.model import (
    Article,
    ArticleId,
    AttributionKind,
    Block,
    ContentHash,
    Inspection,
    LabelledArticle,
    LayoutLine,
    Role,
    Span,
)

BODY = "Most je otvoren u ponedeljak posle tri nedelje radova na severnoj strani reke, kažu u opštini.\n"


@functools.cache
def knowledge() -> Knowledge:
    return load()


@functools.cache
def compiled() -> AttributionRules:
    return AttributionRules.compile(knowledge().attribution_rules)


def inspected(text: str, role: Role = Role.BODY, decided: str = "test") -> Inspection:
    """Inspect a text whose first line cleaning gave a role."""
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(Span(at, at + len(line)))
        at += len(line)
    article = Article(
        id=ArticleId("x"),
        source="x",
        content_hash=ContentHash("x"),
        text=text,
        media_type="text/plain",
        lines=tuple(LayoutLine(span) for span in lines),
        url="https://www.alderpost.example/a",
    )
    first, *rest = lines
    blocks = (Block(first, role, decided), *(Block(span, Role.BODY, "test") for span in rest))
    return attribute(LabelledArticle(article, blocks), rules=compiled(), outlets=knowledge().outlets)


def test_an_agency_whose_name_is_a_common_word_counts_before_another() -> None:
    assert set(inspected(BODY + "Izvor: Beta, Tanjug\n").upstreams) == {"beta-rs", "tanjug"}
    assert inspected(BODY + "Izvor: Opština, Tanjug\n").upstreams == ("tanjug",)


def test_an_agency_above_the_headline_of_a_short_text_is_its_byline() -> None:
    assert inspected("Tanjug\nMost ponovo otvoren\n" + BODY).upstreams == ("tanjug",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Převzato z Modřínových listů se souhlasem redakce.", "Modřínových listů"),
        ("Matéria publicada originalmente no Jornal do Lariço e reproduzida com autorização", "Jornal do Lariço"),
        ("Repris du Courrier du Mélèze avec l'aimable autorisation de la rédaction", "Courrier du Mélèze"),
    ],
)
def test_a_name_ends_where_the_permission_begins(line: str, name: str) -> None:
    credited = [item.credited for item in inspected(BODY + line + "\n").attributions if item.is_provenance]
    assert credited == [name]


def test_a_line_that_says_where_the_text_is_from_is_no_caption_above_the_text() -> None:
    line = "Оригінал статті: RFE/RL\n"
    found = inspected(line + BODY * 2, Role.CAPTION, "page.caption-shape").attributions
    assert [item.kind for item in found] == [AttributionKind.REPUBLICATION]
