"""Sentences, by the library ``sentencex``, with offsets that never leave the place asked for."""

from __future__ import annotations

from provenance.model import Span
from provenance.text.view import view_of

__all__ = ["MAX_SENTENCE", "sentences"]

MAX_SENTENCE = 1000
"""Code points; a longer run without a full stop is a list or a table and is cut at this length."""


def sentences(text: str, span: Span, *, language: str | None) -> list[Span]:
    """List the sentences of one place, in order, without the white space around them.

    ``language`` is an ISO 639-1 code; ``None`` and unknown codes use the library's English rules, which only decide
    on abbreviations: terminators of every script end a sentence in any language.
    """
    import sentencex  # noqa: PLC0415  (a native library; commands that split no sentences do not load it)

    found: list[Span] = []
    behind = span.start
    view = view_of(text)
    place = view.within(span)
    piece = view.text[place.start : place.end]
    for boundary in sentencex.get_sentence_boundaries(language or "en", piece):
        start, end = _stripped(piece, boundary["start_index"], boundary["end_index"])
        for cut in range(start, end, MAX_SENTENCE):
            whole = view.place(place.start + cut, place.start + min(end, cut + MAX_SENTENCE))
            # A sign may end one sentence and carry a mark that begins the next: both are one place of the text.
            if whole.end > behind:
                found.append(Span(max(whole.start, behind), whole.end))
                behind = whole.end
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
