"""The working set of one run, from its beginning to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from provenance.errors import ProvenanceError, StoreError
from provenance.model import (
    Article,
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Drift,
    Erosion,
    Inspection,
    Match,
    Review,
    Unreadable,
)
from provenance.store import (
    articles,
    drifting,
    eroding,
    inspections,
    matches,
    membership,
    outlines,
    recording,
    reviews,
    runs,
    taking,
)
from provenance.store.database import Database
from provenance.store.drifting import ArticlePair
from provenance.store.preparing import PreparedInspection
from provenance.store.records import (
    BodyText,
    InspectedFacts,
    MatchPlace,
    MatchSignals,
    Outlined,
    RunStatus,
    SourceReading,
    SourceStamp,
)
from provenance.store.rows import gather_statistics

__all__ = ["RunScope"]


@dataclass(slots=True)
class RunScope:
    """The articles that take part in one run, and what is found in them.

    Each call that writes is one transaction: a process killed at any moment leaves what was written by the calls
    before, and the next audit goes on from there. Used as a context manager, a run that is left by an exception is
    marked as failed.

    Attributes:
        number: the run's place in the store; what ``run`` arguments take.
    """

    number: int
    _database: Database
    _clock: Callable[[], datetime]
    _open: bool = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._open:
            self._fail_quietly(error)

    def _fail_quietly(self, error: BaseException) -> None:
        try:
            self.fail(error.message if isinstance(error, ProvenanceError) else f"{type(error).__name__}: {error}")
        except StoreError:
            return  # the store itself is what failed; the first error is the one to report

    def stamps(self, sources: Iterable[str]) -> dict[str, SourceStamp]:
        """Return the stamps of those files that were read to their end by any run, with nothing unreadable in them."""
        with self._database.reading() as connection:
            return membership.stamps(connection, sorted(set(sources)))

    def adopt(self, sources: Sequence[str]) -> int:
        """Let what unchanged files hold take part in this run; return the number of articles.

        Raises:
            StoreError: two articles of the run would have one id.
        """
        with self._database.writing() as connection:
            adopted = membership.adopt(connection, self.number, sources)
            runs.add_event(connection, self.number, self._clock(), "adopted", f"{len(sources)} files")
            return adopted

    def add(self, readings: Sequence[SourceReading]) -> None:
        """Store what files held, in one transaction; it replaces what was known of them.

        Raises:
            StoreError: two articles of the run would have one id.
        """
        prepared = membership.prepare(readings)
        with self._database.writing() as connection:
            membership.add_readings(connection, self.number, prepared)

    def article_ids(self) -> list[ArticleId]:
        """Return the ids of the run's articles, sorted."""
        with self._database.reading() as connection:
            return articles.article_ids(connection, self.number)

    def articles(self, ids: Sequence[ArticleId] | None = None) -> Iterator[Article]:
        """Yield articles, all of the run or those asked for, sorted by id, in bounded memory.

        Raises:
            NotFoundError: an id is not in the run.
        """
        for batch in articles.article_batches(self._database, self.number, ids):
            yield from batch

    def inspection_keys(self) -> dict[ArticleId, str]:
        """Return the cache key under which each article's content was last inspected; absent where it never was."""
        with self._database.reading() as connection:
            return inspections.inspection_keys(connection, self.number)

    def without_outline(self, key: str) -> list[ArticleId]:
        """Return the articles whose content has no outline under ``key``, sorted."""
        with self._database.reading() as connection:
            return outlines.without_outline(connection, self.number, key)

    def outlines(self, key: str) -> Iterator[Outlined]:
        """Yield the outlines made under ``key`` of the run's articles, in no particular order, in bounded memory."""
        return outlines.outlines_of_run(self._database, self.number, key)

    def save_outlines(self, key: str, outlined: Sequence[Outlined]) -> None:
        """Keep outlines for this and later runs, in place of those of the same contents under another key.

        Raises:
            ValueError: an article does not take part in the run.
        """
        with self._database.writing() as connection:
            outlines.save_outlines(connection, self.number, key, outlined)

    def save_inspections(self, prepared: Sequence[PreparedInspection]) -> None:
        """Store inspections (see :func:`prepare_inspection`) in place of the earlier ones of the same contents.

        Raises:
            ValueError: an article does not take part in the run.
        """
        with self._database.writing() as connection:
            inspections.save_inspections(connection, self.number, prepared)

    def inspections(self, ids: Sequence[ArticleId] | None = None) -> Iterator[Inspection]:
        """Yield inspections, with their articles, sorted by id, in bounded memory; never inspected ones are left out.

        Raises:
            NotFoundError: an id is not in the run.
        """
        for batch in articles.article_batches(self._database, self.number, ids):
            with self._database.reading() as connection:
                found = inspections.read_inspections(connection, self.number, batch)
            yield from found

    def facts(self) -> Iterator[tuple[ArticleFacts, InspectedFacts]]:
        """Yield what the later stages take of every inspected article, in no particular order, in bounded memory."""
        return taking.facts_of_run(self._database, self.number)

    def bodies(self, ids: Sequence[ArticleId]) -> list[BodyText]:
        """Return texts with the places that are the article itself, sorted by id; those never inspected are absent."""
        with self._database.reading() as connection:
            return taking.body_texts(connection, self.number, ids)

    def match_places(self, key: str, pairs: Iterable[tuple[ArticleId, ArticleId]]) -> list[MatchPlace]:
        """Say where the match of each pair made under ``key`` is kept, whether there is one or not; sorted by pair.

        Identical contents share their matches, be they of other runs or under other ids.

        Raises:
            ValueError: an article does not take part in the run.
        """
        with self._database.reading() as connection:
            return matches.match_places(connection, self.number, key, pairs)

    def match_signals(self, places: Sequence[MatchPlace]) -> Iterator[tuple[MatchPlace, MatchSignals]]:
        """Yield what was measured for the matches kept at these places, in this order, without reading passages."""
        return matches.match_signals(self._database, places)

    def stored_matches(self, places: Sequence[MatchPlace]) -> Iterator[Match]:
        """Yield the matches kept at these places, the lower id on the left, in this order."""
        return matches.stored_matches(self._database, places)

    def save_matches(self, key: str, found: Sequence[Match]) -> None:
        """Keep matches for this and later runs. Save inspections first: a match is tied to how lines are labelled.

        Raises:
            ValueError: an article does not take part in the run.
        """
        with self._database.writing() as connection:
            matches.save_matches(connection, self.number, key, found)

    def known_drift(self, key: str, pairs: Sequence[ArticlePair]) -> dict[ArticlePair, tuple[Drift, ...]]:
        """Return what was found under ``key``, by any run, for contents of these pairs; one never compared is absent.

        A pair is the downstream article and the upstream one.
        """
        with self._database.reading() as connection:
            return drifting.known_drift(connection, self.number, key, pairs)

    def save_drift(self, key: str, found: Mapping[ArticlePair, Sequence[Drift]]) -> None:
        """Keep what was found for pairs, be it nothing, for later runs. Save inspections first, as for matches.

        Raises:
            ValueError: an article does not take part in the run.
        """
        with self._database.writing() as connection:
            drifting.save_drift(connection, self.number, key, found)

    def known_erosion(self, key: str, pairs: Sequence[ArticlePair]) -> dict[ArticlePair, tuple[Erosion, ...]]:
        """Return what was found under ``key``, by any run, for contents of these pairs; one never compared is absent.

        A pair is the downstream article and the upstream one.
        """
        with self._database.reading() as connection:
            return eroding.known_erosion(connection, self.number, key, pairs)

    def save_erosion(self, key: str, found: Mapping[ArticlePair, Sequence[Erosion]]) -> None:
        """Keep what was found for pairs, be it nothing, for later runs. Save inspections first, as for matches.

        Raises:
            ValueError: an article does not take part in the run.
        """
        with self._database.writing() as connection:
            eroding.save_erosion(connection, self.number, key, found)

    def reviews(self) -> tuple[Review, ...]:
        """Return what people decided about links between the run's articles, as far as it still counts; oldest first.

        A decision counts while no later one is about the same two contents and both are what they were. None of those
        returned is withdrawn.
        """
        with self._database.reading() as connection:
            return reviews.reviews_of_run(connection, self.number)

    def unreadable(self) -> list[Unreadable]:
        """Return what could not be read, sorted by source."""
        with self._database.reading() as connection:
            return articles.unreadable_of(connection, self.number)

    def finish(self, findings: AuditFindings) -> None:
        """Store the findings, all or none, and mark the run as finished.

        Raises:
            ValueError: the findings name an article that does not take part in the run.
        """
        with self._database.writing() as connection:
            recording.record_findings(connection, self.number, findings)
            runs.end(connection, self.number, self._clock(), RunStatus.FINISHED)
            gather_statistics(connection)
        self._open = False

    def fail(self, reason: str) -> None:
        """Mark the run as failed. What was read and inspected stays, for the next run to use."""
        with self._database.writing() as connection:
            runs.end(connection, self.number, self._clock(), RunStatus.FAILED, reason)
        self._open = False
