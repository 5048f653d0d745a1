"""Errors a user can meet, as one tree.

::

    ProvenanceError
    ├── UsageError            the command or call asks for something that cannot be done (exit 2)
    │   ├── ConfigurationError  a configuration file or environment variable is wrong
    │   ├── AmbiguousError      a name several articles or outlets go by
    │   └── NotFoundError       an article, outlet, rule or path that is not there
    ├── KnowledgeError        a rule or outlet file is malformed (exit 2)
    ├── InputError            everything asked for is unreadable (exit 3)
    └── StoreError            the database cannot be opened, read or written (exit 4)
        ├── StoreMissingError    a reading command found no database
        └── StoreVersionError    the database has another schema revision than this program

A single unreadable file is *not* an error: it is a result (:class:`provenance.model.Unreadable`).
``ValueError`` and ``TypeError`` are for programmers and are never raised on account of what a text holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = [
    "CHOICES",
    "AmbiguousError",
    "ConfigurationError",
    "InputError",
    "KnowledgeError",
    "NotFoundError",
    "ProvenanceError",
    "StoreError",
    "StoreMissingError",
    "StoreVersionError",
    "UsageError",
]


class ProvenanceError(Exception):
    """Report what went wrong, and the next step.

    Args:
        message: names the thing and the cause; no full stop at the end.
        hint: one imperative sentence saying what to do next, or empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ProvenanceError):
    """The call asks for something that cannot be done."""


class ConfigurationError(UsageError):
    """A configuration file or environment variable holds what is not understood."""


CHOICES: Final = 10
"""What a name may mean is listed up to this many; the rest is counted."""


class AmbiguousError(UsageError):
    """A name may mean several things.

    Args:
        name: as it was given.
        noun: what it may mean, in the plural: ``articles``.
        choices: each of these, as it could be given instead.
        hint: as for every error.

    Attributes:
        choices: at most :data:`CHOICES` of these, one a line, and how many more there are.
    """

    def __init__(self, name: str, noun: str, choices: Sequence[str], *, hint: str = "") -> None:
        super().__init__(f"{name} may be any of {len(choices):,} {noun}", hint=hint)
        more = len(choices) - CHOICES
        self.choices = (*choices[:CHOICES], *((f"and {more:,} more",) if more > 0 else ()))


class NotFoundError(UsageError):
    """A named article, outlet, rule or path does not exist."""


class KnowledgeError(ProvenanceError):
    """A rule or outlet file is malformed."""


class InputError(ProvenanceError):
    """Nothing of what was asked for could be read."""


class StoreError(ProvenanceError):
    """The database cannot be opened, read or written."""


class StoreMissingError(StoreError):
    """A command that only reads found no database; reading never creates one."""


class StoreVersionError(StoreError):
    """The database was made by another version of the program."""
