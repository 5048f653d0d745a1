"""Verdicts, families and changed facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["create", "drop"]

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    _verdicts()
    _compositions()
    _upstream_outlets()
    _families()
    _family_members()
    _drift()


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("derived_share", sa.Double(), nullable=True),
        sa.Column("interval_low", sa.Double(), nullable=False),
        sa.Column("interval_high", sa.Double(), nullable=False),
        sa.Column("degree", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "article_id", name="pk_verdicts"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_verdicts_run_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["run_id", "article_id"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_verdicts_run_id_article_id",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def _compositions() -> None:
    op.create_table(
        "compositions",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "article_id", "position", name="pk_compositions"),
        sa.ForeignKeyConstraint(
            ["run_id", "article_id"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_compositions_run_id_article_id",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def _upstream_outlets() -> None:
    op.create_table(
        "upstream_outlets",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "article_id", "said_by", "position", name="pk_upstream_outlets"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_upstream_outlets_outlet_id"),
        sa.ForeignKeyConstraint(
            ["run_id", "article_id"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_upstream_outlets_run_id_article_id",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_upstream_outlets_outlet_id", "upstream_outlets", ["outlet_id"])


def _families() -> None:
    op.create_table(
        "families",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("root", sa.Text(), nullable=True),
        sa.Column("origins_at_least", INTEGER, nullable=False),
        sa.Column("origins_at_most", INTEGER, nullable=False),
        sa.Column("origins_why", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "family_id", name="pk_families"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_families_run_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["run_id", "root"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_families_run_id_root",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def _family_members() -> None:
    op.create_table(
        "family_members",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "family_id", "position", name="pk_family_members"),
        sa.ForeignKeyConstraint(
            ["run_id", "article_id"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_family_members_run_id_article_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id", "family_id"],
            ["families.run_id", "families.family_id"],
            name="fk_family_members_run_id_family_id",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_family_members_run_id_article_id", "family_members", ["run_id", "article_id"])


def _drift() -> None:
    op.create_table(
        "drift",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("downstream", sa.Text(), nullable=False),
        sa.Column("downstream_begins", INTEGER, nullable=False),
        sa.Column("downstream_ends", INTEGER, nullable=False),
        sa.Column("downstream_wording", sa.Text(), nullable=False),
        sa.Column("upstream", sa.Text(), nullable=False),
        sa.Column("upstream_begins", INTEGER, nullable=False),
        sa.Column("upstream_ends", INTEGER, nullable=False),
        sa.Column("upstream_wording", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_drift"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_drift_run_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["run_id", "downstream"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_drift_run_id_downstream",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id", "upstream"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_drift_run_id_upstream",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_drift_run_id_downstream", "drift", ["run_id", "downstream"])
    op.create_index("ix_drift_run_id_upstream", "drift", ["run_id", "upstream"])


def drop() -> None:
    for table in ("drift", "family_members", "families", "upstream_outlets", "compositions", "verdicts"):
        op.drop_table(table)
