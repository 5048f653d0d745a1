"""Texts in the making: sentences that know which sentence of a first report they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Self

from lineages.events import Story

__all__ = ["Draft", "Sentence", "report"]

LEAST_FACTS = 5
"""Facts of the shortest report."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Attributes:
        text: how it is written.
        origin: the sentence of the report it comes from, however it was reworded since.
        fact: the place in the story of the fact it tells, while it can be told anew; else ``None``.
        also: origins of sentences that were joined to it.
    """

    text: str
    origin: str
    fact: int | None = None
    also: tuple[str, ...] = ()

    @property
    def origins(self) -> tuple[str, ...]:
        """All sentences of first reports it tells."""
        return (self.origin, *self.also)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text without its page: a headline and paragraphs of sentences."""

    story: Story
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...]

    def sentences(self) -> Iterator[Sentence]:
        """Yield all sentences in order."""
        for paragraph in self.paragraphs:
            yield from paragraph

    @property
    def origins(self) -> frozenset[str]:
        """The sentences of first reports it tells."""
        return frozenset(origin for sentence in self.sentences() for origin in sentence.origins)

    def with_paragraphs(self, paragraphs: Sequence[Sequence[Sentence]]) -> Self:
        """Give the same draft with other paragraphs; empty ones are left out."""
        return replace(self, paragraphs=tuple(tuple(one) for one in paragraphs if one))


def report(  # noqa: PLR0913  all that makes two reports of one story differ
    story: Story, name: str, voice: int, random: Random, *, share: float = 1.0, shuffled: bool = False
) -> Draft:
    """Write a first report of a story in a voice.

    Args:
        story: what happened.
        name: tells reports apart: the beginning of the origins of its sentences.
        voice: the wording of all facts.
        random: chance.
        share: share of the facts it has, in (0, 1]; the first fact always.
        shuffled: tell the facts behind the first in an order of its own.
    """
    wanted = max(LEAST_FACTS, round(share * len(story.facts)))
    kept = {0, *random.sample(range(1, len(story.facts)), min(wanted, len(story.facts)) - 1)}
    paragraphs = [[fact for fact in paragraph if fact in kept] for paragraph in story.paragraphs]
    if shuffled:
        rest = paragraphs[1:]
        random.shuffle(rest)
        paragraphs = [paragraphs[0], *rest]
    told = [[_told(story, name, fact, voice, random) for fact in paragraph] for paragraph in paragraphs]
    title = story.headline(voice, random)
    return Draft(story, title, ()).with_paragraphs(told)


def _told(story: Story, name: str, fact: int, voice: int, random: Random) -> Sentence:
    text = story.told(fact, voice, random) or story.told(fact, 0, random) or ""
    return Sentence(text, f"{name}:{fact}", fact)
