"""A text as matching sees it: what a reader sees, whatever code points it is written with.

The view is composed (NFC) and holds nothing hidden; letters that differ in style only are plain ones, and letters of
another script that pass for the word's own are the word's own. Two writings that look the same are the same view, so
that neither a trick nor a content management system hides a copy. Every place in it leads back to the original text,
whose offsets are what everything else speaks of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.model import Span
from provenance.text.composition import Composed, compose
from provenance.text.lookalikes import Lookalike, lookalikes
from provenance.text.styled import plain_letters

__all__ = ["NOT_LATIN", "View", "view_of"]

NOT_LATIN = re.compile(r"[^\x00-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
"""Anything but Latin letters and the signs that stand among them: without one a text is its own view."""

_UNUSUAL = re.compile(
    r"[^\x00-\xac\xae-\u024f\u0384-\u0386\u0388-\u0482\u048a-\u058f\u05d0-\u05ea\u060c\u061b\u061f-\u064a\u0660-\u066f"
    r"\u0671-\u06d5\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u3001-\u3020\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff0f]"
)
"""Anything but letters and signs that are composed, plain and seen, whatever stands beside them."""

HELD_VIEWS = 8
"""Views kept: callers ask for one text block by block, and for a pair of texts in turn."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What a reader sees of a text. Offsets into :attr:`text` are the view's own; :meth:`place` leads back."""

    text: str
    composed: Composed
    lookalikes: tuple[Lookalike, ...] = ()
    """Words written with letters of another script; offsets are the view's."""

    def place(self, start: int, end: int) -> Span:
        """Give the code points of the original that a half-open run of the view was made from.

        Hidden characters before and behind the run are not part of it, those inside are.
        """
        return self.composed.place(start, end)

    def within(self, place: Span) -> Span:
        """Give the run of the view that begins inside a place of the original."""
        return self.composed.within(place)

    @property
    def is_aligned(self) -> bool:
        """Whether view and original have the same offsets throughout."""
        return not self.composed.at


def view_of(text: str) -> View:
    """Give the view of a text; one of ASCII is its own."""
    return View(text, Composed(text)) if text.isascii() else _view(text)


@lru_cache(maxsize=HELD_VIEWS)
def _view(text: str) -> View:
    if NOT_LATIN.search(text) is None:
        return View(text, Composed(text))
    composed = compose(plain_letters(text)) if _UNUSUAL.search(text) else Composed(text)
    found = lookalikes(composed.text)
    return View(_replaced(composed.text, found), composed, found)


def _replaced(text: str, found: tuple[Lookalike, ...]) -> str:
    if not found:
        return text
    parts, done = [], 0
    for word in found:
        parts += [text[done : word.start], word.meant]
        done = word.end
    return "".join(parts) + text[done:]
