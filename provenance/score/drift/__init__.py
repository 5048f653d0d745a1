"""Fact drift: facts that changed between aligned passages.

A passage says that two places tell the same. Inside it, what ought to have stayed the same is held side by side:
numbers, dates, names, quotations, negators, stances and sources. Each detector works on a pair of statements
(:mod:`provenance.score.drift.statements`); what a language's words mean is data (:mod:`provenance.score.drift.cues`).

Precision goes before recall: a difference is reported only where both statements are about one thing around the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from provenance.model import Drift, DriftKind, Match, PassageKind
from provenance.score.drift.dates import date_drift, times
from provenance.score.drift.names import name_drift
from provenance.score.drift.negation import negation_drift
from provenance.score.drift.numbers import number_drift
from provenance.score.drift.pairing import pairs
from provenance.score.drift.quotes import quote_drift
from provenance.score.drift.sources import attribution_drift
from provenance.score.drift.stances import certainty_drift
from provenance.score.drift.statements import Pair, Statement, Whole

__all__ = ["DRIFT_VERSION", "aligned", "changes", "dated", "drift"]

DRIFT_VERSION = "2"
"""Raised whenever the same match may give other drift."""

_PRIORITY = tuple(
    DriftKind(kind) for kind in ("number", "date", "name", "certainty", "negation", "quote", "attribution")
)
"""Of two reports on the same words the more specific one stays."""


def drift(
    match: Match,
    *,
    downstream_text: str,
    upstream_text: str,
    downstream_language: str | None,
    upstream_language: str | None,
) -> Iterator[Drift]:
    """Find the facts that changed between the passages of a match, in order of the downstream text.

    Args:
        match: its left side is the downstream article.
        downstream_text: the stored text the left spans point into.
        upstream_text: the stored text the right spans point into.
        downstream_language: ISO 639-1 code; ``None`` when undecided, which leaves digits and names to compare.
        upstream_language: the same of the upstream text.
    """
    yield from changes(aligned(match, (downstream_text, upstream_text), (downstream_language, upstream_language)))


def aligned(match: Match, texts: tuple[str, str], languages: tuple[str | None, str | None]) -> Sequence[Pair]:
    """Give the statements of two texts that answer to one another and differ; downstream text and language first."""
    below = Whole(match.left, texts[0], languages[0])
    above = Whole(match.right, texts[1], languages[1])
    return tuple(pairs(match, below, above))


def changes(found: Iterable[Pair]) -> Sequence[Drift]:
    """Find the facts that changed between aligned statements, in order of the downstream text."""
    return _distinct(change for pair in found for change in _changes(pair))


def dated(pair: Pair) -> list[tuple[Statement, range]]:
    """Give the words of both statements that belong to dates and intervals."""
    return [(side, range(time.first, time.end)) for side in (pair.below, pair.above) for time in times(side)]


def _changes(pair: Pair) -> Iterator[Drift]:
    yield from number_drift(pair, dated(pair))
    yield from date_drift(pair)
    yield from name_drift(pair)
    if pair.kind is PassageKind.TRANSLATED:
        return
    yield from certainty_drift(pair)
    yield from negation_drift(pair)
    yield from quote_drift(pair)
    yield from attribution_drift(pair)


def _distinct(found: Iterable[Drift]) -> list[Drift]:
    """Keep one report on the same words, and one on the same name however often it is misspelt."""
    kept: list[Drift] = []
    seen: set[tuple[DriftKind, str, str]] = set()
    for change in sorted(found, key=lambda one: (_PRIORITY.index(one.kind), one.downstream.span, one.upstream.span)):
        wordings = (change.kind, change.before.casefold(), _repeated(change))
        if wordings in seen or any(_overlaps(change, other) for other in kept):
            continue
        seen.add(wordings)
        kept.append(change)
    return sorted(kept, key=lambda one: (one.downstream.span, one.upstream.span, _PRIORITY.index(one.kind)))


def _repeated(change: Drift) -> str:
    """Give what tells apart two reports on one upstream wording: nothing for a source made generic repeatedly."""
    return "" if change.kind is DriftKind.ATTRIBUTION else change.after.casefold()


def _overlaps(one: Drift, other: Drift) -> bool:
    below = one.downstream.span.overlap(other.downstream.span) > 0
    above = one.upstream.span.overlap(other.upstream.span) > 0
    if {one.kind, other.kind} == {DriftKind.CERTAINTY, DriftKind.NEGATION}:
        return below or above  # "has not confirmed" that became "confirmed" is one change, of stance
    return below and above and DriftKind.ATTRIBUTION not in (one.kind, other.kind)
