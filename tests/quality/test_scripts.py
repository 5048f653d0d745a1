"""The scripts people run first say what is missing, and what to do about it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("cat", "cksum", "dirname", "env", "rm", "sh", "tail")


@pytest.fixture
def clone(tmp_path):
    """A clone as far as the scripts look at it before anything is installed, and a PATH with an old Python only."""
    project, programs = tmp_path / "project", tmp_path / "programs"
    project.mkdir()
    programs.mkdir()
    shutil.copytree(ROOT / "scripts", project / "scripts")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, project)
    for name in NEEDED:
        (programs / name).symlink_to(shutil.which(name))
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    return project, programs


def run(script, clone, **environment):
    project, programs = clone
    command = [str(project / "scripts" / script)]
    return subprocess.run(
        command, env={"PATH": str(programs), **environment}, capture_output=True, text=True, check=False, cwd="/"
    )


@pytest.mark.parametrize(
    "script",
    [
        "demo",
        "test",
        "check",
        "evaluate",
        "document",
        "bench",
        "drift",
        "erosion",
        "vulnerabilities",
        "crash",
        "fuzz",
        "engines",
    ],
)
def test_without_a_recent_python_every_script_says_so_and_how_to_name_one(script, clone):
    done = run(script, clone)
    assert done.returncode != 0
    assert "no Python 3.11 or newer was found" in done.stderr
    assert "PROVENANCE_PYTHON=" in done.stderr
    assert not (clone[0] / ".venv").exists()


def test_a_python_that_cannot_make_environments_is_told_apart(clone):
    halting = clone[1] / "python-without-venv"
    halting.write_text('#!/bin/sh\n[ "$1" = -c ]\n')
    halting.chmod(0o755)
    done = run("demo", clone, PROVENANCE_PYTHON=str(halting))
    assert done.returncode != 0
    assert "cannot make a virtual environment" in done.stderr
    assert "python3-venv" in done.stderr


def test_no_script_depends_on_the_folder_it_is_called_from():
    for script in (ROOT / "scripts").iterdir():
        text = script.read_text("utf-8") if script.is_file() else ""
        if text.startswith("#!/bin/sh"):
            assert 'dirname "$0"' in text, script.name
            assert os.access(script, os.X_OK), script.name
