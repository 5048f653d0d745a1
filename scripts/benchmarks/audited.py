"""What ``provenance audit`` does, with an eye on the clock: how long each step takes is told by its progress."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from provenance.cli.options import Format, When
from provenance.cli.output import opened
from provenance.cli.writers import write_audit
from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions, Progress

__all__: list[str] = []


class _Clock:
    """Gives the time since the last report to the step that reports: it was at work until then."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def hear(self, progress: Progress) -> None:
        self.lap(progress.step.value)

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._since
        self._since = now


def main(articles: Path, database: Path, report: Path) -> None:
    """Audit a folder, write what was found as JSON, and print the seconds of every step."""
    clock = _Clock()
    with opened(report, When.NEVER) as sink:
        findings = audit([articles], AuditOptions(database=str(database), progress=clock.hear))
        clock.lap("store")
        write_audit(findings, Format.JSON, sink)
    clock.lap("report")
    print(json.dumps(clock.seconds))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
