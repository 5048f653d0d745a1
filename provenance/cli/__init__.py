"""The command line: reads options, calls :mod:`provenance.pipeline`, writes the result, and ends with a code.

Only this package prints. Whatever a command needs is imported inside it, so that help and completion are instant.
"""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

__all__ = ["main"]

INTERRUPTED = 130
"""The code of :class:`provenance.cli.failures.ExitCode`, for an interruption before that could be imported."""

COLLECTED = (50_000, 20, 50)
"""Objects made before cycles are looked for, and how often the older ones are. Python's own 700 has it go through all
rules and outlets several times while they are read: a tenth of the time of a short call."""


def main() -> NoReturn:
    """Run the program on the arguments of the process and exit; entry point of the ``provenance`` command."""
    gc.set_threshold(*COLLECTED)
    try:
        from provenance.cli.app import app
        from provenance.cli.failures import report_fault
        from provenance.cli.output import use_utf8
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    use_utf8()
    try:
        app(prog_name="provenance")
    except SystemExit as end:
        _leave(end)
    except Exception as error:  # noqa: BLE001  the rim of the program: whatever escapes is a fault to report
        sys.exit(report_fault(error))
    sys.exit(0)


def _leave(end: SystemExit) -> NoReturn:
    """End the process without taking every object apart, which the system does at once: a tenth of a second less."""
    if not isinstance(end.code, int | None):  # a message, which the interpreter shows
        raise end
    atexit._run_exitfuncs()  # noqa: SLF001  what libraries left to do; there is no public way to ask for it
    with suppress(OSError, ValueError):  # whoever read the output has gone, or it was closed
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(end.code or 0)
