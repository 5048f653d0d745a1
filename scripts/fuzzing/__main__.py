"""Throw damaged input at the program and see what breaks: coverage-guided fuzzing of readers, rules and functions.

    scripts/fuzz TARGET... | --all [--seconds N] [--seed N] [--corpus FOLDER]
    scripts/fuzz TARGET --run FILE
    scripts/fuzz --list

Every failure (an exception, a broken promise, an input that takes too long) is cut down to what it needs and kept in
tests/fault/crashers, where the tests run it again ever after. Needs the wheel atheris: Linux, Python below 3.14.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fuzzing.guiding import Hunt, hunt, watched_targets

if TYPE_CHECKING:
    from fuzzing.targets import Target

__all__ = ["main"]

_LONG_ENOUGH = 60.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt as the arguments say; return the exit code: 0 nothing broke, 1 something did, 2 wrong arguments."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.list or chosen.run:
        return _without_guide(parser, chosen)
    if importlib.util.find_spec("atheris") is None:
        print("Not fuzzed: the wheel atheris is not installed (it is for Linux, with Python below 3.14).")
        return 0
    targets = watched_targets()
    names = list(targets) if chosen.all else chosen.targets
    _known(parser, names, targets)
    seconds = chosen.seconds / len(names) if chosen.all else chosen.seconds
    broken = 0
    for name in names:
        corpus = chosen.corpus / name if chosen.corpus else None
        broken += _told(hunt(targets[name], seconds, seed=chosen.seed, corpus=corpus), targets[name], chosen.crashers)
    return 1 if broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="what to break (see --list)")
    parser.add_argument("--all", action="store_true", help="every target, --seconds being for all of them together")
    parser.add_argument("--seconds", type=float, default=_LONG_ENOUGH, metavar="N", help="how long (default: 60)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of how inputs are varied (default: 1)")
    parser.add_argument(
        "--corpus", type=Path, metavar="FOLDER", help="keep inputs that reach new lines, and go on from them"
    )
    parser.add_argument(
        "--crashers", type=Path, metavar="FOLDER", help="where failures go (default: tests/fault/crashers)"
    )
    parser.add_argument(
        "--run", type=Path, metavar="FILE", help="run the target on this file only, and show what breaks"
    )
    parser.add_argument("--list", action="store_true", help="name the targets")
    return parser


def _known(parser: argparse.ArgumentParser, names: Sequence[str], targets: dict[str, Target]) -> None:
    if unknown := [name for name in names if name not in targets]:
        parser.error(f"there is no target {unknown[0]}; scripts/fuzz --list names them")
    if not names:
        parser.error("name a target, or --all; scripts/fuzz --list names the targets")


def _without_guide(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    from fuzzing.every import TARGETS  # noqa: PLC0415  not before it is known whether it is to be watched

    if chosen.list:
        print("\n".join(TARGETS))
        return 0
    _known(parser, chosen.targets, dict(TARGETS))
    for name in chosen.targets:
        TARGETS[name].run(chosen.run.read_bytes())
    return 0


def _told(found: Hunt, target: Target, folder: Path | None) -> int:
    """Say what came of a hunt, and keep what broke the target; give the number of failures."""
    from fuzzing.crashers import CRASHERS, keep, smaller  # noqa: PLC0415  its targets are to be watched

    print(
        f"{found.target:<14} {found.runs:>9,} inputs {found.seconds:>7.1f} s  {len(found.found)} failures", flush=True
    )
    if found.killed:
        print(f"    {found.killed}")
    for failure, written in found.found.items():
        data = bytes.fromhex(written)
        if not failure.startswith("killed"):
            data = smaller(target, data, failure)
        print(
            f"    {failure}\n        {keep(folder or CRASHERS, found.target, data)} ({len(data):,} bytes)", flush=True
        )
    return len(found.found) + bool(found.killed and not found.found)


if __name__ == "__main__":
    sys.exit(main())
