"""Measure how many changed facts the program finds, in versions of the fixture articles made for the purpose.

    scripts/drift [--part tuning|held-out] [--show missed|wrong] [--kind KIND] [--markdown]

Changes are planted by general rules (scripts/drifting/words.toml). Drift is tuned on one part, whose outcomes may be
looked at one by one; the other is only ever measured.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from drifting.measuring import PARTS, TUNING, VERSIONS, measure_drift
from drifting.scoring import Outcome, Tally
from drifting.versions import FORMS, KINDS, REWRITTEN

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments name; return the exit code."""
    chosen = _parser().parse_args(arguments)
    found: dict[str, list[Outcome]] = {}
    with tempfile.TemporaryDirectory(prefix="drift-") as folder:
        for part in [chosen.part] if chosen.part else PARTS:
            found[part] = measure_drift(Path(folder), part, chosen.versions)
    if chosen.show:
        for outcome in found.get(TUNING, ()):
            _show(outcome, chosen.show, chosen.kind)
    print(_markdown(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/drift", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS, help="the stories to measure on (default: both parts)")
    parser.add_argument("--versions", type=int, default=VERSIONS, metavar="N", help="of each article and form")
    parser.add_argument("--show", choices=("missed", "wrong"), help="print these, of the tuning part only")
    parser.add_argument("--kind", choices=KINDS, help="with --show: of this kind only")
    return parser


def _show(outcome: Outcome, what: str, kind: str | None) -> None:
    article = outcome.version.article
    head = f"{article.story}/{article.file} {outcome.version.form} {outcome.version.number}"
    if what == "missed":
        for change in outcome.missed:
            if kind in (None, change.kind):
                start = change.places[0][0] if change.places else 0
                near = outcome.version.text[max(0, start - 70) : start + 90].replace("\n", " ")
                print(f"{head}\n    missed {change.kind}: {change.before!r} -> {change.after!r}\n        … {near} …")
        return
    for report in outcome.wrong:
        if kind in (None, report["kind"]):
            start = report["downstream"]["start"]
            near = outcome.version.text[max(0, start - 70) : start + 90].replace("\n", " ")
            print(f"{head}\n    wrong {report['kind']}: {report['from']!r} -> {report['to']!r}\n        … {near} …")


def _markdown(found: dict[str, list[Outcome]]) -> str:
    lines = ["| part | | planted | precision | recall |", "|---|---|---|---|---|"]
    for part, outcomes in found.items():
        every = Tally.of(outcomes)
        lines.append(_row(part, "everything", every, None))
        lines += [_row("", kind, every, kind) for kind in every.kinds()]
        for form in (*FORMS, REWRITTEN):
            lines.append(_row("", f"*{form.name}*", Tally.of(o for o in outcomes if o.version.form == form.name), None))
        for language in sorted({outcome.version.article.language for outcome in outcomes}):
            of_it = Tally.of(outcome for outcome in outcomes if outcome.version.article.language == language)
            lines.append(_row("", f"`{language}`", of_it, None))
    return "\n".join(lines)


def _row(part: str, name: str, tally: Tally, kind: str | None) -> str:
    planted = sum((tally.right + tally.missed)[one] for one in ([kind] if kind else tally.kinds()))
    return f"| {part} | {name} | {planted} | {tally.precision(kind):.3f} | {tally.recall(kind):.3f} |"


if __name__ == "__main__":
    sys.exit(main())
