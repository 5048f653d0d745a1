"""JSON from strangers: Python's own reader, kept from making a gigabyte of a few megabytes of brackets."""

from __future__ import annotations

import json
from typing import Final

from provenance.read.stream import RefusedError

__all__ = ["MAX_VALUES", "json_value", "too_many_values"]

MAX_VALUES: Final = 2_500_000
"""Brackets and commas of one JSON text. An object costs up to 230 bytes of memory, so these cost 600 MB at most; the
prose of a file of the greatest size has less than a million commas."""


def too_many_values(text: str) -> bool:
    """Say whether a JSON text may hold more values than :data:`MAX_VALUES`; each has a bracket or a comma beside it."""
    if len(text) <= MAX_VALUES:
        return False
    return text.count(",") + text.count("{") + text.count("[") > MAX_VALUES


def json_value(text: str, *, strict: bool = True) -> object:
    """Read a JSON text.

    Args:
        text: the text.
        strict: whether line breaks and other control characters inside strings make it none.

    Raises:
        RefusedError: it holds too many values.
        ValueError, RecursionError: it is no JSON, or nested too deeply.
    """
    if too_many_values(text):
        raise RefusedError(f"JSON of more than {MAX_VALUES:,} values")
    return json.loads(text, strict=strict)
