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
from itertools import count
from pathlib import Path

__all__ = ["Cost", "FailedError", "metered"]

_SAMPLED_EVERY = 0.05  # seconds between two looks at the memory where it is read from /proc; ps takes longer itself
_PROPORTIONAL_EVERY = 10  # looks; it takes the system some milliseconds to add it up
_MEBIBYTE = 1 << 20
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
        peak_mib: most resident memory it and all its children held at one time, in MiB. Pages that processes share
            count once for each, so this is an upper bound where a program forks.
        peak_pss_mib: the same with shared pages counted once (proportional set size); looked at less often, and
            ``None`` where the system does not tell.
        output: what it printed.
    """

    wall_s: float
    cpu_s: float
    peak_mib: float
    peak_pss_mib: float | None
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
    watch.stop()
    if process.returncode != 0:
        raise FailedError(_last_words(said) or _last_words(output) or f"exit code {process.returncode}")
    return Cost(wall, _children_cpu() - before, watch.resident_mib, watch.proportional_mib, output)


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
        self._resident = 0
        self._proportional = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watch."""
        self._over.set()
        self._thread.join()

    @property
    def resident_mib(self) -> float:
        """Most resident memory seen."""
        return self._resident / _MEBIBYTE

    @property
    def proportional_mib(self) -> float | None:
        """Most memory seen with shared pages counted once."""
        return self._proportional / _MEBIBYTE if self._proportional else None

    def _look(self) -> None:
        for looked in count():
            tree = _tree(self._root)
            self._resident = max(self._resident, sum(tree.values()))
            if looked % _PROPORTIONAL_EVERY == 0:
                self._proportional = max(self._proportional, sum(map(_proportional, tree)))
            if self._over.wait(_SAMPLED_EVERY):
                return


def _tree(root: int) -> Mapping[int, int]:
    """Give the resident memory of a process and of each of its descendants, in bytes, by number; of none when gone."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    memory: dict[int, int] = {}
    for process, parent, resident in _processes():
        children[parent].append(process)
        memory[process] = resident
    found: dict[int, int] = {}
    todo = [root]
    while todo:
        process = todo.pop()
        if process in memory:
            found[process] = memory[process]
        todo += children[process]
    return found


def _proportional(process: int) -> int:
    """Give the memory of a process in bytes, pages it shares with others divided among them; 0 when nobody tells."""
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)


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
