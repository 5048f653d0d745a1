"""The references are complete: every command, option, rule, field, table and public name is documented."""

import json
import subprocess
import sys

import pytest
from documentation.pages import ROOT
from typer.main import get_command

import provenance
from provenance.cli.app import app
from provenance.cli.failures import ExitCode
from provenance.knowledge import load
from provenance.match.signals import SIGNALS
from provenance.model import AttributionKind, Basis, Credit, Degree, DriftKind, Extent, PassageKind, Role
from provenance.trace.direction import DIRECTION_SIGNALS

DOCS = ROOT / "docs"
COMMANDS = get_command(app).commands
STORY = ROOT / "fixtures" / "stories"
OPEN_MAPS = {"run.options", "run.versions", "articles[].verdict.composition"}
"""Objects whose names are not part of the contract."""


def page(name):
    return (DOCS / name).read_text("utf-8")


def documented_fields(*sections):
    """Give the field names in the first column of the tables of some sections of the JSON reference."""
    found = set()
    for section in page("reference/json.md").split("\n## ")[1:]:
        if section.splitlines()[0] in sections:
            rows = [line for line in section.splitlines() if line.startswith("| `")]
            found |= {name.strip("` ") for row in rows for name in row.split(" | ")[0].strip("| ").split(",")}
    return {name for name in found if not name.startswith("provenance.")}


def fields(value, name=""):
    """Yield the path of every field of a JSON value."""
    if isinstance(value, dict) and name not in OPEN_MAPS:
        for key, each in value.items():
            path = f"{name}.{key}" if name else key
            yield path if not isinstance(each, list) else f"{path}[]"
            yield from fields(each, path)
    elif isinstance(value, list):
        for each in value:
            yield from fields(each, f"{name}[]")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reference")

    def command(*arguments):
        output = folder / "output.json"
        subprocess.run(
            [sys.executable, "-m", "provenance", *arguments, "--output", str(output)],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )
        return json.loads(output.read_text("utf-8"))

    command.folder = folder
    return command


def test_every_command_is_in_the_readme_and_the_reference():
    for command in COMMANDS:
        assert f"provenance {command}" in (ROOT / "README.md").read_text("utf-8")
        assert f"\n## {command}\n" in page("reference/command-line.md")


def test_every_option_is_in_the_reference():
    text = page("reference/command-line.md")
    for command in COMMANDS.values():
        for option in command.params:
            if option.param_type_name == "option":
                assert all(spelling in text for spelling in option.opts)
                assert option.envvar is None or f"`{option.envvar}`" in text


def test_every_option_but_help_can_be_set_in_the_environment():
    for name, command in COMMANDS.items():
        for option in command.params:
            if option.param_type_name == "option":
                assert option.envvar, f"{name} {option.opts[0]}"


def test_every_exit_code_is_in_the_reference():
    text = page("reference/command-line.md")
    assert all(f"| {code.value} | " in text for code in ExitCode)


def test_every_rule_is_in_the_reference_with_its_reason():
    known = load()
    text = page("reference/rules.md")
    rules = [*known.attribution_rules, *known.furniture_rules]
    assert rules
    assert [
        rule.id for rule in rules if f"- `{rule.id}` ({rule.kind}). {rule.why.replace('<', '&lt;')}" not in text
    ] == []


def test_every_signal_is_in_the_reference():
    text = page("reference/signals.md")
    assert all(f"| `{name}` |" in text for name in [*SIGNALS, *DIRECTION_SIGNALS])


def test_every_public_name_is_in_the_python_reference():
    text = page("reference/python.md")
    assert [name for name in provenance.__all__ if f"`{name}`" not in text and f"\n## {name}\n" not in text] == []


@pytest.mark.parametrize("vocabulary", [Role, AttributionKind, Extent, PassageKind, DriftKind, Degree, Basis, Credit])
def test_every_word_of_a_closed_vocabulary_is_in_the_json_reference(vocabulary):
    text = page("reference/json.md")
    assert [word.value for word in vocabulary if word.value not in text] == []


def test_every_field_of_an_inspection_is_documented_and_no_other(run, tmp_path):
    found = set(
        fields(run("inspect", "fixtures/stories/dam-inspection/credited-repost.html", "--why", "--format", "json"))
    )
    assert found - documented_fields("Inspection") == set()
    seen = set()
    disguised = tmp_path / "disguised.txt"
    disguised.write_text("The har\u200bbour coun\u200bcil clo\u200bsed the bridge.\n", "utf-8")
    for item in run("inspect", "fixtures/stories", "fixtures/lineages", str(disguised), "--why", "--format", "json"):
        seen |= set(fields(item))
    assert documented_fields("Inspection") - seen == set()


def test_every_field_of_a_comparison_is_documented_and_no_other(run):
    story = "fixtures/stories/dam-inspection"
    found = set(fields(run("compare", f"{story}/rewrite.txt", f"{story}/wire.txt", "--format", "json")))
    assert found == documented_fields("Comparison")


def test_every_field_of_an_audit_is_documented_and_no_other(run):
    database = str(run.folder / "store.db")
    audit = run(
        "audit", "fixtures/stories", "fixtures/lineages", "fixtures/broken", "--db", database, "--format", "json"
    )
    parts = documented_fields("Inspection") | documented_fields("Comparison")
    known = documented_fields("Audit")
    found = set(fields(audit))
    assert {path for path in found if path not in known and _tail(path) not in parts} == set()
    assert {path for path in known if path not in found} == set()


def _tail(path):
    """Name a field as the sections do whose objects an audit repeats: without the list its object stands in."""
    for owner in ("articles[].", "derivations[]."):
        path = path.removeprefix(owner)
    return path
