"""Results in the chosen format, written as they come."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from provenance.cli.options import Format
from provenance.cli.output import Sink
from provenance.model import (
    ArticleId,
    AuditFindings,
    Comparison,
    Inspection,
    RatingList,
    Rule,
    Scorecard,
    Unreadable,
)
from provenance.report import contract, tables
from provenance.report.encode import JsonObject, json_document, json_document_lines, json_line

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "write_article",
    "write_audit",
    "write_comparisons",
    "write_inspections",
    "write_list",
    "write_rating_lists",
    "write_rules",
    "write_scorecards",
]

Result = TypeVar("Result")


def write_audit(findings: AuditFindings, form: Format, sink: Sink) -> None:
    """Write what an audit found: the report, one document, one object a line, or one row an article."""
    match form:
        case Format.TABLE:
            from provenance.report.terminal.audit import audit_view

            sink.show(audit_view(findings))
        case Format.JSON:
            for line in json_document_lines(contract.audit_parts(findings)):
                sink.line(line)
        case Format.JSONL:
            _write_lines(contract.audit_records(findings), sink)
        case Format.CSV:
            _write_rows(tables.AUDIT_COLUMNS, tables.audit_rows(findings), sink)


def write_inspections(
    found: Iterable[Inspection | Unreadable], form: Format, sink: Sink, *, outlets: contract.OutletLookup, why: bool
) -> None:
    """Write what each article says of itself; a source that could not be read takes its place among them."""
    if form is Format.CSV:
        rows = (row for each in found for row in tables.inspection_rows(each, outlets))
        _write_rows(tables.INSPECTION_COLUMNS, rows, sink)
        return
    if form is Format.TABLE:
        from provenance.report.terminal.inspection import inspection_view

        _show_each(found, lambda each: inspection_view(each, outlets, why=why), sink)
        return
    _write_objects((_inspection(each, outlets, why=why) for each in found), form, sink)


def _inspection(found: Inspection | Unreadable, outlets: contract.OutletLookup, *, why: bool) -> JsonObject:
    if isinstance(found, Unreadable):
        return contract.unreadable(found)
    return contract.inspection(found, outlets, why=why)


def write_comparisons(found: Iterable[Comparison | Unreadable], form: Format, sink: Sink, *, full: bool) -> None:
    """Write pairs; ``full`` shows people the passages of each, otherwise they get one line a pair."""
    if form is Format.CSV:
        _write_rows(tables.COMPARISON_COLUMNS, map(tables.comparison_row, found), sink)
        return
    if form is Format.TABLE:
        from provenance.report.terminal.comparison import comparison_view, pair_view

        _show_each(found, comparison_view if full else pair_view, sink)
        return
    objects = (
        contract.unreadable(each) if isinstance(each, Unreadable) else contract.comparison(each) for each in found
    )
    _write_objects(objects, form, sink)


def write_article(
    findings: AuditFindings, article: ArticleId, form: Format, sink: Sink, *, texts: Mapping[ArticleId, str]
) -> None:
    """Write one stored article with its verdict, derivations and drift; ``texts`` are for showing its passages."""
    match form:
        case Format.TABLE:
            from provenance.report.terminal.article import article_view

            sink.show(article_view(findings, article, texts))
        case Format.CSV:
            rows = (row for row in tables.audit_rows(findings) if row[0] == article)
            _write_rows(tables.AUDIT_COLUMNS, rows, sink)
        case Format.JSON | Format.JSONL:
            _write_objects([contract.stored_article(findings, article)], form, sink)


def write_list(findings: AuditFindings, form: Format, sink: Sink) -> None:
    """Write the articles of an audit, one an entry."""
    match form:
        case Format.TABLE:
            from provenance.report.terminal.article import list_view

            sink.show(list_view(findings))
        case Format.CSV:
            _write_rows(tables.AUDIT_COLUMNS, tables.audit_rows(findings), sink)
        case Format.JSON | Format.JSONL:
            records = contract.audit_records(findings)
            _write_objects((each for each in records if each["schema"] == "provenance.article/1"), form, sink)


def write_rules(rules: Sequence[Rule], form: Format, sink: Sink) -> None:
    """Write rules: what each looks for, why, and its examples."""
    match form:
        case Format.TABLE:
            from provenance.report.terminal.rules import rules_view

            sink.show(rules_view(rules))
        case Format.CSV:
            _write_rows(tables.RULE_COLUMNS, map(tables.rule_row, rules), sink)
        case Format.JSON | Format.JSONL:
            _write_objects(map(contract.rule, rules), form, sink)


def write_scorecards(
    findings: AuditFindings, cards: Sequence[Scorecard], form: Format, sink: Sink, *, full: bool
) -> None:
    """Write scorecards of outlets; ``full`` shows people the articles behind each figure of the only one."""
    from provenance.report import outlets
    from provenance.report.findings import FindingsIndex

    index = FindingsIndex(findings)
    match form:
        case Format.TABLE:
            from provenance.report.terminal.outlets import card_view, cards_view

            sink.show(card_view(cards[0], index) if full else cards_view(cards, index))
        case Format.CSV:
            rows = (row for card in cards for row in outlets.scorecard_rows(card, index))
            _write_rows(outlets.SCORECARD_COLUMNS, rows, sink)
        case Format.JSON | Format.JSONL:
            _write_objects((outlets.scorecard(card, index) for card in cards), form, sink)


def write_rating_lists(lists: Sequence[RatingList], form: Format, sink: Sink) -> None:
    """Write which lists of ratings were imported."""
    from provenance.report import outlets

    match form:
        case Format.TABLE:
            from provenance.report.terminal.outlets import rating_lists_view

            sink.show(rating_lists_view(lists))
        case Format.CSV:
            _write_rows(outlets.RATING_LIST_COLUMNS, map(outlets.rating_list_row, lists), sink)
        case Format.JSON | Format.JSONL:
            _write_objects(map(outlets.rating_list, lists), form, sink)


def _show_each(found: Iterable[Result], view: Callable[[Result], RenderableType], sink: Sink) -> None:
    for each in found:
        sink.show(view(each))


def _write_rows(columns: Sequence[str], rows: Iterable[Sequence[tables.Cell]], sink: Sink) -> None:
    sink.line(tables.csv_line(columns))
    for row in rows:
        sink.line(tables.csv_line(row))


def _write_objects(objects: Iterable[JsonObject], form: Format, sink: Sink) -> None:
    if form is Format.JSONL:
        _write_lines(objects, sink)
    else:
        _write_documents(iter(objects), sink)


def _write_lines(objects: Iterable[JsonObject], sink: Sink) -> None:
    for each in objects:
        sink.line(json_line(each))


def _write_documents(objects: Iterator[JsonObject], sink: Sink) -> None:
    """Write one object as a document, several as an array, and none as an empty array."""
    held = next(objects, None)
    if held is None:
        sink.line("[]")
        return
    opening = ""
    for following in objects:
        sink.line(opening or "[")
        opening = json_document(held) + ","
        held = following
    if opening:
        sink.line(opening)
    sink.line(json_document(held))
    if opening:
        sink.line("]")
