"""Articles of a run, read back in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from provenance.errors import NotFoundError
from provenance.model import Article, ArticleId, ContentHash, OutletId, Unreadable
from provenance.store._tables import ArticleRow, ArticleVersionRow, RunArticleRow, SourceRow, UnreadableRow
from provenance.store.database import Database
from provenance.store.encoding import claims_of, layout_of, published_of
from provenance.store.records import StoredArticle
from provenance.store.rows import BATCH, in_batches

__all__ = ["article_batches", "article_ids", "matching_articles", "unreadable_of"]

BATCH_CHARACTERS = 4_000_000
"""Code points of text read at once: some 16 MB; a longer article comes alone."""


def article_ids(connection: Connection, run: int) -> list[ArticleId]:
    """Return the ids of a run's articles, sorted by code points on every database."""
    rows = connection.scalars(select(RunArticleRow.article_id).where(RunArticleRow.run_id == run))
    return sorted(map(ArticleId, rows))


def article_batches(database: Database, run: int, ids: Sequence[ArticleId] | None) -> Iterator[list[Article]]:
    """Read articles of a run, sorted by id, in batches of bounded size; no transaction is held between batches.

    Raises:
        NotFoundError: an id is not in the run.
    """
    with database.reading() as connection:
        lengths = _lengths(connection, run, ids)
    wanted = sorted(lengths if ids is None else set(ids))
    missing = next((article for article in wanted if article not in lengths), None)
    if missing is not None:
        raise NotFoundError(
            f"article {missing} is not in run {run}", hint="List the articles with `provenance show list`."
        )
    for batch in _bounded(wanted, lengths):
        with database.reading() as connection:
            articles = _articles(connection, run, batch)
        yield articles


def _lengths(connection: Connection, run: int, ids: Sequence[ArticleId] | None) -> dict[ArticleId, int]:
    query = (
        select(RunArticleRow.article_id, ArticleVersionRow.characters)
        .join(ArticleVersionRow, ArticleVersionRow.id == RunArticleRow.version_id)
        .where(RunArticleRow.run_id == run)
    )
    queries = [query] if ids is None else (query.where(RunArticleRow.article_id.in_(each)) for each in in_batches(ids))
    return {ArticleId(row.article_id): row.characters for each in queries for row in connection.execute(each)}


def _bounded(ids: Sequence[ArticleId], lengths: dict[ArticleId, int]) -> Iterator[list[ArticleId]]:
    batch: list[ArticleId] = []
    characters = 0
    for article in ids:
        if batch and (len(batch) == BATCH or characters + lengths[article] > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(article)
        characters += lengths[article]
    if batch:
        yield batch


_CONTENT = [column for column in ArticleVersionRow.__table__.columns if column.name not in {"id", "reading_digest"}]


def _articles(connection: Connection, run: int, ids: Sequence[ArticleId]) -> list[Article]:
    rows = connection.execute(
        select(RunArticleRow.article_id, ArticleRow.source, *_CONTENT)
        .join(ArticleRow, ArticleRow.id == RunArticleRow.article_row)
        .join(ArticleVersionRow, ArticleVersionRow.id == RunArticleRow.version_id)
        .where(RunArticleRow.run_id == run, RunArticleRow.article_id.in_(ids))
    )
    return sorted((_article(row) for row in rows), key=lambda article: article.id)


def _article(row: Any) -> Article:  # noqa: ANN401  a row of the query above
    return Article(
        id=ArticleId(row.article_id),
        source=row.source,
        content_hash=ContentHash(row.content_hash),
        text=row.text,
        media_type=row.media_type,
        lines=layout_of(row.layout),
        claims=claims_of(row.claims),
        url=row.url,
        outlet_name=row.outlet_name,
        title=row.title,
        byline=row.byline,
        published=published_of(row),
        language=row.language,
        metadata=row.other_fields,
    )


def unreadable_of(connection: Connection, run: int) -> list[Unreadable]:
    """Return what could not be read in a run, sorted by source and reason."""
    rows = connection.execute(select(UnreadableRow.source, UnreadableRow.reason).where(UnreadableRow.run_id == run))
    return sorted((Unreadable(row.source, row.reason) for row in rows), key=lambda item: (item.source, item.reason))


def matching_articles(connection: Connection, run: int, asked: str) -> list[StoredArticle]:
    """Return the articles of a run a person may mean, sorted by id; empty when there is none.

    The first of these that fits anything decides: the whole id; the beginning of an id, with or without ``sha256:``;
    the source or the file it stands in, whole or from any folder on (``desk/story.txt`` for ``a/desk/story.txt``).
    """
    articles = (
        select(
            RunArticleRow.article_id,
            RunArticleRow.title,
            RunArticleRow.outlet_id,
            RunArticleRow.url,
            ArticleRow.source,
            SourceRow.source.label("file"),
        )
        .join(ArticleRow, ArticleRow.id == RunArticleRow.article_row)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(RunArticleRow.run_id == run)
    )
    for likely, fits in _readings(asked):
        if found := [row for row in connection.execute(articles.where(likely)) if fits(row)]:
            return sorted((_stored(run, row) for row in found), key=lambda article: article.id)
    return []


def _readings(asked: str) -> Iterator[tuple[ColumnElement[bool], Callable[[Any], bool]]]:
    """Yield the ways to take a handle: which rows may fit, for the database, and whether one does.

    Patterns disregard case on some databases, so that they let too much through.
    """
    yield RunArticleRow.article_id == asked, lambda _: True
    begins = [RunArticleRow.article_id.startswith(start, autoescape=True) for start in (asked, f"sha256:{asked}")]
    yield or_(*begins), lambda row: row.article_id.startswith((asked, f"sha256:{asked}"))
    ends = [column.endswith(asked, autoescape=True) for column in (ArticleRow.source, SourceRow.source)]
    yield or_(*ends), lambda row: _ends_path(row.source, asked) or _ends_path(row.file, asked)


def _ends_path(source: str, asked: str) -> bool:
    return source == asked or source.endswith((f"/{asked}", f"\\{asked}"))


def _stored(run: int, row: Any) -> StoredArticle:  # noqa: ANN401  a row of the query above
    outlet = None if row.outlet_id is None else OutletId(row.outlet_id)
    return StoredArticle(run, ArticleId(row.article_id), row.source, row.title, outlet, row.url)
