"""Counting the letters, words and digits of a line without looking at each in Python."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Letters", "count_letters"]

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_WESTERN = "cp1252"
"""An encoding of one byte a sign that holds the letters of Western Europe and the quotation marks of print."""
_LOWER, _OTHER_LETTER, _APART = b"a", b"A", b" "


class Letters(NamedTuple):
    """What a line holds. A word is a run of letters; ``lower`` counts those that begin in lower case."""

    letters: int
    words: int
    lower: int
    digits: int


def count_letters(text: str) -> Letters:
    """Count; in a text of Western letters by whole tables, in others word by word."""
    try:
        signs = text.encode("ascii" if text.isascii() else _WESTERN)
    except UnicodeEncodeError:
        return _counted(text)
    kinds = _APART + signs.translate(_KINDS)
    lower = kinds.count(_APART + _LOWER)
    return Letters(
        letters=len(kinds) - kinds.count(_APART),
        words=lower + kinds.count(_APART + _OTHER_LETTER),
        lower=lower,
        digits=len(signs) - len(signs.translate(None, b"0123456789")),
    )


def _counted(text: str) -> Letters:
    words = _WORD.findall(text)
    return Letters(
        letters=sum(map(len, words)),
        words=len(words),
        lower=sum(word[0].islower() for word in words),
        digits=len(_DIGIT.findall(text)),
    )


def _kind(sign: str) -> bytes:
    if _WORD.match(sign) is None:
        return _APART
    return _LOWER if sign.islower() else _OTHER_LETTER


_KINDS = b"".join(_kind(bytes([code]).decode(_WESTERN, "replace")) for code in range(256))
