"""The outline of a page: which lines it shows, without their text, in a few bytes that can be kept and compared.

What recurs at an outlet is learnt from outlines alone. One is made once an article and may be stored beside it: then a
later audit learns, forgets and decides which articles its learning concerns without reading a text again.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b

from provenance.clean.surface import HEADLINE_SIZE, Surface, surfaces
from provenance.model import Article

__all__ = ["Outline", "Shape", "key_of", "line_key", "outline", "outline_of"]

_DIGITS = re.compile(r"\d+")
_LINE_BYTES = 12  # a key of eight, a note of four
_SHAPE_BITS = 2
_MAX_SIZE = (1 << (32 - _SHAPE_BITS)) - 1  # letters


class Shape(IntEnum):
    """What a line looks like: the more like an article, the more stories it takes to make it furniture."""

    CHROME = 0
    HEADLINE = 1
    ARTICLE = 2


@dataclass(frozen=True, slots=True)
class Outline:
    """The shown lines of a page in order, blank ones left out: a key, a shape and a size in letters for each."""

    keys: tuple[int, ...]
    shapes: tuple[Shape, ...]
    sizes: tuple[int, ...]

    @classmethod
    def parse(cls, packed: bytes) -> Outline:
        """Read what :func:`outline` gave.

        Raises:
            ValueError: these are not the bytes of an outline.
        """
        count, rest = divmod(len(packed), _LINE_BYTES)
        if rest:
            raise ValueError(f"not an outline: {len(packed)} bytes")
        values = struct.unpack(f"<{count}Q{count}I", packed)
        notes = values[count:]
        mask = (1 << _SHAPE_BITS) - 1
        return cls(
            values[:count], tuple(_SHAPES[note & mask] for note in notes), tuple(note >> _SHAPE_BITS for note in notes)
        )

    def prose(self) -> dict[int, int]:
        """Give the size of each line that looks like article, by key."""
        return {
            key: size
            for key, shape, size in zip(self.keys, self.shapes, self.sizes, strict=True)
            if shape is Shape.ARTICLE
        }


_SHAPES = (Shape.CHROME, Shape.HEADLINE, Shape.ARTICLE, Shape.ARTICLE)


def line_key(text: str) -> int:
    """Digest a line as it is compared: digits masked, case and white space aside. 64 bits; 0 is no line at all."""
    return _digest(_DIGITS.sub("0", " ".join(text.casefold().split())))


def key_of(line: Surface) -> int:
    """Give the key of a line that has been looked at already."""
    masked = line.text.casefold()  # its white space is collapsed
    return _digest(_DIGITS.sub("0", masked) if line.digits else masked)


def _digest(masked: str) -> int:
    return int.from_bytes(blake2b(masked.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1


def outline(article: Article) -> bytes:
    """Make the outline of an article: 12 bytes for each line it shows, the same on every machine.

    It changes with the article's text and lines, and with :data:`CLEAN_VERSION <provenance.clean.CLEAN_VERSION>`.
    """
    return outline_of(surfaces(article.text, article.lines))


def outline_of(lines: Iterable[Surface]) -> bytes:
    """Make the outline of lines that have been looked at already."""
    shown = [line for line in lines if not line.blank]
    keys = [key_of(line) for line in shown]
    notes = [
        min(line.size, _MAX_SIZE) << _SHAPE_BITS | shape for line, shape in zip(shown, _shapes(shown), strict=True)
    ]
    return struct.pack(f"<{len(keys)}Q{len(keys)}I", *keys, *notes)


def _shapes(shown: Sequence[Surface]) -> list[Shape]:
    prose = [False, *(line.prose for line in shown), False]
    return [
        _shape(line, between_prose=before and after)
        for line, before, after in zip(shown, prose, prose[2:], strict=False)
    ]


def _shape(line: Surface, *, between_prose: bool) -> Shape:
    if line.prose or between_prose:
        return Shape.ARTICLE
    return Shape.HEADLINE if line.size >= HEADLINE_SIZE else Shape.CHROME
