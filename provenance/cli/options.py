"""The options of the command line, each defined once.

Every option has an environment variable, ``PROVENANCE_`` and its name in capitals; ``provenance.toml`` takes the same
names (:mod:`provenance.cli.configuration`). A flag goes before a variable, a variable before the file.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from provenance.cli.configuration import configure
from provenance.cli.values import FailOn, fail_on, finite_seconds, size_in_bytes, size_or_none

__all__ = [
    "DEBUG",
    "DEFAULT_ARTICLE_MEMORY",
    "DEFAULT_ARTICLE_SECONDS",
    "DEFAULT_MAX_BYTES",
    "ArticleMemoryOption",
    "ArticleSecondsOption",
    "ColorOption",
    "ConfigOption",
    "CorpusOption",
    "DatabaseOption",
    "DebugOption",
    "FailOnOption",
    "Format",
    "FormatOption",
    "MaxBytesOption",
    "NoProgressOption",
    "OutletsOption",
    "OutputOption",
    "PairsOption",
    "PathsArgument",
    "QuietOption",
    "SimilarityOption",
    "VerboseOption",
    "When",
    "WhyOption",
    "WorkersOption",
    "file_or_standard_output",
]


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class When(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


DEFAULT_MAX_BYTES: Final = 32 << 20
"""32 MiB, as in :class:`provenance.pipeline.options.InspectOptions`."""

DEFAULT_ARTICLE_SECONDS: Final = 60.0
"""As in :mod:`provenance.pipeline.processes.limits`, which says where it comes from; so is the next."""

DEFAULT_ARTICLE_MEMORY: Final = 2 << 30
"""2 GiB."""

DEBUG: Final = "provenance.debug"
"""Key under which a call remembers that tracebacks are wanted, for the place that reports errors."""


def _remember_debug(context: typer.Context, value: bool) -> bool:  # noqa: FBT001  the shape of an option's callback
    context.meta[DEBUG] = value
    return value


PathsArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Folders, files, or - for standard input.", show_default=False),
]

FormatOption = Annotated[
    Format,
    typer.Option("--format", "-f", envvar="PROVENANCE_FORMAT", help="How to write the results."),
]


def file_or_standard_output(value: Path | None) -> Path | None:
    """Take ``-`` for standard output, as ``PATH`` takes it for standard input; callback of every ``--output``."""
    return None if value == Path("-") else value


OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        envvar="PROVENANCE_OUTPUT",
        callback=file_or_standard_output,
        help="Write the results to FILE, whole or not at all; - is standard output.",
        show_default=False,
    ),
]

ColorOption = Annotated[
    When,
    typer.Option(
        "--color",
        envvar="PROVENANCE_COLOR",
        help="Colour: auto means on a terminal where NO_COLOR is not set.",
    ),
]

SimilarityOption = Annotated[
    str,
    typer.Option(
        "--similarity",
        metavar="ENCODER",
        envvar="PROVENANCE_SIMILARITY",
        help="Compare sentences by a sentence encoder as well: its folder, or the name of a downloaded one.",
        show_default=False,
    ),
]

QuietOption = Annotated[
    bool,
    typer.Option("--quiet", "-q", envvar="PROVENANCE_QUIET", help="Write results and errors only."),
]

VerboseOption = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        envvar="PROVENANCE_VERBOSE",
        help="Say more on standard error; twice for everything.",
        show_default=False,
    ),
]

NoProgressOption = Annotated[
    bool,
    typer.Option(
        "--no-progress",
        envvar="PROVENANCE_NO_PROGRESS",
        help="Do not show how far it has come (shown if standard error is a terminal).",
    ),
]

WhyOption = Annotated[
    bool,
    typer.Option(
        "--why",
        envvar="PROVENANCE_WHY",
        help="Also show what weighed for each line's role, and what was considered and dropped.",
    ),
]

DatabaseOption = Annotated[
    str,
    typer.Option(
        "--db",
        metavar="URL",
        envvar="PROVENANCE_DB",
        help="The store: a file, or postgresql://user@host/name.",
    ),
]

FailOnOption = Annotated[
    list[FailOn] | None,
    typer.Option(
        "--fail-on",
        metavar="FINDING",
        parser=fail_on,
        envvar="PROVENANCE_FAIL_ON",
        help="Exit with 1 if an article is uncredited, contradicted, or derived>=N (0.5 or 50%). Repeatable.",
        show_default=False,
    ),
]

WorkersOption = Annotated[
    int,
    typer.Option(
        "--workers",
        min=0,
        envvar="PROVENANCE_WORKERS",
        help="Processes that read pages; 0 for one a processor.",
    ),
]

MaxBytesOption = Annotated[
    int,
    typer.Option(
        "--max-bytes",
        metavar="SIZE",
        parser=size_in_bytes,
        envvar="PROVENANCE_MAX_BYTES",
        help="List a file or record larger than this as unreadable: bytes, or a size such as 5MB.  [default: 32MiB]",
        show_default=False,
    ),
]

ArticleSecondsOption = Annotated[
    float,
    typer.Option(
        "--article-seconds",
        metavar="SECONDS",
        min=0,
        callback=finite_seconds,
        envvar="PROVENANCE_ARTICLE_SECONDS",
        help="List an article that any one step takes longer over as unreadable; 0 for no limit.",
    ),
]

ArticleMemoryOption = Annotated[
    int,
    typer.Option(
        "--article-memory",
        metavar="SIZE",
        parser=size_or_none,
        envvar="PROVENANCE_ARTICLE_MEMORY",
        help="List an article that any one step needs more memory for as unreadable; 0 for no limit.  [default: 2GiB]",
        show_default=False,
    ),
]

OutletsOption = Annotated[
    Path | None,
    typer.Option(
        "--outlets",
        metavar="FILE",
        envvar="PROVENANCE_OUTLETS",
        help="Your own outlet file; it adds to the shipped one and goes before it.",
        show_default=False,
    ),
]

PairsOption = Annotated[
    Path | None,
    typer.Option(
        "--pairs",
        metavar="FILE.csv",
        envvar="PROVENANCE_PAIRS",
        help="Compare every pair of a CSV with the columns downstream and upstream: paths or record ids.",
        show_default=False,
    ),
]

CorpusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--corpus",
        metavar="FILE",
        envvar="PROVENANCE_CORPUS",
        help="Records that the ids of --pairs name. Repeatable.",
        show_default=False,
    ),
]

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        is_eager=True,
        callback=configure,
        envvar="PROVENANCE_CONFIG",
        help="Read options from FILE; without it, from provenance.toml here if there is one.",
        show_default=False,
    ),
]

DebugOption = Annotated[
    bool,
    typer.Option(
        "--debug",
        callback=_remember_debug,
        envvar="PROVENANCE_DEBUG",
        help="Show the traceback of an error.",
    ),
]
