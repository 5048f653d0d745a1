"""Guided fuzzing: atheris varies inputs, watches which lines they reach, and keeps those that reach more.

A hunt runs in a process of its own, forked from one in which everything is loaded already: the fuzzer never returns,
and whatever kills it costs one hunt.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from fuzzing.targets import Target

__all__ = ["Hunt", "hunt", "watched_targets"]

MAX_LENGTH = 4096
"""Bytes of an input."""

HANGING = 120
"""Seconds after which a library that does not come back is killed."""

READYING = 2
"""Seeds run before the first hunt."""

MAX_MEMORY = 3000
"""Mebibytes of a process that hunts; with everything loaded it has some 600."""

_NOT_WATCHED = (
    "provenance.store",
    "provenance.cli",
    "provenance.__main__",
    "provenance.report.html",
    "provenance.report.export",
)
"""Modules that no target runs; watching costs each a tenth of a second at the start."""


@dataclass(slots=True)
class Hunt:
    """What came of one hunt."""

    target: str
    runs: int = 0
    seconds: float = 0.0
    found: dict[str, str] = field(default_factory=dict)
    """Failure → the input that showed it, as hexadecimal digits."""
    killed: str = ""
    """Why the process ended before its time; empty where it did not."""


def watched_targets() -> dict[str, Target]:
    """Load the whole program with every line of it watched, and then the targets."""
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415  has wheels for Linux only

    with _silence(), atheris.instrument_imports(include=["provenance"], enable_loader_override=False):
        package = import_module("provenance")
        for module in _modules(package.__path__):
            import_module(module)
        every = import_module("fuzzing.every")
    for target in every.TARGETS.values():
        _made_ready(target)
    return dict(every.TARGETS)


def _made_ready(target: Target) -> None:
    """Have a target load what it needs once, rather than in the process of each hunt."""
    for data in target.seeds()[:READYING]:
        with suppress(Exception):  # the hunt is there to tell of it
            target.run(data)


def _modules(folders: Sequence[str]) -> Iterator[str]:
    """Name the modules to watch, without importing those that are not."""
    for folder in map(Path, folders):
        for file in sorted(folder.rglob("*.py")):
            name = ".".join(("provenance", *file.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__")
            if not name.startswith(_NOT_WATCHED):
                yield name


@contextmanager
def _silence() -> Iterator[None]:
    """Keep from standard error the name of every module that is watched."""
    sys.stderr.flush()
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(nothing)
        os.close(kept)


def hunt(target: Target, seconds: float, *, seed: int, corpus: Path | None = None) -> Hunt:
    """Look for inputs that break a target.

    Args:
        target: of those from :func:`watched_targets`.
        seconds: how long.
        seed: of the numbers by which inputs are varied.
        corpus: folder of inputs that reached something new, read and added to; ``None`` begins with the seeds alone.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as temporary:
        folder = Path(temporary)
        outcome = folder / "outcome.json"
        sys.stdout.flush()
        child = os.fork()
        if not child:
            _hunt(target, seconds, seed, folder, corpus or folder / "corpus")
        _, status = os.waitpid(child, 0)
        told = Hunt(**json.loads(outcome.read_text("utf-8"))) if outcome.exists() else Hunt(target.name)
        if code := os.waitstatus_to_exitcode(status):
            told.killed = _why_killed(folder, code)
            for file in sorted(folder.glob("ended-*")):
                told.found.setdefault(f"killed: {file.name.split('-')[1]}", file.read_bytes().hex())
    return told


def _why_killed(folder: Path, code: int) -> str:
    log = (folder / "log").read_text("utf-8", "replace").splitlines()
    said = next((line for line in log if "ERROR" in line), log[-1] if log else "")
    return f"ended by {code}: {said[:160]}"


def _hunt(target: Target, seconds: float, seed: int, folder: Path, corpus: Path) -> NoReturn:
    """Hunt in a process that does nothing else and is never returned from."""
    import atheris  # noqa: PLC0415

    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(data[:MAX_LENGTH])
    options = [
        f"-max_len={MAX_LENGTH}",
        "-len_control=20",
        f"-seed={seed}",
        f"-timeout={HANGING}",
        f"-rss_limit_mb={MAX_MEMORY}",
        f"-artifact_prefix={folder}/ended-",
    ]
    if target.words:
        (folder / "words").write_text("\n".join(map(_quoted, target.words)) + "\n", "ascii")
        options.append(f"-dict={folder}/words")
    atheris.Setup([sys.argv[0], *options, str(corpus)], _Watch(target, seconds, folder).input)
    atheris.Fuzz()
    os._exit(0)


class _Watch:
    """Counts inputs, remembers failures, and ends the process when the time is up."""

    def __init__(self, target: Target, seconds: float, folder: Path) -> None:
        self._target = target
        self._outcome = folder / "outcome.json"
        self._hunt = Hunt(target.name)
        self._start = monotonic()
        self._seconds = seconds
        self._told = 0.0

    def input(self, data: bytes) -> None:
        """Run the target on one input; a failure is noted, and the hunt goes on."""
        from fuzzing.crashers import failure_of  # noqa: PLC0415

        failure = failure_of(self._target, data)
        self._hunt.runs += 1
        self._hunt.seconds = monotonic() - self._start
        is_over = self._hunt.seconds >= self._seconds
        if failure is not None:
            known = self._hunt.found.get(failure)
            if known is None or len(known) > 2 * len(data):
                self._hunt.found[failure] = data.hex()
        if is_over or self._hunt.seconds - self._told > 1.0:  # what ends the process later must not take this with it
            self._told = self._hunt.seconds
            self._outcome.write_text(json.dumps(asdict(self._hunt)), "utf-8")
        if is_over:
            os._exit(0)


def _quoted(word: bytes) -> str:
    """Write a word as the fuzzer's dictionaries have it."""
    plain = (chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in '"\\' else f"\\x{byte:02X}" for byte in word)
    return '"' + "".join(plain) + '"'
