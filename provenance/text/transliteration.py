"""Words of any script by their sound: names and borrowed words are alike in many languages, however they are written.

A word is written in Latin letters by ``anyascii`` and then reduced to how it is likely to sound: spellings that
languages use for one sound become one ("Tschechow", "Chekhov", "Чехов"). That is far from phonetics, and need not be
more: what is compared are two texts with hundreds of words, not two words.
"""

from __future__ import annotations

from functools import lru_cache

import regex
from anyascii import anyascii

__all__ = ["HAN", "KATAKANA", "consonants", "latin_length", "reads_consonants", "sound"]

HAN = regex.compile(r"\p{Han}+")
"""Runs of Chinese characters, which are read by syllables (as in Mandarin, whatever the language)."""

KATAKANA = regex.compile(r"[\p{Katakana}ー]+")
"""Japanese words that are foreign names and borrowed words; a dot between the parts of a name parts them."""

_CONSONANTAL = regex.compile(
    r"[\p{Katakana}\p{Hiragana}\p{Hangul}\p{Arabic}\p{Hebrew}\p{Thai}\p{Devanagari}\p{Bengali}]"
)

_SPELLINGS = (
    ("shch", "s"), ("tsch", "s"), ("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("ph", "f"),
    ("th", "t"), ("kh", "h"), ("ts", "s"), ("tz", "s"), ("ck", "k"), ("qu", "kv"), ("x", "ks"), ("w", "v"), ("y", "i"),
    ("j", "i"), ("c", "k"), ("q", "k"), ("z", "s"), ("h", ""),
)  # fmt: skip
"""Spellings of one sound, in the order they are replaced in."""

_ONE_SOUND = str.maketrans(
    {"l": "r", "v": "b", "f": "b", "p": "b", "g": "k", "d": "t", "m": "n"} | dict.fromkeys("aeiou")
)
"""Consonants that a script which lacks one writes as another; vowels are left out."""

_REPEATED = regex.compile(r"(.)\1+")
_NO_LETTER = regex.compile(r"[^a-z]+")

LONGEST = 64
"""Code points of a word that are looked at; a longer one is no name."""


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """Write a word in ASCII letters by its sound; empty for one that has no letter."""
    spelt = _NO_LETTER.sub("", anyascii(word[:LONGEST]).lower())
    for written, sounds in _SPELLINGS:
        spelt = spelt.replace(written, sounds)
    return _REPEATED.sub(r"\1", spelt)


@lru_cache(maxsize=1 << 16)
def consonants(sounds: str) -> str:
    """Reduce what :func:`sound` gives to consonants, those that scripts confuse taken as one."""
    return _REPEATED.sub(r"\1", sounds.translate(_ONE_SOUND))


def reads_consonants(word: str) -> bool:
    """Say whether a word's script writes foreign vowels freely or not at all, so that only consonants compare."""
    return _CONSONANTAL.search(word) is not None


def latin_length(text: str) -> int:
    """Count the letters and digits of a text as it would be written in Latin script.

    Lengths in different scripts so become comparable: a sentence and its translation differ by a tenth or two.
    """
    return sum(map(_LENGTHS.__getitem__, text))


class _Lengths(dict[str, int]):
    """Letters and digits that each character makes in Latin script, as far as asked for."""

    def __missing__(self, character: str) -> int:
        length = self[character] = sum(map(str.isalnum, anyascii(character)))
        return length


_LENGTHS = _Lengths()
