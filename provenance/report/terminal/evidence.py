"""Evidence in a line: the strongest reasons for a finding, and the wording of a credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.text import Text

from provenance.model import Attribution, Evidence, Passage, PassageKind
from provenance.report.plain import one_line
from provenance.report.terminal.layout import plain
from provenance.report.words import ATTRIBUTION_WORDS, PASSAGE_WORDS, counted, listed

__all__ = ["best_evidence", "credit_line", "every_evidence", "passages_phrase"]


def best_evidence(evidence: Iterable[Evidence], *, at_most: int = 3, more: str = "") -> Text:
    """Return the weightiest reasons in one line, those against it marked; ``more`` tells where the rest is."""
    ranked = sorted(evidence, key=lambda each: -abs(each.weight))
    if not ranked:
        return plain("none recorded")
    line = "; ".join(_reason(each) for each in ranked[:at_most])
    left = len(ranked) - at_most
    return plain(f"{line}; and {left} more{more}" if left > 0 else line)


def _reason(each: Evidence) -> str:
    reason = one_line(each.detail) or one_line(each.kind)
    return f"against it: {reason}" if each.weight < 0 else reason


def every_evidence(evidence: Sequence[Evidence]) -> list[Text]:
    """Return every reason as a line of its own, weightiest first, saying which way it speaks."""
    ranked = sorted(evidence, key=lambda each: -abs(each.weight))
    return [plain(f"{_direction(each.weight)}{one_line(each.kind)}: {one_line(each.detail)}") for each in ranked]


def _direction(weight: float) -> str:
    if weight == 0:
        return ""
    return f"speaks {'for' if weight > 0 else 'against'} it ({weight:+.2f}) · "


def credit_line(attribution: Attribution) -> Text:
    """Return a credit as it stands, with its kind, its rule, and whether it is in the text or in the markup."""
    quoted = one_line(attribution.text)
    place = (
        "in the markup"
        if attribution.span is None
        else f"at characters {attribution.span.start} to {attribution.span.end}"
    )
    kind = ATTRIBUTION_WORDS[attribution.kind]
    return plain(f"“{quoted}” ({kind}; {place}; rule {one_line(attribution.rule)})")


def passages_phrase(passages: Iterable[Passage]) -> str:
    """Count shared passages by kind: ``4 passages: 3 rewritten and 1 verbatim``; empty when there are none."""
    counts = Counter(each.kind for each in passages)
    kinds = [f"{counts[kind]} {PASSAGE_WORDS[kind]}" for kind in PassageKind if counts[kind]]
    return f"{counted(counts.total(), 'passage')}: {listed(kinds)}" if kinds else ""
