"""A text with some places written otherwise, and where every other place has gone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from provenance.model import Span
from provenance.report.plain import printable_runs

__all__ = ["BrowserText", "Rewritten"]


class Rewritten:
    """A text in which runs are replaced. ``text`` is the result.

    Args:
        text: the text before.
        runs: begin, end and replacement of each, disjoint and in order; half-open code points.
    """

    def __init__(self, text: str, runs: Iterable[tuple[int, int, str]]) -> None:
        pieces: list[str] = []
        self._begins: list[int] = []
        self._runs: list[tuple[int, int, int, int]] = []
        end = length = 0
        for begin, after, replacement in runs:
            pieces += (text[end:begin], replacement)
            length += begin - end
            self._begins.append(begin)
            self._runs.append((begin, after, length, length + len(replacement)))
            length += len(replacement)
            end = after
        pieces.append(text[end:])
        self.text = "".join(pieces)

    def offset(self, offset: int, *, closing: bool = False) -> int:
        """Return where an offset has gone; inside a replaced run, to its beginning, or to its end when ``closing``."""
        found = bisect_right(self._begins, offset - 1 if closing else offset) - 1
        if found < 0:
            return offset
        begin, end, new_begin, new_end = self._runs[found]
        if offset >= end:
            return new_end + offset - end
        return new_end if closing and offset > begin else new_begin

    def span(self, span: Span) -> Span:
        """Return where a place has gone; one that cuts into a replaced run takes in all of it."""
        begin = self.offset(span.start)
        return Span(begin, max(begin, self.offset(span.end, closing=True)) if len(span) else begin)


_LAST_OF_BASIC_PLANE = 0xFFFF


class _InCodeUnits:
    """Offsets in UTF-16 code units, as scripts in a browser count, from code points."""

    def __init__(self, text: str) -> None:
        long = (place for place, sign in enumerate(text) if ord(sign) > _LAST_OF_BASIC_PLANE)
        self._long = [] if text.isascii() else list(long)

    def offset(self, offset: int) -> int:
        return offset + bisect_right(self._long, offset - 1)


class BrowserText:
    """A text as a page shows it (:func:`~provenance.report.plain.printable`), with places as a browser counts them."""

    def __init__(self, text: str) -> None:
        self._rewritten = Rewritten(text, printable_runs(text))
        self._units = _InCodeUnits(self._rewritten.text)
        self.text = self._rewritten.text

    def place(self, span: Span) -> tuple[int, int]:
        """Return the half-open UTF-16 offsets of a place."""
        gone = self._rewritten.span(span)
        return self._units.offset(gone.start), self._units.offset(gone.end)
