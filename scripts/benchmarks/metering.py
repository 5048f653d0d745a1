"""What a command costs: wall clock, processor time and memory of it and of every process it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "FailedError", "metered"]

_SAMPLED_EVERY = 0.05  # seconds between two looks at the memory where it is read from /proc; ps takes longer itself
_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")  # bytes


class FailedError(Exception):
    """A command did not end well; the message is the last it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command cost.

    Attributes:
        wall_s: seconds from start to end.
        cpu_s: user and system seconds of the command and all its children.
        peak_mib: most memory it and all its children held at one time, in MiB. Pages that processes share count once
            for each, so this is an upper bound where a program forks.
        output: what it printed.
    """

    wall_s: float
    cpu_s: float
    peak_mib: float
    output: str


def metered(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Cost:
    """Run a command to its end and take its measure.

    Args:
        command: program and arguments.
        environment: variables set besides those there are.
        folder: where it runs; here when missing.

    Raises:
        FailedError: it could not be started or returned an error code.
    """
    variables = {**os.environ, **(environment or {})}
    before, begun = _children_cpu(), time.perf_counter()
    try:
        process = subprocess.Popen(
            list(command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables, cwd=folder, text=True
        )
    except OSError as error:
        raise FailedError(str(error)) from error
    watch = _Watch(process.pid)
    output, said = process.communicate()
    wall = time.perf_counter() - begun
    peak = watch.stop()
    if process.returncode != 0:
        raise FailedError(_last_words(said) or _last_words(output) or f"exit code {process.returncode}")
    return Cost(wall, _children_cpu() - before, max(peak, 0.0), output)


_LAST_WORDS = 3  # lines of what a failed command said: the error, and the hint below it


def _last_words(said: str) -> str:
    return " ".join(line.strip() for line in said.strip().splitlines()[-_LAST_WORDS:])


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch:
    """Looks at the memory of a process and its descendants until told to stop."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """End the watch; give the most memory seen, in MiB."""
        self._over.set()
        self._thread.join()
        return self._peak / (1 << 20)

    def _look(self) -> None:
        while True:
            self._peak = max(self._peak, _memory_of_tree(self._root))
            if self._over.wait(_SAMPLED_EVERY):
                return


def _memory_of_tree(root: int) -> int:
    """Add up the resident memory of a process and its descendants, in bytes; 0 when it is gone."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    memory: dict[int, int] = {}
    for process, parent, resident in _processes():
        children[parent].append(process)
        memory[process] = resident
    total, todo = 0, [root]
    while todo:
        process = todo.pop()
        total += memory.get(process, 0)
        todo += children[process]
    return total


def _processes() -> Iterator[tuple[int, int, int]]:
    """List every process: its number, its parent's, its resident memory in bytes."""
    return _from_proc() if sys.platform == "linux" else _from_ps()


def _from_proc() -> Iterator[tuple[int, int, int]]:
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            try:
                # After the name, which may hold blanks and brackets: state, parent, and further on the resident pages.
                fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:  # it ended as we looked
                continue
            yield int(entry.name), int(fields[1]), int(fields[21]) * _PAGE


def _from_ps() -> Iterator[tuple[int, int, int]]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        process, parent, kibibytes = map(int, line.split())
        yield process, parent, kibibytes << 10
