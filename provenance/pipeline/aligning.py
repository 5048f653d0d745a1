"""The aligner a caller chose, and the key under which what it finds is kept."""

from __future__ import annotations

from provenance.match import WordsThenSentences
from provenance.pipeline.toolbox import Toolbox

__all__ = ["chosen_aligner", "match_key"]


def chosen_aligner(similarity: str) -> WordsThenSentences:
    """Make the aligner with a sentence encoder, or with rare terms alone when ``similarity`` is empty.

    Raises:
        UsageError: the encoder is not there, or what reads it is not installed.
    """
    if not similarity:
        return WordsThenSentences()
    from provenance.match.semantic import semantic_similarity  # noqa: PLC0415  an extra, seldom asked for

    return WordsThenSentences(semantic_similarity(similarity))


def match_key(toolbox: Toolbox, similarity: str) -> str:
    """Name everything a match depends on besides the two articles.

    Raises:
        UsageError: as for :func:`chosen_aligner`.
    """
    key = f"{toolbox.versions['match']}:{toolbox.inspection_key}"
    if not similarity:
        return key
    from provenance.match.semantic import SEMANTIC_VERSION, find_encoder  # noqa: PLC0415  as above

    return f"{key}:{SEMANTIC_VERSION}.{find_encoder(similarity).identity}"
