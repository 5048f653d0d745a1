"""Read who is credited out of a rule's match: listed names, addresses, or a name nobody lists."""

from __future__ import annotations

from dataclasses import dataclass

import re2

from provenance.attribute.lines import Line
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Outlet, Span

__all__ = ["Credit", "credits_of", "free_name"]

MAX_NAME = 80
"""Code points; the longest listed name has 61, and a longer run is a sentence."""
MAX_NAME_WORDS = 9

_MASKED = re2.compile("[\ue000-\ue007]")
# Cut a free name where the sentence goes on: date, licence, permission, address, second clause.
_GOES_ON = re2.compile(
    r"(?i)(?:[,;]?\s+(?:on|in|am|vom|le|el|em|il|op|den|dne|dnia|pada|tanggal|på|ngày|tarihinde)?\s*\p{Nd}.*$"
    r"|[,;]?\s+(?:on|dated)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)\b.*$"
    r"|[,;.]?\s+(?:under (?:a|an|the)|and is (?:re)?|with (?:the )?permission|as part of|via|at https?|here|used with|"
    r"sous licence|bajo (?:una )?licencia|unter|sob (?:uma )?licença|con licenza|dengan judul|через|by permission).*$"
    r"|\s*\(.*$|\s*[|]\s.*$|[.。!?]\s.*$|\s+[-–—]\s.*$)"
)
_TRIM = " \t\"'“”„«»‘’「」『』《》<>()[]{}:;,.。，،-–—|*_…"
_LOWER_WORD = re2.compile(r"^\p{Ll}")
_LETTER = re2.compile(r"\p{L}")
_NOT_A_NAME = re2.compile(
    r"(?i)^(?:\p{Nd}|"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)$|(?:this|that|these|those|it|he|she|they|we|our|my|your|his|her|their|its|an?|staff|various|several|"
    r"unknown|anonymous|here|own|internet|online|web|the (?:internet|web|author|original|company|"
    r"government|ministry|state|court|"
    r"university of \w+ study))\b)"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who a credit names and where its name stands; ``known`` says whether a file lists it or an address was given."""

    outlet: Outlet
    name: str
    span: Span
    domain: str | None
    known: bool


def credits_of(line: Line, start: int, end: int, outlets: OutletGraph) -> list[Credit]:
    """Return everybody credited in ``[start, end)`` of the masked line, each outlet once; empty when nobody is."""
    named: dict[str, Credit] = {}
    for name in line.names_within(start, end):
        written = line.plain[name.start : name.end]
        span = Span(line.start + name.start, line.start + name.end)
        domain = name.domain or next(iter(name.outlet.domains), None)
        known = bool(name.outlet.source) or name.domain is not None
        credit = Credit(name.outlet, name.outlet.name if name.domain else written, span, domain, known)
        named.setdefault(name.outlet.id, credit)
    if named:
        return list(named.values())
    free = free_name(line, start, end, outlets)
    return [free] if free is not None else []


def free_name(line: Line, start: int, end: int, outlets: OutletGraph) -> Credit | None:
    """Return the name nobody lists that stands at a place; ``None`` when what stands there is no name."""
    raw = line.masked[start:end]
    cut = _GOES_ON.search(raw)
    text = raw[: cut.start()] if cut else raw
    lead = len(text) - len(text.lstrip(_TRIM))
    text = text.strip(_TRIM)
    if not _is_name(text):
        return None
    outlet = outlets.identify(name=text)
    span = line.span(start + lead, start + lead + len(text))
    return Credit(outlet, text, span, next(iter(outlet.domains), None), known=bool(outlet.source))


def _is_name(text: str) -> bool:
    if not 1 < len(text) <= MAX_NAME or _LETTER.search(text) is None or _NOT_A_NAME.search(text):
        return False
    words = text.split()
    capitals = [word for word in words if not _LOWER_WORD.search(word)]
    return len(words) <= MAX_NAME_WORDS and bool(capitals)
