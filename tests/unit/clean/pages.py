"""Invented pages for the tests of cleaning."""

from __future__ import annotations

from functools import cache

from provenance.clean import FurniturePhrases
from provenance.knowledge.rules import load_rules
from provenance.model import Article, ArticleId, ContentHash, LabelledArticle, LayoutLine, Span

PARAGRAPHS = (
    "The council voted on Tuesday to close the old swing bridge to lorries until its bearings have been replaced.",
    "Engineers found cracks in two of the four bearings during an inspection in March, and a third is worn.",
    "Drivers will be sent over the new crossing upstream, which adds about twenty minutes to the trip.",
    "“We would rather be late than wet,” the harbour master told the meeting.",
    "The work is expected to last until the autumn and to cost a little under three million.",
)

RAW_PAGE = (
    "Skip to content\nMillport Courier\nHome\nRegion\nRegion\nSwing bridge closes to lorries for repairs\n"
    "By Ada Finch\n4 April 2025, 09:12\nShare on Facebook\n"
    + "\n".join(PARAGRAPHS)
    + "\nRelated Articles\nWhy the ferry is full on Fridays\nA short history of the lock\nLeave a Reply\n"
    "Your email address will not be published. Required fields are marked *\nBack to top button\n"
)


@cache
def phrases() -> FurniturePhrases:
    return FurniturePhrases.compile(load_rules("furniture"))


def article(text: str, **fields: object) -> Article:
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(LayoutLine(Span(at, at + len(line))))
        at += len(line)
    lines = fields.pop("lines", tuple(spans))
    return Article(ArticleId("a"), "a.txt", ContentHash("0"), text, "text/plain", lines, **fields)  # type: ignore[arg-type]


def roles(labelled: LabelledArticle) -> list[tuple[str, str]]:
    """Pair each shown line with its role."""
    text = labelled.article.text
    return [(b.span.of(text).strip(), b.role.value) for b in labelled.blocks if b.role.value != "blank"]
