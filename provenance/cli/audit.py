"""``provenance audit``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli import options as option
from provenance.pipeline.options import DEFAULT_DATABASE

__all__ = ["audit"]

HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE.html",
        envvar="PROVENANCE_HTML",
        help="Also write the report as a page for a browser, as provenance report does.",
        show_default=False,
    ),
]


def audit(
    paths: option.PathsArgument,
    *,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    html: HtmlOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    fail_on: option.FailOnOption = None,
    outlets: option.OutletsOption = None,
    similarity: option.SimilarityOption = "",
    workers: option.WorkersOption = 0,
    max_bytes: option.MaxBytesOption = option.DEFAULT_MAX_BYTES,
    article_seconds: option.ArticleSecondsOption = option.DEFAULT_ARTICLE_SECONDS,
    article_memory: option.ArticleMemoryOption = option.DEFAULT_ARTICLE_MEMORY,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    quiet: option.QuietOption = False,
    no_progress: option.NoProgressOption = False,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Read articles, trace what each derives from, and count the independent origins behind them.

    What is found is kept in the store, so that a later audit reads only what has changed.
    """
    from provenance.cli.messages import conclude
    from provenance.cli.output import opened
    from provenance.cli.page_writer import write_pages
    from provenance.cli.progress import progress_shown
    from provenance.cli.writers import write_audit
    from provenance.pipeline import auditing
    from provenance.pipeline.options import AuditOptions
    from provenance.pipeline.reporting import report_contents

    with opened(output, color) as sink:
        with progress_shown(wanted=not (quiet or no_progress)) as progress:
            chosen = AuditOptions(
                database=db,
                outlets=outlets,
                similarity=similarity,
                workers=workers,
                max_bytes=max_bytes,
                article_seconds=article_seconds,
                article_memory=article_memory,
                progress=progress,
            )
            findings = auditing.audit(paths, chosen)
        write_audit(findings, form, sink)
    if html is not None:
        write_pages(report_contents(db), html, quiet=quiet)
    shown = form is option.Format.TABLE and output is None
    raise typer.Exit(conclude(findings, fail_on or (), quiet=quiet, shown=shown))
