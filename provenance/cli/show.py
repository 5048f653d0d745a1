"""``provenance show``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from typing import Annotated, Final

import typer

from provenance.pipeline.options import DEFAULT_DATABASE
from provenance.cli import options as option

__all__ = ["show"]

ARTICLE: Final = typer.Argument(
    metavar="ID|list",
    help="An article's id or the beginning of it, as reports show it; list for all articles of the latest audit.",
    show_default=False,
)


def show(
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
    """Show what the store holds: one article with its evidence, or the list of the latest audit."""
    from provenance.pipeline import recalling
    from provenance.cli.messages import log_to_stderr
    from provenance.cli.output import opened
    from provenance.cli.writers import write_article, write_list

    log_to_stderr(verbose)
    with opened(output, color) as sink:
        if article == "list":
            write_list(recalling.stored_findings(db), form, sink)
        else:
            stored = recalling.stored_article(db, article)
            write_article(stored.findings, stored.inspection.labelled.article.id, form, sink)
