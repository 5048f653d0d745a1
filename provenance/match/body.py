"""The body of an article as matching sees it: words, sentences, quotations; never furniture, credits or metadata."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from provenance.model import ArticleId, LabelledArticle, Span
from provenance.text.quotations import quotations
from provenance.text.sentences import sentences
from provenance.text.shingles import Hashes, hash_terms, shingles
from provenance.text.terms import sentence_terms
from provenance.text.words import Word, words

__all__ = ["Body", "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, the half-open range of its words in :attr:`Body.words`, and its telling terms."""

    span: Span
    first_word: int
    end_word: int
    terms: dict[str, float]


@dataclass(frozen=True)
class Body:
    """The words and sentences of one article's body, with everything matching asks of them, computed once."""

    article: ArticleId
    text: str
    blocks: tuple[Span, ...]
    language: str | None

    @classmethod
    def of(cls, labelled: LabelledArticle) -> Body:
        """Take the body of a labelled article."""
        return cls(labelled.article.id, labelled.article.text, labelled.body(), labelled.article.language)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word of the body in order."""
        return tuple(word for block in self.blocks for word in words(self.text, block))

    @cached_property
    def hashes(self) -> Hashes:
        """64-bit numbers of the words, shape (words,)."""
        return hash_terms([word.norm for word in self.words])

    @cached_property
    def shingles(self) -> Hashes:
        """Numbers of the word 5-grams, shape (max(0, words - 4),)."""
        return shingles(self.hashes)

    @cached_property
    def quoted(self) -> npt.NDArray[np.bool_]:
        """Which words stand inside a quotation, shape (words,)."""
        marks = np.zeros(len(self.words), dtype=np.bool_)
        starts = self.word_starts
        for block in self.blocks:
            for place in quotations(self.text, block):
                marks[np.searchsorted(starts, place.start) : np.searchsorted(starts, place.end)] = True
        return marks

    @cached_property
    def word_starts(self) -> npt.NDArray[np.int64]:
        """Where each word begins, in code points of the stored text, ascending."""
        return np.fromiter((word.start for word in self.words), dtype=np.int64, count=len(self.words))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the body that has a word, in order."""
        found = (
            self._sentence(place)
            for block in self.blocks
            for place in sentences(self.text, block, language=self.language)
        )
        return tuple(sentence for sentence in found if sentence.end_word > sentence.first_word)

    def _sentence(self, place: Span) -> Sentence:
        first = int(np.searchsorted(self.word_starts, place.start))
        end = int(np.searchsorted(self.word_starts, place.end))
        return Sentence(place, first, end, sentence_terms(self.words[first:end], self.language))

    @cached_property
    def terms(self) -> dict[str, float]:
        """Every telling term of the body with its weight; see :mod:`provenance.text.terms`."""
        return {term: weight for sentence in self.sentences for term, weight in sentence.terms.items()}

    def place(self, first_word: int, end_word: int) -> Span:
        """Give the place from the start of one word to the end of another (half-open range, not empty)."""
        return Span(self.words[first_word].start, self.words[end_word - 1].end)

    def word_range(self, place: Span) -> tuple[int, int]:
        """Give the half-open range of words that begin inside a place."""
        starts = self.word_starts
        return int(np.searchsorted(starts, place.start)), int(np.searchsorted(starts, place.end))
