"""The log of a call, on standard error: warnings, with ``-v`` also the steps, with ``-vv`` everything.

The program's own modules log below the name ``provenance``; this is where it becomes what a user sees. Of warnings of
one kind ten are shown, unless ``-v`` asks for all: a table with one wrong column has a hundred thousand of them.
"""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from provenance.cli.output import say
from provenance.cli.stores import masked

__all__ = ["SHOWN", "log_call", "logged", "warn_of_unknown_variables"]

SHOWN: Final = 10
"""Warnings of one kind that are shown one by one."""

_LOGGER: Final = logging.getLogger("provenance")

_PREFIX: Final = "PROVENANCE_"

_NOT_OURS: Final = re.compile(r"PROVENANCE_(?:TEST_\w+|DATA|SCORER|PYTHON|CHROMIUM|CHROMEDRIVER|HYPOTHESIS)", re.ASCII)
"""Variables of the project's tests and scripts, which the program itself has no use for."""


class _ToStderr(logging.Handler):
    """Says what is logged, and counts what there is too much of to say."""

    def __init__(self, shown: int | None) -> None:
        super().__init__()
        self._shown = shown
        self._met: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.WARNING:
            say(record.getMessage())
            return
        self._met[str(record.msg)] += 1
        if self._shown is None or self._met[str(record.msg)] <= self._shown:
            say(f"Warning: {record.getMessage()}")

    def summarise(self) -> None:
        """Say how many warnings were held back."""
        held = sum(max(0, count - self._shown) for count in self._met.values()) if self._shown is not None else 0
        if held:
            say(f"and {held:,} more {'warning' if held == 1 else 'warnings'} of the same kind; all of them with -v")


@contextmanager
def logged(*, verbose: int = 0, quiet: bool = False) -> Iterator[None]:
    """Send the program's own log to standard error while a command is at work.

    Args:
        verbose: 1 for the steps as well, 2 or more for everything.
        quiet: say nothing but errors, unless more is asked for at the same time.
    """
    handler = _ToStderr(None if verbose else SHOWN)
    level = {0: logging.ERROR if quiet else logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    before = _LOGGER.handlers[:], _LOGGER.level
    _LOGGER.handlers[:] = [handler]
    _LOGGER.setLevel(level)
    try:
        yield
    finally:
        handler.summarise()
        _LOGGER.handlers[:] = before[0]
        _LOGGER.setLevel(before[1])


def log_call(context: Any) -> None:  # noqa: ANN401  Typer keeps the class of contexts private
    """Log which command was called, on which store, and with ``-vv`` where each of its options came from."""
    if not _LOGGER.isEnabledFor(logging.INFO):
        return
    from importlib.metadata import version

    database = context.params.get("db")
    store = f"; the store is {masked(database)}" if database else ""
    words = context.command_path.split(" ", 1)[-1]
    _LOGGER.info("provenance %s %s%s", version("news-provenance"), words, store)
    for parameter in context.command.params:
        value = context.params.get(parameter.name)
        source = context.get_parameter_source(parameter.name)
        if value not in (None, "", (), []) and source is not None:
            told = [masked(each) for each in (value if isinstance(value, list | tuple) else [value])]
            origin = _ORIGINS.get(source.name, source.name.lower())
            _LOGGER.debug("  %s = %s (%s)", _called(parameter), ", ".join(told), origin)


def _called(parameter: Any) -> str:  # noqa: ANN401  as above
    return str(max(parameter.opts, key=len) if parameter.param_type_name == "option" else parameter.metavar)


_ORIGINS: Final = {
    "COMMANDLINE": "command line",
    "ENVIRONMENT": "environment",
    "DEFAULT": "default",
    "DEFAULT_MAP": "configuration file",
}
"""Where the value of an option came from, as Click names it and as users know it."""


def warn_of_unknown_variables(program: Any, environment: Mapping[str, str] = os.environ) -> None:  # noqa: ANN401  as above
    """Warn of variables that look as if they set an option and set none; their values are never shown.

    Args:
        program: the group of all commands.
        environment: names and values.
    """
    given = sorted(name for name in environment if name.startswith(_PREFIX) and not _NOT_OURS.fullmatch(name))
    if not given:
        return
    known = sorted(set(_variables(program)))
    for name in given:
        if name not in known:
            _LOGGER.warning("the environment variable %s sets nothing%s", name, _meant(name, known))


def _variables(command: Any) -> Iterator[str]:  # noqa: ANN401  as above
    for each in getattr(command, "commands", {}).values():
        yield from _variables(each)
    for parameter in command.params:
        names = getattr(parameter, "envvar", None) or ()
        yield from [names] if isinstance(names, str) else names


def _meant(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    bare = {each.removeprefix(_PREFIX): each for each in known}
    close = get_close_matches(name.removeprefix(_PREFIX), list(bare), n=1)
    if close:
        return f"; did you mean {bare[close[0]]}?"
    return "; the options of each command and their variables are listed in the manual"
