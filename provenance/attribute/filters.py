"""Which of many patterns may match a line: automata that read the line once and leave the rest to the patterns.

RE2's filter keeps its automaton in 8 MB and refuses patterns beyond that; they are then parted among several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import re2

__all__ = ["PatternFilter"]


@dataclass(frozen=True, slots=True)
class PatternFilter:
    """Some patterns with the automaton that finds which of them may match."""

    patterns: tuple[Any, ...]
    """Compiled, in the order given."""
    _parts: tuple[tuple[int, Any], ...]
    """Automata, each with the number of its first pattern."""

    @classmethod
    def compile(cls, sources: Sequence[str], options: Callable[[], Any]) -> PatternFilter:
        """Compile patterns once, for the automaton and for themselves.

        Raises:
            re2.error: one of them is no RE2 pattern.
        """
        parts = tuple(_parts(sources, options, 0))
        patterns = [automaton.re(number) for _, automaton, size in parts for number in range(size)]
        return cls(tuple(patterns), tuple((first, automaton) for first, automaton, _ in parts))

    def candidates(self, line: str) -> Iterator[int]:
        """Give the numbers of the patterns that may match a line, ascending."""
        for first, automaton in self._parts:
            for number in automaton.Match(line, potential=True) or ():
                yield first + number


def _parts(sources: Sequence[str], options: Callable[[], Any], first: int) -> Iterator[tuple[int, Any, int]]:
    if not sources:
        return
    automaton = re2.Filter()
    for source in sources:
        automaton.Add(source, options())
    try:
        automaton.Compile()
    except re2.error:
        if len(sources) == 1:
            raise
        middle = len(sources) // 2
        yield from _parts(sources[:middle], options, first)
        yield from _parts(sources[middle:], options, first + middle)
    else:
        yield first, automaton, len(sources)
