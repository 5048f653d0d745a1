"""The figures as a table, as Markdown and as one JSON object; and single mistakes, for whoever tunes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from lineages.families import Family
from lineages.kinds import KINDS
from lineages.measuring import Lineages
from lineages.scoring import Finding, Tally, totals

__all__ = ["as_markdown", "as_object", "mistakes", "print_table"]

HEADINGS = (
    "kind", "families", "edge P", "edge R", "edge F1", "dated", "pairs", "unknown", "undated", "pairs", "unknown",
    "beside", "origins inside", "mixed", "sources found", "content",
)  # fmt: skip
"""Direction accuracy, directions committed to, and abstention, of dated pairs, then of undated ones."""

_NOT_ON_PAGES = frozenset({"edge P", "edge R", "pairs", "mixed", "content"})

PIPE_COLUMNS = 200

AIMS = {"direction_accuracy_dated": 0.95, "direction_accuracy_undated": 0.85, "origins_inside": 0.95}
"""What the project wants to reach."""


def _rows(measured: Sequence[Lineages]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the part and the cells of every row: all of it first, then kind by kind."""
    for each in measured:
        yield each.part, _cells("everything", totals(each.kinds.values()))
        for kind in KINDS:
            if kind in each.kinds:
                yield each.part, _cells(kind, each.kinds[kind])


def _cells(name: str, tally: Tally) -> tuple[str, ...]:
    return (
        name,
        str(tally.families),
        *map(_number, tally.edge_scores()),
        *_direction_cells(tally, dated=True),
        *_direction_cells(tally, dated=False),
        str(sum(counts["beside"] for counts in tally.directions.values())),
        _number(tally.origins_inside()),
        str(tally.mixed),
        f"{tally.recalled}/{tally.missing}" if tally.missing else "",
        _number(tally.covered / tally.recalled if tally.recalled else None),
    )


def _direction_cells(tally: Tally, *, dated: bool) -> tuple[str, ...]:
    counts = tally.directions[dated]
    committed = counts["right"] + counts["reversed"] + counts["beside"]
    return (
        _number(tally.direction_accuracy(dated=dated)),
        str(committed) if committed else "",
        _number(tally.abstained(dated=dated)),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def print_table(measured: Sequence[Lineages]) -> None:
    """Print one row a kind, and below what is aimed at."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("part", no_wrap=True)
    for number, name in enumerate(HEADINGS):
        table.add_column(name, justify="right" if number else "left", no_wrap=not name.count(" "))
    before = ""
    for part, cells in _rows(measured):
        table.add_row(part if part != before else "", *cells)
        before = part
    console = Console()
    Console(width=None if console.is_terminal else PIPE_COLUMNS).print(table)
    figures = as_object(measured)
    for name, aim in AIMS.items():
        value = figures[name]
        reached = "" if not isinstance(value, float) else ", reached" if value >= aim else ", not reached"
        print(f"{name}: {value if not isinstance(value, float) else f'{value:.3f}'} (aim ≥ {aim}{reached})")


def as_markdown(measured: Sequence[Lineages]) -> str:
    """Give the table for a page of the documentation: the columns that count."""
    shown = [number for number, name in enumerate(HEADINGS) if name not in _NOT_ON_PAGES]
    lines = [f"| part | {' | '.join(HEADINGS[number] for number in shown)} |", f"|{'---|' * (len(shown) + 1)}"]
    before = ""
    for part, cells in _rows(measured):
        lines.append(f"| {part if part != before else ''} | {' | '.join(cells[number] for number in shown)} |")
        before = part
    return "\n".join(lines)


def as_object(measured: Sequence[Lineages]) -> dict[str, object]:
    """Give all figures over the parts together, and those of every kind and part."""
    every = totals(tally for each in measured for tally in each.kinds.values())
    return {
        **_figures(every),
        "families": every.families,
        "articles": sum(each.articles for each in measured),
        "seconds": round(sum(each.seconds for each in measured), 1),
        "parts": {
            each.part: {
                **_figures(totals(each.kinds.values())),
                "kinds": {kind: _figures(each.kinds[kind]) for kind in KINDS if kind in each.kinds},
            }
            for each in measured
        },
    }


def _figures(tally: Tally) -> dict[str, object]:
    precision, recall, f1 = tally.edge_scores()
    directions: Mapping[bool, Mapping[str, int]] = tally.directions
    return {
        "direction_accuracy_dated": tally.direction_accuracy(dated=True),
        "direction_accuracy_undated": tally.direction_accuracy(dated=False),
        "abstained": tally.abstained(),
        "origins_inside": tally.origins_inside(),
        "edge_F1": f1,
        "edge_precision": precision,
        "edge_recall": recall,
        "edges_beside_unseen": tally.edges["beside unseen"],
        "abstained_dated": tally.abstained(dated=True),
        "abstained_undated": tally.abstained(dated=False),
        "true_pairs_right_dated": tally.direction_accuracy(dated=True, beside=False),
        "true_pairs_right_undated": tally.direction_accuracy(dated=False, beside=False),
        "directions_dated": dict(directions[True]),
        "directions_undated": dict(directions[False]),
        "mixed": tally.mixed,
        "origin_error": tally.origin_error / tally.families if tally.families else None,
        "origin_width": tally.origin_width / tally.families if tally.families else None,
        "unseen_sources": tally.missing,
        "unseen_sources_found": tally.recalled,
        "unseen_content": tally.covered / tally.recalled if tally.recalled else None,
    }


def mistakes(measured: Lineages) -> Iterator[str]:
    """Yield every wrong edge, direction and count, with the truth and what the program said."""
    for tally in measured.kinds.values():
        for finding in tally.findings:
            yield "\n".join(_told(finding))


def _told(finding: Finding) -> Iterator[str]:
    family, said = finding.family, finding.said
    if finding.what == "origins":
        yield f"{family.kind}: origins: {said}; {len(family.members)} articles from {family.members[0].id}"
        return
    yield f"{family.kind}: {finding.what}: {finding.downstream} <- {finding.upstream} ({_truth(family, finding)})"
    for article in (finding.downstream, finding.upstream):
        record = next((member.page.record for member in family.members if member.id == article), None)
        if record is None:
            yield f"    {article}: of another family"
        else:
            yield f"    {article}: {record.get('outlet', record['url'])}, {record.get('published', 'no date field')}"
    if said is not None:
        strength, share = said["strength"], said["share"] or 0.0
        where = "in the lineage" if said["in_lineage"] else "not in the lineage"
        yield f"    said: {said['direction']}, strength {strength:.3f}, share {share:.2f}, {where}"
        for evidence in said["evidence"]:
            yield f"        {evidence['kind']} {evidence.get('weight', 0.0):+.2f} {evidence['detail']}"


def _truth(family: Family, finding: Finding) -> str:
    downstream, upstream = finding.downstream, finding.upstream
    if upstream not in family.ancestors:
        return "truth: unrelated"
    if (downstream, upstream) in family.edges:
        return "truth: directly from it"
    if (upstream, downstream) in family.edges:
        return "truth: the other way round"
    if upstream in family.ancestors[downstream]:
        return "truth: from it by way of others"
    if downstream in family.ancestors[upstream]:
        return "truth: the other way round, by way of others"
    sources = {member.id: member.sources for member in family.members}
    return "truth: both from a third" if sources[downstream] & sources[upstream] else "truth: independent"
