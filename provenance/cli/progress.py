"""How far a call has come, on standard error."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from provenance.pipeline.options import Progress, Step, silent

if TYPE_CHECKING:
    from rich.progress import Progress as Display
    from rich.progress import TaskID

__all__ = ["progress_shown"]

_LOG: Final = logging.getLogger(__name__)

_WORDS: Final = {
    Step.READ: "Reading",
    Step.LEARN: "Learning what belongs to the sites",
    Step.INSPECT: "Reading credits",
    Step.MATCH: "Looking for shared text",
    Step.TRACE: "Tracing derivations",
    Step.STORE: "Storing",
}


@contextmanager
def progress_shown(*, wanted: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield a listener that logs each step as it ends and draws progress bars, unless unwanted or nobody saw them."""
    with _bars_shown(wanted=wanted) as bars:
        if not _LOG.isEnabledFor(logging.INFO):
            yield bars
            return
        steps = _Steps(bars)
        yield steps
        steps.end()


@contextmanager
def _bars_shown(*, wanted: bool) -> Iterator[Callable[[Progress], None]]:
    if not wanted or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Display

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        yield _Listener(display)


class _Steps:
    """Logs how far each step came, once the next one begins or the call ends, and passes reports on."""

    def __init__(self, following: Callable[[Progress], None]) -> None:
        self._following = following
        self._last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        if self._last is not None and self._last.step is not progress.step:
            self.end()
        self._last = progress
        self._following(progress)

    def end(self) -> None:
        """Log the step at hand, if any."""
        if self._last is None:
            return
        total = f" of {self._last.total:,}" if self._last.total is not None else ""
        count = f": {self._last.done:,}{total}" if self._last.done or total else ""
        _LOG.info("%s%s", _WORDS[self._last.step], count)
        self._last = None


class _Listener:
    """Turns progress reports into one bar a step."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._tasks: dict[Step, TaskID] = {}

    def __call__(self, progress: Progress) -> None:
        if progress.step not in self._tasks:
            self._tasks[progress.step] = self._display.add_task(_WORDS[progress.step], total=progress.total)
        self._display.update(self._tasks[progress.step], completed=progress.done, total=progress.total)
