"""Names that are somebody else's on this page.

Short names of agencies may be a pension fund's, a party's, a school course's or an agreement's; a name two outlets have
is that of the one at home in the page's language: APA is Austrian, and Azerbaijani where the page is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import re2
import rtoml

from provenance.errors import KnowledgeError
from provenance.knowledge.names import name_key, name_words

__all__ = ["Homonyms"]

_READ = 20_000
"""Code points of a text looked at; what a page is about shows long before."""
_MAX_DEFINED = 200
"""Abbreviations in parentheses looked at in one text."""
_DEFINED = re2.compile(r"([^()\n]{0,160}?)[(]([\p{Lu}]{2,5})[)]")
"""Words, then an abbreviation in parentheses: "Advanced Placement (AP)"."""
_SPELLED = re2.compile(r"\b([\p{Lu}]{2,5}) [(]([^()\n]{6,120})[)]")
"""An abbreviation, then its words in parentheses."""
_SMALL_WORDS = frozenset(
    (
        *("a", "al", "and", "at", "da", "de", "del", "der", "des", "di", "die", "do", "dos", "du", "e", "el", "en"),
        *("et", "for", "für", "in", "la", "las", "le", "los", "of", "on", "the", "und", "y"),
    )
)
"""Words an abbreviation leaves out."""


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What tells that an abbreviation is not the agency's, and what outweighs that."""

    name: str
    pattern: Any
    unless: Any
    """A pattern; ``None`` where nothing outweighs."""
    home: str
    """The last label of hosts on which the name is always the agency's; empty for none."""

    def holds(self, text: str, host: str) -> bool:
        """Say whether the abbreviation means something else in a text on a host; the host is empty where unknown."""
        if self.name not in text or (self.home and host.endswith(f".{self.home}")):
            return False
        return bool(self.pattern.search(text)) and not (self.unless is not None and self.unless.search(text))


@dataclass(frozen=True, slots=True)
class Homonyms:
    """Which abbreviations mean something else in a text; empty by default."""

    _elsewhere: tuple[_Elsewhere, ...] = field(default=(), repr=False)
    _local: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)

    @classmethod
    def parse(cls, text: str) -> Homonyms:
        """Read the data file.

        Raises:
            KnowledgeError: it is not TOML, or an entry lacks a name or a pattern RE2 takes.
        """
        try:
            data = rtoml.loads(text)
            elsewhere = tuple(map(_elsewhere, data["homonym"]))
            local = {(name_key(entry["name"]), entry["language"]): entry["outlet"] for entry in data.get("local", ())}
            return cls(elsewhere, local)
        except (rtoml.TomlParsingError, KeyError, re2.error) as error:
            raise KnowledgeError(f"homonyms.toml is malformed: {error}", hint="Mend the entry named.") from error

    def at_home(self, name: str, language: str) -> str | None:
        """Return the id of the outlet a name means on pages in a language; ``None`` when it means the same as ever."""
        return self._local.get((name_key(name), language))

    def mistaken(self, text: str, host: str = "") -> Iterator[tuple[str, str]]:
        """Yield each abbreviation that is not the agency's in a text, with the words it stands for, empty if unsaid.

        ``host`` is where the text stands; empty where that is not known.
        """
        text = text[:_READ]
        yield from ((entry.name, "") for entry in self._elsewhere if entry.holds(text, host))
        yield from _spelled_out(text)


def _elsewhere(entry: Mapping[str, str]) -> _Elsewhere:
    unless = re2.compile(entry["unless"]) if "unless" in entry else None
    return _Elsewhere(str(entry["name"]), re2.compile(entry["elsewhere"]), unless, entry.get("home", ""))


def _spelled_out(text: str) -> Iterator[tuple[str, str]]:
    if "(" not in text:
        return
    pairs = [(found[2], found[1]) for found, _ in zip(_DEFINED.finditer(text), range(_MAX_DEFINED), strict=False)]
    pairs += [(found[1], found[2]) for found, _ in zip(_SPELLED.finditer(text), range(_MAX_DEFINED), strict=False)]
    for short, words in pairs:
        name = _name_spelled(short, words)
        if name:
            yield short, name


def _name_spelled(short: str, words: str) -> str:
    """Return the last words of a run whose initials are the abbreviation; empty when they are not."""
    taken: list[str] = []
    left = len(short)
    for word in reversed(name_words(words)):
        if left and word[0].upper() == short[left - 1]:
            left -= 1
        elif word not in _SMALL_WORDS:
            break
        taken.append(word)
        if not left:
            break
    return " ".join(reversed(taken)) if not left else ""
