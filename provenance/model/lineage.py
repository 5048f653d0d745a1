"""Who has it from whom: derivations with their evidence, families, origins."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from provenance.model.article import ArticleId
from provenance.model.match import Match, Passage
from provenance.model.outlet import OutletId
from provenance.model.review import Decision
from provenance.model.text import Span

__all__ = [
    "DIRECTION_KINDS",
    "Derivation",
    "DerivationStatus",
    "Direction",
    "Evidence",
    "EvidencePlace",
    "Family",
    "FamilyId",
    "InferredContent",
    "InferredSource",
    "InferredSourceId",
    "Lineage",
    "Origins",
    "WeighedMatch",
]

FamilyId = NewType("FamilyId", str)
"""``family:`` and a digest of the sorted ids of its articles."""


InferredSourceId = NewType("InferredSourceId", str)
"""``inferred:`` and a digest of its outlet and the sorted ids of the articles that drew on it."""


DIRECTION_KINDS: Final = frozenset(
    {
        "agency-mark",
        "chain",
        "circle",
        "citation",
        "common-credit",
        "containment-gap",
        "correction",
        "credit",
        "date",
        "review",
        "siblings",
        "version-number",
        "wire-mark",
    }
)
"""Kinds of :class:`Evidence` about which of two texts came first; every other kind is about whether they are tied.

The trace stage makes them; reports must tell the two sorts apart, for their weights are of different probabilities.
"""


class Direction(StrEnum):
    """How well it is known which side came first."""

    ESTABLISHED = "established"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class DerivationStatus(StrEnum):
    """Whether a link is asserted. Families, origins and verdicts use ``DERIVED`` links only."""

    DERIVED = "derived"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """A place in one article that a piece of evidence points at."""

    article: ArticleId
    span: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against a finding, in words a person can check.

    ``weight`` is the contribution in log-odds where the kind enters a probability, and 0.0 where it only explains.
    """

    kind: str
    detail: str
    places: tuple[EvidencePlace, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class WeighedMatch:
    """A match with the strength of its evidence: still symmetric, still without a direction.

    ``strength`` is the probability, in [0, 1], that one text derives from the other or both from a common text, rather
    than both covering one event independently.
    """

    match: Match
    strength: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """``downstream prov:wasDerivedFrom upstream``, with how much, how sure, which way, and why.

    ``upstream`` is ``None`` when the upstream is only known by its outlet's name; then ``share`` is ``None`` too.
    ``share`` (how much of the downstream body) and ``strength`` (the probability that one text derives from the other
    or both from a common text, rather than covering one event independently) are never blended. In ``passages`` the
    left side is the downstream article.
    """

    downstream: ArticleId
    upstream: ArticleId | None
    upstream_outlet: OutletId | None
    status: DerivationStatus
    direction: Direction
    strength: float
    share: float | None = None
    interval: tuple[float, float] = (0.0, 1.0)
    evidence: tuple[Evidence, ...] = ()
    passages: tuple[Passage, ...] = ()
    in_lineage: bool = False
    is_version: bool = False
    """Whether both are versions of one article at one outlet rather than a repost and its source."""
    decision: Decision | None = None
    """What a person decided about the link in an earlier review; ``None`` where nobody did."""


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind some articles, at least and at most, with the reasoning."""

    at_least: int
    at_most: int
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InferredContent:
    """A passage an inferred source must have contained: where it stands in two and more of its descendants.

    The first place is the fullest wording at hand.
    """

    places: tuple[EvidencePlace, ...]


@dataclass(frozen=True, slots=True)
class InferredSource:
    """A text nobody has at hand that some articles must have in common: an inference, never a finding.

    ``outlet`` is the outlet its descendants credit, ``None`` where they name none.
    """

    id: InferredSourceId
    outlet: OutletId | None
    articles: tuple[ArticleId, ...]
    """Those that drew on it, sorted; at least two."""
    content: tuple[InferredContent, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Articles tied by derivation. ``root`` is the article all others come from, when that is known."""

    id: FamilyId
    articles: tuple[ArticleId, ...]
    origins: Origins
    root: ArticleId | None = None
    versions: tuple[tuple[ArticleId, ...], ...] = ()
    """Groups of versions of one article at one outlet, each in the order they appeared as far as that is known."""
    inferred_sources: tuple[InferredSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The acyclic graph of derivations over some articles, their families, and the count of origins."""

    derivations: tuple[Derivation, ...]
    families: tuple[Family, ...]
    origins: Origins
