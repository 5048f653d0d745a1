"""Candidates: which pairs of articles are worth aligning.

One posting table ``(feature, article)``, sorted by feature; articles that stand together under a feature are
candidates. Three kinds of features are joined: fingerprints find copied words, rare terms the same story told in other
words, numbers and words by their sound the same story told in another language. Identical bodies are collapsed before
the join. How it is done at any size: :mod:`provenance.match.join.joining`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from provenance.match.features import Features
from provenance.match.join.joining import join
from provenance.match.join.outcome import Findings, Resources, Rules, Shared, Some
from provenance.match.join.postings import ARTICLE_BITS, Ints, Marks, Members, packed, rarity
from provenance.match.join.spool import Kept, Partitioned, Spool
from provenance.match.join.terms import Floors, near_terms
from provenance.match.join.translations import near_translations
from provenance.model import ArticleId, ContentHash, OutletId

__all__ = ["Candidate", "FeatureIndex", "SortJoinIndex"]

_Array = TypeVar("_Array", bound=npt.NDArray[Any])

WORK_PER_POSTING = 1.0
"""Pairs a join may emit for every posting: fingerprints so common that they would cost more are passed over. On
generated news 4 gave twice the candidates and not one pair more."""

SMALL_WORK_PER_POSTING = 4.0
"""The same for a corpus so small that it is hardly any work: the little there is to compare is looked at."""

SMALL_WORK = 1 << 19
"""Pairs up to which it is hardly any work: some tens of milliseconds."""

MIN_SHARED_WEIGHT = 2.0
"""Weight of shared fingerprints from which a pair is aligned. A fingerprint only two articles have weighs 1, one that
many have weighs less (inverse document frequency): stock phrases do not make pairs."""

MIN_SHARED_SHARE = 0.3
"""Share of the smaller article's fingerprints that makes a pair whatever they weigh: copies of what everybody has."""

JOINED_COPIES = 20
"""Copies of one body that are held against what the first of them was found near: a credit may name any of them."""

MAX_NEW_SHARE = 0.1
"""Share of articles not seen before above which pairs of some articles are found by looking at all."""

MEMORY = 256 << 20
"""Bytes of features, and of what a join makes of them, that are held before they go to a temporary file."""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A pair worth aligning; ``left`` is the smaller id."""

    left: ArticleId
    right: ArticleId


class FeatureIndex(Protocol):
    """Where features are kept and joined; a plug-in point."""

    def add(self, features: Features) -> None:
        """Take in one article's features, in the place of those it had before."""
        ...

    def remove(self, article: ArticleId) -> None:
        """Forget an article; one that is not there is forgotten already."""
        ...

    def candidates(self, of: Collection[ArticleId] | None = None) -> Iterator[Candidate]:
        """List every pair worth aligning, each once, in ascending order.

        Args:
            of: articles; only pairs that touch one of them are listed, at a cost that follows their number. All when
                ``None``; articles that are not there have no pairs.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is kept of one article beside its postings."""

    article: ArticleId
    body_hash: ContentHash
    outlet: OutletId | None
    language: str | None
    fingerprints: int
    terms: Kept
    precedence: tuple[float, ...]

    @property
    def rank(self) -> tuple[tuple[float, ...], ArticleId]:
        """Where the article stands among those with the same text."""
        return self.precedence, self.article


@dataclass(frozen=True, slots=True)
class _Settled:
    """What joins have found so far, by article number or by place; ``seen`` says of which articles."""

    seen: Marks
    fingerprints: Findings
    terms: Findings
    floors: Floors

    def by_number(self, numbers: Ints, count: int) -> _Settled:
        """Lay out by article number what is known by place."""
        at = np.full(count, -1, dtype=np.int64)
        at[numbers] = np.arange(len(numbers))
        partners = self.floors.partners
        named = np.where(partners < 0, -1, numbers[partners]) if len(numbers) else partners
        return self._moved(at, Floors(self.floors.cosines, named))

    def by_place(self, numbers: Ints, members: Members) -> _Settled:
        """Lay out by place what is known by article number; of new articles nothing is known."""
        at = np.where(numbers < len(self.seen), numbers, -1)
        partners = np.where(self.floors.partners < 0, -1, members.places[self.floors.partners])
        return self._moved(at, Floors(self.floors.cosines, partners))

    def _moved(self, at: Ints, floors: Floors) -> _Settled:
        """Take what is known from other places; -1 for where nothing is known."""
        return _Settled(
            _taken(self.seen, at),
            _moved(self.fingerprints, at),
            _moved(self.terms, at),
            Floors(_taken(floors.cosines, at), np.where(at < 0, -1, _taken(floors.partners, at))),
        )


def _moved(findings: Findings, at: Ints) -> Findings:
    return replace(
        findings,
        released=_taken(findings.released, at),
        saturated=_taken(findings.saturated, at),
        totals=_taken(findings.totals, at),
    )


def _taken(values: _Array, at: Ints) -> _Array:
    """Take values from places, and nothing (zero) where there is none."""
    taken = np.zeros(len(at), dtype=values.dtype)
    taken[at >= 0] = values[at[at >= 0]]
    return taken  # type: ignore[return-value]  # of the same type as what it was taken from


class SortJoinIndex(AbstractContextManager["SortJoinIndex"]):
    """An index in memory, and beyond a budget in a temporary file. The order of adding does not matter.

    Args:
        memory: bytes of numbers held in memory, of each of a few kinds.
        threads: how many to join with.
    """

    def __init__(self, *, memory: int = MEMORY, threads: int = 2) -> None:
        self._resources = Resources(memory, threads)
        self._spool = Spool(memory)
        self._fingerprints, self._terms = Partitioned(self._spool), Partitioned(self._spool)
        self._figures, self._sounds = Partitioned(self._spool), Partitioned(self._spool)
        self._entries: list[_Entry] = []
        self._numbers: dict[ArticleId, int] = {}
        self._settled: _Settled | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def __len__(self) -> int:
        """Count the articles that have words."""
        return len(self._numbers)

    def add(self, features: Features) -> None:
        """Take in one article's features, in the place of those it had before; one without words has no partner."""
        self.remove(features.article)
        if not features.words:
            return
        number = len(self._entries)
        if number >> ARTICLE_BITS:
            raise ValueError(f"an index holds {1 << ARTICLE_BITS} articles")
        terms = self._spool.put(features.rare_terms)
        told = features.article, features.body_hash, features.outlet, features.language
        self._entries.append(_Entry(*told, len(features.fingerprints), terms, features.precedence))
        self._numbers[features.article] = number
        self._fingerprints.append(packed(features.fingerprints, number))
        self._terms.append(packed(features.rare_terms, number))
        if features.language is not None:
            self._figures.append(packed(features.figures, number))
            self._sounds.append(packed(features.sounds, number))

    def remove(self, article: ArticleId) -> None:
        """Forget an article; its postings are passed over from now on."""
        self._numbers.pop(article, None)

    def candidates(self, of: Collection[ArticleId] | None = None) -> Iterator[Candidate]:
        """List every pair worth aligning, each once, in ascending order; see :class:`FeatureIndex`.

        What tells furniture and stories everybody has from the rest is learnt when all pairs are listed, or when pairs
        are first asked for; later, only for the articles asked for.
        """
        groups = self._bodies()
        wanted = None if of is None else set(of)
        pairs = self._joined(groups, wanted)
        pairs |= {_pair(group[0], copy) for group in groups for copy in group[1:]}
        yield from sorted(pair for pair in pairs if wanted is None or pair.left in wanted or pair.right in wanted)

    def _bodies(self) -> list[list[ArticleId]]:
        """Group articles by identical body, each by precedence: only the first is joined, a story costs its copies."""
        bodies: defaultdict[ContentHash, list[ArticleId]] = defaultdict(list)
        for number in sorted(self._numbers.values(), key=lambda number: self._entries[number].rank):
            bodies[self._entries[number].body_hash].append(self._entries[number].article)
        return sorted(bodies.values())

    def _joined(self, groups: Sequence[Sequence[ArticleId]], wanted: Collection[ArticleId] | None) -> set[Candidate]:
        """Join the first of each group, and tie their copies to what they are near."""
        numbers, members = self._members([group[0] for group in groups])
        copies = {self._numbers[group[0]]: group for group in groups}
        of = None
        if wanted is not None and self._is_settled(numbers):
            asked = {self._numbers[group[0]] for group in groups if any(article in wanted for article in group)}
            of = np.array([number in asked for number in numbers.tolist()], dtype=np.bool_) | ~self._seen(numbers)
        pairs = set[Candidate]()
        for shared in self._shared(numbers, members, of):
            for left, right in zip(numbers[shared.left].tolist(), numbers[shared.right].tolist(), strict=True):
                pairs |= {_pair(copies[left][0], copy) for copy in copies[right][:JOINED_COPIES]}
                pairs |= {_pair(copy, copies[right][0]) for copy in copies[left][:JOINED_COPIES]}
        return pairs | self._to_the_likeliest_source(groups, pairs)

    def _to_the_likeliest_source(
        self, groups: Sequence[Sequence[ArticleId]], pairs: Collection[Candidate]
    ) -> set[Candidate]:
        """Tie every copy of a text that has very many to the one text, of those its first is near, that goes before it.

        The copies are one text, so what one of them may have been taken from is what all of them may.
        """
        large = {group[0]: group for group in groups if len(group) > JOINED_COPIES}
        before: dict[ArticleId, ArticleId] = {}
        for pair in pairs if large else ():
            for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
                best = before.get(one, one)
                if one in large and self._rank(other) < self._rank(best):
                    before[one] = other
        return {_pair(source, copy) for first, source in before.items() for copy in large[first] if copy != source}

    def _rank(self, article: ArticleId) -> tuple[tuple[float, ...], ArticleId]:
        return self._entries[self._numbers[article]].rank

    def _members(self, articles: Sequence[ArticleId]) -> tuple[Ints, Members]:
        """Give the articles that take part in order of outlet and id, as numbers and as members of a join."""
        entries = self._entries
        numbers = np.array(
            sorted(
                (self._numbers[article] for article in articles),
                key=lambda number: (entries[number].outlet or "", entries[number].article),
            ),
            dtype=np.int64,
        )
        names = sorted({entries[number].outlet or "" for number in numbers.tolist()})
        outlet = {name: at if name else -1 for at, name in enumerate(names)}
        places = np.full(len(entries), -1, dtype=np.int64)
        places[numbers] = np.arange(len(numbers))
        ranks = np.empty(len(numbers), dtype=np.int64)
        ranks[sorted(range(len(numbers)), key=lambda at: entries[int(numbers[at])].rank)] = np.arange(len(numbers))
        return numbers, Members(
            places=places,
            outlets=np.array([outlet[entries[number].outlet or ""] for number in numbers.tolist()], dtype=np.int64),
            held=np.array([entries[number].fingerprints for number in numbers.tolist()], dtype=np.int64),
            precedence=ranks,
        )

    def _shared(self, numbers: Ints, members: Members, of: Marks | None) -> Iterator[Shared]:
        """Join both kinds of features and remember what was found."""
        known = None if self._settled is None or of is None else self._settled.by_place(numbers, members)
        least = int(min(SMALL_WORK, SMALL_WORK_PER_POSTING * int(members.held.sum())))
        copied, findings = join(
            self._fingerprints,
            members,
            Rules(WORK_PER_POSTING, least, rarity(len(members))),
            lambda shared, _: _share_enough(shared, members),
            self._resources,
            some=None if known is None or of is None else Some(of, known.fingerprints),
        )
        terms = [self._entries[number].terms for number in numbers.tolist()]
        near = near_terms(
            self._terms,
            replace(members, held=np.array([kept.count for kept in terms], dtype=np.int64)),
            lambda place: self._spool.get(terms[place]),
            self._resources,
            among=None if known is None or of is None else (Some(of, known.terms), known.floors),
        )
        seen = np.ones(len(numbers), dtype=np.bool_)
        found = _Settled(seen, findings, near.findings, near.floors)
        self._settled = found.by_number(numbers, len(self._entries))
        yield from (copied, near.pairs)
        yield from self._translated(numbers, members)

    def _translated(self, numbers: Ints, members: Members) -> Iterator[Shared]:
        """Join articles of different languages, if there are any: anew each time, as they are few in most corpora."""
        spoken = [self._entries[number].language or "" for number in numbers.tolist()]
        names = sorted(set(spoken))
        if len(names) > 1:
            languages = np.array([names.index(name) for name in spoken], dtype=np.int64)
            yield near_translations((self._figures, self._sounds), members, languages, self._resources)

    def _seen(self, numbers: Ints) -> Marks:
        if self._settled is None:
            return np.zeros(len(numbers), dtype=np.bool_)
        known = self._settled.seen
        return known[np.minimum(numbers, len(known) - 1)] & (numbers < len(known))

    def _is_settled(self, numbers: Ints) -> bool:
        """Say whether so few articles are new that the others need not be looked at again."""
        return bool(len(numbers)) and bool(np.mean(self._seen(numbers)) > 1.0 - MAX_NEW_SHARE)


def _pair(one: ArticleId, other: ArticleId) -> Candidate:
    return Candidate(*sorted((one, other)))


def _share_enough(shared: Shared, members: Members) -> Marks:
    smaller = np.minimum(members.held[shared.left], members.held[shared.right])
    enough: Marks = (shared.weight >= MIN_SHARED_WEIGHT) | (shared.count >= MIN_SHARED_SHARE * smaller)
    return enough
