"""Words of any script, with their places and a normal form to compare them by.

A word is a run of letters, marks and digits, joined across an apostrophe or hyphen-like sign only where that sign
stands between two letters. Scripts written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) give one token a
character: runs of five such tokens are as telling as five words for our purpose, and no dictionary is needed.

Words are those a reader sees (:mod:`provenance.text.view`): hidden characters part none, and letters of another script
that pass for a word's own are its own. The normal form folds what else a repost changes without changing the text:
case, diacritics, full-width forms, typographic apostrophes, the digits of a script, Arabic vowel signs, elongation, the
seats of hamza, and letters of the Arabic script that keyboards of other languages write with another code point.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

from provenance.model import Span
from provenance.text.view import View, view_of

__all__ = ["DROPPED", "LONGEST_WORD", "SAME_LETTER", "UNSPACED", "Word", "fold", "words"]

UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"

_WORD = regex.compile(
    rf"[{UNSPACED}]\p{{M}}*"
    rf"|[[\p{{L}}\p{{M}}\p{{N}}]--[{UNSPACED}]]+(?:['’ʼ][[\p{{L}}\p{{M}}\p{{N}}]--[{UNSPACED}]]+)*",
    flags=regex.VERSION1,
)

_UNSPACED = regex.compile(rf"[{UNSPACED}]")

DROPPED = regex.compile(
    r"[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
    r"'\u2019\u02bc\u00ad\u200b-\u200f\u202a-\u202e\u2060]"
)
"""Combining diacritics, Arabic vowel signs, hamza, madda and elongation, Quranic marks, apostrophes, soft hyphens and
invisible controls. Taken from a decomposed word: a letter that carries a hamza or madda is then its plain seat, as
search engines have it for Arabic (Larkey, Ballesteros and Connell 2002), for writers leave them out at will."""

_ARABIC_LETTERS = {
    "\u0649": "\u064a",  # alef maksura, and the yeh of Persian, Urdu, Pashto and Sindhi
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",  # keheh, the kaf of the same languages
    "\u06c1": "\u0647",  # heh goal, the heh of Urdu; with a hamza it is decomposed to this
    "\u06c3": "\u0647",  # teh marbuta of Urdu, and that of Arabic, which both are often written as heh
    "\u0629": "\u0647",
}
"""Letters of one sound and shape that the languages of the Arabic script encode differently (Unicode Standard, 9.2),
so that one text comes with either, depending on the keyboard. Letters that part words of one language, such as the two
hehs and the two yehs at the end of an Urdu word, stay apart."""

_ZEROS = "٠۰߀०০੦૦୦௦౦೦൦༠᠐᱐"
"""The zeros of scripts that part words by spaces; the other nine digits follow each (Unicode, general category Nd)."""

_DIGITS = {chr(ord(zero) + value): str(value) for zero in _ZEROS for value in range(10)}

SAME_LETTER = str.maketrans(_ARABIC_LETTERS | _DIGITS)
"""What :data:`DROPPED` leaves, letter by letter, to the letter it is compared as."""


class Word(NamedTuple):
    """One word: its normal form and where it stands."""

    norm: str
    start: int
    end: int


def words(text: str, span: Span | None = None) -> list[Word]:
    """List the words of ``text`` (or of one place in it) in order; offsets are into the whole ``text``."""
    view = view_of(text)
    place = view.within(span) if span is not None else Span(0, len(view.text))
    found = _WORD.finditer(view.text, place.start, place.end)
    if view.is_aligned:
        return [Word(fold(match[0]), *match.span()) for match in found]
    return [Word(fold(match[0]), *_place(view, *match.span())) for match in found]


def _place(view: View, start: int, end: int) -> tuple[int, int]:
    """Lead a word back; one of a script without spaces goes on to the next, as nothing seen stands between them."""
    place = view.place(start, end)
    if _UNSPACED.match(view.text, start) and _UNSPACED.match(view.text, end):
        return place.start, view.place(end, end + 1).start
    return place.start, place.end


LONGEST_WORD = 1000
"""Code points; decomposing a longer run of letters and marks may take squared time, and it is no word."""


@lru_cache(maxsize=1 << 16)
def fold(token: str) -> str:
    """Give the normal form of one word; never empty for a word that has a letter or digit.

    "Naïve", "NAÏVE" and "naive" give one form; so do "Kim’s" and "Kims", full-width "Ｋｉｍ" and "kim", "٢٠١٤" and
    "2014".
    """
    if token.isascii():
        return token.lower().replace("'", "")
    if len(token) > LONGEST_WORD:
        return token.casefold()
    decomposed = unicodedata.normalize("NFKD", token.casefold())
    return unicodedata.normalize("NFC", DROPPED.sub("", decomposed).translate(SAME_LETTER)) or token
