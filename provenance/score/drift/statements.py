"""Aligned statements: the two sides of a passage cut into sentences that answer to one another, ready to compare."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

import regex

from provenance.model import ArticleId, Drift, DriftKind, DriftPlace, PassageKind, Span
from provenance.score.drift.cues import Cue, Cues, load_cues
from provenance.text.quotations import quotations
from provenance.text.sentences import sentences
from provenance.text.terms import stem, term_weight
from provenance.text.tokens import written_words
from provenance.text.words import UNSPACED, Word

__all__ = ["Pair", "Side", "Statement", "Whole", "common_share", "common_weight"]

CLOSE_WORDS = 8
"""Words on either side of a change in which two statements must have something in common: a clause."""

MONTH_WEIGHT = 2.0
"""Zipf steps: common as its name is, a month seldom stands in both of two unrelated sentences."""

CHARACTER_WEIGHT = 0.5
"""Zipf steps one character tells at most in a script without spaces: a third of what a pair of them tells."""

MIN_STATEMENT_WORDS = 5
"""Words of the shortest statement: less is a label, a date line or an interjection."""

EDITED_SIMILARITY = 0.6
"""Share of words in common from which one sentence is an edit of the other, so that a difference stands in a frame that
was kept word for word; below it only what words say can be compared, not where they stand."""


_MODAL = ("possible", "firm", "planned", "guarded")
_UNSPACED = regex.compile(rf"[{UNSPACED}]")


@dataclass(frozen=True, eq=False)
class Whole:
    """One whole text, with what all of its statements are held against."""

    article: ArticleId
    text: str
    language: str | None

    @cached_property
    def cues(self) -> Cues:
        """The cue words of its language."""
        return load_cues(self.language)

    @cached_property
    def words(self) -> list[Word]:
        """Every word of the text."""
        return written_words(self.text)

    def word_range(self, place: Span) -> slice:
        """Give the range of words that begin inside a place."""
        return slice(bisect_left(self._word_starts, place.start), bisect_left(self._word_starts, place.end))

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def stems(self) -> list[str]:
        """The stem of every word of the text."""
        return [stem(word.norm, self.language) for word in self.words]

    @cached_property
    def weights(self) -> list[float]:
        """What every word of the text tells, in Zipf steps."""
        weights = [term_weight(word.norm, self.language) for word in self.words]
        if _UNSPACED.search(self.text) is None:
            return weights
        return [
            min(weight, CHARACTER_WEIGHT) if _UNSPACED.match(word.norm) else weight
            for word, weight in zip(self.words, weights, strict=True)
        ]

    @cached_property
    def norms(self) -> frozenset[str]:
        """The folded words of the text."""
        return frozenset(word.norm for word in self.words)

    @cached_property
    def lowercase(self) -> frozenset[str]:
        """The folded words the text writes in small letters somewhere: these are no names."""
        return frozenset(word.norm for word in self.words if self.text[word.start].islower())

    @cached_property
    def statement(self) -> Statement:
        """The whole text as one statement, for what must not stand anywhere in it."""
        return Statement(self, Span(0, len(self.text)))

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of every line of the text, in order."""
        found: list[Span] = []
        start = 0
        for line in self.text.splitlines(keepends=True):
            if line.strip():
                found.extend(sentences(self.text, Span(start, start + len(line)), language=self.language))
            start += len(line)
        return found

    @cached_property
    def statements(self) -> list[Statement]:
        """Every sentence of the text as a statement, in order."""
        return [Statement(self, sentence) for sentence in self.sentences]

    def sentence(self, number: int) -> str:
        """Give a sentence as it is written."""
        return self.sentences[number].of(self.text)

    def united(self, first: int, end: int) -> Statement:
        """Give a half-open range of neighbouring sentences as one statement."""
        if end - first == 1:
            return self.statements[first]
        return Statement(self, Span(self.sentences[first].start, self.sentences[end - 1].end))

    def sentences_in(self, place: Span) -> list[int]:
        """Give the numbers of the sentences that have something in a place, in order."""
        starts = self._starts
        first = max(0, bisect_right(starts, place.start) - 1)
        last = bisect_left(starts, place.end)
        return [at for at in range(first, last) if self.sentences[at].overlap(place)]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]


@dataclass(frozen=True, eq=False)
class Statement:
    """A sentence (or a few) of one text: words, stems, weights and cues, computed once."""

    whole: Whole
    span: Span

    @cached_property
    def words(self) -> list[Word]:
        """Its words in order."""
        return self.whole.words[self._range]

    @cached_property
    def _range(self) -> slice:
        return self.whole.word_range(self.span)

    @cached_property
    def stems(self) -> list[str]:
        """The stem of every word; number words and digits stand for themselves."""
        return self.whole.stems[self._range]

    @cached_property
    def norms(self) -> list[str]:
        """Its words, folded."""
        return [word.norm for word in self.words]

    @cached_property
    def weights(self) -> list[float]:
        """What every word tells, in Zipf steps; see :mod:`provenance.text.terms`. A month tells as much as a number."""
        weights = self.whole.weights[self._range]
        for cue in self.of("month"):
            weights[cue.first] = max(weights[cue.first], MONTH_WEIGHT)
        return weights

    @cached_property
    def cues(self) -> list[Cue]:
        """Every cue in it, in order; a modal verb with a capital in mid-sentence is a name or month ("May", "Will")."""
        found = self.whole.cues.find(self.words)
        return [cue for cue in found if cue.kind not in _MODAL or not self._is_capital(cue.first)]

    def _is_capital(self, at: int) -> bool:
        return at > 0 and self.whole.text[self.words[at].start].isupper()

    @cached_property
    def quotations(self) -> list[Span]:
        """The quotations in it, marks included."""
        return quotations(self.whole.text, self.span)

    def of(self, *kinds: str) -> list[Cue]:
        """Give the cues of some classes, in order."""
        return [cue for cue in self.cues if cue.kind in kinds]

    def verb(self, at: int) -> str:
        """Give the stem of a word, past forms led back to their verb and listed synonyms to one word."""
        norm = self.words[at].norm
        past = self.whole.cues.past_forms.get(norm) or self.whole.cues.synonyms.get(norm)
        return stem(past, self.whole.language) if past else self.stems[at]

    def place(self, first: int, end: int) -> Span:
        """Give the place of a half-open range of words, which is not empty."""
        return Span(self.words[first].start, self.words[end - 1].end)

    def around(self, first: int, end: int, radius: int = CLOSE_WORDS) -> dict[str, float]:
        """Give the stems with their weights within some words of a range, the range itself left out."""
        near = (*range(max(0, first - radius), first), *range(end, min(len(self.words), end + radius)))
        return {self.stems[at]: self.weights[at] for at in near if self.weights[at] > 0.0}

    @cached_property
    def terms(self) -> dict[str, float]:
        """Its stems with their weights."""
        return {one: weight for one, weight in zip(self.stems, self.weights, strict=True) if weight > 0.0}


@dataclass(frozen=True)
class Side:
    """A range of words of one statement: the wording of one side of a change."""

    statement: Statement
    first: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the stored text."""
        return self.statement.place(self.first, self.end)

    @property
    def norms(self) -> list[str]:
        """Its words, folded."""
        return [word.norm for word in self.statement.words[self.first : self.end]]

    @property
    def wording(self) -> str:
        """Its words as the text writes them."""
        return self.span.of(self.statement.whole.text)


@dataclass(frozen=True)
class Pair:
    """Two statements that answer to one another, the downstream one and the upstream one."""

    kind: PassageKind
    below: Statement
    above: Statement
    wider: Statement = field(repr=False)
    """The upstream statement with its neighbours: a rewrite merges sentences."""
    second: bool = False
    """Whether the matcher tied the downstream statement to another one as well."""
    between: bool = False
    """Whether nothing but their place ties the two: both stand alone between passages that follow one another."""

    @cached_property
    def blocks(self) -> list[tuple[int, int, int]]:
        """Runs of words both have in the same order, as (word below, word above, length), closed by an empty run."""
        matcher = SequenceMatcher(None, self.below.stems, self.above.stems, autojunk=False)
        return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]

    @cached_property
    def similarity(self) -> float:
        """Share of words in common and in order, in [0, 1]."""
        total = len(self.below.words) + len(self.above.words)
        return 2 * sum(size for _, _, size in self.blocks) / total if total else 0.0

    @cached_property
    def contained(self) -> float:
        """Share of the barer statement's telling words that the other one has too, in [0, 1], whatever their order."""
        ours, theirs = self.below.terms, self.above.terms
        common = sum(weight for one, weight in ours.items() if one in theirs)
        return common / max(1.0, min(sum(ours.values()), sum(theirs.values())))

    @property
    def edited(self) -> bool:
        """Whether one is the other with some words changed."""
        return self.similarity >= EDITED_SIMILARITY

    def slots(self) -> Iterator[tuple[range, range]]:
        """Give the places where the wording differs between kept words, as ranges of words; either may be empty."""
        below, above = 0, 0
        for at_below, at_above, size in self.blocks:
            if at_below > below or at_above > above:
                yield range(below, at_below), range(above, at_above)
            below, above = at_below + size, at_above + size

    def changed(self, kind: DriftKind, below: Side, above: Side) -> Drift:
        """Report a change of wording."""
        return Drift(
            kind=kind,
            downstream=DriftPlace(below.statement.whole.article, below.span),
            upstream=DriftPlace(above.statement.whole.article, above.span),
            before=above.wording,
            after=below.wording,
        )


def common_weight(below: Side, above: Side, radius: int = CLOSE_WORDS) -> float:
    """Weigh what two wordings have in common around them, in Zipf steps."""
    theirs = above.statement.around(above.first, above.end, radius)
    ours = below.statement.around(below.first, below.end, radius)
    return sum(min(weight, theirs[one]) for one, weight in ours.items() if one in theirs)


def common_share(below: Side, above: Side, radius: int = CLOSE_WORDS) -> float:
    """Give how much of what stands around the barer of two wordings stands around the other too, in [0, 1]."""
    theirs = above.statement.around(above.first, above.end, radius)
    ours = below.statement.around(below.first, below.end, radius)
    least = min(sum(ours.values()), sum(theirs.values()))
    return common_weight(below, above, radius) / least if least else 0.0
