"""Who is compared, and a run of one of them over one corpus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from comparing.job import Job
from comparing.measuring import Cost, Kill, measured
from comparing.tables import found_in
from comparing.workload import digest

__all__ = ["ENGINES", "PLAIN", "ROOT", "Engine", "Setting", "make", "run"]

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: the module that runs the workload on it, and words that tell its workers from its other processes."""

    module: str
    worker: str
    requirements: tuple[str, ...]
    imported: str
    """What one imports to use it."""
    arguments: tuple[str, ...] = ()


PLAIN = "plain"

ENGINES: Mapping[str, Engine] = {
    PLAIN: Engine("comparing.plain", "", (), "numpy"),
    "dask": Engine(
        "comparing.on_dask", "spawn_main", ("dask[dataframe]", "distributed"), "dask.dataframe, distributed"
    ),
    "daft": Engine("comparing.on_daft", "RaySwordfishActor", ("daft[ray]",), "daft, ray", ("flight_shuffle",)),
    "daft-store": Engine("comparing.on_daft", "RaySwordfishActor", ("daft[ray]",), "daft, ray", ("map_reduce",)),
    "spark": Engine("comparing.on_spark", "CoarseGrainedExecutorBackend", ("pyspark[sql]",), "pyspark.sql"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How the workload is run, the same for all.

    Attributes:
        articles: how many.
        source: folder with texts, or with postings when ``premade``.
        premade: whether only the join is run.
        memory_mib: what a worker may hold; 0 leaves it to the engine.
        partitions: of both shuffles.
        kill_s: seconds after the workers are there at which one is killed; none is when ``None``.
        limit_s: seconds after which a run is given up.
    """

    articles: int
    source: Path
    premade: bool
    memory_mib: int
    partitions: int
    kill_s: float | None
    limit_s: float


def run(name: str, setting: Setting) -> dict[str, Any]:
    """Run the workload on an engine; nothing is left of it but what is returned."""
    engine = ENGINES[name]
    # A short path: Ray makes sockets in it, whose names may have 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="eng-"))
    try:
        job = Job(
            articles=setting.articles,
            source=str(setting.source),
            premade=setting.premade,
            result=str(folder / "result"),
            scratch=str(folder / "w"),
            memory_mib=setting.memory_mib,
            partitions=setting.partitions,
        )
        kill = None if setting.kill_s is None or not engine.worker else Kill(engine.worker, setting.kill_s)
        command = [sys.executable, "-m", engine.module, job.as_argument(), *engine.arguments]
        cost = measured(command, folder, _environment(folder), worker=engine.worker, kill=kill, limit_s=setting.limit_s)
        return {"engine": name, **_described(setting), **_figures(cost), **_result(folder / "result", cost)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    paths = os.pathsep.join(map(str, (ROOT / "scripts", ROOT)))
    return {
        **os.environ,
        "PYTHONPATH": paths,
        "PYTHONWARNINGS": "ignore",
        "TMPDIR": str(folder),
        "OMP_NUM_THREADS": "1",
    }


def _described(setting: Setting) -> dict[str, Any]:
    return {name: value for name, value in asdict(setting).items() if name != "source"}


def _figures(cost: Cost) -> dict[str, Any]:
    return {name: round(value, 1) if isinstance(value, float) else value for name, value in asdict(cost).items()}


def _result(folder: Path, cost: Cost) -> dict[str, Any]:
    if cost.code != 0:
        return {"digest": None, "pairs": 0}
    found = list(found_in(folder))
    return {"digest": digest(found), "pairs": sum(len(each.left) for each in found)}


def make(kind: str, articles: int, folder: Path) -> Path:
    """Give a folder with texts or postings of so many articles, made now or earlier."""
    place = folder / f"{kind}-{articles}"
    if not place.exists():
        part = place.with_name(place.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        command: Sequence[str] = [sys.executable, "-m", "comparing.making", kind, str(articles), str(part)]
        subprocess.run(command, check=True, env=_environment(folder))
        part.rename(place)
    return place
