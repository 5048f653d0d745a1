"""Options from a file: ``provenance.toml`` in the working directory, or the one ``--config`` names.

Keys at the top concern every command that has the option, a table named after a command only that one::

    db = "sqlite:///newsroom.db"
    workers = 4

    [audit]
    fail-on = ["uncredited", "derived>=50%"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import typer

from provenance.cli.values import in_plain_words
from provenance.errors import ConfigurationError

__all__ = ["CONFIGURATION_FILE", "configure"]

CONFIGURATION_FILE: Final = Path("provenance.toml")
"""File read from the working directory when no other is named."""

_NOT_IN_A_FILE: Final = frozenset({"config", "help"})
"""Options that only make sense on the command line."""


def configure(context: typer.Context, file: Path | None) -> Path | None:
    """Take a command's defaults from the configuration file; callback of the eager option ``--config``.

    Raises:
        ConfigurationError: the file cannot be read, is not TOML, or holds a key no command has.
    """
    if context.resilient_parsing:
        return file
    path = CONFIGURATION_FILE if file is None else file
    if file is not None or path.is_file():
        context.default_map = _defaults(_read(path), context, path)
    return file


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  most calls have no file

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error.strerror}", hint="Name an existing file with --config."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}", hint="Mend the file at the place named.") from error


def _defaults(document: Mapping[str, Any], context: typer.Context, path: Path) -> dict[str, Any]:
    program: dict[str, Any] = getattr(context.find_root().command, "commands", {})
    commands = {name: _options(command) for name, command in program.items()}
    tables = {name: options for name, options in commands.items() if not hasattr(program[name], "commands")}
    every = sorted({name for names in commands.values() for name in names})
    shared = {key: value for key, value in document.items() if not isinstance(value, dict)}
    own_tables = {key: value for key, value in document.items() if isinstance(value, dict)}
    for key in shared:
        _refuse_unknown(key, every, path, tables=tables)
    for name, table in own_tables.items():
        _refuse_unknown_table(name, tables, program, path)
        for key in table:
            _refuse_unknown(key, tables[name], path, table=name)
    chosen = {**shared, **(own_tables.get(context.info_name or "", {}) if _is_direct(context) else {})}
    own = _options(context.command)
    given = {_dashed(key): value for key, value in chosen.items()}
    taken = {key: _as_given(value, own[key]) for key, value in given.items() if key in own}
    for key, value in taken.items():
        _refuse_wrong(key, value, own[key], context, path)
    return {own[key].name: value for key, value in taken.items()}


def _refuse_wrong(key: str, value: object, option: Any, context: typer.Context, path: Path) -> None:  # noqa: ANN401  see _options
    """Refuse a value the option cannot have, by the rules of the command line, but naming the file it stands in."""
    try:
        option.type_cast_value(context, value)
    except typer.BadParameter as error:
        raise ConfigurationError(
            f"{path}: {key}: {in_plain_words(error.message).rstrip('.')}", hint="Mend the value in the file."
        ) from error


def _is_direct(context: typer.Context) -> bool:
    """Tell whether this is a command of the program itself; those of a group have no table of their own."""
    return context.parent is not None and context.parent.parent is None


def _options(command: Any) -> dict[str, Any]:  # noqa: ANN401  Typer keeps its parameter classes private
    """Give the options of a command, or of all commands of a group, by their long names."""
    found: dict[str, Any] = {}
    for each in getattr(command, "commands", {}).values():
        found |= _options(each)
    options = (parameter for parameter in command.params if parameter.param_type_name == "option")
    long_names = {_long_name(option.opts): option for option in options}
    return found | {key: option for key, option in long_names.items() if key not in _NOT_IN_A_FILE}


def _long_name(spellings: Iterable[str]) -> str:
    return max(spellings, key=len).lstrip("-")


def _dashed(key: str) -> str:
    return key.replace("_", "-")


def _refuse_unknown(key: str, known: Iterable[str], path: Path, *, table: str = "", tables: Iterable[str] = ()) -> None:
    """Refuse a key that no command has, or not the one whose ``table`` it stands in; empty for the top of the file."""
    known = sorted(known)
    if _dashed(key) in known:
        return
    place = f"{table}.{key}" if table else key
    if key in tables:
        raise ConfigurationError(
            f"{path}: {key} is a command, not an option", hint=f"Write its options below a line [{key}]."
        )
    near = _nearest(_dashed(key), known)
    raise ConfigurationError(
        f"{path}: {place} is not an option" + (f"; did you mean {near}?" if near else ""),
        hint=f"`provenance {table or 'COMMAND'} --help` lists the options; leave out their dashes.",
    )


def _refuse_unknown_table(name: str, tables: Iterable[str], commands: Iterable[str], path: Path) -> None:
    """Refuse a table that is not named after a command; a group of commands has none."""
    tables = sorted(tables)
    if name in tables:
        return
    if name in commands:
        raise ConfigurationError(
            f"{path}: there is no table [{name}]: {name} is a group of commands",
            hint="Write its options at the top of the file, before any table.",
        )
    near = _nearest(name, tables)
    raise ConfigurationError(
        f"{path}: there is no table [{name}]" + (f"; did you mean [{near}]?" if near else ""),
        hint=f"Name a table after a command: {', '.join(tables)}.",
    )


def _nearest(word: str, known: Sequence[str]) -> str:
    """Give what a mistyped word was most likely meant to be; empty if nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake needs it

    return next(iter(get_close_matches(word, known, n=1)), "")


def _as_given(value: object, option: Any) -> object:  # noqa: ANN401  see _options
    """Return a value as the command line would give it, so that both are checked by the same rules."""
    if option.multiple:
        return [str(each) for each in (value if isinstance(value, list) else [value])]
    return value if isinstance(value, bool) else str(value)
