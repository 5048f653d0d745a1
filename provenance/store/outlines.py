"""The outlines of a run's articles: what furniture is learnt from, kept with each content so that no text is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, and_, select

from provenance.model import ArticleId
from provenance.store._tables import OutlineRow, RunArticleRow
from provenance.store.database import Database
from provenance.store.records import Outlined
from provenance.store.rows import in_batches, write_over

__all__ = ["outlines_of_run", "save_outlines", "without_outline"]

BATCH_OUTLINES = 5_000
"""Outlines read at once: some 300 bytes each, more for long pages."""


def without_outline(connection: Connection, run: int, key: str) -> list[ArticleId]:
    """Return the articles of a run whose content has no outline under a key, sorted."""
    same = and_(OutlineRow.version_id == RunArticleRow.version_id, OutlineRow.outline_key == key)
    rows = connection.scalars(
        select(RunArticleRow.article_id)
        .outerjoin(OutlineRow, same)
        .where(RunArticleRow.run_id == run, OutlineRow.version_id.is_(None))
    )
    return sorted(map(ArticleId, rows))


def outlines_of_run(database: Database, run: int, key: str) -> Iterator[Outlined]:
    """Read the outlines made under a key of a run's articles, in the database's order."""
    last = ""
    chosen = (
        select(RunArticleRow.article_id, OutlineRow.outlet_key, OutlineRow.lines)
        .join(OutlineRow, OutlineRow.version_id == RunArticleRow.version_id)
        .where(RunArticleRow.run_id == run, OutlineRow.outline_key == key)
        .order_by(RunArticleRow.article_id)
        .limit(BATCH_OUTLINES)
    )
    while True:
        with database.reading() as connection:
            rows = connection.execute(chosen.where(RunArticleRow.article_id > last)).all()
        for article, outlet_key, lines in rows:
            yield Outlined(ArticleId(article), outlet_key, lines)
        if len(rows) < BATCH_OUTLINES:
            return
        last = rows[-1].article_id


def save_outlines(connection: Connection, run: int, key: str, outlined: Sequence[Outlined]) -> None:
    """Keep the outlines of a run's articles, in place of those of the same contents under another key.

    Raises:
        ValueError: an article does not take part in the run.
    """
    for batch in in_batches(outlined):
        found = connection.execute(
            select(RunArticleRow.article_id, RunArticleRow.version_id).where(
                RunArticleRow.run_id == run, RunArticleRow.article_id.in_([each.article for each in batch])
            )
        )
        versions = {row.article_id: row.version_id for row in found}
        strangers = [each.article for each in batch if each.article not in versions]
        if strangers:
            raise ValueError(f"article {strangers[0]} does not take part in run {run}")
        kept = {versions[each.article]: each for each in batch}
        rows = [
            {"version_id": version, "outline_key": key, "outlet_key": each.outlet_key, "lines": each.lines}
            for version, each in sorted(kept.items())
        ]
        write_over(connection, OutlineRow, ("version_id",), rows)
