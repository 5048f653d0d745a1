"""What was found: shared passages, and per run the derivations, families, verdicts and changed facts."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from provenance.store._tables.base import Base, Json, OutletRef, RunRef, VersionRef
from provenance.store.columns import BIG_INTEGER

__all__ = [
    "CompositionRow",
    "ContentDriftRow",
    "ContentErosionRow",
    "CreditCheckRow",
    "DerivationPassageRow",
    "DerivationRow",
    "DriftRow",
    "ErosionRow",
    "EvidencePlaceRow",
    "EvidenceRow",
    "FamilyMemberRow",
    "FamilyRow",
    "InferredArticleRow",
    "InferredPlaceRow",
    "InferredSourceRow",
    "MatchRow",
    "PassageRow",
    "UpstreamOutletRow",
    "VerdictRow",
]


def _run_article(column: str) -> ForeignKeyConstraint:
    """Tie a column to the articles of the same run: no finding can name an article that was not audited."""
    return ForeignKeyConstraint(
        ["run_id", column], ["run_articles.run_id", "run_articles.article_id"], ondelete="CASCADE"
    )


class MatchRow(Base):
    """All passages of two contents, kept from run to run; the lower version id is on the left."""

    __tablename__ = "matches"
    __table_args__ = (
        UniqueConstraint(
            "match_key",
            "left_version_id",
            "right_version_id",
            "left_labels",
            "right_labels",
            name="uq_matches_identity",
        ),
        Index(None, "left_version_id"),
        Index(None, "right_version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Made from what the match depends on, so that two audits that find the same write the same row."""
    match_key: Mapped[str]
    left_version_id: Mapped[VersionRef]
    right_version_id: Mapped[VersionRef]
    left_labels: Mapped[str]
    right_labels: Mapped[str]
    left_words: Mapped[int]
    right_words: Mapped[int]
    left_containment: Mapped[float]
    right_containment: Mapped[float]
    shared_terms: Mapped[Json] = mapped_column(JSON)
    signals: Mapped[Json] = mapped_column(JSON)


class PassageRow(Base):
    """One shared run of a match."""

    __tablename__ = "passages"
    __table_args__ = ({"sqlite_with_rowid": False},)

    match_id: Mapped[int] = mapped_column(BIG_INTEGER, ForeignKey("matches.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    left_begins: Mapped[int]
    left_ends: Mapped[int]
    right_begins: Mapped[int]
    right_ends: Mapped[int]
    similarity: Mapped[float]
    left_words: Mapped[int]
    right_words: Mapped[int]
    confidence: Mapped[float]


class ContentDriftRow(Base):
    """The facts that changed from one content to another, kept from run to run like a match: nothing is asked twice."""

    __tablename__ = "content_drift"
    __table_args__ = (Index(None, "downstream_version_id"), Index(None, "upstream_version_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Made from the two contents, how their lines are labelled, and a key for all else the finding depends on."""
    downstream_version_id: Mapped[VersionRef]
    upstream_version_id: Mapped[VersionRef]
    found: Mapped[Json] = mapped_column(JSON)
    """``[kind, begins, ends, begins, ends, wording, wording]`` each, downstream first; empty where nothing changed."""


class ContentErosionRow(Base):
    """What one content lost of another, kept from run to run like drift."""

    __tablename__ = "content_erosion"
    __table_args__ = (Index(None, "downstream_version_id"), Index(None, "upstream_version_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Made like that of ``content_drift``."""
    downstream_version_id: Mapped[VersionRef]
    upstream_version_id: Mapped[VersionRef]
    found: Mapped[Json] = mapped_column(JSON)
    """``[kind, wording, begins, ends, became, begins, ends]`` each, upstream first; empty where nothing was lost."""


class DerivationRow(Base):
    """``downstream`` derives from ``upstream``, or from an article of ``upstream_outlet`` that is not at hand."""

    __tablename__ = "derivations"
    __table_args__ = (
        _run_article("downstream"),
        _run_article("upstream"),
        CheckConstraint("upstream IS NOT NULL OR upstream_outlet IS NOT NULL", name="names_an_upstream"),
        Index(None, "run_id", "downstream"),
        Index(None, "run_id", "upstream"),
        Index(None, "upstream_outlet"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    downstream: Mapped[str]
    upstream: Mapped[str | None]
    upstream_outlet: Mapped[OutletRef | None]
    status: Mapped[str]
    direction: Mapped[str]
    strength: Mapped[float]
    share: Mapped[float | None]
    interval_low: Mapped[float]
    interval_high: Mapped[float]
    in_lineage: Mapped[bool]
    is_version: Mapped[bool | None]
    """Whether both are versions of one article; null in rows of revisions before 0003."""
    decision: Mapped[str | None]
    """What a person had decided about the link when the run was made."""


class EvidenceRow(Base):
    """One reason for or against a derivation."""

    __tablename__ = "evidence"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "derivation"], ["derivations.run_id", "derivations.number"], ondelete="CASCADE"
        ),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    derivation: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    detail: Mapped[str]
    weight: Mapped[float]


class EvidencePlaceRow(Base):
    """A place a piece of evidence points at."""

    __tablename__ = "evidence_places"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "derivation", "evidence"],
            ["evidence.run_id", "evidence.derivation", "evidence.position"],
            ondelete="CASCADE",
        ),
        _run_article("article_id"),
        Index(None, "run_id", "article_id"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    derivation: Mapped[int] = mapped_column(primary_key=True)
    evidence: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str]
    begins: Mapped[int]
    ends: Mapped[int]


class DerivationPassageRow(Base):
    """One shared run of a derivation, seen from the downstream article."""

    __tablename__ = "derivation_passages"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "derivation"], ["derivations.run_id", "derivations.number"], ondelete="CASCADE"
        ),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    derivation: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    downstream_begins: Mapped[int]
    downstream_ends: Mapped[int]
    upstream_begins: Mapped[int]
    upstream_ends: Mapped[int]
    similarity: Mapped[float]
    downstream_words: Mapped[int]
    upstream_words: Mapped[int]
    confidence: Mapped[float]


class VerdictRow(Base):
    """What is said of one article. ``derived_share`` is null where nothing could be measured."""

    __tablename__ = "verdicts"
    __table_args__ = (_run_article("article_id"), {"sqlite_with_rowid": False})

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    derived_share: Mapped[float | None]
    interval_low: Mapped[float]
    interval_high: Mapped[float]
    degree: Mapped[str]
    basis: Mapped[str]
    credit: Mapped[str]


class CreditCheckRow(Base):
    """One outlet an article credits for its text, held against the texts at hand."""

    __tablename__ = "credit_checks"
    __table_args__ = (_run_article("article_id"), Index(None, "outlet_id"), {"sqlite_with_rowid": False})

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    outlet_id: Mapped[OutletRef]
    finding: Mapped[str]
    detail: Mapped[str]
    spans: Mapped[Json] = mapped_column(JSON)
    """``[begins, ends]`` of each credit in the text."""
    articles: Mapped[Json] = mapped_column(JSON)
    """Ids of the articles that support the credit or show it wrong."""


class CompositionRow(Base):
    """Share of an article's body words by kind of passage; what is missing to 1 is new."""

    __tablename__ = "compositions"
    __table_args__ = (_run_article("article_id"), {"sqlite_with_rowid": False})

    run_id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    share: Mapped[float]


class UpstreamOutletRow(Base):
    """An outlet upstream of an article: ``said_by`` the page (``page``) or by the verdict (``verdict``)."""

    __tablename__ = "upstream_outlets"
    __table_args__ = (_run_article("article_id"), Index(None, "outlet_id"), {"sqlite_with_rowid": False})

    run_id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(primary_key=True)
    said_by: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    outlet_id: Mapped[OutletRef]


class FamilyRow(Base):
    """Articles tied by derivation. ``root`` is the article all others come from, where that is known."""

    __tablename__ = "families"
    __table_args__ = (_run_article("root"), {"sqlite_with_rowid": False})

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    family_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    root: Mapped[str | None]
    origins_at_least: Mapped[int]
    origins_at_most: Mapped[int]
    origins_why: Mapped[Json] = mapped_column(JSON)
    versions: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    """Lists of article ids: versions of one article each; null in rows of revisions before 0003."""


class FamilyMemberRow(Base):
    """An article of a family."""

    __tablename__ = "family_members"
    __table_args__ = (
        ForeignKeyConstraint(["run_id", "family_id"], ["families.run_id", "families.family_id"], ondelete="CASCADE"),
        _run_article("article_id"),
        Index(None, "run_id", "article_id"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    family_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str]


class DriftRow(Base):
    """A fact that changed on the way, with both places and both wordings."""

    __tablename__ = "drift"
    __table_args__ = (
        _run_article("downstream"),
        _run_article("upstream"),
        Index(None, "run_id", "downstream"),
        Index(None, "run_id", "upstream"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    downstream: Mapped[str]
    downstream_begins: Mapped[int]
    downstream_ends: Mapped[int]
    downstream_wording: Mapped[str]
    upstream: Mapped[str]
    upstream_begins: Mapped[int]
    upstream_ends: Mapped[int]
    upstream_wording: Mapped[str]


class InferredSourceRow(Base):
    """A text nobody has at hand that some articles of a family must have in common."""

    __tablename__ = "inferred_sources"
    __table_args__ = (
        ForeignKeyConstraint(["run_id", "family_id"], ["families.run_id", "families.family_id"], ondelete="CASCADE"),
        Index(None, "run_id", "family_id"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(primary_key=True)
    family_id: Mapped[str]
    position: Mapped[int]
    """Place in its family."""
    outlet_id: Mapped[OutletRef | None]
    """Whom the articles credit; null where they name nobody."""
    why: Mapped[Json] = mapped_column(JSON)


class InferredArticleRow(Base):
    """An article that drew on an inferred source."""

    __tablename__ = "inferred_source_articles"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "source_id"], ["inferred_sources.run_id", "inferred_sources.source_id"], ondelete="CASCADE"
        ),
        _run_article("article_id"),
        Index(None, "run_id", "article_id"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str]


class InferredPlaceRow(Base):
    """Where a passage of an inferred source stands in one of its descendants; the first place is the fullest."""

    __tablename__ = "inferred_source_places"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "source_id"], ["inferred_sources.run_id", "inferred_sources.source_id"], ondelete="CASCADE"
        ),
        _run_article("article_id"),
        Index(None, "run_id", "article_id"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(primary_key=True)
    passage: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str]
    begins: Mapped[int]
    ends: Mapped[int]


class ErosionRow(Base):
    """Something a link of the lineage lost: what stood upstream, where, and what stands instead."""

    __tablename__ = "erosion"
    __table_args__ = (
        _run_article("downstream"),
        _run_article("upstream"),
        Index(None, "run_id", "downstream"),
        Index(None, "run_id", "upstream"),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[RunRef] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    downstream: Mapped[str]
    upstream: Mapped[str]
    upstream_wording: Mapped[str]
    upstream_begins: Mapped[int | None]
    upstream_ends: Mapped[int | None]
    downstream_wording: Mapped[str | None]
    downstream_begins: Mapped[int | None]
    downstream_ends: Mapped[int | None]
