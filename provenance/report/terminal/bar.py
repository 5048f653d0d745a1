"""The bar of an article: how much of it was taken over in which way, in characters that differ without colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.text import Text

from provenance.model import PassageKind
from provenance.report.words import PASSAGE_WORDS

__all__ = ["bar", "legend"]

BAR_WIDTH: Final = 50
"""Cells of a bar, each two percent of the article's body words; fits 80 columns beside the figure."""

_NEW: Final = ("·", "dim", "new")

_LOOKS: Final = {
    PassageKind.VERBATIM: ("█", "red"),
    PassageKind.EDITED: ("▓", "yellow"),
    PassageKind.REWRITTEN: ("▒", "magenta"),
    PassageKind.TRANSLATED: ("░", "blue"),
    PassageKind.QUOTE: ('"', "cyan"),
}


def bar(composition: Iterable[tuple[PassageKind, float]]) -> Text:
    """Return a bar of :data:`BAR_WIDTH` cells; what the composition leaves is new.

    Cells are shared out by largest remainder, so they always fill the bar; a kind that occurs at all has a cell.
    """
    shares = {kind: share for kind, share in composition if share > 0}
    cells = _cells([*(shares.get(kind, 0.0) for kind in _LOOKS), max(0.0, 1 - sum(shares.values()))])
    line = Text()
    for (sign, style), count in zip([*_LOOKS.values(), _NEW[:2]], cells, strict=True):
        line.append(sign * count, style)
    return line


def _cells(shares: list[float]) -> list[int]:
    total = sum(shares)
    exact = [share / total * BAR_WIDTH for share in shares]
    cells = [max(int(amount), int(amount > 0)) for amount in exact]
    by_remainder = sorted(range(len(cells)), key=lambda place: cells[place] - exact[place])
    for place in by_remainder[: max(0, BAR_WIDTH - sum(cells))]:
        cells[place] += 1
    while sum(cells) > BAR_WIDTH:
        cells[cells.index(max(cells))] -= 1
    return cells


def legend() -> Text:
    """Return what each character of a bar stands for."""
    line = Text()
    for kind, (sign, style) in _LOOKS.items():
        counted = " (not counted)" if kind is PassageKind.QUOTE else ""
        line.append(sign, style).append(f" {PASSAGE_WORDS[kind]}{counted}  ")
    return line.append(_NEW[0], _NEW[1]).append(f" {_NEW[2]}")
