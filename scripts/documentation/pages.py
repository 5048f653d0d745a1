"""Pages of the documentation and the two kinds of parts in them that a machine keeps true.

A generated part stands between two comments and is named with its arguments::

    <!-- generated: help audit -->
    …
    <!-- /generated -->

A console block shows commands after ``$`` and what each prints. A line that is ``…`` alone stands for any lines; a
command without output below it may print anything, but has to succeed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["ROOT", "Shown", "elided", "matches", "pages", "read_console", "with_consoles", "with_generated"]

ROOT: Final = Path(__file__).resolve().parents[2]

ELLIPSIS: Final = "…"

_GENERATED: Final = re.compile(r"(<!-- generated: (?P<call>[^>]+?) -->\n).*?(<!-- /generated -->)", re.DOTALL)
_CONSOLE: Final = re.compile(r"(```console\n)(?P<body>.*?)(```)", re.DOTALL)


def pages() -> list[Path]:
    """List the README, the changelog, and every page of the documentation."""
    top = [ROOT / name for name in ("README.md", "CHANGELOG.md")]
    return [*top, *sorted((ROOT / ".github").glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def with_generated(text: str, generate: Callable[[str, Sequence[str]], str]) -> str:
    """Replace every generated part of a page; ``generate`` gets the name of the part and its arguments."""

    def renewed(part: re.Match[str]) -> str:
        name, *arguments = part["call"].split()
        return f"{part[1]}\n{generate(name, arguments).strip()}\n\n{part[3]}"

    return _GENERATED.sub(renewed, text)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command and the lines a page shows below it."""

    command: str
    output: tuple[str, ...]


def read_console(body: str) -> Iterator[Shown]:
    r"""Yield the commands of a console block; a command that ends with ``\`` goes on in the next line."""
    command, output, open_line = "", list[str](), False
    for line in body.splitlines():
        if open_line:
            command, open_line = f"{command}\n{line}", line.endswith("\\")
        elif line.startswith("$ "):
            if command:
                yield Shown(command, _without_blank_ends(output))
            command, output, open_line = line[2:], [], line.endswith("\\")
        else:
            output.append(line)
    if command:
        yield Shown(command, _without_blank_ends(output))


def _without_blank_ends(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple("\n".join(lines).strip("\n").split("\n")) if any(lines) else ()


def matches(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Say whether a page shows what a command prints; showing nothing is always right."""
    if not shown:
        return True
    parts = (".*" if line == ELLIPSIS else re.escape(line) for line in shown)
    return re.fullmatch("\n".join(parts).replace("\n.*\n", "\n(?:.*\n)??"), "\n".join(printed), re.DOTALL) is not None


def elided(shown: Sequence[str], printed: Sequence[str]) -> tuple[str, ...]:
    """Give what a page should show of a command's output: as many lines before and after the gap as it shows now."""
    if ELLIPSIS not in shown:
        return tuple(printed)
    head, tail = shown.index(ELLIPSIS), len(shown) - 1 - list(reversed(shown)).index(ELLIPSIS)
    after = len(shown) - 1 - tail
    return (*printed[:head], ELLIPSIS, *(printed[len(printed) - after :] if after else ()))


def with_consoles(text: str, run: Callable[[str], Sequence[str]]) -> str:
    """Renew the shown output of every command of a page, in order; ``run`` gives what a command prints."""

    def renewed(block: re.Match[str]) -> str:
        lines = []
        for shown in read_console(block["body"]):
            printed = run(shown.command)
            output = shown.output if matches(shown.output, printed) else elided(shown.output, printed)
            lines += [f"$ {shown.command}", *output]
        return f"{block[1]}{chr(10).join(lines)}\n{block[3]}"

    return _CONSOLE.sub(renewed, text)
