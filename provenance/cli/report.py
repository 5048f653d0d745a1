"""``provenance report``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli import options as option
from provenance.pipeline.options import DEFAULT_DATABASE

__all__ = ["report"]

PageOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.html",
        envvar="PROVENANCE_OUTPUT",
        callback=option.file_or_standard_output,
        help="Write the report to FILE.html; of a large audit, further pages go into a folder FILE-files beside it. "
        "- is standard output.",
        show_default=False,
    ),
]

AnonymiseOption = Annotated[
    bool,
    typer.Option(
        "--anonymise",
        envvar="PROVENANCE_ANONYMISE",
        help="Put letters in place of outlets, in the texts too, and leave out addresses.",
    ),
]


def report(
    *,
    output: PageOption = None,
    anonymise: AnonymiseOption = False,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    verbose: option.VerboseOption = 0,
    quiet: option.QuietOption = False,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Write the latest audit as one page that opens in any browser, from disk, without a network.

    The page holds the texts it compares: share it only with those who may read them.
    """
    from provenance.cli.page_writer import write_pages
    from provenance.pipeline.reporting import report_contents

    write_pages(report_contents(db, anonymise=anonymise), output, quiet=quiet)
