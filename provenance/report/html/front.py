"""The front of a report: what was audited, how many origins, what is not shown, and the run behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provenance.model import Decision, Review
from provenance.report.findings import FindingsIndex
from provenance.report.headline import LIMITS, STATUSES, status
from provenance.report.html.anchors import Anchors
from provenance.report.html.contents import ReportContents
from provenance.report.html.families import FamilyEntry
from provenance.report.plain import one_line
from provenance.report.words import counted, origins_phrase

__all__ = ["Front", "Place", "ReviewLine", "StatusCount", "front", "review_lines"]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many articles have one status."""

    status: str
    count: int
    share: float
    """In percent of all articles."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands among the pages of a report."""

    title: str = ""
    """Of a page of several; empty for the main one."""
    main: str | None = None
    """Address of the main page; ``None`` on it."""
    families: tuple[FamilyEntry, ...] = ()
    """All families, for the list on the main page."""
    pages: tuple[tuple[str, str], ...] = ()
    """Pages without a family: title and address."""


@dataclass(frozen=True, slots=True)
class Front:
    """What heads a page."""

    place: Place
    headline: str
    why: tuple[str, ...]
    statuses: tuple[StatusCount, ...]
    """Of all articles; told on the main page only."""
    paths: tuple[str, ...]
    limits: tuple[str, ...]
    run: tuple[tuple[str, str], ...]
    """Facts of the run: what it is called, and its value."""
    anonymised: bool


def front(contents: ReportContents, index: FindingsIndex, place: Place) -> Front:
    """Return what heads a page of a report."""
    findings = contents.findings
    found = [] if place.main else [status(index, verdict) for verdict in findings.verdicts]
    count = counted(len(findings.articles), "article")
    return Front(
        place=place,
        headline=f"{count}, {origins_phrase(findings.lineage.origins)}"
        if findings.articles
        else "No article was found",
        why=tuple(map(one_line, findings.lineage.origins.why)),
        statuses=tuple(
            StatusCount(each, found.count(each), found.count(each) / len(found) * 100)
            for each in STATUSES
            if each in found
        ),
        paths=tuple(map(one_line, findings.run.paths)),
        limits=LIMITS,
        run=tuple(_run_facts(contents)),
        anonymised=contents.anonymised,
    )


def _run_facts(contents: ReportContents) -> Iterable[tuple[str, str]]:
    run = contents.findings.run
    yield "Run", run.id
    if contents.finished is not None:
        yield "Finished", f"{contents.finished:%Y-%m-%d %H:%M} UTC"
    yield "Articles read", f"{run.read:,}" + (f", {run.unchanged:,} unchanged" if run.unchanged else "")
    yield "Audited", ", ".join(map(one_line, run.paths))
    yield "Options", "; ".join(f"{name} {value or 'none'}" for name, value in sorted(run.options.items())) or "none"
    yield "Versions", "; ".join(f"{name} {value}" for name, value in sorted(run.versions.items()))
    if contents.digest:
        yield "SHA-256 of the findings as JSON", contents.digest


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One decision of a person about a link."""

    decision: str
    downstream: str
    upstream: str
    reviewer: str
    note: str
    date: str
    href: str | None


_DECIDED = {Decision.CONFIRMED: "confirmed", Decision.REJECTED: "rejected", Decision.WITHDRAWN: "withdrawn"}


def review_lines(index: FindingsIndex, reviews: Sequence[Review], anchors: Anchors) -> list[ReviewLine]:
    """Return the decisions that are in force, oldest first."""
    return [
        ReviewLine(
            _DECIDED[each.decision],
            index.article_name(each.downstream),
            index.article_name(each.upstream) if each.upstream else index.outlet_name(each.upstream_outlet),
            one_line(each.reviewer),
            one_line(each.note),
            f"{each.decided_at:%Y-%m-%d}",
            anchors.pair(each.downstream, each.upstream),
        )
        for each in reviews
    ]
