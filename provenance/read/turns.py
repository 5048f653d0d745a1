"""Whose turn it is: which record of a file a reader is about to look at, told to whoever watches over it.

A worker that is killed over one record of a file has its place taken by another, which has to pass that record over.
So a reader of records says of each, before it takes it apart, that its turn has come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from provenance.read.stream import RefusedError

__all__ = ["Admit", "begin", "told_to"]

Admit = Callable[[str], str | None]
"""Takes what reports call a record, and gives the reason why it is to be passed over; ``None`` to have it read."""

_ADMIT: ContextVar[Admit | None] = ContextVar("admit", default=None)


def begin(place: str) -> None:
    """Say that a record is about to be looked at. What comes of it must be given before the next one's turn.

    Args:
        place: what reports call the record.

    Raises:
        RefusedError: it is to be passed over, and listed with this message as the reason.
    """
    admit = _ADMIT.get()
    if admit is not None and (reason := admit(place)) is not None:
        raise RefusedError(reason)


@contextmanager
def told_to(admit: Admit) -> Iterator[None]:
    """Have ``admit`` asked about every record that is read within the context."""
    token = _ADMIT.set(admit)
    try:
        yield
    finally:
        _ADMIT.reset(token)
