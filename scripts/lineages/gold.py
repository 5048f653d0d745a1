"""The articles of ``fixtures/stories`` as stories to tell: each in its one wording, in whatever language it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from drifting.articles import Article
from drifting.facts import full_names
from drifting.measuring import PARTS
from drifting.wording import wording_of

from lineages.events import Story
from lineages.grammar import words

__all__ = ["WHOLE_REPORTS", "hand_written"]

WHOLE_REPORTS = frozenset({"wire", "translation"})
"""Roles of articles that stand for themselves; of a story only one is taken, lest translations meet their source."""

HEADLINE_WORDS = 9
HEADLINE_LETTERS = 18
"""Length of a headline made of the beginning of a sentence, in words, and in letters where words have no spaces."""

_DATELINE = re.compile(r"^[^.“”]{2,70}? ?[)）] ?[–—-] ?")


def hand_written(articles: Sequence[Article], part: str, random: Random) -> list[Story]:
    """Choose one article of every fixture story of a part, in an order of chance."""
    found = []
    for story in sorted(PARTS[part]):
        own = [one for one in articles if one.story == story]
        whole = [one for one in own if one.role in WHOLE_REPORTS]
        if whole:
            found.append(_story(random.choice(whole), own, random))
    random.shuffle(found)
    return found


def _story(article: Article, others: Sequence[Article], random: Random) -> Story:
    paragraphs = [list(paragraph) for paragraph in article.paragraphs]
    paragraphs[0][0] = _DATELINE.sub("", paragraphs[0][0])
    facts = [sentence for paragraph in paragraphs for sentence in paragraph]
    english = wording_of("en")
    names = full_names([one.text for one in others], [*english.months, *english.weekdays])
    speakers = wording_of(article.language).speakers
    return Story(
        id=f"{article.story}.{article.language}.{article.role}",
        language=article.language,
        town=random.choice(words()["towns"]),
        headlines=tuple(_headline(sentence) for sentence in facts[:3]),
        facts=tuple((sentence,) for sentence in facts),
        paragraphs=tuple(_numbered(paragraphs)),
        own=(),
        people={name: random.choice(speakers) for name in names if name in article.text},
        slots={},
    )


def _numbered(paragraphs: Sequence[Sequence[str]]) -> Iterator[tuple[int, ...]]:
    at = 0
    for paragraph in paragraphs:
        yield tuple(range(at, at + len(paragraph)))
        at += len(paragraph)


def _headline(sentence: str) -> str:
    spaced = sentence.split()
    if len(spaced) < HEADLINE_WORDS // 2:
        return sentence[:HEADLINE_LETTERS]
    return " ".join(spaced[:HEADLINE_WORDS]).rstrip(",;:–- ")
