"""The tables and views of the first revision, as they were. Never changed: a later revision changes them."""

from __future__ import annotations

from provenance.store.migrations.first import articles, lineage, outlets_and_runs, verdicts, views

__all__ = ["PARTS"]

PARTS = (outlets_and_runs, articles, lineage, verdicts, views)
"""Each refers only to those before it."""
