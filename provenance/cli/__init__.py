"""The command line: reads options, calls :mod:`provenance.pipeline`, writes the result, and ends with a code.

Only this package prints. Whatever a command needs is imported inside it, so that help and completion are instant.
"""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import sys
from typing import NoReturn

__all__ = ["main"]

INTERRUPTED = 130
"""The code of :class:`provenance.cli.failures.ExitCode`, for an interruption before that could be imported."""


def main() -> NoReturn:
    """Run the program on the arguments of the process and exit; entry point of the ``provenance`` command."""
    try:
        from provenance.cli.app import app
        from provenance.cli.failures import report_fault
        from provenance.cli.output import use_utf8
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    use_utf8()
    try:
        app(prog_name="provenance")
    except Exception as error:  # noqa: BLE001  the rim of the program: whatever escapes is a fault to report
        sys.exit(report_fault(error))
    sys.exit(0)
