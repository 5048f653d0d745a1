"""The store as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from provenance.model import (
    Article,
    ArticleId,
    AuditFindings,
    Inspection,
    LabelledArticle,
    Rating,
    RatingList,
    Review,
    Run,
)
from provenance.store import articles, inspections, ratings, recalling, reviews, runs
from provenance.store.database import PATIENCE, Database, database_at
from provenance.store.failures import whole_command
from provenance.store.migration import ensure_schema
from provenance.store.ordering import Extent
from provenance.store.records import RunSummary, StoredArticle
from provenance.store.scope import RunScope

__all__ = ["ProvenanceStore"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ProvenanceStore:
    """Articles, runs and their findings in one database. A context manager; made by :meth:`open`."""

    _database: Database
    _clock: Callable[[], datetime]

    @classmethod
    def open(
        cls, url: str, *, create: bool = False, clock: Callable[[], datetime] = _now, patience: float = PATIENCE
    ) -> ProvenanceStore:
        """Open a store.

        Args:
            url: a path, or an SQLAlchemy URL of SQLite or PostgreSQL. ``sqlite://`` is a store in memory.
            create: open for writing, and make the store when it is missing. Otherwise it is opened for reading only,
                and nothing is ever created.
            clock: tells the time of runs and events.
            patience: seconds to wait for another program's transaction before giving up.

        Raises:
            StoreMissingError: there is none and ``create`` is not set.
            StoreVersionError: another version of the program made it.
            StoreError: it cannot be opened, or is something else.
            ConfigurationError: the URL is malformed, or names another kind of database.
        """
        with ExitStack() as undo:
            database = database_at(url, create=create, patience=patience)
            undo.callback(database.close)
            ensure_schema(database)
            undo.pop_all()
        return cls(database, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    @property
    def name(self) -> str:
        """The store as a message names it: its path, or its URL without the password."""
        return self._database.name

    def command(self, words: str) -> str:
        """Write a command on this store, with what follows ``provenance``, as it can be copied into a shell."""
        return whole_command(words, self.name)

    def begin_run(self, run: Run) -> RunScope:
        """Begin an audit. Each call is a run of its own, even if the same audit was made before.

        Raises:
            StoreError: the store was opened for reading, or cannot be written.
        """
        with self._database.writing() as connection:
            number = runs.begin(connection, run, self._clock())
        return RunScope(number, self._database, self._clock)

    def runs(self) -> list[RunSummary]:
        """Return every run, oldest first."""
        with self._database.reading() as connection:
            return runs.summaries(connection)

    def finished_runs(self) -> list[int]:
        """Return the numbers of the runs that finished, oldest first; quick however large they are."""
        with self._database.reading() as connection:
            return runs.finished_runs(connection)

    def latest_run(self) -> RunSummary | None:
        """Return the run that finished last; ``None`` when none did."""
        with self._database.reading() as connection:
            number = runs.latest_finished(connection)
            return next((run for run in runs.summaries(connection) if run.number == number), None)

    def findings(self, run: int | None = None, *, around: ArticleId | None = None) -> AuditFindings:
        """Return what a finished run found, as it was given to :meth:`RunScope.finish`.

        Args:
            run: number of the run; the one that finished last when ``None``.
            around: an article: only its family, the articles it is itself tied to, and what there is between them, so
                that it takes as long as these are many, not as the run is large. The run's counts, reasons and
                outlets are there all the same; what could not be read is not. Nothing, for an article not in the run.

        Raises:
            NotFoundError: there is no such run, or it did not finish.
        """
        with self._database.reading() as connection:
            return recalling.recall_findings(connection, Extent(runs.finished_run(connection, run, self.name), around))

    def find_articles(self, asked: str, run: int | None = None) -> list[StoredArticle]:
        """Return the articles a person may mean, sorted by id; empty when there is none.

        The first of these that fits anything decides: the whole id; the beginning of an id, with or without
        ``sha256:``; the source or its file, whole or from any folder on.

        Raises:
            NotFoundError: there is no such run, or it did not finish.
        """
        with self._database.reading() as connection:
            return articles.matching_articles(connection, runs.finished_run(connection, run, self.name), asked)

    def articles(self, run: int | None = None, ids: Sequence[ArticleId] | None = None) -> Iterator[Article]:
        """Return the articles of a finished run with their texts, by id; few are in memory at once.

        Args:
            run: number of the run; the one that finished last when ``None``.
            ids: of the articles; all of the run when ``None``.

        Raises:
            NotFoundError: there is no such run or article, or the run did not finish.
        """
        for batch in articles.article_batches(self._database, self._finished(run), ids):
            yield from batch

    def without_facts(self, run: int | None = None, *, around: ArticleId | None = None) -> list[ArticleId]:
        """Return the articles of a finished run whose :attr:`ArticleFacts.tricks` are not kept, sorted.

        An older program inspected them, or the findings of the run alone hold what was found in them. With ``around``,
        of those articles alone that :meth:`findings` gives with it.

        Raises:
            NotFoundError: there is no such run, or it did not finish.
        """
        number = self._finished(run)
        with self._database.reading() as connection:
            return inspections.without_facts(connection, Extent(number, around))

    def article(self, article: ArticleId, run: int | None = None) -> Article:
        """Return an article with its text, as a run saw it.

        Raises:
            NotFoundError: the run or the article is not there.
        """
        batches = articles.article_batches(self._database, self._finished(run), [article])
        return next(batches)[0]

    def text_of(self, article: ArticleId, run: int | None = None) -> str:
        """Return the text of an article, as a run saw it.

        Raises:
            NotFoundError: the run or the article is not there.
        """
        return self.article(article, run).text

    def inspection(self, article: ArticleId, run: int | None = None) -> Inspection:
        """Return the labelled lines and attributions of an article, as a run saw them; none if it was not inspected.

        Raises:
            NotFoundError: the run or the article is not there.
        """
        number = self._finished(run)
        found = self.article(article, number)
        with self._database.reading() as connection:
            stored = inspections.read_inspections(connection, number, [found])
        return stored[0] if stored else Inspection(LabelledArticle(found, ()))

    def inspections(self, run: int | None = None, ids: Sequence[ArticleId] | None = None) -> Iterator[Inspection]:
        """Return the inspections of articles as :meth:`inspection` does, by id; few are in memory at once.

        Args:
            run: number of the run; the one that finished last when ``None``.
            ids: of the articles; all of the run when ``None``.

        Raises:
            NotFoundError: there is no such run or article, or the run did not finish.
        """
        number = self._finished(run)
        for batch in articles.article_batches(self._database, number, ids):
            with self._database.reading() as connection:
                stored = inspections.read_inspections(connection, number, batch)
            found = {each.labelled.article.id: each for each in stored}
            yield from (found.get(each.id) or Inspection(LabelledArticle(each, ())) for each in batch)

    def add_review(self, review: Review) -> None:
        """Keep a decision about a link; earlier ones stay, and the last about the same two contents counts.

        Raises:
            ValueError: it names neither an upstream article nor an outlet, or both.
            StoreError: the store was opened for reading, or cannot be written.
        """
        with self._database.writing() as connection:
            reviews.add_review(connection, review)

    def reviews(self) -> tuple[Review, ...]:
        """Return every decision about a link that was ever taken, oldest first."""
        with self._database.reading() as connection:
            return reviews.every_review(connection)

    def reviews_in_force(self, run: int | None = None) -> tuple[Review, ...]:
        """Return the decisions that count, oldest first; none of them is withdrawn.

        Args:
            run: number of a run: those about its articles as it read them; about all that was last read when ``None``.
        """
        with self._database.reading() as connection:
            return reviews.reviews_in_force(connection) if run is None else reviews.reviews_of_run(connection, run)

    def import_ratings(self, imported: Sequence[Rating]) -> int:
        """Keep ratings in place of all kept before of the same lists of the same dates; return how many those were.

        Lists of other dates stay beside them. No two may be of one domain in one list of one date.

        Raises:
            StoreError: the store was opened for reading, or cannot be written.
        """
        with self._database.writing() as connection:
            return ratings.replace_ratings(connection, imported, self._clock())

    def remove_ratings(self, list_name: str, list_date: str | None = None) -> int:
        """Forget an imported list of one date, or of every date for ``None``; return how many ratings that were.

        Raises:
            StoreError: the store was opened for reading, or cannot be written.
        """
        with self._database.writing() as connection:
            return ratings.remove_list(connection, list_name, list_date)

    def rating_lists(self) -> list[RatingList]:
        """Return which lists were imported, by name and date."""
        with self._database.reading() as connection:
            return ratings.rating_lists(connection)

    def ratings(self, domains: Sequence[str] | None = None) -> list[Rating]:
        """Return what imported lists say of exactly these domains, or of all for ``None``, by list, date and domain."""
        with self._database.reading() as connection:
            return ratings.ratings_of(connection, domains)

    def _finished(self, run: int | None) -> int:
        with self._database.reading() as connection:
            return runs.finished_run(connection, run, self.name)
