"""What a fuzzing target is: a function of some bytes that raises where a promise is broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

__all__ = ["BrokenPromiseError", "Target", "promise", "text_of"]


class BrokenPromiseError(Exception):
    """The program gave a result it must never give."""


@dataclass(frozen=True, slots=True)
class Target:
    """One part of the program, as something to throw bytes at.

    Attributes:
        name: how it is called on the command line; its crashers lie in a folder of that name.
        run: raises where the part fails or breaks a promise; whatever is refused in good order returns.
        seeds: sound inputs to start from.
        words: signs and words of the format, which chance would hardly ever put together.
    """

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]
    words: Sequence[bytes] = field(default=())


def promise(kept: object, what: str) -> None:
    """Go on only where a promise is kept.

    Raises:
        BrokenPromiseError: ``kept`` is false.
    """
    if not kept:
        raise BrokenPromiseError(what)


def text_of(data: bytes) -> str:
    """Give the text some bytes stand for; those that are no UTF-8 become U+FFFD, as a reader leaves them."""
    return data.decode("utf-8", "replace")
