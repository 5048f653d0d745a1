"""The application: all commands under one name."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

import typer

from provenance.cli.audit import audit
from provenance.cli.compare import compare
from provenance.cli.database import check, downgrade, upgrade
from provenance.cli.export import export
from provenance.cli.failures import Commands
from provenance.cli.inspect import inspect
from provenance.cli.outlets import outlets
from provenance.cli.places import CarefulCommand
from provenance.cli.ratings import import_ratings, list_ratings, remove_ratings
from provenance.cli.report import report
from provenance.cli.review import review
from provenance.cli.rules import rules
from provenance.cli.show import show
from provenance.cli.trace import trace

__all__ = ["app"]

_HELP: Final = """Find out where news articles come from.

Provenance reads a folder of articles and finds what each says of its source, what they share, how much of each
is derived from another, and how many independent origins stand behind them all.

\b
Exit codes:
  0  done
  1  findings that --fail-on names
  2  wrong usage
  3  some input could not be read; the rest was
  4  the store failed
"""

app = typer.Typer(
    name="provenance",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: a tenth of the time, and the same in a pipe
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Example:\n\n\b\n  provenance audit articles/",
)


def _print_version(value: bool) -> None:  # noqa: FBT001  the shape of an option's callback
    if value:
        from importlib.metadata import version

        typer.echo(f"provenance {version('news-provenance')}")
        raise typer.Exit


@app.callback(help=_HELP)
def provenance(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Find out where news articles come from."""


def _example(*lines: str) -> str:
    """Give the text that ends a command's help; the mark keeps its lines as they are."""
    return "\n".join(("Example:\n\n\b", *(f"  {line}" for line in lines)))


def _add(
    command: Callable[..., None], summary: str, *examples: str, to: typer.Typer = app, name: str | None = None
) -> None:
    to.command(name, cls=CarefulCommand, short_help=summary, epilog=_example(*examples))(command)


_add(
    audit,
    "Trace a folder of articles and count their origins.",
    "provenance audit articles/",
    "provenance audit articles/ --fail-on uncredited --format json -o audit.json",
)
_add(inspect, "Show what an article says of its source.", "provenance inspect article.html --why")
_add(
    compare,
    "Hold two texts side by side.",
    "provenance compare repost.txt original.html",
    "provenance compare --pairs pairs.csv --corpus records.jsonl --format jsonl",
)
_add(trace, "Follow an article back to its origin.", "provenance trace repost.txt")
_add(
    review,
    "Confirm or reject a link between two articles.",
    'provenance review repost.txt wire.txt --confirm --by "A. Editor"',
    "provenance review list",
)
_add(show, "Show what the store holds.", "provenance show list", "provenance show sha256:0123456789ab")
_add(
    report,
    "Write the latest audit as a page for a browser.",
    "provenance report -o report.html",
    "provenance report -o report.html --anonymise",
)
_add(outlets, "Show how outlets behave.", "provenance outlets", 'provenance outlets "Straits Times"')
_add(
    export,
    "Export the lineage for other tools.",
    "provenance export --to gexf -o lineage.gexf",
    "provenance export --to csv --table articles",
)
_add(rules, "Show the rules behind the findings.", "provenance rules en.original-source")

database = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
_add(
    upgrade,
    "Bring a store of an older version up to date.",
    "provenance db upgrade --db newsroom.db",
    to=database,
)
_add(
    downgrade,
    "Take a store back to an older schema.",
    "provenance db downgrade 0004 --db newsroom.db",
    to=database,
)
_add(check, "Look for what cannot be right.", "provenance db check --db newsroom.db", to=database)
app.add_typer(
    database,
    name="db",
    short_help="Upgrade, downgrade or check the store.",
    help="Upgrade, downgrade or check the store itself.",
    epilog=_example("provenance db check"),
)

ratings = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
_add(
    import_ratings,
    "Import an external list of ratings.",
    "provenance ratings import ratings.csv --list-date 2025-03",
    'provenance ratings import list.csv --profile my-layout.toml --list "My list" --licence "CC BY 4.0"',
    to=ratings,
    name="import",
)
_add(list_ratings, "List what was imported.", "provenance ratings list", to=ratings, name="list")
_add(
    remove_ratings,
    "Take an imported list back.",
    'provenance ratings remove "My list" --list-date 2025-03',
    to=ratings,
    name="remove",
)
app.add_typer(
    ratings,
    name="ratings",
    short_help="Import external ratings of outlets.",
    help="Import, list and take back external ratings; provenance outlets shows them, never averaged.",
    epilog=_example("provenance ratings import ratings.csv"),
)
