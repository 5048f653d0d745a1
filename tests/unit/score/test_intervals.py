"""The interval for k of n, against published values and what must hold of any."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.score.intervals import beta_share, jeffreys_interval


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # R 4, package binom, binom.bayes(k, n, type = "central"), the interval of Brown, Cai and DasGupta (2001)
        (1, 10, 0.0110, 0.3813),
        (5, 10, 0.2235, 0.7765),
        (3, 20, 0.0441, 0.3486),
        (50, 100, 0.4032, 0.5968),
    ],
)
def test_the_interval_has_its_published_bounds(count, of, low, high):
    assert jeffreys_interval(count, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_begins_at_zero_and_everything_counted_ends_at_one():
    assert jeffreys_interval(0, 10) == (0.0, pytest.approx(0.2172, abs=5e-5))
    assert jeffreys_interval(10, 10) == (pytest.approx(0.7828, abs=5e-5), 1.0)


def test_no_story_at_all_leaves_everything_open():
    assert jeffreys_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("count", "of"), [(-1, 3), (4, 3), (0, -1)])
def test_what_is_no_proportion_is_refused(count, of):
    with pytest.raises(ValueError, match="no proportion"):
        jeffreys_interval(count, of)


@given(of=st.integers(1, 5000), data=st.data())
def test_the_interval_holds_the_share_and_mirrors_when_the_rest_is_counted(of, data):
    count = data.draw(st.integers(0, of))
    low, high = jeffreys_interval(count, of)
    assert 0 <= low <= count / of <= high <= 1
    assert jeffreys_interval(of - count, of) == (pytest.approx(1 - high, abs=1e-9), pytest.approx(1 - low, abs=1e-9))


def test_more_stories_of_the_same_share_make_it_narrower():
    widths = [high - low for low, high in (jeffreys_interval(n, 4 * n) for n in (1, 2, 5, 20, 200, 20_000))]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.01


def test_a_million_stories_have_the_interval_of_the_normal_distribution():
    low, high = jeffreys_interval(300_000, 1_000_000)
    error = 1.959964 * math.sqrt(0.3 * 0.7 / 1_000_000)
    assert (low, high) == pytest.approx((0.3 - error, 0.3 + error), abs=1e-6)


@pytest.mark.parametrize(
    ("share", "successes", "failures", "expected"),
    [
        (0.25, 1.0, 1.0, 0.25),  # the uniform distribution
        (0.5, 0.5, 0.5, 0.5),  # the arcsine distribution is symmetric
        (0.25, 0.5, 0.5, 1 / 3),  # its distribution function is 2/pi times the arcsine of the root
        (0.3, 2.0, 3.0, 0.3483),  # 1 - 0.7^4 - 4 * 0.3 * 0.7^3, the binomial sum
        (0.0, 2.0, 3.0, 0.0),
        (1.0, 2.0, 3.0, 1.0),
        (-1.0, 2.0, 3.0, 0.0),
    ],
)
def test_the_distribution_function_has_its_closed_forms(share, successes, failures, expected):
    assert beta_share(share, successes, failures) == pytest.approx(expected, abs=1e-12)
