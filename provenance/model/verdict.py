"""What is said of one article: how much of it is derived, and whether its credit is honest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.model.article import ArticleId
from provenance.model.match import PassageKind
from provenance.model.outlet import OutletId
from provenance.model.text import Span

__all__ = ["Basis", "Credit", "Degree", "Drift", "DriftKind", "DriftPlace", "Verdict"]


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
