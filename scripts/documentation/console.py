"""Commands run as a reader would run them: in a terminal of known width, in a folder with the fixtures."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import Final

from documentation.pages import ROOT

__all__ = ["COLUMNS", "CommandError", "Terminal"]

COLUMNS: Final = 100
ROWS: Final = 50

_CONTROL: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class CommandError(Exception):
    """A command shown in the documentation does not succeed."""


class Terminal:
    """A working folder and what a command prints in it; commands of one page see one another's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        shutil.copytree(ROOT / "fixtures", folder / "fixtures")
        programs = folder / ".bin"
        programs.mkdir()
        for name, module in (("provenance", "-m provenance"), ("python", "")):
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
            program.chmod(0o755)
        self._environment = _environment(programs)

    @classmethod
    @contextlib.contextmanager
    def opened(cls) -> Iterator[Terminal]:
        """Open a terminal in a folder of its own, which is removed at the end."""
        with tempfile.TemporaryDirectory(prefix="documentation-") as folder:
            yield cls(Path(folder))

    def run(self, command: str) -> Sequence[str]:
        """Run a command with the shell and return the lines it prints, without colour and trailing blanks.

        Raises:
            CommandError: it ends with another code than 0.
        """
        ours, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        with subprocess.Popen(
            ["/bin/sh", "-c", command],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        ) as process:
            os.close(theirs)
            printed = _read_all(ours)
        if process.returncode:
            raise CommandError(f"`{command}` ends with {process.returncode}:\n{printed}")
        return [line.rstrip() for line in printed.strip("\n").split("\n")] if printed.strip() else []


def _environment(programs: Path) -> Mapping[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("PROVENANCE_")}
    return {
        **own,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PROVENANCE_NO_PROGRESS": "1",
        "NO_COLOR": "1",
        "TERM": "xterm",
        "COLUMNS": str(COLUMNS),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }


def _read_all(terminal: int) -> str:
    parts = []
    with contextlib.suppress(OSError):  # Linux reports the far end's closing as an input error
        while part := os.read(terminal, 1 << 16):
            parts.append(part)
    os.close(terminal)
    return _CONTROL.sub("", b"".join(parts).decode("utf-8", "replace")).replace("\r\n", "\n")
