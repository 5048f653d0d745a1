"""Everything the stages need besides the articles: knowledge, compiled rules, coefficients. Made once a process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from provenance import knowledge as reference
from provenance.attribute import ATTRIBUTE_VERSION, AttributionRules, NoteRules
from provenance.clean import CLEAN_VERSION, FurniturePhrases
from provenance.knowledge import Knowledge
from provenance.read import READER_VERSION

__all__ = ["Toolbox"]


@dataclass(frozen=True)
class Toolbox:
    """Frozen knowledge with its compiled forms; every worker process makes its own from the same file."""

    knowledge: Knowledge
    phrases: FurniturePhrases
    rules: AttributionRules
    notes: NoteRules

    @classmethod
    def load(cls, outlets: Path | None = None) -> Toolbox:
        """Load the shipped knowledge and, where given, the user's outlet file; the same call is answered once.

        Raises:
            KnowledgeError: a data file is malformed.
        """
        return _load(outlets)

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """Versions of everything a finding depends on, for the run and the cache keys."""
        from importlib.metadata import version  # noqa: PLC0415  (an e-mail parser: only a run is told its version)

        from provenance.match import MATCHER_VERSION  # noqa: PLC0415  (numpy: `inspect` does without)
        from provenance.score import SCORE_VERSION  # noqa: PLC0415
        from provenance.score.drift import DRIFT_VERSION  # noqa: PLC0415
        from provenance.score.erosion import EROSION_VERSION  # noqa: PLC0415
        from provenance.trace import TRACE_VERSION  # noqa: PLC0415

        return {
            "program": version("news-provenance"),
            "read": READER_VERSION,
            "clean": CLEAN_VERSION,
            "attribute": ATTRIBUTE_VERSION,
            "match": MATCHER_VERSION,
            "trace": TRACE_VERSION,
            "score": SCORE_VERSION,
            "drift": DRIFT_VERSION,
            "erosion": EROSION_VERSION,
            "knowledge": self.knowledge.digest[:16],
        }

    @cached_property
    def inspection_key(self) -> str:
        """Digest of what an inspection depends on besides the article and its outlet's furniture."""
        parts = (READER_VERSION, CLEAN_VERSION, ATTRIBUTE_VERSION, self.knowledge.digest)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=2)
def _load(outlets: Path | None) -> Toolbox:
    known = reference.load(outlets)
    return Toolbox(
        knowledge=known,
        phrases=FurniturePhrases.compile(known.furniture_rules),
        rules=AttributionRules.compile(known.attribution_rules),
        notes=NoteRules.compile(known.note_rules),
    )
