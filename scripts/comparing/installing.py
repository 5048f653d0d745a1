"""The environment of the engines, made once; and what installing one of them takes."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import time
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comparing.engines import Engine

__all__ = ["measure_install"]

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv-engines"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
_QUIET = ("--disable-pip-version-check", "--no-input", "--quiet")


def ensure() -> None:
    """Make the environment, with all engines and what the program itself needs, unless it is there."""
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    pins = hashlib.sha256(REQUIREMENTS.read_bytes() + (ROOT / "constraints.txt").read_bytes()).hexdigest()
    stamp = ENVIRONMENT / ".made-of"
    if stamp.exists() and stamp.read_text("utf-8") == pins:
        return
    print(f"Installing the engines into {ENVIRONMENT.name} (once; some minutes, 1.4 GB) ...", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    # What the engines were measured with goes before what the program is tested with.
    pinned = {_name(line) for line in REQUIREMENTS.read_text("utf-8").splitlines()}
    others = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if _name(line) not in pinned]
    pins_file = ENVIRONMENT / "pins.txt"
    pins_file.write_text("\n".join(others) + "\n", encoding="utf-8")
    _pip(ENVIRONMENT, "install", "-c", str(pins_file), "-r", str(REQUIREMENTS), *needs)
    stamp.write_text(pins, encoding="utf-8")


def measure_install(engine: Engine, folder: Path) -> dict[str, Any]:
    """Install an engine into an environment of nothing else, and throw it away."""
    place = folder / "install"
    shutil.rmtree(place, ignore_errors=True)
    venv.create(place / "venv", with_pip=True)
    files = place / "files"
    pins = place / "pins.txt"
    pins.write_text(
        re.sub(r"\[.*?\]", "", REQUIREMENTS.read_text("utf-8")), encoding="utf-8"
    )  # constraints have no extras
    try:
        begun = time.perf_counter()
        _pip(place / "venv", "wheel", "-w", str(files), "-c", str(pins), *engine.requirements)
        _pip(place / "venv", "install", "--no-index", "--find-links", str(files), *engine.requirements)
        seconds = time.perf_counter() - begun
        return {
            "version": _pinned(engine.requirements[0]),
            "download_mib": _mib(files),
            "packages": len(list(files.iterdir())),
            "seconds": round(seconds, 1),
            "installed_mib": _mib(place / "venv"),
            "import_s": _import_s(place / "venv", engine.imported),
        }
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _import_s(place: Path, imported: str) -> float:
    """Give the seconds an import takes, at best of three: the files are then in memory."""
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([str(place / "bin" / "python"), "-c", f"import {imported}"], check=True)
        taken.append(time.perf_counter() - begun)
    return round(min(taken), 2)


def _pinned(requirement: str) -> str:
    """Give the version a package is pinned to."""
    pins = dict(line.split("==") for line in REQUIREMENTS.read_text("utf-8").split() if "==" in line)
    return next(pins[each] for each in (requirement, requirement.partition("[")[0]) if each in pins)


def _name(requirement: str) -> str:
    return requirement.partition("==")[0].partition("[")[0].strip().lower()


def _mib(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) >> 20


def _pip(place: Path, what: str, *arguments: str) -> None:
    command: Sequence[str] = [str(place / "bin" / "python"), "-m", "pip", what, *_QUIET, *arguments]
    subprocess.run(command, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    ensure()
