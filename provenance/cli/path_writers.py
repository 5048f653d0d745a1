"""The path back to an origin, and reviewers' decisions, in the chosen format."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from provenance.cli.options import Format
from provenance.cli.output import Sink
from provenance.model import ArticleId
from provenance.report import tables
from provenance.report.encode import json_document, json_line
from provenance.report.findings import FindingsIndex
from provenance.report.path import Path

__all__ = ["write_path"]

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
