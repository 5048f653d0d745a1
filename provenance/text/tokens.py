"""The words of many texts at once, as arrays: what fingerprints and alignment work on.

The same words, in the same places and with the same normal forms as :mod:`provenance.text.words`, found by array
operations over code points instead of one by one: a corpus has more words than can be objects. Equal numbers stand for
equal normal forms. What Unicode says of a code point is asked once and kept in tables that grow by pages of 4,096.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock

import numpy as np
import numpy.typing as npt
import regex

from provenance.text.shingles import Hashes, mixed
from provenance.text.view import NOT_LATIN, view_of
from provenance.text.words import DROPPED, LONGEST_WORD, SAME_LETTER, UNSPACED, Word, fold, words

__all__ = ["Tokens", "tokenise", "written_words"]

Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Points = npt.NDArray[np.intp]

_CODE_POINTS = 0x110000
_PAGE_BITS = 10  # filling a page takes 4 ms, looking for unknown pages in a text 0.02 ms
_PAGE = 1 << _PAGE_BITS

_BASE = 0x9E3779B97F4A7C15
"""Base of the polynomial of a word's letters: 2**64 / golden ratio, odd, so that it has an inverse modulo 2**64."""
_INVERSE = pow(_BASE, -1, 1 << 64)

# Marks of code points, beside what they are to a word.
_UNKNOWN = 0x40
"""Nothing is known of it yet."""
_OTHER_VIEW = 0x20
"""A text with it may not be its own view."""
_ODD = 0x10
"""Its normal form is not one letter, or a mark that may change places."""
_KIND = 0x0F

STRETCH = 1 << 16
"""Code points numbered at once: half a megabyte of numbers, what a core's cache holds beside their powers."""

MOST_ODD = 0.2
"""Share of a text's words with odd code points above which all are numbered the long way (Korean: all of them)."""

# What a code point may be to a word; the bits of all code points of a text together tell whether it has more than the
# first two.
_LETTER, _APOSTROPHE, _MARK, _UNSPACED, _UNSPACED_MARK = 1, 2, 4, 8, 12
_PLAIN = _LETTER | _APOSTROPHE

_KINDS = (
    (_LETTER, regex.compile(rf"[[\p{{L}}\p{{N}}]--[{UNSPACED}]]", regex.VERSION1)),
    (_MARK, regex.compile(rf"[\p{{M}}--[{UNSPACED}]]", regex.VERSION1)),
    (_UNSPACED, regex.compile(rf"[[{UNSPACED}]--\p{{M}}]", regex.VERSION1)),
    (_UNSPACED_MARK, regex.compile(rf"[[{UNSPACED}]&&\p{{M}}]", regex.VERSION1)),
    (_APOSTROPHE, regex.compile("['’]")),
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of some texts, one text after the other.

    ``hashes``, ``starts`` and ``ends`` have the shape (words,); offsets are code points of the word's own text, half
    open. The words of text ``i`` are ``bounds[i]:bounds[i + 1]``; ``bounds`` has the shape (texts + 1,).
    """

    hashes: Hashes
    starts: Ints
    ends: Ints
    bounds: Ints


class _Tables:
    """What Unicode says of every code point met so far, by code point."""

    def __init__(self) -> None:
        self.kinds = np.full(_CODE_POINTS, _UNKNOWN, dtype=np.uint8)
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
        if kinds.max() < _UNKNOWN:
            return kinds
        for page in np.unique(points[kinds >= _UNKNOWN] >> _PAGE_BITS).tolist():
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
            kinds[sign.start()] |= _OTHER_VIEW
        folded = [_folded(chr(point)) for point in points.tolist()]
        self.lengths[points] = list(map(len, folded))
        self.values[points] = _letter_values([form[:1] or "\0" for form in folded])
        for point, form in zip(points.tolist(), folded, strict=True):
            if len(form) != 1:
                self.values[point] = _polynomial(form)
            if form and any(map(unicodedata.combining, form)):
                self.reordered[point] = True
        odd = (self.lengths[first : first + _PAGE] != 1) | self.reordered[first : first + _PAGE]
        # Last, and at once: another thread takes what is not unknown for known.
        self.kinds[first : first + _PAGE] = kinds | np.where(odd, np.uint8(_ODD), np.uint8(0))


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    return _Tables()


def _folded(text: str) -> str:
    """Give what :func:`provenance.text.words.fold` compares by, before it is composed again."""
    return DROPPED.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(SAME_LETTER)


def _letter_values(letters: Sequence[str]) -> Hashes:
    return mixed(np.array([ord(letter) + 1 for letter in letters], dtype=np.uint64))


def _polynomial(letters: str) -> int:
    values = _letter_values(letters)
    return int((values * _powers(_BASE, len(values))).sum(dtype=np.uint64)) if len(values) else 0


class _Powers:
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


@lru_cache(maxsize=1)
def _held_powers() -> _Powers:
    return _Powers()


def tokenise(texts: Sequence[str]) -> Tokens:
    """Find the words of some texts. Callers with many texts hand them over in batches of some 100,000 code points."""
    whole = "\n".join(texts)
    found = _tokenised(whole, own_view=True)
    if found is not None:
        return _parted(found, texts)
    views = [view_of(text) for text in texts]
    found = _tokenised("\n".join(view.text for view in views))
    if found is None:
        return _one_by_one(texts)
    tokens = _parted(found, [view.text for view in views])
    for number, (view, text) in enumerate(zip(views, texts, strict=True)):
        if not view.is_aligned:
            _lead_back(tokens, number, text)
    return tokens


def _parted(found: tuple[Hashes, Ints, Ints], texts: Sequence[str]) -> Tokens:
    """Part the words of some texts, one after the other with a line break between, by text."""
    hashes, starts, ends = found
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    bounds = np.searchsorted(starts, begins)
    shift = np.repeat(begins[:-1], np.diff(bounds))
    return Tokens(hashes, starts - shift, ends - shift, bounds)


def written_words(text: str) -> list[Word]:
    """List the words of a whole text as :func:`provenance.text.words.words` does, several times as fast."""
    found = _tokenised(text, own_view=True)
    view = view_of(text)
    if found is None and view.is_aligned:
        found = _tokenised(view.text)
    if found is None:
        return words(text)
    _, starts, ends = found
    shown, firsts, lasts = view.text, starts.tolist(), ends.tolist()
    norms = map(fold, [shown[start:end] for start, end in zip(firsts, lasts, strict=True)])
    # Half of the time is the making of objects: past the constructor it is a third of it.
    return list(map(partial(tuple.__new__, Word), zip(norms, firsts, lasts, strict=True)))


def _lead_back(tokens: Tokens, number: int, text: str) -> None:
    """Give the words of a text whose view has other offsets their places in the original."""
    where = slice(int(tokens.bounds[number]), int(tokens.bounds[number + 1]))
    places = words(text)
    if len(places) != where.stop - where.start:  # pragma: no cover  (both split one view by one definition)
        raise ValueError("the words of a text and their places differ in number")
    tokens.starts[where] = [word.start for word in places]
    tokens.ends[where] = [word.end for word in places]


def _one_by_one(texts: Sequence[str]) -> Tokens:
    """Find the words of texts in which marks stand where no letter goes before: too odd for arrays, and rare."""
    listed = [words(text) for text in texts]
    flat = [word for found in listed for word in found]
    return Tokens(
        np.array([_hash_of(word.norm) for word in flat], dtype=np.uint64),
        np.array([word.start for word in flat], dtype=np.int64),
        np.array([word.end for word in flat], dtype=np.int64),
        np.cumsum([0, *map(len, listed)]),
    )


def _hash_of(norm: str) -> int:
    letters = norm if len(norm) > LONGEST_WORD else unicodedata.normalize("NFKD", norm)
    return int(mixed(np.array([_polynomial(letters)], dtype=np.uint64))[0])


def _tokenised(text: str, *, own_view: bool = False) -> tuple[Hashes, Ints, Ints] | None:
    """Give the numbers, starts and ends of the words of a view; ``None`` when arrays cannot tell them.

    With ``own_view`` also ``None`` when the text is not sure to be its own view.
    """
    if not text:
        return np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64)
    points = _code_points(text)
    tables = _tables()
    kinds = tables.of(points)
    marks = int(np.bitwise_or.reduce(kinds))
    if own_view and marks & _OTHER_VIEW:
        return None
    odd_points = np.flatnonzero(kinds & np.uint8(_ODD)) if marks & _ODD else None
    if marks > _KIND:
        kinds &= np.uint8(_KIND)
    places = _plain_places(kinds) if marks & _KIND <= _PLAIN else _places(kinds)
    if places is None:
        return None
    starts, ends = places
    hashes, odd = _hashes_of(points, starts, ends, odd_points)
    for word in odd.tolist():
        hashes[word] = _hash_of(fold(text[starts[word] : ends[word]]))
    return hashes, starts, ends


def _hashes_of(points: Points, starts: Ints, ends: Ints, odd_points: Ints | None) -> tuple[Hashes, Ints]:
    """Number the words, and name those that arrays cannot number.

    Most words of most scripts are numbered letter by letter; those with odd code points, in English the ones with an
    apostrophe, are then done again on their own.
    """
    tables = _tables()
    if odd_points is None or not len(starts):
        return _plain_hashes(points, tables, starts, ends)
    owners = np.searchsorted(starts, odd_points, side="right") - 1
    again = np.unique(owners[(owners >= 0) & (odd_points < ends[owners])])
    if len(again) > MOST_ODD * len(starts):
        return _hashes(points, tables, starts, ends)
    hashes, odd = _plain_hashes(points, tables, starts, ends)
    if not len(again):
        return hashes, odd
    sizes = ends[again] - starts[again]
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    own = points[np.arange(bounds[-1]) + np.repeat(starts[again] - bounds[:-1], sizes)]
    hashes[again], odd_among = _hashes(own, tables, bounds[:-1], bounds[1:])
    return hashes, np.union1d(odd, again[odd_among])


def _code_points(text: str) -> Points:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.intp)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.intp)


def _plain_places(kinds: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Find where words begin and end when there are no marks and all words have spaces between them."""
    inside = np.zeros(len(kinds) + 2, dtype=np.bool_)
    spaced = inside[1:-1]
    np.equal(kinds, _LETTER, out=spaced)
    spaced |= _joining(kinds, spaced)
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


def _places(kinds: npt.NDArray[np.uint8]) -> tuple[Ints, Ints] | None:
    """Find where words begin and end, by the definition of :mod:`provenance.text.words`."""
    base = kinds == _UNSPACED
    spaced = kinds == _LETTER
    attached = None
    marks = (kinds == _MARK) | (kinds == _UNSPACED_MARK)
    if marks.any():
        owner = kinds[np.maximum.accumulate(np.where(marks, 0, np.arange(len(kinds))))]
        if marks[0] or (marks & (owner != _LETTER) & (owner != _UNSPACED)).any():
            return None
        if (marks & (owner == _LETTER) & (kinds == _UNSPACED_MARK)).any():
            return None
        spaced |= marks & (owner == _LETTER)
        attached = marks & (owner == _UNSPACED)
    spaced |= _joining(kinds, spaced)
    begins = spaced.copy()
    begins[1:] &= ~spaced[:-1]
    begins |= base
    inside = spaced | base if attached is None else spaced | base | attached
    closes = inside.copy()
    closes[:-1] &= begins[1:] | ~inside[1:]
    return np.flatnonzero(begins), np.flatnonzero(closes) + 1


def _joining(kinds: npt.NDArray[np.uint8], spaced: Marks) -> Marks:
    """Say which apostrophes stand between two letters of one word."""
    joining: Marks = kinds == _APOSTROPHE
    joining[0] = joining[-1] = False
    joining[1:-1] &= spaced[:-2] & spaced[2:]
    return joining


def _plain_hashes(points: Points, tables: _Tables, starts: Ints, ends: Ints) -> tuple[Hashes, Ints]:
    """Number the words of a text in which the normal form of every code point is one; see :func:`_hashes`.

    Stretch by stretch: in arrays that stay in a core's cache it takes a quarter of the time.
    """
    powers = _held_powers()
    hashes = np.empty(len(starts), dtype=np.uint64)
    room = np.zeros(1, dtype=np.uint64)
    first = 0
    while first < len(starts):
        begin = int(starts[first])
        behind = max(first + 1, int(np.searchsorted(ends, begin + STRETCH, side="right")))
        size = int(ends[behind - 1]) - begin
        powers.reach(size)
        if len(room) <= size:
            room = np.zeros(size + 1, dtype=np.uint64)
        running = room[: size + 1]
        terms = running[1:]
        tables.values.take(points[begin : begin + size], out=terms, mode="clip")
        terms *= powers.up[:size]
        np.cumsum(terms, out=terms)
        own = starts[first:behind] - begin
        numbers = running.take(ends[first:behind] - begin)
        numbers -= running.take(own)
        numbers *= powers.down.take(own)
        hashes[first:behind] = numbers
        first = behind
    return mixed(hashes), np.flatnonzero(ends - starts > LONGEST_WORD)


def _hashes(points: Points, tables: _Tables, starts: Ints, ends: Ints) -> tuple[Hashes, Ints]:
    """Number the words, and name those whose normal form is not that of their letters one by one.

    A word is the sum of its letters' numbers, each times the base to the power of its place: differences of one running
    sum give them all, multiplied by the inverse of the power they begin at.
    """
    powers = _held_powers()
    lengths = tables.lengths[points]
    exponents = np.cumsum(lengths, dtype=np.int64) - lengths
    powers.reach(int(exponents[-1]) + int(lengths[-1]) + 1)
    running = np.zeros(len(points) + 1, dtype=np.uint64)
    np.cumsum(tables.values[points] * powers.up[exponents], out=running[1:])
    hashes = (running[ends] - running[starts]) * powers.down[exponents[starts]]
    return mixed(hashes), _odd(points, tables, lengths, starts, ends)


def _odd(points: Points, tables: _Tables, lengths: npt.NDArray[np.int8], starts: Ints, ends: Ints) -> Ints:
    """Find words of which nothing is left, those overlong, and those with marks that may change places."""
    sizes = ends - starts
    odd = sizes > LONGEST_WORD
    if lengths.min() == 0:
        kept = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        odd |= kept[ends] == kept[starts]
    reordered = tables.reordered[points]
    pairs = np.flatnonzero(reordered[1:] & reordered[:-1])
    if len(pairs):
        odd[np.searchsorted(starts, pairs, side="right") - 1] = True
    return np.flatnonzero(odd)
