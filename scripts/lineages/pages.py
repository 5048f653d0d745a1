"""From a text to a record: an outlet, a date in one of the forms pages have, credits, and the site around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from lineages.drafts import Draft, Sentence
from lineages.grammar import expanded, words

__all__ = [
    "AGENCIES",
    "NO_CREDITS",
    "Credits",
    "Outlet",
    "Page",
    "Place",
    "Publication",
    "Stamp",
    "agency_credits",
    "inputs_credit",
    "outlet_credit",
    "page",
]


class Stamp(StrEnum):
    """How a page gives its date."""

    MINUTE = "minute"  # an instant in the record
    DAY = "day"  # a day in the record
    LINE = "line"  # a day, or an instant, in a line of the text alone
    ADDRESS = "address"  # a day in the page's address alone
    VAGUE = "vague"  # a month or a year
    NONE = "none"

    @property
    def is_dated(self) -> bool:
        """Whether it tells the day."""
        return self not in (Stamp.VAGUE, Stamp.NONE)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes: a name and a host; an agency has marks of its own besides."""

    name: str
    domain: str
    agency: Mapping[str, Any] | None = None


AGENCIES = tuple(Outlet(entry["name"], entry["domain"], entry) for entry in words()["agency"])


@dataclass(frozen=True, slots=True)
class Credits:
    """What a page says of its source: before the first sentence in its line, in lines above the text and below."""

    dateline: str = ""
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


NO_CREDITS = Credits()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands in the text of a record: a half-open range of code points."""

    start: int
    end: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A record and where its sentences stand in it."""

    record: Mapping[str, str]
    stamp: Stamp
    places: tuple[Place, ...] = ()


@dataclass(slots=True)
class _Text:
    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    def write(self, line: str) -> None:
        """Add a line and a line break."""
        self.lines.append(line)
        self.length += len(line) + 1

    def write_paragraph(self, dateline: str, paragraph: Sequence[Sentence]) -> None:
        """Add sentences in one line, behind the dateline if there is one, and a blank line."""
        at = self.length + (len(dateline) + 1 if dateline else 0)
        for sentence in paragraph:
            self.places.append(Place(at, at + len(sentence.text), sentence.origins))
            at += len(sentence.text) + 1
        self.write(" ".join(filter(None, (dateline, *(sentence.text for sentence in paragraph)))))
        self.write("")


@dataclass(frozen=True, slots=True)
class Publication:
    """Where and when a text appears, what form its date has, and whom the page credits."""

    outlet: Outlet
    when: datetime
    stamp: Stamp
    credits: Credits = NO_CREDITS


def page(draft: Draft, publication: Publication, random: Random) -> Page:
    """Put a text on a page of an outlet and give the record of it."""
    outlet, credits_ = publication.outlet, publication.credits
    text = _Text()
    site = random.random() < 0.6 and outlet.agency is None
    _write_above(text, draft, outlet, random, site=site)
    if publication.stamp is Stamp.LINE:
        text.write(_worded(publication.when, random))
        text.write("")
    for line in credits_.head:
        text.write(line)
        text.write("")
    for number, paragraph in enumerate(draft.paragraphs):
        text.write_paragraph("" if number else credits_.dateline, paragraph)
    for line in credits_.foot:
        text.write(line)
        text.write("")
    if site:
        _write_below(text, outlet, random)
    record = {"id": f"{random.getrandbits(48):012x}", **_stated(draft, publication, random)}
    return Page({**record, "text": "\n".join(text.lines)}, publication.stamp, tuple(text.places))


def _write_above(text: _Text, draft: Draft, outlet: Outlet, random: Random, *, site: bool) -> None:
    if site:
        for line in (outlet.name, *random.sample(words()["furniture"]["above"], random.randint(2, 6))):
            text.write(line)
        text.write("")
    text.write(draft.title)
    text.write("")
    if site and random.random() < 0.5:
        for line in random.sample(words()["furniture"]["share"], random.randint(2, 4)):
            text.write(line)
        text.write("")


def _write_below(text: _Text, outlet: Outlet, random: Random) -> None:
    furniture = words()["furniture"]
    for line in random.sample(furniture["below"], random.randint(2, 6)):
        text.write(line)
        if line in ("Related Articles", "Most read"):
            for teaser in random.sample(furniture["teasers"], 3):
                text.write(teaser)
    text.write(random.choice(furniture["rights"]).format(name=outlet.name))


def _stated(draft: Draft, publication: Publication, random: Random) -> dict[str, str]:
    """Give the record's own fields; a few pages do not say whose they are."""
    outlet, when, stamp = publication.outlet, publication.when, publication.stamp
    slug = "-".join(word.lower() for word in draft.title.split() if word.isalnum())[:60] or "story"
    day = f"{when:%Y/%m/%d}/" if stamp is Stamp.ADDRESS else ""
    fields = {"url": f"https://www.{outlet.domain}/news/{day}{slug}", "outlet": outlet.name, "title": draft.title}
    if random.random() < 0.1:
        del fields["outlet"]
    if random.random() < 0.2:
        fields["lang"] = draft.story.language
    if published := _published(when, stamp, random):
        fields["published"] = published
    return fields


def _published(when: datetime, stamp: Stamp, random: Random) -> str:
    match stamp:
        case Stamp.MINUTE:
            return random.choice([f"{when:%Y-%m-%dT%H:%M:%SZ}", f"{when + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}+02:00"])
        case Stamp.DAY:
            return random.choice([f"{when:%Y-%m-%d}", f"{when.day} {when:%B %Y}", f"{when:%B} {when.day}, {when.year}"])
        case Stamp.VAGUE:
            return random.choice([f"{when:%Y}", f"{when:%Y-%m}", f"{when:%B %Y}"])
        case _:
            return ""


def _worded(when: datetime, random: Random) -> str:
    day = random.choice([f"{when:%B} {when.day}, {when.year}", f"{when.day} {when:%B %Y}"])
    return random.choice([day, f"{day} {when:%H:%M} GMT", f"Published {day}"])


def agency_credits(outlet: Outlet, town: str, when: datetime, random: Random, *, own: bool) -> Credits:
    """Give the marks of an agency: all of them on its own copy, one or two on a repost.

    Args:
        outlet: the agency.
        town: where the text was filed.
        when: the day of the dateline.
        random: chance.
        own: the agency's own copy, which has its dateline and its foot.
    """
    marks = outlet.agency or {}
    slots = {
        "TOWN": town.upper(),
        "Town": town,
        "Mon": f"{when:%B}"[:4].rstrip("h") if len(f"{when:%B}") > 5 else f"{when:%B}",
        "d": str(when.day),
        "p": f"{random.choice(words()['first'])} {random.choice(words()['last'])}",
        "q": f"{random.choice(words()['first'])} {random.choice(words()['last'])}",
    }
    dateline = expanded(random.choice(marks["dateline"]), slots, random)
    foot = expanded(random.choice(marks["foot"]), slots, random)
    if own:
        return Credits(dateline, (), (foot,))
    line = random.choice(marks["credit"])
    ways = [
        Credits(dateline),
        Credits("", (line,)) if line.startswith("By") or line == outlet.name else Credits("", (), (line,)),
        Credits("", (), (foot,)),
        Credits(dateline, (), (line,)),
    ]
    return random.choice(ways)


def inputs_credit(agency: Outlet) -> Credits:
    """Say that a part of a text came from an agency."""
    return Credits(foot=(f"With inputs from {agency.name}",))


def outlet_credit(outlet: Outlet, language: str, random: Random) -> Credits:
    """Credit an outlet in one of the usual lines of a language."""
    lines = words()["outlet_credit"][language]
    name = outlet.name.removeprefix("The ")
    if random.random() < 0.25 and "head" in lines:
        return Credits(head=(random.choice(lines["head"]).format(name=name, domain=outlet.domain),))
    return Credits(foot=(random.choice(lines["foot"]).format(name=name, domain=outlet.domain),))
