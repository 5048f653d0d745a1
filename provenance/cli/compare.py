"""``provenance compare``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from provenance.cli import options as option
from provenance.cli.values import FailOn
from provenance.errors import InputError, UsageError

__all__ = ["compare", "read_pairs"]

DOWNSTREAM: Final = typer.Argument(metavar="DOWN", help="The text that may derive from the other.", show_default=False)
UPSTREAM: Final = typer.Argument(metavar="UP", help="The text it may derive from.", show_default=False)


def compare(
    downstream: Annotated[str | None, DOWNSTREAM] = None,
    upstream: Annotated[str | None, UPSTREAM] = None,
    *,
    pairs: option.PairsOption = None,
    corpus: option.CorpusOption = None,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
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
    """Hold two texts side by side: what one has from the other, in which passages, and what changed on the way.

    Nothing is stored.
    """
    from provenance.cli.messages import Tally
    from provenance.cli.output import opened
    from provenance.cli.progress import progress_shown
    from provenance.cli.writers import write_comparisons
    from provenance.model import Comparison, Unreadable
    from provenance.pipeline import comparing
    from provenance.pipeline.options import CompareOptions

    _refuse_credits(fail_on or ())
    given = _given(downstream, upstream, pairs, corpus)
    tally = Tally(fail_on or ())
    with (
        opened(output, color) as sink,
        progress_shown(wanted=not (quiet or no_progress or sink.is_terminal)) as progress,
    ):
        chosen = CompareOptions(
            outlets=outlets,
            similarity=similarity,
            workers=workers,
            max_bytes=max_bytes,
            article_seconds=article_seconds,
            article_memory=article_memory,
            progress=progress,
        )
        if pairs is None:
            found: Iterator[Comparison | Unreadable] = iter([comparing.compare(*given, chosen)])
        else:
            found = comparing.compare_pairs(read_pairs(pairs), corpus or (), chosen)
        write_comparisons(tally.of(found), form, sink, full=pairs is None)
    tally.report(quiet=quiet)
    if not (tally.done or tally.unreadable or tally.passed_over):
        raise InputError(
            f"{pairs} names no pairs: nothing follows its column names",
            hint="Write a pair on each line after the first: two paths, or ids of records.",
        )
    raise typer.Exit(tally.exit_code)


def _refuse_credits(conditions: Iterable[FailOn]) -> None:
    """Refuse to fail on what two texts alone never show, rather than never to fail."""
    for condition in conditions:
        if condition.credit is not None:
            raise UsageError(
                "compare looks at no credits, so it cannot fail on them",
                hint=f"Use provenance audit for --fail-on {condition.credit}; here, derived>=N can be asked for.",
            )


def _given(
    downstream: str | None, upstream: str | None, pairs: Path | None, corpus: list[str] | None
) -> tuple[str, str]:
    """Check that either two texts or a file of pairs is given; return the texts, empty for a file of pairs."""
    if pairs is not None:
        if downstream is not None:
            raise UsageError("both DOWN and --pairs are given", hint="Give two texts or a file of pairs, not both.")
        return "", ""
    if downstream is None or upstream is None:
        raise UsageError("two texts are needed", hint="Give DOWN and UP, or a file of pairs with --pairs.")
    if corpus:
        raise UsageError("--corpus is only for --pairs", hint="Leave it out, or name a file of pairs with --pairs.")
    if downstream == upstream == "-":
        raise UsageError("both texts cannot come from standard input", hint="Name a file for one of them.")
    return downstream, upstream


def read_pairs(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a CSV file with the columns ``downstream`` and ``upstream``, exactly as they are written.

    Raises:
        UsageError: the file cannot be read, lacks a column, or a row lacks a value or has too many.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if missing := {"downstream", "upstream"} - set(rows.fieldnames or ()):
                raise UsageError(
                    f"{file} has no column {' and '.join(sorted(missing))}",
                    hint="Begin the file with the line downstream,upstream.",
                )
            for row in rows:
                yield _pair(row, f"{file}, line {rows.line_num}")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", hint="Give a CSV file in UTF-8.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8", hint="Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise UsageError(f"{file} is not CSV: {error}", hint="Give a CSV file in UTF-8.") from error


def _pair(row: Mapping[str | None, Any], place: str) -> tuple[str, str]:
    """Take the pair of a row; what further columns hold is not looked at, what has no column was never meant so."""
    if not row["downstream"] or not row["upstream"]:
        raise UsageError(f"{place}: a value is missing", hint="Give both texts.")
    if any(row.get(None) or ()):
        raise UsageError(
            f"{place}: the row has more cells than the first line has names",
            hint="Put a name with a comma in it into quotation marks.",
        )
    return row["downstream"], row["upstream"]
