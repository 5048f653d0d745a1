"""Matches, and derivations with their evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["create", "drop"]

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    _matches()
    _passages()
    _derivations()
    _evidence()
    _evidence_places()
    _derivation_passages()


def _matches() -> None:
    op.create_table(
        "matches",
        sa.Column("id", INTEGER, nullable=False, autoincrement=False),
        sa.Column("match_key", sa.Text(), nullable=False),
        sa.Column("left_version_id", INTEGER, nullable=False),
        sa.Column("right_version_id", INTEGER, nullable=False),
        sa.Column("left_labels", sa.Text(), nullable=False),
        sa.Column("right_labels", sa.Text(), nullable=False),
        sa.Column("left_words", INTEGER, nullable=False),
        sa.Column("right_words", INTEGER, nullable=False),
        sa.Column("left_containment", sa.Double(), nullable=False),
        sa.Column("right_containment", sa.Double(), nullable=False),
        sa.Column("shared_terms", sa.JSON(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matches"),
        sa.ForeignKeyConstraint(["left_version_id"], ["article_versions.id"], name="fk_matches_left_version_id"),
        sa.ForeignKeyConstraint(["right_version_id"], ["article_versions.id"], name="fk_matches_right_version_id"),
        sa.UniqueConstraint(
            "match_key",
            "left_version_id",
            "right_version_id",
            "left_labels",
            "right_labels",
            name="uq_matches_identity",
        ),
    )
    op.create_index("ix_matches_left_version_id", "matches", ["left_version_id"])
    op.create_index("ix_matches_right_version_id", "matches", ["right_version_id"])


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("match_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left_begins", INTEGER, nullable=False),
        sa.Column("left_ends", INTEGER, nullable=False),
        sa.Column("right_begins", INTEGER, nullable=False),
        sa.Column("right_ends", INTEGER, nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("left_words", INTEGER, nullable=False),
        sa.Column("right_words", INTEGER, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("match_id", "position", name="pk_passages"),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name="fk_passages_match_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )


def _derivations() -> None:
    op.create_table(
        "derivations",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("number", INTEGER, nullable=False),
        sa.Column("downstream", sa.Text(), nullable=False),
        sa.Column("upstream", sa.Text(), nullable=True),
        sa.Column("upstream_outlet", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("strength", sa.Double(), nullable=False),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("interval_low", sa.Double(), nullable=False),
        sa.Column("interval_high", sa.Double(), nullable=False),
        sa.Column("in_lineage", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_derivations"),
        sa.CheckConstraint(
            "upstream IS NOT NULL OR upstream_outlet IS NOT NULL", name="ck_derivations_names_an_upstream"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_derivations_run_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["run_id", "downstream"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_derivations_run_id_downstream",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id", "upstream"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_derivations_run_id_upstream",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["upstream_outlet"], ["outlets.id"], name="fk_derivations_upstream_outlet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_derivations_run_id_downstream", "derivations", ["run_id", "downstream"])
    op.create_index("ix_derivations_run_id_upstream", "derivations", ["run_id", "upstream"])
    op.create_index("ix_derivations_upstream_outlet", "derivations", ["upstream_outlet"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("derivation", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "derivation", "position", name="pk_evidence"),
        sa.ForeignKeyConstraint(
            ["run_id", "derivation"],
            ["derivations.run_id", "derivations.number"],
            name="fk_evidence_run_id_derivation",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def _evidence_places() -> None:
    op.create_table(
        "evidence_places",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("derivation", INTEGER, nullable=False),
        sa.Column("evidence", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("begins", INTEGER, nullable=False),
        sa.Column("ends", INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "derivation", "evidence", "position", name="pk_evidence_places"),
        sa.ForeignKeyConstraint(
            ["run_id", "article_id"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_evidence_places_run_id_article_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id", "derivation", "evidence"],
            ["evidence.run_id", "evidence.derivation", "evidence.position"],
            name="fk_evidence_places_run_id_derivation_evidence",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_evidence_places_run_id_article_id", "evidence_places", ["run_id", "article_id"])


def _derivation_passages() -> None:
    op.create_table(
        "derivation_passages",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("derivation", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("downstream_begins", INTEGER, nullable=False),
        sa.Column("downstream_ends", INTEGER, nullable=False),
        sa.Column("upstream_begins", INTEGER, nullable=False),
        sa.Column("upstream_ends", INTEGER, nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("downstream_words", INTEGER, nullable=False),
        sa.Column("upstream_words", INTEGER, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "derivation", "position", name="pk_derivation_passages"),
        sa.ForeignKeyConstraint(
            ["run_id", "derivation"],
            ["derivations.run_id", "derivations.number"],
            name="fk_derivation_passages_run_id_derivation",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def drop() -> None:
    for table in ("derivation_passages", "evidence_places", "evidence", "derivations", "passages", "matches"):
        op.drop_table(table)
