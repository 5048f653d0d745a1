"""All targets, by name. Whoever wants them watched by a fuzzer imports this module while it instruments imports."""

from __future__ import annotations

from collections.abc import Mapping

from fuzzing import kernels, reading, ruling, stories
from fuzzing.targets import Target

__all__ = ["TARGETS"]

TARGETS: Mapping[str, Target] = {
    target.name: target for target in (*reading.TARGETS, *ruling.TARGETS, *kernels.TARGETS, *stories.TARGETS)
}
"""Readers, sets of rules, functions on text, pairs of texts and lineages, in this order."""
