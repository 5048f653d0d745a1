"""Which files were read, which articles they hold, and which of these take part in a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, exists, func, insert, literal, select, union_all, update

from provenance.errors import StoreError
from provenance.model import ArticleId
from provenance.store._tables import (
    ArticleRow,
    ArticleVersionRow,
    InspectionRow,
    RunArticleRow,
    SourceRow,
    UnreadableRow,
)
from provenance.store.encoding import Columns, version_columns
from provenance.store.records import SourceReading, SourceStamp
from provenance.store.rows import add, add_missing, in_batches, write_over

__all__ = ["PreparedReading", "add_readings", "adopt", "prepare", "stamps"]

ContentKey = tuple[str, str]
"""Content hash and reading digest: what makes two articles one content."""


@dataclass(frozen=True, slots=True)
class PreparedReading:
    """A reading with its contents spread over columns, so that the write lock is not held for computing."""

    reading: SourceReading
    versions: tuple[Columns, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    """An article about to take part in a run."""

    article_id: str
    source: str
    article_row: int
    version_id: int


def prepare(readings: Iterable[SourceReading]) -> list[PreparedReading]:
    """Spread the contents of readings over columns."""
    return [PreparedReading(reading, tuple(map(version_columns, reading.articles))) for reading in readings]


def stamps(connection: Connection, sources: Sequence[str]) -> dict[str, SourceStamp]:
    """Return the stamp of each of these files that was read to its end, and in whole, when it was read last.

    Why something could not be read may lie outside the file (rights, an extra not installed): it has none.
    """
    columns = (SourceRow.source, SourceRow.size, SourceRow.mtime_ns, SourceRow.reader)
    unreadable = exists().where(UnreadableRow.source_id == SourceRow.id, UnreadableRow.run_id == SourceRow.run_id)
    found: dict[str, SourceStamp] = {}
    for batch in in_batches(sources):
        rows = connection.execute(select(*columns).where(SourceRow.source.in_(batch), SourceRow.complete, ~unreadable))
        found.update({row.source: SourceStamp(row.source, row.size, row.mtime_ns, row.reader) for row in rows})
    return found


def adopt(connection: Connection, run: int, sources: Sequence[str]) -> int:
    """Let what these files held when they were last read take part in a run; return the number of articles."""
    adopted = 0
    for batch in in_batches(sorted(set(sources))):
        _refuse_taken(connection, run, batch)
        names = ["run_id", "article_id", "article_row", "version_id", "inspection_id"]
        adopted += connection.execute(insert(RunArticleRow).from_select(names, _held_by(run, batch))).rowcount
        _adopt_unreadable(connection, run, batch)
    return adopted


def _held_by(run: int, sources: Sequence[str]) -> Select[Any]:
    """Select what files hold as members of a run, each content with what was last found in it."""
    latest = (
        select(func.max(InspectionRow.id))
        .where(InspectionRow.version_id == ArticleRow.version_id, InspectionRow.current)
        .scalar_subquery()
    )
    return _articles_of(sources).with_only_columns(
        literal(run), ArticleRow.article_id, ArticleRow.id, ArticleRow.version_id, latest
    )


def _articles_of(sources: Sequence[str]) -> Select[str, str]:
    return (
        select(ArticleRow.article_id, ArticleRow.source)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(SourceRow.source.in_(sources), SourceRow.complete, ArticleRow.version_id.is_not(None))
    )


def _refuse_taken(connection: Connection, run: int, sources: Sequence[str]) -> None:
    """Refuse files that hold two articles of one id, or one whose id another article of the run has."""
    held = _articles_of(sources).subquery()
    twice = select(held.c.article_id).group_by(held.c.article_id).having(func.count() > 1)
    taken = select(held.c.article_id).join(
        RunArticleRow, and_(RunArticleRow.run_id == run, RunArticleRow.article_id == held.c.article_id)
    )
    repeated = connection.scalars(union_all(twice, taken).limit(1)).first()
    if repeated is None:
        return
    here = connection.execute(_articles_of(sources).where(ArticleRow.article_id == repeated)).all()
    there = connection.execute(_members(run).where(RunArticleRow.article_id == repeated)).all()
    _refuse_repeats((row.article_id, row.source) for row in [*there, *here])


def _members(run: int) -> Select[str, str]:
    return (
        select(RunArticleRow.article_id, ArticleRow.source)
        .join(ArticleRow, ArticleRow.id == RunArticleRow.article_row)
        .where(RunArticleRow.run_id == run)
    )


def _adopt_unreadable(connection: Connection, run: int, sources: Sequence[str]) -> None:
    rows = connection.execute(
        select(UnreadableRow.source_id, UnreadableRow.source, UnreadableRow.reason)
        .join(SourceRow, SourceRow.id == UnreadableRow.source_id)
        .where(SourceRow.source.in_(sources), UnreadableRow.run_id == SourceRow.run_id, SourceRow.run_id != run)
        .order_by(UnreadableRow.id)
    )
    add(connection, UnreadableRow, [{"run_id": run, **row._mapping} for row in rows])  # noqa: SLF001  public in SQLAlchemy


def add_readings(connection: Connection, run: int, prepared: Sequence[PreparedReading]) -> None:
    """Record what files held: it replaces what was known of them, and takes part in the run."""
    source_ids = _record_sources(connection, run, [entry.reading for entry in prepared])
    contents = _record_contents(connection, [columns for entry in prepared for columns in entry.versions])
    rows: list[Columns] = []
    for entry in prepared:
        source_id = source_ids[entry.reading.stamp.source]
        for article, version in zip(entry.reading.articles, entry.versions, strict=True):
            place = {"source_id": source_id, "source": article.source, "article_id": article.id}
            rows.append({**place, "version_id": contents[_content_key(version)]})
        _add_unreadable(connection, run, source_id, entry.reading)
    _refuse_repeats((row["article_id"], row["source"]) for row in rows)
    rows.sort(key=lambda row: (row["source_id"], row["source"], row["article_id"]))
    for batch in in_batches(rows):
        write_over(connection, ArticleRow, ("source_id", "source", "article_id"), batch)
        _enrol(connection, run, _recorded(connection, batch))


def _content_key(version: Mapping[str, str]) -> ContentKey:
    return version["content_hash"], version["reading_digest"]


def _record_sources(connection: Connection, run: int, readings: Sequence[SourceReading]) -> dict[str, int]:
    """Write the stamps, and forget what the files that are read from their start held before."""
    latest = {reading.stamp.source: reading for reading in readings}
    rows = [
        {
            "source": reading.stamp.source,
            "size": reading.stamp.size,
            "mtime_ns": reading.stamp.mtime_ns,
            "reader": reading.stamp.reader,
            "complete": reading.last,
            "run_id": run,
        }
        for _, reading in sorted(latest.items())
    ]
    write_over(connection, SourceRow, ("source",), rows)
    ids: dict[str, int] = {}
    for batch in in_batches(list(latest)):
        found = connection.execute(select(SourceRow.source, SourceRow.id).where(SourceRow.source.in_(batch)))
        ids.update({row.source: row.id for row in found})
    begun = {reading.stamp.source for reading in readings if reading.part == 0}
    for part in in_batches([ids[source] for source in sorted(begun)]):
        _forget(connection, run, part)
    return ids


def _forget(connection: Connection, run: int, source_ids: Sequence[int]) -> None:
    of_sources = ArticleRow.source_id.in_(source_ids)
    connection.execute(
        delete(RunArticleRow).where(
            RunArticleRow.run_id == run, RunArticleRow.article_row.in_(select(ArticleRow.id).where(of_sources))
        )
    )
    connection.execute(update(ArticleRow).where(of_sources).values(version_id=None))
    connection.execute(
        delete(UnreadableRow).where(UnreadableRow.run_id == run, UnreadableRow.source_id.in_(source_ids))
    )


def _record_contents(connection: Connection, versions: Sequence[Columns]) -> dict[ContentKey, int]:
    """Store each content that is not there yet, and return the row of each."""
    by_key = {_content_key(version): version for version in versions}
    ids: dict[ContentKey, int] = {}
    for keys in in_batches(sorted(by_key)):
        known = _content_rows(connection, keys)
        missing = [by_key[key] for key in keys if key not in known]
        add_missing(connection, ArticleVersionRow, missing)
        ids |= known
        if missing:
            ids |= _content_rows(connection, [_content_key(version) for version in missing])
    return ids


def _content_rows(connection: Connection, keys: Sequence[ContentKey]) -> dict[ContentKey, int]:
    columns = (ArticleVersionRow.content_hash, ArticleVersionRow.reading_digest, ArticleVersionRow.id)
    hashes = sorted({content_hash for content_hash, _ in keys})
    rows = connection.execute(select(*columns).where(ArticleVersionRow.content_hash.in_(hashes)))
    return {(row.content_hash, row.reading_digest): row.id for row in rows}


def _recorded(connection: Connection, rows: Sequence[Columns]) -> list[_Member]:
    columns = (ArticleRow.source_id, ArticleRow.article_id, ArticleRow.source, ArticleRow.id, ArticleRow.version_id)
    stored = connection.execute(
        select(*columns).where(
            ArticleRow.source_id.in_(sorted({row["source_id"] for row in rows})),
            ArticleRow.article_id.in_([row["article_id"] for row in rows]),
        )
    )
    found = {(row.source_id, row.source, row.article_id): row.id for row in stored}
    return [
        _Member(
            row["article_id"],
            row["source"],
            found[row["source_id"], row["source"], row["article_id"]],
            row["version_id"],
        )
        for row in rows
    ]


def _add_unreadable(connection: Connection, run: int, source_id: int, reading: SourceReading) -> None:
    place = {"run_id": run, "source_id": source_id}
    rows = [{**place, "source": entry.source, "reason": entry.reason} for entry in reading.unreadable]
    add(connection, UnreadableRow, rows)


def _enrol(connection: Connection, run: int, members: Sequence[_Member]) -> None:
    """Let articles take part in a run, with what was last found in their contents."""
    places = _refuse_repeats((member.article_id, member.source) for member in members)
    taken = connection.execute(_members(run).where(RunArticleRow.article_id.in_(list(places))))
    _refuse_repeats([*((row.article_id, row.source) for row in taken), *places.items()])
    inspections = _latest_inspections(connection, sorted({member.version_id for member in members}))
    rows = [
        {
            "run_id": run,
            "article_id": member.article_id,
            "article_row": member.article_row,
            "version_id": member.version_id,
            "inspection_id": inspections.get(member.version_id),
        }
        for member in members
    ]
    add(connection, RunArticleRow, rows)


def _refuse_repeats(places: Iterable[tuple[str, str]]) -> dict[ArticleId, str]:
    """Hold that an id means one article in a run; return where each stands."""
    seen: dict[ArticleId, str] = {}
    for name, source in places:
        article_id = ArticleId(name)
        if article_id in seen:
            raise StoreError(
                f"two articles of one audit have the id {article_id}: {seen[article_id]} and {source}",
                hint="Give each record its own id, or audit the two files one after the other.",
            )
        seen[article_id] = source
    return seen


def _latest_inspections(connection: Connection, versions: Sequence[int]) -> dict[int, int]:
    rows = connection.execute(
        select(InspectionRow.version_id, func.max(InspectionRow.id).label("inspection"))
        .where(InspectionRow.version_id.in_(versions), InspectionRow.current)
        .group_by(InspectionRow.version_id)
    )
    return {row.version_id: row.inspection for row in rows}
