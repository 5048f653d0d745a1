"""Figures for people: tables in Markdown, which read as well in a terminal and are what docs/ holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["as_markdown", "put_into"]

Figures = Mapping[str, Any]

_STAGES = ("read", "fingerprint", "join", "align")  # in the order of the work
_BEGIN, _END = "<!-- measured by scripts/bench -->\n", "<!-- end of what was measured -->\n"


def put_into(page: str, tables: str) -> str:
    """Put tables into a page between the two marks for them, in place of what is there.

    Raises:
        ValueError: the page has not both marks, in order.
    """
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"the page has no place for figures, which begins with {_BEGIN!r} and ends with {_END!r}")
    return f"{before}{begin}\n{tables}\n\n{end}{after}"


def as_markdown(found: Figures) -> str:
    """Give every table the figures fill, with the machine first."""
    parts = [_machine(found["machine"])]
    if "us" in found:
        parts += [_contest(found), _overlap(found, "recall_by_overlap", "overlap"), _stages(found)]
        parts.append(_overlap(found, "recall_by_kind", "kind"))
    if "growth" in found:
        parts.append(_growth(found["growth"]))
    if "audit" in found:
        parts.append(_audit(found["audit"]))
    if "attribution" in found:
        parts.append(_named("attribution", found["attribution"]))
    return "\n\n".join(parts)


def _machine(machine: Figures) -> str:
    return (
        f"Measured on {machine['day']} with version {machine['program']}: {machine['system']}, {machine['processor']}, "
        f"{machine['processors']} processors, {machine['memory_gib']} GiB, Python {machine['python']}; load before: "
        f"{machine['load']}"
    )


def _contenders(found: Figures) -> dict[str, Figures]:
    """Give everybody who was measured, by the name to show, those who failed left out."""
    peers = {f"{name} {peer['version']}": peer for name, peer in found["peers"].items()}
    return {name: each for name, each in {"us": found["us"], **peers}.items() if "wall_s" in each}


def _contest(found: Figures) -> str:
    heads = ("wall s", "CPU s", "peak MiB", "recall", "precision", "wire story", "times slower")
    rows = [[name, *_contest_cells(each)] for name, each in _contenders(found).items()]
    everybody = {"us": found["us"], **found["peers"]}
    rows += [[name, f"failed: {each['error']}", *[""] * 6] for name, each in everybody.items() if "error" in each]
    if "wall_s" in found["floor"]:
        rows.append(["floor: `wc -w`", f"{found['floor']['wall_s']:.2f}", *["–"] * 6])
    return _table((f"{found['articles']:,} articles", *heads), rows)


def _contest_cells(each: Figures) -> Iterator[str]:
    yield f"{each['wall_s']:.1f}"
    yield f"{each['cpu_s']:.1f}"
    yield f"{each['peak_mib']:,}"
    yield from (f"{each[name]:.3f}" for name in ("recall", "precision", "wire_recall"))
    yield f"{each['times_slower']:.1f}" if "times_slower" in each else "–"


def _overlap(found: Figures, table: str, head: str) -> str:
    contenders = _contenders(found)
    if not contenders:
        return ""
    first = next(iter(contenders.values()))[table]
    rows = [
        [name, f"{counted['pairs']:,}", *(f"{each[table][name]['recall']:.3f}" for each in contenders.values())]
        for name, counted in first.items()
    ]
    return _table((f"recall by {head}", "pairs", *contenders), rows)


def _stages(found: Figures) -> str:
    contenders = _contenders(found)
    names = [name for name in _STAGES if any(name in each["stages_s"] for each in contenders.values())]
    rows = [
        [name, *(f"{each['stages_s'][name]:.2f}" if name in each["stages_s"] else "–" for each in contenders.values())]
        for name in names
    ]
    return _table(("stage, wall s", *contenders), rows)


def _growth(growth: Figures) -> str:
    names = list(growth["exponents"])
    rows = [[f"{row['articles']:,}", *(_growth_cell(row, name) for name in names)] for row in growth["sizes"]]
    for which, meaning in (("all", "exponent, all sizes"), ("last", "exponent, the last two")):
        rows.append([meaning, *(f"{growth['exponents'][name][which]:.2f}" for name in names)])
    return _table(("wall s (peak MiB)", *names), rows)


def _growth_cell(row: Figures, name: str) -> str:
    return f"{row[name]['wall_s']:.1f} ({row[name]['peak_mib']:,})" if name in row else "–"


def _audit(audit: Figures) -> str:
    more = audit["added"]
    rows = [
        ["wall s", f"{audit['wall_s']:.1f}", f"{more['wall_s']:.1f}"],
        ["CPU s", f"{audit['cpu_s']:.1f}", f"{more['cpu_s']:.1f}"],
        ["articles a second", f"{audit['articles_per_s']:.1f}", "–"],
        ["peak MiB", f"{audit['peak_mib']:,}", f"{more['peak_mib']:,}"],
        ["KiB an article beyond 500 MiB", f"{audit['kib_per_article']:.1f}", "–"],
        ["share of the full audit", "1", f"{more['share_of_full']:.1%}"],
        *(
            [f"{name}, wall s", f"{audit['stages_s'].get(name, 0.0):.1f}", f"{more['stages_s'].get(name, 0.0):.1f}"]
            for name in {**audit["stages_s"], **more["stages_s"]}
        ),
    ]
    return _table(
        ("whole audit", f"{audit['articles']:,} articles ({audit['form']})", f"{more['articles']:,} more"), rows
    )


def _named(name: str, figures: Figures) -> str:
    return _table((name, ""), [[key.replace("_", " "), f"{value:,g}"] for key, value in figures.items()])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
