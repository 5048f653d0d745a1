"""``provenance trace``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from functools import partial
from typing import Annotated, Final

import typer

from provenance.cli import options as option
from provenance.pipeline.options import DEFAULT_DATABASE

__all__ = ["trace"]

ARTICLE: Final = typer.Argument(
    metavar="ARTICLE",
    help="An article's id or the beginning of it, as reports show it, or its path or the end of it.",
    show_default=False,
)


def trace(
    article: Annotated[str, ARTICLE],
    *,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Follow one article back to its origin: every hop with its evidence, what changed there, and what was lost.

    What is shown is from the latest audit that knows the article; nothing is computed anew.
    """
    from provenance.cli.output import opened
    from provenance.cli.path_writers import write_path
    from provenance.pipeline import recalling
    from provenance.report.findings import FindingsIndex
    from provenance.report.path import path_back

    with opened(output, color) as sink:
        stored = recalling.stored_lineage(db, article)
        index = FindingsIndex(stored.findings)
        path = path_back(index, stored.article, stored.reviews)
        write_path(index, path, form, sink, texts=partial(recalling.stored_texts, db, stored.run))
