"""Column types that give back exactly what was stored, on every database.

Databases differ in what they refuse: PostgreSQL takes no NUL in a text, neither it nor SQLite a lone surrogate (which a
file name that is not UTF-8, or a hostile record, brings along). :class:`ExactText` keeps such code points by an escape;
every other text is stored as it is, so that people can read and search it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

__all__ = ["BIG_INTEGER", "ExactText", "UtcDateTime"]

BIG_INTEGER = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; SQLite's INTEGER has them, and only under that name makes a rowid."""

ESCAPE = "\x10"  # DATA LINK ESCAPE: an unused control character in texts, and itself escaped where it does occur
_UNSTORABLE = re.compile("[\x00\x10\ud800-\udfff]")
_ESCAPED = re.compile("\x10([0-9a-f]{4})")


class ExactText(TypeDecorator[str]):
    """Text of any code points. NUL, lone surrogates and the escape itself are kept as U+0010 and four digits."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Escape what a database would refuse; also turn members of a vocabulary into plain text."""
        if value is None:
            return None
        plain = str(value)
        return _UNSTORABLE.sub(_escape, plain) if _UNSTORABLE.search(plain) else plain

    def bind_all(self, values: Sequence[str | None], dialect: Dialect) -> Sequence[str | None]:
        """Do the same to many values at once: as a rule one search tells that there is nothing to escape."""
        if _UNSTORABLE.search("".join(filter(None, values))):
            return [self.process_bind_param(value, dialect) for value in values]
        return values

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Give back the text as it was."""
        if value is None or ESCAPE not in value:
            return value
        return _ESCAPED.sub(_unescape, value)


def _escape(found: re.Match[str]) -> str:
    return f"{ESCAPE}{ord(found[0]):04x}"


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


class UtcDateTime(TypeDecorator[datetime]):
    """An instant in UTC. SQLite keeps no zone, so the zone is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Turn any aware instant into UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Give back an aware instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
