"""Files, articles, each content once, what each says of itself, and which run saw which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["create", "drop"]

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    _sources()
    _article_versions()
    _articles()
    _inspections()
    _blocks()
    _attributions()
    _run_articles()
    _unreadable()
    _reviews()


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("size", INTEGER, nullable=False),
        sa.Column("mtime_ns", INTEGER, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("run_id", INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_sources_run_id", ondelete="CASCADE"),
        sa.UniqueConstraint("source", name="uq_sources_source"),
    )
    op.create_index("ix_sources_run_id", "sources", ["run_id"])


def _article_versions() -> None:
    op.create_table(
        "article_versions",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("reading_digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet_name", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("characters", INTEGER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("layout", sa.LargeBinary(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("other_fields", sa.JSON(), nullable=False),
        sa.Column("published_earliest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_latest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=True),
        sa.Column("published_written", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_article_versions"),
        sa.UniqueConstraint("content_hash", "reading_digest", name="uq_article_versions_content_hash_reading_digest"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("source_id", INTEGER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("version_id", INTEGER, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_articles_source_id"),
        sa.ForeignKeyConstraint(["version_id"], ["article_versions.id"], name="fk_articles_version_id"),
        sa.UniqueConstraint("source_id", "source", "article_id", name="uq_articles_source_id_source_article_id"),
    )
    op.create_index("ix_articles_article_id", "articles", ["article_id"])
    op.create_index("ix_articles_version_id", "articles", ["version_id"])


def _inspections() -> None:
    op.create_table(
        "inspections",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("version_id", INTEGER, nullable=False),
        sa.Column("cache_key", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=True),
        sa.Column("labels_digest", sa.Text(), nullable=False),
        sa.Column("result_digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inspections"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_inspections_outlet_id"),
        sa.ForeignKeyConstraint(["version_id"], ["article_versions.id"], name="fk_inspections_version_id"),
        sa.UniqueConstraint("version_id", "result_digest", name="uq_inspections_version_id_result_digest"),
    )


def _blocks() -> None:
    op.create_table(
        "blocks",
        sa.Column("inspection_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("begins", INTEGER, nullable=False),
        sa.Column("ends", INTEGER, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("clues", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("inspection_id", "position", name="pk_blocks"),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name="fk_blocks_inspection_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )


def _attributions() -> None:
    op.create_table(
        "attributions",
        sa.Column("inspection_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("begins", INTEGER, nullable=True),
        sa.Column("ends", INTEGER, nullable=True),
        sa.Column("element", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("credited", sa.Text(), nullable=True),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("outlet_id", sa.Text(), nullable=True),
        sa.Column("extent", sa.Text(), nullable=False),
        sa.Column("hop", INTEGER, nullable=False),
        sa.Column("via", sa.JSON(), nullable=False),
        sa.Column("name_begins", INTEGER, nullable=True),
        sa.Column("name_ends", INTEGER, nullable=True),
        sa.PrimaryKeyConstraint("inspection_id", "position", name="pk_attributions"),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name="fk_attributions_inspection_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_attributions_outlet_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_attributions_outlet_id", "attributions", ["outlet_id"])


def _run_articles() -> None:
    op.create_table(
        "run_articles",
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("article_row", INTEGER, nullable=False),
        sa.Column("version_id", INTEGER, nullable=False),
        sa.Column("inspection_id", INTEGER, nullable=True),
        sa.Column("position", INTEGER, nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("words", INTEGER, nullable=True),
        sa.Column("outlet_id", sa.Text(), nullable=True),
        sa.Column("outlet_name", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published_earliest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_latest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=True),
        sa.Column("published_written", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("run_id", "article_id", name="pk_run_articles"),
        sa.ForeignKeyConstraint(["article_row"], ["articles.id"], name="fk_run_articles_article_row"),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name="fk_run_articles_inspection_id"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_run_articles_outlet_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_articles_run_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["article_versions.id"], name="fk_run_articles_version_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_run_articles_article_row", "run_articles", ["article_row"])
    op.create_index("ix_run_articles_inspection_id", "run_articles", ["inspection_id"])
    op.create_index("ix_run_articles_run_id_version_id", "run_articles", ["run_id", "version_id"])
    op.create_index("ix_run_articles_version_id", "run_articles", ["version_id"])


def _unreadable() -> None:
    op.create_table(
        "unreadable",
        sa.Column("id", INTEGER, nullable=False),
        sa.Column("run_id", INTEGER, nullable=False),
        sa.Column("source_id", INTEGER, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("position", INTEGER, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_unreadable"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_unreadable_run_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_unreadable_source_id"),
    )
    op.create_index("ix_unreadable_run_id", "unreadable", ["run_id"])
    op.create_index("ix_unreadable_source_id", "unreadable", ["source_id"])


def _reviews() -> None:
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


def drop() -> None:
    for table in (
        "reviews",
        "unreadable",
        "run_articles",
        "attributions",
        "blocks",
        "inspections",
        "articles",
        "article_versions",
        "sources",
    ):
        op.drop_table(table)
