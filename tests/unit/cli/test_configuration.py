"""Where options come from, shown by a small application made of the real options."""

import pytest
import typer
from typer.testing import CliRunner

from provenance.cli import options as option
from provenance.cli.app import app as program
from provenance.cli.failures import Commands

app = typer.Typer(cls=Commands, rich_markup_mode=None)


@app.callback()
def root() -> None:
    """A group, as the program is one."""


@app.command()
def audit(
    *,
    form: option.FormatOption = option.Format.TABLE,
    db: option.DatabaseOption = "default.db",
    fail_on: option.FailOnOption = None,
    workers: option.WorkersOption = 0,
    max_bytes: option.MaxBytesOption = 7,
    quiet: option.QuietOption = False,
    outlets: option.OutletsOption = None,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
) -> None:
    """Print what was chosen."""
    shares = [each.share for each in fail_on or ()]
    typer.echo(f"{form} {db} {shares} {workers} {max_bytes} {quiet} {verbose}" + (f" {outlets}" if outlets else ""))


@app.command()
def show(*, db: option.DatabaseOption = "default.db", config: option.ConfigOption = None) -> None:
    """Print the store."""
    typer.echo(db)


@app.command(name="outlets")
def cards(*, db: option.DatabaseOption = "default.db", config: option.ConfigOption = None) -> None:
    """Print the store; named like an option of another command."""
    typer.echo(db)


group = typer.Typer()
app.add_typer(group, name="store")


@group.command()
def check(*, db: option.DatabaseOption = "default.db", config: option.ConfigOption = None) -> None:
    """Print the store."""
    typer.echo(db)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, file=None, name="provenance.toml", **environment):
        if file is not None:
            (tmp_path / name).write_text(file, "utf-8")
        return CliRunner().invoke(app, list(arguments), env=environment)

    return call


def test_without_anything_the_defaults_hold(run):
    assert run("audit").stdout == "table default.db [] 0 7 False 0\n"


def test_the_file_in_the_working_directory_is_read(run):
    file = 'format = "json"\ndb = "team.db"\nworkers = 3\nmax-bytes = "1KiB"\nquiet = true\nverbose = 2\n'
    assert run("audit", file=file).stdout == "json team.db [] 3 1024 True 2\n"


def test_a_named_file_is_read_instead(run, tmp_path):
    (tmp_path / "other.toml").write_text('db = "other.db"', "utf-8")
    assert run("audit", "--config", "other.toml", file='db = "here.db"').stdout.split()[1] == "other.db"


def test_a_variable_goes_before_the_file(run):
    assert run("audit", file='db = "file.db"', PROVENANCE_DB="variable.db").stdout.split()[1] == "variable.db"


def test_a_flag_goes_before_a_variable(run):
    found = run("audit", "--db", "flag.db", file='db = "file.db"', PROVENANCE_DB="variable.db")
    assert found.stdout.split()[1] == "flag.db"


def test_a_variable_can_name_the_file(run, tmp_path):
    (tmp_path / "named.toml").write_text("workers = 5", "utf-8")
    assert run("audit", PROVENANCE_CONFIG="named.toml").stdout.split()[3] == "5"


def test_the_table_of_a_command_goes_before_the_top_and_concerns_no_other(run):
    file = 'db = "all.db"\n[audit]\ndb = "audit.db"\n'
    assert run("audit", file=file).stdout.split()[1] == "audit.db"
    assert run("show", file=file).stdout == "all.db\n"


def test_a_key_at_the_top_may_concern_some_commands_only(run):
    assert run("show", file='workers = 2\ndb = "x.db"').stdout == "x.db\n"


@pytest.mark.parametrize("given", ['"derived>=0.5"', '["derived>=0.5"]'])
def test_a_repeatable_option_takes_one_value_or_a_list(run, given):
    assert run("audit", file=f"fail-on = {given}").stdout.split()[2] == "[0.5]"


def test_a_repeatable_option_takes_several_from_a_variable(run):
    found = run("audit", PROVENANCE_FAIL_ON="derived>=0.5 derived>=0.7")
    assert found.stdout == "table default.db [0.5, 0.7] 0 7 False 0\n"


def test_a_key_may_be_written_with_underscores(run):
    assert run("audit", file='max_bytes = "2k"').stdout.split()[4] == "2048"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("colour = 1", "provenance.toml: colour is not an option"),
        ("[audit]\nspeed = 1", "provenance.toml: audit.speed is not an option"),
        ("[show]\nworkers = 1", "provenance.toml: show.workers is not an option"),
        ("config = 'x'", "provenance.toml: config is not an option"),
    ],
)
def test_an_unknown_key_is_named(run, file, message):
    found = run("audit", file=file)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr.startswith(f"Error: {message}\nHint: `provenance ")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("wokers = 1", "wokers is not an option; did you mean workers?"),
        ("max_byte = 1", "max_byte is not an option; did you mean max-bytes?"),
        ("[audit]\nfail_no = 1", "audit.fail_no is not an option; did you mean fail-on?"),
        ("[audti]\nworkers = 1", "there is no table [audti]; did you mean [audit]?"),
        ("[elsewhere]\nworkers = 1", "there is no table [elsewhere]"),
        ("[store]\nworkers = 1", "store.workers is not an option"),
        ("[store.chek]\ndb = 'x'", "there is no table [store.chek]; did you mean [store.check]?"),
        ("[store.check]\nbd = 'x'", "store.check.bd is not an option"),
        ("[audit.more]\ndb = 'x'", "there is no table [audit.more]"),
        ("[store]\ncheck = 'x'", "store.check is a command, not an option"),
        ("[workers]\nmany = 1", "workers is an option, not a command"),
        ("audit = 3", "audit is a command, not an option"),
    ],
)
def test_a_mistyped_key_or_table_is_told_with_what_was_meant(run, file, message):
    found = run("audit", file=file)
    assert found.exit_code == 2
    assert found.stderr.splitlines()[0] == f"Error: provenance.toml: {message}"
    assert found.stderr.splitlines()[1].startswith("Hint: ")


def test_an_option_named_like_a_command_stands_at_the_top_and_the_table_is_that_of_the_command(run):
    assert run("audit", file='outlets = "ours.toml"').stdout.endswith(" ours.toml\n")
    assert run("outlets", file='[outlets]\ndb = "cards.db"').stdout == "cards.db\n"
    assert run("outlets", file='outlets = "ours.toml"\ndb = "cards.db"').stdout == "cards.db\n"
    assert run("audit", file='[outlets]\ndb = "cards.db"').stdout.split()[1] == "default.db"
    assert run("outlets", file="[outlets]\nworkers = 1").exit_code == 2


def test_a_file_that_is_not_toml_is_named(run):
    found = run("audit", file="db =")
    assert found.exit_code == 2
    assert "provenance.toml is not TOML" in found.stderr


def test_a_file_in_another_encoding_is_named(run, tmp_path):
    (tmp_path / "latin.toml").write_bytes(b'db = "\xe9"')
    found = run("audit", "--config", "latin.toml")
    assert found.stderr == "Error: latin.toml is not UTF-8\nHint: Save it as UTF-8.\n"


def test_a_named_file_that_is_missing_is_an_error(run):
    found = run("audit", "--config", "gone.toml")
    assert found.exit_code == 2
    assert "gone.toml cannot be read: No such file or directory" in found.stderr


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ('format = "xml"', "format: 'xml' is not one of 'table', 'json', 'jsonl', 'csv'"),
        ("[audit]\nmax_bytes = 'lots'", "audit.max-bytes: 'lots' is not a size in bytes such as 1000000 or 32MiB"),
        ("workers = -1", "workers: -1 is not in the range x>=0"),
        ("fail-on = ['x']", "fail-on: 'x' is not uncredited, contradicted or derived>=N with N such as 0.5 or 50%"),
    ],
)
def test_a_wrong_value_in_the_file_is_refused_with_the_file_and_the_key(run, file, message):
    found = run("audit", file=file)
    assert found.exit_code == 2
    assert found.stderr.startswith(f"Error: provenance.toml: {message}")
    assert found.stderr.splitlines()[1].startswith("Hint: ")


@pytest.mark.parametrize(
    ("file", "message", "example"),
    [
        ("db = 5", "db: a text is wanted, not the number 5", 'db = "…"'),
        ("db = true", "db: a text is wanted, not true", 'db = "…"'),
        ("db = 2026-11-22", "db: a text is wanted, not a date or time", 'db = "…"'),
        ('[audit]\noutlets = ["a", "b"]', "audit.outlets: a text is wanted, not a list", 'outlets = "…"'),
        ("quiet = 'perhaps'", "quiet: true or false is wanted, not the text “perhaps”", "quiet = true"),
        ("workers = [1]", "workers: a whole number is wanted, not a list", "workers = 1"),
        ("workers = 2.5", "workers: a whole number is wanted, not the number 2.5", "workers = 1"),
        ("max-bytes = true", "max-bytes: a size is wanted, not true", 'max-bytes = "32MiB"'),
        ("fail-on = [5]", "fail-on: a text or a list of texts is wanted, not the number 5", 'fail-on = ["…", "…"]'),
        ("format = 1", "format: a text is wanted, not the number 1", 'format = "…"'),
    ],
)
def test_a_value_of_another_type_is_told_with_the_one_wanted(run, file, message, example):
    found = run("audit", file=file)
    assert found.exit_code == 2
    assert found.stderr == f"Error: provenance.toml: {message}\nHint: Write it as {example}.\n"


def test_a_group_of_commands_has_a_table_and_each_of_them_one_in_it(run):
    file = 'db = "top.db"\n[store]\ndb = "group.db"\n[store.check]\ndb = "own.db"\n'
    assert run("store", "check", file=file).stdout == "own.db\n"
    assert run("store", "check", file=file.partition("[store.check]")[0]).stdout == "group.db\n"
    assert run("show", file=file).stdout == "top.db\n"


def test_the_groups_of_the_program_have_tables(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "provenance.toml").write_text('[ratings.list]\nformat = "csv"\n[db]\ndb = "none.db"\n', "utf-8")
    found = CliRunner().invoke(program, ["db", "check"])
    assert "none.db" in found.stderr
    (tmp_path / "r.csv").write_text("domain,value\nx.example,1\n", "utf-8")
    CliRunner().invoke(program, ["ratings", "import", "r.csv", "--list", "L"])
    assert CliRunner().invoke(program, ["ratings", "list"]).stdout.startswith("list,list_date,")


@pytest.mark.parametrize("value", ["1" * 5_000, "0x" + "f" * 5_000, "[" * 100_000])
def test_a_value_too_large_to_be_read_is_said_to_be_one(tmp_path, value):
    (tmp_path / "provenance.toml").write_text(f"workers = {value}\n")
    ended = CliRunner().invoke(app, ["audit", "--config", str(tmp_path / "provenance.toml"), str(tmp_path)])
    assert ended.exit_code == 2
    assert "Traceback" not in ended.output
