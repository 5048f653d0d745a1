"""Where a text quotes somebody.

Quotations get a class of their own because two reporters at one press conference share them: a shared quotation is
evidence of a common event, not of derivation.
"""

from __future__ import annotations

import regex

from provenance.model import Span
from provenance.text.view import view_of

__all__ = ["MAX_QUOTATION", "quotations"]

MAX_QUOTATION = 1200
"""Code points; a mark that is not closed within so many is taken for a stray one."""

MIN_QUOTATION = 3
"""Code points between the marks; less is an initial, an inch or a typo."""

_PAIRS = (
    ("“", "”"),
    ("„", "“”"),
    ("«", "»"),
    ("»", "«"),
    ("「", "」"),
    ("『", "』"),
    ("‹", "›"),
    ('"', '"'),
    ("”", "”"),
)

_QUOTATION = regex.compile(
    "|".join(
        rf"{regex.escape(opening)}[^{regex.escape(closing)}{regex.escape(opening)}\n]{{{MIN_QUOTATION},{MAX_QUOTATION}}}"
        rf"[{regex.escape(closing)}]"
        for opening, closing in _PAIRS
    )
    + r"|(?<![\p{L}\p{N}])‘[^‘\n]{3,1200}?’(?![\p{L}\p{N}])"
)


_STRAIGHT = '"'

_MARK = regex.compile("[" + "".join(sorted({*"‘", *(mark for pair in _PAIRS for side in pair for mark in side)})) + "]")


def quotations(text: str, span: Span | None = None) -> list[Span]:
    """List the quotations of ``text`` (or of one place in it), marks included, in order and disjoint.

    A quotation does not run over a line break. One that goes on in the next paragraph has no closing mark in the first
    (and, in plain texts, often no opening mark in the next): a line with a mark left over is quoted from its last
    opening mark to its end, or from its beginning to its first closing mark.
    """
    view = view_of(text)
    place = view.within(span) if span is not None else Span(0, len(view.text))
    if _MARK.search(view.text, place.start, place.end) is None:
        return []
    found: list[Span] = []
    start = place.start
    for line in view.text[place.start : place.end].splitlines(keepends=True):
        found.extend(_of_line(view.text, Span(start, start + len(line))))
        start += len(line)
    return found if view.is_aligned else [view.place(each.start, each.end) for each in found]


def _of_line(text: str, line: Span) -> list[Span]:
    whole = [Span(*match.span()) for match in _QUOTATION.finditer(text, line.start, line.end)]
    free = _free_parts(line, whole)
    first, last = free[0], free[-1]
    head = _closed_only(text, first)
    tail = _opened_only(text, last)
    if head is not None and tail is not None and head.overlap(tail):
        tail = None
    return [*([head] if head else []), *whole, *([tail] if tail else [])]


def _free_parts(line: Span, taken: list[Span]) -> list[Span]:
    """Give what stands before the first and behind the last of some places; the whole line where there are none."""
    if not taken:
        return [line]
    return [Span(line.start, taken[0].start), Span(taken[-1].end, line.end)]


def _closed_only(text: str, part: Span) -> Span | None:
    """Find a quotation that began in an earlier paragraph: a closing mark with no opening one before it."""
    at = text.find("”", part.start, part.end)
    if at >= 0 and not any(mark in text[part.start : at] for mark in "“„"):
        return Span(part.start, at + 1)
    at = text.find(_STRAIGHT, part.start, part.end)
    if at > part.start + MIN_QUOTATION and text[at - 1] in ",.!?…":
        return Span(part.start, at + 1)
    return None


def _opened_only(text: str, part: Span) -> Span | None:
    """Find a quotation that goes on in the next paragraph: an opening mark that is never closed."""
    piece = text[part.start : part.end].rstrip()
    at = max(piece.rfind("“"), piece.rfind("„"))
    if at < 0:
        at = piece.rfind(_STRAIGHT)
        before = piece[at - 1 : at] if at > 0 else " "
        if at < 0 or not (before.isspace() or before in "(—–") or not piece[at + 1 : at + 2].isalnum():
            return None
    if len(piece) - at <= MIN_QUOTATION:
        return None
    return Span(part.start + at, part.start + len(piece))
