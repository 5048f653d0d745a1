"""Named ranges of a value: features are made of them, and a page asks for some hundreds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

__all__ = ["Scale"]


class Scale:
    """Ranges in order, each with a name: a value belongs to the first whose limit holds it, or to the last."""

    __slots__ = ("_limits", "_names")

    def __init__(self, limits: Sequence[float], names: Sequence[str]) -> None:
        self._limits = limits
        self._names = names

    @classmethod
    def of(cls, what: str, *limits: float) -> Scale:
        """Name each range by what is measured and its limit: "prose above up to 150", "prose above over 3000"."""
        return cls(limits, [*(f"{what} up to {limit:g}" for limit in limits), f"{what} over {limits[-1]:g}"])

    def at(self, value: float) -> str:
        """Name the range of a value."""
        return self._names[bisect_left(self._limits, value)]
