"""Versions of a text in which something was lost on purpose, by rules that know nothing of the detectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["KINDS", "Version", "versions"]

KINDS = ("name", "number", "hedge")

_PERSON = re.compile(r"(?<![.!?“\"] )(?<=[a-z,;] )([A-Z][a-zé]{2,}) ([A-Z][a-zé]{3,})\b(?! [A-Z])")
_NUMBER = re.compile(r"(?<=[a-zé] )(\d{1,3}(?:[,.]\d{3})+|\d{2,3}) (?=[a-z]{4,})")
_HEDGE = re.compile(
    r", according to [a-z][^,.]{5,60}(?=[.])|\b(?:reportedly|allegedly) |(?<= )(?:may|might|could) (?=[a-z])"
)
_FIRM = {"may ": "will ", "might ": "will ", "could ": "will "}
_VAGUE = ("many ", "")
_SOMEBODY = "an official"


@dataclass(frozen=True)
class Version:
    """A downstream text with one loss; ``wording`` is what it lost, and empty in one that was only edited."""

    kind: str
    wording: str
    text: str


def versions(downstream: str, upstream: str) -> Iterator[Version]:
    """Make versions of a downstream text, each without something that both texts say."""
    yield from _without_people(downstream, upstream)
    yield from _without_numbers(downstream, upstream)
    for found in _HEDGE.finditer(downstream):
        if found.group() in upstream:
            text = downstream[: found.start()] + _FIRM.get(found.group(), "") + downstream[found.end() :]
            yield Version("hedge", found.group().strip(" ,"), text)
    yield Version("", "", _shortened(downstream))


def _without_people(downstream: str, upstream: str) -> Iterator[Version]:
    people = {found.group(): found[2] for found in _PERSON.finditer(upstream)}
    for full, surname in people.items():
        if len(re.findall(rf"\b{surname}\b", upstream)) > 1 and full in downstream:
            text = downstream.replace(full, _SOMEBODY)
            yield Version("name", full, re.sub(rf"\b{surname}\b", "the official", text))


def _without_numbers(downstream: str, upstream: str) -> Iterator[Version]:
    for turn, found in enumerate(_NUMBER.finditer(downstream)):
        if downstream.count(found[1]) == 1 and found[1] in upstream:
            text = downstream[: found.start()] + _VAGUE[turn % len(_VAGUE)] + downstream[found.end() :]
            yield Version("number", found[1], text)


def _shortened(text: str) -> str:
    """Leave out every third line: what was not taken is no loss."""
    lines = text.splitlines(keepends=True)
    return "".join(line for at, line in enumerate(lines) if at % 3 != 2)
