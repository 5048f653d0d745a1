"""``provenance inspect``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

import typer

from provenance.cli import options as option

__all__ = ["inspect"]


def inspect(
    paths: option.PathsArgument,
    *,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    outlets: option.OutletsOption = None,
    workers: option.WorkersOption = 0,
    max_bytes: option.MaxBytesOption = option.DEFAULT_MAX_BYTES,
    article_seconds: option.ArticleSecondsOption = option.DEFAULT_ARTICLE_SECONDS,
    article_memory: option.ArticleMemoryOption = option.DEFAULT_ARTICLE_MEMORY,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    why: option.WhyOption = False,
    quiet: option.QuietOption = False,
    no_progress: option.NoProgressOption = False,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Show what each article says of its source, and which of its lines are article and which are site.

    Nothing is stored. What recurs at an outlet is learnt from all the articles of the call.
    """
    from provenance.cli.messages import Tally
    from provenance.cli.output import opened
    from provenance.cli.progress import progress_shown
    from provenance.cli.writers import write_inspections
    from provenance.pipeline import inspecting
    from provenance.pipeline.options import InspectOptions
    from provenance.pipeline.toolbox import Toolbox

    tally = Tally()
    with (
        opened(output, color) as sink,
        progress_shown(wanted=not (quiet or no_progress or sink.is_terminal)) as progress,
    ):
        chosen = InspectOptions(
            outlets=outlets,
            workers=workers,
            max_bytes=max_bytes,
            article_seconds=article_seconds,
            article_memory=article_memory,
            progress=progress,
        )
        known = Toolbox.load(chosen.outlets).knowledge.outlets.get
        write_inspections(tally.of(inspecting.inspect(paths, chosen)), form, sink, outlets=known, why=why)
    tally.report(quiet=quiet)
    raise typer.Exit(tally.exit_code)
