"""What was read: files, the articles in them, each distinct content once, and what each content says of itself."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from provenance.store._tables.base import Base, Json, OutletRef, Published, RunRef, Serial, VersionRef
from provenance.store.columns import BIG_INTEGER

__all__ = [
    "ArticleRow",
    "ArticleVersionRow",
    "AttributionRow",
    "BlockRow",
    "InspectionFactsRow",
    "InspectionRow",
    "OutlineRow",
    "SourceRow",
]


class SourceRow(Base):
    """One file as it was read last; size, time and reader decide whether it must be read again."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("source"), Index(None, "run_id"))

    id: Mapped[Serial]
    source: Mapped[str]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    reader: Mapped[str]
    complete: Mapped[bool]
    """False while a file that comes in several parts is still being read."""
    run_id: Mapped[RunRef]
    """The run that read it last."""


class ArticleVersionRow(Published, Base):
    """One content, however many articles have it. Offsets elsewhere are half-open code points into ``text``."""

    __tablename__ = "article_versions"
    __table_args__ = (UniqueConstraint("content_hash", "reading_digest"),)

    id: Mapped[Serial]
    content_hash: Mapped[str]
    reading_digest: Mapped[str]
    """Of everything the reader gave besides id and place: another reader may see other lines in the same content."""
    media_type: Mapped[str]
    language: Mapped[str | None]
    url: Mapped[str | None]
    outlet_name: Mapped[str | None]
    title: Mapped[str | None]
    byline: Mapped[str | None]
    characters: Mapped[int]
    """Code points of ``text``."""
    text: Mapped[str]
    layout: Mapped[bytes]
    """The lines with their markup, as compressed JSON; see ``provenance.store.encoding``."""
    claims: Mapped[Json] = mapped_column(JSON)
    other_fields: Mapped[Json] = mapped_column(JSON)


class ArticleRow(Base):
    """One article: an id at a place. Its content may change; ``version_id`` is null once it is gone from its file."""

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("source_id", "source", "article_id"),
        Index(None, "article_id"),
        Index(None, "version_id"),
    )

    id: Mapped[Serial]
    source_id: Mapped[int] = mapped_column(BIG_INTEGER, ForeignKey("sources.id"))
    source: Mapped[str]
    article_id: Mapped[str]
    version_id: Mapped[VersionRef | None]


class InspectionRow(Base):
    """What was found in one content under one cache key."""

    __tablename__ = "inspections"
    __table_args__ = (UniqueConstraint("version_id", "result_digest"),)

    id: Mapped[Serial]
    version_id: Mapped[VersionRef]
    cache_key: Mapped[str]
    """The rules and furniture it was made with; empty for one that is not to be used again."""
    current: Mapped[bool]
    """Whether it is the one made last."""
    outlet_id: Mapped[OutletRef | None]
    labels_digest: Mapped[str]
    """Of the blocks' places and roles, which are all that matching depends on."""
    result_digest: Mapped[str]
    """Of all blocks and attributions: the same finding under a new key stays one row."""


class InspectionFactsRow(Published, Base):
    """What the later stages take from an inspection, so that nobody reads its text and lines again for it."""

    __tablename__ = "inspection_facts"

    inspection_id: Mapped[int] = mapped_column(
        BIG_INTEGER, ForeignKey("inspections.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    title: Mapped[str | None]
    """As the page's record or markup states it, or else its labelled lines; the date likewise."""
    body_hash: Mapped[str]
    words: Mapped[int]
    """Body words."""
    tricks: Mapped[Json] = mapped_column(JSON)
    """What is hidden in the text: ``[kind, count, [begins, ends, …]]`` each."""
    notes: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    """What it says of its versions: ``[kind, begins, ends, rule, number]`` each; null in rows of revision 0002."""
    fingerprints: Mapped[bytes]
    """Distinct word shingles the matcher looks up: ascending numbers of 64 bits, little-endian; ``terms`` likewise."""
    terms: Mapped[bytes]


class OutlineRow(Base):
    """The shown lines of one content without their text: what is learnt of its outlet's furniture comes from here."""

    __tablename__ = "outlines"

    version_id: Mapped[int] = mapped_column(
        BIG_INTEGER, ForeignKey("article_versions.id"), primary_key=True, autoincrement=False
    )
    outline_key: Mapped[str]
    """Of the rules and outlets it was made with."""
    outlet_key: Mapped[str | None]
    """Whose furniture it teaches; null where nothing tells where the article stood."""
    lines: Mapped[bytes]


class BlockRow(Base):
    """One labelled line."""

    __tablename__ = "blocks"
    __table_args__ = ({"sqlite_with_rowid": False},)

    inspection_id: Mapped[int] = mapped_column(
        BIG_INTEGER, ForeignKey("inspections.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    begins: Mapped[int]
    ends: Mapped[int]
    role: Mapped[str]
    rule: Mapped[str]
    clues: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    """What weighed for the role: only in rows of revision 0001. Nobody is shown it of a stored article."""


class AttributionRow(Base):
    """One explicit claim of a source: in the text (``begins``, ``ends``) or in the markup (``element``)."""

    __tablename__ = "attributions"
    __table_args__ = (Index(None, "outlet_id"), {"sqlite_with_rowid": False})

    inspection_id: Mapped[int] = mapped_column(
        BIG_INTEGER, ForeignKey("inspections.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    begins: Mapped[int | None]
    ends: Mapped[int | None]
    element: Mapped[str | None]
    text: Mapped[str]
    rule: Mapped[str]
    credited: Mapped[str | None]
    domain: Mapped[str | None]
    outlet_id: Mapped[OutletRef | None]
    extent: Mapped[str]
    hop: Mapped[int]
    via: Mapped[Json] = mapped_column(JSON)
    name_begins: Mapped[int | None]
    name_ends: Mapped[int | None]
