"""The words of many texts at once, as arrays: what fingerprints and alignment work on.

The same words, in the same places and with the same normal forms as :mod:`provenance.text.words`, found by array
operations over code points instead of one by one: a corpus has more words than can be objects. Equal numbers stand for
equal normal forms. What Unicode says of a code point is asked once and kept in tables (:mod:`.codepoints`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from provenance.text.codepoints import (
    APOSTROPHE,
    KIND,
    LETTER,
    MARK,
    ODD,
    OTHER_VIEW,
    PLAIN,
    UNSPACED_LETTER,
    UNSPACED_MARK,
    Points,
    Tables,
    polynomial,
    powers_held,
    tables_held,
)
from provenance.text.shingles import Hashes, mixed
from provenance.text.view import view_of
from provenance.text.words import LONGEST_WORD, Word, fold, words

__all__ = ["Tokens", "tokenise", "written_words"]

Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

STRETCH = 1 << 16
"""Code points numbered at once: half a megabyte of numbers, what a core's cache holds beside their powers."""

MOST_ODD = 0.2
"""Share of a text's words with odd code points above which all are numbered the long way (Korean: all of them)."""


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
    return int(mixed(np.array([polynomial(letters)], dtype=np.uint64))[0])


def _tokenised(text: str, *, own_view: bool = False) -> tuple[Hashes, Ints, Ints] | None:
    """Give the numbers, starts and ends of the words of a view; ``None`` when arrays cannot tell them.

    With ``own_view`` also ``None`` when the text is not sure to be its own view.
    """
    if not text:
        return np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64)
    points = _code_points(text)
    tables = tables_held()
    kinds = tables.of(points)
    marks = int(np.bitwise_or.reduce(kinds))
    if own_view and marks & OTHER_VIEW:
        return None
    odd_points = np.flatnonzero(kinds & np.uint8(ODD)) if marks & ODD else None
    if marks > KIND:
        kinds &= np.uint8(KIND)
    places = _plain_places(kinds) if marks & KIND <= PLAIN else _places(kinds)
    if places is None:
        return None
    starts, ends = places
    hashes, odd = _hashes_of(points, tables, starts, ends, odd_points)
    for word in odd.tolist():
        hashes[word] = _hash_of(fold(text[starts[word] : ends[word]]))
    return hashes, starts, ends


def _hashes_of(
    points: Points, tables: Tables, starts: Ints, ends: Ints, odd_points: Ints | None
) -> tuple[Hashes, Ints]:
    """Number the words, and name those that arrays cannot number.

    Most words of most scripts are numbered letter by letter; those with odd code points, in English the ones with an
    apostrophe, are then done again on their own.
    """
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
    np.equal(kinds, LETTER, out=spaced)
    spaced |= _joining(kinds, spaced)
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


def _places(kinds: npt.NDArray[np.uint8]) -> tuple[Ints, Ints] | None:
    """Find where words begin and end, by the definition of :mod:`provenance.text.words`."""
    base = kinds == UNSPACED_LETTER
    spaced = kinds == LETTER
    attached = None
    marks = (kinds == MARK) | (kinds == UNSPACED_MARK)
    if marks.any():
        owner = kinds[np.maximum.accumulate(np.where(marks, 0, np.arange(len(kinds))))]
        if marks[0] or (marks & (owner != LETTER) & (owner != UNSPACED_LETTER)).any():
            return None
        if (marks & (owner == LETTER) & (kinds == UNSPACED_MARK)).any():
            return None
        spaced |= marks & (owner == LETTER)
        attached = marks & (owner == UNSPACED_LETTER)
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
    joining: Marks = kinds == APOSTROPHE
    joining[0] = joining[-1] = False
    joining[1:-1] &= spaced[:-2] & spaced[2:]
    return joining


def _plain_hashes(points: Points, tables: Tables, starts: Ints, ends: Ints) -> tuple[Hashes, Ints]:
    """Number the words of a text in which the normal form of every code point is one; see :func:`_hashes`.

    Stretch by stretch: in arrays that stay in a core's cache it takes a quarter of the time.
    """
    powers = powers_held()
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


def _hashes(points: Points, tables: Tables, starts: Ints, ends: Ints) -> tuple[Hashes, Ints]:
    """Number the words, and name those whose normal form is not that of their letters one by one.

    A word is the sum of its letters' numbers, each times the base to the power of its place: differences of one running
    sum give them all, multiplied by the inverse of the power they begin at.
    """
    powers = powers_held()
    lengths = tables.lengths[points]
    exponents = np.cumsum(lengths, dtype=np.int64) - lengths
    powers.reach(int(exponents[-1]) + int(lengths[-1]) + 1)
    running = np.zeros(len(points) + 1, dtype=np.uint64)
    np.cumsum(tables.values[points] * powers.up[exponents], out=running[1:])
    hashes = (running[ends] - running[starts]) * powers.down[exponents[starts]]
    return mixed(hashes), _odd(points, tables, lengths, starts, ends)


def _odd(points: Points, tables: Tables, lengths: npt.NDArray[np.int8], starts: Ints, ends: Ints) -> Ints:
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
