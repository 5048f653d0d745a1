"""What Unicode says of code points, as tables, and the numbers words are made of: the ground of :mod:`.tokens`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
import numpy.typing as npt
import regex

from provenance.text.shingles import Hashes, mixed
from provenance.text.view import NOT_LATIN
from provenance.text.words import DROPPED, SAME_LETTER, UNSPACED

__all__ = [
    "APOSTROPHE",
    "KIND",
    "LETTER",
    "MARK",
    "ODD",
    "OTHER_VIEW",
    "PLAIN",
    "UNSPACED_LETTER",
    "UNSPACED_MARK",
    "Points",
    "Tables",
    "polynomial",
    "powers_held",
    "tables_held",
]

Points = npt.NDArray[np.intp]

_CODE_POINTS = 0x110000
_PAGE_BITS = 10  # filling a page takes 4 ms, looking for unknown pages in a text 0.02 ms
_PAGE = 1 << _PAGE_BITS

_BASE = 0x9E3779B97F4A7C15
"""Base of the polynomial of a word's letters: 2**64 / golden ratio, odd, so that it has an inverse modulo 2**64."""
_INVERSE = pow(_BASE, -1, 1 << 64)

# Marks of code points, beside what they are to a word.
UNKNOWN = 0x40
"""Nothing is known of it yet."""
OTHER_VIEW = 0x20
"""A text with it may not be its own view."""
ODD = 0x10
"""Its normal form is not one letter, or a mark that may change places."""
KIND = 0x0F

# What a code point may be to a word; the bits of all code points of a text together tell whether it has more than the
# first two.
LETTER, APOSTROPHE, MARK, UNSPACED_LETTER, UNSPACED_MARK = 1, 2, 4, 8, 12
PLAIN = LETTER | APOSTROPHE

_KINDS = (
    (LETTER, regex.compile(rf"[[\p{{L}}\p{{N}}]--[{UNSPACED}]]", regex.VERSION1)),
    (MARK, regex.compile(rf"[\p{{M}}--[{UNSPACED}]]", regex.VERSION1)),
    (UNSPACED_LETTER, regex.compile(rf"[[{UNSPACED}]--\p{{M}}]", regex.VERSION1)),
    (UNSPACED_MARK, regex.compile(rf"[[{UNSPACED}]&&\p{{M}}]", regex.VERSION1)),
    (APOSTROPHE, regex.compile("['’]")),
)


class Tables:
    """What Unicode says of every code point met so far, by code point."""

    def __init__(self) -> None:
        self._filling = Lock()  # texts are taken apart by several threads at once
        self.kinds = np.full(_CODE_POINTS, UNKNOWN, dtype=np.uint8)
        # Zeros cost no memory before they are written to.
        self.lengths = np.ones(_CODE_POINTS, dtype=np.int8)
        """Code points of the normal form: 0 for what is dropped, 2 or more for a ligature."""
        self.reordered = np.zeros(_CODE_POINTS, dtype=np.bool_)
        """Marks that normalisation may put in another order."""
        self.values = np.zeros(_CODE_POINTS, dtype=np.uint64)
        """The normal form as a polynomial of its own."""

    def of(self, points: Points) -> npt.NDArray[np.uint8]:
        """Give kinds and marks of some code points; pages that were not needed before are filled in."""
        kinds: npt.NDArray[np.uint8] = self.kinds.take(points)
        if kinds.max() < UNKNOWN:
            return kinds
        with self._filling:
            for page in np.unique(points[kinds >= UNKNOWN] >> _PAGE_BITS).tolist():
                if self.kinds[page * _PAGE] >= UNKNOWN:  # still, now that nobody else is at it
                    self._fill(page * _PAGE)
        return self.kinds.take(points)

    def _fill(self, first: int) -> None:
        page = "".join(map(chr, range(first, first + _PAGE)))
        kinds = np.zeros(_PAGE, dtype=np.uint8)
        for kind, pattern in _KINDS:
            for match in pattern.finditer(page):
                kinds[match.start()] = kind
        points = first + np.flatnonzero(kinds)
        for sign in NOT_LATIN.finditer(page):
            kinds[sign.start()] |= OTHER_VIEW
        folded = [_folded(chr(point)) for point in points.tolist()]
        self.lengths[points] = list(map(len, folded))
        self.values[points] = _letter_values([form[:1] or "\0" for form in folded])
        for point, form in zip(points.tolist(), folded, strict=True):
            if len(form) != 1:
                self.values[point] = polynomial(form)
            if form and any(map(unicodedata.combining, form)):
                self.reordered[point] = True
        odd = (self.lengths[first : first + _PAGE] != 1) | self.reordered[first : first + _PAGE]
        # Last, and at once: another thread takes what is not unknown for known.
        self.kinds[first : first + _PAGE] = kinds | np.where(odd, np.uint8(ODD), np.uint8(0))


_STARTING = Lock()
"""Held while the tables or powers of this process are made: two threads that ask first must get the same."""


def tables_held() -> Tables:
    """Give the tables of this process."""
    with _STARTING:
        return _tables()


@lru_cache(maxsize=1)
def _tables() -> Tables:
    return Tables()


def _folded(text: str) -> str:
    """Give what :func:`provenance.text.words.fold` compares by, before it is composed again."""
    return DROPPED.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(SAME_LETTER)


def _letter_values(letters: Sequence[str]) -> Hashes:
    return mixed(np.array([ord(letter) + 1 for letter in letters], dtype=np.uint64))


def polynomial(letters: str) -> int:
    """Number some letters: their values times the powers of the base, before the bits are spread."""
    values = _letter_values(letters)
    return int((values * _powers(_BASE, len(values))).sum(dtype=np.uint64)) if len(values) else 0


class Powers:
    """Powers of the base and of its inverse, as many as the longest text so far needed."""

    def __init__(self) -> None:
        self.up: Hashes = np.ones(1, dtype=np.uint64)
        self.down: Hashes = np.ones(1, dtype=np.uint64)
        self._growing = Lock()  # texts are taken apart by several threads at once

    def reach(self, count: int) -> None:
        with self._growing:
            if len(self.up) < count:
                self.up = _powers(_BASE, count)
                self.down = _powers(_INVERSE, count)


def _powers(base: int, count: int) -> Hashes:
    factors = np.full(count, base, dtype=np.uint64)
    factors[:1] = 1
    return np.multiply.accumulate(factors)


def powers_held() -> Powers:
    """Give the powers of this process, as many as were asked for so far."""
    with _STARTING:
        return _powers_held()


@lru_cache(maxsize=1)
def _powers_held() -> Powers:
    return Powers()
