"""What is said of one article: how much of it is derived, and whether its credit is honest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.model.article import ArticleId
from provenance.model.match import PassageKind
from provenance.model.outlet import OutletId
from provenance.model.text import Span

__all__ = [
    "Basis",
    "Credit",
    "CreditCheck",
    "CreditFinding",
    "Degree",
    "Drift",
    "DriftKind",
    "DriftPlace",
    "Erosion",
    "ErosionKind",
    "Verdict",
]


class Degree(StrEnum):
    """The class of an article (the document level of the METER corpus), and what could not be measured."""

    WHOLLY = "wholly-derived"
    PARTIALLY = "partially-derived"
    NON = "non-derived"
    UNMEASURED = "unmeasured"


class Basis(StrEnum):
    """What a verdict rests on."""

    MEASURED = "measured"
    DECLARED = "declared"
    BOTH = "both"
    NONE = "none"


class Credit(StrEnum):
    """Whether an article says where its text comes from, held against what the text shows."""

    CREDITED = "credited"
    UNCREDITED = "uncredited"
    NOT_AT_HAND = "credited-not-at-hand"
    CONTRADICTED = "contradicted"
    NOT_APPLICABLE = "not-applicable"


class CreditFinding(StrEnum):
    """What one credit turned out to be when it was held against the texts at hand."""

    SUPPORTED = "supported"
    NOT_AT_HAND = "not-at-hand"
    CONTRADICTED = "contradicted"
    """The named upstream is at hand, and the text comes from elsewhere."""


@dataclass(frozen=True, slots=True)
class CreditCheck:
    """One credited outlet, held against the texts at hand."""

    outlet: OutletId
    finding: CreditFinding
    detail: str
    """The reason in words a person can check."""
    spans: tuple[Span, ...] = ()
    """Where the article gives the credit; empty for one in the markup only."""
    articles: tuple[ArticleId, ...] = ()
    """Articles of the outlet that support the credit, or those that show it wrong."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one article.

    ``derived_share`` is ``None`` when the article admits a source that is not at hand and nothing could be measured
    elsewhere; ``interval`` is then [measured lower bound, 1] and ``degree`` ``UNMEASURED``.
    """

    article: ArticleId
    derived_share: float | None
    interval: tuple[float, float]
    degree: Degree
    basis: Basis
    credit: Credit
    upstreams: tuple[OutletId, ...] = ()
    """Outlets credited or measured as upstream."""
    composition: tuple[tuple[PassageKind, float], ...] = ()
    """Share of body words by kind of passage against the strongest upstream; what is missing to 1 is new."""
    credits: tuple[CreditCheck, ...] = ()
    """Every outlet the article credits for its text, sorted by id."""


class DriftKind(StrEnum):
    """What differs between two aligned passages."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    QUOTE = "quote"
    NEGATION = "negation"
    CERTAINTY = "certainty"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class DriftPlace:
    """Where one wording of a drift stands."""

    article: ArticleId
    span: Span


@dataclass(frozen=True, slots=True)
class Drift:
    """A fact that changed between aligned passages: both places and both wordings."""

    kind: DriftKind
    downstream: DriftPlace
    upstream: DriftPlace
    before: str
    """The upstream's wording."""
    after: str
    """The downstream's wording."""


class ErosionKind(StrEnum):
    """What a link of the lineage lost of its upstream."""

    NAME = "name"
    AGENCY = "agency"
    """The upstream credits an agency or outlet for the text, the downstream does not."""
    HEDGE = "hedge"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Erosion:
    """Something the upstream said in what the downstream took, and the downstream no longer says.

    ``place`` is where it stands upstream (``None`` for a credit in markup). ``became`` is what the downstream says
    instead with its place, or ``None`` where it says nothing.
    """

    kind: ErosionKind
    downstream: ArticleId
    upstream: ArticleId
    wording: str
    place: Span | None = None
    became: str | None = None
    became_at: Span | None = None
