"""What two texts share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from provenance.model.article import ArticleId
from provenance.model.text import Span

__all__ = ["Match", "Passage", "PassageKind"]


class PassageKind(StrEnum):
    """What happened to a shared run of text on its way (the lexical level of the METER corpus, extended)."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    REWRITTEN = "rewritten"
    TRANSLATED = "translated"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Passage:
    """A shared run with its place on both sides. ``similarity`` is in [0, 1]; 1 is word for word the same."""

    kind: PassageKind
    left: Span
    right: Span
    similarity: float
    left_words: int
    """Body words of the left text inside the passage."""
    right_words: int
    confidence: float = 1.0
    """Probability that this passage is reuse rather than chance or common subject matter, in [0, 1]."""

    def turned(self) -> Passage:
        """Give the same passage seen from the other text."""
        return replace(self, left=self.right, right=self.left, left_words=self.right_words, right_words=self.left_words)


@dataclass(frozen=True, slots=True)
class Match:
    """All passages of a pair of articles. A match is symmetric: it says nothing of direction."""

    left: ArticleId
    right: ArticleId
    passages: tuple[Passage, ...]
    left_words: int
    """Body words of the whole left text: the denominator of its derived share."""
    right_words: int
    left_containment: float
    """Share of the left text's distinct word shingles that occur in the right text, in [0, 1] (Broder 1997)."""
    right_containment: float
    shared_terms: tuple[str, ...] = ()
    """The most telling words both texts hold, as the left text writes them, most telling first."""
    signals: Mapping[str, float] = field(default_factory=dict)
    """Named measurements the strength of evidence is computed from; see ``provenance.score.strength``."""

    def turned(self) -> Match:
        """Give the same match with its sides swapped, passages in the order of what is then the left text."""
        passages = (passage.turned() for passage in self.passages)
        return replace(
            self,
            left=self.right,
            right=self.left,
            passages=tuple(sorted(passages, key=lambda passage: (passage.left, passage.right))),
            left_words=self.right_words,
            right_words=self.left_words,
            left_containment=self.right_containment,
            right_containment=self.left_containment,
        )
