"""``provenance db``: the store itself, rather than what it holds."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli import options as option
from provenance.cli.failures import ExitCode
from provenance.pipeline.options import DEFAULT_DATABASE

if TYPE_CHECKING:
    from provenance.store import Integrity, Upgrade

__all__ = ["check", "downgrade", "upgrade"]


def upgrade(
    *,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Bring a store that an older version of the program made up to date.

    An SQLite file is copied first, beside itself; of a database on a server, have a copy made before.
    """
    from provenance.cli.output import opened
    from provenance.store import upgrade_store

    with opened(None, option.When.AUTO) as sink:
        sink.line(_plain(_upgraded(upgrade_store(db))))


def _upgraded(upgrade: Upgrade) -> str:
    if upgrade.before == upgrade.after:
        return f"{upgrade.store} is at schema {upgrade.after} already; nothing was to be done"
    copied = f"; as it was, it lies in {upgrade.copy}" if upgrade.copy else ""
    return f"{upgrade.store} was brought from schema {upgrade.before} to {upgrade.after}{copied}"


def downgrade(
    revision: Annotated[
        str, typer.Argument(metavar="SCHEMA", help="The schema to take the store back to, such as 0003.")
    ],
    *,
    lose_decisions: Annotated[
        bool, typer.Option("--lose-decisions", help="Go on even if decisions of reviewers are lost.")
    ] = False,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Take a store back to an earlier schema, so that an older version of the program can use it.

    What the older schema has no place for is lost, and said. An SQLite file is copied first, beside itself; of a
    database on a server, have a copy made before. Decisions of reviewers are never lost without being told to.
    """
    from provenance.cli.output import opened
    from provenance.store import downgrade_store

    done = downgrade_store(db, revision, lose_decisions=lose_decisions)
    with opened(None, option.When.AUTO) as sink:
        for line in (_upgraded(done), *_lost(done)):
            sink.line(_plain(line))


def _lost(done: Upgrade) -> Iterator[str]:
    from provenance.store.migration import LOST_BELOW

    for revision, what in LOST_BELOW.items():
        if done.after < revision <= done.before:
            yield f"no longer there: {what}"


def check(
    *,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Look through a whole store for what cannot be right; exit with 4 if there is anything.

    Contents and inspections must be what was written, places must lie in their texts, rows must refer to rows that are
    there, and no lineage may go in a circle. Nothing is changed.
    """
    from provenance.cli.output import opened
    from provenance.store import check_store

    found = check_store(db)
    with opened(None, option.When.AUTO) as sink:
        for remedy, flaws in groupby(found.flaws, key=lambda flaw: flaw.remedy):
            for flaw in flaws:
                sink.line(_plain(": ".join(filter(None, (flaw.table, flaw.place, flaw.says)))))
            sink.line(_plain(f"  → {remedy}"))
        sink.line(_plain(_checked(found)))
    raise typer.Exit(ExitCode.STORE if found.flaws else ExitCode.DONE)


def _checked(found: Integrity) -> str:
    from provenance.cli.messages import counted

    held = ", ".join(
        (counted(found.contents, "text"), counted(found.inspections, "inspection"), counted(found.runs, "run"))
    )
    if not found.flaws:
        return f"{found.store} is whole: {held}"
    return f"{found.store} has {counted(len(found.flaws), 'flaw')} in {held}"


def _plain(text: str) -> str:
    from provenance.report.plain import printable

    return printable(text)
