"""What contents lost of one another, kept from run to run like changed facts (:mod:`provenance.store.drifting`).

The key must name the outlet files too: whom a credit means depends on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from provenance.model import Erosion, ErosionKind
from provenance.store._tables import ContentErosionRow
from provenance.store.drifting import ArticlePair, keep_findings, kept_findings
from provenance.store.encoding import spanned

__all__ = ["known_erosion", "save_erosion"]


def known_erosion(
    connection: Connection, run: int, key: str, pairs: Sequence[ArticlePair]
) -> dict[ArticlePair, tuple[Erosion, ...]]:
    """Return what is kept of these pairs under a key; a pair that was never compared is absent."""
    kept = kept_findings(connection, ContentErosionRow, run, key, pairs)
    return {pair: _erosion_of(pair, found) for pair, found in kept.items()}


def save_erosion(connection: Connection, run: int, key: str, found: Mapping[ArticlePair, Sequence[Erosion]]) -> None:
    """Keep what was found for pairs of articles of a run; what is kept already stays as it is.

    Raises:
        ValueError: an article does not take part in the run.
    """
    columns = {pair: [_columns(each) for each in losses] for pair, losses in found.items()}
    keep_findings(connection, ContentErosionRow, run, key, columns)


def _columns(loss: Erosion) -> list[Any]:
    place, instead = ([None, None] if span is None else [span.start, span.end] for span in (loss.place, loss.became_at))
    return [str(loss.kind), loss.wording, *place, loss.became, *instead]


def _erosion_of(pair: ArticlePair, kept: Sequence[Sequence[Any]]) -> tuple[Erosion, ...]:
    downstream, upstream = pair
    return tuple(
        Erosion(
            kind=ErosionKind(kind),
            downstream=downstream,
            upstream=upstream,
            wording=wording,
            place=spanned(begins, ends),
            became=became,
            became_at=spanned(became_begins, became_ends),
        )
        for kind, wording, begins, ends, became, became_begins, became_ends in kept
    )
