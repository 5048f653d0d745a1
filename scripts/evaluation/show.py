"""Measures as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evaluation.measures import Bar, Better, Measure
from evaluation.tasks import Missing

__all__ = ["as_markdown", "as_objects", "print_missing", "print_table"]

PIPE_COLUMNS = 140
"""Width of the table where no terminal says its own: no column is cut."""


def print_table(measures: Sequence[Measure], bars: Mapping[tuple[str, str, str], Bar]) -> None:
    """Print one row a measure; the corpus and its seconds stand once."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("task", "corpus", "measure"):
        table.add_column(name, no_wrap=True)
    for name in ("value", "aim", "known"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("seconds", justify="right", no_wrap=True)
    before: tuple[str, str] | None = None
    for each in measures:
        here = (each.task, each.corpus)
        first = here != before
        table.add_row(*_row(each, bars.get(each.key), first=first))
        before = here
    console = Console()
    Console(width=None if console.is_terminal else PIPE_COLUMNS).print(table)


def _row(each: Measure, bar: Bar | None, *, first: bool) -> list[Text]:
    met = bar.is_met(each.value) if bar else None
    verdict = Text("") if met is None else Text("reached", "green") if met else Text("not reached", "yellow")
    cells = [each.task, each.corpus] if first else ["", ""]
    return [
        *map(Text, (*cells, each.name, _number(each.value), _aim(bar), _number(bar.known if bar else None))),
        verdict,
        Text(f"{each.seconds:.1f}" if first else ""),
    ]


def _aim(bar: Bar | None) -> str:
    if bar is None or bar.aim is None:
        return ""
    return f"{'≥' if bar.better is Better.HIGHER else '≤'} {_number(bar.aim)}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, int) else f"{value:.3f}"


def as_markdown(measures: Sequence[Measure], bars: Mapping[tuple[str, str, str], Bar]) -> str:
    """Return the table for a page of the documentation, without the seconds, which belong to a machine."""
    lines = ["| task | corpus | measure | value | aim | best known of others |", "|---|---|---|---|---|---|"]
    before: tuple[str, str] | None = None
    for each in measures:
        bar = bars.get(each.key)
        here = ("", "") if (each.task, each.corpus) == before else (each.task, each.corpus)
        known = f"{_number(bar.known)} ({bar.by})" if bar and bar.known is not None else ""
        lines.append(f"| {' | '.join((*here, each.name, _number(each.value), _aim(bar), known))} |")
        before = (each.task, each.corpus)
    return "\n".join(lines)


def print_missing(missing: Iterable[Missing], console: Console) -> None:
    """Name every corpus that was not measured, and why."""
    for each in missing:
        console.print(Text(f"Not measured: {each.task} on {each.corpus}: {each.reason}"), soft_wrap=True)


def as_objects(
    measures: Sequence[Measure], missing: Sequence[Missing], bars: Mapping[tuple[str, str, str], Bar]
) -> dict[str, object]:
    """Return everything measured, what it is held against, and what was not measured."""
    return {
        "measures": [_object(each, bars.get(each.key)) for each in measures],
        "missing": [{"task": each.task, "corpus": each.corpus, "reason": each.reason} for each in missing],
    }


def _object(each: Measure, bar: Bar | None) -> dict[str, object]:
    return {
        "task": each.task,
        "corpus": each.corpus,
        "measure": each.name,
        "value": each.value,
        "seconds": round(each.seconds, 2),
        "better": bar.better.value if bar else None,
        "aim": bar.aim if bar else None,
        "reached": bar.is_met(each.value) if bar else None,
        "known": bar.known if bar else None,
        "known_by": bar.by if bar else "",
    }
