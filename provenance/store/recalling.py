"""The findings of a finished run, read back as they were written, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, Text, select, type_coerce

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AuditFindings,
    ContentHash,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    EvidencePlace,
    Lineage,
    Origins,
    Passage,
    Run,
    RunId,
    Span,
    Unreadable,
)
from provenance.store._tables import (
    ArticleRow,
    ArticleVersionRow,
    DerivationPassageRow,
    DerivationRow,
    EvidencePlaceRow,
    EvidenceRow,
    InspectionFactsRow,
    RunArticleRow,
    RunRow,
    UnreadableRow,
)
from provenance.store.changes import recall_drift, recall_erosion
from provenance.store.encoding import notes_of, published_of, tricks_of
from provenance.store.families import recall_families
from provenance.store.inspections import attributions_by_article
from provenance.store.matches import passage_of
from provenance.store.ordering import Extent, gathered, ordered
from provenance.store.outlets import outlets_of
from provenance.store.verdicts import PAGE, Upstreams, recall_upstreams, recall_verdicts

__all__ = ["recall_findings"]

K = TypeVar("K")
V = TypeVar("V")


def recall_findings(connection: Connection, extent: Extent) -> AuditFindings:
    """Read what a finished run found, or as much of it as is asked for; what could not be read, only with all."""
    run = extent.run
    row = connection.execute(select(*RunRow.__table__.columns).where(RunRow.id == run)).one()
    upstreams = recall_upstreams(connection, extent)
    return AuditFindings(
        run=_run(row),
        articles=tuple(_facts(connection, extent, upstreams)),
        verdicts=tuple(recall_verdicts(connection, extent, upstreams)),
        lineage=Lineage(
            derivations=tuple(_derivations(connection, extent)),
            families=tuple(recall_families(connection, extent)),
            origins=Origins(row.origins_at_least, row.origins_at_most, tuple(row.origins_why)),
        ),
        drift=recall_drift(connection, extent),
        erosion=recall_erosion(connection, extent),
        outlets=outlets_of(connection, run),
        unreadable=_unreadable(connection, run) if extent.around is None else (),
    )


def _run(row: Any) -> Run:  # noqa: ANN401  a row of the table
    return Run(
        id=RunId(row.digest),
        paths=tuple(row.paths),
        options=row.options,
        versions=row.versions,
        read=row.articles_read,
        unchanged=row.articles_unchanged,
    )


def _facts(connection: Connection, extent: Extent, upstreams: Upstreams) -> Iterator[ArticleFacts]:
    table = RunArticleRow
    rows = connection.execute(
        select(
            *table.__table__.columns,
            ArticleRow.source,
            ArticleVersionRow.content_hash,
            InspectionFactsRow.tricks,
            InspectionFactsRow.notes,
        )
        .join(ArticleRow, ArticleRow.id == table.article_row)
        .join(ArticleVersionRow, ArticleVersionRow.id == table.version_id)
        .outerjoin(InspectionFactsRow, InspectionFactsRow.inspection_id == table.inspection_id)
        .where(*extent.holds(table), table.position.is_not(None))
        .order_by(table.position)
    ).all()
    attributions = attributions_by_article(connection, extent.run, [ArticleId(row.article_id) for row in rows])
    for row in rows:
        article = ArticleId(row.article_id)
        yield ArticleFacts(
            id=article,
            source=row.source,
            content_hash=ContentHash(row.content_hash),
            body_hash=ContentHash(row.body_hash),
            words=row.words,
            outlet=row.outlet_id,
            outlet_name=row.outlet_name,
            url=row.url,
            title=row.title,
            published=published_of(row),
            language=row.language,
            attributions=attributions.get(article, ()),
            upstreams=upstreams.get((PAGE, article), ()),
            tricks=tricks_of(row.tricks or ()),
            notes=notes_of(row.notes),
        )


def _derivations(connection: Connection, extent: Extent) -> Iterator[Derivation]:
    evidence = _evidence(connection, extent)
    passages = _passages(connection, extent)
    for row in ordered(connection, DerivationRow, extent, DerivationRow.number):
        yield Derivation(
            downstream=ArticleId(row.downstream),
            upstream=row.upstream,
            upstream_outlet=row.upstream_outlet,
            status=DerivationStatus(row.status),
            direction=Direction(row.direction),
            strength=row.strength,
            share=row.share,
            interval=(row.interval_low, row.interval_high),
            evidence=evidence.get(row.number, ()),
            passages=passages.get(row.number, ()),
            in_lineage=row.in_lineage,
            is_version=bool(row.is_version),
            decision=None if row.decision is None else Decision(row.decision),
        )


def _evidence(connection: Connection, extent: Extent) -> dict[int, tuple[Evidence, ...]]:
    table = EvidencePlaceRow
    rows = ordered(connection, table, extent, table.derivation, table.evidence, table.position)
    places = gathered(
        ((row.derivation, row.evidence), EvidencePlace(ArticleId(row.article_id), Span(row.begins, row.ends)))
        for row in rows
    )
    return gathered(
        (row.derivation, Evidence(row.kind, row.detail, places.get((row.derivation, row.position), ()), row.weight))
        for row in ordered(connection, EvidenceRow, extent, EvidenceRow.derivation, EvidenceRow.position)
    )


def _passages(connection: Connection, extent: Extent) -> dict[int, tuple[Passage, ...]]:
    table = DerivationPassageRow
    rows = connection.execute(
        select(
            table.derivation,
            type_coerce(table.kind, Text),
            table.downstream_begins,
            table.downstream_ends,
            table.upstream_begins,
            table.upstream_ends,
            table.similarity,
            table.downstream_words,
            table.upstream_words,
            table.confidence,
        )
        .where(*extent.holds(table))
        .order_by(table.derivation, table.position)
    )
    return gathered((derivation, passage_of(columns)) for derivation, *columns in rows)


def _unreadable(connection: Connection, run: int) -> tuple[Unreadable, ...]:
    table = UnreadableRow
    rows = connection.execute(
        select(table.source, table.reason)
        .where(table.run_id == run, table.position.is_not(None))
        .order_by(table.position)
    )
    return tuple(Unreadable(row.source, row.reason) for row in rows)
