"""What every table shares: names of constraints, column types by annotation, and the parts of a date."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, Boolean, Double, ForeignKey, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from provenance.store.columns import BIG_INTEGER, ExactText, UtcDateTime

__all__ = ["Base", "Json", "OutletRef", "Published", "RunRef", "Serial", "VersionRef"]

Json = Any
"""Only where the structure is open: a page's claims, a run's options, a list of sentences."""

Serial = Annotated[int, mapped_column(BIG_INTEGER, primary_key=True)]
RunRef = Annotated[int, mapped_column(BIG_INTEGER, ForeignKey("runs.id", ondelete="CASCADE"))]
VersionRef = Annotated[int, mapped_column(BIG_INTEGER, ForeignKey("article_versions.id"))]
OutletRef = Annotated[str, mapped_column(ExactText, ForeignKey("outlets.id"))]


class Base(DeclarativeBase):
    """Root of the table classes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: ExactText,
        int: BIG_INTEGER,
        float: Double,
        bool: Boolean,
        bytes: LargeBinary,
        datetime: UtcDateTime,
        Json: JSON,
    }


class Published:
    """The date an article states, as the interval it may mean; all five are null together."""

    published_earliest: Mapped[datetime | None]
    published_latest: Mapped[datetime | None]
    published_precision: Mapped[str | None]
    published_basis: Mapped[str | None]
    published_written: Mapped[str | None]
