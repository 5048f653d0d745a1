"""Provenance: what news articles say about their source, what they share, and how much of each is derived.

The public interface is the functions :func:`inspect`, :func:`compare`, :func:`compare_pairs` and :func:`audit` with
their options, the domain types of :mod:`provenance.model`, and the errors of :mod:`provenance.errors`::

    from provenance import audit

    findings = audit(["articles/"])
    print(findings.lineage.origins)

Importing this package costs next to nothing: the functions, and all they need, are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from provenance.errors import (
    AmbiguousError,
    ConfigurationError,
    InputError,
    KnowledgeError,
    NotFoundError,
    ProvenanceError,
    StoreError,
    StoreMissingError,
    StoreVersionError,
    UsageError,
)
from provenance.model import (
    BODY_ROLES,
    PROVENANCE_KINDS,
    Article,
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    AuditFindings,
    Basis,
    Block,
    Claim,
    Clue,
    Comparison,
    ContentHash,
    Credit,
    DateBasis,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Drift,
    DriftKind,
    DriftPlace,
    Evidence,
    EvidencePlace,
    Extent,
    Family,
    FamilyId,
    Inspection,
    LabelledArticle,
    LayoutLine,
    Lineage,
    Match,
    Origins,
    Outlet,
    OutletId,
    OutletKind,
    Passage,
    PassageKind,
    Precision,
    Rejection,
    Role,
    Rule,
    Run,
    RunId,
    Span,
    Timeframe,
    Trick,
    TrickKind,
    Unreadable,
    Verdict,
    WeighedMatch,
    merge_spans,
)

if TYPE_CHECKING:
    from provenance.pipeline.auditing import audit
    from provenance.pipeline.comparing import compare, compare_pairs
    from provenance.pipeline.inspecting import inspect
    from provenance.pipeline.options import AuditOptions, CompareOptions, InspectOptions, Progress, Step

__all__ = [
    "BODY_ROLES",
    "PROVENANCE_KINDS",
    "AmbiguousError",
    "Article",
    "ArticleFacts",
    "ArticleId",
    "Attribution",
    "AttributionKind",
    "AuditFindings",
    "AuditOptions",
    "Basis",
    "Block",
    "Claim",
    "Clue",
    "CompareOptions",
    "Comparison",
    "ConfigurationError",
    "ContentHash",
    "Credit",
    "DateBasis",
    "Degree",
    "Derivation",
    "DerivationStatus",
    "Direction",
    "Drift",
    "DriftKind",
    "DriftPlace",
    "Evidence",
    "EvidencePlace",
    "Extent",
    "Family",
    "FamilyId",
    "InputError",
    "InspectOptions",
    "Inspection",
    "KnowledgeError",
    "LabelledArticle",
    "LayoutLine",
    "Lineage",
    "Match",
    "NotFoundError",
    "Origins",
    "Outlet",
    "OutletId",
    "OutletKind",
    "Passage",
    "PassageKind",
    "Precision",
    "Progress",
    "ProvenanceError",
    "Rejection",
    "Role",
    "Rule",
    "Run",
    "RunId",
    "Span",
    "Step",
    "StoreError",
    "StoreMissingError",
    "StoreVersionError",
    "Timeframe",
    "Trick",
    "TrickKind",
    "Unreadable",
    "UsageError",
    "Verdict",
    "WeighedMatch",
    "audit",
    "compare",
    "compare_pairs",
    "inspect",
    "merge_spans",
]

_LAZY = {
    "AuditOptions": "provenance.pipeline.options",
    "CompareOptions": "provenance.pipeline.options",
    "InspectOptions": "provenance.pipeline.options",
    "Progress": "provenance.pipeline.options",
    "Step": "provenance.pipeline.options",
    "audit": "provenance.pipeline.auditing",
    "compare": "provenance.pipeline.comparing",
    "compare_pairs": "provenance.pipeline.comparing",
    "inspect": "provenance.pipeline.inspecting",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  functions and classes; TYPE_CHECKING gives their types
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
