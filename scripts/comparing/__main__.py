"""Hold distributed engines against each other on the heavy stages of an audit, over articles made for the purpose.

    scripts/engines [--articles N] [--engines NAMES] [--rounds N]     articles to pairs
    scripts/engines --premade …                                       the join alone, its features made before
    scripts/engines --memory MIB …                                    with so much memory for a worker
    scripts/engines --kill SECONDS …                                  with one worker killed so long after the start
    scripts/engines --install                                         what installing each takes

All run the same code of the project with two workers on this machine, in turn, each in processes of its own; the result
of each is held against that of one process with NumPy. The engines are installed into .venv-engines. Spark needs Java.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from comparing.engines import ENGINES, PLAIN, ROOT, Setting, make, run
from comparing.installing import measure_install

__all__ = ["main"]

_KEPT = ROOT / "build" / "engines"
_ARTICLES = 20_000
_PARTITION_ARTICLES = 8_000
"""Articles whose postings are a partition: some 20 MB."""

_LEAST_PARTITIONS = 8
_LIMIT_S = 3_600.0
_COLUMNS = ("wall_s", "ready_s", "cpu_s", "peak_mib", "worker_mib", "disk_mib", "processes")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare what the arguments name; return the exit code: 1 when a run failed or found something else."""
    chosen = _parser().parse_args(arguments)
    runs = list(_installed(chosen) if chosen.install else _compared(chosen))
    if chosen.install:
        print(_table(runs, ("version", "download_mib", "packages", "seconds", "installed_mib", "import_s")))
        return 0
    print(_table(runs, (*_COLUMNS, "same")))
    return 0 if all(each["same"] for each in runs) else 1


def _compared(chosen: argparse.Namespace) -> Iterator[dict[str, Any]]:
    source = make("postings" if chosen.premade else "texts", chosen.articles, chosen.keep)
    setting = Setting(
        articles=chosen.articles,
        source=source,
        premade=chosen.premade,
        memory_mib=chosen.memory,
        partitions=chosen.partitions or max(_LEAST_PARTITIONS, chosen.articles // _PARTITION_ARTICLES),
        kill_s=chosen.kill,
        limit_s=chosen.limit,
    )
    wanted = _wanted(chosen)
    for number in range(chosen.rounds):
        for name in chosen.engines:
            print(f"{name}: {chosen.articles:,} articles, round {number + 1} of {chosen.rounds} ...", file=sys.stderr)
            done = run(name, setting)
            wanted = done["digest"] if name == PLAIN else wanted
            yield _kept({**done, "same": done["digest"] is not None and done["digest"] == wanted}, chosen.keep)


def _wanted(chosen: argparse.Namespace) -> str | None:
    """Give the digest of an earlier run of one process over the same articles, if there was one."""
    file = chosen.keep / "runs.jsonl"
    runs = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
    alike = (PLAIN, chosen.articles, chosen.premade)
    plain = [each["digest"] for each in runs if (each["engine"], each["articles"], each["premade"]) == alike]
    return plain[-1] if plain else None


def _installed(chosen: argparse.Namespace) -> Iterator[dict[str, Any]]:
    for name in chosen.engines:
        if name != PLAIN:
            done = {"engine": name, **measure_install(ENGINES[name], chosen.keep)}
            print(json.dumps(done), flush=True)
            yield done


def _kept(done: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Print a run, and add it to the file of all runs: hours of measuring are not lost."""
    line = json.dumps(done)
    print(line, flush=True)
    with (folder / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    return done


def _table(runs: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    heads = ("engine", *columns)
    rows = [[str(each.get(head, "")) for head in heads] for each in runs]
    return "\n".join(f"| {' | '.join(row)} |" for row in (list(heads), ["---"] * len(heads), *rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/engines", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=_ARTICLES, metavar="N", help=f"articles ({_ARTICLES:,})")
    parser.add_argument("--engines", type=_names, default=tuple(ENGINES), metavar="NAMES", help=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="runs of each, in turn (1)")
    parser.add_argument("--premade", action="store_true", help="the join alone")
    parser.add_argument("--memory", type=int, default=0, metavar="MIB", help="of a worker (what the engine takes)")
    parser.add_argument("--partitions", type=int, default=0, metavar="N", help="one for 8,000 articles")
    parser.add_argument("--kill", type=float, metavar="SECONDS", help="kill one worker so long after the start")
    parser.add_argument("--limit", type=float, default=_LIMIT_S, metavar="SECONDS", help="give a run up (3,600)")
    parser.add_argument("--keep", type=Path, default=_KEPT, metavar="DIR", help="where articles and figures stay")
    parser.add_argument("--install", action="store_true", help="measure what installing each takes instead")
    return parser


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in ENGINES]:
        raise argparse.ArgumentTypeError(f"no engine is called {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
