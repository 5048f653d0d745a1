"""What the program says of versions, held against what was planted: precision and recall by kind and by form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drifting.versions import Change, Version

__all__ = ["Outcome", "Tally", "judged"]

Row = Mapping[str, Any]

REACH = 12
"""Code points from a changed wording within which a report still means it: a word, where one was left out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the changes and reports of one version."""

    version: Version
    hit: tuple[Change, ...]
    missed: tuple[Change, ...]
    wrong: tuple[Row, ...]


def judged(version: Version, drift: Sequence[Row], known: Sequence[Row] = ()) -> Outcome:
    """Hold the reports on one version against its changes; what repeats a right report is neither right nor wrong.

    Args:
        version: a version with its changes.
        drift: what the program reports: kind, places, wordings.
        known: changes of fact that were in the texts before anything was planted, each with its ``kind`` and the
            wording ``downstream``; a report of one of them is not wrong.
    """
    hit: list[Change] = []
    wrong: list[Row] = []
    for report in drift:
        change = next((one for one in version.changes if _is_about(one, report)), None)
        if change is None:
            wrong.extend([] if any(_is_known(one, report, version.text) for one in known) else [report])
        elif change not in hit:
            hit.append(change)
    missed = tuple(one for one in version.changes if one not in hit)
    return Outcome(version, tuple(hit), missed, tuple(wrong))


def _is_about(change: Change, report: Row) -> bool:
    if report["kind"] != change.kind and report["kind"] not in change.also:
        return False
    start, end = report["downstream"]["start"], report["downstream"]["end"]
    return any(start < after + REACH and before - REACH < end for before, after in change.places)


def _is_known(one: Row, report: Row, text: str) -> bool:
    at = text.find(one["downstream"])
    place = report["downstream"]
    return bool(
        one["kind"] == report["kind"] and at >= 0 and place["start"] < at + len(one["downstream"]) and at < place["end"]
    )


@dataclass(slots=True)
class Tally:
    """Counts of right, wrong and missed by kind."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Tally:
        """Count over versions."""
        tally = cls()
        for outcome in outcomes:
            tally.right.update(one.kind for one in outcome.hit)
            tally.missed.update(one.kind for one in outcome.missed)
            tally.wrong.update(one["kind"] for one in outcome.wrong)
        return tally

    def kinds(self) -> Iterator[str]:
        """Yield the kinds seen, sorted."""
        yield from sorted(self.right.keys() | self.wrong.keys() | self.missed.keys())

    def precision(self, kind: str | None = None) -> float:
        """Share of reports that are right, in [0, 1]; 1.0 when nothing was reported."""
        right, wrong = _count(self.right, kind), _count(self.wrong, kind)
        return right / (right + wrong) if right + wrong else 1.0

    def recall(self, kind: str | None = None) -> float:
        """Share of changes that were reported, in [0, 1]; 1.0 when nothing was changed."""
        right, missed = _count(self.right, kind), _count(self.missed, kind)
        return right / (right + missed) if right + missed else 1.0


def _count(counts: Counter[str], kind: str | None) -> int:
    return counts.total() if kind is None else counts[kind]
