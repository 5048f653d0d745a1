"""Where the pages of a report go: one file, or a file with a folder beside it."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import os
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

__all__ = ["MARK", "write_pages"]


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
    folder = f"{output.stem}-files" if output else ""
    pages = report_pages(contents, output.name if output else "report.html", folder)
    with opened(output, When.NEVER) as sink:
        sink.line(next(pages)[1])
        further = _write_folder(output, folder, pages) if output else 0
    if output and not quiet:
        say(f"{output}" + (f" and {further:,} further pages in {output.parent / folder}" if further else ""))


MARK = ".provenance-report"
"""A file that says of a folder that its pages were written here and may be replaced."""


def _write_folder(output: Path, folder: str, pages: Iterator[tuple[str, str]]) -> int:
    """Write the further pages of a report in place of those that stand there; return how many there are.

    Raises:
        UsageError: the folder holds something else than the pages of a report.
    """
    place = output.parent / folder
    first = next(pages, None)
    if first is None:
        _clear(place, needed=False)
        return 0
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{folder}.", suffix=".part") as made:
        (Path(made) / MARK).touch()
        count = 0
        for path, text in (first, *pages):
            (Path(made) / Path(path).name).write_text(text, encoding="utf-8", errors="backslashreplace")
            count += 1
        _clear(place, needed=True)
        Path(made).chmod(0o777 & ~_mask())  # its rights are those of a new folder, not of a temporary one
        Path(made).rename(place)
    return count


def _mask() -> int:
    """Give the rights new files are not to have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _clear(place: Path, *, needed: bool) -> None:
    """Remove the pages of an earlier report, so that none of them is taken for one of this; nobody else's files.

    Raises:
        UsageError: there is something else, and its place is ``needed``.
    """
    if (place / MARK).is_file() and not place.is_symlink():
        shutil.rmtree(place)
    elif needed and (place.exists() or place.is_symlink()):
        raise UsageError(
            f"{place} is there already, and not a folder of this program's pages",
            hint="Move it, or name another file with -o.",
        )
