"""Audits: what was asked, which articles took part, what could not be read, and what people decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from provenance.store._tables.base import Base, Json, OutletRef, Published, RunRef, Serial, VersionRef
from provenance.store.columns import BIG_INTEGER

__all__ = ["ReviewRow", "RunArticleRow", "RunEventRow", "RunOutletRow", "RunRow", "UnreadableRow"]


class RunRow(Base):
    """One audit. ``status`` is ``running``, ``finished`` or ``failed``; one that was killed stays ``running``."""

    __tablename__ = "runs"

    id: Mapped[Serial]
    digest: Mapped[str]
    """Of inputs, options and versions: the same audit has the same digest, and each time a row of its own."""
    status: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    paths: Mapped[Json] = mapped_column(JSON)
    options: Mapped[Json] = mapped_column(JSON)
    versions: Mapped[Json] = mapped_column(JSON)
    articles_read: Mapped[int]
    articles_unchanged: Mapped[int]
    origins_at_least: Mapped[int | None]
    origins_at_most: Mapped[int | None]
    origins_why: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))


class RunEventRow(Base):
    """Something that happened to a run."""

    __tablename__ = "run_events"
    __table_args__ = (Index(None, "run_id"),)

    id: Mapped[Serial]
    run_id: Mapped[RunRef]
    at: Mapped[datetime]
    event: Mapped[str]
    detail: Mapped[str]


class RunArticleRow(Published, Base):
    """One article as one run saw it; what stands after ``inspection_id`` is set when the run finishes."""

    __tablename__ = "run_articles"
    __table_args__ = (
        Index(None, "run_id", "version_id"),
        Index(None, "article_row"),
        Index(None, "version_id"),
        Index(None, "inspection_id"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(primary_key=True)
    article_row: Mapped[int] = mapped_column(BIG_INTEGER, ForeignKey("articles.id"))
    version_id: Mapped[VersionRef]
    inspection_id: Mapped[int | None] = mapped_column(BIG_INTEGER, ForeignKey("inspections.id"))
    position: Mapped[int | None]
    """Place in the findings; null until the run is finished."""
    body_hash: Mapped[str | None]
    words: Mapped[int | None]
    outlet_id: Mapped[OutletRef | None]
    outlet_name: Mapped[str | None]
    """The outlet as the page itself names it."""
    url: Mapped[str | None]
    title: Mapped[str | None]
    language: Mapped[str | None]


class RunOutletRow(Base):
    """One outlet as one run knew it."""

    __tablename__ = "run_outlets"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    outlet_id: Mapped[OutletRef]
    description: Mapped[Json] = mapped_column(JSON)


class UnreadableRow(Base):
    """A source that could not be read in a run."""

    __tablename__ = "unreadable"
    __table_args__ = (Index(None, "run_id"), Index(None, "source_id"))

    id: Mapped[Serial]
    run_id: Mapped[RunRef]
    source_id: Mapped[int | None] = mapped_column(BIG_INTEGER, ForeignKey("sources.id"))
    """The file it stands in; null where nothing could even be opened."""
    source: Mapped[str]
    reason: Mapped[str]
    position: Mapped[int | None]
    """Place in the findings; null until the run is finished."""


class ReviewRow(Base):
    """What a person decided about a link, whatever run showed it. Never overwritten, only added to: the last counts."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("upstream IS NOT NULL OR upstream_outlet IS NOT NULL", name="names_an_upstream"),
        Index(None, "downstream"),
        Index(None, "upstream"),
    )

    id: Mapped[Serial]
    downstream: Mapped[str]
    """Article id; ``upstream`` likewise, or null where ``upstream_outlet`` is known by name only."""
    upstream: Mapped[str | None]
    upstream_outlet: Mapped[OutletRef | None]
    downstream_hash: Mapped[str]
    """Of the contents the decision was taken on: it holds as long as both are the same."""
    upstream_hash: Mapped[str | None]
    decision: Mapped[str]
    reviewer: Mapped[str]
    note: Mapped[str]
    decided_at: Mapped[datetime]
