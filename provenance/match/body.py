"""The body of an article as matching sees it: words, sentences, quotations; never furniture, credits or metadata."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from provenance.match.translation.anchors import Anchors, anchors_of
from provenance.model import ArticleId, LabelledArticle, Span
from provenance.text.alignment import Words
from provenance.text.quotations import quotations
from provenance.text.sentences import sentences
from provenance.text.shingles import Hashes, distinct, shingles
from provenance.text.terms import WordTerms, word_terms
from provenance.text.tokens import Tokens, tokenise
from provenance.text.view import view_of
from provenance.text.words import fold, words

__all__ = ["Body", "Sentence", "SentenceTerms"]

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

MOSTLY_QUOTED = 0.75
"""Share of quoted words above which a body is itself a quotation (a speech, a document, a text set in quotation marks)
and its words count as its own: leaving them out would leave nothing to compare. Labelled news reports reach 0.72."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, and the half-open range of its words."""

    span: Span
    first_word: int
    end_word: int


@dataclass(frozen=True, slots=True)
class SentenceTerms:
    """What the sentences of a body tell: one row for every term of every sentence, in order of the sentences.

    ``numbers``, ``weights`` (in Zipf steps) and ``sentences`` (the sentence's place) have the shape (rows,).
    """

    numbers: Hashes
    weights: Reals
    sentences: Ints


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
    def _tokens(self) -> tuple[Tokens, npt.NDArray[np.int64]]:
        """The words of the whole text, and the numbers of those in the body."""
        tokens = tokenise([self.text])
        edges = np.array([edge for block in self.blocks for edge in (block.start, block.end)], dtype=np.int64)
        first, end = np.searchsorted(tokens.starts, edges).reshape(-1, 2).T
        return tokens, np.concatenate([np.arange(a, b) for a, b in zip(first, end, strict=True)] or [edges])

    @cached_property
    def hashes(self) -> Hashes:
        """64-bit numbers of the words in order, shape (words,)."""
        tokens, chosen = self._tokens
        return tokens.hashes[chosen]

    @cached_property
    def word_starts(self) -> Ints:
        """Where each word begins, in code points of the stored text, ascending; shape (words,)."""
        tokens, chosen = self._tokens
        return tokens.starts[chosen]

    @cached_property
    def word_ends(self) -> Ints:
        """Where each word ends, in code points of the stored text; shape (words,)."""
        tokens, chosen = self._tokens
        return tokens.ends[chosen]

    def __len__(self) -> int:
        """Count the words."""
        return len(self.hashes)

    @cached_property
    def shingles(self) -> Hashes:
        """Numbers of the word 5-grams, shape (max(0, words - 4),)."""
        return shingles(self.hashes)

    @cached_property
    def distinct_shingles(self) -> Hashes:
        """The different word 5-grams, ascending."""
        return distinct(self.shingles)

    @cached_property
    def runs(self) -> Words:
        """The words as the search for shared runs wants them."""
        return Words.of(self.hashes)

    @cached_property
    def quoted(self) -> npt.NDArray[np.bool_]:
        """Which words stand inside a quotation, shape (words,)."""
        marks = np.zeros(len(self), dtype=np.bool_)
        for block in self.blocks:
            for place in quotations(self.text, block):
                first, end = self.word_range(place)
                marks[first:end] = True
        return marks

    @cached_property
    def _quoted_before(self) -> Ints:
        return np.concatenate(([0], np.cumsum(self.quoted)))

    def quoted_share(self, first_word: int, end_word: int) -> float:
        """Give the share of some words that stand inside a quotation, in [0, 1]; 0.0 for no words."""
        count = end_word - first_word
        return int(self._quoted_before[end_word] - self._quoted_before[first_word]) / count if count > 0 else 0.0

    @cached_property
    def own(self) -> npt.NDArray[np.bool_]:
        """Which words are the writer's own: outside quotations, or all where the text is one; shape (words,)."""
        mostly = len(self) > 0 and int(self._quoted_before[-1]) > MOSTLY_QUOTED * len(self)
        return np.ones(len(self), dtype=np.bool_) if mostly else ~self.quoted

    @cached_property
    def _own_before(self) -> Ints:
        return np.concatenate(([0], np.cumsum(self.own)))

    def own_share(self, first_word: int, end_word: int) -> float:
        """Give the share of some words that are the writer's own, in [0, 1]; 1.0 for no words."""
        count = end_word - first_word
        return int(self._own_before[end_word] - self._own_before[first_word]) / count if count > 0 else 1.0

    @cached_property
    def own_words(self) -> tuple[Hashes, Hashes]:
        """Numbers of the writer's own words in order, and the different ones among them, ascending."""
        own = self.hashes[self.own]
        return own, distinct(own)

    @cached_property
    def own_terms(self) -> tuple[Hashes, Hashes]:
        """Numbers of the telling terms among the writer's own words in order, and the different ones, ascending."""
        told = self.word_terms
        own = told.numbers[self.own & (told.weights > 0.0)]
        return own, distinct(own)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the body that has a word, in order."""
        places = [place for block in self.blocks for place in sentences(self.text, block, language=self.language)]
        edges = np.array([edge for place in places for edge in (place.start, place.end)], dtype=np.int64)
        ranges = np.searchsorted(self.word_starts, edges).reshape(-1, 2).tolist()
        return tuple(
            Sentence(place, first, end) for place, (first, end) in zip(places, ranges, strict=True) if end > first
        )

    @cached_property
    def word_terms(self) -> WordTerms:
        """The term every word stands for; see :mod:`provenance.text.terms`."""
        follows = np.zeros(len(self), dtype=np.bool_)
        follows[1:] = self.word_starts[1:] == self.word_ends[:-1]
        return word_terms(self.hashes, follows, self._norm, self.language)

    def _norm(self, word: int) -> str:
        if view_of(self.text).is_aligned:
            return fold(view_of(self.text).text[self.word_starts[word] : self.word_ends[word]])
        return self._norms[int(self._tokens[1][word])]

    @cached_property
    def _norms(self) -> tuple[str, ...]:
        return tuple(word.norm for word in words(self.text))

    @cached_property
    def terms(self) -> tuple[Hashes, Reals]:
        """The different telling terms of the body, ascending, each with its weight."""
        told = self.word_terms
        telling = told.weights > 0.0
        numbers, first = np.unique(told.numbers[telling], return_index=True)
        return numbers, told.weights[telling][first]

    @cached_property
    def sentence_terms(self) -> SentenceTerms:
        """What every sentence tells; a term counts once in a sentence."""
        first, end = (
            np.array([(sentence.first_word, sentence.end_word) for sentence in self.sentences], dtype=np.int64)
            .reshape(-1, 2)
            .T
        )
        sizes = end - first
        owners = np.repeat(np.arange(len(sizes)), sizes)
        chosen = np.arange(len(owners)) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
        told = self.word_terms
        telling = told.weights[chosen] > 0.0
        numbers, weights, owners = told.numbers[chosen][telling], told.weights[chosen][telling], owners[telling]
        order = np.lexsort((numbers, owners))
        numbers, weights, owners = numbers[order], weights[order], owners[order]
        new = np.ones(len(numbers), dtype=np.bool_)
        new[1:] = (numbers[1:] != numbers[:-1]) | (owners[1:] != owners[:-1])
        return SentenceTerms(numbers[new], weights[new], owners[new])

    @cached_property
    def sentence_weights(self) -> Reals:
        """Weight of every sentence's terms, as far as its words are the writer's own; shape (sentences,)."""
        rows = self.sentence_terms
        sums = np.bincount(rows.sentences, weights=rows.weights, minlength=len(self.sentences))
        own: Reals = np.array([self.own_share(sentence.first_word, sentence.end_word) for sentence in self.sentences])
        weighed: Reals = sums * own
        return weighed

    @cached_property
    def anchors(self) -> Anchors:
        """What the text and a translation of it would have in common."""
        return anchors_of(self)

    def written(self, word: int) -> str:
        """Give a word as the text writes it; in a script without spaces, with the one behind it that is its pair."""
        end = word + 1
        if end < len(self) and self.word_starts[end] == self.word_ends[word]:
            end += 1
        return self.place(word, end).of(self.text)

    def place(self, first_word: int, end_word: int) -> Span:
        """Give the place from the start of one word to the end of another (half-open range, not empty)."""
        return Span(int(self.word_starts[first_word]), int(self.word_ends[end_word - 1]))

    def word_range(self, place: Span) -> tuple[int, int]:
        """Give the half-open range of words that begin inside a place."""
        first, end = np.searchsorted(self.word_starts, (place.start, place.end)).tolist()
        return first, end
