"""The task ``lineage`` of ``scripts/evaluate``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evaluation.program import ProgramError

from lineages.events import PARTS, TUNING
from lineages.measuring import Lineages, measure_lineages
from lineages.show import as_markdown, as_object, mistakes, print_table

__all__ = ["LINEAGE", "evaluate_lineage"]

LINEAGE = "lineage"
"""Name of the task."""


def evaluate_lineage(chosen: argparse.Namespace, folder: Path) -> int:
    """Measure what the arguments name, working in a folder; return the exit code."""
    measured: list[Lineages] = []
    for part in [chosen.part] if chosen.part else PARTS:
        print(f"Measuring {LINEAGE} on the {part} part ...", file=sys.stderr)
        try:
            measured.append(measure_lineages(folder, part, chosen.families, chosen.seed))
        except ProgramError as error:
            print(f"Error: {error}", file=sys.stderr)
            return 3
    if chosen.show:
        for each in measured:
            if each.part == TUNING:
                print(*mistakes(each), sep="\n")
    if chosen.json:
        print(json.dumps(as_object(measured)))
    elif chosen.markdown:
        print(as_markdown(measured))
    else:
        print_table(measured)
    return 0
