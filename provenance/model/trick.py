"""Characters a reader does not see, or takes for others: what hides a copy from whoever compares code points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.model.text import Span

__all__ = ["Trick", "TrickKind"]


class TrickKind(StrEnum):
    """How a text is made to differ from one that looks the same."""

    ZERO_WIDTH = "zero-width"  # characters without width inside words of a script that needs none
    BIDI_CONTROL = "bidi-control"  # controls that make a text read in another order than it is stored in
    HOMOGLYPH = "homoglyph"  # letters of another script that look like the word's own
    STYLED_LETTERS = "styled-letters"  # mathematical letters in place of plain ones
    FULL_WIDTH = "full-width"  # full-width letters in a text without East Asian script


@dataclass(frozen=True, slots=True)
class Trick:
    """All the places of one kind in one text. Matching is not misled by them; why they are there is for a person."""

    kind: TrickKind
    count: int
    """Hidden characters or controls; for letters, the words written with them."""
    spans: tuple[Span, ...]
    """The first places, in order; for letters, the words."""
