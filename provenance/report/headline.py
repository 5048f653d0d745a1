"""What heads every report for people: how many articles have which status; and what ends it: what it does not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from provenance.model import Credit, Degree, Verdict
from provenance.report.findings import FindingsIndex
from provenance.report.words import is_admitted

__all__ = ["LIMITS", "STATUSES", "status", "summary_lines"]

LIMITS: Final = (
    (
        "Only the articles given were held against each other: a source that is not among them shows only where a "
        "credit names it."
    ),
    (
        "A derived share counts words, not truth: it says nothing of whether a report is right, or whether its use of "
        "another was licensed."
    ),
    (
        "Evidence strength is the probability that two texts are tied by derivation, directly or through a common "
        "text, rather than both covering one event. It does not say how much was taken, nor who wrote first."
    ),
    "A credit is what an article claims; it is not proof.",
)
"""What an audit does not show, one sentence or two each."""


def summary_lines(index: FindingsIndex) -> Iterator[str]:
    """Yield how many articles have each status, in the words of the sections below."""
    counts = Counter(status(index, verdict) for verdict in index.findings.verdicts)
    yield from (f"{each}: {counts[each]:,}" for each in STATUSES if counts[each])
    if index.findings.unreadable:
        yield f"Not read: {len(index.findings.unreadable):,}"


_MATCHED: Final = "Derived from another article here"
STATUSES: Final = (
    f"{_MATCHED}, with credit",
    f"{_MATCHED}, without credit",
    f"{_MATCHED}, while crediting a source that is not at hand",
    f"{_MATCHED}, against the credit given",
    "Made from another article of the same outlet here",
    "Sharing text with another article here; which came first is unknown",
    "Admitting a source that is not at hand",
    "Not derived from any article given",
)


def status(index: FindingsIndex, verdict: Verdict) -> str:
    """Say what became of one article: one of :data:`STATUSES`."""
    if is_admitted(verdict):
        return STATUSES[6]
    if verdict.degree is Degree.NON:
        return STATUSES[7]
    if index.only_undirected(verdict.article):
        return STATUSES[5]
    by_credit = {Credit.CREDITED: 0, Credit.UNCREDITED: 1, Credit.NOT_AT_HAND: 2, Credit.CONTRADICTED: 3}
    return STATUSES[by_credit.get(verdict.credit, 4)]
