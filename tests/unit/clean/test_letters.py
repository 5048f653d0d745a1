from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.clean.letters import count_letters

WORD = re.compile(r"[^\W\d_]+")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", (0, 0, 0, 0)),
        ("Tides on the 3rd, 12:30", (12, 4, 3, 5)),
        ("snake_case and CamelCase", (21, 4, 3, 0)),
        ("“Où est l’été ?”", (9, 4, 3, 0)),
        ("ª º ² ½ µ", (5, 5, 3, 0)),
        ("Мост открыт в 9", (11, 3, 2, 1)),
        ("橋は١٢開く", (4, 2, 0, 2)),
    ],
)
def test_letters_words_and_digits_are_counted(text: str, counts: tuple[int, int, int, int]) -> None:
    assert count_letters(text) == counts


@given(
    st.one_of(st.text(alphabet=st.characters(max_codepoint=0x2200)), st.text(alphabet=st.characters(max_codepoint=255)))
)
def test_the_fast_way_counts_what_the_slow_one_does(text: str) -> None:
    words = WORD.findall(text)

    found = count_letters(text)

    assert found.letters == sum(map(len, words))
    assert (found.words, found.lower) == (len(words), sum(word[0].islower() for word in words))
    assert found.digits == len(re.findall(r"\d", text))
