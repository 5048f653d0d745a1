"""Options from a file: ``provenance.toml`` in the working directory, or the one ``--config`` names.

Keys at the top concern every command that has the option, a table named after a command only that one, and one named
after a group of commands those of the group. The narrower goes before the wider::

    workers = 4

    [audit]
    fail-on = ["uncredited", "derived>=50%"]

    [ratings]
    db = "sqlite:///newsroom.db"

    [ratings.import]
    licence = "CC BY 4.0"
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typer

from provenance.cli.values import in_plain_words
from provenance.errors import ConfigurationError

__all__ = ["CONFIGURATION_FILE", "configure"]

CONFIGURATION_FILE: Final = Path("provenance.toml")
"""File read from the working directory when no other is named."""

_NOT_IN_A_FILE: Final = frozenset({"config", "help", "version"})
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
        found = tomllib.loads(path.read_text("utf-8"))
        repr(found)  # a hexadecimal number may be read that is too long to be written
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error.strerror}", hint="Name an existing file with --config."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8", hint="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not TOML: {error}", hint="Mend the file at the place named.") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise ConfigurationError(
            f"{path} holds a value that is too large", hint="Write numbers and lists as short as they are meant."
        ) from error
    return found


def _defaults(document: Mapping[str, Any], context: typer.Context, path: Path) -> dict[str, Any]:
    chosen = _chosen(document, context.find_root().command, _route(context), path)
    own = _options(context.command)
    taken = {key: (place, value) for key, (place, value) in chosen.items() if key in own}
    return {own[key].name: _checked(place, value, own[key], context, path) for key, (place, value) in taken.items()}


def _route(context: Any) -> tuple[str, ...]:  # noqa: ANN401  Typer keeps the class of parents private
    """Name the command that was called, below the program: ``("ratings", "import")``."""
    if context.parent is None:
        return ()
    return (*_route(context.parent), context.info_name or "")


def _chosen(
    table: Mapping[str, Any],
    command: Any,  # noqa: ANN401  see _options
    route: tuple[str, ...],
    path: Path,
    above: tuple[str, ...] = (),
) -> dict[str, tuple[str, object]]:
    """Give what a table and those in it set for the command at the end of a route; all of them are looked through.

    Args:
        table: keys and values, or further tables.
        command: the command or group the table is named after, or the whole program.
        route: names from that command to the one that was called; empty for a table of another command as well.
        path: the file.
        above: names of the tables around this one, and its own.

    Returns:
        for each option its place in the file and its value.
    """
    commands: Mapping[str, Any] = getattr(command, "commands", {})
    known = sorted(_options(command))
    chosen: dict[str, tuple[str, object]] = {}
    for key, value in table.items():
        if not isinstance(value, dict):
            _refuse_unknown(key, known, path, above, commands)
            chosen[_dashed(key)] = ".".join((*above, _dashed(key))), value
    for key, value in table.items():
        if isinstance(value, dict):
            _refuse_unknown_table(key, commands, known, path, above)
            called = bool(route) and route[0] == key
            below = _chosen(value, commands[key], route[1:] if called else (), path, (*above, key))
            chosen |= below if called else {}
    return chosen


def _checked(place: str, value: object, option: Any, context: typer.Context, path: Path) -> object:  # noqa: ANN401  see _options
    """Give a value as the command line would, by whose rules it is then checked; the message names the file."""
    wanted = _wanted(option)
    values = value if isinstance(value, list) and option.multiple else [value]
    wrong = next((each for each in values if not wanted.takes(each)), None)
    if wrong is not None:
        raise ConfigurationError(
            f"{path}: {place}: {wanted.words} is wanted, not {_described(wrong)}",
            hint=f"Write it as {place.rpartition('.')[2]} = {wanted.example}.",
        )
    given = [str(each) for each in values] if option.multiple else value if isinstance(value, bool) else str(value)
    try:
        option.type_cast_value(context, given)
    except typer.BadParameter as error:
        raise ConfigurationError(
            f"{path}: {place}: {in_plain_words(error.message).rstrip('.')}", hint="Mend the value in the file."
        ) from error
    return given


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What kind of value an option takes in a file."""

    words: str
    example: str
    types: tuple[type, ...]

    def takes(self, value: object) -> bool:
        """Say whether a value is of the kind; to Python, true and false are numbers as well."""
        return isinstance(value, self.types) and (bool in self.types or not isinstance(value, bool))


def _wanted(option: Any) -> _Wanted:  # noqa: ANN401  see _options
    """Say what an option takes. Numbers may be written as texts, which are then read as on the command line."""
    name = str(option.type.name)
    if getattr(option, "is_flag", False) and not getattr(option, "count", False):
        return _Wanted("true or false", "true", (bool,))
    if option.multiple:
        return _Wanted("a text or a list of texts", '["…", "…"]', (str,))
    if name.startswith("size"):
        return _Wanted("a size", '"32MiB"', (int, str))
    if name.startswith("integer"):
        return _Wanted("a whole number", "1", (int, str))
    if name.startswith("float"):
        return _Wanted("a number", "1.5", (int, float, str))
    return _Wanted("a text", '"…"', (str,))


def _described(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text “{value[:_SHOWN]}”"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


_SHOWN: Final = 60
"""Code points of a value that a message quotes."""


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


def _refuse_unknown(
    key: str, known: Sequence[str], path: Path, above: tuple[str, ...], commands: Iterable[str]
) -> None:
    """Refuse a key that none of the commands has that its table is for."""
    if _dashed(key) in known:
        return
    place = ".".join((*above, key))
    if key in commands:
        raise ConfigurationError(
            f"{path}: {place} is a command, not an option", hint=f"Write its options below a line [{place}]."
        )
    near = _nearest(_dashed(key), known)
    raise ConfigurationError(
        f"{path}: {place} is not an option" + (f"; did you mean {near}?" if near else ""),
        hint=f"`provenance {' '.join(above) or 'COMMAND'} --help` lists the options; leave out their dashes.",
    )


def _refuse_unknown_table(
    name: str, commands: Iterable[str], known: Sequence[str], path: Path, above: tuple[str, ...]
) -> None:
    """Refuse a table that is not named after a command, or after one of the group it stands in."""
    tables = sorted(commands)
    if name in tables:
        return
    place = ".".join((*above, name))
    if _dashed(name) in known:
        raise ConfigurationError(
            f"{path}: {place} is an option, not a command", hint=f"Write it as {name} = …, with one value."
        )
    near = _nearest(name, tables)
    meant = ".".join((*above, near))
    raise ConfigurationError(
        f"{path}: there is no table [{place}]" + (f"; did you mean [{meant}]?" if near else ""),
        hint=f"Name a table after a command: {', '.join(tables)}."
        if tables
        else f"Write its options below [{'.'.join(above)}].",
    )


def _nearest(word: str, known: Sequence[str]) -> str:
    """Give what a mistyped word was most likely meant to be; empty if nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake needs it

    return next(iter(get_close_matches(word, known, n=1)), "")
