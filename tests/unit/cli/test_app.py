import pytest
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.cli.compare import read_pairs
from provenance.cli.rules import named
from provenance.errors import NotFoundError, UsageError
from provenance.model import Rule

COMMANDS = ("audit", "inspect", "compare", "trace", "review", "show", "rules", "db upgrade", "db check")


def run(*arguments, **environment):
    return CliRunner().invoke(app, list(arguments), env=environment, prog_name="provenance")


@pytest.mark.parametrize("command", ["", "db", *COMMANDS])
def test_every_help_ends_with_an_example(command):
    found = run(*command.split(), "--help")
    assert found.exit_code == 0
    last = found.stdout.rstrip().splitlines()[-1].strip()
    assert last.startswith(f"provenance {command}".strip())
    assert "Example:" in found.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_names_its_variable(command):
    text = " ".join(run(*command.split(), "--help").stdout.split()).replace("env var: ", "")
    options = [word.strip(",") for word in text.split() if word.startswith("--") and word != "--help"]
    for option in set(options) & {"--format", "--output", "--db", "--color", "--config", "--debug", "--workers"}:
        assert f"PROVENANCE_{option[2:].upper().replace('-', '_')}" in text


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_eighty_columns(command):
    lines = run(*command.split(), "--help").stdout.splitlines()
    assert max(map(len, lines)) <= 80


def test_the_version_is_told():
    found = run("--version")
    assert found.exit_code == 0
    assert found.stdout.startswith("provenance ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["audit", "x", "--format", "xml"],
        ["audit", "x", "--max-bytes", "lots"],
        ["audit", "x", "--fail-on", "everything"],
        ["audit", "x", "--workers", "-1"],
        ["inspect"],
        ["compare"],
        ["compare", "one"],
        ["compare", "one", "two", "--fail-on", "uncredited"],
        ["compare", "-", "-"],
        ["compare", "one", "two", "--pairs", "p.csv"],
        ["compare", "one", "two", "--corpus", "c.jsonl"],
        ["trace"],
        ["trace", "one", "two"],
        ["review"],
        ["review", "one"],
        ["review", "one", "two"],
        ["show"],
        ["db"],
        ["db", "nonsense"],
        ["db", "check", "store.db"],
        ["nonsense"],
        ["audit", "--nonsense"],
    ],
)
def test_wrong_usage_exits_with_two_and_says_nothing_on_standard_output(arguments):
    found = run(*arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr


def test_pairs_are_read_exactly_as_written(tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text('\ufeffupstream,downstream,note\n" a b ",=x,n\n', "utf-8")
    assert list(read_pairs(file)) == [("=x", " a b ")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"down,up\na,b\n", "no column downstream and upstream"),
        (b"downstream,upstream\na,\n", "line 2: a value is missing"),
        (b"downstream,upstream\na\n", "line 2: a value is missing"),
        (b"downstream,upstream\n\xff,b\n", "is not UTF-8"),
        (b"downstream,upstream\na,b,c\n", "line 2: the row has more cells than the first line has names"),
        (b"", "no column"),
    ],
)
def test_a_file_of_pairs_that_makes_no_sense_is_refused(tmp_path, content, message):
    file = tmp_path / "pairs.csv"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        list(read_pairs(file))


def test_a_missing_file_of_pairs_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"cannot be read: No such file or directory$"):
        list(read_pairs(tmp_path / "gone.csv"))


def rule(name):
    return Rule(name, "attribute", "wire", "because")


def test_a_rule_is_found_by_its_id_or_by_how_it_begins():
    every = (rule("en.a"), rule("en.ab"), rule("fr.a"))
    assert named(every, None) == every
    assert [each.id for each in named(every, "en.a")] == ["en.a"]
    assert [each.id for each in named(every, "en")] == ["en.a", "en.ab"]


def test_a_rule_that_is_not_there_is_named():
    with pytest.raises(NotFoundError, match="no rule xx"):
        named((rule("en.a"),), "xx")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--workers", "x"), "'x' is not a whole number"),
        (("--article-seconds", "x"), "'x' is not a number"),
        (("--article-seconds", "nan"), "nan is not a number of seconds"),
        (("--article-seconds", "inf"), "inf is not a number of seconds; 0 means no limit"),
    ],
)
def test_a_wrong_number_is_told_in_plain_words(arguments, message):
    found = run("inspect", "x", *arguments)
    assert found.exit_code == 2
    assert message in found.stderr
    assert "range" not in found.stderr
