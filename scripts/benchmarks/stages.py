"""How a measured program tells how long its stages took and which pairs it found: one line and one file."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.words import Numbers

__all__ = ["Stages", "load_pairs", "read_stages"]


class Stages:
    """The stages of one run, by name, in seconds of wall clock."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Take the time of what is done within."""
        begun = time.perf_counter()
        yield
        self.add(name, time.perf_counter() - begun)

    def add(self, name: str, seconds: float) -> None:
        """Add to the time of a stage."""
        self._seconds[name] = self._seconds.get(name, 0.0) + seconds

    def report(self, pairs: Sequence[tuple[int, int]] | Numbers, file: Path) -> None:
        """Write the pairs found, by the numbers of their articles, to a file, and print the stages."""
        np.save(file, np.array(pairs, dtype=np.int64).reshape(-1, 2), allow_pickle=False)
        print(json.dumps(self._seconds))


def read_stages(output: str) -> Mapping[str, float]:
    """Read what :meth:`Stages.report` printed last."""
    stages: dict[str, float] = json.loads(output.strip().splitlines()[-1])
    return {name: round(seconds, 3) for name, seconds in stages.items()}


def load_pairs(file: Path) -> tuple[Numbers, Numbers]:
    """Read the pairs :meth:`Stages.report` wrote."""
    pairs: Numbers = np.load(file, allow_pickle=False)
    return pairs[:, 0], pairs[:, 1]
