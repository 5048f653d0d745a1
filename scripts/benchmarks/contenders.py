"""Who is measured: the program, and what people use instead, each in a process of its own.

Peers have an environment of their own as well, ``.venv-bench``: the program needs none of them.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.metering import Cost, FailedError, metered
from benchmarks.scoring import Score, score
from benchmarks.stages import load_pairs, read_stages

__all__ = ["OURS", "PATHS", "PEERS", "REQUIREMENTS", "ROOT", "Contender", "Run", "peer", "pinned_version", "run_rounds"]

ROOT = Path(__file__).resolve().parents[2]
PEERS_ENVIRONMENT = ROOT / ".venv-bench"
PATHS = os.pathsep.join(map(str, (ROOT / "scripts", ROOT)))
"""Where what is run finds its modules: these, and the program beside them."""

REQUIREMENTS = Path(__file__).with_name("peers") / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Contender:
    """Someone to measure: a module that is given a corpus and a file for the pairs it finds."""

    name: str
    python: Path
    module: str


OURS = Contender("us", Path(sys.executable), "benchmarks.ours")

PEERS: Mapping[str, str] = {
    "datasketch": "benchmarks.peers.minhash_datasketch",
    "rensa": "benchmarks.peers.minhash_rensa",
}
"""The module that runs each peer, by the name of its package."""


@dataclass(frozen=True, slots=True)
class Run:
    """One contender's run over one corpus."""

    cost: Cost
    stages: Mapping[str, float]
    score: Score


def peer(name: str) -> Contender:
    """Give a peer, installed now or earlier; peers share one environment, which is nobody else's.

    Raises:
        FailedError: it cannot be installed, with the last thing said about it.
    """
    _install(name)
    return Contender(name, _peers_python(), PEERS[name])


def _peers_python() -> Path:
    return PEERS_ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"


def _install(name: str) -> None:
    pins = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    stamp = PEERS_ENVIRONMENT / f".{name}"
    if stamp.exists() and stamp.read_text("utf-8") == pins and _peers_python().exists():
        return
    print(f"Installing {name} into {PEERS_ENVIRONMENT.name} ...", file=sys.stderr)
    if not _peers_python().exists():
        venv.create(PEERS_ENVIRONMENT, with_pip=True, clear=True)
    quiet = ("--disable-pip-version-check", "--no-input", "--quiet")
    metered([str(_peers_python()), "-m", "pip", "install", *quiet, "-c", str(REQUIREMENTS), name])
    stamp.write_text(pins, encoding="utf-8")


def pinned_version(name: str) -> str:
    """Give the version a peer is pinned to."""
    pins = dict(line.split("==") for line in REQUIREMENTS.read_text("utf-8").split() if "==" in line)
    return pins[name]


def run_rounds(
    contenders: Sequence[Contender], corpus: Corpus, rounds: int
) -> Mapping[str, Sequence[Run] | FailedError]:
    """Run everybody over a corpus in turn, as many rounds as asked: what disturbs the machine disturbs all.

    Whoever fails is not run again; the others are.
    """
    done: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    failed: dict[str, FailedError] = {}
    for number in range(rounds):
        for contender in contenders:
            if contender.name not in failed:
                print(
                    f"{contender.name}: {len(corpus):,} articles, round {number + 1} of {rounds} ...", file=sys.stderr
                )
                try:
                    done[contender.name].append(_run(contender, corpus))
                except FailedError as error:
                    failed[contender.name] = error
    return {**done, **failed}


def _run(contender: Contender, corpus: Corpus) -> Run:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        found = Path(folder) / "pairs.npy"
        command = [str(contender.python), "-m", contender.module, str(corpus.folder), str(found)]
        cost = metered(command, environment={"PYTHONPATH": PATHS}, folder=Path(folder))
        return Run(cost, read_stages(cost.output), score(corpus.truth(), *load_pairs(found)))
