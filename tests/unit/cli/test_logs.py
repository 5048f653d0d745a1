"""What a call says beside its results: warnings, and with -v what it does."""

import logging

import pytest
import typer
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.cli.logs import SHOWN, logged, warn_of_unknown_variables
from provenance.cli.stores import command_on, masked
from provenance.errors import CHOICES, AmbiguousError

PROGRAM = typer.main.get_command(app)
TEXT = "Organisers called off the lantern festival on Friday after engineers closed the old bridge over the Quell.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "news" / "empty.txt").write_bytes(b"")
    return lambda *arguments, **options: CliRunner().invoke(app, list(arguments), prog_name="provenance", **options)


def test_v_tells_the_files_the_steps_and_the_counts(run):
    lines = run("audit", "news", "--workers", "1", "-v").stderr.splitlines()
    assert lines[0].endswith(" audit; the store is provenance.db")
    assert "found in news: 2 files to read, 0 others" in lines
    assert "Reading: 1" in lines
    assert lines[-1] == "1 article read; 1 source could not be read"


def test_v_tells_what_was_used_again(run):
    run("audit", "news", "--workers", "1")
    told = run("audit", "news", "--workers", "1", "-v").stderr
    assert "1 source to read" in told  # the one that could not be read
    assert "0 articles read; 1 unchanged and not read again; 1 source could not be read" in told


def test_vv_tells_every_source_and_where_each_option_came_from(run):
    told = run("inspect", "news", "-vv", "--format", "csv", env={"PROVENANCE_WORKERS": "1"}).stderr
    assert "read: news/a.txt, 107 characters" in told
    assert "not read: news/empty.txt: empty" in told
    assert "  --workers = 1 (environment)" in told
    assert "  --format = csv (command line)" in told


def test_without_v_nothing_of_it_is_told(run):
    assert run("inspect", "news/a.txt").stderr == ""


def test_no_password_of_a_store_is_told(run):
    found = run("show", "list", "-vv", "--db", "postgresql://desk:s3cr@t@127.0.0.1:1/news?sslpassword=hush")
    assert "postgresql://desk:***@127.0.0.1:1/news" in found.stderr
    assert "s3cr" not in found.stderr
    assert "hush" not in found.stderr


@pytest.mark.parametrize("plain", ["provenance.db", "sqlite:///a/b.db", "postgresql://desk@host/news", "C:\\news.db"])
def test_what_holds_no_password_is_told_as_it_is(plain):
    assert masked(plain) == plain


def test_ten_warnings_of_a_kind_are_told_and_with_v_all(capsys):
    for verbose, told in ((0, SHOWN), (1, SHOWN + 5)):
        with logged(verbose=verbose):
            for number in range(SHOWN + 5):
                logging.getLogger("provenance.anywhere").warning("line %s is odd", number)
        lines = capsys.readouterr().err.splitlines()
        assert [line for line in lines if line.startswith("Warning: ")] == [
            f"Warning: line {number} is odd" for number in range(told)
        ]
        assert ("and 5 more warnings of the same kind; all of them with -v" in lines) is (verbose == 0)


def test_quiet_tells_no_warnings(capsys):
    with logged(quiet=True):
        logging.getLogger("provenance.anywhere").warning("odd")
    assert capsys.readouterr().err == ""


def test_a_warning_cannot_steer_a_terminal(capsys):
    with logged():
        logging.getLogger("provenance.anywhere").warning("%s is odd", "a\x1b[2Jb")
    assert "\x1b" not in capsys.readouterr().err


def test_a_variable_that_sets_nothing_is_told_once_with_the_nearest_that_does(run):
    told = run("inspect", "news/a.txt", env={"PROVENANCE_OUTPT": "secret.txt"}).stderr
    assert told == "Warning: the environment variable PROVENANCE_OUTPT sets nothing; did you mean PROVENANCE_OUTPUT?\n"


@pytest.mark.parametrize(
    "name", ["PROVENANCE_DB", "PROVENANCE_REVIEWER", "PROVENANCE_TEST_ENCODER", "PROVENANCE_DATA", "PATH", "provenance"]
)
def test_a_variable_of_the_program_or_of_its_tests_is_passed_over(name, caplog):
    warn_of_unknown_variables(PROGRAM, {name: "x"})
    assert caplog.messages == []


def test_a_variable_like_none_is_told_too(caplog):
    warn_of_unknown_variables(PROGRAM, {"PROVENANCE_QQQQQ": "x"})
    assert caplog.messages[0].startswith("the environment variable PROVENANCE_QQQQQ sets nothing; the options of each")


def test_a_command_goes_to_the_store_that_was_given_and_shows_no_password():
    assert command_on("audit", "provenance.db") == "`provenance audit`"
    assert command_on("audit", "my news.db") == "`provenance audit --db 'my news.db'`"
    assert "hush" not in command_on("audit", "postgresql://desk:hush@host/news")


def test_a_store_named_by_db_is_remembered_where_a_table_names_commands(run):
    told = "Commands named above need --db other.db as well\n"
    assert run("audit", "news/a.txt", "--workers", "1", "--db", "other.db").stderr == told
    assert run("trace", "a.txt", "--db", "other.db").stderr == told
    assert run("audit", "news/a.txt", "--workers", "1", "--db", "other.db", "-q").stderr == ""
    assert run("audit", "news/a.txt", "--workers", "1", env={"PROVENANCE_DB": "other.db"}).stderr == ""
    assert told not in run("trace", "a.txt", "--db", "other.db", "--format", "json").stderr


def test_what_a_name_may_mean_stands_one_a_line_and_ten_at_most(run, tmp_path):
    for number in range(CHOICES + 3):
        (tmp_path / "news" / f"f{number}").mkdir()
        (tmp_path / "news" / f"f{number}" / "same.txt").write_text(f"{TEXT}{number}", "utf-8")
    run("audit", "news", "--workers", "1")
    lines = run("trace", "same.txt").stderr.splitlines()
    assert lines[0] == "Error: same.txt may be any of 13 articles"
    assert [line[:9] for line in lines[1:11]] == ["  sha256:"] * CHOICES
    assert lines[11:] == ["  and 3 more", "Hint: Give more of the id or of the path."]


def test_few_choices_are_all_named():
    assert AmbiguousError("x", "articles", ["a", "b"]).choices == ("a", "b")
