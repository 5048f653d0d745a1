"""The trace stage: matches, attributions and dates in, lineage out."""

from __future__ import annotations

from provenance.trace.chains import CHAIN_SIGNALS
from provenance.trace.derive import MIN_ASSERTED_STRENGTH, MIN_POSSIBLE_STRENGTH, declared, measured, strongest
from provenance.trace.direction import DIRECTION_SIGNALS
from provenance.trace.lineage import join_lineages, trace
from provenance.trace.parts import parts_of
from provenance.trace.reviews import without_rejected_credits

__all__ = [
    "CHAIN_SIGNALS",
    "DIRECTION_SIGNALS",
    "MIN_ASSERTED_STRENGTH",
    "MIN_POSSIBLE_STRENGTH",
    "TRACE_VERSION",
    "declared",
    "join_lineages",
    "measured",
    "parts_of",
    "strongest",
    "trace",
    "without_rejected_credits",
]

TRACE_VERSION = "3"
"""Raised whenever the same matches may give another lineage."""
