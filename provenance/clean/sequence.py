"""From features to states: which lines are the article, decided for the page as a whole.

A page reads *head, article with insertions, tail*. A small chain model says so: each feature of a line adds its weight
to the line being article, each step from line to line has a weight, and the best path through the page wins
(Viterbi). Weights stand in ``data/weights.toml``, written by ``scripts/fit_cleaning``: those of features are a logistic
regression's over single lines, those of steps constants chosen by cross-validation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from itertools import repeat

import rtoml

__all__ = ["SHORT_PAGE", "STEPS", "State", "Weights", "best_path", "shipped_weights"]


SHORT_PAGE = 30
"""Unsettled lines up to which a page is not a raw one: its furniture is known already, or it has none."""


class State(IntEnum):
    """Where a line stands in the course of a page."""

    HEAD = 0
    ARTICLE = 1
    INSERT = 2  # furniture with article on both sides
    TAIL = 3


STEPS: Mapping[str, tuple[State | None, State | None]] = {
    "begins with head": (None, State.HEAD),
    "begins with article": (None, State.ARTICLE),
    "head goes on": (State.HEAD, State.HEAD),
    "head to article": (State.HEAD, State.ARTICLE),
    "article goes on": (State.ARTICLE, State.ARTICLE),
    "article to insert": (State.ARTICLE, State.INSERT),
    "article to tail": (State.ARTICLE, State.TAIL),
    "insert goes on": (State.INSERT, State.INSERT),
    "insert to article": (State.INSERT, State.ARTICLE),
    "tail goes on": (State.TAIL, State.TAIL),
    "ends in head": (State.HEAD, None),
    "ends in article": (State.ARTICLE, None),
    "ends in tail": (State.TAIL, None),
}
"""Every step a page may take, by the name its weight has; any other is impossible."""


_FREE_STEPS: Mapping[str, float] = dict.fromkeys(STEPS, 0.0)
_Arrivals = list[tuple[State, float]]
"""The states a state may be reached from, in the order of a page, with the weight of the step."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights in log-odds: of features, for a line being article; and of steps between states."""

    article: Mapping[str, float]
    steps: Mapping[str, float]

    @classmethod
    def parse(cls, text: str) -> Weights:
        """Read weights from TOML; features that are not named weigh nothing."""
        data = rtoml.loads(text)
        return cls(
            {str(name): float(weight) for name, weight in data["article"].items()},
            {name: float(data["steps"].get(name, 0.0)) for name in STEPS},
        )

    def steps_of(self, lines: int) -> Mapping[str, float]:
        """Give the weights of steps for a page of so many unsettled lines: a short page may take any at no cost."""
        return self.steps if lines > SHORT_PAGE else _FREE_STEPS

    def of(self, names: Sequence[str]) -> float:
        """Add up what the named features say for a line being article."""
        return sum(map(self.article.get, names, repeat(0.0)))


@cache
def shipped_weights() -> Weights:
    """Read the weights that come with the program."""
    return Weights.parse((resources.files("provenance.clean") / "data" / "weights.toml").read_text("utf-8"))


def best_path(scores: Sequence[float], steps: Mapping[str, float]) -> list[State]:
    """Find the most likely states for lines whose article scores are given; one state a line."""
    if not scores:
        return []
    arrivals, start, end = _step_tables(steps)
    best = [start[state] + (scores[0] if state is State.ARTICLE else 0.0) for state in State]
    back: list[list[State]] = []
    for score in scores[1:]:
        reached, came = _stepped(best, arrivals)
        reached[State.ARTICLE] += score
        best = reached
        back.append(came)
    state = max(State, key=lambda last: best[last] + end[last])
    path = [state]
    for came in reversed(back):
        state = came[state]
        path.append(state)
    return path[::-1]


def _stepped(best: Sequence[float], arrivals: Sequence[_Arrivals]) -> tuple[list[float], list[State]]:
    """Take the best step into every state; of equal ones that from the state furthest down the page."""
    reached: list[float] = []
    came: list[State] = []
    for possible in arrivals:
        top, origin = -math.inf, possible[0][0]
        for before, weight in possible:
            value = best[before] + weight
            if value >= top:
                top, origin = value, before
        reached.append(top)
        came.append(origin)
    return reached, came


def _step_tables(steps: Mapping[str, float]) -> tuple[list[_Arrivals], list[float], list[float]]:
    arrivals: list[_Arrivals] = [[] for _ in State]
    start, end = [-math.inf] * len(State), [-math.inf] * len(State)
    for name, (before, after) in STEPS.items():
        weight = steps[name]
        if before is None and after is not None:
            start[after] = weight
        elif after is None and before is not None:
            end[before] = weight
        elif before is not None and after is not None:
            arrivals[after].append((before, weight))
    for possible in arrivals:
        possible.sort()
    return arrivals, start, end
