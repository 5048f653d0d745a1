"""The filter of patterns: what it lets through, and that it keeps nothing back."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from provenance.attribute.filters import PatternFilter

SOURCES = (
    r"^(?:(?i)Quelle: \p{Lu}[\p{L}\p{M}.'-]{2,40})$",
    r"^(?:[\x{E000}\x{E001}]\s[^\n]{2,30} desk)$",
    r"(?:\(\s?larch\s?\)|\[larch [\]\p{Nd}]+\])",
    r"^(?:[(\[]?[^()\n]{3,60} \\\[wire\] \PL+)$",
    r"\p{Lu}\p{Ll}+ \pN{1,2}",
    r"[[:upper:]\p{Lu}]{3} news",
    r"\Q[\p{L}]\E x",
)
PIECES = (
    "Quelle: ",
    "Larch",
    "\ue000",
    " desk",
    "(larch)",
    "[larch 3]",
    "\\[wire] ",
    "7",
    "ABC news",
    "[\\p{L}] x",
    "ä",
    " ",
)


def candidates(sources: tuple[str, ...], line: str) -> set[int]:
    return set(PatternFilter.compile(sources, re2.Options).candidates(line))


@given(st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_every_pattern_that_matches_is_let_through(line: str) -> None:
    matching = {number for number, source in enumerate(SOURCES) if re2.search(source, line)}
    assert matching <= candidates(SOURCES, line)


@pytest.mark.parametrize("line", ["Lark", "Quelle", "the desk", "a wire, a lark"])
def test_a_line_without_the_letters_of_a_pattern_is_kept_from_it(line: str) -> None:
    assert candidates(SOURCES[:4], line) == set()


@pytest.mark.parametrize("source", SOURCES)
def test_a_pattern_is_filtered_as_if_it_had_been_compiled_whole(source: str) -> None:
    whole = re2.Filter()
    whole.Add(source, re2.Options())
    whole.Compile()
    for line in ("".join(pair) for first in PIECES for pair in zip(PIECES, [first] * len(PIECES), strict=True)):
        assert list(whole.Match(line, potential=True) or ()) == list(candidates((source,), line))


def test_no_patterns_let_nothing_through() -> None:
    assert candidates((), "anything") == set()
