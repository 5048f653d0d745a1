"""The aligner a caller chose, the key under which what it finds is kept, and the pairs nothing comes of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from provenance.match import WordsThenSentences
from provenance.model import ArticleId, Unreadable
from provenance.pipeline.options import AuditOptions
from provenance.pipeline.processes.limits import Failure
from provenance.pipeline.processes.workers import Pool
from provenance.pipeline.toolbox import Toolbox

__all__ = ["PairComparison", "chosen_aligner", "match_key"]


@dataclass(frozen=True, slots=True)
class PairComparison:
    """What the stages that compare pairs of articles of one audit share."""

    toolbox: Toolbox
    options: AuditOptions
    workers: Pool
    sources: Mapping[ArticleId, str]
    """What the articles are called in reports."""
    failed: list[Unreadable] = field(default_factory=list)
    """Pairs a stage could not do within their limits, or at all: in the findings they are not tied."""

    def fail(self, one: ArticleId, other: ArticleId, failure: Failure) -> None:
        """List a pair, under the article whose name comes first."""
        first, second = sorted((self.sources[one], self.sources[other]))
        self.failed.append(Unreadable(first, failure.reason(f"comparing it with {second}")))


def chosen_aligner(similarity: str) -> WordsThenSentences:
    """Make the aligner with a sentence encoder, or with rare terms alone when ``similarity`` is empty.

    Raises:
        UsageError: the encoder is not there, or what reads it is not installed.
    """
    if not similarity:
        return WordsThenSentences()
    from provenance.match.semantic import semantic_similarity  # noqa: PLC0415  an extra, seldom asked for

    return WordsThenSentences(semantic_similarity(similarity))


def match_key(toolbox: Toolbox, similarity: str) -> str:
    """Name everything a match depends on besides the two articles.

    Raises:
        UsageError: as for :func:`chosen_aligner`.
    """
    key = f"{toolbox.versions['match']}:{toolbox.inspection_key}"
    if not similarity:
        return key
    from provenance.match.semantic import SEMANTIC_VERSION, find_encoder  # noqa: PLC0415  as above

    return f"{key}:{SEMANTIC_VERSION}.{find_encoder(similarity).identity}"
