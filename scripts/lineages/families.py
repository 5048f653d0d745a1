"""Families with a known tree, and the desk that publishes their members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random

from lineages.drafts import Draft, Sentence, report
from lineages.events import VOICES, Story
from lineages.grammar import expanded, words
from lineages.operators import COPIED, EDITED, REWRITTEN, TRIMMED, Rewrite, added, local_paragraphs, rewritten
from lineages.pages import (
    AGENCIES,
    NO_CREDITS,
    Credits,
    Outlet,
    Page,
    Publication,
    Stamp,
    agency_credits,
    outlet_credit,
    page,
)

__all__ = ["FULLY_DATED", "UNDATED", "VAGUELY_DATED", "Desk", "Family", "Member", "outlets"]

_FIRST_DAY = datetime(2025, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a family.

    Attributes:
        page: its record.
        parents: ids of the articles at hand it was made from.
        sources: what stands behind it in the end: names of first reports, at hand or not.
    """

    page: Page
    parents: frozenset[str]
    sources: frozenset[str]

    @property
    def id(self) -> str:
        """Its record's id."""
        return self.page.record["id"]


@dataclass(frozen=True)
class Family:
    """Articles with a known tree.

    Attributes:
        kind: how it came to be.
        dated: whether its pages have dates as pages usually have.
        members: the articles.
        origins: independent reports behind them, at hand or not.
        missing: the sentences of every first report that is not at hand, by its name.
    """

    kind: str
    dated: bool
    members: tuple[Member, ...]
    origins: int
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Everything at hand upstream of every member, by id; members stand behind what they were made from."""
        found: dict[str, frozenset[str]] = {}
        for member in self.members:
            found[member.id] = member.parents.union(*(found[parent] for parent in member.parents))
        return found

    @cached_property
    def edges(self) -> frozenset[tuple[str, str]]:
        """Pairs of downstream and upstream id, direct ones alone."""
        return frozenset((member.id, parent) for member in self.members for parent in member.parents)

    def stamp(self, member: str) -> Stamp:
        """Give the form of a member's date."""
        return self._stamps[member]

    @cached_property
    def _stamps(self) -> Mapping[str, Stamp]:
        return {member.id: member.page.stamp for member in self.members}


FULLY_DATED: Mapping[Stamp, int] = {Stamp.MINUTE: 55, Stamp.DAY: 20, Stamp.LINE: 10, Stamp.ADDRESS: 5, Stamp.NONE: 10}
"""How many of a hundred pages give their date in which form, as far as crawled pages go."""

VAGUELY_DATED: Mapping[Stamp, int] = {Stamp.MINUTE: 30, Stamp.DAY: 30, Stamp.VAGUE: 40}

UNDATED: Mapping[Stamp, int] = {Stamp.NONE: 1}


SHOWN_LATER = 0.04
"""Share of first reports whose page shows the time of its last change in place of that of its publication."""

UPSTREAM_CREDITED = 0.7
"""Share of the credits in later hops that name the direct upstream; the others name what stands first."""


RIVAL_SHARE = 0.6
"""Share of the facts of an event a second reporter has: with more, in any words, it would pass for a rewrite."""


class Desk:
    """Makes one family: draws outlets and times, publishes texts, keeps who had what from whom.

    Every draw comes from one generator, in a fixed order. ``dating`` decides what dates look like, ``gap`` is the most
    time in hours between a text and what is made from it. ``local`` are paragraphs only one newsroom has; ``second`` is
    another event, for families of two.
    """

    def __init__(
        self, random: Random, story: Story, outlets: Iterator[Outlet], dating: Mapping[Stamp, int], *, gap: float = 40
    ) -> None:
        self.random = random
        self.story = story
        self.second: Story | None = None
        self._outlets = outlets
        self._dating = dating
        self._gap = gap
        self._voices = random.sample(range(VOICES - 1), VOICES - 1)
        self._voices.insert(0, VOICES - 1)  # the feature writer's wording is taken last
        self._reports = 0
        self._texts: dict[str, tuple[Draft, datetime, Outlet]] = {}
        self._members: dict[str, Member] = {}
        self.missing: dict[str, frozenset[str]] = {}
        self.local = local_paragraphs(random)
        self._own = random.sample(story.own, len(story.own))

    @property
    def members(self) -> tuple[Member, ...]:
        """What was published, upstream before downstream."""
        return tuple(self._members.values())

    def voice(self) -> int:
        """Take a wording nobody has taken; beyond the last one there is none, and texts are reworded only."""
        return self._voices.pop() if self._voices else VOICES

    def begin(self) -> datetime:
        """Draw the time of a first report."""
        return _FIRST_DAY + timedelta(minutes=self.random.randrange(320 * 24 * 60))

    def later(self, than: datetime) -> datetime:
        """Draw a time after another one: mostly within hours."""
        hours = min(self._gap, 0.4 + self.random.expovariate(3 / self._gap))
        return than + timedelta(hours=hours)

    def outlet(self) -> Outlet:
        """Take an outlet nobody else of the audit has."""
        return next(self._outlets)

    def agency(self) -> Outlet:
        """Draw an agency."""
        return self.random.choice(AGENCIES)

    def rival(self) -> Draft:
        """Write another first report of the event: other facts in another order, in the words of a feature writer."""
        return self.first(share=RIVAL_SHARE, shuffled=True, feature=True)

    def first(
        self, story: Story | None = None, *, share: float = 1.0, shuffled: bool = False, feature: bool = False
    ) -> Draft:
        """Write a first report in a voice of its own, the feature writer's or another one."""
        self._reports += 1
        name = f"{(story or self.story).id}/{self._reports}"
        voice = self._voices.pop(0) if feature else self.voice()
        draft = report(story or self.story, name, voice, self.random, share=share, shuffled=shuffled)
        own = [] if story else [self._own.pop() for _ in range(min(len(self._own), self.random.randint(2, 4)))]
        return added(draft, [_own_fact(draft, name, fact, self.random) for fact in own], self.random)

    def publish(
        self, draft: Draft, outlet: Outlet, when: datetime, credits_: Credits = NO_CREDITS, parents: Sequence[str] = ()
    ) -> str:
        """Publish a text and give its id."""
        shown = self.later(when) if not parents and self.random.random() < SHOWN_LATER else when
        made = page(draft, Publication(outlet, shown, self._stamp(), credits_), self.random)
        name = made.record["id"]
        above = [self._members[parent].sources for parent in parents] or [frozenset({_first_report(draft)})]
        self._members[name] = Member(made, frozenset(parents), frozenset[str]().union(*above))
        self._texts[name] = (draft, when, outlet)
        return name

    def _stamp(self) -> Stamp:
        return self.random.choices(list(self._dating), list(self._dating.values()))[0]

    def wire(self, draft: Draft, when: datetime, agency: Outlet) -> str:
        """Publish an agency's own copy on its own page."""
        return self.publish(draft, agency, when, agency_credits(agency, self.story.town, when, self.random, own=True))

    def keep_back(self, draft: Draft) -> Draft:
        """Note a first report nobody has at hand."""
        self.missing[_first_report(draft)] = draft.origins
        return draft

    def text(self, member: str) -> Draft:
        """Give the text of a member."""
        return self._texts[member][0]

    def time(self, member: str) -> datetime:
        """Give the true time of a member."""
        return self._texts[member][1]

    def outlet_of(self, member: str) -> Outlet:
        """Give the outlet of a member."""
        return self._texts[member][2]

    def rewrite(self, draft: Draft, how: Rewrite, *, retelling: bool = True) -> Draft:
        """Make a downstream text, in a voice of its own where it retells and there is one left."""
        voice = self.voice() if retelling and how.retold and self.random.random() < 0.7 else VOICES
        return rewritten(draft, how, voice, self.random, self.local)

    def repost(self, upstream: str, how: Rewrite | None = None, *, credited: float = 0.4) -> str:
        """Publish what another outlet makes of a member; it credits the member's outlet by chance."""
        draft = self.rewrite(self.text(upstream), how or self.way())
        when = self.later(self.time(upstream))
        credits_ = self.credit_to(upstream) if self.random.random() < credited else NO_CREDITS
        return self.publish(draft, self.outlet(), when, credits_, [upstream])

    def credit_to(self, upstream: str) -> Credits:
        """Credit a member, or now and then what it comes from in the end."""
        named = upstream
        while self.random.random() >= UPSTREAM_CREDITED and self._members[named].parents:
            named = min(self._members[named].parents)
        return self.credit(self.outlet_of(named), self.time(named))

    def credit(self, outlet: Outlet, when: datetime) -> Credits:
        """Credit an outlet in the way its kind is credited."""
        if outlet.agency is None:
            return outlet_credit(outlet, self.story.language, self.random)
        return agency_credits(outlet, self.story.town, when, self.random, own=False)

    def way(self) -> Rewrite:
        """Draw how far a rewrite goes."""
        return self.random.choices([COPIED, TRIMMED, EDITED, REWRITTEN], [12, 23, 38, 27])[0]

    def family(self, kind: str, origins: int) -> Family:
        """Close the family."""
        dated = any(stamp.is_dated for stamp in self._dating)
        return Family(kind, dated, self.members, origins, dict(self.missing))


def outlets(random: Random) -> Iterator[Outlet]:
    """Yield outlets of different names and hosts."""
    pairs = [(place, name) for place in words()["outlet_places"] for name in words()["outlet_names"]]
    random.shuffle(pairs)
    for place, name in pairs:
        host = f"{place}{name}".lower().replace(" ", "")
        yield Outlet(f"{place} {name}" if random.random() < 0.7 else f"The {place} {name}", f"{host}.example")


def _own_fact(draft: Draft, name: str, fact: str, random: Random) -> tuple[Sentence]:
    text = expanded(fact, draft.story.slots, random)
    return (Sentence(text, f"{name}:own {draft.story.own.index(fact)}"),)


def _first_report(draft: Draft) -> str:
    """Name the report a text begins with: whatever is done to a text, its first sentence stays the first."""
    return draft.paragraphs[0][0].origin.rpartition(":")[0]
