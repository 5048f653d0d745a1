"""How many examples a property is tried on."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

__all__ = ["LONG", "TIMES", "tried"]

LONG = os.environ.get("PROVENANCE_HYPOTHESIS") == "long"
TIMES = 20


def tried(examples: int) -> settings:
    """Give the settings of a property that is tried so many times, or twenty times as often where time is no matter."""
    times = TIMES if LONG else 1
    return settings(
        max_examples=examples * times,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
