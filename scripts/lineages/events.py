"""Stories to tell: invented events with their facts in several wordings, and the articles of ``fixtures/stories``.

An event (``events/*.toml``) has ``facts``, in the order an agency tells them, each in three wordings: one reporter
tells the event in one of them, whoever rewrites the text may use another, and independent reporters never use the same.
Names, figures and places are drawn anew for every story (``people`` with what they are when no name is given,
``numbers`` with the least and the most, ``choose``); ``own`` are facts only one reporter has.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from lineages.grammar import HERE, expanded, words, written

__all__ = ["HELD_OUT", "PARTS", "TUNING", "VOICES", "Story", "invented"]

TUNING, HELD_OUT = "tuning", "held-out"

PARTS = (TUNING, HELD_OUT)
"""The half of the stories constants may be tuned on, and the half they are only measured on; they share no event."""

VOICES = 3
"""Wordings of every fact of an invented event."""


@dataclass(frozen=True, slots=True)
class Story:
    """One event with all that can be told of it.

    Attributes:
        id: name of the event.
        language: ISO 639-1 code.
        town: where it happened.
        headlines: different headings.
        facts: the wordings of every fact, as templates, in the order they are told.
        paragraphs: places of the facts of each paragraph.
        own: facts only one reporter has.
        people: what a named person is called when no name is given, by full name.
        slots: what the templates are filled with.
    """

    id: str
    language: str
    town: str
    headlines: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    paragraphs: tuple[tuple[int, ...], ...]
    own: tuple[str, ...]
    people: Mapping[str, str]
    slots: Mapping[str, str]

    def told(self, fact: int, voice: int, random: Random) -> str | None:
        """Tell a fact in a wording; ``None`` where there is no such wording of it."""
        wordings = self.facts[fact]
        return self._written(wordings[voice], random) if voice < len(wordings) else None

    def headline(self, number: int, random: Random) -> str:
        """Give a headline; there are few, so that large numbers begin again."""
        return self._written(self.headlines[number % len(self.headlines)], random)

    @property
    def voices(self) -> int:
        """Number of wordings of every fact."""
        return min(map(len, self.facts))

    def _written(self, wording: str, random: Random) -> str:
        """Expand a template; a text without slots is none."""
        return expanded(wording, self.slots, random) if self.slots else wording


@lru_cache(maxsize=1)
def _events() -> dict[str, tuple[dict[str, Any], ...]]:
    found: dict[str, list[dict[str, Any]]] = {part: [] for part in PARTS}
    for file in sorted((HERE / "events").glob("*.toml")):
        part = TUNING if file.name.startswith(TUNING) else HELD_OUT
        found[part] += tomllib.loads(file.read_text("utf-8"))["event"]
    return {part: tuple(events) for part, events in found.items()}


def invented(part: str, random: Random) -> list[Story]:
    """Make one story of every event of a part, with names and figures drawn anew, in an order of chance."""
    events = list(_events()[part])
    random.shuffle(events)
    names = _drawn([f"{one} {other}" for one, other in _pairs(random)], random)
    towns, regions = _drawn(words()["towns"], random), _drawn(words()["regions"], random)
    return [_story(event, names, next(towns), next(regions), random) for event in events]


def _pairs(random: Random) -> Sequence[tuple[str, str]]:
    first, last = list(words()["first"]), list(words()["last"])
    random.shuffle(first)
    random.shuffle(last)
    return [*zip(first, last, strict=False), *zip(first, last[7:] + last[:7], strict=False)]


def _drawn(options: Sequence[str], random: Random) -> Iterator[str]:
    while True:
        yield from random.sample(options, len(options))


def _story(event: Mapping[str, Any], names: Iterator[str], town: str, region: str, random: Random) -> Story:
    people = {key: next(names) for key in event["people"]}
    slots = {"town": town, "region": region, "day": random.choice(words()["weekdays"])}
    for key, name in people.items():
        slots |= {key: name, f"{key}.last": name.split()[-1]}
    slots |= {key: written(random.randint(*limits)) for key, limits in event["numbers"].items()}
    slots |= {key: random.choice(options) for key, options in event["choose"].items()}
    return Story(
        id=event["id"],
        language="en",
        town=town,
        headlines=tuple(event["headlines"]),
        facts=tuple(tuple(wordings) for wordings in event["facts"]),
        paragraphs=tuple((fact,) for fact in range(len(event["facts"]))),
        own=tuple(event["own"]),
        people={people[key]: generic for key, generic in event["people"].items()},
        slots=slots,
    )
