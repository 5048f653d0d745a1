"""What the source itself must never do, whatever is given to it: read off its syntax."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "provenance"
MODULES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))}

CODE_FROM_DATA = {"eval", "exec", "compile", "__import__", "breakpoint"}
"""Built-in functions that run what they are given."""

FORBIDDEN = {
    *("pickle", "marshal", "shelve", "dill", "yaml", "code", "runpy"),  # code from data
    *("subprocess", "pty"),  # other programs
    *("http", "ftplib", "smtplib", "requests", "urllib3", "httpx", "aiohttp", "webbrowser", "telnetlib"),  # the network
}

SQL = {"text", "exec_driver_sql", "executescript", "literal_column"}
"""What takes SQL as a string."""


def calls():
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                yield module, node, name


def imported():
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((module, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from ((module, f"{node.module}.{alias.name}") for alias in node.names)


def test_there_is_source_to_look_at():
    assert len(MODULES) > 100
    assert sum(name == "exec_driver_sql" for _, _, name in calls()) > 3


def test_no_data_is_run_as_code():
    found = [
        (module, call.lineno, name)
        for module, call, name in calls()
        if isinstance(call.func, ast.Name) and name in CODE_FROM_DATA
    ]
    assert found == []


def test_nothing_is_imported_that_runs_data_starts_programs_or_speaks_to_a_network():
    found = [(module, name) for module, name in imported() if name.partition(".")[0] in FORBIDDEN]
    assert found == []
    reaching = [(module, name) for module, name in imported() if name.startswith(("urllib.request", "os.system"))]
    assert reaching == []


def is_constant(node):
    """Whether a string is written in the source: a literal, with nothing put into it but constants by name."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value for part in node.values if isinstance(part, ast.FormattedValue))
        return all(isinstance(part, ast.Name) and part.id.isupper() for part in parts)
    if isinstance(node, ast.IfExp):
        return is_constant(node.body) and is_constant(node.orelse)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


COMPILED = {("store/rows.py", "statement")}
"""Where a statement that SQLAlchemy compiled, with its parameters bound, goes to the driver."""


def test_sql_is_written_in_the_source_and_values_are_bound():
    found = [
        (module, call.lineno, ast.unparse(call.args[0]))
        for module, call, name in calls()
        if name in SQL and call.args and module.startswith(("store/", "pipeline/")) and not is_constant(call.args[0])
    ]
    assert [each for each in found if (each[0], each[2]) not in COMPILED] == []


@pytest.mark.parametrize("option", ["resolve_entities", "no_network", "load_dtd"])
def test_xml_is_parsed_without_entities_document_types_and_network(option):
    parsers = [(module, call) for module, call, name in calls() if name in {"XMLParser", "iterparse", "XMLPullParser"}]
    assert parsers
    for module, call in parsers:
        given = {word.arg: word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)}
        assert given.get(option) is (option == "no_network"), (module, call.lineno)


def test_archives_are_never_unpacked_to_disk():
    found = [
        (module, call.lineno) for module, call, name in calls() if name in {"extract", "extractall", "unpack_archive"}
    ]
    assert [each for each in found if each[0].startswith("read/")] == []
