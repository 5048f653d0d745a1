"""``provenance ratings``: what external lists say of domains, as the user imports it."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from provenance.cli import options as option
from provenance.cli.failures import ExitCode
from provenance.pipeline.options import DEFAULT_DATABASE

if TYPE_CHECKING:
    from provenance.pipeline.rating_lists import Imported

__all__ = ["import_ratings", "list_ratings", "remove_ratings"]

FILE: Final = typer.Argument(
    metavar="FILE", help="A CSV file of ratings, also gzip-compressed, or - for standard input.", show_default=False
)
LIST: Final = typer.Argument(metavar="LIST", help="The name of an imported list.", show_default=False)

ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME|FILE.toml",
        envvar="PROVENANCE_PROFILE",
        help="What the columns mean: a known layout, or one of your own. Without it the columns decide.",
        show_default=False,
    ),
]
ListOption = Annotated[
    str,
    typer.Option(
        "--list",
        metavar="NAME",
        envvar="PROVENANCE_LIST",
        help="Name of the list, where the file gives none.",
        show_default=False,
    ),
]
ListDateOption = Annotated[
    str,
    typer.Option(
        "--list-date",
        metavar="DATE",
        envvar="PROVENANCE_LIST_DATE",
        help="Date of the list, where the file gives none.",
        show_default=False,
    ),
]
LicenceOption = Annotated[
    str,
    typer.Option(
        "--licence",
        metavar="TEXT",
        envvar="PROVENANCE_LICENCE",
        help="Its licence, where the file gives none.",
        show_default=False,
    ),
]
OfDateOption = Annotated[
    str | None,
    typer.Option(
        "--list-date",
        metavar="DATE",
        envvar="PROVENANCE_LIST_DATE",
        help="Only the list of this date.",
        show_default=False,
    ),
]


def import_ratings(
    file: Annotated[str, FILE],
    *,
    profile: ProfileOption = None,
    list_name: ListOption = "",
    list_date: ListDateOption = "",
    licence: LicenceOption = "",
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    quiet: option.QuietOption = False,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Import an external list of ratings, to be shown beside the signals of outlets.

    A list of the same name and date is replaced, one of another date is kept beside it. Nothing is fetched, and no
    ratings come with the program. A row that cannot be taken is told with its line; the rest is imported.
    """
    from provenance.cli.output import opened
    from provenance.cli.writers import write_rating_lists
    from provenance.pipeline.rating_lists import import_list
    from provenance.read.ratings import RatingDefaults

    defaults = RatingDefaults(list_name=list_name, list_date=list_date, licence=licence)
    found = import_list(db, file, profile=profile, defaults=defaults)
    _tell(found, every=bool(verbose), quiet=quiet)
    if found.lists:
        with opened(output, color) as sink:
            write_rating_lists(found.lists, form, sink)
    raise typer.Exit(ExitCode.UNREADABLE if found.refused else ExitCode.DONE)


TOLD: Final = 20
"""Rows told one by one; with ``-v`` all are."""


def _tell(found: Imported, *, every: bool, quiet: bool) -> None:
    """Say on standard error which rows were not taken, what was replaced, and what a reader will miss."""
    from provenance.cli.messages import counted
    from provenance.cli.output import say

    told = found.refused if every else found.refused[:TOLD]
    for row in told:
        say(f"{row.source}: {row.reason}")
    if len(found.refused) > len(told):
        say(f"and {counted(len(found.refused) - len(told), 'further row')}; all of them with -v")
    if quiet:
        return
    if found.refused:
        say(f"{counted(len(found.refused), 'row')} could not be taken")
    if found.replaced:
        say(f"{counted(found.replaced, 'rating')} of the same lists and dates replaced")
    if any(not each.date for each in found.lists):
        say("No date is known for a list: give it with --list-date, so that readers can tell how old it is")


def list_ratings(
    *,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """List the imported lists of ratings, with their dates and how many domains each rates."""
    from provenance.cli.output import opened
    from provenance.cli.writers import write_rating_lists
    from provenance.pipeline.rating_lists import stored_lists

    with opened(output, color) as sink:
        write_rating_lists(stored_lists(db), form, sink)


def remove_ratings(
    list_name: Annotated[str, LIST],
    *,
    list_date: OfDateOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Take an imported list back: of one date, or of every date it was imported with."""
    from provenance.cli.messages import counted
    from provenance.cli.output import opened
    from provenance.pipeline.rating_lists import remove_list
    from provenance.report.plain import printable

    removed = remove_list(db, list_name, list_date)
    with opened(None, option.When.AUTO) as sink:
        sink.line(printable(f"{counted(removed, 'rating')} of {list_name} removed"))
