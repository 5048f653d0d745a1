import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from provenance import errors
from provenance.cli import options as option
from provenance.cli.failures import Commands, ExitCode, report_fault


def failing(error):
    app = typer.Typer(cls=Commands, rich_markup_mode=None)

    @app.callback()
    def root() -> None:
        """A group, as the program is one."""

    @app.command()
    @app.command("audit")
    def fail(*, debug: option.DebugOption = False) -> None:
        raise error

    return app


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError("no such thing"), 2),
        (errors.ConfigurationError("wrong key"), 2),
        (errors.NotFoundError("gone"), 2),
        (errors.KnowledgeError("bad rule"), 2),
        (errors.InputError("nothing readable"), 3),
        (errors.StoreError("locked"), 4),
        (errors.StoreMissingError("no store"), 4),
        (errors.StoreVersionError("old"), 4),
        (errors.ProvenanceError("other"), 2),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
    ],
)
def test_every_error_has_its_code_and_writes_nothing_to_standard_output(error, code):
    found = CliRunner().invoke(failing(error), ["fail"])
    assert found.exit_code == code
    assert found.stdout == ""


def test_an_error_is_told_with_its_hint_and_without_a_traceback():
    found = CliRunner().invoke(failing(errors.UsageError("no such thing", hint="Name another.")), ["fail"])
    assert found.stderr == "Error: no such thing\nHint: Name another.\n"


def test_an_error_without_hint_is_one_line():
    found = CliRunner().invoke(failing(errors.UsageError("no such thing")), ["fail"])
    assert found.stderr == "Error: no such thing\n"


def test_debug_shows_the_traceback():
    found = CliRunner().invoke(failing(errors.UsageError("no such thing")), ["fail", "--debug"])
    assert "Traceback" in found.stderr
    assert found.exit_code == 2


def test_a_hostile_message_cannot_steer_the_terminal():
    found = CliRunner().invoke(failing(errors.NotFoundError("\x1b[2J\u202e.txt")), ["fail"])
    assert found.stderr == "Error: ␛[2J⟨U+202E⟩.txt\n"


def test_an_interruption_is_calm_and_a_closed_pipe_is_silent():
    assert "Interrupted" in CliRunner().invoke(failing(KeyboardInterrupt()), ["fail"]).stderr
    assert CliRunner().invoke(failing(BrokenPipeError()), ["fail"]).stderr == ""


def test_only_an_interrupted_audit_says_what_becomes_of_an_audit():
    told = {name: CliRunner().invoke(failing(KeyboardInterrupt()), [name]).stderr for name in ("fail", "audit")}
    assert told["fail"] == "Interrupted before it was done; no file is left half-written\n"
    assert told["audit"] == told["fail"] + "What the audit had stored is kept: the next one goes on from there\n"


def test_a_fault_of_the_program_is_never_mistaken_for_a_finding(capsys):
    assert report_fault(RuntimeError("odd")) == ExitCode.FAULT == 70
    assert "Error: the program failed: RuntimeError: odd" in capsys.readouterr().err


def test_a_reader_that_had_enough_ends_the_program_quietly():
    code = (
        "from pathlib import Path\n"
        "import typer\n"
        "from provenance.cli.failures import Commands\n"
        "from provenance.cli.output import opened\n"
        "from provenance.cli.options import When\n"
        "app = typer.Typer(cls=Commands)\n"
        "@app.callback()\n"
        "def root(): pass\n"
        "@app.command()\n"
        "def many():\n"
        "    with opened(None, When.AUTO) as sink:\n"
        "        for _ in range(200000): sink.line('x' * 80)\n"
        "app(['many'])\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == ExitCode.PIPE_CLOSED
