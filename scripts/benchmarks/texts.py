"""Articles made for measuring: invented words in the proportions of prose, with the lines credits are looked for in."""

from __future__ import annotations

import random
from collections.abc import Iterator

from provenance.model import Article, ArticleId, ContentHash, LayoutLine, Span

__all__ = ["WORDS", "made_articles"]

WORDS = 500  # of one article
_PARAGRAPH = 50  # words
_SENTENCE = 17  # words, the mean of English news
_VOCABULARY = 8000  # different words, drawn by Zipf's law
_SEED = 3

_ABOVE = (
    "By Jane Larch",
    "By Reuters",
    "Published: March 3, 2025 10:00 GMT",
    "Harbour | Larch Gazette",
    "Photo: Jane Larch/AFP",
)
_DATELINES = ("", "", "OSLO (AP) — ", "BERGEN, March 3 (Reuters) - ", "(Larch TV) - ")
_WITHIN = (
    "the ministry said in a statement carried by Xinhua.", "a pilot told Reuters on Monday.",
    "according to the Associated Press.", "said Jane Larch, who runs the lock.", "it was first reported by The Verge.",
)  # fmt: skip
_BELOW = (
    "Source: AFP", "(With inputs from PTI)", "Original Source: www.dawn.com", "Read also: Five facts about locks",
    "© 2025 Larch Gazette. All rights reserved.", "This article was originally published on Larch Gazette.", "Comments",
)  # fmt: skip


def made_articles(count: int) -> Iterator[Article]:
    """Make articles of :data:`WORDS` words, the same on every call."""
    chance = random.Random(_SEED)
    vocabulary = ["".join(chance.choices("aeioubcdfglmnprstv", k=chance.randint(2, 10))) for _ in range(_VOCABULARY)]
    weights = [1 / rank for rank in range(1, _VOCABULARY + 1)]
    for number in range(count):
        words = chance.choices(vocabulary, weights, k=WORDS)
        paragraphs = [_paragraph(words[at : at + _PARAGRAPH], chance) for at in range(0, WORDS, _PARAGRAPH)]
        paragraphs[0] = chance.choice(_DATELINES) + paragraphs[0]
        lines = ["Title of the article", *chance.sample(_ABOVE, 2), *paragraphs, *chance.sample(_BELOW, 2)]
        yield _article(str(number), "".join(f"{line}\n" for line in lines))


def _paragraph(words: list[str], chance: random.Random) -> str:
    sentences = [" ".join(words[at : at + _SENTENCE]).capitalize() + "." for at in range(0, len(words), _SENTENCE)]
    if chance.random() < 1 / 4:
        sentences[-1] = f"{sentences[-1][:-1]}, {chance.choice(_WITHIN)}"
    return " ".join(sentences)


def _article(number: str, text: str) -> Article:
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(LayoutLine(Span(at, at + len(line))))
        at += len(line)
    return Article(
        id=ArticleId(number),
        source=number,
        content_hash=ContentHash(number),
        text=text,
        media_type="text/plain",
        lines=tuple(lines),
        url=f"https://www.larchgazette.example/{number}",
        language="en",
    )
