"""What a call may write to: never the store, never what it reads, and never one file twice.

Whoever names such a file has mistyped, as has whoever gives an empty name. It is said before any work is done: a file
once replaced is gone.
"""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperCommand

from provenance.cli.configuration import CONFIGURATION_FILE
from provenance.errors import UsageError

__all__ = ["CarefulCommand", "ensure_names", "ensure_places"]

_WRITTEN: Final = {"output": "--output", "html": "--html"}
"""Parameters that name a file to write, and the options people know them by."""

_READ: Final = (
    "paths",
    "downstream",
    "upstream",
    "article",
    "file",
    "pairs",
    "corpus",
    "outlets",
    "profile",
    "config",
)
"""Parameters that name, or may name, what a command reads."""

_SQLITE: Final = re.compile(r"sqlite(?:\+\w{1,20})?:///", re.ASCII)

_OF_THE_STORE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files it keeps beside it."""


class CarefulCommand(TyperCommand):
    """A command that looks where its results are to go before it begins, and whose log is shown while it works."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  Typer keeps the class of contexts private
        """Run the command, unless a name it is given is empty, or what it is to write does harm or has no place."""
        from provenance.cli.logs import log_call, logged, warn_of_unknown_variables

        with logged(verbose=ctx.params.get("verbose") or 0, quiet=bool(ctx.params.get("quiet"))):
            warn_of_unknown_variables(ctx.find_root().command)
            log_call(ctx)
            try:
                result = self._carefully(ctx)
            except typer.Exit:  # with a code: the command is done
                _remind(ctx)
                raise
            _remind(ctx)
            return result

    def _carefully(self, ctx: Any) -> Any:  # noqa: ANN401  as above
        arguments = [each.name for each in self.params if each.param_type_name == "argument"]
        ensure_names({name: value for name, value in ctx.params.items() if name in {*arguments, "db", "around"}})
        ensure_places(ctx.params)
        return super().invoke(ctx)


def _remind(context: Any) -> None:  # noqa: ANN401  as above
    from provenance.cli.output import say
    from provenance.cli.stores import reminder

    if told := reminder(context):
        say(told)


def ensure_names(parameters: Mapping[str, object]) -> None:
    """See that no name is empty, as a variable of a script is that was never set.

    Raises:
        UsageError: one is.
    """
    for value in parameters.values():
        if "" in (value if isinstance(value, list | tuple) else (value,)):
            raise UsageError("an empty name was given", hint="Give a name, or leave it out where one may be left out.")


def ensure_places(parameters: Mapping[str, object]) -> None:
    """See that the files a call writes may be written, as far as that can be told before its work.

    Args:
        parameters: the parameters of a command by their names, as it takes them.

    Raises:
        UsageError: a file is the store, or one that is read, or named twice; or it is a folder, or stands in none.
    """
    taken: dict[str, str] = {}
    for name, flag in _WRITTEN.items():
        value = parameters.get(name)
        if not isinstance(value, str | Path):
            continue
        if str(value) == "-":  # an --output of that name is none any more (file_or_standard_output)
            raise UsageError(f"{flag} needs a file of its own", hint="Name one: report.html.")
        path = Path(value)
        real = os.path.realpath(path)
        if real in taken:
            raise UsageError(f"{path} is named by {taken[real]} and by {flag}", hint=f"Name another file with {flag}.")
        taken[real] = flag
        _ensure_not_the_store(path, real, parameters.get("db"), flag)
        _ensure_not_read(path, real, parameters, flag)
        _ensure_room(path, Path(real))


def _ensure_not_the_store(path: Path, real: str, database: object, flag: str) -> None:
    file = _store_file(database)
    if file is None or real not in {os.path.realpath(file) + end for end in _OF_THE_STORE}:
        return
    whose = "the store itself" if real == os.path.realpath(file) else "a file of the store"
    raise UsageError(f"{path} is {whose}", hint=f"Name another file with {flag}.")


def _store_file(database: object) -> str | None:
    """Give the file of a store; ``None`` of one on a server or in memory, or where a command has none."""
    if not isinstance(database, str) or database in {"", ":memory:"}:
        return None
    scheme = _SQLITE.match(database)
    if scheme:
        return database[scheme.end() :] or None
    return None if "://" in database else database


def _ensure_not_read(path: Path, real: str, parameters: Mapping[str, object], flag: str) -> None:
    if not os.path.lexists(real):
        return  # what is not there yet is not read either
    if any(_reads(given, real) for given in _given(parameters)):
        raise UsageError(
            f"{path} is one of the files to be read", hint=f"Name another file with {flag}, outside of what is read."
        )


def _given(parameters: Mapping[str, object]) -> Iterator[str]:
    """Yield the names of what is read, as they were given."""
    for name in _READ:
        value = parameters.get(name)
        each: Iterable[object] = value if isinstance(value, list | tuple) else (value,)
        yield from (str(item) for item in each if isinstance(item, str | Path) and str(item) not in {"", "-"})
    yield str(CONFIGURATION_FILE)


def _reads(given: str, real: str) -> bool:
    """Say whether a file is one that is given, or is found in a folder that is given."""
    place = os.path.realpath(given)
    if place == real:
        return True
    if not os.path.isdir(place) or not real.startswith(os.path.join(place, "")):  # noqa: PTH112, PTH118  strings throughout
        return False
    from provenance.read.own_output import is_own_file
    from provenance.read.registry import is_supported

    below = Path(real).relative_to(place)
    if not is_supported(below.name) or any(part.startswith(".") for part in below.parts):
        return False
    return not is_own_file(real)  # a report of an earlier call is never read as an article


def _ensure_room(path: Path, real: Path) -> None:
    if real.is_dir():
        raise UsageError(f"{path} is a folder", hint="Name a file in it.")
    folder = real.parent if path.is_symlink() else path.parent
    if not folder.exists():
        raise UsageError(f"the folder {folder} does not exist", hint="Make it, or name a file in another.")
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder", hint="Name a file in a folder.")
