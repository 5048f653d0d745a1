"""The verdicts of a run, the outlets upstream of its articles, and the credits that were checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from provenance.model import (
    ArticleId,
    Basis,
    Credit,
    CreditCheck,
    CreditFinding,
    Degree,
    OutletId,
    PassageKind,
    Span,
    Verdict,
)
from provenance.store._tables import CompositionRow, CreditCheckRow, UpstreamOutletRow, VerdictRow
from provenance.store.encoding import Columns
from provenance.store.ordering import Extent, gathered, ordered
from provenance.store.rows import add

__all__ = ["PAGE", "VERDICT", "Upstreams", "recall_upstreams", "recall_verdicts", "record_upstreams", "record_verdicts"]

PAGE = "page"
VERDICT = "verdict"

Upstreams = Mapping[tuple[str, str], tuple[OutletId, ...]]
"""Outlets upstream by who says so (:data:`PAGE`, :data:`VERDICT`) and article."""


def record_upstreams(
    connection: Connection, run: int, said_by: str, named: Iterable[tuple[ArticleId, Sequence[OutletId]]]
) -> None:
    """Write the outlets that pages or verdicts name upstream of articles."""
    rows = [
        {"run_id": run, "article_id": article, "said_by": said_by, "position": position, "outlet_id": outlet}
        for article, outlets in named
        for position, outlet in enumerate(outlets)
    ]
    add(connection, UpstreamOutletRow, rows)


def recall_upstreams(connection: Connection, extent: Extent) -> Upstreams:
    """Read the outlets upstream of all articles of a run."""
    table = UpstreamOutletRow
    rows = ordered(connection, table, extent, table.article_id, table.said_by, table.position)
    return gathered(((row.said_by, row.article_id), OutletId(row.outlet_id)) for row in rows)


def record_verdicts(connection: Connection, run: int, verdicts: Sequence[Verdict]) -> None:
    """Write the verdicts of a run."""
    add(connection, VerdictRow, [_verdict(run, position, verdict) for position, verdict in enumerate(verdicts)])
    composition = [
        {"run_id": run, "article_id": verdict.article, "position": position, "kind": str(kind), "share": share}
        for verdict in verdicts
        for position, (kind, share) in enumerate(verdict.composition)
    ]
    add(connection, CompositionRow, composition)
    record_upstreams(connection, run, VERDICT, [(verdict.article, verdict.upstreams) for verdict in verdicts])
    add(connection, CreditCheckRow, [row for verdict in verdicts for row in _checks(run, verdict)])


def _verdict(run: int, position: int, verdict: Verdict) -> Columns:
    return {
        "run_id": run,
        "article_id": verdict.article,
        "position": position,
        "derived_share": verdict.derived_share,
        "interval_low": verdict.interval[0],
        "interval_high": verdict.interval[1],
        "degree": str(verdict.degree),
        "basis": str(verdict.basis),
        "credit": str(verdict.credit),
    }


def _checks(run: int, verdict: Verdict) -> Iterator[Columns]:
    for position, check in enumerate(verdict.credits):
        yield {
            "run_id": run,
            "article_id": verdict.article,
            "position": position,
            "outlet_id": check.outlet,
            "finding": str(check.finding),
            "detail": check.detail,
            "spans": [[span.start, span.end] for span in check.spans],
            "articles": list(check.articles),
        }


def recall_verdicts(connection: Connection, extent: Extent, upstreams: Upstreams) -> Iterator[Verdict]:
    """Yield the verdicts of a run as they were written."""
    shares = ordered(connection, CompositionRow, extent, CompositionRow.article_id, CompositionRow.position)
    composition = gathered((row.article_id, (PassageKind(row.kind), row.share)) for row in shares)
    checked = ordered(connection, CreditCheckRow, extent, CreditCheckRow.article_id, CreditCheckRow.position)
    checks = gathered(
        (
            row.article_id,
            CreditCheck(
                outlet=OutletId(row.outlet_id),
                finding=CreditFinding(row.finding),
                detail=row.detail,
                spans=tuple(Span(*span) for span in row.spans),
                articles=tuple(map(ArticleId, row.articles)),
            ),
        )
        for row in checked
    )
    for row in ordered(connection, VerdictRow, extent, VerdictRow.position):
        yield Verdict(
            article=ArticleId(row.article_id),
            derived_share=row.derived_share,
            interval=(row.interval_low, row.interval_high),
            degree=Degree(row.degree),
            basis=Basis(row.basis),
            credit=Credit(row.credit),
            upstreams=upstreams.get((VERDICT, row.article_id), ()),
            composition=composition.get(row.article_id, ()),
            credits=checks.get(row.article_id, ()),
        )
