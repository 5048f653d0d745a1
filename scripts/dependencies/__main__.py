"""Ask for known vulnerabilities, and fail when there are any."""

from __future__ import annotations

import argparse
import subprocess
import sys

from dependencies.answers import read_answers

PATIENCE = 180
"""Seconds after which an answer is no longer waited for: it takes half a minute where there is a connection."""


def main() -> int:
    """Return 1 when an installed package has a known vulnerability, 0 otherwise."""
    parser = argparse.ArgumentParser(prog="scripts/vulnerabilities", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail as well where nothing could be looked up")
    strict = parser.parse_args().strict
    found = read_answers(_asked())
    if found is None or not found.known:
        print("Nothing could be looked up: no service of vulnerabilities answered. Run this where there is a network.")
        return int(strict)
    for hole in found.holes:
        print(hole)
    print(
        f"{found.known} packages looked up, {found.unknown} unknown to the service, {len(found.holes)} vulnerabilities."
    )
    return int(bool(found.holes))


def _asked() -> str:
    command = [sys.executable, "-m", "pip_audit", "--local", "--skip-editable", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            [*command, "--format", "json"], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
