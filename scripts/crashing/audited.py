"""An audit in a process of its own, made to be killed: it says on standard output how far it has come."""

from __future__ import annotations

import sys
from pathlib import Path

from provenance.cli.options import Format, When
from provenance.cli.output import opened
from provenance.cli.writers import write_audit
from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions, Progress

__all__ = ["REPORT", "START"]

START, REPORT = "start", "report"
"""What comes before the first step of an audit and after the last."""


def main(articles: str, database: str, report: str, workers: str) -> None:
    """Audit what lies in the working directory and write what was found as JSON."""
    print(START, 0, flush=True)
    with opened(Path(report), When.NEVER) as sink:
        findings = audit([articles], AuditOptions(database=database, workers=int(workers), progress=_tell))
        print(REPORT, 0, flush=True)
        write_audit(findings, Format.JSON, sink)


def _tell(progress: Progress) -> None:
    print(progress.step.value, progress.done, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
