"""Anchors: what a text and its translation have in common whatever their languages.

Numbers by their significant digits, months by their number, and telling words by their sound: names, borrowed words,
words of one root. Han characters are read by syllables, and every stretch of a few of them stands for a possible name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from provenance.model import Span
from provenance.text.calendar import calendar
from provenance.text.numerals import figures
from provenance.text.shingles import Hashes, distinct, hash_term, hash_terms
from provenance.text.terms import term_weight
from provenance.text.transliteration import HAN, KATAKANA, consonants, latin_length, reads_consonants, sound
from provenance.text.words import fold

if TYPE_CHECKING:
    from provenance.match.body import Body, Sentence

__all__ = ["Anchors", "Form", "anchors_of", "figure_features", "sound_features"]

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Marks = npt.NDArray[np.float32]

MIN_WORD_WEIGHT = 1.0
"""Weight, in Zipf steps, from which a word is an anchor; lighter ones stand in a tenth of all articles."""

KATAKANA_WEIGHT = 3.0
"""Weight of a word in katakana, in Zipf steps: nearly always a name or a borrowed word."""

MIN_SOUNDS = 3
"""Sounds, or consonants where only they compare, of the shortest word that is an anchor; shorter ones are alike by
chance."""

MIN_READ_SOUNDS = 5
"""Sounds of a stretch of Han characters that stands for a name: two syllables or more."""

READ_SYLLABLES = (2, 3, 4)
"""Han characters of such a stretch: names of persons and places have so many."""

NUMBER_WEIGHTS = (0.0, 0.5, 1.5, 2.5, 3.5)
"""Weight of a number by its significant digits, in Zipf steps; the last one for all longer ones."""

MONTH_WEIGHT = 1.0
"""Weight of a month, in Zipf steps: one of twelve, and most stories name the one they were written in."""

MIN_MONTH_LETTERS = 4
"""Letters of a month's name; shorter ones and abbreviations are other words as well."""

ELIDED_LETTERS = 2
"""Letters before an apostrophe that are an article or a preposition (French, Italian): the word is behind it."""

MAX_SENTENCES = 600
"""Sentences of a text that are aligned with another language, from its beginning; the longest reports have fewer."""

MAX_FORMS = 4_000
"""Different anchors of a text that are compared, from its beginning: bounds what a text made to be costly costs."""

MAX_READ = 200
"""Han characters in a row that are read; longer runs without a full stop are no sentences."""

HEAD_SOUNDS = 4
"""First sounds by which words are looked up: what follows is often an ending, which is the grammar's."""


class Form(NamedTuple):
    """One anchor as it is compared: a number or a month by ``exact``, a word by ``sounds`` and ``bones``.

    ``exact`` is empty for a word; ``bones`` are its consonants; ``weight`` is in Zipf steps. Without ``vowels`` the
    script has only some of its own, or puts in others, and words are compared by their bones.
    """

    weight: float
    exact: str = ""
    sounds: str = ""
    bones: str = ""
    vowels: bool = True

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, and no month."""
        return self.exact.isdecimal()


@dataclass(frozen=True)
class Anchors:
    """The anchors of a text.

    Attributes:
        forms: the different ones.
        sentences: of every form in every sentence, the sentence; shape (rows,), ascending.
        numbers: of the same rows, the place in ``forms``.
        spans: of the same rows, where in the text the anchor stands first in that sentence.
        readings: possible names in Han characters by their sound, with the sentences they stand in.
        lengths: letters of every sentence as written in Latin script; shape (sentences,).
    """

    forms: tuple[Form, ...]
    sentences: Ints
    numbers: Ints
    spans: tuple[Span, ...]
    readings: dict[str, set[int]]
    lengths: Reals

    @cached_property
    def weights(self) -> Reals:
        """Weight of every form in Zipf steps; shape (forms,)."""
        return np.array([form.weight for form in self.forms], dtype=np.float64)

    @cached_property
    def spread(self) -> Reals:
        """In how many sentences every form stands; shape (forms,)."""
        return np.bincount(self.numbers, minlength=len(self.forms)).astype(np.float64)

    @cached_property
    def stands(self) -> Marks:
        """Whether a form stands in a sentence, 1.0 or 0.0; shape (sentences, forms)."""
        marks = np.zeros((len(self.lengths), len(self.forms)), dtype=np.float32)
        marks[self.sentences, self.numbers] = 1.0
        return marks

    @cached_property
    def vowels(self) -> npt.NDArray[np.bool_]:
        """Of which forms the vowels compare; shape (forms,)."""
        return np.array([form.vowels for form in self.forms], dtype=np.bool_)

    @cached_property
    def by_consonant(self) -> Mapping[str, Ints]:
        """The words by their first consonant (empty: none): words that begin otherwise are not compared."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, form in enumerate(self.forms):
            if form.sounds:
                found[form.bones[:1]].append(at)
        return {first: np.array(places, dtype=np.int64) for first, places in found.items()}

    @cached_property
    def sounds(self) -> Marks:
        """Which pairs of sounds every form has; shape (forms, pairs)."""
        return _incidence([form.sounds for form in self.forms])

    @cached_property
    def bones(self) -> Marks:
        """Which pairs of consonants every form has; shape (forms, pairs)."""
        return _incidence([form.bones for form in self.forms])


_LETTERS = 27  # and the beginning of the word


def _incidence(words: list[str]) -> Marks:
    marks = np.zeros((len(words), _LETTERS * _LETTERS), dtype=np.float32)
    for at, word in enumerate(words):
        marks[at, _pairs_of(word)] = 1.0
    return marks


@lru_cache(maxsize=1 << 16)
def _pairs_of(word: str) -> list[int]:
    letters = [0, *(ord(letter) - ord("a") + 1 for letter in word)]
    return [first * _LETTERS + second for first, second in pairwise(letters)]


def anchors_of(body: Body) -> Anchors:
    """Take the anchors of a body."""
    found = _Collected({}, {}, defaultdict(set))
    sentences = body.sentences[:MAX_SENTENCES]
    _take_words(body, sentences, found)
    for at, sentence in enumerate(sentences):
        for figure in figures(body.text, sentence.span):
            weight = NUMBER_WEIGHTS[min(len(figure.digits), len(NUMBER_WEIGHTS) - 1)]
            found.add(Form(weight, exact=figure.digits), at, figure.span)
        for run in KATAKANA.finditer(body.text, sentence.span.start, sentence.span.end):
            form = _word_form(run[0], KATAKANA_WEIGHT)
            if form is not None:
                found.add(form, at, Span(*run.span()))
        for run in HAN.finditer(body.text, sentence.span.start, sentence.span.end):
            for read in _readings(run[0][:MAX_READ]):
                found.readings[read].add(at)
    rows = sorted(found.rows.items())
    return Anchors(
        tuple(found.numbers),
        np.array([sentence for (sentence, _), _ in rows], dtype=np.int64),
        np.array([number for (_, number), _ in rows], dtype=np.int64),
        tuple(place for _, place in rows),
        dict(found.readings),
        np.array([latin_length(sentence.span.of(body.text)) for sentence in sentences], dtype=np.float64),
    )


@dataclass(frozen=True, slots=True)
class _Collected:
    """Anchors while they are taken: forms with their numbers, rows with their places, and readings."""

    numbers: dict[Form, int]
    rows: dict[tuple[int, int], Span]
    readings: defaultdict[str, set[int]]

    def add(self, form: Form, sentence: int, place: Span) -> None:
        if len(self.numbers) < MAX_FORMS or form in self.numbers:
            number = self.numbers.setdefault(form, len(self.numbers))
            self.rows.setdefault((sentence, number), place)


def _take_words(body: Body, sentences: Sequence[Sentence], found: _Collected) -> None:
    known = _known_forms(body.language)
    numbers = body.hashes.tolist()
    for at, sentence in enumerate(sentences):
        for word in range(sentence.first_word, sentence.end_word):
            form = known.form(body, word, numbers[word])
            if form is not None:
                found.add(form, at, body.place(word, word + 1))


def _readings(run: str) -> Iterator[str]:
    """Read every stretch of a few Han characters that may be a name."""
    for size in READ_SYLLABLES:
        for at in range(len(run) - size + 1):
            read = sound(run[at : at + size])
            if len(read) >= MIN_READ_SOUNDS:
                yield read


_KNOWN_FORMS = 1 << 17
"""Words of one language remembered with their forms, some 200 bytes each; beyond, they are forgotten together."""


class _KnownForms:
    """The forms of words of one language met before, by the word's number."""

    def __init__(self, language: str | None) -> None:
        self._language = language
        self._forms: dict[int, Form | None] = {}
        self.heads: dict[int, int] = {}
        """What words are looked up by, of those asked for before; 0 for a word that is no anchor."""

    def form(self, body: Body, word: int, number: int) -> Form | None:
        """Give the form of a body's word; ``None`` for a word that is no anchor."""
        if number in self._forms:
            return self._forms[number]
        if len(self._forms) >= _KNOWN_FORMS:
            self._forms.clear()
        form = self._forms[number] = _form_of(body.place(word, word + 1).of(body.text), self._language)
        return form

    def head(self, body: Body, word: int, number: int) -> int:
        """Give what a body's word is looked up by; 0 for a word that is no anchor."""
        if len(self.heads) >= _KNOWN_FORMS:
            self.heads.clear()
        head = self.heads[number] = _head(self.form(body, word, number))
        return head


@lru_cache(maxsize=16)
def _known_forms(language: str | None) -> _KnownForms:
    return _KnownForms(language)


def _form_of(written: str, language: str | None) -> Form | None:
    norm = fold(_without_article(written))
    if len(norm) < MIN_SOUNDS - 1 or any(sign.isdecimal() for sign in norm):
        return None
    if len(norm) >= MIN_MONTH_LETTERS and norm in calendar().months:
        month = calendar().month(norm, language)
        if month is not None:
            return Form(MONTH_WEIGHT, exact=f"month {month}")
    weight = term_weight(norm, language)
    return _word_form(norm, weight) if weight >= MIN_WORD_WEIGHT else None


def _without_article(written: str) -> str:
    head, mark, rest = written.replace("’", "'").partition("'")
    return rest if mark and len(head) <= ELIDED_LETTERS < len(rest) else written


def _word_form(word: str, weight: float) -> Form | None:
    sounds = sound(word)
    bones = consonants(sounds)
    vowels = not reads_consonants(word)
    return Form(weight, "", sounds, bones, vowels) if len(sounds if vowels else bones) >= MIN_SOUNDS else None


def figure_features(body: Body) -> Hashes:
    """Give the numbers of two digits and more by which articles in other languages are looked up, ascending."""
    digits = {figure.digits for block in body.blocks for figure in figures(body.text, block)}
    return distinct(hash_terms([f"figure {one}" for one in sorted(digits) if len(one) > 1]))


def sound_features(body: Body) -> Hashes:
    """Give the words, by their first sounds, by which articles in other languages are looked up, ascending."""
    known = _known_forms(body.language)
    numbers = distinct(body.hashes)
    heads = list(map(known.heads.get, numbers.tolist()))
    for at, head in enumerate(heads):
        if head is None:
            word = int(np.argmax(body.hashes == numbers[at]))
            heads[at] = known.head(body, word, int(numbers[at]))
    if not body.text.isascii():
        heads.extend(_head(_word_form(word, KATAKANA_WEIGHT)) for word in _in_katakana(body))
    return distinct(np.array([head for head in heads if head], dtype=np.uint64))


def _in_katakana(body: Body) -> Iterator[str]:
    for block in body.blocks:
        yield from (run[0] for run in KATAKANA.finditer(body.text, block.start, block.end))


def _head(form: Form | None) -> int:
    """Number the first sounds of a word; 0 for what has none."""
    return hash_term(f"sound {form.sounds[:HEAD_SOUNDS]}") if form is not None and form.sounds else 0
