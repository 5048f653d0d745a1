"""Cue words: what words say about time, number, doubt and speakers, read from one TOML file a language.

A file names its language and holds ``[[cue]]`` entries (a class, words or phrases, a why, an example) and
``[[values]]`` entries, whose words also stand for a number (weekdays, months, number words, units of time in seconds).
Cues are looked up word by word in folded form, longest phrase first, in time linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import rtoml

from provenance.errors import KnowledgeError
from provenance.text.words import Word, words

__all__ = ["CUE_CLASSES", "Cue", "Cues", "cue_languages", "load_cues", "parse_cues"]

_STANCES = ["confirmed", "unconfirmed", "denied", "alleged", "possible", "guarded", "planned", "firm", "certain"]
_GRAMMAR = [
    "negator",
    "clause-negator",
    "negative",
    "set-phrase",
    "corrective",
    "auxiliary",
    "infinitive",
    "one",
    "number",
    "scale",
    "approximate",
]
_TIMES = ["weekday", "month", "time-unit", "time-relation", "vague-time", "relative-time", "part-of-time"]
_SPEAKERS = ["generic-source", "speech", "according"]

CUE_CLASSES = frozenset([*_STANCES, *_GRAMMAR, *_TIMES, *_SPEAKERS])
"""What a cue can say; the files explain each class where they list its words."""

_POINT = "."


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text: its class, its value (0.0 where it has none) and the half-open range of words it covers."""

    kind: str
    value: float
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words of one language."""

    language: str
    decimal: str
    """The sign before the fraction of a number: ``.`` or ``,``."""
    lookup: Mapping[str, Sequence[tuple[tuple[str, ...], str, float]]]
    """First word of a phrase → phrases that begin with it, longest first, with class and value."""
    name_suffixes: frozenset[str] = frozenset()
    """Endings that make another form of one name."""
    nouns_capitalised: bool = False
    """Whether common nouns are written with a capital too, as in German."""
    titles: frozenset[str] = frozenset()
    """Words written with a capital before a name that are no part of it."""
    past_forms: Mapping[str, str] = field(default_factory=dict)
    """Past form → verb, where stemming does not lead from one to the other."""

    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Word → the word it may stand for where statements are compared ("proof" for "evidence")."""

    def find(self, tokens: Sequence[Word]) -> Iterator[Cue]:
        """Find the cues among consecutive words, in order; of one class the longest phrase at a place wins."""
        covered: dict[str, int] = {}
        for first, token in enumerate(tokens):
            for phrase, kind, value in self.lookup.get(token.norm, ()):
                end = first + len(phrase)
                if covered.get(kind, 0) > first or end > len(tokens):
                    continue
                if all(tokens[first + at].norm == norm for at, norm in enumerate(phrase)):
                    covered[kind] = end
                    yield Cue(kind, value, first, end)


def cue_languages() -> list[str]:
    """List the languages that have a cue file, as ISO 639-1 codes, sorted."""
    folder = resources.files("provenance.score") / "data" / "drift"
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


@lru_cache(maxsize=64)
def load_cues(language: str | None) -> Cues:
    """Read the cues of a language; without a file (or a language) there are none, and a point begins a fraction.

    Raises:
        KnowledgeError: the file is malformed.
    """
    if language is None or language not in cue_languages():
        return Cues(language or "", _POINT, {})
    file = resources.files("provenance.score") / "data" / "drift" / f"{language}.toml"
    return parse_cues(file.read_text("utf-8"), name=file.name)


def parse_cues(text: str, *, name: str) -> Cues:
    """Read one cue file; ``name`` is for error messages only.

    Raises:
        KnowledgeError: the text is not TOML, lacks a needed key, or names an unknown class.
    """
    try:
        return _cues(rtoml.loads(text))
    except rtoml.TomlParsingError as error:
        raise KnowledgeError(f"{name} is not TOML: {error}", hint="Mend the file at the place named.") from error
    except (KeyError, ValueError) as error:
        raise KnowledgeError(f"{name}: {error} is missing or unknown", hint="Compare it with en.toml.") from error


def _cues(document: Mapping[str, Any]) -> Cues:
    lookup: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    for phrase, kind, value in _phrases(document):
        if kind not in CUE_CLASSES:
            raise ValueError(kind)
        lookup.setdefault(phrase[0], []).append((phrase, kind, value))
    names = document.get("names", {})
    return Cues(
        language=str(document["language"]),
        decimal=str(document["decimal"]),
        lookup={first: sorted(found, key=lambda one: (-len(one[0]), one)) for first, found in lookup.items()},
        name_suffixes=frozenset(map(str, names.get("suffixes", ()))),
        nouns_capitalised=bool(names.get("nouns_capitalised", False)),
        titles=frozenset(map(str, names.get("titles", ()))),
        synonyms={str(word): str(kept) for word, kept in document.get("synonyms", {}).get("words", {}).items()},
        past_forms={str(past): str(verb) for past, verb in document.get("verbs", {}).get("past", {}).items()},
    )


def _phrases(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, float]]:
    for entry in document.get("cue", ()):
        for phrase in entry["words"]:
            yield _norms(phrase), str(entry["class"]), float(entry.get("value", 0.0))
    for entry in document.get("values", ()):
        for phrase, value in entry["words"].items():
            yield _norms(phrase), str(entry["class"]), float(value)


def _norms(phrase: str) -> tuple[str, ...]:
    norms = tuple(word.norm for word in words(str(phrase)))
    if not norms:
        raise ValueError(phrase)
    return norms
