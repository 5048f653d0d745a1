"""Measure how often the program is right.

    scripts/evaluate --data DIR --scorer FILE [TASK ...]    over labelled data of your own, or PROVENANCE_DATA and
                                                            PROVENANCE_SCORER
    scripts/evaluate --gate                                 over the gold in fixtures/, against pinned floors
    scripts/evaluate lineage [--part PART]                  over generated lineages whose trees are known; needs no data

With lineage and --json the last line is one JSON object.

Exit codes: 0 measured (and every floor held), 1 below a floor, 2 wrong usage, 3 some corpora were not measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lineages.events import PARTS
from lineages.measuring import FAMILIES
from lineages.task import LINEAGE, evaluate_lineage
from rich.console import Console

from evaluation.gate import FLOORS_FILE, digest_of, failures, load_pins, measure_gold, repinned
from evaluation.measures import Bar, Measure, load_bars
from evaluation.program import ProgramError
from evaluation.show import as_markdown, as_objects, print_missing, print_table
from evaluation.tasks import TASKS, Missing, Workshop, measure

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments name; return the exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if unknown := [task for task in chosen.tasks if task not in (*TASKS, LINEAGE)]:
        parser.error(f"no task is called {', '.join(unknown)}; there are {', '.join((*TASKS, LINEAGE))}")
    with tempfile.TemporaryDirectory(prefix="evaluate-") as folder:
        if chosen.gate:
            return _gate(chosen, Path(folder))
        chosen.tasks, wants_lineage = [task for task in chosen.tasks if task != LINEAGE], LINEAGE in chosen.tasks
        if chosen.tasks or not wants_lineage:
            if chosen.data is None or chosen.scorer is None:
                parser.error(
                    "labelled data is needed: --data DIR and --scorer FILE, or --gate for the gold in fixtures/"
                )
            code = _evaluate(chosen, _kept(chosen, Path(folder)))
        else:
            code = 0
        return max(code, evaluate_lineage(chosen, _kept(chosen, Path(folder)))) if wants_lineage else code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "tasks", nargs="*", metavar="TASK", help=f"any of {', '.join(TASKS)}, which are all without, and lineage"
    )
    parser.add_argument("--data", type=Path, default=_path_from("PROVENANCE_DATA"), metavar="DIR", help="labelled data")
    parser.add_argument("--scorer", type=Path, default=_path_from("PROVENANCE_SCORER"), metavar="FILE")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what the program was given and said")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/ shows it")
    parser.add_argument("--gate", action="store_true", help="hold the program to the pinned floors")
    parser.add_argument("--repin", action="store_true", help="with --gate: raise the floors to what is reached now")
    parser.add_argument("--allow-regression", action="store_true", help="with --repin: also lower floors")
    lineage = parser.add_argument_group("lineage")
    lineage.add_argument("--part", choices=PARTS, help="the stories to measure on (default: both parts)")
    lineage.add_argument(
        "--families", type=_count, default=FAMILIES, metavar="N", help=f"of each part (default: {FAMILIES})"
    )
    lineage.add_argument("--seed", type=int, default=0, metavar="N", help="another one makes other families")
    lineage.add_argument("--show", choices=("wrong",), help="print what went wrong, of the tuning part only")
    return parser


def _count(written: str) -> int:
    if not written.isdecimal() or not int(written):
        raise argparse.ArgumentTypeError("a number from 1")
    return int(written)


def _kept(chosen: argparse.Namespace, folder: Path) -> Path:
    if chosen.keep is None:
        return folder
    chosen.keep.mkdir(parents=True, exist_ok=True)
    kept: Path = chosen.keep.resolve()
    return kept


def _path_from(variable: str) -> Path | None:
    return Path(value) if (value := os.environ.get(variable)) else None


def _evaluate(chosen: argparse.Namespace, folder: Path) -> int:
    shop = Workshop(chosen.data.resolve(), chosen.scorer.resolve(), folder)
    measures: list[Measure] = []
    missing: list[Missing] = []
    for name in chosen.tasks or TASKS:
        print(f"Measuring {name} ...", file=sys.stderr)
        try:
            for each in measure(shop, name):
                (measures if isinstance(each, Measure) else missing).append(each)  # type: ignore[arg-type]
        except KeyboardInterrupt:  # what took long to measure is shown all the same
            missing.append(Missing(name, "the rest of it", "interrupted"))
            break
    _show(chosen, measures, missing, load_bars())
    return 3 if missing else 0


def _gate(chosen: argparse.Namespace, folder: Path) -> int:
    pins, digest = load_pins(), digest_of()
    try:
        measures = measure_gold(folder)
    except ProgramError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    if chosen.repin:
        FLOORS_FILE.write_text(
            repinned(measures, pins, digest, allow_regression=chosen.allow_regression), encoding="utf-8"
        )
        pins = load_pins()
    bars = {("gate", corpus, name): Bar(pin.better, aim=pin.value) for (corpus, name), pin in pins.pins.items()}
    _show(chosen, measures, [], bars)
    problems = failures(measures, pins, digest)
    for problem in problems:
        print(f"Failed: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _show(
    chosen: argparse.Namespace,
    measures: Sequence[Measure],
    missing: Sequence[Missing],
    bars: dict[tuple[str, str, str], Bar],
) -> None:
    if chosen.json:
        print(json.dumps(as_objects(measures, missing, bars), indent=2, ensure_ascii=False))
        return
    if chosen.markdown:
        print(as_markdown(measures, bars))
    else:
        print_table(measures, bars)
    print_missing(missing, Console(stderr=True))


if __name__ == "__main__":
    sys.exit(main())
