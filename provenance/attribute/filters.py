r"""Which of many patterns may match a line: automata that read the line once and leave the rest to the patterns.

RE2's filter looks for the letters a pattern cannot do without. It compiles each pattern to learn them, and most of that
time goes into Unicode classes (``\p{L}`` is some 600 ranges), of which it learns nothing; so it gets the patterns with
any character in their place. The patterns themselves are compiled when the first line may match.

RE2's filter keeps its automaton in 8 MB and refuses patterns beyond that; they are then parted among several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import re2

__all__ = ["PatternFilter"]

_CLASS = re.compile(r"\\[pP](?:\{\^?\w+\}|\w)|\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", re.DOTALL)
"""A class or an escaped character, so that an escaped bracket opens no class."""

_ANY = "(?s:.)"


@dataclass(frozen=True, slots=True)
class PatternFilter:
    """The automata that find which of some patterns may match."""

    _parts: tuple[tuple[int, Any], ...]
    """Automata, each with the number of its first pattern."""

    @classmethod
    def compile(cls, sources: Sequence[str], options: Callable[[], Any]) -> PatternFilter:
        """Learn what patterns cannot do without.

        Raises:
            re2.error: one of them is no RE2 pattern, by more than the name of a class.
        """
        return cls(tuple(_parts([_loosened(source) for source in sources], options, 0)))

    def candidates(self, line: str | bytes) -> Iterator[int]:
        """Give the numbers of the patterns that may match a line, be it encoded in UTF-8, ascending."""
        for first, automaton in self._parts:
            for number in automaton.Match(line, potential=True) or ():
                yield first + number


def _parts(sources: Sequence[str], options: Callable[[], Any], first: int) -> Iterator[tuple[int, Any]]:
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
        yield first, automaton


def _loosened(source: str) -> str:
    r"""Put any character in the place of classes that hold many; ``\Q…\E``, where nothing is a class, stays."""
    return source if r"\Q" in source else _CLASS.sub(lambda found: _loosened_class(found.group()), source)


def _loosened_class(written: str) -> str:
    is_large = written.startswith("[^") or r"\p" in written.lower()
    return _ANY if is_large and (written[0] == "[" or written[1] in "pP") else written
