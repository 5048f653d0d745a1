"""Errors as messages and exit codes: the one place where an exception becomes what a user sees."""

from __future__ import annotations

import os
import sys
import traceback
from enum import IntEnum
from typing import Any, Final

import typer
from typer.core import TyperGroup

from provenance.cli.options import DEBUG
from provenance.cli.output import discard_output, say
from provenance.errors import InputError, ProvenanceError, StoreError

__all__ = ["Commands", "ExitCode", "report_fault"]


class ExitCode(IntEnum):
    """What a call ended with; scripts rely on these."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    STORE = 4
    FAULT = 70
    """A fault of the program itself (EX_SOFTWARE of sysexits.h): never to be mistaken for a finding."""
    INTERRUPTED = 130
    """128 and SIGINT, as shells count."""
    PIPE_CLOSED = 141
    """128 and SIGPIPE: whoever read the output had enough."""


_RED: Final = "31"


class Commands(TyperGroup):
    """The group of all commands, which reports what goes wrong in any of them."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  Typer keeps the class of contexts private
        """Run a command; end the program with a documented code and a calm message if it fails."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            discard_output()
            raise typer.Exit(ExitCode.PIPE_CLOSED) from None
        except KeyboardInterrupt:
            say("Interrupted before it was done; a file given with --output is as it was before")
            say("What an audit had stored is kept: the next one goes on from there")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except ProvenanceError as error:
            _show_traceback(ctx)
            say(f"Error: {error.message}", style=_RED)
            if error.hint:
                say(f"Hint: {error.hint}")
            raise typer.Exit(_code_of(error)) from None


def _code_of(error: ProvenanceError) -> ExitCode:
    match error:
        case StoreError():
            return ExitCode.STORE
        case InputError():
            return ExitCode.UNREADABLE
        case _:
            return ExitCode.USAGE


def _show_traceback(context: typer.Context) -> None:
    if context.meta.get(DEBUG):
        sys.stderr.write(traceback.format_exc())


def report_fault(error: Exception) -> ExitCode:
    """Report a fault of the program itself, which no input should be able to cause."""
    if "--debug" in sys.argv or os.environ.get("PROVENANCE_DEBUG"):
        sys.stderr.write("".join(traceback.format_exception(error)))
    say(f"Error: the program failed: {type(error).__name__}: {error}", style=_RED)
    say("Hint: Run the same command with --debug and report what it prints.")
    return ExitCode.FAULT
