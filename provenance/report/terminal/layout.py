"""Building blocks of the terminal report: headings, paragraphs that hang, and columns where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from provenance.report.plain import printable

__all__ = ["Paragraph", "SideBySide", "entry", "heading", "plain", "stacked"]

_LEAST_WIDTH: Final = 20
"""Columns a paragraph is never folded below, however deep it stands."""

_WIDEST_TERMINAL: Final = 1000
"""Columns no screen has: a wider console is a pipe or a file, where lines are never folded."""

_MEASURE: Final = 110
"""Columns a paragraph takes at most on a screen: longer lines are hard to follow back to the next."""

_TWO_COLUMNS: Final = range(100, _WIDEST_TERMINAL)
"""Widths at which two texts stand beside each other: below, columns are too narrow to read."""


class Paragraph:
    """Text folded to the width at hand, its later lines indented like its first.

    Args:
        text: what to say; newlines in it start new lines.
        indent: columns every line stands in.
        mark: what stands in front of the first line, such as a bullet; later lines leave its room empty.
    """

    def __init__(self, text: Text, *, indent: int = 0, mark: str = "") -> None:
        self._text = text
        self._first = " " * indent + mark
        self._later = " " * len(self._first)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(_LEAST_WIDTH, min(options.max_width, _MEASURE) - len(self._first))
        in_a_pipe = options.max_width > _WIDEST_TERMINAL
        lines = self._text.split() if in_a_pipe else self._text.wrap(console, width, overflow="fold")
        for number, line in enumerate(lines):
            yield Text.assemble(self._later if number else self._first, line, no_wrap=True, overflow="ignore")


class SideBySide:
    """Two paragraphs beside each other where there is room, else one below the other, each under its label."""

    def __init__(self, left: tuple[str, Text], right: tuple[str, Text], *, indent: int = 0) -> None:
        self._sides = (left, right)
        self._indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width not in _TWO_COLUMNS:
            for label, text in self._sides:
                yield Paragraph(Text.assemble((f"{label}: ", "dim"), text), indent=self._indent)
            return
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=self._indent)
        for _ in self._sides:
            grid.add_column(ratio=1, overflow="fold")
        grid.add_row("", *(Text(label, style="dim") for label, _ in self._sides))
        grid.add_row("", *(text for _, text in self._sides))
        yield grid


def plain(text: str, style: str = "") -> Text:
    """Return a piece of text in one style; never read as markup, and printable whatever it holds."""
    return Text(printable(text), style=style, overflow="fold")


def entry(label: str, text: Text | str, *, indent: int = 0, style: str = "dim") -> Paragraph:
    """Return a labelled paragraph: ``Evidence: …``."""
    body = plain(text) if isinstance(text, str) else text
    return Paragraph(Text.assemble((f"{label}: ", style), body), indent=indent)


def heading(title: str, note: str = "") -> RenderableType:
    """Return a section heading, underlined so that it stands out without colour, with a note below it."""
    parts: list[RenderableType] = ["", plain(title, "bold"), plain("─" * len(title), "dim")]
    if note:
        parts.append(Paragraph(plain(note, "dim")))
    return Group(*parts)


def stacked(parts: Sequence[RenderableType]) -> RenderableType:
    """Return parts one below the other."""
    return Group(*parts)
