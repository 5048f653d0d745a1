"""Files behind an address, such as ``s3://bucket/articles/``: listed and opened through fsspec (extra ``cluster``).

Nothing here is reached unless somebody names an address: what a file or a folder holds never leads to one. Which kinds
of address there are, and with what credentials, is fsspec's to know; ``s3://`` needs its package ``s3fs``, and so on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any, cast

from provenance.errors import NotFoundError, UsageError
from provenance.model import Unreadable
from provenance.read.reasons import NO_FILE
from provenance.read.source import SourceFile

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["is_address", "listed", "opened"]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+(?:::|://)", re.IGNORECASE)
"""How an address begins. One letter before a colon is a drive."""
_GLOB = re.compile(r"[*?\[]")
_BUFFER = 1 << 20
"""Bytes fetched at once at least: a request for each line would take for ever."""


def is_address(given: str) -> bool:
    """Say whether what a user gave is an address rather than a path."""
    return _ADDRESS.match(given) is not None


def listed(address: str) -> Iterator[SourceFile | Unreadable]:
    """List the files behind an address: of a folder all below it, of a pattern all that fit, sorted by name.

    Hidden files and folders are passed over, as those of a disk are. A manifest is a table like any other.

    Raises:
        NotFoundError: nothing is there.
        UsageError: fsspec, or its package for this kind of address, is not installed, or it cannot be reached.
    """
    system, root = _system(address)
    try:
        found = dict(_found(system, root))
    except OSError as error:
        raise NotFoundError(
            f"{address} cannot be listed: {_said(error)}", hint="Check address and credentials."
        ) from error
    if not found:
        raise NotFoundError(f"nothing is found at {address}", hint="Check the spelling, and who may read it.")
    above = _folder(root)
    for path, told in sorted(found.items()):
        name = path.removeprefix(above).lstrip("/") or path.rpartition("/")[2]
        if any(part.startswith(".") for part in name.split("/")):
            continue
        shown = system.unstrip_protocol(path)
        if told.get("type") != "file":
            yield Unreadable(shown, NO_FILE)
        else:
            yield SourceFile(None, shown, name, int(told.get("size") or 0), _changed(told), address=shown)


def _system(address: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  optional, and for addresses only
    except ImportError:
        raise UsageError(
            f"{address} is an address, and what reads addresses is not installed",
            hint="Run pip install 'news-provenance[cluster]', or name a file or folder.",
        ) from None
    try:
        system, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address} cannot be reached: {_said(error)}", hint="Check the kind of address.") from error
    return system, cast("str", root)


def _found(system: AbstractFileSystem, root: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if _GLOB.search(root) and not system.exists(root):
        yield from system.glob(root, detail=True).items()
    elif system.isdir(root):
        yield from system.find(root, detail=True).items()
    elif system.exists(root):
        yield root, system.info(root)


def _folder(root: str) -> str:
    """Give the folder that names are shown below: of a pattern the part before its first sign."""
    pattern = _GLOB.search(root)
    return root[: root.rfind("/", 0, pattern.start()) + 1] if pattern else root


def _changed(told: Mapping[str, Any]) -> int:
    """Give the time of last change in nanoseconds since 1970; 0 where the store of files does not tell."""
    for name in ("mtime", "LastModified", "last_modified", "created"):
        when = told.get(name)
        if isinstance(when, datetime):
            return int(when.timestamp() * 1e9)
        if isinstance(when, int | float):
            return int(when * 1e9)
    return 0


def opened(address: str) -> io.BufferedReader:
    """Open a file behind an address.

    Raises:
        OSError: it cannot be opened.
        UsageError: as for :func:`listed`.
    """
    system, path = _system(address)
    return io.BufferedReader(_Raw(system.open(path, "rb")), _BUFFER)


class _Raw(io.RawIOBase):
    """What fsspec opens, as the standard library would have it: not all of its files can be read into a buffer."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  any writable buffer
        view = memoryview(buffer).cast("B")
        taken = self._file.read(len(view))
        view[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _said(error: BaseException) -> str:
    """Give the first line of what an error says."""
    return (str(error).strip() or type(error).__name__).partition("\n")[0]
