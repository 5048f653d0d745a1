"""The families of a run, with the versions of articles and the sources inferred in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from provenance.model import (
    ArticleId,
    EvidencePlace,
    Family,
    FamilyId,
    InferredContent,
    InferredSource,
    InferredSourceId,
    Origins,
    Span,
)
from provenance.store._tables import (
    FamilyMemberRow,
    FamilyRow,
    InferredArticleRow,
    InferredPlaceRow,
    InferredSourceRow,
)
from provenance.store.encoding import Columns
from provenance.store.ordering import Extent, gathered, ordered
from provenance.store.rows import add

__all__ = ["recall_families", "record_families"]


def record_families(connection: Connection, run: int, families: Sequence[Family]) -> None:
    """Write the families of a run."""
    rows = [
        {
            "run_id": run,
            "family_id": family.id,
            "position": position,
            "root": family.root,
            "origins_at_least": family.origins.at_least,
            "origins_at_most": family.origins.at_most,
            "origins_why": list(family.origins.why),
            "versions": [list(group) for group in family.versions],
        }
        for position, family in enumerate(families)
    ]
    add(connection, FamilyRow, rows)
    members = [
        {"run_id": run, "family_id": family.id, "position": position, "article_id": article}
        for family in families
        for position, article in enumerate(family.articles)
    ]
    add(connection, FamilyMemberRow, members)
    add(connection, InferredSourceRow, [row for family in families for row in _sources(run, family)])
    every = [source for family in families for source in family.inferred_sources]
    add(connection, InferredArticleRow, [row for source in every for row in _articles(run, source)])
    add(connection, InferredPlaceRow, [row for source in every for row in _places(run, source)])


def _sources(run: int, family: Family) -> Iterator[Columns]:
    for position, source in enumerate(family.inferred_sources):
        yield {
            "run_id": run,
            "source_id": source.id,
            "family_id": family.id,
            "position": position,
            "outlet_id": source.outlet,
            "why": list(source.why),
        }


def _articles(run: int, source: InferredSource) -> Iterator[Columns]:
    for position, article in enumerate(source.articles):
        yield {"run_id": run, "source_id": source.id, "position": position, "article_id": article}


def _places(run: int, source: InferredSource) -> Iterator[Columns]:
    for passage, content in enumerate(source.content):
        for position, place in enumerate(content.places):
            yield {
                "run_id": run,
                "source_id": source.id,
                "passage": passage,
                "position": position,
                "article_id": place.article,
                "begins": place.span.start,
                "ends": place.span.end,
            }


def recall_families(connection: Connection, extent: Extent) -> Iterator[Family]:
    """Yield the families of a run as they were written."""
    table = FamilyMemberRow
    rows = ordered(connection, table, extent, table.family_id, table.position)
    members = gathered((row.family_id, ArticleId(row.article_id)) for row in rows)
    sources = _inferred_sources(connection, extent)
    for row in ordered(connection, FamilyRow, extent, FamilyRow.position):
        yield Family(
            id=FamilyId(row.family_id),
            articles=members.get(row.family_id, ()),
            origins=Origins(row.origins_at_least, row.origins_at_most, tuple(row.origins_why)),
            root=row.root,
            versions=tuple(tuple(map(ArticleId, group)) for group in row.versions or ()),
            inferred_sources=sources.get(row.family_id, ()),
        )


def _inferred_sources(connection: Connection, extent: Extent) -> dict[str, tuple[InferredSource, ...]]:
    table = InferredArticleRow
    rows = ordered(connection, table, extent, table.source_id, table.position)
    articles = gathered((row.source_id, ArticleId(row.article_id)) for row in rows)
    content = _content(connection, extent)
    return gathered(
        (
            row.family_id,
            InferredSource(
                id=InferredSourceId(row.source_id),
                outlet=row.outlet_id,
                articles=articles.get(row.source_id, ()),
                content=content.get(row.source_id, ()),
                why=tuple(row.why),
            ),
        )
        for row in ordered(
            connection, InferredSourceRow, extent, InferredSourceRow.family_id, InferredSourceRow.position
        )
    )


def _content(connection: Connection, extent: Extent) -> dict[str, tuple[InferredContent, ...]]:
    table = InferredPlaceRow
    places = gathered(
        ((row.source_id, row.passage), EvidencePlace(ArticleId(row.article_id), Span(row.begins, row.ends)))
        for row in ordered(connection, table, extent, table.source_id, table.passage, table.position)
    )
    return gathered((source, InferredContent(each)) for (source, _), each in places.items())
