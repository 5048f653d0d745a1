from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.match.order import Order
from provenance.text.shingles import Hashes, distinct


def sequence(*words: int) -> tuple[Hashes, Hashes]:
    numbers = np.array(words, dtype=np.uint64)
    return numbers, distinct(numbers)


def test_words_in_the_same_order_are_counted_against_the_same_words_backwards() -> None:
    found = Order.of(sequence(1, 2, 3, 4, 5), sequence(1, 9, 2, 3, 8, 4))
    assert (found.shorter, found.shared, found.in_order, found.backwards) == (5, 4, 4, 1)
    assert found.beyond_chance == 3


def test_an_order_turned_round_is_no_order() -> None:
    assert Order.of(sequence(1, 2, 3, 4), sequence(4, 3, 2, 1)).beyond_chance == 0


def test_nothing_is_in_order_in_an_empty_text() -> None:
    assert Order.of(sequence(), sequence(1, 2)) == Order(shorter=0, shared=0, in_order=0, backwards=0)


def _longest(left: list[int], right: list[int]) -> int:
    row = [0] * (len(right) + 1)
    for one in left:
        before = 0
        for at, other in enumerate(right, start=1):
            before, row[at] = row[at], before + 1 if one == other else max(row[at], row[at - 1])
    return row[-1]


@given(st.lists(st.integers(0, 6), max_size=90), st.lists(st.integers(0, 6), max_size=90))
def test_the_longest_common_subsequence_is_what_a_table_gives(left: list[int], right: list[int]) -> None:
    found, turned = Order.of(sequence(*left), sequence(*right)), Order.of(sequence(*right), sequence(*left))
    assert found.in_order == turned.in_order == _longest(left, right)
    assert found.backwards == turned.backwards == _longest(left, right[::-1])
    assert found.beyond_chance == pytest.approx(max(0, found.in_order - found.backwards))
