"""Where the pages of a report go: one file, or a file with a folder beside it."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.cli.options import When
from provenance.cli.output import opened, say
from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.report.html.contents import ReportContents

__all__ = ["write_pages"]


def write_pages(contents: ReportContents, output: Path | None, *, quiet: bool = False) -> None:
    """Write a report to a file, or to standard output where that is no terminal and one page holds it.

    Raises:
        UsageError: no file is named and there is no other place to write to, or it cannot be written.
    """
    from provenance.report.html.page import is_one_page, report_pages

    if output is None and not is_one_page(contents.findings):
        raise UsageError("this audit is too large for one page", hint="Name a file for the first one: -o report.html.")
    if output is None and sys.stdout.isatty():
        raise UsageError("a page is nothing to read in a terminal", hint="Name a file: -o report.html.")
    if output is not None and output.is_dir():
        raise UsageError(f"{output} is a folder", hint=f"Name a file in it: -o {output / 'report.html'}.")
    folder = f"{output.stem}-files" if output else ""
    pages = report_pages(contents, output.name if output else "report.html", folder)
    with opened(output, When.NEVER) as sink:
        sink.line(next(pages)[1])
        further = _write_folder(output, folder, pages) if output else 0
    if output and not quiet:
        say(f"{output}" + (f" and {further:,} further pages in {output.parent / folder}" if further else ""))


def _write_folder(output: Path, folder: str, pages: Iterator[tuple[str, str]]) -> int:
    """Write the further pages of a report in place of those that stand there; return how many there are."""
    first = next(pages, None)
    if first is None:
        return 0
    place = output.parent / folder
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{folder}.", suffix=".part") as made:
        count = 0
        for path, text in (first, *pages):
            (Path(made) / Path(path).name).write_text(text, encoding="utf-8", errors="backslashreplace")
            count += 1
        if place.exists():
            shutil.rmtree(place)
        shutil.copytree(made, place)
    return count
