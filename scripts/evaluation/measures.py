"""Measured values, and what they are held against."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

__all__ = ["BARS_FILE", "Bar", "Better", "Measure", "Scores", "load_bars", "precision_recall_f1"]

BARS_FILE = Path(__file__).with_name("bars.toml")

Scores = Mapping[str, float]
"""Values by the name of the measure, of one corpus."""


class Better(StrEnum):
    """Which way a measure improves."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured value and the seconds the program took for the corpus it was measured on."""

    task: str
    corpus: str
    name: str
    value: float
    seconds: float

    @property
    def key(self) -> tuple[str, str, str]:
        """What a bar is found by."""
        return (self.task, self.corpus, self.name)


@dataclass(frozen=True, slots=True)
class Bar:
    """What a value is to reach, and what other methods reach on the same data."""

    better: Better
    aim: float | None = None
    known: float | None = None
    """The best value measured with a method of others; ``None`` where nobody measured one."""
    by: str = ""
    """The method that reached :attr:`known`."""

    def is_met(self, value: float) -> bool | None:
        """Say whether a value reaches the aim; ``None`` when there is none."""
        if self.aim is None:
            return None
        return value >= self.aim if self.better is Better.HIGHER else value <= self.aim


def load_bars(file: Path = BARS_FILE) -> dict[tuple[str, str, str], Bar]:
    """Read the bars by task, corpus and measure."""
    entries = tomllib.loads(file.read_text("utf-8"))["bar"]
    return {
        (entry["task"], entry["corpus"], entry["measure"]): Bar(
            better=Better(entry.get("better", "higher")),
            aim=entry.get("aim"),
            known=entry.get("known"),
            by=entry.get("by", ""),
        )
        for entry in entries
    }


def precision_recall_f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Give precision, recall and their harmonic mean, each in [0, 1]; 0.0 where nothing was said or asked for."""
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
