"""What each content says of itself: labelled lines and attributions, stored and read back.

A finished run keeps the inspection it used. When the same content is inspected again, under other rules or with other
furniture, an equal result keeps its row under the new key, and a different one gets a row of its own; the old row goes
as soon as no run refers to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Text, delete, exists, select, type_coerce, update

from provenance.model import Article, ArticleId, Attribution, Block, Inspection, LabelledArticle, OutletId
from provenance.store._tables import AttributionRow, BlockRow, InspectionFactsRow, InspectionRow, RunArticleRow
from provenance.store.encoding import (
    Columns,
    attribution_of,
    block_of,
    notes_columns,
    notes_of,
    published_columns,
    tricks_columns,
    tricks_of,
)
from provenance.store.ordering import Extent
from provenance.store.outlets import name_outlets
from provenance.store.preparing import ATTRIBUTION_COLUMNS, BLOCK_COLUMNS, PreparedInspection
from provenance.store.records import InspectedFacts
from provenance.store.rows import add_missing, add_values, change, in_batches, write_over

__all__ = [
    "ONE_USE",
    "attributions_by_article",
    "blocks_by_article",
    "inspection_keys",
    "read_attributions",
    "read_blocks",
    "read_inspections",
    "save_for_run_only",
    "save_inspections",
    "without_facts",
]

ONE_USE = ""
"""Cache key of an inspection that belongs to the findings of one run only and is never used again."""


def save_inspections(connection: Connection, run: int, prepared: Sequence[PreparedInspection]) -> None:
    """Store what was found in the contents of articles of a run, in place of what was found in them before.

    Raises:
        ValueError: an article does not take part in the run.
    """
    for batch in in_batches(prepared):
        versions = _versions(connection, run, [entry.article for entry in batch])
        by_version = {versions[entry.article]: entry for entry in batch}
        rows = _ensure(connection, by_version)
        _use(connection, run, rows)
        _make_current(connection, rows, by_version)
        _prune(connection, sorted(by_version))


def save_for_run_only(connection: Connection, run: int, prepared: Sequence[PreparedInspection]) -> None:
    """Give articles of a run inspections of their own, which no later run uses."""
    for entry in prepared:
        version = _versions(connection, run, [entry.article])[entry.article]
        row = _ensure(connection, {version: entry})[version]
        connection.execute(
            update(RunArticleRow)
            .where(RunArticleRow.run_id == run, RunArticleRow.article_id == entry.article)
            .values(inspection_id=row)
        )


def _versions(connection: Connection, run: int, articles: Sequence[ArticleId]) -> dict[str, int]:
    rows = connection.execute(
        select(RunArticleRow.article_id, RunArticleRow.version_id).where(
            RunArticleRow.run_id == run, RunArticleRow.article_id.in_(articles)
        )
    )
    versions = {row.article_id: row.version_id for row in rows}
    for article in articles:
        if article not in versions:
            raise ValueError(f"article {article} does not take part in run {run}")
    return versions


def _ensure(connection: Connection, by_version: Mapping[int, PreparedInspection]) -> dict[int, int]:
    """Store the results that are not there yet; return the row of each version's result."""
    name_outlets(connection, {outlet: name for entry in by_version.values() for outlet, name in entry.named.items()})
    known = _rows(connection, by_version)
    missing = {version: by_version[version] for version in sorted(by_version) if version not in known}
    heads = [
        {
            "version_id": version,
            "cache_key": entry.cache_key,
            "current": False,
            "outlet_id": entry.outlet,
            "labels_digest": entry.labels_digest,
            "result_digest": entry.result_digest,
        }
        for version, entry in missing.items()
    ]
    add_missing(connection, InspectionRow, heads)
    new = _rows(connection, missing) if missing else {}
    blocks = [(new[version], *row) for version, entry in missing.items() for row in entry.blocks]
    attributions = [(new[version], *row) for version, entry in missing.items() for row in entry.attributions]
    # Two audits that come to the same result at the same time both write its lines.
    add_values(connection, BlockRow, ("inspection_id", *BLOCK_COLUMNS), blocks, repeated=True)
    add_values(connection, AttributionRow, ("inspection_id", *ATTRIBUTION_COLUMNS), attributions, repeated=True)
    rows = known | new
    _write_facts(connection, {rows[version]: entry.facts for version, entry in sorted(by_version.items())})
    return rows


def _write_facts(connection: Connection, facts: Mapping[int, InspectedFacts | None]) -> None:
    rows = [_facts_columns(row, known) for row, known in facts.items() if known is not None]
    write_over(connection, InspectionFactsRow, ("inspection_id",), rows)


def _facts_columns(row: int, facts: InspectedFacts) -> Columns:
    return {
        "inspection_id": row,
        "title": facts.title,
        **published_columns(facts.published),
        "body_hash": facts.body_hash,
        "words": facts.words,
        "tricks": tricks_columns(facts.tricks),
        "notes": notes_columns(facts.notes),
        "fingerprints": facts.fingerprints,
        "terms": facts.terms,
    }


def _rows(connection: Connection, by_version: Mapping[int, PreparedInspection]) -> dict[int, int]:
    stored = connection.execute(
        select(InspectionRow.version_id, InspectionRow.result_digest, InspectionRow.id).where(
            InspectionRow.version_id.in_(sorted(by_version))
        )
    )
    return {row.version_id: row.id for row in stored if row.result_digest == by_version[row.version_id].result_digest}


def _use(connection: Connection, run: int, rows: Mapping[int, int]) -> None:
    """Tie every article of the run with one of these contents to what was found in it."""
    used = [(inspection, run, version) for version, inspection in sorted(rows.items())]
    change(connection, RunArticleRow, ("run_id", "version_id"), ("inspection_id",), used)


def _make_current(
    connection: Connection, rows: Mapping[int, int], by_version: Mapping[int, PreparedInspection]
) -> None:
    """Mark what is to be used by later runs, under its newest key."""
    of_versions = InspectionRow.version_id.in_(sorted(by_version))
    connection.execute(update(InspectionRow).where(of_versions, InspectionRow.current).values(current=False))
    current = [(True, entry.cache_key, rows[version]) for version, entry in sorted(by_version.items())]
    change(connection, InspectionRow, ("id",), ("current", "cache_key"), current)


def _prune(connection: Connection, versions: Sequence[int]) -> None:
    """Drop what was found in these contents before, unless a run refers to it."""
    used = exists().where(RunArticleRow.inspection_id == InspectionRow.id)
    connection.execute(
        delete(InspectionRow).where(InspectionRow.version_id.in_(versions), ~InspectionRow.current, ~used)
    )


def inspection_keys(connection: Connection, run: int) -> dict[ArticleId, str]:
    """Return the key under which each article's content was inspected; an article without one is absent."""
    rows = connection.execute(
        select(RunArticleRow.article_id, InspectionRow.cache_key)
        .join(InspectionRow, InspectionRow.id == RunArticleRow.inspection_id)
        .where(RunArticleRow.run_id == run)
    )
    return {ArticleId(row.article_id): row.cache_key for row in rows}


def without_facts(connection: Connection, extent: Extent) -> list[ArticleId]:
    """Return the articles whose inspection has no facts: an older program made it, or the run alone has it."""
    table = RunArticleRow
    rows = connection.scalars(
        select(table.article_id)
        .outerjoin(InspectionFactsRow, InspectionFactsRow.inspection_id == table.inspection_id)
        .where(*extent.holds(table), InspectionFactsRow.inspection_id.is_(None))
    )
    return sorted(map(ArticleId, rows))


def read_inspections(connection: Connection, run: int, articles: Sequence[Article]) -> list[Inspection]:
    """Read what was found in these articles of a run, in their order; those never inspected are left out."""
    rows = connection.execute(
        select(
            RunArticleRow.article_id,
            InspectionRow.id,
            InspectionRow.outlet_id,
            InspectionFactsRow.tricks,
            InspectionFactsRow.notes,
        )
        .join(InspectionRow, InspectionRow.id == RunArticleRow.inspection_id)
        .outerjoin(InspectionFactsRow, InspectionFactsRow.inspection_id == InspectionRow.id)
        .where(RunArticleRow.run_id == run, RunArticleRow.article_id.in_([article.id for article in articles]))
    )
    heads = {row.article_id: row for row in rows}
    ids = sorted({row.id for row in heads.values()})
    blocks, attributions = read_blocks(connection, ids), read_attributions(connection, ids)
    return [
        Inspection(
            labelled=LabelledArticle(article, blocks.get(row.id, ())),
            attributions=attributions.get(row.id, ()),
            outlet=None if row.outlet_id is None else OutletId(row.outlet_id),
            tricks=tricks_of(row.tricks or ()),
            notes=notes_of(row.notes),
        )
        for article in articles
        if (row := heads.get(article.id)) is not None
    ]


def read_blocks(connection: Connection, inspections: Sequence[int]) -> dict[int, tuple[Block, ...]]:
    """Read the labelled lines of inspections, in order; one without any is absent."""
    table = BlockRow
    columns = (table.inspection_id, table.begins, table.ends, type_coerce(table.role, Text), table.rule)
    found: defaultdict[int, list[Block]] = defaultdict(list)
    for batch in in_batches(inspections):
        chosen = select(*columns).where(table.inspection_id.in_(batch)).order_by(table.inspection_id, table.position)
        for inspection, begins, ends, role, rule in connection.execute(chosen):
            found[inspection].append(block_of(begins, ends, role, rule))
    return {inspection: tuple(blocks) for inspection, blocks in found.items()}


def read_attributions(connection: Connection, inspections: Sequence[int]) -> dict[int, tuple[Attribution, ...]]:
    """Read the attributions of inspections, in order; one without any is absent."""
    table = AttributionRow
    found: defaultdict[int, list[Attribution]] = defaultdict(list)
    for batch in in_batches(inspections):
        chosen = (
            select(*table.__table__.columns)
            .where(table.inspection_id.in_(batch))
            .order_by(table.inspection_id, table.position)
        )
        for row in connection.execute(chosen):
            found[row.inspection_id].append(attribution_of(row))
    return {inspection: tuple(attributions) for inspection, attributions in found.items()}


def attributions_by_article(
    connection: Connection, run: int, articles: Sequence[ArticleId]
) -> dict[ArticleId, tuple[Attribution, ...]]:
    """Read the attributions of articles of a run, in order; an article without any may be absent."""
    rows = _inspection_rows(connection, run, articles)
    found = read_attributions(connection, sorted(set(rows.values())))
    return {article: found.get(row, ()) for article, row in rows.items()}


def blocks_by_article(
    connection: Connection, run: int, articles: Sequence[ArticleId]
) -> dict[ArticleId, tuple[Block, ...]]:
    """Read the labelled lines of articles of a run, in order; an article without any may be absent."""
    rows = _inspection_rows(connection, run, articles)
    found = read_blocks(connection, sorted(set(rows.values())))
    return {article: found.get(row, ()) for article, row in rows.items()}


def _inspection_rows(connection: Connection, run: int, articles: Sequence[ArticleId]) -> dict[ArticleId, int]:
    table = RunArticleRow
    found: dict[ArticleId, int] = {}
    for batch in in_batches(articles):
        rows = connection.execute(
            select(table.article_id, table.inspection_id).where(table.run_id == run, table.article_id.in_(batch))
        )
        found.update({ArticleId(row.article_id): row.inspection_id for row in rows if row.inspection_id is not None})
    return found
