"""What people decided about links, and how later audits know the same link again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from provenance.model.article import ArticleId, ContentHash
from provenance.model.outlet import OutletId

__all__ = ["Decision", "Review"]


class Decision(StrEnum):
    """What a reviewer said of a link."""

    CONFIRMED = "confirmed"
    """The downstream article derives from the upstream one, in this direction."""
    REJECTED = "rejected"
    """Neither derives from the other."""
    WITHDRAWN = "withdrawn"
    """An earlier decision no longer holds."""


@dataclass(frozen=True, slots=True)
class Review:
    """One decision about one link, with who took it and why. Decisions are added, never overwritten: the last counts.

    A decision holds for the contents it was taken on (the hashes); when either article changes, it lapses. Exactly one
    of ``upstream`` (an article) and ``upstream_outlet`` (an outlet known by name only) is set.
    """

    downstream: ArticleId
    upstream: ArticleId | None
    upstream_outlet: OutletId | None
    decision: Decision
    reviewer: str
    note: str
    decided_at: datetime
    """UTC."""
    downstream_hash: ContentHash
    upstream_hash: ContentHash | None = None
