"""Kill audits at random moments, and hold after each that the store is whole and nothing in it is lost.

    scripts/crash [--articles N] [--kills N] [--seed N] [--workers N]

Audits are killed step by step, each begun again on the store the one before left; after the last step one comes to its
end, and must report byte for byte what an undisturbed audit reports. Then all begins anew. The exit code is 1 when
anything did not hold.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from crashing.killing import STEPS, Harness, LostError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill as many audits as the arguments say; return the exit code."""
    chosen = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="crash-", dir=chosen.folder) as folder:
        try:
            _kill(Harness(Path(folder), chosen.articles, seed=chosen.seed, workers=chosen.workers), chosen)
        except LostError as error:
            print(f"Lost: {error}")
            return 1
    return 0


def _kill(harness: Harness, chosen: argparse.Namespace) -> None:
    print(f"{chosen.articles:,} articles, undisturbed in {harness.undisturbed_s:.1f} s", flush=True)
    steps = cycle(STEPS)
    while harness.killed < chosen.kills:
        aim = next(steps)
        kill = harness.kill(aim)
        what = f"killed in {kill.hit}" if kill.hit else "was done before"
        left = ", workers left behind" if kill.orphans else ""
        print(f"{harness.killed:3}: aimed at {kill.aimed} + {kill.delay:.2f} s: {what}{left}", flush=True)
        if aim == STEPS[-1] or harness.killed == chosen.kills:
            harness.resume()
            print(
                f"     {harness.finished} killed audits resumed, each with the result of the undisturbed one",
                flush=True,
            )
    hit = Counter(kill.hit for kill in harness.kills if kill.hit)
    print(f"{harness.killed} kills: {', '.join(f'{step} {hit[step]}' for step in STEPS)}")
    print(f"workers left behind: {sum(kill.orphans for kill in harness.kills)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/crash", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2_000, metavar="N", help="generated articles (2,000)")
    parser.add_argument("--kills", type=int, default=50, metavar="N", help="audits killed (50)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of articles and moments (1)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes of each audit (2)")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where to work (the folder for temporary files)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
