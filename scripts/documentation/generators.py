"""The generated parts, by the name a page calls them with."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from documentation.console import Terminal
from documentation.pages import ROOT
from documentation.source import attributes_of, classes_of, constants_of, in_markdown

__all__ = ["GENERATORS", "generate"]


def generate(name: str, arguments: Sequence[str]) -> str:
    """Make the part of this name.

    Raises:
        KeyError: there is no such part.
    """
    return GENERATORS[name](*arguments)


def command_help(*command: str) -> str:
    """Show the help of the program or of one of its commands."""
    with Terminal.opened() as terminal:
        printed = terminal.run(f"COLUMNS=80 provenance {' '.join(command)} --help")
    return "\n".join(["```text", *printed, "```"])


def constants(*modules: str) -> str:
    """List the named numbers of some modules with their values and where they are from."""
    rows = [
        (f"`{each.name}`", f"`{each.value}`", in_markdown(each.says))
        for module in modules
        for each in constants_of(module)
        if not each.value.startswith(("{", "frozenset"))
    ]
    return _table(("constant", "value", "meaning and source"), rows)


def strength_signals() -> str:
    """List the measurements of a pair with their weights in the strength of evidence."""
    signals = import_module("provenance.match.signals").SIGNALS
    model = import_module("provenance.score").load_strength_model()
    return f"{_weighed(signals, model)}\n\nA signal without a weight is measured and shown, but not counted."


def translation_signals() -> str:
    """List the measurements of a pair in two languages with their weights."""
    signals = import_module("provenance.match.translation.signals").TRANSLATION_SIGNALS
    return _weighed(signals, import_module("provenance.score").load_strength_model().translation)


def _weighed(signals: Mapping[str, Any], model: Any) -> str:  # noqa: ANN401  provenance.score.StrengthModel
    rows = [
        (f"`{name}`", f"{model.weights[name]:.2f}" if name in model.weights else "–", _says(signal))
        for name, signal in signals.items()
    ]
    table = _table(("signal", "weight", "what it measures, and why an independent report scores low"), rows)
    return f"Intercept {model.intercept:.2f}.\n\n{table}"


def direction_signals() -> str:
    """List the kinds of evidence for a direction."""
    signals = import_module("provenance.trace.direction").DIRECTION_SIGNALS
    return _table(("evidence", "what it says"), [(f"`{name}`", _says(signal)) for name, signal in signals.items()])


def chain_signals() -> str:
    """List the kinds of evidence for a direction that take a third article."""
    signals = import_module("provenance.trace.chains").CHAIN_SIGNALS
    return _table(("evidence", "what it says"), [(f"`{name}`", _says(signal)) for name, signal in signals.items()])


def outlet_signals() -> str:
    """Tabulate what is counted of an outlet."""
    signals = import_module("provenance.score.scorecards").OUTLET_SIGNALS
    return _table(("signal", "a story counts if"), [(f"`{name}`", _says(signal)) for name, signal in signals.items()])


def rules(stage: str) -> str:
    """List every rule of a stage: by language, with the reason and one example each way."""
    from provenance.knowledge import load  # noqa: PLC0415  the program is needed for this part alone

    known = load()
    chosen: Iterable[Any] = known.attribution_rules if stage == "attribute" else known.furniture_rules
    by_language: defaultdict[str, list[Any]] = defaultdict(list)
    for rule in chosen:
        by_language[rule.language].append(rule)
    parts = []
    for language in sorted(by_language):
        parts.append(f"### {'Any language' if language == '*' else f'`{language}`'}\n")
        parts += [_rule(rule) for rule in by_language[language]]
        parts.append("")
    return "\n".join(parts)


def _rule(rule: Any) -> str:  # noqa: ANN401  provenance.model.Rule, loaded when needed
    yes = f" Yes: {_code(rule.examples[0])}." if rule.examples else ""
    no = f" No: {_code(rule.counterexamples[0])}." if rule.counterexamples else ""
    return f"- `{rule.id}` ({rule.kind}). {_escaped(rule.why)}{yes}{no}"


def _code(text: str) -> str:
    shown = text.replace("\n", " ⏎ ")
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}"


def store_tables() -> str:
    """List every table of the store with its columns."""
    metadata = import_module("provenance.store._tables.base").Base.metadata
    import_module("provenance.store._tables")
    says = _table_docstrings()
    return "\n".join(_described(table, *says[table.name]) for table in metadata.sorted_tables)


def _table_docstrings() -> dict[str, tuple[str, Mapping[str, str]]]:
    """Give what the source says of each table and of its columns, by table name."""
    folder = ROOT / "provenance" / "store" / "_tables"
    found: dict[str, tuple[str, Mapping[str, str]]] = {}
    for file in sorted(folder.glob("*.py")):
        for definition, lines in classes_of(f"provenance.store._tables.{file.stem}"):
            said = attributes_of(definition, lines)
            cls = getattr(import_module(f"provenance.store._tables.{file.stem}"), definition.name)
            if hasattr(cls, "__tablename__"):
                found[cls.__tablename__] = (inspect.getdoc(cls) or "", said)
    return found


def _described(table: Any, says: str, columns: Mapping[str, str]) -> str:  # noqa: ANN401  sqlalchemy.Table
    rows = [(f"`{c.name}`", _type(c), _reference(c), in_markdown(columns.get(c.name, ""))) for c in table.columns]
    return f"### `{table.name}`\n\n{in_markdown(says)}\n\n{_table(('column', 'type', 'refers to', ''), rows)}\n"


def _type(column: Any) -> str:  # noqa: ANN401  sqlalchemy.Column
    kind = type(column.type).__visit_name__.lower().replace("_", " ")
    name = {"type decorator": type(column.type).__name__, "exacttext": "text"}.get(kind, kind)
    words = {"ExactText": "text", "UtcDateTime": "time, UTC", "big integer": "integer", "large binary": "bytes"}
    return f"{words.get(name, name)}{', key' if column.primary_key else ', or null' if column.nullable else ''}"


def _reference(column: Any) -> str:  # noqa: ANN401  sqlalchemy.Column
    return ", ".join(sorted(f"`{key.target_fullname}`" for key in column.foreign_keys))


def columns_of(name: str) -> str:
    """List the columns of a CSV format, in their order."""
    columns = getattr(import_module("provenance.report.tables"), name)
    return ", ".join(f"`{column}`" for column in columns)


def environment_variables() -> str:
    """List every option with its environment variable and its key in the configuration file."""
    from provenance.cli.app import app  # noqa: PLC0415  the program is needed for this part alone

    typer_main: Any = import_module("typer.main")
    commands = typer_main.get_command(app).commands
    users: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for command, definition in commands.items():
        options = {option.name: option for option in _options(definition) if option.envvar}
        for option in options.values():
            users[max(option.opts, key=len), str(option.envvar), option.help or ""].append(command)
    rows = [
        (f"`{flag}`", f"`{variable}`", f"`{flag[2:]}`" if flag != "--config" else "–", ", ".join(names))
        for (flag, variable, _), names in sorted(users.items())
    ]
    return _table(("option", "environment variable", "key in `provenance.toml`", "commands"), rows)


def _options(command: Any) -> Iterable[Any]:  # noqa: ANN401  Typer keeps its classes private
    """Give the options of a command, or of all commands of a group."""
    yield from (each for each in command.params if each.param_type_name == "option")
    for each in getattr(command, "commands", {}).values():
        yield from _options(each)


def python_interface() -> str:
    """List everything public: functions with their signature and explanation, then values and errors."""
    package = import_module("provenance")
    public = {name: getattr(package, name) for name in package.__all__}
    functions = {name: value for name, value in public.items() if inspect.isfunction(value)}
    classes = {name: value for name, value in public.items() if inspect.isclass(value)}
    parts = [_function(name, value) for name, value in functions.items()]
    errors = [name for name, value in classes.items() if issubclass(value, Exception)]
    values = [name for name in classes if name not in errors]
    others = [f"`{name}`" for name in public if name not in functions and name not in classes]
    parts.append(f"## Names\n\nIdentifiers, which are strings, and sets of roles and kinds: {', '.join(others)}.\n")
    for title, names in (("Values", values), ("Errors", errors)):
        rows = [
            (f"`{name}`", in_markdown((inspect.getdoc(classes[name]) or "").partition("\n\n")[0])) for name in names
        ]
        parts.append(f"## {title}\n\n{_table(('name', 'what it is'), rows)}\n")
    return "\n".join(parts)


def _function(name: str, function: Callable[..., object]) -> str:
    parameters = ", ".join(map(str, inspect.signature(function).parameters.values()))
    returned = function.__annotations__.get("return", "None")
    summary, _, rest = (inspect.getdoc(function) or "").partition("\n\n")
    code = f"```python\n{name}({parameters}) -> {returned}\n```".replace("'", "")
    return f"## {name}\n\n{code}\n\n{in_markdown(summary)}\n\n```text\n{rest.strip()}\n```\n"


def _says(function: Callable[..., object]) -> str:
    return in_markdown(inspect.getdoc(function) or "")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")


GENERATORS: Final[Mapping[str, Callable[..., str]]] = {
    "help": command_help,
    "constants": constants,
    "strength-signals": strength_signals,
    "translation-signals": translation_signals,
    "direction-signals": direction_signals,
    "chain-signals": chain_signals,
    "outlet-signals": outlet_signals,
    "rules": rules,
    "tables": store_tables,
    "columns": columns_of,
    "python": python_interface,
    "variables": environment_variables,
}
"""Every generated part by the name a page calls it with."""
