"""What people decided about links: only ever added to, and in force for the contents it was decided on.

Of the decisions about two contents the last one counts, whichever of the two it calls the upstream. A decision is tied
to contents, not to names: another text under the same id is another text, and no decision about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select
from sqlalchemy.orm import aliased

from provenance.model import ArticleId, ContentHash, Decision, OutletId, Review
from provenance.store._tables import ArticleRow, ArticleVersionRow, ReviewRow, RunArticleRow
from provenance.store.outlets import name_outlets
from provenance.store.rows import in_batches

__all__ = ["add_review", "every_review", "reviews_in_force", "reviews_of_run"]

_Holds = Callable[[ArticleId, ContentHash | None], bool]
"""Says whether an article has a content."""


def add_review(connection: Connection, review: Review) -> None:
    """Add a decision to those there are.

    Raises:
        ValueError: it names neither an upstream article nor an outlet, or both.
    """
    if (review.upstream is None) == (review.upstream_outlet is None):
        raise ValueError("a review is of either an upstream article or an outlet")
    if review.upstream_outlet is not None:
        name_outlets(connection, {review.upstream_outlet: review.upstream_outlet})
    values = {column.name: getattr(review, column.name) for column in _COLUMNS}
    connection.execute(insert(ReviewRow).values(**values))


_COLUMNS = [column for column in ReviewRow.__table__.columns if column.name != "id"]


def every_review(connection: Connection) -> tuple[Review, ...]:
    """Read every decision that was ever taken, in the order they were."""
    return _read(connection)


def reviews_in_force(connection: Connection) -> tuple[Review, ...]:
    """Read the decisions that still count for what the store last read, withdrawn ones left out; oldest first."""
    reviews = _read(connection)
    articles = sorted({each for review in reviews for each in (review.downstream, review.upstream) if each})
    held: defaultdict[str, set[str]] = defaultdict(set)
    for batch in in_batches(articles):
        rows = connection.execute(
            select(ArticleRow.article_id, ArticleVersionRow.content_hash)
            .join(ArticleVersionRow, ArticleVersionRow.id == ArticleRow.version_id)
            .where(ArticleRow.article_id.in_(batch))
        )
        for row in rows:
            held[row.article_id].add(row.content_hash)
    return _in_force(reviews, lambda article, content: content in held[article])


def reviews_of_run(connection: Connection, run: int) -> tuple[Review, ...]:
    """Read the decisions that count for the articles of a run as it read them, withdrawn ones left out; oldest first.

    Of an upstream article both sides take part in the run; of an outlet known by name only, the downstream side.
    """
    upstream = aliased(RunArticleRow)
    both = or_(ReviewRow.upstream.is_(None), upstream.article_id.is_not(None))
    downstream = and_(RunArticleRow.run_id == run, RunArticleRow.article_id == ReviewRow.downstream)
    found = (
        select(ReviewRow.id)
        .join(RunArticleRow, downstream)
        .outerjoin(upstream, and_(upstream.run_id == run, upstream.article_id == ReviewRow.upstream))
        .where(both)
    )
    reviews = _read(connection, ReviewRow.id.in_(found))
    contents = _contents(connection, run, reviews)
    return _in_force(reviews, lambda article, content: contents.get(article) == content)


def _contents(connection: Connection, run: int, reviews: Iterable[Review]) -> dict[str, str]:
    articles = sorted({each for review in reviews for each in (review.downstream, review.upstream) if each})
    contents: dict[str, str] = {}
    for batch in in_batches(articles):
        rows = connection.execute(
            select(RunArticleRow.article_id, ArticleVersionRow.content_hash)
            .join(ArticleVersionRow, ArticleVersionRow.id == RunArticleRow.version_id)
            .where(RunArticleRow.run_id == run, RunArticleRow.article_id.in_(batch))
        )
        contents.update((row.article_id, row.content_hash) for row in rows)
    return contents


def _in_force(reviews: Iterable[Review], holds: _Holds) -> tuple[Review, ...]:
    """Keep of the decisions about the same contents the last, unless it withdraws the one before."""
    last: dict[frozenset[tuple[str, str | None]], Review] = {}
    for review in reviews:
        if holds(review.downstream, review.downstream_hash) and (
            review.upstream is None or holds(review.upstream, review.upstream_hash)
        ):
            pair = _pair(review)
            last.pop(pair, None)  # so that the order is that of the decisions that count
            last[pair] = review
    return tuple(review for review in last.values() if review.decision is not Decision.WITHDRAWN)


def _pair(review: Review) -> frozenset[tuple[str, str | None]]:
    """Name what a decision is about; an outlet is told from an article of the same name by having no content."""
    other = review.upstream if review.upstream is not None else review.upstream_outlet
    assert other is not None  # the table has a constraint
    return frozenset({(review.downstream, review.downstream_hash), (other, review.upstream_hash)})


def _read(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Review, ...]:
    rows = connection.execute(select(*_COLUMNS).where(*conditions).order_by(ReviewRow.id))
    return tuple(map(_review, rows))


def _review(row: Any) -> Review:  # noqa: ANN401  a row of the table
    return Review(
        downstream=ArticleId(row.downstream),
        upstream=row.upstream,
        upstream_outlet=None if row.upstream_outlet is None else OutletId(row.upstream_outlet),
        decision=Decision(row.decision),
        reviewer=row.reviewer,
        note=row.note,
        decided_at=row.decided_at,
        downstream_hash=ContentHash(row.downstream_hash),
        upstream_hash=None if row.upstream_hash is None else ContentHash(row.upstream_hash),
    )
