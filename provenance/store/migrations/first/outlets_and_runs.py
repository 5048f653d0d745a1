"""Outlets with their names and domains, external ratings, and runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["create", "drop"]

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    _outlets()
    _outlet_names()
    _outlet_domains()
    _ratings()
    _runs()
    _run_events()
    _run_outlets()


def _outlets() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outlets"),
        sa.ForeignKeyConstraint(["owner_id"], ["outlets.id"], name="fk_outlets_owner_id"),
    )


def _outlet_names() -> None:
    op.create_table(
        "outlet_names",
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("outlet_id", "position", name="pk_outlet_names"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_outlet_names_outlet_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outlet_names_name", "outlet_names", ["name"])


def _outlet_domains() -> None:
    op.create_table(
        "outlet_domains",
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("outlet_id", "position", name="pk_outlet_domains"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_outlet_domains_outlet_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outlet_domains_domain", "outlet_domains", ["domain"])


def _ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("rating_list", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("rated_on", sa.Text(), nullable=True),
        sa.Column("imputed", sa.Boolean(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ratings"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_ratings_outlet_id"),
    )
    op.create_index("ix_ratings_outlet_id", "ratings", ["outlet_id"])


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("paths", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("articles_read", INTEGER, nullable=False),
        sa.Column("articles_unchanged", INTEGER, nullable=False),
        sa.Column("origins_at_least", INTEGER, nullable=True),
        sa.Column("origins_at_most", INTEGER, nullable=True),
        sa.Column("origins_why", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )


def _run_events() -> None:
    op.create_table(
        "run_events",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run_events"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_events_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_run_events_run_id", "run_events", ["run_id"])


def _run_outlets() -> None:
    op.create_table(
        "run_outlets",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_run_outlets"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_run_outlets_outlet_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_outlets_run_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )


def drop() -> None:
    for table in ("run_outlets", "run_events", "runs", "ratings", "outlet_domains", "outlet_names", "outlets"):
        op.drop_table(table)
