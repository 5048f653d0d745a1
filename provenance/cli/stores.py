"""How messages name a store, and a command that is to go to it: as it was given, and never with its password."""

from __future__ import annotations

import re
import shlex
from typing import Any, Final

from provenance.pipeline.options import DEFAULT_DATABASE

__all__ = ["command_on", "masked", "reminder"]

_USER_AND_PASSWORD: Final = re.compile(r"(://[^:@/\s]{0,200}:)\S{0,2000}@")
_PASSWORD_BESIDE: Final = re.compile(r"([?&][^=&\s]{0,100}pass[^=&\s]{0,100}=)[^&\s]{0,2000}", re.IGNORECASE)

_NAMING_COMMANDS: Final = frozenset({"audit", "outlets", "trace"})
"""Commands whose tables name others that look into the store."""


def masked(value: object) -> str:
    """Write the value of an option without the password an address of a store may hold."""
    return _PASSWORD_BESIDE.sub(r"\1***", _USER_AND_PASSWORD.sub(r"\1***@", str(value)))


def command_on(words: str, database: str) -> str:
    """Write a command on a store; the usual one need not be named.

    Args:
        words: what follows ``provenance``.
        database: path or URL of the store, as it was given.
    """
    return f"`provenance {words}`" if database == DEFAULT_DATABASE else f"`provenance {words} {_option(database)}`"


def _option(database: str) -> str:
    return f"--db {shlex.quote(masked(database))}"


def reminder(context: Any) -> str:  # noqa: ANN401  Typer keeps the class of contexts private
    """Remind whoever named a store with ``--db`` that the commands a table names go to it only with ``--db``.

    Args:
        context: of a command that is done.

    Returns:
        empty where nothing need be said.
    """
    given = context.params
    source = context.get_parameter_source("db")
    if context.info_name not in _NAMING_COMMANDS or given.get("output") or given.get("quiet"):
        return ""
    if str(given.get("form")) != "table" or source is None or source.name != "COMMANDLINE":
        return ""
    return "" if given["db"] == DEFAULT_DATABASE else f"Commands named above need {_option(given['db'])} as well"
