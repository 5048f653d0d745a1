"""The domain in frozen types: what every stage takes and gives.

Nothing here reads, writes or computes beyond its own fields. Stages pass these values to one another and know nothing
else of each other.
"""

from __future__ import annotations

from provenance.model.article import (
    BODY_ROLES,
    Article,
    ArticleId,
    Block,
    Claim,
    Clue,
    ContentHash,
    LabelledArticle,
    LayoutLine,
    Role,
    Unreadable,
)
from provenance.model.attribution import (
    PROVENANCE_KINDS,
    Attribution,
    AttributionKind,
    Extent,
    Inspection,
    Rejection,
    Rule,
    credited_upstreams,
)
from provenance.model.lineage import (
    DIRECTION_KINDS,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    EvidencePlace,
    Family,
    FamilyId,
    InferredContent,
    InferredSource,
    InferredSourceId,
    Lineage,
    Origins,
    WeighedMatch,
)
from provenance.model.match import (
    Match,
    Passage,
    PassageKind,
)
from provenance.model.note import (
    Note,
    NoteKind,
)
from provenance.model.outlet import (
    Outlet,
    OutletId,
    OutletKind,
)
from provenance.model.review import (
    Decision,
    Review,
)
from provenance.model.run import (
    ArticleFacts,
    AuditFindings,
    Comparison,
    Run,
    RunId,
)
from provenance.model.scorecard import (
    Lag,
    OutletSignal,
    Proportion,
    Rating,
    RatingList,
    Scorecard,
)
from provenance.model.text import (
    DateBasis,
    Precision,
    Span,
    Timeframe,
    merge_spans,
)
from provenance.model.trick import (
    Trick,
    TrickKind,
)
from provenance.model.verdict import (
    Basis,
    Credit,
    CreditCheck,
    CreditFinding,
    Degree,
    Drift,
    DriftKind,
    DriftPlace,
    Erosion,
    ErosionKind,
    Verdict,
)

__all__ = [
    "BODY_ROLES",
    "DIRECTION_KINDS",
    "PROVENANCE_KINDS",
    "Article",
    "ArticleFacts",
    "ArticleId",
    "Attribution",
    "AttributionKind",
    "AuditFindings",
    "Basis",
    "Block",
    "Claim",
    "Clue",
    "Comparison",
    "ContentHash",
    "Credit",
    "CreditCheck",
    "CreditFinding",
    "DateBasis",
    "Decision",
    "Degree",
    "Derivation",
    "DerivationStatus",
    "Direction",
    "Drift",
    "DriftKind",
    "DriftPlace",
    "Erosion",
    "ErosionKind",
    "Evidence",
    "EvidencePlace",
    "Extent",
    "Family",
    "FamilyId",
    "InferredContent",
    "InferredSource",
    "InferredSourceId",
    "Inspection",
    "LabelledArticle",
    "Lag",
    "LayoutLine",
    "Lineage",
    "Match",
    "Note",
    "NoteKind",
    "Origins",
    "Outlet",
    "OutletId",
    "OutletKind",
    "OutletSignal",
    "Passage",
    "PassageKind",
    "Precision",
    "Proportion",
    "Rating",
    "RatingList",
    "Rejection",
    "Review",
    "Role",
    "Rule",
    "Run",
    "RunId",
    "Scorecard",
    "Span",
    "Timeframe",
    "Trick",
    "TrickKind",
    "Unreadable",
    "Verdict",
    "WeighedMatch",
    "credited_upstreams",
    "merge_spans",
]
