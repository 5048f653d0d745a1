"""What a database complains of, said so that a person knows the cause and the next step."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from provenance.errors import StoreError

__all__ = ["explained", "said_by_sqlite", "whole_command"]

_SQLITE = {
    "SQLITE_BUSY": ("is in use by another program", "Wait for the other audit to end and try again."),
    "SQLITE_LOCKED": ("is in use by another program", "Wait for the other audit to end and try again."),
    "SQLITE_READONLY": ("may not be written to", "Allow writing to the file and its folder, or choose another --db."),
    "SQLITE_PERM": ("may not be written to", "Allow writing to the file and its folder, or choose another --db."),
    "SQLITE_AUTH": ("may not be written to", "Allow writing to the file and its folder, or choose another --db."),
    "SQLITE_NOTADB": ("is not a database", "Choose another file with --db."),
    "SQLITE_CORRUPT": ("is damaged", "Restore it from a copy, or audit again into a new file with --db."),
    "SQLITE_FULL": ("cannot grow: no space is left", "Free some space and run the audit again; it goes on from here."),
    "SQLITE_IOERR": (
        "cannot be read or written: the disk failed",
        "Check the disk and try again; on a network folder, use a local file or PostgreSQL.",
    ),
    "SQLITE_CANTOPEN": ("cannot be opened", "Check that the folder exists and that you may read and write in it."),
    "SQLITE_TOOBIG": ("cannot hold a text this long", "Run the audit again with a lower --max-bytes."),
}

# By the whole SQLSTATE or by its first two characters, its class (PostgreSQL manual, appendix A).
_SQLSTATE = {
    "08": ("cannot be reached", "Check that the server runs, and its host and port in --db."),
    "25": ("may only be read", "Name a server with --db that may be written to; a standby may not."),
    "28": ("refuses this user or password", "Check both in --db, or give the password as PGPASSWORD."),
    "3D": ("does not exist", "Create it on the server with `createdb`, or check its name in --db."),
    "3F": ("has no schema to make tables in", "Ask its owner for one in this user's search_path."),
    "40": ("was changed by another audit at the same moment", "Run the audit again; it goes on from here."),
    "42501": ("does not allow this", "Ask its owner for the right to create, read and write tables."),
    "42P01": ("lacks a table", "Restore it from a copy, or audit again into another with --db."),
    "53": ("has no room, memory or connections left", "Free some, then run the audit again; it goes on from here."),
    "55P03": ("is in use by another program", "Wait for the other audit to end and try again."),
    "57014": ("took longer than the server allows", "Raise its statement_timeout for this user, then try again."),
    "57P": ("is starting, stopping or being restored", "Try again when the server is up."),
    "XX": ("is damaged", "Restore it from a copy, or audit again into another with --db."),
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
        if type(error).__module__ == "ssl":
            raise _not_trusted(name, error) from error
        raise StoreError(
            f"{name} cannot be used: {error.strerror or error}", hint="Check the path and your rights to it."
        ) from error


def whole_command(words: str, name: str) -> str:
    """Write a command on a store as it can be copied into a shell.

    Args:
        words: what follows ``provenance``.
        name: the store as the user wrote it, without any password.
    """
    return f"`provenance {words} --db {shlex.quote(name)}`"


def said_by_sqlite(error: BaseException) -> str:
    """Return SQLite's name of a failure without its extension (``SQLITE_BUSY``); empty for another database's."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return next((known for known in _SQLITE if name == known or name.startswith(f"{known}_")), name)


def _explain(name: str, cause: Exception) -> StoreError:
    if str(cause) == "Server refuses SSL":
        return StoreError(f"{name} offers no encryption", hint="Turn it on there, or say sslmode=prefer in --db.")
    known = _SQLITE.get(said_by_sqlite(cause)) or _known_to_postgresql(cause)
    if known is not None:
        return StoreError(f"{name} {known[0]}", hint=known[1])
    return StoreError(
        f"{name} refused the operation: {_first_line(cause)}",
        hint=f"Run {whole_command('db check', name)}; if it finds nothing, report this with the output of --debug.",
    )


def _known_to_postgresql(cause: Exception) -> tuple[str, str] | None:
    state = _fields(cause).get("C", "")
    if not state and type(cause).__module__.startswith("pg8000") and type(cause).__name__ == "InterfaceError":
        state = "08"  # a connection that was never made, or is lost, has no SQLSTATE
    return next((_SQLSTATE[part] for part in (state, state[:3], state[:2]) if part in _SQLSTATE), None)


def _fields(cause: Exception) -> Mapping[str, str]:
    """Return what PostgreSQL says by the letters of its protocol (``C`` the SQLSTATE, ``M`` the message).

    A server that refuses a user hangs up as well, which the driver reports instead: what was said stands behind it.
    """
    error: BaseException | None = cause
    while error is not None:
        if error.args and isinstance(error.args[0], dict):
            return error.args[0]
        error = error.__cause__ or error.__context__
    return {}


def _first_line(cause: Exception) -> str:
    said = _fields(cause).get("M") or str(cause)
    return next(iter(said.splitlines()), type(cause).__name__)


def _not_trusted(name: str, error: OSError) -> StoreError:
    reason = getattr(error, "verify_message", "") or error.strerror or str(error)
    return StoreError(
        f"{name} cannot be trusted: {reason}", hint="Name the file of its authority with sslrootcert in --db."
    )
