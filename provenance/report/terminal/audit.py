"""The report of an audit: the headline first, then families, articles, changes, and what all this does not show."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from provenance.model import AuditFindings, Unreadable
from provenance.report.findings import FindingsIndex
from provenance.report.headline import LIMITS, summary_lines
from provenance.report.plain import one_line
from provenance.report.terminal.articles import admitted_section, articles_section
from provenance.report.terminal.drift import drift_section, erosion_section
from provenance.report.terminal.families import families_section
from provenance.report.terminal.layout import Paragraph, entry, heading, plain, stacked
from provenance.report.words import counted, origins_phrase

__all__ = ["audit_view", "limits_section", "unreadable_section"]


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
            *decided_section(index),
            *unreadable_section(findings.unreadable),
            *limits_section(),
            *_run_lines(findings),
        ]
    )


def decided_section(index: FindingsIndex) -> Iterator[RenderableType]:
    """Yield the links people decided about, and what they decided; nothing when there are none."""
    decided = [each for each in index.findings.lineage.derivations if each.decision is not None]
    if not decided:
        return
    yield heading("Decided by reviewers", "Their decisions go before what was found.")
    for link in decided:
        upstream = index.article_name(link.upstream) if link.upstream else index.outlet_name(link.upstream_outlet)
        said = next((each.detail for each in link.evidence if each.kind == "review"), str(link.decision))
        yield entry(f"{index.article_name(link.downstream)} from {upstream}", one_line(said), indent=2)


def _headline(index: FindingsIndex) -> Iterator[RenderableType]:
    findings = index.findings
    count = counted(len(findings.articles), "article")
    if not findings.articles:
        yield Paragraph(plain("No article could be read" if findings.unreadable else "No article was found", "bold"))
        return
    yield Paragraph(plain(f"{count}, {origins_phrase(findings.lineage.origins)}", "bold"))
    for line in summary_lines(index):
        yield Paragraph(plain(line), indent=2, mark="• ")
    for reason in findings.lineage.origins.why:
        yield entry("Why", one_line(reason), indent=2)


def unreadable_section(failures: tuple[Unreadable, ...]) -> Iterator[RenderableType]:
    """Yield what could not be read and why; nothing when everything was."""
    if not failures:
        return
    yield heading("Not read", "Everything else was audited without them.")
    for each in failures:
        yield entry(one_line(each.source), one_line(each.reason), indent=2, style="bold")


def limits_section() -> Iterator[RenderableType]:
    """Yield what the report does not show."""
    yield heading("What this does not show")
    yield from (Paragraph(plain(limit), indent=2, mark="• ") for limit in LIMITS)


def _run_lines(findings: AuditFindings) -> Iterator[RenderableType]:
    run = findings.run
    read = f"{counted(run.read, 'article')} read"
    unchanged = f"; {run.unchanged:,} unchanged since an earlier audit and not read again" if run.unchanged else ""
    yield ""
    yield Paragraph(plain(f"{read}{unchanged}. Run: {one_line(run.id)}", "dim"))
    more = "More on one article: provenance show ID; its way back to the origin: provenance trace ID."
    yield Paragraph(plain(f"{more} An id is as printed above.", "dim"))
