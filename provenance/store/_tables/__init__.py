"""The tables. Private to the store: everybody else speaks model types."""

from __future__ import annotations

from provenance.store._tables.articles import (
    ArticleRow,
    ArticleVersionRow,
    AttributionRow,
    BlockRow,
    InspectionFactsRow,
    InspectionRow,
    OutlineRow,
    SourceRow,
)
from provenance.store._tables.base import Base
from provenance.store._tables.findings import (
    CompositionRow,
    ContentDriftRow,
    DerivationPassageRow,
    DerivationRow,
    DriftRow,
    EvidencePlaceRow,
    EvidenceRow,
    FamilyMemberRow,
    FamilyRow,
    MatchRow,
    PassageRow,
    UpstreamOutletRow,
    VerdictRow,
)
from provenance.store._tables.outlets import OutletDomainRow, OutletNameRow, OutletRow, RatingRow
from provenance.store._tables.runs import (
    ReviewRow,
    RunArticleRow,
    RunEventRow,
    RunOutletRow,
    RunRow,
    UnreadableRow,
)

__all__ = [
    "ArticleRow",
    "ArticleVersionRow",
    "AttributionRow",
    "Base",
    "BlockRow",
    "CompositionRow",
    "ContentDriftRow",
    "DerivationPassageRow",
    "DerivationRow",
    "DriftRow",
    "EvidencePlaceRow",
    "EvidenceRow",
    "FamilyMemberRow",
    "FamilyRow",
    "InspectionFactsRow",
    "InspectionRow",
    "MatchRow",
    "OutletDomainRow",
    "OutletNameRow",
    "OutletRow",
    "OutlineRow",
    "PassageRow",
    "RatingRow",
    "ReviewRow",
    "RunArticleRow",
    "RunEventRow",
    "RunOutletRow",
    "RunRow",
    "SourceRow",
    "UnreadableRow",
    "UpstreamOutletRow",
    "VerdictRow",
]
