"""The match stage: bodies in, matches with passages out. Symmetric: it says nothing of direction."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from provenance.match.aligner import MATCHER_VERSION, Aligner, WordsThenSentences
from provenance.match.body import Body
from provenance.match.features import Features, features_of
from provenance.match.signals import SIGNALS
from provenance.match.similarity import RareTerms, SentenceSimilarity

if TYPE_CHECKING:
    from provenance.match.index import Candidate, FeatureIndex, SortJoinIndex

__all__ = [
    "MATCHER_VERSION",
    "SIGNALS",
    "Aligner",
    "Body",
    "Candidate",
    "FeatureIndex",
    "Features",
    "RareTerms",
    "SentenceSimilarity",
    "SortJoinIndex",
    "WordsThenSentences",
    "features_of",
]

_OF_THE_INDEX = frozenset({"Candidate", "FeatureIndex", "SortJoinIndex"})
"""Names imported when first used: two texts side by side need no index."""


def __getattr__(name: str) -> Any:  # noqa: ANN401  classes; TYPE_CHECKING gives their types
    if name not in _OF_THE_INDEX:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("provenance.match.index"), name)
