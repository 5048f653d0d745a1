"""Articles with planted reuse, a shard at a time: who copied what from whom is decided before a word is written.

A shard is some thousand articles made from a seed of its own; stories never leave their shard. So a corpus of any size
can be made again, in parallel and in flat memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial

import numpy as np

from benchmarks.outlets import outlets_of
from benchmarks.prose import Event, Prose, Writer
from benchmarks.words import Numbers, lexicon

__all__ = ["COMMON_QUOTES", "Kind", "Planted", "Recipe", "plant"]

_ORIGINALS = 0.78  # of the articles; the others are copies
_WORDS = (300, 780)  # of an original, half-open; the last sentence may end beyond
_MIXED_WORDS = (300, 800)  # wanted of a copy that has text of its own
_LEAST_FRESH = 20  # words of its own in such a copy
_LEAST_RUN = 25  # words of a run that is copied into such a copy, unless the source ends before
_TRIES = 20  # to find runs that are long enough together
_REPORTS = (0.35, 12)  # of one event: chance to be the last one, and the most
_EVENT_QUOTED = 0.3  # share of the reports of an event that quote the same sentence
_YEAR = 365.0  # days over which events happen

COMMON_QUOTES = 20
"""Sentences quoted by articles of the whole corpus that have nothing to do with one another."""

_COMMON_QUOTED = 0.02  # share of the originals with one
_FIRST_COMMON_QUOTE = -2  # origins of the common quotes go down from here
_FIRST_EVENT_QUOTE = -1_000

_WIRE_EVERY = 3  # every third shard has a wire story
_WIRE_SHARE = 0.015  # of the articles of a shard are copies of it: 150 in a whole one
_WIRE_LEAST = 5  # copies; a smaller shard has no wire story

_POPULAR = 0.3  # share of copies whose source is drawn by popularity, so that some sources are copied again and again
_PARETO = 1.1


class Kind(StrEnum):
    """What an article is, and of a pair of articles what one is to the other."""

    ORIGINAL = "original"
    VERBATIM = "verbatim"
    PARTIAL = "partial"
    SMALL = "small"
    SHUFFLED = "shuffled"
    EDITED_5 = "edited 5 %"
    EDITED_10 = "edited 10 %"
    EDITED_20 = "edited 20 %"
    CHAINED = "chained"
    """Part of a copy, itself edited: the second of two steps, or the first."""
    WIRE = "wire"
    INDIRECT = "indirect"
    """Of pairs alone: both copied from a third."""
    BESIDE_WIRE = "beside wire"
    """Of pairs alone: a copy of a wire story, and what somebody else took from that story. Like two copies of it they
    are as many as its copies; what was taken is held against the story itself."""
    QUOTE = "quote"
    """Of pairs alone: they share a quotation and nothing else."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a corpus depends on."""

    articles: int
    seed: int = 1
    wire_copies: int | None = None
    """Copies of the wire story of the first shard; as many as usual when missing."""
    shard_articles: int = 10_000
    """Most articles of a shard; the last one has what is left."""

    @property
    def shards(self) -> int:
        """Number of shards."""
        return -(-self.articles // self.shard_articles)

    def size(self, shard: int) -> int:
        """Articles of one shard."""
        return min(self.shard_articles, self.articles - shard * self.shard_articles)


@dataclass(frozen=True, slots=True)
class Planted:
    """One article before it is written out.

    Attributes:
        body: what an author wrote or copied.
        kind: how the body came to be.
        source: place in the shard of the article it was copied from, or -1.
        day: days after the first of all.
        outlet: number of its outlet.
        page: the body within its outlet's furniture.
    """

    body: Prose
    kind: Kind
    source: int
    day: float
    outlet: int
    page: Prose


@dataclass(frozen=True, slots=True)
class _Draft:
    body: Prose
    kind: Kind
    source: int
    day: float
    event: Event


def plant(recipe: Recipe, shard: int) -> list[Planted]:
    """Make the articles of one shard, each in the furniture of an outlet, in random order."""
    planter = _Planter(recipe, shard)
    planter.write_originals(round(recipe.size(shard) * _ORIGINALS))
    planter.send_wire(_wire_copies(recipe, shard))
    planter.copy(recipe.size(shard))
    return planter.published(recipe.size(shard))


def _wire_copies(recipe: Recipe, shard: int) -> int:
    if shard == 0 and recipe.wire_copies is not None:
        return min(recipe.wire_copies, round(recipe.size(0) * (1 - _ORIGINALS)))
    copies = round(recipe.size(shard) * _WIRE_SHARE)
    return copies if shard % _WIRE_EVERY == 0 and copies >= _WIRE_LEAST else 0


class _Planter:
    """Plants one shard; every draw comes from one generator, in a fixed order."""

    def __init__(self, recipe: Recipe, shard: int) -> None:
        self._chance = np.random.default_rng([recipe.seed, recipe.articles, shard])
        self._writer = Writer(lexicon(), self._chance)
        self._outlets = outlets_of(recipe.articles)
        self._quotes = _common_quotes()
        self._drafts: list[_Draft] = []
        self._originals = 0
        self._popular = np.empty(0, dtype=np.int64)

    def write_originals(self, count: int) -> None:
        """Write the reports of events until there are enough."""
        next_quote = _FIRST_EVENT_QUOTE
        while len(self._drafts) < count:
            event, day = self._writer.event(), self._chance.random() * _YEAR
            reports = min(int(self._chance.geometric(_REPORTS[0])), _REPORTS[1], count - len(self._drafts))
            quote = self._writer.sentence((12, 30), next_quote, quoted=True) if reports > 1 else None
            next_quote -= 1
            for _ in range(reports):
                body = self._report(event, quote)
                self._drafts.append(_Draft(body, Kind.ORIGINAL, -1, day + self._chance.random() * 2, event))
        self._originals = count
        self._popular = self._chance.permutation(count)

    def _report(self, event: Event, quote: Prose | None) -> Prose:
        body = self._writer.report(event, int(self._chance.integers(*_WORDS)))
        if quote is not None and self._chance.random() < _EVENT_QUOTED:
            body = self._with_quote(body, quote)
        if self._chance.random() < _COMMON_QUOTED:
            body = self._with_quote(body, self._quotes[min(int(self._chance.geometric(0.15)), COMMON_QUOTES) - 1])
        return body

    def _with_quote(self, body: Prose, quote: Prose) -> Prose:
        return body.with_inserted(int(self._chance.integers(1, len(body))), quote)

    def send_wire(self, copies: int) -> None:
        """Let one original be taken over word for word by many outlets within two days."""
        source = int(self._chance.integers(self._originals))
        for _ in range(copies):
            self._add(source, Kind.WIRE, self._drafts[source].body, days=2)

    def copy(self, count: int) -> None:
        """Add copies of every kind until there are ``count`` articles."""
        kinds, weights = list(_WEIGHTS), np.array(list(_WEIGHTS.values()))
        while len(self._drafts) < count:
            kind = kinds[int(self._chance.choice(len(kinds), p=weights / weights.sum()))]
            source = self._source()
            if kind is Kind.CHAINED:
                self._chain(source)
            else:
                self._add(source, kind, _WAYS[kind](self, self._drafts[source]))

    def _source(self) -> int:
        if self._chance.random() >= _POPULAR:
            return int(self._chance.integers(self._originals))
        rank = int(self._chance.pareto(_PARETO) * self._originals / 20)
        return int(self._popular[min(self._originals - 1, rank)])

    def _add(self, source: int, kind: Kind, body: Prose, *, days: float = 3) -> None:
        origin = self._drafts[source]
        self._drafts.append(_Draft(body, kind, source, origin.day + self._chance.random() * days, origin.event))

    def _chain(self, source: int) -> None:
        for _ in range(2):
            taken = self.mixed(self._drafts[source], (0.5, 0.8))
            self._add(source, Kind.CHAINED, self._writer.edited(taken, 0.05), days=1)
            source = len(self._drafts) - 1

    def whole(self, source: _Draft) -> Prose:
        """Take all, or in three of ten cases all but some of the last sentences."""
        kept = len(source.body) - (0 if self._chance.random() < 0.7 else int(self._chance.integers(1, 6)))
        return source.body.slice(0, max(kept, min(5, len(source.body))))

    def shuffled(self, source: _Draft) -> Prose:
        """Take every sentence, in another order."""
        return source.body.pick(self._chance.permutation(len(source.body)).tolist())

    def edited(self, source: _Draft, share: float) -> Prose:
        """Take all of it with a share of the words changed."""
        return self._writer.edited(source.body, share)

    def mixed(self, source: _Draft, limits: tuple[float, float]) -> Prose:
        """Take blocks of the source for a share of the new text, and write the rest."""
        share, wanted = self._chance.uniform(*limits), int(self._chance.integers(*_MIXED_WORDS))
        taken = source.body.pick(self._blocks(source.body, share * wanted))
        fresh = self._writer.report(source.event, max(_LEAST_FRESH, wanted - len(taken.words)))
        places = sorted(int(self._chance.integers(0, len(fresh) + 1)) for _ in range(int(self._chance.integers(1, 3))))
        return _interleaved(fresh, taken, places)

    def _blocks(self, body: Prose, wanted: float) -> list[int]:
        """Choose one to three runs of whole sentences with at least about so many words together."""
        chosen: set[int] = set()
        wanted = max(wanted, _LEAST_RUN)
        each = wanted / min(int(self._chance.integers(1, 4)), wanted // _LEAST_RUN)
        for _ in range(_TRIES):
            if body.lengths[sorted(chosen)].sum() >= 0.95 * wanted:
                break
            start = int(self._chance.integers(len(body)))
            end = start + int(np.searchsorted(np.cumsum(body.lengths[start:]), each)) + 1
            chosen |= {at for at in range(start, min(end, len(body))) if body.origins[at] >= 0}
        return sorted(chosen) or [int(np.argmax(body.origins >= 0))]

    def published(self, count: int) -> list[Planted]:
        """Put the first ``count`` articles into outlets' furniture and mix them: a chain may have made one more."""
        order = self._chance.permutation(count)
        place = np.argsort(order)
        outlets = np.searchsorted(self._outlets.sizes, self._chance.random(count))
        return [
            self._published(self._drafts[at], int(outlet), place) for at, outlet in zip(order, outlets, strict=True)
        ]

    def _published(self, draft: _Draft, outlet: int, place: Numbers) -> Planted:
        source = int(place[draft.source]) if draft.source >= 0 else -1
        return Planted(draft.body, draft.kind, source, draft.day, outlet, self._page(draft.body, outlet))

    def _page(self, body: Prose, outlet: int) -> Prose:
        furniture = self._outlets.furniture[outlet]
        above = [furniture.above] if self._chance.random() < 0.9 else []
        usual, below = self._chance.random() < 0.8, self._chance.random() < 0.92
        feet = [furniture.below[0 if usual else 1], *furniture.platform] if below else []
        return Prose.joined([*above, body, *feet])


_WEIGHTS: Mapping[Kind, float] = {
    Kind.VERBATIM: 4.5,
    Kind.PARTIAL: 5.5,
    Kind.SMALL: 2.5,
    Kind.SHUFFLED: 2.0,
    Kind.EDITED_5: 2.0,
    Kind.EDITED_10: 2.0,
    Kind.EDITED_20: 2.0,
    Kind.CHAINED: 1.5,
}
"""How often copies of each kind are made; a chain is two articles."""

_WAYS: Mapping[Kind, Callable[[_Planter, _Draft], Prose]] = {
    Kind.VERBATIM: _Planter.whole,
    Kind.PARTIAL: lambda planter, source: planter.mixed(source, (0.2, 0.8)),
    Kind.SMALL: lambda planter, source: planter.mixed(source, (0.03, 0.2)),
    Kind.SHUFFLED: _Planter.shuffled,
    Kind.EDITED_5: partial(_Planter.edited, share=0.05),
    Kind.EDITED_10: partial(_Planter.edited, share=0.10),
    Kind.EDITED_20: partial(_Planter.edited, share=0.20),
}


def _interleaved(fresh: Prose, taken: Prose, places: Sequence[int]) -> Prose:
    """Put the taken sentences, in as many parts as there are places, into fresh prose."""
    parts, done = [], 0
    cuts = np.linspace(0, len(taken), len(places) + 1).astype(int).tolist()
    for place, start, end in zip(places, cuts, cuts[1:], strict=False):
        parts += [fresh.slice(done, place), taken.slice(start, end)]
        done = place
    return Prose.joined([*parts, fresh.slice(done, len(fresh))])


@lru_cache(maxsize=1)
def _common_quotes() -> tuple[Prose, ...]:
    writer = Writer(lexicon(), np.random.default_rng(999))
    return tuple(writer.sentence((14, 30), _FIRST_COMMON_QUOTE - at, quoted=True) for at in range(COMMON_QUOTES))
