"""``provenance rules``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from provenance.cli import options as option
from provenance.errors import NotFoundError
from provenance.model import Rule

__all__ = ["rules"]

RULE: Final = typer.Argument(metavar="[RULE]", help="A rule's id, or the beginning of some.", show_default=False)


def rules(
    rule: Annotated[str | None, RULE] = None,
    *,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Show the rules behind every finding: what each looks for, why, and the examples it is tested on."""
    from provenance.cli.output import opened
    from provenance.cli.writers import write_rules
    from provenance.pipeline.rulebook import every_rule
    from provenance.pipeline.toolbox import Toolbox

    with opened(output, color) as sink:
        write_rules(named(every_rule(Toolbox.load()), rule), form, sink)


def named(every: Sequence[Rule], name: str | None) -> Sequence[Rule]:
    """Return the rule called ``name``, or else those whose ids begin with it; all of them for ``None``.

    Raises:
        NotFoundError: there is none.
    """
    if name is None:
        return every
    found = [rule for rule in every if rule.id == name] or [rule for rule in every if rule.id.startswith(name)]
    if not found:
        raise NotFoundError(f"there is no rule {name}", hint="List them all with: provenance rules.")
    return found
