"""Keep with each content what later stages would otherwise work out again.

Revision: 0002, after 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["branch_labels", "depends_on", "down_revision", "downgrade", "revision", "upgrade"]

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _inspection_facts()
    _outlines()
    _content_drift()


def _inspection_facts() -> None:
    op.create_table(
        "inspection_facts",
        sa.Column("inspection_id", INTEGER, nullable=False, autoincrement=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published_earliest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_latest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=True),
        sa.Column("published_written", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("words", INTEGER, nullable=False),
        sa.Column("tricks", sa.JSON(), nullable=False),
        sa.Column("fingerprints", sa.LargeBinary(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("inspection_id", name="pk_inspection_facts"),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name="fk_inspection_facts_inspection_id", ondelete="CASCADE"
        ),
    )


def _outlines() -> None:
    op.create_table(
        "outlines",
        sa.Column("version_id", INTEGER, nullable=False, autoincrement=False),
        sa.Column("outline_key", sa.Text(), nullable=False),
        sa.Column("outlet_key", sa.Text(), nullable=True),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", name="pk_outlines"),
        sa.ForeignKeyConstraint(["version_id"], ["article_versions.id"], name="fk_outlines_version_id"),
    )


def _content_drift() -> None:
    op.create_table(
        "content_drift",
        sa.Column("id", INTEGER, nullable=False, autoincrement=False),
        sa.Column("downstream_version_id", INTEGER, nullable=False),
        sa.Column("upstream_version_id", INTEGER, nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_drift"),
        sa.ForeignKeyConstraint(
            ["downstream_version_id"], ["article_versions.id"], name="fk_content_drift_downstream_version_id"
        ),
        sa.ForeignKeyConstraint(
            ["upstream_version_id"], ["article_versions.id"], name="fk_content_drift_upstream_version_id"
        ),
    )
    op.create_index("ix_content_drift_downstream_version_id", "content_drift", ["downstream_version_id"])
    op.create_index("ix_content_drift_upstream_version_id", "content_drift", ["upstream_version_id"])


def downgrade() -> None:
    for table in ("content_drift", "outlines", "inspection_facts"):
        op.drop_table(table)
