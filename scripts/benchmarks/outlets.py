"""Outlets and their furniture: what stands around every article of one outlet, and of many that share a platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from benchmarks.prose import FURNITURE, Prose, Writer
from benchmarks.words import Floats, lexicon

__all__ = ["Furniture", "Outlets", "outlets_of"]

_LEAST = 12  # outlets
_GROWTH = 0.62  # exponent of the number of outlets over the number of articles: 300 for 10,000, 1,260 for 100,000
_PLATFORMS = 5
_ON_PLATFORM = 0.5  # share of the outlets
_ABOVE, _BELOW = (6, 20), (10, 30)  # words of a sentence above and below an article, half-open


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the articles of one outlet: a line above, a usual foot and another, its platform's lines."""

    above: Prose
    below: tuple[Prose, Prose]
    platform: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """All outlets of a corpus: the cumulative share of articles of each, ascending to 1, and its furniture."""

    sizes: Floats
    furniture: tuple[Furniture, ...]


@lru_cache(maxsize=2)
def outlets_of(articles: int) -> Outlets:
    """Think of the outlets of a corpus: a few large ones and many small ones, more in a larger corpus."""
    chance = np.random.default_rng([articles, 777])
    writer = Writer(lexicon(), chance)
    count = max(_LEAST, round(articles**_GROWTH))
    shares = 1.0 / (np.arange(count) + 2.0) ** 0.9
    platforms = [_lines(writer, 2) for _ in range(_PLATFORMS)]
    sizes = np.cumsum(shares / shares.sum())
    sizes[-1] = 1.0
    return Outlets(sizes, tuple(_furniture(writer, chance, platforms) for _ in range(count)))


def _furniture(writer: Writer, chance: np.random.Generator, platforms: Sequence[tuple[Prose, ...]]) -> Furniture:
    usual, other = (Prose.joined(_lines(writer, int(chance.integers(1, 4)))) for _ in range(2))
    platform = platforms[int(chance.integers(len(platforms)))] if chance.random() < _ON_PLATFORM else ()
    return Furniture(writer.sentence(_ABOVE, FURNITURE), (usual, other), platform)


def _lines(writer: Writer, count: int) -> tuple[Prose, ...]:
    return tuple(writer.sentence(_BELOW, FURNITURE) for _ in range(count))
