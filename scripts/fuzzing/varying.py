"""Inputs varied without a guide: for machines without atheris, and for tests that must do the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

__all__ = ["varied"]

MOST = 4
"""Changes to one input."""


def varied(seeds: Sequence[bytes], words: Sequence[bytes], *, count: int, seed: int) -> Iterator[bytes]:
    """Give so many inputs, each a seed with a few changes; the same for the same ``seed``."""
    random = Random(seed)
    for _ in range(count):
        data = random.choice(seeds)
        for _ in range(random.randint(1, MOST)):
            data = _changed(data, seeds, words, random)
        yield data


def _changed(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], random: Random) -> bytes:
    start, end = sorted(random.randint(0, len(data)) for _ in range(2))
    match random.randrange(6):
        case 0:
            return data[:start] + random.randbytes(random.randint(1, 4)) + data[start + 1 :]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:start] + data[start:end][:200] * random.randint(2, 4) + data[end:]
        case 3:
            return data[:start] + (random.choice(words) if words else b"\0") + data[start:]
        case 4:
            other = random.choice(seeds)
            return data[:start] + other[random.randint(0, len(other)) :]
        case _:
            return (
                data[:start]
                + bytes(byte ^ (1 << random.randrange(8)) for byte in data[start : start + 1])
                + data[start + 1 :]
            )
