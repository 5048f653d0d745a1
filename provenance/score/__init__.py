"""The score stage: strength of evidence, derived share, verdicts and drift. Every signal is a documented function."""

from __future__ import annotations

from provenance.score.drift import drift
from provenance.score.strength import StrengthModel, load_strength_model, weigh
from provenance.score.verdict import comparison, verdicts, with_share

__all__ = [
    "SCORE_VERSION",
    "StrengthModel",
    "comparison",
    "drift",
    "load_strength_model",
    "verdicts",
    "weigh",
    "with_share",
]

SCORE_VERSION = "3"
"""Raised whenever the same matches may give another strength, share or verdict."""
