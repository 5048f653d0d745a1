"""Inputs that broke a target: how they are told apart, made small, and kept.

A crasher is a file of the bytes themselves, ``tests/fault/crashers/TARGET/NAME``. It stays when what it showed is
mended: the tests run all of them through their targets ever after.
"""

from __future__ import annotations

import hashlib
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType

from fuzzing.targets import Target

__all__ = ["CRASHERS", "TooSlow", "failure_of", "keep", "smaller"]

CRASHERS = Path(__file__).resolve().parents[2] / "tests" / "fault" / "crashers"

PATIENCE = 8.0
"""Seconds of processor time one input of a few kilobytes may take, watched line by line, with everything that is loaded
when first needed; real pages of that size take some hundredths."""

SHRINKING = 20.0
"""Seconds after which a crasher is small enough."""


class TooSlow(BaseException):
    """An input took longer than :data:`PATIENCE`."""


def failure_of(target: Target, data: bytes) -> str | None:
    """Run a target; name the kind of failure and where it arose, or ``None`` where all went well."""
    found = _failure_of(target, data)
    # What is loaded when first needed is not the input's fault: only what is slow twice is slow.
    return _failure_of(target, data) if found is not None and found.startswith(TooSlow.__name__) else found


def _failure_of(target: Target, data: bytes) -> str | None:
    try:
        with _impatient():
            target.run(data)
    except TooSlow:
        return f"{TooSlow.__name__}: {PATIENCE:g} seconds and not done"
    except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
        return _signature(error)
    return None


def _signature(error: BaseException) -> str:
    """Name an exception by its class and the innermost line of the program it passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/provenance/" in frame.filename] or frames
    last = ours[-1] if ours else None
    where = f"{last.filename.rpartition('/provenance/')[2]}:{last.lineno}" if last is not None else "?"
    said = str(error) if type(error).__name__ == "BrokenPromiseError" else ""
    return f"{type(error).__name__}: {said or where}"


@contextmanager
def _impatient() -> Iterator[None]:
    """Interrupt what takes too long, and again each second should that get lost in a callback."""
    before = signal.signal(signal.SIGPROF, _interrupt)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise TooSlow


def smaller(target: Target, data: bytes, failure: str) -> bytes:
    """Cut out of a crasher whatever it fails without, until nothing more can go or the time is up."""
    until = monotonic() + SHRINKING
    size = max(1, len(data) // 2)
    while size and monotonic() < until:
        at, gone = 0, False
        while at < len(data) and monotonic() < until:
            without = data[:at] + data[at + size :]
            if failure_of(target, without) == failure:
                data, gone = without, True
            else:
                at += size
        size = size if gone and size > 1 else size // 2
    return data


def keep(folder: Path, target: str, data: bytes) -> Path:
    """Write a crasher down, named after what it holds."""
    file = folder / target / hashlib.sha256(data).hexdigest()[:12]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file
