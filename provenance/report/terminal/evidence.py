"""Evidence in a line: the strongest reasons for a finding, and the wording of a credit.

Reasons are of two sorts: that two texts are tied at all, and which of the two came first. Both carry a weight in
log-odds, of different probabilities, so they are never ranked against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from rich.text import Text

from provenance.model import DIRECTION_KINDS, Attribution, Evidence, Passage, PassageKind
from provenance.report.plain import one_line
from provenance.report.terminal.layout import plain
from provenance.report.words import ATTRIBUTION_WORDS, PASSAGE_WORDS, counted, listed

UNDECIDED: Final = 1.0
"""Sum of the weights on the direction (log-odds) below which it is unknown, as the trace has it."""

__all__ = [
    "WEIGHTS_NOTE",
    "best_evidence",
    "credit_line",
    "direction_evidence",
    "every_evidence",
    "passages_phrase",
    "tie_evidence",
]

WEIGHTS_NOTE: Final = "In brackets, what each weighs in log-odds; what has no figure explains and does not weigh."


def best_evidence(evidence: Iterable[Evidence], *, at_most: int = 3, more: str = "") -> Text:
    """Return the weightiest reasons in one line: those for the tie, then one for the direction if there is room.

    Args:
        evidence: all reasons.
        at_most: how many to tell.
        more: where the reader finds the rest.
    """
    tie, direction = _sorted_out(evidence)
    room = at_most - 1 if direction and at_most > 1 else at_most
    return _told([*tie[:room], *direction][:at_most], tie, direction, more)


def tie_evidence(evidence: Iterable[Evidence], *, at_most: int = 3, more: str = "") -> Text:
    """Return in one line the weightiest reasons why two texts are tied at all; see :func:`best_evidence`."""
    tie, _ = _sorted_out(evidence)
    return _told(tie[:at_most], tie, [], more)


def direction_evidence(evidence: Iterable[Evidence]) -> Text:
    """Return in one line every reason which of two texts came first."""
    _, direction = _sorted_out(evidence)
    return _told(direction, [], direction, "")


def _told(told: Sequence[Evidence], tie: Sequence[Evidence], direction: Sequence[Evidence], more: str) -> Text:
    line = "; ".join(_reason(each, direction) for each in told) or "none recorded"
    left = len(tie) + len(direction) - len(told)
    return plain(f"{line}; and {left} more{more}" if left > 0 else line)


def every_evidence(evidence: Sequence[Evidence]) -> list[Text]:
    """Return every reason as a line of its own, for the tie first, with weight and kind (:data:`WEIGHTS_NOTE`)."""
    tie, direction = _sorted_out(evidence)
    return [
        Text.assemble(_reason(each, direction, weighed=True), (f" ({one_line(each.kind)})", "dim"))
        for each in (*tie, *direction)
    ]


def _sorted_out(evidence: Iterable[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Return the reasons for the tie and those for the direction.

    What can be looked up in the texts goes before what is a figure only; among these the weightiest goes first.
    """
    ranked = sorted(evidence, key=lambda each: (each.kind == "starting-point", not each.places, -abs(each.weight)))
    tie = [each for each in ranked if each.kind not in DIRECTION_KINDS]
    return tie, [each for each in ranked if each.kind in DIRECTION_KINDS]


def _reason(each: Evidence, direction: Sequence[Evidence], *, weighed: bool = False) -> str:
    """Return a reason, saying if it speaks against the finding.

    The sign of a weight on direction tells which article it favours, so it speaks against the direction found when
    it differs from the sign of their sum.
    """
    reason = one_line(each.detail) or one_line(each.kind)
    figure = f" ({abs(each.weight):.2f})" if weighed and each.weight else ""
    if each.kind in DIRECTION_KINDS:
        total = sum(other.weight for other in direction)
        if abs(total) < UNDECIDED:
            return _led(f"on which came first{figure}", reason, figure)
        against = each.weight * total < 0
        return (
            f"against this direction{figure}: {reason}"
            if against
            else _led(f"for the direction{figure}", reason, figure)
        )
    return f"against it{figure}: {reason}" if each.weight < 0 else _led(f"for it{figure}", reason, figure)


def _led(lead: str, reason: str, figure: str) -> str:
    """Put a lead before a reason where there is a figure to tell; elsewhere a reason in favour needs none."""
    return f"{lead}: {reason}" if figure else reason


def credit_line(attribution: Attribution) -> Text:
    """Return a credit as it stands, with its kind, its rule, and whether it is in the text or in the markup."""
    span = attribution.span
    place = "in the markup" if span is None else f"at characters {span.start} to {span.end}"
    kind = ATTRIBUTION_WORDS[attribution.kind]
    return plain(f"“{one_line(attribution.text)}” ({kind}; {place}; rule {one_line(attribution.rule)})")


def passages_phrase(passages: Iterable[Passage]) -> str:
    """Count shared passages by kind: ``4 passages: 3 rewritten and 1 verbatim``; empty when there are none."""
    counts = Counter(each.kind for each in passages)
    kinds = [f"{counts[kind]} {PASSAGE_WORDS[kind]}" for kind in PassageKind if counts[kind]]
    return f"{counted(counts.total(), 'passage')}: {listed(kinds)}" if kinds else ""
