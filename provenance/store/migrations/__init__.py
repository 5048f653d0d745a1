"""Schema revisions, run by Alembic; :mod:`provenance.store.migration` decides when."""

from __future__ import annotations

__all__: list[str] = []
