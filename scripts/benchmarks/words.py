"""An invented language with the statistics of news: Zipf's law, stock phrases, names, numbers.

Its commonest words are English ones, so that a program takes it for English and treats it accordingly; all others are
made of syllables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "Form", "Lexicon", "Numbers", "Words", "lexicon"]

Words = npt.NDArray[np.int32]
"""Words by their number in the lexicon."""
Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

COMMON_WORDS = 60_000
GIVEN_NAMES = 4_000
FAMILY_NAMES = 16_000
FIGURES = 800  # different numbers, as digits
PHRASES = 4_000
_ZIPF = (2.7, 1.05)  # Mandelbrot's shift and exponent: the hundred commonest words are half of the text, as in English
_PHRASE_ZIPF = (5.0, 0.9)
_PHRASE_WORDS = (2, 9)  # half-open
_SEED = 20_211  # of the language itself: the same whatever corpus is written in it

_ENGLISH = (  # noqa: SIM905  a list of a hundred strings would be unreadable
    "the of and to in a is that for it was on with as be at by he from his have are this not but had which they an or "
    "were their has been will would who more its about than when also one after there other all if so what no said she "
    "into some could them only first two her him our out up over new then may such most under where before now very "
    "between because through while against during people year years time last government country week says told made "
    "many city state public million world since three until still both each per cent next again near within among"
).split()

_ONSETS = (*"bcdfghjklmnprstvz", "br", "cr", "dr", "fl", "gr", "pl", "st", "tr", "sh", "th", "")
_VOWELS = (*"aeiouaeiou", "ea", "ou", "ai")
_CODAS = (*"nrsltmd", "nd", "st", "ng", "", "", "", "", "", "")


class Form(IntEnum):
    """How a word is written at its place in a sentence."""

    PLAIN = 0
    COMMA = 1
    FIRST = 2
    LAST = 3
    ASKED = 4
    QUOTE_FIRST = 5
    QUOTE_LAST = 6


_WRITTEN = ("{}", "{},", "{}", "{}.", "{}?", "“{}", "{}.”")
_CAPITAL = frozenset({Form.FIRST, Form.QUOTE_FIRST})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything a text is made from.

    ``spellings`` holds every word in every form at ``word * len(Form) + form``; common words come first, by frequency,
    then given names, family names, numbers.
    """

    spellings: npt.NDArray[np.object_]
    frequencies: Floats
    """Cumulative share of each common word, ascending to 1."""
    phrase_words: Words
    phrase_starts: Numbers
    phrase_frequencies: Floats

    def common(self, chances: Floats) -> Words:
        """Draw common words: each chance in [0, 1) is a place in the cumulative frequencies, 0 the commonest."""
        return np.searchsorted(self.frequencies, chances).astype(np.int32)

    def spell(self, words: Words, forms: npt.NDArray[np.uint8]) -> list[str]:
        """Write words in their forms."""
        spelled: list[str] = self.spellings[words * np.int32(len(Form)) + forms].tolist()
        return spelled


GIVEN_NAME = COMMON_WORDS  # number of the first given name, and so on
FAMILY_NAME = GIVEN_NAME + GIVEN_NAMES
FIGURE = FAMILY_NAME + FAMILY_NAMES


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Make the language; the same on every machine and in every process."""
    chance = np.random.default_rng(_SEED)
    names = GIVEN_NAMES + FAMILY_NAMES
    invented = _invented(chance, COMMON_WORDS + names)
    common, named = invented[: COMMON_WORDS - len(_ENGLISH)], invented[COMMON_WORDS:]
    # Common words are short. A little chance keeps length from being rank itself.
    order = np.argsort([len(word) for word in common] + chance.normal(0.0, 2.0, len(common)), kind="stable")
    words = _ENGLISH + [common[at] for at in order] + [name.capitalize() for name in named]
    words += [str(figure) for figure in chance.integers(2, 3_000, FIGURES)]
    frequencies = _cumulative(COMMON_WORDS, *_ZIPF)
    lengths = chance.integers(*_PHRASE_WORDS, PHRASES)
    return Lexicon(
        spellings=np.array([spelling for word in words for spelling in _forms(word)], dtype=object),
        frequencies=frequencies,
        phrase_words=np.searchsorted(frequencies, chance.random(int(lengths.sum()))).astype(np.int32),
        phrase_starts=np.r_[0, np.cumsum(lengths)],
        phrase_frequencies=_cumulative(PHRASES, *_PHRASE_ZIPF),
    )


def _cumulative(count: int, shift: float, exponent: float) -> Floats:
    weights = 1.0 / (np.arange(count) + shift) ** exponent
    summed: Floats = np.cumsum(weights / weights.sum())
    return summed


def _invented(chance: np.random.Generator, count: int) -> list[str]:
    """Invent different words of one to four syllables, in order of invention."""
    found: dict[str, None] = {}
    while len(found) < count + len(_ENGLISH):
        syllables = chance.choice(4, size=count, p=(0.06, 0.44, 0.38, 0.12)) + 1
        parts = [chance.integers(0, len(kind), int(syllables.sum())) for kind in (_ONSETS, _VOWELS, _CODAS)]
        spelled = [_ONSETS[a] + _VOWELS[b] + _CODAS[c] for a, b, c in zip(*map(np.ndarray.tolist, parts), strict=True)]
        ends = np.cumsum(syllables).tolist()
        words = ("".join(spelled[start:end]) for start, end in zip([0, *ends], ends, strict=False))
        found.update((word, None) for word in words if len(word) > 1)
    return [word for word in found if word not in _ENGLISH][:count]


def _forms(word: str) -> Iterator[str]:
    for form, written in zip(Form, _WRITTEN, strict=True):
        yield written.format(word[:1].upper() + word[1:] if form in _CAPITAL else word)
