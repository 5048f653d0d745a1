"""How far a share of a few stories can be trusted: the Jeffreys interval for k of n.

The bounds are quantiles of the posterior Beta(k + 1/2, n - k + 1/2) under Jeffreys' prior, the lower one set to 0
where nothing was counted and the upper one to 1 where everything was (Brown, Cai and DasGupta, "Interval Estimation for
a Binomial Proportion", Statistical Science 16, 2001). It keeps close to its nominal coverage for the small counts an
audit has, where the textbook interval (k/n plus or minus 1.96 standard errors) is far too narrow.

The quantiles are found by bisection of the regularised incomplete beta function, computed here by its continued
fraction (NIST Digital Library of Mathematical Functions, 8.17.22): no other part of the program needs a library for it.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p

__all__ = ["beta_share", "jeffreys_interval"]

LEVEL = 0.95
"""Posterior probability that an interval covers: the usual choice."""

MAX_TERMS = 10_000
"""Terms of the continued fraction; it needs of the order of the square root of the larger parameter, so this many are
enough for a hundred million stories."""

TOLERANCE = 1e-14
"""Relative change below which the fraction has settled: a few units in the last place of a float."""

BISECTIONS = 60
"""Halvings of [0, 1]: after so many the bounds are exact to the last place of a float near 1."""

TINY = 1e-300
"""Stands for zero in a denominator (Lentz's method)."""


@lru_cache(maxsize=1 << 12)
def jeffreys_interval(count: int, of: int) -> tuple[float, float]:
    """Give the 95 % Jeffreys interval for ``count`` of ``of``; all of [0, 1] when ``of`` is 0.

    Raises:
        ValueError: not 0 <= count <= of.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no proportion")
    if of == 0:
        return 0.0, 1.0
    successes, failures = count + 0.5, of - count + 0.5
    tail = (1 - LEVEL) / 2
    low = 0.0 if count == 0 else _quantile(tail, successes, failures)
    high = 1.0 if count == of else _quantile(1 - tail, successes, failures)
    return low, high


def _quantile(probability: float, successes: float, failures: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if beta_share(middle, successes, failures) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_share(share: float, successes: float, failures: float) -> float:
    """Give the probability that a Beta(successes, failures) variable is at most ``share``: I_x(a, b), in [0, 1].

    Args:
        share: where to cut, in [0, 1].
        successes: first parameter, above 0.
        failures: second parameter, above 0.
    """
    if share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    # The fraction settles fast only left of the mean; right of it the other tail is computed.
    if share > (successes + 1) / (successes + failures + 2):
        return 1.0 - beta_share(1.0 - share, failures, successes)
    logarithm = (
        lgamma(successes + failures)
        - lgamma(successes)
        - lgamma(failures)
        + successes * log(share)
        + failures * log1p(-share)
    )
    return exp(logarithm) / (successes * _fraction(share, successes, failures))


def _fraction(share: float, successes: float, failures: float) -> float:
    """Evaluate 1 + d1/(1 + d2/(1 + …)) of DLMF 8.17.22 by Lentz's method."""
    value, forward, backward = 1.0, 1.0, 0.0
    change, term = 0.0, 0
    while abs(change - 1.0) > TOLERANCE and term < MAX_TERMS:
        term += 1
        step = _coefficient(term, share, successes, failures)
        backward = 1.0 / _not_zero(1.0 + step * backward)
        forward = _not_zero(1.0 + step / forward)
        change = forward * backward
        value *= change
    return value


def _coefficient(term: int, share: float, successes: float, failures: float) -> float:
    """Give d_term of DLMF 8.17.23."""
    half = term // 2
    place = successes + 2 * half
    if term % 2:
        return -(successes + half) * (successes + failures + half) * share / (place * (place + 1))
    return half * (failures - half) * share / ((place - 1) * place)


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
