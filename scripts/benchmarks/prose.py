"""Prose as numbers: sentences that know where they come from, so that what two articles share is known, not guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from benchmarks import words as language
from benchmarks.words import Form, Lexicon, Numbers, Words

__all__ = ["FURNITURE", "Event", "Prose", "Writer"]

FURNITURE = -1
"""Origin of a sentence of the site rather than of an article."""

_PARAGRAPH = 3  # sentences
_SENTENCE = (2.95, 0.45)  # mean and deviation of the logarithm of a sentence's words: about 19 to 21, as in news
_SENTENCE_LIMITS = (5, 55)  # words
_COMMA_SHARE = 0.05  # of the words
_QUOTED_SHARE = 0.1  # of the sentences
_ASKED_SHARE = 0.03  # of the sentences

# What the next unit of a text is: shares of a stock phrase, a name, a word of the topic, a number; else a common word.
_UNITS = (0.055, 0.03, 0.06, 0.02)
_PEOPLE = 6  # of one event; the first are named most
_TOPIC = 40  # rarer words all reports of one event keep using


@dataclass(frozen=True, slots=True)
class Prose:
    """Sentences in a row.

    Attributes:
        words: the words.
        forms: how each is written.
        starts: where each sentence begins, and the end of the last, shape (sentences + 1,).
        origins: which sentence each is, shape (sentences,): a copy, edited or not, has the origin of what it was copied
            from. Numbers from 0 are prose, :data:`FURNITURE` is the site's, lower ones are quotations.
    """

    words: Words
    forms: npt.NDArray[np.uint8]
    starts: Numbers
    origins: Numbers

    def __len__(self) -> int:
        return len(self.origins)

    @property
    def lengths(self) -> Numbers:
        """Words of every sentence."""
        return np.diff(self.starts)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put prose one after the other."""
        lengths = np.concatenate([part.lengths for part in parts])
        return cls(
            words=np.concatenate([part.words for part in parts]),
            forms=np.concatenate([part.forms for part in parts]),
            starts=np.r_[0, np.cumsum(lengths)],
            origins=np.concatenate([part.origins for part in parts]),
        )

    def slice(self, first: int, end: int) -> Self:
        """Give the sentences of a half-open range."""
        at = slice(int(self.starts[first]), int(self.starts[end]))
        starts = self.starts[first : end + 1] - self.starts[first]
        return replace(self, words=self.words[at], forms=self.forms[at], starts=starts, origins=self.origins[first:end])

    def pick(self, order: Sequence[int]) -> Self:
        """Give some sentences, in the order named."""
        return self.joined([self.slice(at, at + 1) for at in order])

    def with_inserted(self, at: int, other: Self) -> Self:
        """Give this prose with another put before its sentence ``at``."""
        return self.joined([self.slice(0, at), other, self.slice(at, len(self))])

    def paragraphs(self, lexicon: Lexicon) -> Iterator[str]:
        """Write the sentences out, three a paragraph."""
        spelled = lexicon.spell(self.words, self.forms)
        cuts = [*self.starts[:-1:_PARAGRAPH].tolist(), len(self.words)]
        for start, end in pairwise(cuts):
            yield " ".join(spelled[start:end])


@dataclass(frozen=True, slots=True)
class Event:
    """What the reports of one event have in common besides what they copy: people and topic, as word numbers."""

    people: Words
    topic: Words


class Writer:
    """Writes new prose; every sentence it writes is an origin of its own."""

    def __init__(self, lexicon: Lexicon, chance: np.random.Generator, *, first_origin: int = 0) -> None:
        self._lexicon = lexicon
        self._chance = chance
        self._next = first_origin

    def event(self) -> Event:
        """Think of something that happened."""
        given = language.GIVEN_NAME + self._chance.integers(0, language.GIVEN_NAMES, _PEOPLE)
        family = language.FAMILY_NAME + self._chance.integers(0, language.FAMILY_NAMES, _PEOPLE)
        topic = self._lexicon.common(0.55 + 0.45 * self._chance.random(_TOPIC))
        return Event(np.stack([given, family], axis=1).astype(np.int32), topic)

    def report(self, event: Event, words: int) -> Prose:
        """Write a report of at least so many words, whole sentences."""
        lengths = self._lengths(words)
        starts = np.r_[0, np.cumsum(lengths)]
        quoted = self._chance.random(len(lengths)) < _QUOTED_SHARE
        asked = self._chance.random(len(lengths)) < _ASKED_SHARE
        return Prose(
            words=self._stream(event, int(starts[-1])),
            forms=_forms(starts, quoted, asked, self._chance),
            starts=starts,
            origins=self._origins(len(lengths)),
        )

    def sentence(self, limits: tuple[int, int], origin: int, *, quoted: bool = False) -> Prose:
        """Write one sentence of common words with a number of words in half-open limits and an origin given."""
        starts = np.array([0, self._chance.integers(*limits)])
        return Prose(
            words=self._lexicon.common(self._chance.random(int(starts[1]))),
            forms=_forms(starts, np.array([quoted]), np.array([False]), self._chance),
            starts=starts,
            origins=np.array([origin]),
        )

    def edited(self, prose: Prose, share: float) -> Prose:
        """Put other words for a share of the words; none of the commonest comes in."""
        changed = self._chance.random(len(prose.words)) < share
        words = prose.words.copy()
        words[changed] = self._lexicon.common(0.5 + 0.5 * self._chance.random(int(changed.sum())))
        return replace(prose, words=words)

    def _origins(self, count: int) -> Numbers:
        first = self._next
        self._next += count
        return np.arange(first, self._next)

    def _lengths(self, words: int) -> Numbers:
        drawn = self._chance.lognormal(*_SENTENCE, size=words // _SENTENCE_LIMITS[0] + 1)
        lengths = np.clip(drawn, *_SENTENCE_LIMITS).astype(np.int64)
        return lengths[: int(np.searchsorted(np.cumsum(lengths), words)) + 1]

    def _stream(self, event: Event, count: int) -> Words:
        """Write so many words of an event without regard to sentences."""
        lexicon, chance = self._lexicon, self._chance
        units = np.digitize(chance.random(count), np.cumsum(_UNITS))
        first = lexicon.common(chance.random(count))
        phrases = np.searchsorted(lexicon.phrase_frequencies, chance.random(count))
        people = np.minimum(chance.geometric(0.35, count) - 1, _PEOPLE - 1)
        first[units == 2] = chance.choice(event.topic, int((units == 2).sum()))
        first[units == 3] = language.FIGURE + chance.integers(0, language.FIGURES, int((units == 3).sum()))
        lengths = np.ones(count, dtype=np.int64)
        lengths[units == 0] = np.diff(lexicon.phrase_starts)[phrases[units == 0]]
        lengths[units == 1] = 2
        ends = np.cumsum(lengths)
        written = np.repeat(first, lengths)
        inside = np.arange(len(written)) - np.repeat(ends - lengths, lengths)
        unit, phrase = np.repeat(units, lengths), np.repeat(phrases, lengths)
        written[unit == 0] = lexicon.phrase_words[(lexicon.phrase_starts[phrase] + inside)[unit == 0]]
        written[unit == 1] = event.people[np.repeat(people, lengths)[unit == 1], inside[unit == 1]]
        return written[:count]


def _forms(
    starts: Numbers, quoted: npt.NDArray[np.bool_], asked: npt.NDArray[np.bool_], chance: np.random.Generator
) -> npt.NDArray[np.uint8]:
    forms = np.where(chance.random(int(starts[-1])) < _COMMA_SHARE, Form.COMMA, Form.PLAIN).astype(np.uint8)
    forms[starts[:-1]] = np.where(quoted, Form.QUOTE_FIRST, Form.FIRST)
    forms[starts[1:] - 1] = np.where(quoted, Form.QUOTE_LAST, np.where(asked, Form.ASKED, Form.LAST))
    return forms
