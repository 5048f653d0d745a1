"""Measure how fast the program is and how much it finds, over articles made for the purpose.

    scripts/bench [--articles N] [--peers datasketch,rensa] [--growth N,N,N] [--rounds N]     the search for copies
    scripts/bench --audit N                                                                   a whole audit
    scripts/bench --attribution [--articles N]                                                one stage

The search for copies is measured unless only something else is asked for. The last line is one JSON object:
{"articles": N, "us": {"wall_s": …, "cpu_s": …, "peak_mib": …, "recall": …, "precision": …, …}, "peers": {…}, …}. The
same articles are made on every run. Machines differ: compare runs of one machine, made side by side.

What is measured and how is told in docs/explanation/speed.md. Peers are installed into .venv-bench.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.attribution import measure_attribution
from benchmarks.auditing import FORMS, measure_audit
from benchmarks.contenders import PEERS, ROOT, Contender, peer
from benchmarks.corpus import Corpus, made
from benchmarks.figures import exponents, figures_of, machine
from benchmarks.metering import FailedError
from benchmarks.planting import Recipe
from benchmarks.show import as_markdown, put_into

__all__ = ["main"]

_KEPT = ROOT / "build" / "bench"
_ARTICLES = 10_000
_ATTRIBUTED = 600  # articles; a stage alone needs few


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments name; return the exit code: 1 when something of our own failed."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        found = _measured(chosen)
    except FailedError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    if chosen.into is not None:
        page = chosen.into.read_text("utf-8")
        chosen.into.write_text(put_into(page, as_markdown(found)), encoding="utf-8")
    if not chosen.json:
        print(as_markdown(found))
    if not chosen.markdown:
        print(json.dumps(found, ensure_ascii=False))
    return 1 if "error" in found.get("us", ()) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=_count, metavar="N", help=f"articles to make (default: {_ARTICLES:,})")
    parser.add_argument("--peers", type=_peers, default=(), metavar="NAMES", help=f"any of {','.join(PEERS)}")
    parser.add_argument("--growth", type=_sizes, default=(), metavar="SIZES", help="as well: 1000,10000,100000")
    parser.add_argument("--rounds", type=_count, default=1, metavar="N", help="runs of everybody, in turn (default: 1)")
    parser.add_argument("--matching", action="store_true", help="the search for copies, whatever else is asked for")
    parser.add_argument("--audit", type=_count, metavar="N", help="a whole audit of so many articles, and 1 %% more")
    parser.add_argument("--audit-form", choices=FORMS, default=FORMS[0], help="how they are given (default: jsonl)")
    parser.add_argument(
        "--attribution", action="store_true", help=f"attribution alone, on one core ({_ATTRIBUTED} articles)"
    )
    parser.add_argument("--wire", type=_count, metavar="N", help="copies of the first wire story (default: 1.5 %%)")
    parser.add_argument("--seed", type=_count, default=1, metavar="N", help="of the articles (default: 1)")
    parser.add_argument("--keep", type=Path, default=_KEPT, metavar="DIR", help="where made articles stay")
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    parser.add_argument("--markdown", action="store_true", help="print the tables alone, as docs/ shows them")
    parser.add_argument("--into", type=_page, metavar="PAGE", help="put the tables into a page of docs/ as well")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of articles or runs")
    return int(text)


def _page(text: str) -> Path:
    try:
        put_into(Path(text).read_text("utf-8"), "")
    except (OSError, ValueError) as error:  # told before hours of measuring rather than after
        raise argparse.ArgumentTypeError(str(error)) from error
    return Path(text)


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(sorted({_count(part) for part in text.split(",")}))
    if len(sizes) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is not two sizes or more")
    return sizes


def _peers(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part for part in text.split(",") if part))
    if unknown := [name for name in names if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"no peer is called {', '.join(unknown)}; there are {', '.join(PEERS)}")
    return names


def _measured(chosen: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    others = chosen.audit is not None or chosen.attribution
    described = machine()  # before anything runs: the load is part of it
    if chosen.matching or chosen.peers or chosen.growth or not others:
        found |= _matching(chosen)
    if chosen.audit is not None:
        corpus = _corpus(chosen, chosen.audit + chosen.audit // 50 + 1)
        found["audit"] = measure_audit(corpus, chosen.audit, chosen.audit_form)
    if chosen.attribution:
        found["attribution"] = measure_attribution(chosen.articles or _ATTRIBUTED)
    return {**found, "machine": described}


def _corpus(chosen: argparse.Namespace, articles: int) -> Corpus:
    print(f"Making {articles:,} articles, if they are not there ...", file=sys.stderr)
    return made(Recipe(articles, seed=chosen.seed, wire_copies=chosen.wire), chosen.keep)


def _matching(chosen: argparse.Namespace) -> dict[str, Any]:
    """Measure the search for copies at every size asked for; the largest gives the figures, unless one is named."""
    peers = {name: _peer(name) for name in chosen.peers}
    largest = chosen.articles or (chosen.growth[-1] if chosen.growth else _ARTICLES)
    sizes = sorted({*chosen.growth, largest})
    by_size = {size: figures_of(_corpus(chosen, size), peers, chosen.rounds) for size in sizes}
    found = dict(by_size[largest])
    if chosen.growth:
        found["growth"] = _growth({size: by_size[size] for size in chosen.growth})
    return found


def _peer(name: str) -> Contender | FailedError:
    try:
        return peer(name)
    except FailedError as error:
        return FailedError(f"not installed: {error}")


def _growth(by_size: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    rows = [{"articles": size, **_costs(figures)} for size, figures in by_size.items()]
    measured = [name for name in rows[0] if name != "articles" and all(name in row for row in rows)]
    return {
        "sizes": rows,
        "exponents": {name: exponents(list(by_size), [row[name]["wall_s"] for row in rows]) for name in measured},
    }


def _costs(figures: Mapping[str, Any]) -> dict[str, Any]:
    everybody = {"us": figures["us"], **figures["peers"]}
    kept = ("wall_s", "cpu_s", "peak_mib", "recall", "precision")
    return {name: {key: each[key] for key in kept} for name, each in everybody.items() if "wall_s" in each}


if __name__ == "__main__":
    sys.exit(main())
