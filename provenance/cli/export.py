"""``provenance export``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from typing import Annotated, Final

import typer

from provenance.cli import options as option
from provenance.pipeline.options import DEFAULT_DATABASE
from provenance.report.export.exporter import ExportOptions, Table

__all__ = ["export"]

BUILT_IN: Final = "prov-json, prov-n, prov-xml, turtle, jsonl, csv, graphml, gexf, ftm, json-ld"
"""Formats as the help lists them: to load the exporters would take longer than the help. A test holds it to them."""


def _names(incomplete: str) -> list[str]:
    from provenance.report.export.registry import format_names

    return [name for name in format_names() if name.startswith(incomplete)]


ToOption = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="FORMAT",
        envvar="PROVENANCE_TO",
        autocompletion=_names,
        help=f"The format: {BUILT_IN}, or that of a plug-in.",
        show_default=False,
    ),
]

TableOption = Annotated[
    Table | None,
    typer.Option(
        "--table",
        envvar="PROVENANCE_TABLE",
        help="The table wanted: csv gives the edges without it, jsonl gives both.",
        show_default=False,
    ),
]

PossibleOption = Annotated[
    bool,
    typer.Option(
        "--possible", envvar="PROVENANCE_POSSIBLE", help="Also export ties that are possible but not asserted."
    ),
]


AroundOption = Annotated[
    str | None,
    typer.Option(
        "--around",
        metavar="ID",
        envvar="PROVENANCE_AROUND",
        help="Export this article alone, with its family and what it is tied to; ID as show takes it.",
        show_default=False,
    ),
]


def export(
    *,
    to: ToOption,
    table: TableOption = None,
    possible: PossibleOption = False,
    around: AroundOption = None,
    output: option.OutputOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Export the lineage the latest audit found in a format of other tools: graphs, tables, W3C PROV and more.

    Where it is not known which of two texts came first, no export says so.
    """
    from provenance.cli.output import opened
    from provenance.errors import UsageError
    from provenance.pipeline import recalling
    from provenance.report.export.registry import exporter_named

    exporter = exporter_named(to)
    if table is not None and not exporter.tables:
        raise UsageError(f"{to} is not made of tables", hint="Leave out --table, or export to csv or jsonl.")
    findings = recalling.stored_findings(db, with_tricks=False, around=around)
    with opened(output, option.When.AUTO) as sink:
        for line in exporter.lines(findings, ExportOptions(possible=possible, table=table)):
            sink.line(line)
