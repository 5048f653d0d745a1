"""The path back to an origin, and reviewers' decisions, in the chosen format."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from provenance.cli.options import Format
from provenance.cli.output import Sink
from provenance.model import ArticleId, Decision, Review
from provenance.report import contract, tables
from provenance.report.encode import JsonObject, json_document, json_line
from provenance.report.findings import FindingsIndex
from provenance.report.path import Path

if TYPE_CHECKING:
    from provenance.pipeline.reviewing import DecidedLink, Decisions

__all__ = ["write_decided", "write_decisions", "write_path"]

Texts = Callable[[Iterable[ArticleId]], Mapping[ArticleId, str]]
"""Fetches the texts of articles."""


def write_path(index: FindingsIndex, path: Path, form: Format, sink: Sink, *, texts: Texts) -> None:
    """Write the way from one article back to its origins; ``texts`` are for quoting what an inferred source held."""
    from provenance.report import path_contract

    match form:
        case Format.TABLE:
            from provenance.report.terminal.trace import trace_view

            sink.show(trace_view(index, path, texts(_quoted(path))))
        case Format.JSON:
            sink.line(json_document(path_contract.trace(index, path)))
        case Format.JSONL:
            for record in path_contract.trace_records(index, path):
                sink.line(json_line(record))
        case Format.CSV:
            sink.line(tables.csv_line(tables.TRACE_COLUMNS))
            for row in tables.trace_rows(index, path):
                sink.line(tables.csv_line(row))


def _quoted(path: Path) -> set[ArticleId]:
    """Give the articles in which what inferred sources must have contained stands in its fullest wording."""
    sources = (hop.inferred for hop in path.hops if hop.inferred is not None)
    return {content.places[0].article for source in sources for content in source.content if content.places}


def write_decided(decided: DecidedLink, form: Format, sink: Sink) -> None:
    """Write a decision that was just taken."""
    if form is Format.TABLE:
        from provenance.report.terminal.reviews import decided_view

        sink.show(decided_view(FindingsIndex(decided.findings), decided.review, decided.link, decided.replaced))
    elif form is Format.CSV:
        _write_rows([decided.review], {decided.review}, sink)
    else:
        entry = contract.review(decided.review, in_force=decided.review.decision is not Decision.WITHDRAWN)
        sink.line(json_document(entry) if form is Format.JSON else json_line(entry))


def write_decisions(decisions: Decisions, form: Format, sink: Sink) -> None:
    """Write every decision there is, oldest first; in JSON always an array."""
    match form:
        case Format.TABLE:
            from provenance.report.terminal.reviews import decisions_view

            index = FindingsIndex(decisions.findings) if decisions.findings else None
            sink.show(decisions_view(index, decisions.reviews, decisions.in_force))
        case Format.JSON:
            sink.line(json_document([*_entries(decisions)]))
        case Format.JSONL:
            for entry in _entries(decisions):
                sink.line(json_line(entry))
        case Format.CSV:
            _write_rows(decisions.reviews, decisions.in_force, sink)


def _entries(decisions: Decisions) -> Iterator[JsonObject]:
    for review in decisions.reviews:
        yield contract.review(review, in_force=review in decisions.in_force)


def _write_rows(reviews: Iterable[Review], in_force: Collection[Review], sink: Sink) -> None:
    sink.line(tables.csv_line(tables.REVIEW_COLUMNS))
    for review in reviews:
        counts = review in in_force and review.decision is not Decision.WITHDRAWN
        sink.line(tables.csv_line(tables.review_row(review, in_force=counts)))
