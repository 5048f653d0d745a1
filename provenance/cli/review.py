"""``provenance review``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from typing import Annotated, Final

import typer

from provenance.cli import options as option
from provenance.errors import UsageError
from provenance.model import Decision
from provenance.pipeline.options import DEFAULT_DATABASE

__all__ = ["review"]

DOWNSTREAM: Final = typer.Argument(
    metavar="DOWN|list",
    help="The article that derives from the other, as show takes it; list for every decision there is.",
    show_default=False,
)
UPSTREAM: Final = typer.Argument(
    metavar="UP",
    help="The article it derives from, or outlet:ID for an outlet that is known by name only.",
    show_default=False,
)

ConfirmOption = Annotated[
    bool, typer.Option("--confirm", envvar="PROVENANCE_CONFIRM", help="DOWN does derive from UP.")
]
RejectOption = Annotated[
    bool, typer.Option("--reject", envvar="PROVENANCE_REJECT", help="Neither derives from the other.")
]
WithdrawOption = Annotated[
    bool, typer.Option("--withdraw", envvar="PROVENANCE_WITHDRAW", help="Take back what was decided about the two.")
]
NoteOption = Annotated[
    str, typer.Option("--note", metavar="TEXT", envvar="PROVENANCE_NOTE", help="Why.", show_default=False)
]
ReviewerOption = Annotated[
    str,
    typer.Option(
        "--by",
        "--reviewer",
        metavar="NAME",
        envvar="PROVENANCE_REVIEWER",
        help="Who decides; in provenance.toml, reviewer.",
        show_default=False,
    ),
]


def review(
    downstream: Annotated[str, DOWNSTREAM],
    upstream: Annotated[str | None, UPSTREAM] = None,
    *,
    confirm: ConfirmOption = False,
    reject: RejectOption = False,
    withdraw: WithdrawOption = False,
    note: NoteOption = "",
    reviewer: ReviewerOption = "",
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Confirm or reject that one article derives from another, with your name and a note; later audits honour it.

    A decision counts as long as both texts are what they were. Decisions are added, never overwritten; the last one
    about two texts counts.
    """
    from provenance.cli.output import opened, say
    from provenance.cli.path_writers import write_decided, write_decisions
    from provenance.cli.stores import command_on
    from provenance.pipeline import reviewing

    chosen = _chosen(confirm=confirm, reject=reject, withdraw=withdraw)
    with opened(output, color) as sink:
        if upstream is None:
            _refuse_half(downstream, chosen)
            write_decisions(reviewing.decisions(db), form, sink)
            return
        if chosen is None:
            raise UsageError("what is decided is not said", hint="Add --confirm, --reject or --withdraw.")
        decided = reviewing.decide(db, downstream, upstream, chosen, reviewer=reviewer, note=note)
        write_decided(decided, form, sink)
    say(f"The next {command_on('audit', db)} of the same files will honour this")


def _chosen(*, confirm: bool, reject: bool, withdraw: bool) -> Decision | None:
    """Give the one decision that is asked for; ``None`` where none is.

    Raises:
        UsageError: several are.
    """
    given = ((confirm, Decision.CONFIRMED), (reject, Decision.REJECTED), (withdraw, Decision.WITHDRAWN))
    found = [decision for wanted, decision in given if wanted]
    if len(found) > 1:
        raise UsageError("only one decision can be taken at a time", hint="Give --confirm, --reject or --withdraw.")
    return found[0] if found else None


def _refuse_half(downstream: str, chosen: Decision | None) -> None:
    if downstream != "list":
        raise UsageError("a link has two ends", hint="Give DOWN and UP, or `list` for every decision there is.")
    if chosen is not None:
        raise UsageError("a list takes no decision", hint="Give DOWN and UP to decide about a link.")
