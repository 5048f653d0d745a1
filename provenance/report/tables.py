"""Findings as rows for a spreadsheet: one row an article, a pair, a hop, a decision or a rule.

Cells are safe to open: text that a spreadsheet would take for a formula gets an apostrophe in front, the spreadsheets'
own mark for "this is text". Control characters are shown as in the terminal report; JSON keeps the exact text. Several
values in a cell are separated by ``; ``. Empty means not known or not applicable.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from provenance.model import (
    DIRECTION_KINDS,
    ArticleFacts,
    Attribution,
    AuditFindings,
    Comparison,
    Derivation,
    Inspection,
    Review,
    Rule,
    Unreadable,
    Verdict,
)
from provenance.report.findings import FindingsIndex
from provenance.report.page_outlets import with_page_outlets
from provenance.report.parts import OutletLookup
from provenance.report.path import Hop, Path
from provenance.report.plain import printable

__all__ = [
    "AUDIT_COLUMNS",
    "COMPARISON_COLUMNS",
    "INSPECTION_COLUMNS",
    "REVIEW_COLUMNS",
    "RULE_COLUMNS",
    "TRACE_COLUMNS",
    "Cell",
    "audit_rows",
    "comparison_row",
    "csv_line",
    "inspection_rows",
    "review_row",
    "rule_row",
    "trace_rows",
]

Cell = str | int | float | None
"""One value of a row; ``None`` is an empty cell."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters a spreadsheet reads as a formula (OWASP, "CSV injection"), with their full-width forms."""

AUDIT_COLUMNS: Final = (
    "id", "source", "url", "title", "outlet", "published", "language", "words",
    "derived_share", "interval_low", "interval_high", "degree", "basis", "credit", "credited_outlets",
    "upstream", "upstream_outlet", "link_status", "link_share", "strength", "direction", "evidence",
    "family", "unreadable",
)  # fmt: skip
"""Columns of an audit: the verdict of an article, then its strongest derivation."""

INSPECTION_COLUMNS: Final = (
    "id", "source", "url", "title", "outlet", "published", "language",
    "kind", "credited", "domain", "credited_outlet", "extent", "hop", "where", "start", "end", "element", "text",
    "rule", "unreadable",
)  # fmt: skip
"""Columns of an inspection: one row an attribution; an article without any has one row that leaves them empty."""

COMPARISON_COLUMNS: Final = (
    "downstream", "upstream", "derived_share", "interval_low", "interval_high", "degree", "strength",
    "downstream_in_upstream", "upstream_in_downstream", "passages", "drift", "evidence", "unreadable",
)  # fmt: skip
"""Columns of a comparison: one row a pair."""

TRACE_COLUMNS: Final = (
    "hop", "depth", "basis", "downstream", "upstream", "upstream_outlet", "inferred_source",
    "title", "outlet", "source", "published", "published_basis",
    "share", "interval_low", "interval_high", "strength", "direction", "version", "decision", "reviewer", "note",
    "evidence", "direction_evidence", "changed", "lost", "ends",
)  # fmt: skip
"""Columns of a path: one row a hop. Title, outlet, source and date are those of the upstream."""

REVIEW_COLUMNS: Final = (
    "decided_at", "reviewer", "decision", "in_force", "downstream", "upstream", "upstream_outlet", "note",
)  # fmt: skip
"""Columns of the reviewers' decisions."""

RULE_COLUMNS: Final = ("id", "stage", "kind", "language", "why", "pattern", "source", "examples", "counterexamples")
"""Columns of the rules."""


def csv_line(cells: Sequence[Cell]) -> str:
    """Return a row as CSV without its line break, each text guarded against being run as a formula."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_guarded(cell) for cell in cells])
    return buffer.getvalue().removesuffix("\r\n")  # with no line end of its own the writer quotes none in a cell


def _guarded(cell: Cell) -> Cell:
    if isinstance(cell, str):
        text = printable(cell)
        return f"'{text}" if cell.startswith(_FORMULA_STARTS) else text
    return cell


def audit_rows(findings: AuditFindings) -> Iterator[Sequence[Cell]]:
    """Yield the rows below :data:`AUDIT_COLUMNS`: every article by id, then what could not be read."""
    index = FindingsIndex(findings)
    families = {article: family.id for family in findings.lineage.families for article in family.articles}
    for facts in findings.articles:
        credited = _joined(map(index.outlet_name, facts.upstreams))
        links = index.upstream_links.get(facts.id, ())
        yield (
            *_article_cells(facts, index.outlet_name(facts.outlet)),
            *_verdict_cells(index.verdicts.get(facts.id)),
            credited,
            *_link_cells(links[0] if links else None),
            families.get(facts.id),
            None,
        )
    for failure in findings.unreadable:
        yield _unreadable_row(failure, AUDIT_COLUMNS)


def _verdict_cells(verdict: Verdict | None) -> tuple[Cell, ...]:
    if verdict is None:
        return (None,) * 6
    return (verdict.derived_share, *verdict.interval, verdict.degree, verdict.basis, verdict.credit)


def _link_cells(link: Derivation | None) -> tuple[Cell, ...]:
    if link is None:
        return (None,) * 7
    reasons = _joined(each.detail for each in link.evidence)
    return (link.upstream, link.upstream_outlet, link.status, link.share, link.strength, link.direction, reasons)


def _article_cells(facts: ArticleFacts, outlet: str | None) -> tuple[Cell, ...]:
    published = facts.published.written if facts.published else None
    return (facts.id, facts.source, facts.url, facts.title, outlet, published, facts.language, facts.words)


def inspection_rows(finding: Inspection | Unreadable, outlets: OutletLookup) -> Iterator[Sequence[Cell]]:
    """Yield the rows below :data:`INSPECTION_COLUMNS` for one article or one failure."""
    if isinstance(finding, Unreadable):
        yield _unreadable_row(finding, INSPECTION_COLUMNS)
        return
    article = finding.labelled.article
    outlet = with_page_outlets(finding, outlets)(finding.outlet) if finding.outlet else None
    name = outlet.name if outlet else finding.outlet
    published = article.published.written if article.published else None
    shared = (article.id, article.source, article.url, article.title, name, published, article.language)
    for each in finding.attributions:
        yield (*shared, *_attribution_cells(each), None)
    if not finding.attributions:
        yield (*shared, *(None,) * (len(INSPECTION_COLUMNS) - len(shared)))


def _attribution_cells(each: Attribution) -> tuple[Cell, ...]:
    start, end = (each.span.start, each.span.end) if each.span else (None, None)
    where = "text" if each.span else "markup"
    return (
        each.kind, each.credited, each.domain, each.outlet, each.extent, each.hop, where, start, end, each.element,
        each.text, each.rule,
    )  # fmt: skip


def comparison_row(finding: Comparison | Unreadable) -> Sequence[Cell]:
    """Return the row below :data:`COMPARISON_COLUMNS` for one pair or one failure."""
    if isinstance(finding, Unreadable):
        return _unreadable_row(finding, COMPARISON_COLUMNS)
    verdict, match = finding.verdict, finding.match
    return (
        finding.downstream, finding.upstream, verdict.derived_share, *verdict.interval, verdict.degree,
        finding.strength, match.left_containment, match.right_containment, len(match.passages), len(finding.drift),
        _joined(each.detail for each in finding.evidence), None,
    )  # fmt: skip


def trace_rows(index: FindingsIndex, path: Path) -> Iterator[Sequence[Cell]]:
    """Yield the rows below :data:`TRACE_COLUMNS`, in the order of the hops."""
    ends = _ends_by_article(path)
    for hop in path.hops:
        yield (
            hop.number, hop.depth, hop.basis, hop.downstream, hop.upstream, hop.outlet,
            hop.inferred.id if hop.inferred else None,
            *_upstream_cells(index, hop),
            *_hop_cells(hop.link),
            *_review_cells(hop),
            *_evidence_cells(hop.link),
            _joined(f"{each.kind}: {each.before} → {each.after}" for each in hop.drift),
            _joined(f"{each.kind}: {each.wording}{f' → {each.became}' if each.became else ''}" for each in hop.erosion),
            _joined(ends.get(hop.upstream, ())) if hop.upstream is not None else None,
        )  # fmt: skip


def _ends_by_article(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for end in path.ends:
        found.setdefault(end.article, []).append(end.kind)
    return found


def _upstream_cells(index: FindingsIndex, hop: Hop) -> tuple[Cell, ...]:
    facts = index.articles.get(hop.upstream) if hop.upstream is not None else None
    if facts is None:
        return None, index.outlet_name(hop.outlet) or None, None, None, None
    date = facts.published
    written, basis = (date.written, date.basis) if date else (None, None)
    return facts.title, index.outlet_name(facts.outlet) or None, facts.source, written, basis


def _hop_cells(link: Derivation | None) -> tuple[Cell, ...]:
    if link is None:
        return (None,) * 6
    version = "yes" if link.is_version else None
    return link.share, *link.interval, link.strength, link.direction, version


def _review_cells(hop: Hop) -> tuple[Cell, ...]:
    if hop.review is not None:
        return hop.review.decision, hop.review.reviewer, hop.review.note
    return (hop.link.decision if hop.link else None), None, None


def _evidence_cells(link: Derivation | None) -> tuple[Cell, ...]:
    evidence = link.evidence if link else ()
    return (
        _joined(each.detail for each in evidence if each.kind not in DIRECTION_KINDS),
        _joined(each.detail for each in evidence if each.kind in DIRECTION_KINDS),
    )


def review_row(decision: Review, *, in_force: bool) -> Sequence[Cell]:
    """Return the row below :data:`REVIEW_COLUMNS` for one decision."""
    return (
        decision.decided_at.isoformat(), decision.reviewer, decision.decision, "yes" if in_force else "no",
        decision.downstream, decision.upstream, decision.upstream_outlet, decision.note,
    )  # fmt: skip


def rule_row(entry: Rule) -> Sequence[Cell]:
    """Return the row below :data:`RULE_COLUMNS` for one rule."""
    return (
        entry.id, entry.stage, entry.kind, entry.language, entry.why, entry.pattern, entry.source,
        _joined(entry.examples), _joined(entry.counterexamples),
    )  # fmt: skip


def _unreadable_row(failure: Unreadable, columns: Sequence[str]) -> Sequence[Cell]:
    given = {columns[0]: failure.source, "source": failure.source, "unreadable": failure.reason}
    if "source" in columns:
        del given[columns[0]]
    return [given.get(column) for column in columns]


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)
