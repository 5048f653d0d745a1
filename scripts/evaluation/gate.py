"""The accuracy gate: what the program reaches on the gold of this project must not fall below what it once reached.

Floors and the digest of the gold are pinned in ``tests/quality/floors.toml``. The gate depends on nothing outside.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from drifting.measuring import HELD_OUT, measure_drift
from drifting.scoring import Tally

from evaluation.measures import Better, Measure
from evaluation.program import run, run_audit
from evaluation.scoring import (
    OutletNames,
    attribution_records,
    attribution_scores,
    line_records,
    line_scores,
    read_rows,
)
from evaluation.stories import read_expectations, story_scores

__all__ = [
    "FLOORS_FILE",
    "LOWER_IS_BETTER",
    "Pin",
    "Pins",
    "digest_of",
    "failures",
    "load_pins",
    "measure_gold",
    "repinned",
]

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
FLOORS_FILE = ROOT / "tests" / "quality" / "floors.toml"

LOWER_IS_BETTER = frozenset({"false-positive rate", "strangers linked"})

DECIMALS = 3
"""Decimals of a pin, cut in favour of the program: sums of floating-point numbers differ between machines."""

HEADER = """\
# What the program reaches on the gold in fixtures/, pinned by `scripts/evaluate --gate --repin`: no less than
# `at-least`, no more than `at-most`. `digest` is that of the gold: when it changes, everything is measured and pinned
# anew.
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """A value that was reached, and which way is better."""

    value: float
    better: Better

    def holds(self, value: float) -> bool:
        """Say whether a value is no worse."""
        return value >= self.value if self.better is Better.HIGHER else value <= self.value


@dataclass(frozen=True, slots=True)
class Pins:
    """All pins by ``corpus`` and ``measure``, with the digest of the gold they were measured on."""

    digest: str
    pins: Mapping[tuple[str, str], Pin]


def load_pins(file: Path = FLOORS_FILE) -> Pins:
    """Read the pins; a file that is not there holds none."""
    if not file.exists():
        return Pins("", {})
    document: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    pins = {
        (corpus, name): Pin(float(value), better)
        for corpus, table in document.items()
        if isinstance(table, dict)
        for key, better in (("at-least", Better.HIGHER), ("at-most", Better.LOWER))
        for name, value in table.get(key, {}).items()
    }
    return Pins(document["digest"], pins)


def digest_of(folder: Path = FIXTURES) -> str:
    """Give the SHA-256 over every file of the gold, the stories and what is expected of them.

    Of an expected file the notes on what the program does not reach yet (``pending``) do not count.
    """
    found = hashlib.sha256()
    for part in ("expected", "gold", "stories"):
        for file in sorted(path for path in (folder / part).rglob("*") if path.is_file() and path.suffix != ".md"):
            content = _without_notes(file) if file.suffix == ".toml" else file.read_bytes()
            found.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def _without_notes(file: Path) -> bytes:
    return json.dumps(_pruned(tomllib.loads(file.read_text("utf-8"))), sort_keys=True).encode()


def _pruned(value: object) -> object:
    if isinstance(value, dict):
        return {key: _pruned(each) for key, each in value.items() if key != "pending"}
    return [_pruned(each) for each in value] if isinstance(value, list) else value


def measure_gold(folder: Path, fixtures: Path = FIXTURES) -> list[Measure]:
    """Run the program over the gold and score what it says, working in ``folder``."""
    return [
        *_measure_attribution(folder, fixtures / "gold", "attribution", ("outlets",)),
        *_measure_attribution(folder, fixtures / "gold", "attribution-world", ("outlets", "outlets-world")),
        *_measure_lines(folder, fixtures / "gold"),
        *_measure_stories(folder, fixtures),
        *_measure_drift(folder, fixtures),
    ]


def _measure_attribution(folder: Path, gold: Path, corpus: str, outlets: Sequence[str]) -> Iterable[Measure]:
    rows = read_rows(gold / f"{corpus}.jsonl")
    known = (json.loads((gold / f"{name}.json").read_text("utf-8")) for name in outlets)
    names = OutletNames(dict(chain.from_iterable(each.items() for each in known)))
    records = _write(folder / f"{corpus}.jsonl", attribution_records(rows))
    output = run(folder / f"{corpus}.inspected.jsonl", "inspect", str(records), "--format", "jsonl")
    for name, value in attribution_scores(rows, output.rows(), names).items():
        yield Measure("gate", corpus, name, value, output.seconds)


def _measure_lines(folder: Path, gold: Path) -> Iterable[Measure]:
    rows = read_rows(gold / "boilerplate.jsonl")
    records = _write(folder / "boilerplate.jsonl", line_records(rows))
    output = run(folder / "boilerplate.inspected.jsonl", "inspect", str(records), "--format", "jsonl")
    for name, value in line_scores(rows, output.rows()).items():
        yield Measure("gate", "boilerplate", name, value, output.seconds)


def _measure_stories(folder: Path, fixtures: Path) -> Iterable[Measure]:
    stories = fixtures / "stories"
    audit = run_audit(folder, "stories", [stories])
    inspected = run(folder / "stories.inspected.jsonl", "inspect", str(stories), "--format", "jsonl")
    scores = story_scores(read_expectations(fixtures / "expected"), audit.document(), inspected.rows())
    for name, value in scores.items():
        yield Measure("gate", "stories", name, value, audit.seconds)


def _measure_drift(folder: Path, fixtures: Path) -> Iterable[Measure]:
    """Measure changes of fact planted into the stories that drift is not tuned on."""
    begun = time.perf_counter()
    found = Tally.of(measure_drift(folder, HELD_OUT, fixtures=fixtures))
    seconds = time.perf_counter() - begun
    yield Measure("gate", "drift", "precision", found.precision(), seconds)
    yield Measure("gate", "drift", "recall", found.recall(), seconds)


def _write(file: Path, records: Iterable[Mapping[str, object]]) -> Path:
    file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return file


def failures(measures: Iterable[Measure], pins: Pins, digest: str) -> list[str]:
    """Say what does not hold: another gold than the pinned one, a measure worse or unpinned, a pin not measured."""
    found = [] if pins.digest == digest else ["the gold in fixtures/ has changed since it was pinned: run with --repin"]
    values = {(each.corpus, each.name): each.value for each in measures}
    for (corpus, name), value in values.items():
        pin = pins.pins.get((corpus, name))
        if pin is None:
            found.append(f"{corpus}, {name}: has no pin: run with --repin")
        elif not pin.holds(value):
            word = "below" if pin.better is Better.HIGHER else "above"
            found.append(f"{corpus}, {name}: {value:.4f} is {word} the pinned {pin.value}")
    found += [
        f"{corpus}, {name}: pinned but not measured" for corpus, name in pins.pins if (corpus, name) not in values
    ]
    return found


def repinned(measures: Iterable[Measure], pins: Pins, digest: str, *, allow_regression: bool) -> str:
    """Give the text of the file with today's values.

    A value better than its pin raises the pin. One that is worse keeps it, so that the gate goes on failing, unless
    ``allow_regression`` says that the loss is meant.
    """
    tables: dict[str, dict[str, dict[str, float]]] = {}
    for each in measures:
        better = Better.LOWER if each.name in LOWER_IS_BETTER else Better.HIGHER
        old = pins.pins.get((each.corpus, each.name))
        kept = old is not None and not old.holds(each.value) and not allow_regression
        value = old.value if old is not None and kept else _cut(each.value, better)
        key = "at-least" if better is Better.HIGHER else "at-most"
        tables.setdefault(each.corpus, {}).setdefault(key, {})[each.name] = value
    lines = [HEADER, f'digest = "{digest}"']
    for corpus in sorted(tables):
        for key in sorted(tables[corpus]):
            lines += ["", f"[{corpus}.{key}]", *(f'"{n}" = {v}' for n, v in sorted(tables[corpus][key].items()))]
    return "\n".join(lines) + "\n"


def _cut(value: float, better: Better) -> float:
    scale: int = 10**DECIMALS
    scaled = round(value * scale, 6)
    return (math.floor(scaled) if better is Better.HIGHER else math.ceil(scaled)) / scale
