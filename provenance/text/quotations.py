"""Where a text quotes somebody.

Quotations get a class of their own because two reporters at one press conference share them: a shared quotation is
evidence of a common event, not of derivation.
"""

from __future__ import annotations

import regex

from provenance.model import Span

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


def quotations(text: str, span: Span | None = None) -> list[Span]:
    """List the quotations of ``text`` (or of one place in it), marks included, in order and disjoint.

    A quotation does not run over a line break: a paragraph that opens a quotation and never closes it (as in a speech
    quoted over several paragraphs) is taken up to its end only when the mark is closed there.
    """
    place = span or Span(0, len(text))
    return [Span(*match.span()) for match in _QUOTATION.finditer(text, place.start, place.end)]
