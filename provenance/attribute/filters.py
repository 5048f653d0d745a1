"""Which of many patterns may match a line: automata that read the line once, one for the languages of each script.

An article that holds no sign of a script never meets the patterns of its languages. RE2's filter keeps its automaton
in 8 MB and refuses patterns beyond that; they are then parted among several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import re2

__all__ = ["PatternFilter", "scripts_of", "writing"]

_SCRIPTS: Final[Mapping[str, tuple[str, str]]] = {
    "European": ("\u0370-\u058f\u10a0-\u10ff\u1c80-\u1cbf\u1f00-\u1fff", "be bg el hy ka kk ky mk mn ru uk"),
    "Near Eastern": ("\u0590-\u08ff\u1200-\u137f\ufb1d-\ufdff\ufe70-\ufefc", "am ar fa he ur"),
    "Indian": ("\u0900-\u0df5", "as bn gu hi kn ml mr ne or pa si ta te"),
    "East Asian": ("\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7af\uf900-\ufaff", "ja km ko lo my th zh"),
}
"""Groups of scripts: their characters, and the languages written in nothing else. Languages of two scripts, such as
Serbian and Kurdish, are read for every article."""

_SIGNS: Final = {group: re.compile(f"[{signs}]") for group, (signs, _) in _SCRIPTS.items()}
_GROUPS: Final = {language: group for group, (_, languages) in _SCRIPTS.items() for language in languages.split()}
EVERYWHERE = ""
"""The group of patterns that every article meets."""


def scripts_of(text: str) -> frozenset[str]:
    """Name the groups of scripts a text has signs of; always with the one of every article."""
    if text.isascii():
        return frozenset({EVERYWHERE})
    return frozenset({EVERYWHERE, *(group for group, signs in _SIGNS.items() if signs.search(text))})


def writing(language: str) -> str:
    """Name the group of scripts a language is written in; empty for Latin, several or none."""
    return _GROUPS.get(language, EVERYWHERE)


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
