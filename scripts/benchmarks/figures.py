"""Figures of one corpus: what everybody's runs came to, and what the mere bytes cost."""

from __future__ import annotations

import math
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from benchmarks.contenders import OURS, Contender, Run, pinned_version, run_rounds
from benchmarks.corpus import Corpus
from benchmarks.metering import FailedError, metered
from benchmarks.scoring import Score, Share

__all__ = ["exponents", "figures_of", "machine"]

Figures = dict[str, Any]
"""What becomes a JSON object."""


def figures_of(corpus: Corpus, peers: Mapping[str, Contender | FailedError], rounds: int) -> Figures:
    """Measure ourselves and the peers over one corpus.

    Args:
        corpus: what everybody is given.
        peers: the peers by name, or why there is none.
        rounds: runs of everybody; the fastest counts, as the others were disturbed, and the most memory.
    """
    there = [each for each in peers.values() if isinstance(each, Contender)]
    runs = {**run_rounds([OURS, *there], corpus, rounds), **_missing(peers)}
    ours = _run_figures(runs[OURS.name], len(corpus))
    theirs = {name: {"version": pinned_version(name), **_run_figures(runs[name], len(corpus))} for name in peers}
    for each in theirs.values():
        if "wall_s" in each and "wall_s" in ours:
            each["times_slower"] = round(each["wall_s"] / ours["wall_s"], 2)
    return {"articles": len(corpus), "us": ours, "peers": theirs, "floor": _floor(corpus, rounds)}


def _missing(peers: Mapping[str, Contender | FailedError]) -> Mapping[str, FailedError]:
    return {name: each for name, each in peers.items() if isinstance(each, FailedError)}


def _run_figures(runs: Sequence[Run] | FailedError, articles: int) -> Figures:
    if isinstance(runs, FailedError):
        return {"error": str(runs)}
    fastest = min(runs, key=lambda run: run.cost.wall_s)
    return {
        "wall_s": round(fastest.cost.wall_s, 2),
        "cpu_s": round(min(run.cost.cpu_s for run in runs), 2),
        "peak_mib": round(max(run.cost.peak_mib for run in runs)),
        "peak_pss_mib": _most([run.cost.peak_pss_mib for run in runs]),
        "articles_per_s": round(articles / fastest.cost.wall_s, 1),
        **_score_figures(fastest.score),
        "stages_s": dict(fastest.stages),
        "rounds_wall_s": [round(run.cost.wall_s, 2) for run in runs],
    }


def _most(seen: Sequence[float | None]) -> int | None:
    told = [each for each in seen if each is not None]
    return round(max(told)) if told else None


def _score_figures(score: Score) -> Figures:
    return {
        "pairs": score.pairs,
        "recall": _rounded(score.recall),
        "precision": _rounded(score.precision),
        "precision_quotes_wrong": _rounded(score.strict),
        "wire_recall": _rounded(score.wire),
        "recall_by_overlap": {name: _counted(share) for name, share in score.by_overlap.items()},
        "recall_by_kind": {name: _counted(share) for name, share in score.by_kind.items()},
    }


def _rounded(share: Share) -> float:
    return round(share.value, 4)


def _counted(share: Share) -> Figures:
    return {"recall": _rounded(share), "pairs": share.of}


def _floor(corpus: Corpus, rounds: int) -> Figures:
    """Measure one pass over the same bytes in C: what counting the words takes."""
    try:
        costs = [metered(["wc", "-w", str(corpus.texts_file)], environment={"LC_ALL": "C"}) for _ in range(rounds)]
    except FailedError as error:  # no such program here
        return {"error": str(error)}
    fastest = min(costs, key=lambda cost: cost.wall_s)
    return {
        "wall_s": round(fastest.wall_s, 3),
        "words": int(fastest.output.split()[0]),
        "bytes": corpus.texts_file.stat().st_size,
    }


def exponents(sizes: Sequence[int], seconds: Sequence[float]) -> Figures:
    """Give the exponent of time over size, by least squares on logarithms: 1 is linear, 2 quadratic.

    Args:
        sizes: at least two, different, ascending.
        seconds: the time each took.

    Returns:
        ``all`` over all sizes, ``last`` over the last two, where starting the program weighs least.
    """
    return {"all": _slope(sizes, seconds), "last": _slope(sizes[-2:], seconds[-2:])}


def _slope(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    across, up = [math.log(size) for size in sizes], [math.log(each) for each in seconds]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    rise = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
    return round(rise / sum((x - middle) ** 2 for x in across), 3)


def machine() -> Figures:
    """Describe what the figures were measured on; the load is that of the last minute before."""
    return {
        "day": datetime.now(tz=UTC).date().isoformat(),
        "program": version("news-provenance"),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "processors": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30), 1),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123  one line of an endless-looking file
            return next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"
