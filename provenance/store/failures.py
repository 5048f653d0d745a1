"""What a database complains of, said so that a person knows the cause and the next step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from provenance.errors import StoreError

__all__ = ["explained", "said_by_sqlite"]

_SQLITE = {
    "SQLITE_BUSY": ("is in use by another program", "Wait for the other audit to end and try again."),
    "SQLITE_LOCKED": ("is in use by another program", "Wait for the other audit to end and try again."),
    "SQLITE_READONLY": ("may not be written to", "Allow writing to the file and its folder, or choose another --db."),
    "SQLITE_PERM": ("may not be written to", "Allow writing to the file and its folder, or choose another --db."),
    "SQLITE_AUTH": ("may not be written to", "Allow writing to the file and its folder, or choose another --db."),
    "SQLITE_NOTADB": ("is not a database", "Choose another file with --db."),
    "SQLITE_CORRUPT": ("is damaged", "Restore it from a copy, or audit again into a new file with --db."),
    "SQLITE_FULL": ("cannot grow: no space is left", "Free some space and run the audit again; it goes on from here."),
    "SQLITE_IOERR": ("cannot be read or written: the disk failed", "Check the disk, then try again."),
    "SQLITE_CANTOPEN": ("cannot be opened", "Check that the folder exists and that you may read and write in it."),
    "SQLITE_TOOBIG": ("cannot hold a text this long", "Lower --max-bytes."),
}

# The first two characters of an SQLSTATE are its class (PostgreSQL manual, appendix A).
_SQLSTATE = {
    "08": ("cannot be reached", "Check host, port and network, then try again."),
    "25": ("was opened for reading only", "Open it with a command that writes."),
    "28": ("refuses this user", "Check user and password in --db."),
    "3D": ("does not exist", "Create it on the server, or check the name in --db."),
    "40": ("was changed by another audit at the same moment", "Run the audit again; it goes on from here."),
    "42": ("does not allow this", "Ask its owner for the right to create and change tables."),
    "53": ("has no room or connections left", "Free some, then run the audit again; it goes on from here."),
    "55": ("is in use by another program", "Wait for the other audit to end and try again."),
    "57": ("was stopped by its administrator", "Try again later."),
}


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what the database and the file system raise into :class:`~provenance.errors.StoreError`.

    Args:
        name: the store as the user wrote it, without any password.
    """
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None)
        raise _explain(name, cause if isinstance(cause, Exception) else error) from error
    except sqlite3.Error as error:
        raise _explain(name, error) from error
    except OSError as error:
        raise StoreError(
            f"{name} cannot be used: {error.strerror or error}", hint="Check the path and your rights to it."
        ) from error


def said_by_sqlite(error: BaseException) -> str:
    """Return SQLite's name of a failure without its extension (``SQLITE_BUSY``); empty for another database's."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return next((known for known in _SQLITE if name == known or name.startswith(f"{known}_")), name)


def _explain(name: str, cause: Exception) -> StoreError:
    known = _SQLITE.get(said_by_sqlite(cause)) or _SQLSTATE.get(str(getattr(cause, "sqlstate", None) or "")[:2])
    if known is None and type(cause).__module__.startswith("psycopg") and type(cause).__name__ == "OperationalError":
        known = _SQLSTATE["08"]  # a connection that was never made has no SQLSTATE
    if known is not None:
        return StoreError(f"{name} {known[0]}", hint=known[1])
    first_line = (str(cause).splitlines() or [type(cause).__name__])[0]
    return StoreError(f"{name} refused the operation: {first_line}", hint="Run `provenance db check` on it.")
