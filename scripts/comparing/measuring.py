"""What a run costs: time, memory and disk of a process and all it starts; and the killing of a worker in the middle."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Cost", "Kill", "measured"]

_EVERY = 0.5  # seconds between two looks
_END = 5.0  # seconds processes may take to end after the one that started them
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
_TICK = os.sysconf("SC_CLK_TCK")
_MEBIBYTE = 1 << 20
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Kill:
    """A worker to be killed.

    Attributes:
        command: words in the command line of a worker, and of nothing else an engine starts.
        after_s: seconds after the engine was ready.
    """

    command: str
    after_s: float


@dataclass(slots=True)
class Cost:
    """What one run cost.

    Attributes:
        wall_s: seconds from start to end.
        ready_s: seconds until the engine's workers were there.
        cpu_s: user and system seconds of all processes.
        peak_mib: most memory all processes held at one time, shared pages counted once (proportional set size).
        largest_mib: most that one process held.
        worker_mib: most that one worker held, with the processes it started.
        disk_mib: most there was in the folder for temporary files.
        processes: most there were at one time.
        killed: processes killed on purpose.
        left: processes that had not ended by themselves some seconds after the first had.
        code: exit code of the first process; ``None`` when it was ended for taking too long.
        said: last lines of its errors.
    """

    wall_s: float = 0.0
    ready_s: float = 0.0
    cpu_s: float = 0.0
    peak_mib: float = 0.0
    largest_mib: float = 0.0
    worker_mib: float = 0.0
    disk_mib: float = 0.0
    processes: int = 0
    killed: list[int] = field(default_factory=list)
    left: int = 0
    code: int | None = None
    said: str = ""


def measured(  # noqa: PLR0913  what runs and where, and how it is watched
    command: Sequence[str],
    folder: Path,
    environment: dict[str, str],
    *,
    worker: str,
    kill: Kill | None = None,
    limit_s: float = 3600.0,
) -> Cost:
    """Run a command to its end and see to it that nothing it started is left.

    Args:
        command: program and arguments; what it reaches it prints as :func:`comparing.job.told` does.
        folder: where it runs, and where its temporary files are.
        environment: its variables.
        worker: words in the command line of a worker; empty when there are none.
        kill: a worker to be killed.
        limit_s: seconds after which it is ended.
    """
    # What loses its parent becomes a child of this process: so its time is counted, and it is ended.
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    cost = Cost()
    before, begun = _children_cpu(), time.perf_counter()
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            list(command), stdout=subprocess.PIPE, stderr=said, env=environment, cwd=folder, text=True
        )
    watch = _Watch(process.pid, folder, worker, cost)
    listener = threading.Thread(target=_listen, args=(process, begun, cost, kill, watch), daemon=True)
    listener.start()
    with suppress(subprocess.TimeoutExpired):
        cost.code = process.wait(limit_s)
    cost.wall_s = time.perf_counter() - begun
    watch.stop()
    cost.left = _ended(process)
    cost.cpu_s = max(_children_cpu() - before, watch.cpu_s)
    cost.said = " | ".join((folder / "said").read_text("utf-8", "replace").strip().splitlines()[-3:])[-600:]
    return cost


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _listen(process: subprocess.Popen[str], begun: float, cost: Cost, kill: Kill | None, watch: _Watch) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        with suppress(ValueError, TypeError, KeyError):
            if json.loads(line)["reached"] == "ready":
                cost.ready_s = time.perf_counter() - begun
                if kill is not None:
                    threading.Timer(kill.after_s, watch.kill, (kill.command,)).start()


def _ended(process: subprocess.Popen[str]) -> int:
    """Wait for all children, and end those that do not end; return how many there were."""
    until = time.monotonic() + _END
    if process.poll() is None:
        process.kill()
        process.wait()
    while _descendants(os.getpid()) and time.monotonic() < until:
        _reap()
        time.sleep(0.05)
    left = len(_descendants(os.getpid()))
    while remaining := _descendants(os.getpid()):
        for each in remaining:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        _reap()
        time.sleep(0.05)
    return left


def _reap() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


class _Watch:
    """Looks at a process and its descendants until told to stop."""

    def __init__(self, root: int, folder: Path, worker: str, cost: Cost) -> None:
        self._root, self._folder, self._worker, self._cost = root, folder, worker, cost
        self._cpu: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    @property
    def cpu_s(self) -> float:
        """Seconds of all processes seen, as far as they were seen."""
        return sum(self._cpu.values())

    def kill(self, command: str) -> None:
        """Kill one worker, as the kernel does when memory runs out; wait for one if there is none yet."""
        while not self._over.is_set():
            for process in sorted(_tree(self._root)):
                if command in _command(process):
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
                        self._cost.killed.append(process)
                    return
            self._over.wait(_EVERY)

    def _look(self) -> None:
        cost = self._cost
        while not self._over.wait(_EVERY):
            tree = _tree(self._root)
            memory = {process: _proportional(process) for process in tree}
            for process in tree:
                self._cpu[process] = max(self._cpu.get(process, 0.0), _cpu(process))
            cost.processes = max(cost.processes, len(tree))
            cost.peak_mib = max(cost.peak_mib, sum(memory.values()))
            cost.largest_mib = max(cost.largest_mib, *memory.values(), 0.0)
            for process in tree:
                if self._worker and self._worker in _command(process):
                    cost.worker_mib = max(cost.worker_mib, sum(memory.get(each, 0.0) for each in _tree(process)))
            cost.disk_mib = max(cost.disk_mib, _size(self._folder))


def _tree(root: int) -> list[int]:
    return [root, *_descendants(root)]


def _descendants(root: int) -> list[int]:
    found = _children(root)
    for process in found:
        found += _children(process)  # grows while it is gone through: the whole tree
    return found


def _children(process: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for thread in (_PROC / str(process) / "task").iterdir():
            with suppress(OSError):
                found += map(int, (thread / "children").read_text().split())
    return found


def _command(process: int) -> str:
    try:
        return (_PROC / str(process) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def _cpu(process: int) -> float:
    try:
        fields = (_PROC / str(process) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def _proportional(process: int) -> float:
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _size(folder: Path) -> float:
    return sum(_sizes(folder)) / _MEBIBYTE


def _sizes(folder: Path) -> Iterator[int]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield entry.stat().st_blocks * 512
