"""Values of options that are more than a word: sizes and findings to fail on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import Final

import typer

from provenance.model import Credit, Verdict

__all__ = [
    "FailOn",
    "fail_on",
    "finite_seconds",
    "in_plain_words",
    "is_met",
    "size_in_bytes",
    "size_or_none",
]

_SIZE: Final = re.compile(r"(\d{1,18})\s*([kmgt]?i?b?)", re.IGNORECASE)

_UNITS: Final = {
    "": 1,
    "b": 1,
    **{f"{letter}{end}": 1 << 10 * power for power, letter in enumerate("kmgt", 1) for end in ("", "i", "ib")},
    **{f"{letter}b": 1000**power for power, letter in enumerate("kmgt", 1)},
}
"""Bytes in a unit. KiB and a bare K are 1024, KB is 1000 (IEC 80000-13)."""

_CREDITS: Final = {"uncredited": Credit.UNCREDITED, "contradicted": Credit.CONTRADICTED}

_SHARE: Final = re.compile(r"derived\s*>=\s*(\d{1,3}(?:\.\d{1,6})?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class FailOn:
    """A finding that makes a call exit with 1: either a credit status or a least derived share in [0, 1]."""

    credit: Credit | None = None
    share: float | None = None

    def __str__(self) -> str:
        return f"derived>={self.share:g}" if self.credit is None else str(self.credit)


def fail_on(text: str | FailOn) -> FailOn:
    """Read ``uncredited``, ``contradicted`` or ``derived>=N``, N a share such as ``0.5`` or ``50%``.

    Raises:
        typer.BadParameter: it is none of these.
    """
    if isinstance(text, FailOn):
        return text
    word = text.strip().lower()
    if word in _CREDITS:
        return FailOn(credit=_CREDITS[word])
    found = _SHARE.fullmatch(word)
    share = float(found[1]) / (100 if found[2] else 1) if found else None
    if share is None or share > 1:
        raise typer.BadParameter(f"{text!r} is not uncredited, contradicted or derived>=N with N such as 0.5 or 50%")
    return FailOn(share=share)


def is_met(condition: FailOn, verdict: Verdict) -> bool:
    """Say whether a verdict meets a condition.

    Where a share could not be measured, what is certain counts: the lower end of its interval.
    """
    if condition.credit is not None:
        return verdict.credit is condition.credit
    share = verdict.interval[0] if verdict.derived_share is None else verdict.derived_share
    return condition.share is not None and share >= condition.share


def finite_seconds(value: float) -> float:
    """Refuse what is a number to Python but no time; callback of options in seconds.

    Raises:
        typer.BadParameter: it is not a number, or has no end.
    """
    if not isfinite(value):
        raise typer.BadParameter(f"{value} is not a number of seconds; 0 means no limit")
    return value


def in_plain_words(message: str) -> str:
    """Say what is wrong with a value without the names of types, which only programmers know."""
    return message.replace("a valid integer range", "a whole number").replace("a valid float range", "a number")


def size_in_bytes(text: str | int) -> int:
    """Read a size such as ``1000000``, ``32MiB`` or ``5 MB``, in bytes.

    Raises:
        typer.BadParameter: it is not a size above nothing.
    """
    found = _SIZE.fullmatch(str(text).strip())
    size = int(found[1]) * _UNITS.get(found[2].lower(), 0) if found else 0
    if size == 0:
        raise typer.BadParameter(f"{text!r} is not a size in bytes such as 1000000 or 32MiB")
    return size


def size_or_none(text: str | int) -> int:
    """Read a size as :func:`size_in_bytes` does, or 0 for no limit.

    Raises:
        typer.BadParameter: it is neither.
    """
    return 0 if str(text).strip() == "0" else size_in_bytes(text)
