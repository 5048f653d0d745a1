"""What changed and what was lost along the links of a run's lineage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from provenance.model import ArticleId, Drift, DriftKind, DriftPlace, Erosion, ErosionKind, Span
from provenance.store._tables import DriftRow, ErosionRow
from provenance.store.encoding import Columns
from provenance.store.ordering import Extent, ordered
from provenance.store.rows import add

__all__ = ["recall_drift", "recall_erosion", "record_drift", "record_erosion"]


def record_drift(connection: Connection, run: int, found: Sequence[Drift]) -> None:
    """Write the facts that changed."""
    add(connection, DriftRow, [_drift(run, position, each) for position, each in enumerate(found)])


def _drift(run: int, position: int, drift: Drift) -> Columns:
    return {
        "run_id": run,
        "position": position,
        "kind": str(drift.kind),
        "downstream": drift.downstream.article,
        "downstream_begins": drift.downstream.span.start,
        "downstream_ends": drift.downstream.span.end,
        "downstream_wording": drift.after,
        "upstream": drift.upstream.article,
        "upstream_begins": drift.upstream.span.start,
        "upstream_ends": drift.upstream.span.end,
        "upstream_wording": drift.before,
    }


def recall_drift(connection: Connection, extent: Extent) -> tuple[Drift, ...]:
    """Read the facts that changed, in the order they were written."""
    return tuple(
        Drift(
            kind=DriftKind(row.kind),
            downstream=DriftPlace(ArticleId(row.downstream), Span(row.downstream_begins, row.downstream_ends)),
            upstream=DriftPlace(ArticleId(row.upstream), Span(row.upstream_begins, row.upstream_ends)),
            before=row.upstream_wording,
            after=row.downstream_wording,
        )
        for row in ordered(connection, DriftRow, extent, DriftRow.position)
    )


def record_erosion(connection: Connection, run: int, found: Sequence[Erosion]) -> None:
    """Write what was lost."""
    add(connection, ErosionRow, [_erosion(run, position, each) for position, each in enumerate(found)])


def _erosion(run: int, position: int, each: Erosion) -> Columns:
    return {
        "run_id": run,
        "position": position,
        "kind": str(each.kind),
        "downstream": each.downstream,
        "upstream": each.upstream,
        "upstream_wording": each.wording,
        "upstream_begins": each.place.start if each.place is not None else None,
        "upstream_ends": each.place.end if each.place is not None else None,
        "downstream_wording": each.became,
        "downstream_begins": each.became_at.start if each.became_at is not None else None,
        "downstream_ends": each.became_at.end if each.became_at is not None else None,
    }


def recall_erosion(connection: Connection, extent: Extent) -> tuple[Erosion, ...]:
    """Read what was lost, in the order it was written."""
    return tuple(
        Erosion(
            kind=ErosionKind(row.kind),
            downstream=ArticleId(row.downstream),
            upstream=ArticleId(row.upstream),
            wording=row.upstream_wording,
            place=_span(row.upstream_begins, row.upstream_ends),
            became=row.downstream_wording,
            became_at=_span(row.downstream_begins, row.downstream_ends),
        )
        for row in ordered(connection, ErosionRow, extent, ErosionRow.position)
    )


def _span(begins: Any, ends: Any) -> Span | None:  # noqa: ANN401  columns
    return None if begins is None or ends is None else Span(begins, ends)
