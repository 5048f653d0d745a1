"""The kinds of families, each a function of a desk: who had what from whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from lineages.drafts import Draft, Sentence
from lineages.events import VOICES, Story
from lineages.families import FULLY_DATED, UNDATED, VAGUELY_DATED, Desk, Family, outlets
from lineages.grammar import words
from lineages.operators import EDITED, REWRITTEN, TRIMMED, added, dropped
from lineages.pages import NO_CREDITS, Credits, Outlet, Stamp, inputs_credit, outlet_credit

__all__ = ["KINDS", "made_families"]


def chain(desk: Desk) -> int:
    """Three to five hops, every change handed on; sometimes a second branch."""
    draft = desk.first()
    if desk.random.random() < 0.5:
        last = desk.wire(draft, desk.begin(), desk.agency())
    else:
        last = desk.publish(draft, desk.outlet(), desk.begin())
    hops = [last]
    for _ in range(desk.random.randint(3, 5)):
        last = desk.repost(last, desk.random.choice([TRIMMED, EDITED, EDITED, REWRITTEN]), credited=0.35)
        hops.append(last)
    if desk.random.random() < 0.3:
        desk.repost(desk.random.choice(hops[:-1]))
    return 1


def wire_at_hand(desk: Desk) -> int:
    """A wire story and three to twelve reposts of it, now and then a repost of a repost."""
    wire = desk.wire(desk.first(), desk.begin(), desk.agency())
    reposts = [desk.repost(wire, credited=0.5) for _ in range(desk.random.randint(3, 12))]
    if desk.random.random() < 0.4:
        desk.repost(desk.random.choice(reposts))
    return 1


def unseen_wire(desk: Desk) -> int:
    """Reposts of a wire story that nobody has at hand; some credit the agency."""
    wire, agency, when = desk.keep_back(desk.first()), desk.agency(), desk.begin()
    reposts = [_from_unseen(desk, wire, agency, when) for _ in range(desk.random.randint(2, 9))]
    if desk.random.random() < 0.3:
        desk.repost(desk.random.choice(reposts))
    return 1


def _from_unseen(desk: Desk, wire: Draft, agency: Outlet, sent: datetime) -> str:
    when = desk.later(sent)
    credits_ = desk.credit(agency, when) if desk.random.random() < 0.4 else NO_CREDITS
    return desk.publish(desk.rewrite(wire, desk.way()), desk.outlet(), when, credits_)


def round_up(desk: Desk) -> int:
    """Two wire stories merged into one text, and reposts of either; of two events, or of one."""
    begun = desk.begin()
    wires = [desk.wire(desk.first(share=0.9), begun, desk.agency())]
    other = desk.first(desk.second, share=0.9) if desk.second else desk.rival()
    wires.append(desk.wire(other, desk.later(begun), desk.agency()))
    for wire in wires:
        for _ in range(desk.random.randint(0, 2)):
            desk.repost(wire)
    when = desk.later(max(desk.time(wire) for wire in wires))
    credits_ = inputs_credit(desk.outlet_of(desk.random.choice(wires))) if desk.random.random() < 0.4 else NO_CREDITS
    merged = desk.publish(_merged(desk, wires), desk.outlet(), when, credits_, wires)
    if desk.random.random() < 0.4:
        desk.repost(merged)
    return 2


def _merged(desk: Desk, wires: list[str]) -> Draft:
    """Put half or more of two texts into one, block by block or by turns."""
    one, other = (desk.rewrite(dropped(desk.text(wire), 0.3, desk.random), TRIMMED, retelling=False) for wire in wires)
    first, second = ([_settled(each) for each in draft.paragraphs] for draft in (one, other))
    if desk.random.random() < 0.5:
        return one.with_paragraphs([*first, *second])
    size = desk.random.randint(2, 4)
    mixed = []
    while first or second:
        mixed += [*first[:size], *second[:size]]
        first, second = first[size:], second[size:]
    return one.with_paragraphs(mixed)


def _settled(paragraph: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Keep sentences as they are: of two events, only one could be told anew."""
    return tuple(replace(sentence, fact=None) for sentence in paragraph)


def false_credit(desk: Desk) -> int:
    """Two reports at hand, and copies of the one that name the outlet of the other."""
    begun = desk.begin()
    named = desk.publish(desk.rival(), desk.outlet(), begun)
    taken = desk.publish(desk.first(share=0.65, shuffled=True), desk.outlet(), desk.later(begun))
    for _ in range(desk.random.randint(1, 3)):
        draft = desk.rewrite(desk.text(taken), desk.way())
        when = desk.later(max(desk.time(taken), desk.time(named)))
        desk.publish(draft, desk.outlet(), when, outlet_credit(desk.outlet_of(named), "en", desk.random), [taken])
    if desk.random.random() < 0.5:
        desk.repost(named, credited=0.6)
    return 2


def versions(desk: Desk) -> int:
    """An article, its later version at the same outlet, and reposts of either."""
    random, outlet = desk.random, desk.outlet()
    first = desk.publish(desk.first(share=0.75), outlet, desk.begin())
    before = [desk.repost(first, credited=0.4) for _ in range(random.randint(1, 3))]
    draft = desk.text(first)
    own = [next(desk.local) for _ in range(random.randint(1, 3))]
    note = random.choice(words()["notes"][random.choice(["update", "correction"])])
    credits_ = Credits(head=(note,)) if random.random() < 0.5 else Credits(foot=(note,))
    when = desk.later(desk.time(random.choice(before)))
    second = desk.publish(added(draft, own, random), outlet, when, credits_, [first])
    for _ in range(random.randint(1, 3)):
        desk.repost(second, credited=0.4)
    return 1


def independent(desk: Desk) -> int:
    """Two or three reporters at one event: the same names, figures and quotations, words and an order of their own."""
    begun = desk.begin()
    count = desk.random.randint(2, 3)
    for _ in range(count):
        draft = desk.first(share=desk.random.uniform(0.5, 0.7), shuffled=True)
        own = [next(desk.local), next(desk.local)]
        desk.publish(added(draft, own, desk.random), desk.outlet(), desk.later(begun))
    return count


@dataclass(frozen=True, slots=True)
class _Kind:
    make: Callable[[Desk], int]
    dating: Mapping[Stamp, int]
    gap: float = 40

    @property
    def voices(self) -> int:
        """Wordings its stories must have."""
        return VOICES if self.make in _SEVERAL_REPORTS else 1


_SEVERAL_REPORTS = (round_up, false_credit, independent)
"""Kinds in which one event is told by more than one reporter."""

_SAME_DAY = {Stamp.DAY: 70, Stamp.LINE: 15, Stamp.MINUTE: 15}

KINDS: Mapping[str, _Kind] = {
    "rewrite chain": _Kind(chain, FULLY_DATED),
    "wire and reposts": _Kind(wire_at_hand, FULLY_DATED),
    "unseen wire": _Kind(unseen_wire, FULLY_DATED),
    "round-up": _Kind(round_up, FULLY_DATED),
    "false credit": _Kind(false_credit, FULLY_DATED),
    "versions": _Kind(versions, FULLY_DATED),
    "independent reports": _Kind(independent, FULLY_DATED),
    "vague dates": _Kind(chain, VAGUELY_DATED),
    "equal days": _Kind(wire_at_hand, _SAME_DAY, gap=5),
    "undated chain": _Kind(chain, UNDATED),
    "undated wire and reposts": _Kind(wire_at_hand, UNDATED),
    "undated unseen wire": _Kind(unseen_wire, UNDATED),
    "undated round-up": _Kind(round_up, UNDATED),
    "undated false credit": _Kind(false_credit, UNDATED),
    "undated versions": _Kind(versions, UNDATED),
}
"""Every kind by name, in the order they take turns."""


def made_families(stories: list[Story], turn: int, random: Random, most: int) -> Iterator[Family]:
    """Make families of some stories, no event twice, beginning with the kind whose turn it is.

    Args:
        stories: what happened; a round-up of two events takes two.
        turn: number of the first family among all.
        random: chance.
        most: families that are wanted.
    """
    published = outlets(random)
    names, left = list(KINDS), list(stories)
    for number in range(turn, turn + most):
        kind = names[number % len(names)]
        recipe = KINDS[kind]
        story = _taken(left, recipe.voices)
        if story is None:
            return
        desk = Desk(random, story, published, recipe.dating, gap=recipe.gap)
        if recipe.make is round_up and random.random() < 0.5:
            desk.second = _taken(left, recipe.voices)
        yield desk.family(kind, recipe.make(desk))


def _taken(left: list[Story], voices: int) -> Story | None:
    """Take the first story with enough wordings, one with few before one with more."""
    fitting = [story for story in left if story.voices >= voices]
    if not fitting:
        return None
    story = min(fitting, key=lambda one: one.voices)
    left.remove(story)
    return story
