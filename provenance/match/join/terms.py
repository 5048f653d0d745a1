"""Which articles tell of the same things: partners by rare terms, for what was rewritten and shares no run of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.match.join.joining import join
from provenance.match.join.outcome import Findings, Resources, Rules, Shared, Some
from provenance.match.join.postings import Ints, Marks, Members, Reals, groups_of
from provenance.match.join.spool import Partitioned
from provenance.text.shingles import Hashes

__all__ = ["Floors", "Near", "near_terms"]

WORK_PER_TERM = 1.0
"""Pairs the join may emit for every term of every article: a term is telling as far as it is rare."""

SMALL_WORK_PER_TERM = 4.0
"""The same for a small corpus. Looking at every term made half as many candidates again and found nothing more."""

SMALL_WORK = 1 << 19
"""Pairs up to which a corpus is small."""

MIN_COSINE = 0.05
"""Cosine of rare terms below which two articles are not about one story (unrelated news hardly shares any)."""

MIN_SHARED_TERMS = 0.12
"""Share of the smaller article's rare terms a pair must have in common to be aligned for its terms: fewer never came
near the strength of even a possible tie on the labelled rewrites."""

PARTNERS = 8
"""Partners by rare terms that are aligned for each article, the nearest first."""

BLOCK_PAIRS = 4_000
"""Pairs whose terms are counted at once."""


@dataclass(frozen=True, slots=True)
class Floors:
    """How near a partner of each article must be: by place, the last of its nearest, as far as it has so many.

    ``cosines`` are 0 and ``partners`` (places) -1 where any partner is near enough.
    """

    cosines: Reals
    partners: Ints


@dataclass(frozen=True, slots=True)
class Near:
    """The pairs found, what the join found of the articles, and what it takes to be near each of them."""

    pairs: Shared
    findings: Findings
    floors: Floors


def near_terms(
    postings: Partitioned,
    members: Members,
    terms: Callable[[int], Hashes],
    resources: Resources,
    *,
    among: tuple[Some, Floors] | None = None,
) -> Near:
    """Pair every article with those nearest to it by rare terms (cosine, weighted by inverse document frequency).

    Args:
        postings: of the terms; see :func:`provenance.match.join.postings.packed`.
        members: the articles that take part; an outlet's habits make no furniture of its words.
        terms: gives the terms of the article at a place, ascending.
        resources: memory and threads.
        among: whose partners are wanted, and what is known of all; everybody's partners when ``None``.
    """
    articles = max(1, len(members))
    whole = float(np.log1p(articles) ** 2)

    def weigh(sizes: Ints) -> Reals:
        weights: Reals = np.log1p(articles / sizes) ** 2 / whole
        return weights

    def near(shared: Shared, totals: Reals) -> Marks:
        marks: Marks = shared.weight >= MIN_COSINE * np.sqrt(totals[shared.left] * totals[shared.right])
        return marks

    least = int(min(SMALL_WORK, SMALL_WORK_PER_TERM * int(members.held.sum())))
    rules = Rules(WORK_PER_TERM, least, weigh, outlets=False)
    shared, findings = join(postings, members, rules, near, resources, some=among[0] if among else None)
    cosine = shared.weight / np.sqrt(findings.totals[shared.left] * findings.totals[shared.right])
    chosen, floors = _nearest(shared, cosine, articles)
    if among:
        some, known = among
        chosen = _near_some(shared, cosine, chosen, some.of, known)
        floors = Floors(
            np.where(some.of, floors.cosines, known.cosines), np.where(some.of, floors.partners, known.partners)
        )
    shared = shared.where(chosen[0] | chosen[1])
    return Near(shared.where(_tell_the_same(shared, members, terms)), findings, floors)


def _nearest(shared: Shared, cosine: Reals, articles: int) -> tuple[Marks, Floors]:
    """Choose the :data:`PARTNERS` nearest of each article, seen from either side: shape (2, pairs)."""
    here, there = np.concatenate((shared.left, shared.right)), np.concatenate((shared.right, shared.left))
    both = np.concatenate((cosine, cosine))
    order = np.lexsort((there, -both, here))
    starts, sizes = groups_of(here[order])
    rank = np.arange(len(order)) - np.repeat(starts, sizes)
    chosen = np.zeros(len(order), dtype=np.bool_)
    chosen[order[rank < PARTNERS]] = True
    last = order[rank == PARTNERS - 1]
    cosines, partners = np.zeros(articles), np.full(articles, -1, dtype=np.int64)
    cosines[here[last]], partners[here[last]] = both[last], there[last]
    return chosen.reshape(2, -1), Floors(cosines, partners)


def _near_some(shared: Shared, cosine: Reals, chosen: Marks, of: Marks, known: Floors) -> Marks:
    """Correct what others choose: not all they are near was looked at, but it is known how near they are to it."""
    sides = []
    for own, here, there in zip(chosen, (shared.left, shared.right), (shared.right, shared.left), strict=True):
        floor = known.cosines[here]
        enough = (cosine > floor) | ((cosine == floor) & ((known.partners[here] < 0) | (there <= known.partners[here])))
        sides.append(np.where(of[here], own, enough))
    return np.stack(sides)


def _tell_the_same(shared: Shared, members: Members, terms: Callable[[int], Hashes]) -> Marks:
    """Say which pairs have enough of the smaller article's terms in common, those too common to be joined included."""
    needed = MIN_SHARED_TERMS * np.minimum(members.held[shared.left], members.held[shared.right])
    told = shared.count >= needed
    for block in _blocks(np.flatnonzero(~told)):
        told[block] = _common(shared.left[block], shared.right[block], terms) >= needed[block]
    return told


def _blocks(numbers: Ints) -> Iterator[Ints]:
    for at in range(0, len(numbers), BLOCK_PAIRS):
        yield numbers[at : at + BLOCK_PAIRS]


def _common(left: Ints, right: Ints, terms: Callable[[int], Hashes]) -> npt.NDArray[np.int64]:
    """Count the terms that pairs of articles have in common."""
    places = np.unique(np.concatenate((left, right)))
    lists = [terms(place) for place in places.tolist()]
    sizes = np.array([len(one) for one in lists])
    bits = np.uint64(64 - max(1, (len(places) - 1).bit_length()))
    owners = np.repeat(np.arange(len(places), dtype=np.uint64), sizes) << bits
    # Ascending: the terms of one article are, and those of the next are greater by what is put in front of them.
    keys = owners | (np.concatenate(lists) >> (np.uint64(64) - bits))
    begins = np.cumsum(sizes) - sizes
    ours, theirs = np.searchsorted(places, left), np.searchsorted(places, right)
    counts = sizes[ours]
    asked = np.arange(counts.sum()) + np.repeat(begins[ours] - (np.cumsum(counts) - counts), counts)
    wanted = (keys[asked] & ((np.uint64(1) << bits) - np.uint64(1))) | (
        np.repeat(theirs, counts).astype(np.uint64) << bits
    )
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    pair = np.repeat(np.arange(len(left)), counts)
    return np.bincount(pair[keys[at] == wanted], minlength=len(left))
