"""What an address of a PostgreSQL server says, as the driver wants to hear it.

People write the addresses that all PostgreSQL programs understand (PostgreSQL manual, "Connection URIs"); pg8000 has
names of its own for the same things, and leaves a few defaults to its caller.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL

from provenance.errors import ConfigurationError

if TYPE_CHECKING:
    from ssl import SSLContext

__all__ = ["CONNECT_PATIENCE", "connect_arguments"]

CONNECT_PATIENCE = 10
"""Seconds a server may take to answer; without a limit, an address nobody has hangs for minutes."""

PORT = 5432

_KNOWN = ("application_name", "connect_timeout", "dbname", "host", "password", "port", "sslmode", "sslrootcert", "user")
_ENCRYPTION = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def connect_arguments(url: URL) -> dict[str, Any]:
    """Return what ``pg8000.connect`` is to be called with.

    As everywhere with PostgreSQL, a ``host`` that begins with ``/`` is the folder of a socket, a missing user is the
    one of the system, and a missing password is taken from ``PGPASSWORD``.

    Raises:
        ConfigurationError: the address names another driver, an unknown option, or a value that makes no sense.
    """
    if url.drivername not in {"postgresql", "postgresql+pg8000"}:
        raise ConfigurationError(
            f"the driver of {url.drivername}:// is not supported", hint="Write postgresql://user@host/name."
        )
    said = {**_options(url.query), **{name: str(value) for name, value in url.translate_connect_args().items()}}
    user = said.get("username") or said.get("user") or getpass.getuser()
    return {
        "user": user,
        "password": said.get("password") or os.environ.get("PGPASSWORD"),
        "database": said.get("database") or said.get("dbname") or user,
        "application_name": said.get("application_name", "provenance"),
        "timeout": _number(said, "connect_timeout", CONNECT_PATIENCE) or None,
        **_place(said),
    }


def _options(query: Mapping[str, tuple[str, ...] | str]) -> dict[str, str]:
    for name, value in query.items():
        if name not in _KNOWN or not isinstance(value, str):
            raise ConfigurationError(
                f"{name} in the database address is not understood", hint=f"Choose from: {', '.join(_KNOWN)}."
            )
    return {name: value for name, value in query.items() if isinstance(value, str)}


def _number(said: Mapping[str, str], name: str, default: int) -> int:
    value = said.get(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ConfigurationError(f"{name} in the database address is not a number", hint="Write it in digits.")
    return int(value)


def _place(said: Mapping[str, str]) -> dict[str, Any]:
    host, port = said.get("host") or "localhost", _number(said, "port", PORT)
    encryption = _encryption(said)
    if host.startswith("/"):
        return {"unix_sock": f"{host}/.s.PGSQL.{port}", "ssl_context": False}
    return {"host": host, "port": port, "ssl_context": encryption}


def _encryption(said: Mapping[str, str]) -> SSLContext | bool | None:
    """Return the driver's word for ``sslmode``: ``None`` encrypts if the server can, ``True`` insists on it."""
    mode = said.get("sslmode", "prefer")
    if mode not in _ENCRYPTION:
        raise ConfigurationError(
            f"sslmode={mode} in the database address is not understood", hint=f"Choose from: {', '.join(_ENCRYPTION)}."
        )
    if mode.startswith("verify"):
        return _verifying(said.get("sslrootcert"), names=mode == "verify-full")
    return {"disable": False, "require": True}.get(mode)


def _verifying(authorities: str | None, *, names: bool) -> SSLContext:
    import ssl  # noqa: PLC0415  only for servers that are to prove who they are

    try:
        context = ssl.create_default_context(cafile=authorities)
    except OSError as error:
        raise ConfigurationError(
            f"the certificates in {authorities} cannot be read: {error.strerror}",
            hint="Name a file of PEM certificates with sslrootcert.",
        ) from error
    context.check_hostname = names
    return context
