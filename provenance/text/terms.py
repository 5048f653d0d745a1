"""The terms of a sentence that are evidence of what it says: rare stems, names and numbers, each with a weight.

A word weighs what it tells: nothing for the grammar words of its language, most for words a reader seldom meets.
Frequencies are Zipf values (van Heuven et al. 2014: log10 of occurrences per billion words) from ``wordfreq``; stems
come from the Snowball stemmers. Both know only some languages: elsewhere a word stands for itself and its length
stands in for its rarity (Zipf's law of abbreviation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

from provenance.text.words import UNSPACED, Word

__all__ = ["MIN_WEIGHT", "sentence_terms", "stem", "term_weight", "zipf"]

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

JOINER = "\u200c"
"""The zero-width non-joiner, as word lists have it."""

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
    import snowballstemmer  # noqa: PLC0415  (loaded for the languages at hand only)

    stemmer: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stemmer


@lru_cache(maxsize=1 << 17)
def stem(norm: str, language: str | None) -> str:
    """Give the stem of a normalised word; the word itself where the language has no stemmer."""
    stemmer = _stemmer(language or "")
    return stemmer(norm) if stemmer else norm


@lru_cache(maxsize=8)
def _frequencies(language: str) -> dict[str, float] | None:
    import wordfreq  # noqa: PLC0415  (its lists take a tenth of a second to load)

    if language not in wordfreq.available_languages("small"):
        return None
    frequencies: dict[str, float] = wordfreq.get_frequency_dict(language, wordlist="small")
    # Words are compared without the joiners Persian writes inside them.
    joined = {word.replace(JOINER, ""): often for word, often in frequencies.items() if JOINER in word}
    return joined | frequencies if joined else frequencies


@lru_cache(maxsize=1 << 17)
def zipf(norm: str, language: str | None) -> float:
    """Estimate how common a word is, as a Zipf value in [0, 8]; 0.0 for a word its language's list does not know."""
    import math  # noqa: PLC0415

    frequencies = _frequencies(language) if language else None
    if frequencies is None:
        return max(0.0, 7.0 - 0.7 * len(norm))
    frequency = frequencies.get(norm, 0.0)
    return max(0.0, math.log10(frequency) + 9.0) if frequency > 0.0 else 0.0


@lru_cache(maxsize=1 << 17)
def term_weight(norm: str, language: str | None) -> float:
    """Weigh a word by what it tells, in Zipf steps, in [0, COMMON_ZIPF - RAREST_ZIPF]."""
    if norm.isdecimal():
        return NUMBER_WEIGHT if len(norm) > 1 else NUMBER_WEIGHT / 3
    return max(0.0, COMMON_ZIPF - max(zipf(norm, language), RAREST_ZIPF))


def sentence_terms(sentence: Sequence[Word], language: str | None) -> dict[str, float]:
    """Collect the telling terms of one sentence with their weights; a term counts once.

    In scripts without spaces the terms are pairs of neighbouring characters.
    """
    terms: dict[str, float] = {}
    for index, word in enumerate(sentence):
        if _UNSPACED.match(word.norm):
            following = sentence[index + 1] if index + 1 < len(sentence) else None
            if following is not None and following.start == word.end and _UNSPACED.match(following.norm):
                terms[word.norm + following.norm] = PAIR_WEIGHT
            continue
        weight = term_weight(word.norm, language)
        if weight >= MIN_WEIGHT:
            terms[stem(word.norm, language)] = weight
    return terms
