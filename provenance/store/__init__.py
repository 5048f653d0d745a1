"""Findings in a database: SQLite by default, PostgreSQL for teams. The only package that speaks SQL.

SQLAlchemy is loaded when :class:`ProvenanceStore` or :func:`upgrade_store` is first asked for, so that commands without
a store do not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.store.preparing import PreparedInspection, prepare_inspection
from provenance.store.records import (
    BodyText,
    Flaw,
    InspectedFacts,
    Integrity,
    MatchPlace,
    MatchSignals,
    Outlined,
    RunStatus,
    RunSummary,
    SourceReading,
    SourceStamp,
    StoredArticle,
    Upgrade,
)

if TYPE_CHECKING:
    from provenance.store.checking import check_store
    from provenance.store.migration import downgrade_store, upgrade_store
    from provenance.store.repository import ProvenanceStore
    from provenance.store.scope import RunScope

__all__ = [
    "BodyText",
    "Flaw",
    "InspectedFacts",
    "Integrity",
    "MatchPlace",
    "MatchSignals",
    "Outlined",
    "PreparedInspection",
    "ProvenanceStore",
    "RunScope",
    "RunStatus",
    "RunSummary",
    "SourceReading",
    "SourceStamp",
    "StoredArticle",
    "Upgrade",
    "check_store",
    "downgrade_store",
    "prepare_inspection",
    "upgrade_store",
]

_LAZY = {
    "ProvenanceStore": "repository",
    "RunScope": "scope",
    "check_store": "checking",
    "downgrade_store": "migration",
    "upgrade_store": "migration",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  only when something heavy is asked for

    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
