"""Composed text without what nobody sees: NFC, with soft hyphens, zero-width and direction controls left out.

What changed is kept as pieces, so that every place in the result leads back to the code points it was made from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

import regex

from provenance.model import Span

__all__ = ["HIDDEN", "Composed", "compose"]

HIDDEN = (
    r"\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    r"\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters without a form of their own, as ranges for a class: Unicode's ``Default_Ignorable_Code_Point`` and the
marks of interlinear annotation, without two Hangul fillers, which are as wide as a letter."""

_HIDDEN = re.compile(f"[{HIDDEN}]")
_JAMO = r"\u1161-\u11ff"  # vowels and final consonants, which join the syllable before them
_LONGEST_CLUSTER = 64
"""Characters that join one letter; Unicode's stream-safe format allows 30 marks. Ordering more takes squared time."""
_JOINING = rf"\p{{M}}{_JAMO}{HIDDEN}"
_CLUSTER = regex.compile(rf"[^{_JOINING}]?[{_JOINING}]{{1,{_LONGEST_CLUSTER}}}|\p{{NFC_QC=No}}")
"""A letter with all that may join it, and letters that are no NFC by themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A composed text and where it is from.

    The lists describe its pieces in order: where each starts in the composed text, its half-open place in the original,
    and whether it is even: the same, character by character; another one stands for its place as a whole. All are empty
    where the two texts are one to one.
    """

    text: str
    at: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    even: tuple[bool, ...] = ()

    def place(self, start: int, end: int) -> Span:
        """Give the place in the original of a half-open run; what is hidden on either side of it is left out."""
        if not self.at:
            return Span(start, end)
        first = self._start_of(start)
        return Span(first, self._end_of(end - 1) if end > start else first)

    def within(self, place: Span) -> Span:
        """Give the run whose characters begin inside a place of the original."""
        return Span(self._first_from(place.start), self._first_from(place.end)) if self.at else place

    def _start_of(self, offset: int) -> int:
        piece = bisect_right(self.at, offset) - 1
        if piece < 0:
            return self.starts[0] if self.starts else offset
        ahead = offset - self.at[piece]
        if offset >= len(self.text):
            return self.ends[-1]
        return self.starts[piece] + (ahead if self.even[piece] else 0)

    def _end_of(self, offset: int) -> int:
        piece = bisect_right(self.at, offset) - 1
        return self.starts[piece] + offset - self.at[piece] + 1 if self.even[piece] else self.ends[piece]

    def _first_from(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        if piece < 0:
            return 0
        inside = offset - self.starts[piece]
        if inside == 0 or (offset < self.ends[piece] and self.even[piece]):
            return self.at[piece] + inside
        return self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)


def compose(text: str) -> Composed:
    """Compose a text and leave out what nobody sees."""
    bare = _HIDDEN.sub("", text)
    if is_normalized("NFC", bare):
        return Composed(text) if len(bare) == len(text) else _joined(text, _deletions(text, 0))
    return _joined(text, _compositions(text))


def _deletions(text: str, offset: int) -> Iterator[tuple[int, int, str]]:
    return ((offset + match.start(), offset + match.end(), "") for match in _HIDDEN.finditer(text))


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what changes: place in the text and what stands there instead, in order and disjoint."""
    for match in _CLUSTER.finditer(text):
        written, start = match.group(), match.start()
        kept = _HIDDEN.sub("", written)
        composed = normalize("NFC", kept)
        if composed == kept:
            if len(kept) < len(written):
                yield from _deletions(written, start)
            continue
        head = len(written) - len(_hidden_head_stripped(written))
        tail = len(_hidden_head_stripped(written[::-1]))
        if head:
            yield start, start + head, ""
        yield start + head, start + tail, composed
        if tail < len(written):
            yield start + tail, match.end(), ""


def _hidden_head_stripped(text: str) -> str:
    at = 0
    while at < len(text) and _HIDDEN.match(text[at]):
        at += 1
    return text[at:]


def _joined(text: str, changes: Iterator[tuple[int, int, str]]) -> Composed:
    """Put the unchanged runs and the changes together."""
    pieces: list[str] = []
    at: list[int] = []
    places: list[tuple[int, int, bool]] = []
    length = done = 0
    for start, end, instead in (*changes, (len(text), len(text), "")):
        for piece, place in ((text[done:start], (done, start, True)), (instead, (start, end, False))):
            if piece:
                at.append(length)
                places.append(place)
                pieces.append(piece)
                length += len(piece)
        done = end
    if not pieces:  # all of it is hidden: one empty piece, behind it
        at, places = [0], [(len(text), len(text), True)]
    starts, ends, even = zip(*places, strict=True)
    return Composed("".join(pieces), tuple(at), starts, ends, even)
