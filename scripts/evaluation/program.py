"""The program, run as a user runs it: one call of a command, its output in a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Output", "ProgramError", "run", "run_audit"]

UNDERSTOOD = frozenset({0, 3})
"""Exit codes that come with results: done, and done but for some unreadable input."""


class ProgramError(Exception):
    """A command ended with a code that comes without results; the message quotes what it said."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a command wrote, and the seconds it took from call to end."""

    path: Path
    seconds: float

    def rows(self) -> list[dict[str, Any]]:
        """Read it as one JSON object a line."""
        with self.path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def document(self) -> dict[str, Any]:
        """Read it as one JSON document."""
        document: dict[str, Any] = json.loads(self.path.read_text("utf-8"))
        return document


def run(output: Path, *arguments: str) -> Output:
    """Run ``provenance`` with some arguments and keep its results in ``output``.

    Raises:
        ProgramError: it ended with a code other than 0 or 3.
    """
    command = [sys.executable, "-m", "provenance", *arguments, "--output", str(output.resolve()), "--no-progress"]
    begun = time.perf_counter()
    # Settings of the caller's own shell must not decide what is measured.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PROVENANCE_")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if done.returncode not in UNDERSTOOD:
        raise ProgramError(f"`provenance {' '.join(arguments)}` ended with {done.returncode}: {_ending(done.stderr)}")
    return Output(output, seconds)


def _ending(message: str) -> str:
    return " / ".join(message.strip().splitlines()[-3:])


def run_audit(folder: Path, name: str, paths: Sequence[Path]) -> Output:
    """Audit some paths into a store of their own below ``folder``, as JSON."""
    database = str(folder / f"{name}.db")
    return run(folder / f"{name}.json", "audit", *map(str, paths), "--db", database, "--format", "json")
