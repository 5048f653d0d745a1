"""Plants losses in versions of the fixture articles and counts how many are found."""

from __future__ import annotations

__all__: list[str] = []
