"""How facts are written in each language, read from ``words.toml``, and the edits made with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["Edit", "Rewording", "Wording", "quoted_places", "wording_of"]

WORDS_FILE = Path(__file__).with_name("words.toml")

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^“”„]*[“”]|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``new`` in place of the half-open range of a sentence."""

    start: int
    end: int
    new: str

    def of(self, sentence: str) -> str:
        """Give the sentence with the edit made."""
        return sentence[: self.start] + self.new + sentence[self.end :]


@dataclass(frozen=True, slots=True)
class Rewording:
    """A pattern and what may stand in its place; ``{name}`` in it is any of the choices of that name."""

    find: re.Pattern[str]
    put: str
    choices: Mapping[str, Sequence[str]]

    def edits(self, sentence: str, random: Random) -> Iterator[Edit]:
        """Yield one edit a place, those that change nothing left out."""
        for match in self.find.finditer(sentence):
            put = self.put
            for name, options in self.choices.items():
                put = put.replace(f"{{{name}}}", random.choice(list(options)))
            new = match.expand(put.replace("{digit}", str(random.randrange(10))))
            if new != match.group():
                yield Edit(match.start(), match.end(), new)


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: number words, months, weekdays, speakers, and its rewordings by what they alter."""

    language: str
    thousands: str
    decimal: str
    number_words: tuple[str, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day: re.Pattern[str]
    """A day of a month, with the groups ``day`` and ``month``."""
    vague: tuple[str, ...]
    vague_find: re.Pattern[str]
    speakers: tuple[str, ...]
    said: str
    """Verbs of saying, as alternatives of a pattern."""
    according: str
    rewordings: Mapping[str, tuple[Rewording, ...]]

    def reworded(self, what: str, sentence: str, random: Random) -> list[Edit]:
        """List the edits of one table that a sentence allows outside quotations."""
        quoted = quoted_places(sentence)
        return [
            edit
            for rewording in self.rewordings.get(what, ())
            for edit in rewording.edits(sentence, random)
            if not any(edit.start < end and start < edit.end for start, end in quoted)
        ]


def quoted_places(sentence: str) -> list[tuple[int, int]]:
    """List the half-open ranges of quotations, marks included."""
    return [match.span() for match in _QUOTED.finditer(sentence)]


@lru_cache(maxsize=1)
def _document() -> dict[str, dict[str, Any]]:
    return tomllib.loads(WORDS_FILE.read_text("utf-8"))


@lru_cache(maxsize=32)
def wording_of(language: str) -> Wording:
    """Give the wording of a language.

    Raises:
        KeyError: the language is not in the file.
    """
    table = _document()[language]
    months = "|".join(table["months"]) or r"\d{1,2}月"
    return Wording(
        language=language,
        thousands=table["thousands"],
        decimal=table["decimal"],
        number_words=tuple(table["number-words"]),
        months=tuple(table["months"]),
        weekdays=tuple(table["weekdays"]),
        day=re.compile(table["day"].replace("{month}", months)),
        vague=tuple(table["vague"]),
        vague_find=re.compile(table["vague-find"].replace("{month}", months)),
        speakers=tuple(table["speakers"]),
        said=table["said"],
        according=table["according"],
        rewordings={
            what: tuple(_rewording(entry) for entry in table.get(what, ()))
            for what in ("date", "negation", "certainty", "harmless")
        },
    )


def _rewording(entry: Mapping[str, Any]) -> Rewording:
    choices = {key: value for key, value in entry.items() if key not in ("find", "put")}
    return Rewording(re.compile(entry["find"]), entry["put"], choices)
