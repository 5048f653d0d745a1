"""Copies of an SQLite store, made before its schema changes."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from provenance.errors import StoreError

__all__ = ["copy_store"]


def copy_store(path: Path, revision: str) -> Path:
    """Copy an SQLite file with all that its journal holds; return where the copy lies.

    The copy stands beside the original, is named after the revision it holds, replaces nothing, and may be read by
    those who may read the original. It appears whole or not at all: until then it has a hidden name that ends in
    ``.part``.

    Raises:
        StoreError: there is no room for it, or nothing may be written beside the original.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        os.close(descriptor)
        part = Path(name)
        try:
            _fill(part, path)
            return part.rename(_free_name(path, revision))
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(
            f"{path} is as it was: no copy of it could be made beside it ({reason})",
            hint=f"See that its folder may be written to and has {_mebibytes(path)} MB free, then try again.",
        ) from error


def _fill(part: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(part)) as target:
        original.backup(target)
    part.chmod(path.stat().st_mode & 0o777)
    with part.open("rb") as written:
        os.fsync(written.fileno())  # what is done to the original next must not reach the disk before its copy


def _free_name(path: Path, revision: str) -> Path:
    first = path.with_name(f"{path.name}.schema-{revision}")
    later = (first.with_name(f"{first.name}-{number}") for number in count(1))
    return first if not first.exists() else next(name for name in later if not name.exists())


def _mebibytes(path: Path) -> int:
    return (path.stat().st_size >> 20) + 1
