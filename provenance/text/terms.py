"""The terms of a text that are evidence of what it says: rare stems, names and numbers, each with a weight.

A word weighs what it tells: nothing for the grammar words of its language, most for words a reader seldom meets.
Frequencies are Zipf values (van Heuven et al. 2014: log10 of occurrences per billion words) from ``wordfreq``; stems
come from the Snowball stemmers. Both know only some languages: elsewhere a word stands for itself and its length
stands in for its rarity (Zipf's law of abbreviation).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import regex

from provenance.text.frequencies import word_frequencies
from provenance.text.shingles import Hashes, hash_term, shingles
from provenance.text.words import UNSPACED, fold

__all__ = ["MIN_WEIGHT", "WordTerms", "stem", "term_weight", "word_terms", "zipf"]

COMMON_ZIPF = 5.6
"""Zipf value from which a word weighs nothing: the few dozen grammar words and the commonest verbs of a language."""

RAREST_ZIPF = 2.0
"""Zipf value below which a word gains no more weight: rarer counts are noise in every list."""

NUMBER_WEIGHT = 2.5
"""Weight of a number of two digits or more, in Zipf steps; a single digit weighs a third of it."""

PAIR_WEIGHT = 1.5
"""Weight of two neighbouring characters in a script without spaces, in Zipf steps."""

MIN_WEIGHT = 0.2
"""Terms that weigh less than this are left out."""

_UNSPACED = regex.compile(rf"[{UNSPACED}]")

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str] | None:
    name = _SNOWBALL.get(language)
    if name is None:
        return None
    import Stemmer  # noqa: PLC0415  (loaded for the languages at hand only)

    stemmer: Callable[[str], str] = Stemmer.Stemmer(name).stemWord
    return stemmer


@lru_cache(maxsize=1 << 15)
def stem(norm: str, language: str | None) -> str:
    """Give the stem of a normalised word; the word itself where the language has no stemmer."""
    stemmer = _stemmer(language or "")
    return stemmer(norm) if stemmer else norm


_LISTED_AS = {"no": "nb", "nn": "nb", "hr": "sh", "bs": "sh", "tl": "fil"}
"""Languages whose words stand in another one's list. That of Serbo-Croatian has Latin letters only: not for Serbian."""


@lru_cache(maxsize=8)
def _frequencies(language: str) -> dict[str, float] | None:
    frequencies = word_frequencies(_LISTED_AS.get(language, language))
    if frequencies is None:
        return None
    # A list has words as they are written, accents, apostrophes and joiners included; several may have one normal form.
    found: dict[str, float] = {}
    for word, often in frequencies.items():
        form = word if word.isascii() and "'" not in word else fold.__wrapped__(word)
        found[form] = found.get(form, 0.0) + often
    return found


@lru_cache(maxsize=1 << 13)
def zipf(norm: str, language: str | None) -> float:
    """Estimate how common a word is, as a Zipf value in [0, 8]; 0.0 for a word its language's list does not know."""
    import math  # noqa: PLC0415

    frequencies = _frequencies(language) if language else None
    if frequencies is None:
        return max(0.0, 7.0 - 0.7 * len(norm))
    frequency = frequencies.get(norm, 0.0)
    return max(0.0, math.log10(frequency) + 9.0) if frequency > 0.0 else 0.0


@lru_cache(maxsize=1 << 15)
def term_weight(norm: str, language: str | None) -> float:
    """Weigh a word by what it tells, in Zipf steps, in [0, COMMON_ZIPF - RAREST_ZIPF]."""
    if norm.isdecimal():
        return NUMBER_WEIGHT if len(norm) > 1 else NUMBER_WEIGHT / 3
    return max(0.0, COMMON_ZIPF - max(zipf(norm, language), RAREST_ZIPF))


@dataclass(frozen=True, slots=True)
class WordTerms:
    """The term each word of a text stands for: its number and its weight in Zipf steps, both of shape (words,).

    A weight of 0.0 says that the word tells nothing; its number means nothing then. In scripts without spaces a word's
    term is the pair it makes with the character behind it.
    """

    numbers: Hashes
    weights: npt.NDArray[np.float64]


def word_terms(tokens: Hashes, follows: npt.NDArray[np.bool_], form: FormOf, language: str | None) -> WordTerms:
    """Give the term of every word of a text.

    Args:
        tokens: the words' numbers, shape (words,); see :mod:`provenance.text.tokens`.
        follows: whether a word begins where the one before it ends, shape (words,).
        form: gives the normal form of a word by its place in ``tokens``; asked once for each word not met before.
        language: ISO 639-1 code; ``None`` and unknown ones have neither stems nor frequencies.
    """
    distinct, first, inverse = np.unique(tokens, return_index=True, return_inverse=True)
    known = _known_terms(language)
    listed = distinct.tolist()
    entries = list(map(known.get, listed))
    for at, entry in enumerate(entries):
        if entry is None:
            entries[at] = known[listed[at]] = _term_of(form(int(first[at])), language)
    told = [entry for entry in entries if entry is not None]
    numbers = np.array([number for number, _ in told], dtype=np.uint64)[inverse]
    weights = np.array([weight for _, weight in told], dtype=np.float64)[inverse]
    return _with_pairs(WordTerms(numbers, weights), tokens, follows)


FormOf = Callable[[int], str]
_IN_PAIRS = -1.0
"""Marks characters of a script without spaces, which tell something in pairs only."""

_KNOWN_TERMS = 1 << 17
"""Words of one language remembered with their terms, some 250 bytes each; beyond, they are forgotten together."""


class _Known(dict[int, tuple[int, float]]):
    def __setitem__(self, number: int, entry: tuple[int, float]) -> None:
        if len(self) >= _KNOWN_TERMS:
            self.clear()
        super().__setitem__(number, entry)


@lru_cache(maxsize=8)
def _known_terms(language: str | None) -> _Known:  # noqa: ARG001  one for each language
    return _Known()


def _term_of(norm: str, language: str | None) -> tuple[int, float]:
    if _UNSPACED.match(norm):
        return 0, _IN_PAIRS
    weight = term_weight(norm, language)
    return (hash_term(stem(norm, language)), weight) if weight >= MIN_WEIGHT else (0, 0.0)


def _with_pairs(terms: WordTerms, tokens: Hashes, follows: npt.NDArray[np.bool_]) -> WordTerms:
    """Give every character of a script without spaces the term it makes with the one behind it."""
    single = terms.weights == _IN_PAIRS
    if not single.any():
        return terms
    terms.weights[single] = 0.0
    first = np.flatnonzero(single[:-1] & single[1:] & follows[1:])
    terms.numbers[first] = shingles(tokens, 2)[first]
    terms.weights[first] = PAIR_WEIGHT
    return terms
