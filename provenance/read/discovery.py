"""Finding what to read below the paths a user gives."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from provenance.errors import NotFoundError
from provenance.model import Unreadable
from provenance.read.manifest import Manifest, is_manifest_name, read_manifest
from provenance.read.own_output import OWN_OUTPUT, is_own_file, may_be_own
from provenance.read.reasons import NO_FILE
from provenance.read.registry import is_supported
from provenance.read.source import SourceFile, Statement

__all__ = ["STANDARD_INPUT", "discover"]

_LOG = logging.getLogger(__name__)

STANDARD_INPUT = "-"
_LEADS_OUT = "a link that leads out of the folder; name what it leads to as well, and it is read"


def discover(paths: Sequence[str], *, skip: Collection[Path] = ()) -> Iterator[SourceFile | Unreadable]:
    """List what there is to read: paths in the order given, folders sorted by name and with all folders below them.

    Hidden files and folders are passed over unless named themselves; links are followed once, so that a loop ends and
    a file reached twice is read once. A link that leads out of everything given is listed and not followed: a folder
    from a stranger may point at the letters of whoever audits it. What a folder holds and no reader knows is listed
    as unreadable rather than lost; a file this program prints into is listed as its own report. What a
    ``manifest.csv`` in a folder says of its files is noted with them. Standard input is ``-``.

    Args:
        paths: folders, files or ``-``.
        skip: files to leave out without a word, such as the program's own database.

    Raises:
        NotFoundError: a given path is not there; raised before anything is listed.
    """
    for given in paths:
        if given != STANDARD_INPUT and not os.path.lexists(given):
            raise NotFoundError(f"{given} does not exist", hint="Check the spelling and the folder you are in.")
    walk = _Walk(skip, [os.path.realpath(given) for given in paths if given != STANDARD_INPUT])
    return _counted(walk.run(paths), paths)


def _counted(found: Iterator[SourceFile | Unreadable], paths: Sequence[str]) -> Iterator[SourceFile | Unreadable]:
    """Pass on what is found, and log how much there was."""
    readable, other = 0, 0
    for each in found:
        readable += isinstance(each, SourceFile)
        other += isinstance(each, Unreadable)
        yield each
    files, others = "file" if readable == 1 else "files", "other" if other == 1 else "others"
    _LOG.info("found in %s: %s %s to read, %s %s", ", ".join(paths), f"{readable:,}", files, f"{other:,}", others)


class _Walk:
    """One listing; remembers what was reached, by resolved path."""

    def __init__(self, skip: Collection[Path], given: Sequence[str]) -> None:
        self._seen = {os.path.realpath(path) for path in skip}
        self._given_places = given

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
        manifests = _Manifests()
        pending = [(given.rstrip("/") or "/", "", real)]
        while pending:
            shown, relative, real = pending.pop()
            if not self._is_new(real):
                continue
            entries = _entries(shown)
            if isinstance(entries, Unreadable):
                yield entries
                continue
            yield from self._manifest(entries, shown, relative, manifests)
            folders: list[tuple[str, str, str]] = []
            for entry in entries:
                place = (_join(shown, entry.name), _join(relative, entry.name), _real(entry, real))
                if self._leads_out(entry, place[2]):
                    manifests.leads_out(place[1])
                    yield Unreadable(_printable(place[0]), _LEADS_OUT)
                elif _is_folder(entry):
                    folders.append(place)
                else:
                    stated = manifests.statement(place[1])
                    yield from (_told(found, stated) for found in self._entry(*place))
            pending.extend(reversed(folders))
        yield from manifests.unmet()

    def _manifest(
        self, entries: Sequence[os.DirEntry[str]], shown: str, relative: str, manifests: _Manifests
    ) -> Iterator[Unreadable]:
        """Read the manifest of a folder, where it has one, which is then no table of articles."""
        for entry in entries:
            if not is_manifest_name(entry.name) or not _is_file(entry):
                continue
            if self._leads_out(entry, os.path.realpath(entry.path)):
                continue  # and is listed with the other entries
            found = read_manifest(Path(entry.path), _printable(_join(shown, entry.name)))
            if found is not None:
                self._is_new(_real(entry, os.path.realpath(shown)))
            if isinstance(found, Manifest):
                manifests.add(relative, found)
            elif found is not None:
                yield found

    def _entry(self, shown: str, relative: str, real: str) -> Iterator[SourceFile | Unreadable]:
        if not self._is_new(real):
            return
        found = _source_file(shown, shown, relative)
        if isinstance(found, SourceFile) and not is_supported(relative):
            suffix = "".join(Path(relative).suffixes[-2:]) or "no suffix"
            own = may_be_own(Path(relative).suffix.lower()) and is_own_file(shown)
            reason = OWN_OUTPUT if own else f"not a kind of file this program reads ({suffix})"
            found = Unreadable(found.source, reason)
        yield found

    def _leads_out(self, entry: os.DirEntry[str], real: str) -> bool:
        """Say whether an entry is a link to something that is not below anything given."""
        if not entry.is_symlink() or not os.path.exists(real):  # noqa: PTH110  as above
            return False
        return not any(real == place or real.startswith(_join(place, "")) for place in self._given_places)

    def _is_new(self, real: str) -> bool:
        if real in self._seen:
            return False
        self._seen.add(real)
        return True


class _Manifests:
    """The manifests met in one folder and those below it, each for the files below itself."""

    def __init__(self) -> None:
        self._in: dict[str, list[Manifest]] = {}

    def add(self, folder: str, manifest: Manifest) -> None:
        self._in.setdefault(folder, []).append(manifest)

    def statement(self, name: str) -> Statement | None:
        """Give what is stated of a file; of several manifests the nearest decides."""
        stated = None
        for manifest, path in self._above(name):
            stated = manifest.statement(path) or stated
        return stated

    def leads_out(self, name: str) -> None:
        """Note that an entry is a link out of what is audited; a row that names it was not overlooked."""
        for manifest, path in self._above(name):
            manifest.leads_out(path)

    def unmet(self) -> Iterator[Unreadable]:
        for manifests in self._in.values():
            for manifest in manifests:
                yield from manifest.unmet()

    def _above(self, name: str) -> Iterator[tuple[Manifest, str]]:
        """Give the manifests a name stands below, outermost first, and how each would call it."""
        folder, path = "", name
        while self._in:
            for manifest in self._in.get(folder, ()):
                yield manifest, _printable(path)
            first, stroke, path = path.partition("/")
            if not stroke:
                return
            folder = _join(folder, first)


def _told(found: SourceFile | Unreadable, stated: Statement | None) -> SourceFile | Unreadable:
    return replace(found, stated=stated) if stated is not None and isinstance(found, SourceFile) else found


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


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
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
        return Unreadable(_printable(shown), NO_FILE)
    if (status.st_dev, status.st_ino) in _written_into():
        return Unreadable(_printable(shown), OWN_OUTPUT)
    return SourceFile(Path(path), _printable(shown), _printable(name), status.st_size, status.st_mtime_ns)


def _written_into() -> Iterator[tuple[int, int]]:
    """Give the files this program prints into, by device and number: a shell makes them before it is called."""
    for descriptor in (1, 2):
        with suppress(OSError):  # it is closed
            status = os.fstat(descriptor)
            yield status.st_dev, status.st_ino


def _printable(path: str) -> str:
    """Spell out the bytes of a name that is not UTF-8: such a name can be opened, but not written to a report."""
    return path.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode("utf-8")
