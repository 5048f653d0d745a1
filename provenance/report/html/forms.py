"""Whether a word is a form of a name: with an ending, or with a prefix written onto it, as languages have them."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

import regex

__all__ = ["TO_THE", "is_form_of", "with_article"]

_LONGEST_ENDING: Final = 3
"""Letters of an ending: Finnish ``-ssa``, Turkish ``-nın``, Russian ``-ами``, Korean ``-에서는``."""

_SHORTEST_STEM: Final = 4
"""Letters a name of several words, or of a script with endings, must share with its form."""

_SHORTEST_ALONE: Final = 6
"""Letters from which a single name of Latin letters is known with an ending: "Reutersin", but not "Timely"."""

_ACRONYM_WITH_ENDING: Final = regex.compile(r"(\p{Lu}{2,})\p{Ll}{1,4}")
_LATIN: Final = regex.compile(r"\p{Latin}")
_HANGUL: Final = regex.compile(r"\p{Hangul}")
_PREFIXING: Final = regex.compile(r"[\p{Arabic}\p{Hebrew}]")
_PREFIX: Final = regex.compile(r"[وفبلكال]{1,3}|[והבלמשכ]{1,3}")
"""Arabic and Hebrew conjunctions, prepositions and articles."""


TO_THE: Final = "لل"
"""Arabic "to the": the article of the word behind it has lost its first letter."""


def with_article(word: str) -> str:
    """Give the Arabic word behind "to the" its article back."""
    return word.replace(TO_THE, "ال", 1)


def is_form_of(name: str, word: str, written: str, *, sole: bool) -> bool:
    """Say whether a word that is not a word of a name may be a form of it.

    Args:
        name: a word of a name, folded.
        word: a word of a text, folded.
        written: the same as it is written.
        sole: whether the name has no other word, so that nothing else confirms it.
    """
    if _PREFIXING.match(name):
        if word.startswith(TO_THE) and with_article(word) == name:
            return True
        prefix = word.removesuffix(name)
        return len(name) >= _SHORTEST_STEM and prefix != word and _PREFIX.fullmatch(prefix) is not None
    if _HANGUL.match(name):
        return word.startswith(name) and len(word) - len(name) <= _LONGEST_ENDING
    if _LATIN.match(name) and sole:
        return _with_ending(name, word, written)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, word, strict=False)))
    return shared >= max(_SHORTEST_STEM, len(name) - 2) and abs(len(word) - len(name)) <= _LONGEST_ENDING


def _with_ending(name: str, word: str, written: str) -> bool:
    acronym = _ACRONYM_WITH_ENDING.fullmatch(written)
    if acronym and len(acronym[1]) == len(name):
        return word.startswith(name)
    return len(name) >= _SHORTEST_ALONE and word.startswith(name) and len(word) - len(name) <= _LONGEST_ENDING
