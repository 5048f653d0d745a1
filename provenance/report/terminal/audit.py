"""The report of an audit: the headline first, then families, articles, changes, and what all this does not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType

from provenance.model import AuditFindings, Credit, Degree, Unreadable, Verdict
from provenance.report.findings import FindingsIndex
from provenance.report.plain import one_line
from provenance.report.terminal.articles import admitted_section, articles_section
from provenance.report.terminal.drift import drift_section, erosion_section
from provenance.report.terminal.families import families_section
from provenance.report.terminal.layout import Paragraph, entry, heading, plain, stacked
from provenance.report.words import counted, is_admitted, origins_phrase

__all__ = ["audit_view", "limits_section", "unreadable_section"]

_LIMITS: Final = (
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


def audit_view(findings: AuditFindings) -> RenderableType:
    """Return the whole report of an audit."""
    index = FindingsIndex(findings)
    return stacked(
        [
            *_headline(index),
            *families_section(index),
            *articles_section(index),
            *admitted_section(index),
            *drift_section(index, findings.drift),
            *erosion_section(index, findings.erosion),
            *unreadable_section(findings.unreadable),
            *limits_section(),
            *_run_lines(findings),
        ]
    )


def _headline(index: FindingsIndex) -> Iterator[RenderableType]:
    findings = index.findings
    count = counted(len(findings.articles), "article")
    if not findings.articles:
        yield Paragraph(plain("No article could be read" if findings.unreadable else "No article was found", "bold"))
        return
    yield Paragraph(plain(f"{count}, {origins_phrase(findings.lineage.origins)}", "bold"))
    for line in _summary(index):
        yield Paragraph(plain(line), indent=2, mark="• ")
    for reason in findings.lineage.origins.why:
        yield entry("Why", one_line(reason), indent=2)


def _summary(index: FindingsIndex) -> Iterator[str]:
    """Yield how many articles have each status, in the words of the sections below."""
    counts = Counter(_status(index, verdict) for verdict in index.findings.verdicts)
    yield from (f"{status}: {counts[status]:,}" for status in _STATUSES if counts[status])
    if index.findings.unreadable:
        yield f"Could not be read: {len(index.findings.unreadable):,}"


_MATCHED: Final = "Derived from another article here"
_STATUSES: Final = (
    f"{_MATCHED}, with credit",
    f"{_MATCHED}, without credit",
    f"{_MATCHED}, while crediting a source that is not at hand",
    f"{_MATCHED}, against the credit given",
    _MATCHED,
    "Sharing text with another article here; which came first is unknown",
    "Admitting a source that is not at hand",
    "Not derived from any article given",
)


def _status(index: FindingsIndex, verdict: Verdict) -> str:
    if is_admitted(verdict):
        return _STATUSES[6]
    if verdict.degree is Degree.NON:
        return _STATUSES[7]
    if index.only_undirected(verdict.article):
        return _STATUSES[5]
    by_credit = {Credit.CREDITED: 0, Credit.UNCREDITED: 1, Credit.NOT_AT_HAND: 2, Credit.CONTRADICTED: 3}
    return _STATUSES[by_credit.get(verdict.credit, 4)]


def unreadable_section(failures: tuple[Unreadable, ...]) -> Iterator[RenderableType]:
    """Yield what could not be read and why; nothing when everything was."""
    if not failures:
        return
    yield heading("Could not be read", "Everything else was audited without them.")
    for each in failures:
        yield entry(one_line(each.source), one_line(each.reason), indent=2, style="bold")


def limits_section() -> Iterator[RenderableType]:
    """Yield what the report does not show."""
    yield heading("What this does not show")
    yield from (Paragraph(plain(limit), indent=2, mark="• ") for limit in _LIMITS)


def _run_lines(findings: AuditFindings) -> Iterator[RenderableType]:
    run = findings.run
    read = f"{counted(run.read, 'article')} read"
    unchanged = f"; {run.unchanged:,} unchanged since an earlier audit and not read again" if run.unchanged else ""
    yield ""
    yield Paragraph(plain(f"{read}{unchanged}. Run: {one_line(run.id)}", "dim"))
    more = "More on one article: provenance show ID; its way back to the origin: provenance trace ID."
    yield Paragraph(plain(f"{more} An id is as printed above.", "dim"))
