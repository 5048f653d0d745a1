"""What is said on standard error beside the results."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from provenance.cli.failures import ExitCode
from provenance.cli.output import say
from provenance.cli.values import FailOn, any_met
from provenance.model import AuditFindings, Comparison, Unreadable

__all__ = ["Tally", "audit_summary", "counted", "log_to_stderr"]

Result = TypeVar("Result")


class Tally:
    """Counts results as they pass by, and whether any meets a condition to fail on."""

    def __init__(self, conditions: Sequence[FailOn] = ()) -> None:
        self._conditions = conditions
        self._met = False
        self.done = 0
        self.unreadable = 0

    def of(self, found: Iterable[Result]) -> Iterator[Result]:
        """Yield every result on, counting it."""
        for each in found:
            if isinstance(each, Unreadable):
                self.unreadable += 1
            else:
                self.done += 1
            if isinstance(each, Comparison) and any_met(self._conditions, [each.verdict]):
                self._met = True
            yield each

    @property
    def exit_code(self) -> ExitCode:
        """The code the call ends with; a finding to fail on goes before an unreadable source."""
        if self._met:
            return ExitCode.FINDINGS
        return ExitCode.UNREADABLE if self.unreadable else ExitCode.DONE

    def report(self, *, quiet: bool) -> None:
        """Say how many sources could not be read, if any."""
        if self.unreadable and not quiet:
            say(f"{counted(self.unreadable, 'source')} could not be read, {self.done:,} could")


def audit_summary(findings: AuditFindings) -> str:
    """Say in one line what an audit read anew, took over unchanged, and could not read."""
    parts = [f"{counted(findings.run.read, 'article')} read"]
    if findings.run.unchanged:
        parts.append(f"{findings.run.unchanged} unchanged and not read again")
    if findings.unreadable:
        parts.append(f"{counted(len(findings.unreadable), 'source')} could not be read")
    return "; ".join(parts)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it needs one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class _SafeFormatter(logging.Formatter):
    """Makes whatever a message quotes safe to print."""

    def format(self, record: logging.LogRecord) -> str:
        from provenance.report.plain import printable

        return printable(super().format(record))


def log_to_stderr(verbose: int) -> None:
    """Send the program's own log to standard error: warnings, with 1 also the steps, with 2 everything."""
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_SafeFormatter("%(levelname)s: %(message)s"))
    logger = logging.getLogger("provenance")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
