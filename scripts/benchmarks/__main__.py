"""Measure how fast the program is, over text made for the purpose.

    scripts/bench [--attribution] [--articles N]

Without a choice everything there is to measure is measured. The last line is one JSON object, an object a measure:
{"attribution": {"articles": 600, "seconds": 1.2, "articles_per_second": 500.0, "aim": 300}}. The same texts are made on
every run. Machines differ: compare runs of one machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks.attribution import measure_attribution

__all__ = ["MEASURES", "main"]

MEASURES: Mapping[str, Callable[[int], Mapping[str, float]]] = {"attribution": measure_attribution}
"""What can be measured, by the name of its option; each takes a number of articles."""

_MEANINGS = {"attribution": "the attribution stage alone, on one core, over plain text of 500 words an article"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments name; return the exit code."""
    chosen = _parser().parse_args(arguments)
    found = {name: MEASURES[name](chosen.articles) for name in chosen.measures or MEASURES}
    for name, figures in found.items():
        print(f"{name}: " + ", ".join(f"{value:,g} {key.replace('_', ' ')}" for key, value in figures.items()))
    print(json.dumps(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=_count, default=600, metavar="N", help="articles to make (default: 600)")
    for name in MEASURES:
        parser.add_argument(f"--{name}", action="append_const", dest="measures", const=name, help=_MEANINGS[name])
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of articles")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
