"""Finding what to read below the paths a user gives."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from provenance.errors import NotFoundError
from provenance.model import Unreadable
from provenance.read.registry import is_supported
from provenance.read.source import SourceFile

__all__ = ["STANDARD_INPUT", "discover"]

STANDARD_INPUT = "-"


def discover(paths: Sequence[str], *, skip: Collection[Path] = ()) -> Iterator[SourceFile | Unreadable]:
    """List what there is to read: paths in the order given, folders sorted by name and with all folders below them.

    Hidden files and folders are passed over unless named themselves; links are followed once, so that a loop ends and
    a file reached twice is read once. What a folder holds and no reader knows is listed as unreadable rather than
    lost. Standard input is ``-``.

    Args:
        paths: folders, files or ``-``.
        skip: files to leave out without a word, such as the program's own database.

    Raises:
        NotFoundError: a given path is not there; raised before anything is listed.
    """
    for given in paths:
        if given != STANDARD_INPUT and not os.path.lexists(given):
            raise NotFoundError(f"{given} does not exist", hint="Check the spelling and the folder you are in.")
    return _Walk(skip).run(paths)


class _Walk:
    """One listing; remembers what was reached, by resolved path."""

    def __init__(self, skip: Collection[Path]) -> None:
        self._seen = {os.path.realpath(path) for path in skip}

    def run(self, paths: Sequence[str]) -> Iterator[SourceFile | Unreadable]:
        for given in paths:
            if given != STANDARD_INPUT:
                yield from self._given(given)
            elif self._is_new(STANDARD_INPUT):
                yield SourceFile(path=None, source=STANDARD_INPUT, name=STANDARD_INPUT)

    def _given(self, given: str) -> Iterator[SourceFile | Unreadable]:
        real = os.path.realpath(given)
        if not os.path.isdir(real):  # noqa: PTH112  os.scandir below works on strings: one form throughout
            if self._is_new(real):
                yield _source_file(given, given, os.path.basename(given))  # noqa: PTH119  as above
            return
        pending = [(given.rstrip("/") or "/", "", real)]
        while pending:
            shown, relative, real = pending.pop()
            if not self._is_new(real):
                continue
            entries = _entries(shown)
            if isinstance(entries, Unreadable):
                yield entries
                continue
            folders: list[tuple[str, str, str]] = []
            for entry in entries:
                place = (_join(shown, entry.name), _join(relative, entry.name), _real(entry, real))
                if _is_folder(entry):
                    folders.append(place)
                else:
                    yield from self._entry(*place)
            pending.extend(reversed(folders))

    def _entry(self, shown: str, relative: str, real: str) -> Iterator[SourceFile | Unreadable]:
        if not self._is_new(real):
            return
        found = _source_file(shown, shown, relative)
        if isinstance(found, SourceFile) and not is_supported(relative):
            suffix = "".join(Path(relative).suffixes[-2:]) or "no suffix"
            found = Unreadable(found.source, f"not a kind of file this program reads ({suffix})")
        yield found

    def _is_new(self, real: str) -> bool:
        if real in self._seen:
            return False
        self._seen.add(real)
        return True


def _join(folder: str, name: str) -> str:
    if not folder:
        return name
    return f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}"


def _entries(folder: str) -> list[os.DirEntry[str]] | Unreadable:
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        return Unreadable(_printable(folder), f"folder cannot be listed: {error.strerror or error}")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _real(entry: os.DirEntry[str], folder: str) -> str:
    # Only a link needs the file system to tell where it leads; in a million files that is what listing costs.
    return os.path.realpath(entry.path) if entry.is_symlink() else _join(folder, entry.name)


def _source_file(path: str, shown: str, name: str) -> SourceFile | Unreadable:
    try:
        status = os.stat(path)  # noqa: PTH116  strings throughout: see above
    except OSError as error:
        reason = "link leads nowhere" if os.path.islink(path) else f"cannot be read: {error.strerror or error}"  # noqa: PTH114  as above
        return Unreadable(_printable(shown), reason)
    if not stat.S_ISREG(status.st_mode):
        return Unreadable(_printable(shown), "not a regular file (device, pipe or socket)")
    return SourceFile(Path(path), _printable(shown), _printable(name), status.st_size, status.st_mtime_ns)


def _printable(path: str) -> str:
    """Spell out the bytes of a name that is not UTF-8: such a name can be opened, but not written to a report."""
    return path.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode("utf-8")
