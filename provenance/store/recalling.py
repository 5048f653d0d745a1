"""The findings of a finished run, read back as they were written, in the same order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, Text, select, type_coerce

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Basis,
    ContentHash,
    Credit,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Drift,
    DriftKind,
    DriftPlace,
    Evidence,
    EvidencePlace,
    Family,
    FamilyId,
    Lineage,
    Origins,
    OutletId,
    Passage,
    PassageKind,
    Run,
    RunId,
    Span,
    Unreadable,
    Verdict,
)
from provenance.store._tables import (
    ArticleRow,
    ArticleVersionRow,
    Base,
    CompositionRow,
    DerivationPassageRow,
    DerivationRow,
    DriftRow,
    EvidencePlaceRow,
    EvidenceRow,
    FamilyMemberRow,
    FamilyRow,
    InspectionFactsRow,
    RunArticleRow,
    RunRow,
    UnreadableRow,
    UpstreamOutletRow,
    VerdictRow,
)
from provenance.store.encoding import published_of, tricks_of
from provenance.store.inspections import attributions_by_article
from provenance.store.matches import passage_of
from provenance.store.outlets import outlets_of
from provenance.store.recording import PAGE, VERDICT

__all__ = ["recall_findings"]

K = TypeVar("K")
V = TypeVar("V")


def recall_findings(connection: Connection, run: int) -> AuditFindings:
    """Read everything a finished run found."""
    row = connection.execute(select(*RunRow.__table__.columns).where(RunRow.id == run)).one()
    upstreams = _upstreams(connection, run)
    return AuditFindings(
        run=_run(row),
        articles=tuple(_facts(connection, run, upstreams)),
        verdicts=tuple(_verdicts(connection, run, upstreams)),
        lineage=Lineage(
            derivations=tuple(_derivations(connection, run)),
            families=tuple(_families(connection, run)),
            origins=Origins(row.origins_at_least, row.origins_at_most, tuple(row.origins_why)),
        ),
        drift=tuple(map(_drift, _ordered(connection, DriftRow, run, DriftRow.position))),
        outlets=outlets_of(connection, run),
        unreadable=_unreadable(connection, run),
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


def _ordered(connection: Connection, table: type[Base], run: int, *order: Any) -> Iterator[Any]:  # noqa: ANN401  columns and rows
    columns = table.__table__.columns
    yield from connection.execute(select(*columns).where(columns["run_id"] == run).order_by(*order))


def _gathered(pairs: Iterator[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    lists: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return {key: tuple(values) for key, values in lists.items()}


def _upstreams(connection: Connection, run: int) -> dict[tuple[str, str], tuple[OutletId, ...]]:
    table = UpstreamOutletRow
    rows = _ordered(connection, table, run, table.article_id, table.said_by, table.position)
    return _gathered(((row.said_by, row.article_id), OutletId(row.outlet_id)) for row in rows)


def _facts(
    connection: Connection, run: int, upstreams: dict[tuple[str, str], tuple[OutletId, ...]]
) -> Iterator[ArticleFacts]:
    table = RunArticleRow
    rows = connection.execute(
        select(*table.__table__.columns, ArticleRow.source, ArticleVersionRow.content_hash, InspectionFactsRow.tricks)
        .join(ArticleRow, ArticleRow.id == table.article_row)
        .join(ArticleVersionRow, ArticleVersionRow.id == table.version_id)
        .outerjoin(InspectionFactsRow, InspectionFactsRow.inspection_id == table.inspection_id)
        .where(table.run_id == run, table.position.is_not(None))
        .order_by(table.position)
    ).all()
    attributions = attributions_by_article(connection, run, [ArticleId(row.article_id) for row in rows])
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
        )


def _verdicts(
    connection: Connection, run: int, upstreams: dict[tuple[str, str], tuple[OutletId, ...]]
) -> Iterator[Verdict]:
    shares = _ordered(connection, CompositionRow, run, CompositionRow.article_id, CompositionRow.position)
    composition = _gathered((row.article_id, (PassageKind(row.kind), row.share)) for row in shares)
    for row in _ordered(connection, VerdictRow, run, VerdictRow.position):
        yield Verdict(
            article=ArticleId(row.article_id),
            derived_share=row.derived_share,
            interval=(row.interval_low, row.interval_high),
            degree=Degree(row.degree),
            basis=Basis(row.basis),
            credit=Credit(row.credit),
            upstreams=upstreams.get((VERDICT, row.article_id), ()),
            composition=composition.get(row.article_id, ()),
        )


def _derivations(connection: Connection, run: int) -> Iterator[Derivation]:
    evidence = _evidence(connection, run)
    passages = _passages(connection, run)
    for row in _ordered(connection, DerivationRow, run, DerivationRow.number):
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
        )


def _evidence(connection: Connection, run: int) -> dict[int, tuple[Evidence, ...]]:
    table = EvidencePlaceRow
    rows = _ordered(connection, table, run, table.derivation, table.evidence, table.position)
    places = _gathered(
        ((row.derivation, row.evidence), EvidencePlace(ArticleId(row.article_id), Span(row.begins, row.ends)))
        for row in rows
    )
    return _gathered(
        (row.derivation, Evidence(row.kind, row.detail, places.get((row.derivation, row.position), ()), row.weight))
        for row in _ordered(connection, EvidenceRow, run, EvidenceRow.derivation, EvidenceRow.position)
    )


def _passages(connection: Connection, run: int) -> dict[int, tuple[Passage, ...]]:
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
        .where(table.run_id == run)
        .order_by(table.derivation, table.position)
    )
    return _gathered((derivation, passage_of(columns)) for derivation, *columns in rows)


def _families(connection: Connection, run: int) -> Iterator[Family]:
    table = FamilyMemberRow
    members = _gathered(
        (row.family_id, ArticleId(row.article_id))
        for row in _ordered(connection, table, run, table.family_id, table.position)
    )
    for row in _ordered(connection, FamilyRow, run, FamilyRow.position):
        yield Family(
            id=FamilyId(row.family_id),
            articles=members.get(row.family_id, ()),
            origins=Origins(row.origins_at_least, row.origins_at_most, tuple(row.origins_why)),
            root=row.root,
        )


def _drift(row: Any) -> Drift:  # noqa: ANN401  a row of the table
    return Drift(
        kind=DriftKind(row.kind),
        downstream=DriftPlace(ArticleId(row.downstream), Span(row.downstream_begins, row.downstream_ends)),
        upstream=DriftPlace(ArticleId(row.upstream), Span(row.upstream_begins, row.upstream_ends)),
        before=row.upstream_wording,
        after=row.downstream_wording,
    )


def _unreadable(connection: Connection, run: int) -> tuple[Unreadable, ...]:
    table = UnreadableRow
    rows = connection.execute(
        select(table.source, table.reason)
        .where(table.run_id == run, table.position.is_not(None))
        .order_by(table.position)
    )
    return tuple(Unreadable(row.source, row.reason) for row in rows)
