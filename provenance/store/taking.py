"""What the later stages take from the articles of a run: their facts and features, and the bodies to be aligned.

Read as slim rows in bounded memory; no text is read for facts, and no line is taken apart for a body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Text, select, type_coerce

from provenance.model import (
    BODY_ROLES,
    ArticleFacts,
    ArticleId,
    Attribution,
    ContentHash,
    OutletId,
    Span,
    credited_upstreams,
)
from provenance.store._tables import (
    ArticleRow,
    ArticleVersionRow,
    BlockRow,
    InspectionFactsRow,
    InspectionRow,
    RunArticleRow,
)
from provenance.store.database import Database
from provenance.store.encoding import notes_of, published_of, tricks_of
from provenance.store.inspections import read_attributions
from provenance.store.records import BodyText, InspectedFacts
from provenance.store.rows import BATCH, in_batches

__all__ = ["body_texts", "facts_of_run"]

_FACTS = (
    select(
        RunArticleRow.article_id,
        RunArticleRow.inspection_id,
        ArticleRow.source,
        ArticleVersionRow.content_hash,
        ArticleVersionRow.language,
        ArticleVersionRow.url,
        ArticleVersionRow.outlet_name,
        InspectionRow.outlet_id,
        *(column for column in InspectionFactsRow.__table__.columns if column.name != "inspection_id"),
    )
    .join(ArticleRow, ArticleRow.id == RunArticleRow.article_row)
    .join(ArticleVersionRow, ArticleVersionRow.id == RunArticleRow.version_id)
    .join(InspectionRow, InspectionRow.id == RunArticleRow.inspection_id)
    .join(InspectionFactsRow, InspectionFactsRow.inspection_id == RunArticleRow.inspection_id)
    .order_by(RunArticleRow.article_id)
    .limit(BATCH)
)


def facts_of_run(database: Database, run: int) -> Iterator[tuple[ArticleFacts, InspectedFacts]]:
    """Read the facts of every inspected article of a run, in the database's order; none is held between batches."""
    last = ""
    while True:
        with database.reading() as connection:
            rows = connection.execute(_FACTS.where(RunArticleRow.run_id == run, RunArticleRow.article_id > last)).all()
            found = read_attributions(connection, sorted({row.inspection_id for row in rows}))
        yield from (_facts(row, found.get(row.inspection_id, ())) for row in rows)
        if len(rows) < BATCH:
            return
        last = rows[-1].article_id


def _facts(row: Any, attributions: tuple[Attribution, ...]) -> tuple[ArticleFacts, InspectedFacts]:  # noqa: ANN401  a row of the query above
    taken = InspectedFacts(
        body_hash=ContentHash(row.body_hash),
        words=row.words,
        title=row.title,
        published=published_of(row),
        tricks=tricks_of(row.tricks),
        notes=notes_of(row.notes),
        fingerprints=row.fingerprints,
        terms=row.terms,
    )
    outlet = None if row.outlet_id is None else OutletId(row.outlet_id)
    facts = ArticleFacts(
        id=ArticleId(row.article_id),
        source=row.source,
        content_hash=ContentHash(row.content_hash),
        body_hash=taken.body_hash,
        words=taken.words,
        outlet=outlet,
        outlet_name=row.outlet_name,
        url=row.url,
        title=taken.title,
        published=taken.published,
        language=row.language,
        attributions=attributions,
        upstreams=credited_upstreams(attributions, outlet),
        tricks=taken.tricks,
        notes=taken.notes,
    )
    return facts, taken


def body_texts(connection: Connection, run: int, ids: Sequence[ArticleId]) -> list[BodyText]:
    """Read texts with the places that are the article itself; an article that was not inspected is left out."""
    heads: dict[ArticleId, Any] = {}
    for batch in in_batches(ids):
        rows = connection.execute(
            select(
                RunArticleRow.article_id,
                RunArticleRow.inspection_id,
                ArticleVersionRow.text,
                ArticleVersionRow.language,
            )
            .join(ArticleVersionRow, ArticleVersionRow.id == RunArticleRow.version_id)
            .where(
                RunArticleRow.run_id == run,
                RunArticleRow.article_id.in_(batch),
                RunArticleRow.inspection_id.is_not(None),
            )
        )
        heads.update((ArticleId(row.article_id), row) for row in rows)
    spans = _body_spans(connection, sorted({row.inspection_id for row in heads.values()}))
    return [
        BodyText(article, row.text, tuple(spans.get(row.inspection_id, ())), row.language)
        for article, row in sorted(heads.items())
    ]


_BODY_ROLES = sorted(map(str, BODY_ROLES))


def _body_spans(connection: Connection, inspections: Sequence[int]) -> dict[int, list[Span]]:
    table = BlockRow
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for batch in in_batches(inspections):
        rows = connection.execute(
            select(table.inspection_id, table.begins, table.ends)
            .where(table.inspection_id.in_(batch), type_coerce(table.role, Text).in_(_BODY_ROLES))
            .order_by(table.inspection_id, table.position)
        )
        for inspection, begins, ends in rows:
            spans[inspection].append(Span(begins, ends))
    return spans
