"""Who publishes and who supplies, and what others say of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from provenance.store._tables.base import Base, OutletRef, Serial

__all__ = ["OutletDomainRow", "OutletNameRow", "OutletRow", "RatingRow"]


class OutletRow(Base):
    """One outlet as it is known now; what a run knew of it stands in ``run_outlets``."""

    __tablename__ = "outlets"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    owner_id: Mapped[OutletRef | None]
    source: Mapped[str]
    """Where the facts come from; empty for an outlet only met in a text."""


class OutletNameRow(Base):
    """Another name of an outlet."""

    __tablename__ = "outlet_names"
    __table_args__ = (Index(None, "name"), {"sqlite_with_rowid": False})

    outlet_id: Mapped[OutletRef] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class OutletDomainRow(Base):
    """A domain an outlet publishes at."""

    __tablename__ = "outlet_domains"
    __table_args__ = (Index(None, "domain"), {"sqlite_with_rowid": False})

    outlet_id: Mapped[OutletRef] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    domain: Mapped[str]


class RatingRow(Base):
    """What an external list, imported by the user, says of a domain. Never averaged, never shipped."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("rating_list", "list_date", "domain"), Index(None, "domain"))

    id: Mapped[Serial]
    domain: Mapped[str]
    rating_list: Mapped[str]
    list_date: Mapped[str]
    """As the list writes it; empty where it gives none."""
    rating: Mapped[str]
    """As the list writes it."""
    scale_min: Mapped[float | None]
    scale_max: Mapped[float | None]
    licence: Mapped[str]
    imputed: Mapped[bool]
    """Whether the list itself guessed it."""
    imported_at: Mapped[datetime]
