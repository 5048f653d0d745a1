"""What an engine's process is told, and what it tells."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["WORKERS", "Job", "told"]

WORKERS = 2
"""Worker processes of every engine, each with one core."""

_BEGUN = time.perf_counter()


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the workload.

    Attributes:
        articles: how many there are.
        source: folder of Parquet files: texts (``article``, ``text``), or postings when ``premade``.
        premade: whether the features are there already, and only the join is run.
        result: folder the result is written to, as Parquet.
        scratch: folder for everything else an engine writes.
        memory_mib: what one worker may hold; 0 leaves it to the engine.
        partitions: partitions of both shuffles.
    """

    articles: int
    source: str
    premade: bool
    result: str
    scratch: str
    memory_mib: int
    partitions: int

    @classmethod
    def given(cls) -> Job:
        """Read the job this process was given as its argument, and say that it has begun."""
        job = cls(**json.loads(sys.argv[1]))
        Path(job.scratch).mkdir(parents=True, exist_ok=True)
        os.chdir(job.scratch)
        return job

    def as_argument(self) -> str:
        """Give the job as an argument for another process."""
        return json.dumps(asdict(self))


def told(what: str) -> None:
    """Tell that something has been reached, with the seconds since the process began to work."""
    print(json.dumps({"reached": what, "s": round(time.perf_counter() - _BEGUN, 3)}), flush=True)
