"""``provenance outlets``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from typing import Annotated, Final

import typer

from provenance.cli import options as option
from provenance.pipeline.options import DEFAULT_DATABASE

__all__ = ["outlets"]

OUTLET: Final = typer.Argument(
    metavar="[OUTLET]",
    help="An outlet's id, name or domain, for its whole card; without it, every outlet of the latest audit in brief.",
    show_default=False,
)


def outlets(
    outlet: Annotated[str | None, OUTLET] = None,
    *,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Show how outlets behave in the latest audit: credit, origination, fidelity and lag, counted in stories.

    There is no overall score and no ranking. Imported ratings stand beside the signals (provenance ratings).
    """
    from provenance.cli.output import opened
    from provenance.cli.writers import write_scorecards
    from provenance.pipeline.outlets import asked_card, outlet_cards

    with opened(output, color) as sink:
        found = outlet_cards(db)
        cards = found.cards if outlet is None else (asked_card(found, outlet),)
        write_scorecards(found.findings, cards, form, sink, full=outlet is not None)
