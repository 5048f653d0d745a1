"""How hard the property tests try: ``PROVENANCE_HYPOTHESIS=long`` has them try twenty times as many examples."""

from __future__ import annotations

from hypothesis import settings

from tests.property.effort import LONG, TIMES

if LONG:
    settings.register_profile("long", max_examples=100 * TIMES, deadline=None)
    settings.load_profile("long")
