"""The match stage: bodies in, matches with passages out. Symmetric: it says nothing of direction."""

from __future__ import annotations

from provenance.match.aligner import MATCHER_VERSION, Aligner, WordsThenSentences
from provenance.match.body import Body
from provenance.match.features import Features, features_of
from provenance.match.index import Candidate, FeatureIndex, SortJoinIndex
from provenance.match.signals import SIGNALS
from provenance.match.similarity import RareTerms, SentenceSimilarity

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
