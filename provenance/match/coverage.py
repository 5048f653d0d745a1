"""Which sentences some passages account for."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from provenance.match.body import Body
from provenance.model import Span

__all__ = ["COVERED_SHARE", "unaccounted"]

COVERED_SHARE = 0.5
"""A sentence of which this share of words lies in a verbatim or edited passage needs no sentence alignment."""


def unaccounted(body: Body, places: Collection[Span]) -> frozenset[int]:
    """Number the sentences of a body that some places cover less than half."""
    everything = range(len(body.sentences))
    if not places:  # most pairs
        return frozenset(everything)
    starts = np.array([sentence.span.start for sentence in body.sentences], dtype=np.int64)
    ends = np.array([sentence.span.end for sentence in body.sentences], dtype=np.int64)
    covered = np.zeros(len(starts), dtype=np.int64)
    for place in places:
        touched = slice(np.searchsorted(ends, place.start, side="right"), np.searchsorted(starts, place.end))
        covered[touched] += np.minimum(ends[touched], place.end) - np.maximum(starts[touched], place.start)
    return frozenset(np.flatnonzero(covered < COVERED_SHARE * (ends - starts)).tolist())
