"""Errors as messages and exit codes: the one place where an exception becomes what a user sees."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from provenance.cli.options import DEBUG
from provenance.cli.output import discard_output, say
from provenance.cli.values import in_plain_words
from provenance.errors import AmbiguousError, InputError, ProvenanceError, StoreError

__all__ = ["Commands", "ExitCode", "Terminated", "report_fault"]


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
    TERMINATED = 143
    """128 and SIGTERM."""
    PIPE_CLOSED = 141
    """128 and SIGPIPE: whoever read the output had enough."""


_RED: Final = "31"


class Terminated(KeyboardInterrupt):
    """The system, or whoever runs the program, wants it to end: a shutdown, ``timeout``, a supervisor."""


@contextmanager
def _terminated_calmly() -> Iterator[None]:
    """Have SIGTERM unwind what is under way, as Ctrl-C does, so that workers end and nothing half-written stays."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield  # somebody else's program decides what it means
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(_signal: int, _frame: object) -> NoReturn:
    raise Terminated


class Commands(TyperGroup):
    """The group of all commands, which reports what goes wrong in any of them."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  Typer keeps the class of contexts private
        """Run a command; end the program with a documented code and a calm message if it fails."""
        try:
            with _terminated_calmly():
                return super().invoke(ctx)
        except BrokenPipeError:
            discard_output()
            raise typer.Exit(ExitCode.PIPE_CLOSED) from None
        except KeyboardInterrupt as end:
            say("Interrupted before it was done; no file is left half-written")
            if ctx.invoked_subcommand == "audit":
                say("What the audit had stored is kept: the next one goes on from there")
            code = ExitCode.TERMINATED if isinstance(end, Terminated) else ExitCode.INTERRUPTED
            raise typer.Exit(code) from None
        except typer.BadParameter as error:
            error.message = in_plain_words(error.message)
            raise
        except ProvenanceError as error:
            _show_traceback(ctx)
            say(f"Error: {error.message}", style=_RED)
            for choice in error.choices if isinstance(error, AmbiguousError) else ():
                say(f"  {choice}")
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
