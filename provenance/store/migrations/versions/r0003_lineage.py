"""Keep what lineages tell: inferred sources, checked credits, erosion, notes of versions, reviews, ratings by domain.

Revision: 0003, after 0002. No program of the earlier revisions wrote reviews or ratings: their tables are made anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["branch_labels", "depends_on", "down_revision", "downgrade", "revision", "upgrade"]

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("inspection_facts", sa.Column("notes", sa.JSON(), nullable=True))
    op.add_column("derivations", sa.Column("is_version", sa.Boolean(), nullable=True))
    op.add_column("derivations", sa.Column("decision", sa.Text(), nullable=True))
    op.add_column("families", sa.Column("versions", sa.JSON(), nullable=True))
    op.drop_table("reviews")
    op.drop_table("ratings")
    for make in (_reviews, _ratings, _content_erosion, _erosion, _credit_checks, _inferred_sources, _inferred_places):
        make()


def _of_run(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["run_id", column],
        ["run_articles.run_id", "run_articles.article_id"],
        name=f"fk_{table}_run_id_{column}",
        ondelete="CASCADE",
    )


def _run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=f"fk_{table}_run_id", ondelete="CASCADE")


def _outlet(table: str, column: str = "outlet_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["outlets.id"], name=f"fk_{table}_{column}")


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("downstream", sa.Text(), nullable=False),
        sa.Column("upstream", sa.Text(), nullable=True),
        sa.Column("upstream_outlet", sa.Text(), nullable=True),
        sa.Column("downstream_hash", sa.Text(), nullable=False),
        sa.Column("upstream_hash", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        _outlet("reviews", "upstream_outlet"),
        sa.CheckConstraint(
            "upstream IS NOT NULL OR upstream_outlet IS NOT NULL", name=op.f("ck_reviews_names_an_upstream")
        ),
    )
    op.create_index("ix_reviews_downstream", "reviews", ["downstream"])
    op.create_index("ix_reviews_upstream", "reviews", ["upstream"])


def _ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("rating_list", sa.Text(), nullable=False),
        sa.Column("list_date", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("scale_min", sa.Double(), nullable=True),
        sa.Column("scale_max", sa.Double(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("imputed", sa.Boolean(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ratings"),
        sa.UniqueConstraint("rating_list", "list_date", "domain", name="uq_ratings_rating_list_list_date_domain"),
    )
    op.create_index("ix_ratings_domain", "ratings", ["domain"])


def _content_erosion() -> None:
    op.create_table(
        "content_erosion",
        sa.Column("id", INTEGER, nullable=False, autoincrement=False),
        sa.Column("downstream_version_id", INTEGER, nullable=False),
        sa.Column("upstream_version_id", INTEGER, nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_erosion"),
        sa.ForeignKeyConstraint(
            ["downstream_version_id"], ["article_versions.id"], name="fk_content_erosion_downstream_version_id"
        ),
        sa.ForeignKeyConstraint(
            ["upstream_version_id"], ["article_versions.id"], name="fk_content_erosion_upstream_version_id"
        ),
    )
    for column in ("downstream_version_id", "upstream_version_id"):
        op.create_index(f"ix_content_erosion_{column}", "content_erosion", [column])


def _erosion() -> None:
    op.create_table(
        "erosion",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("downstream", sa.Text(), nullable=False),
        sa.Column("upstream", sa.Text(), nullable=False),
        sa.Column("upstream_wording", sa.Text(), nullable=False),
        sa.Column("upstream_begins", INTEGER, nullable=True),
        sa.Column("upstream_ends", INTEGER, nullable=True),
        sa.Column("downstream_wording", sa.Text(), nullable=True),
        sa.Column("downstream_begins", INTEGER, nullable=True),
        sa.Column("downstream_ends", INTEGER, nullable=True),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_erosion"),
        _run("erosion"),
        _of_run("erosion", "downstream"),
        _of_run("erosion", "upstream"),
        sqlite_with_rowid=False,
    )
    for column in ("downstream", "upstream"):
        op.create_index(f"ix_erosion_run_id_{column}", "erosion", ["run_id", column])


def _credit_checks() -> None:
    op.create_table(
        "credit_checks",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "article_id", "position", name="pk_credit_checks"),
        _run("credit_checks"),
        _of_run("credit_checks", "article_id"),
        _outlet("credit_checks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_credit_checks_outlet_id", "credit_checks", ["outlet_id"])


def _inferred_sources() -> None:
    op.create_table(
        "inferred_sources",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=True),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "source_id", name="pk_inferred_sources"),
        _run("inferred_sources"),
        sa.ForeignKeyConstraint(
            ["run_id", "family_id"],
            ["families.run_id", "families.family_id"],
            name="fk_inferred_sources_run_id_family_id",
            ondelete="CASCADE",
        ),
        _outlet("inferred_sources"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inferred_sources_run_id_family_id", "inferred_sources", ["run_id", "family_id"])


def _of_source(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["run_id", "source_id"],
        ["inferred_sources.run_id", "inferred_sources.source_id"],
        name=f"fk_{table}_run_id_source_id",
        ondelete="CASCADE",
    )


def _inferred_places() -> None:
    op.create_table(
        "inferred_source_articles",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "source_id", "position", name="pk_inferred_source_articles"),
        _of_source("inferred_source_articles"),
        _of_run("inferred_source_articles", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inferred_source_places",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("passage", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("begins", INTEGER, nullable=False),
        sa.Column("ends", INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "source_id", "passage", "position", name="pk_inferred_source_places"),
        _of_source("inferred_source_places"),
        _of_run("inferred_source_places", "article_id"),
        sqlite_with_rowid=False,
    )
    for table in ("inferred_source_articles", "inferred_source_places"):
        op.create_index(f"ix_{table}_run_id_article_id", table, ["run_id", "article_id"])


def downgrade() -> None:
    for table in (
        "inferred_source_places",
        "inferred_source_articles",
        "inferred_sources",
        "credit_checks",
        "erosion",
        "content_erosion",
        "ratings",
        "reviews",
    ):
        op.drop_table(table)
    _former_reviews()
    _former_ratings()
    op.drop_column("families", "versions")
    op.drop_column("derivations", "decision")
    op.drop_column("derivations", "is_version")
    op.drop_column("inspection_facts", "notes")


def _former_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("derivation", INTEGER, nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.ForeignKeyConstraint(
            ["run_id", "article_id"],
            ["run_articles.run_id", "run_articles.article_id"],
            name="fk_reviews_run_id_article_id",
        ),
    )
    op.create_index("ix_reviews_run_id_article_id", "reviews", ["run_id", "article_id"])


def _former_ratings() -> None:
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
