"""One audit and all it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from provenance.model.article import ArticleId, ContentHash, Unreadable
from provenance.model.attribution import Attribution, AttributionKind, Extent
from provenance.model.lineage import Evidence, Lineage
from provenance.model.match import Match
from provenance.model.note import Note
from provenance.model.outlet import Outlet, OutletId
from provenance.model.text import Timeframe
from provenance.model.trick import Trick
from provenance.model.verdict import Drift, Erosion, Verdict

__all__ = ["ArticleFacts", "AuditFindings", "Comparison", "Run", "RunId"]

RunId = NewType("RunId", str)


@dataclass(frozen=True, slots=True)
class Run:
    """One audit (a ``prov:Activity``): what was asked, with which program, rules and options."""

    id: RunId
    """Digest of inputs, options and versions: the same audit has the same id."""
    paths: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    """Version of the program and digests of its rules, outlets and coefficients."""
    read: int = 0
    """Articles read anew in this run."""
    unchanged: int = 0
    """Articles taken from the store because nothing about them had changed."""


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What the later stages and the report need of an article; never its text."""

    id: ArticleId
    source: str
    content_hash: ContentHash
    body_hash: ContentHash
    """Digest of the body's normalised words: equal for copies in different page chrome."""
    words: int
    """Body words."""
    outlet: OutletId | None = None
    outlet_name: str | None = None
    """The outlet as the page itself names it."""
    url: str | None = None
    title: str | None = None
    published: Timeframe | None = None
    language: str | None = None
    attributions: tuple[Attribution, ...] = ()
    upstreams: tuple[OutletId, ...] = ()
    tricks: tuple[Trick, ...] = ()
    """What is hidden or disguised in its text, one entry a kind."""
    notes: tuple[Note, ...] = ()
    """What it says of its own versions: corrections, updates, numbered leads."""

    @property
    def carries(self) -> OutletId | None:
        """Whose text this is: its outlet's, or, where nothing tells where it stood, the one agency's that signs it.

        A bare text file with an agency's dateline or copyright is that agency's copy as far as anyone can tell, and a
        repost that credits the agency credits it.
        """
        if self.outlet is not None:
            return self.outlet
        signed = {
            attribution.outlet
            for attribution in self.attributions
            if attribution.kind is AttributionKind.WIRE and attribution.extent is Extent.FULL and attribution.hop == 1
        }
        marked = {attribution.outlet for attribution in self.attributions if attribution.is_agency_mark}
        signed &= marked
        return signed.pop() if len(signed) == 1 else None


@dataclass(frozen=True, slots=True)
class AuditFindings:
    """All that one run found, sorted by id throughout: the value every report renders."""

    run: Run
    articles: tuple[ArticleFacts, ...]
    verdicts: tuple[Verdict, ...]
    lineage: Lineage
    drift: tuple[Drift, ...] = ()
    erosion: tuple[Erosion, ...] = ()
    """What the links of the lineage lost, sorted like ``drift``."""
    outlets: tuple[Outlet, ...] = ()
    """Every outlet an article belongs to or names, known or not."""
    unreadable: tuple[Unreadable, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side. The left side of ``match`` is the downstream text.

    ``downstream`` and ``upstream`` echo exactly what the caller gave.
    """

    downstream: str
    upstream: str
    match: Match
    verdict: Verdict
    strength: float
    evidence: tuple[Evidence, ...] = ()
    drift: tuple[Drift, ...] = ()
    downstream_text: str = ""
    """The downstream article's text, so that passages can be shown; empty when the caller has no use for it."""
    upstream_text: str = ""
