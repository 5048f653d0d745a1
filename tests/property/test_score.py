"""What holds of shares, intervals and degrees, whatever passages they are counted from."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Degree, Passage, PassageKind, Span
from provenance.score.share import composition, degree_of, derived_share, expected_share, share_interval
from tests.property.effort import tried

SHARES = st.floats(0.0, 1.0)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    words = draw(st.integers(0, 60))
    start, other = draw(st.integers(0, 400)), draw(st.integers(0, 400))
    return Passage(
        draw(st.sampled_from(PassageKind)),
        Span(start, start + 6 * words + 1),
        Span(other, other + 6 * words + 1),
        draw(SHARES),
        words,
        words,
        draw(SHARES),
    )


SOME = st.lists(passages(), max_size=8)
WORDS = st.integers(0, 200)


@tried(80)
@given(SOME, WORDS, SHARES, SHARES)
def test_every_share_and_interval_lies_in_its_range(
    found: list[Passage], words: int, strength: float, order: float
) -> None:
    share = derived_share(found, words)
    low, high = share_interval(found, words, strength=strength)
    assert 0.0 <= share <= 1.0 + 1e-12
    assert 0.0 <= low <= high <= 1.0
    assert low - 1e-4 <= share <= high + 1e-4
    assert 0.0 <= expected_share(found, words, strength=strength, order=order) <= 1.0
    parts = composition(found, words)
    assert math.fsum(part for _, part in parts) <= 1.0 + 1e-9
    assert [kind for kind, _ in parts] == [kind for kind in PassageKind if kind in dict(parts)]


@tried(50)
@given(SOME, WORDS)
def test_quotations_alone_derive_nothing(found: list[Passage], words: int) -> None:
    quoted = [passage for passage in found if passage.kind is PassageKind.QUOTE]
    assert derived_share(quoted, words) == 0.0


@tried(50)
@given(SOME, st.integers(1, 200), SHARES, SHARES, SHARES)
def test_more_evidence_never_lowers_what_is_to_be_expected(
    found: list[Passage], words: int, strength: float, more: float, order: float
) -> None:
    weak, strong = sorted((strength, more))
    assert expected_share(found, words, strength=weak, order=order) <= expected_share(
        found, words, strength=strong, order=order
    )


@tried(30)
@given(SHARES, SHARES)
def test_a_larger_share_never_has_a_lesser_degree(one: float, other: float) -> None:
    degrees = [Degree.NON, Degree.PARTIALLY, Degree.WHOLLY]
    low, high = sorted((one, other))
    assert degrees.index(degree_of(low, supported=True)) <= degrees.index(degree_of(high, supported=True))
    assert degree_of(high, supported=False) is Degree.NON
