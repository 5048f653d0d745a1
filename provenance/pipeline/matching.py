"""From stored inspections to matches: features, candidates, and the alignment of what was not aligned before."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt

from provenance.clean import with_metadata
from provenance.match import Aligner, Body, Candidate, FeatureIndex, Features, features_of
from provenance.model import ArticleFacts, ArticleId, Inspection, Match
from provenance.pipeline.aligning import PairComparison, chosen_aligner, match_key
from provenance.pipeline.options import Progress, Step
from provenance.pipeline.processes.limits import Failure
from provenance.pipeline.processes.workers import batched
from provenance.store import InspectedFacts, MatchPlace, MatchSignals, RunScope

__all__ = ["Listed", "find_matches", "inspected_facts", "take_facts"]

Numbers = npt.NDArray[np.uint64]

BATCH_PAIRS = 192
"""Pairs aligned by one worker at a time; most bodies of a batch are not those of the next."""

HELD_BODIES = 256
"""Bodies a worker keeps between batches, some 100 KiB each: the neighbours of one story meet again and again."""

ENOUGH_PAIRS = 300
"""Pairs from which starting worker processes pays."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A match that counts: where it is kept, and a strength it does not exceed."""

    place: MatchPlace
    at_most: float


def inspected_facts(inspection: Inspection) -> InspectedFacts:
    """Take from an inspected article what the later stages need, to be stored with the inspection."""
    features = features_of(Body.of(inspection.labelled), inspection.outlet)
    article = with_metadata(inspection.labelled).article
    return InspectedFacts(
        body_hash=features.body_hash,
        words=features.words,
        title=article.title,
        published=article.published,
        tricks=inspection.tricks,
        notes=inspection.notes,
        fingerprints=_packed(features.fingerprints),
        terms=_packed(features.terms),
    )


def _packed(numbers: Numbers) -> bytes:
    return numbers.astype("<u8", copy=False).tobytes()


def _unpacked(packed: bytes) -> Numbers:
    return np.frombuffer(packed, dtype="<u8").astype(np.uint64, copy=False)


def take_facts(
    scope: RunScope, index: FeatureIndex, *, without: Container[ArticleId] = ()
) -> dict[ArticleId, ArticleFacts]:
    """Take the facts of every inspected article from the store, and put its features into an index."""
    facts: dict[ArticleId, ArticleFacts] = {}
    for known, taken in scope.facts():
        if known.id in without:  # what an earlier audit made of it is not what this one would
            continue
        facts[known.id] = known
        index.add(
            Features(
                article=known.id,
                body_hash=known.body_hash,
                words=known.words,
                fingerprints=_unpacked(taken.fingerprints),
                terms=_unpacked(taken.terms),
                outlet=known.outlet,
                language=known.language,
                precedence=_precedence(known),
            )
        )
    return facts


def _precedence(article: ArticleFacts) -> tuple[float, ...]:
    """Say how likely an article is the first of many copies, lowest first: an agency's own, uncredited, early."""
    credits_nobody = not article.upstreams
    own = credits_nobody and any(each.is_agency_mark for each in article.attributions)
    when = article.published.earliest.timestamp() if article.published is not None else math.inf
    return float(not own), float(not credits_nobody), when


def find_matches(
    scope: RunScope,
    candidates: Iterable[Candidate],
    compared: PairComparison,
    *,
    at_most: Callable[[MatchSignals], float],
    least: float,
) -> list[Listed]:
    """Find the matches of candidate pairs; what an earlier audit aligned is not aligned again.

    New matches are stored as they are found, to be read from there. A pair that does not measure up is never read: of
    most candidates nothing comes.

    Args:
        scope: the run.
        candidates: the pairs.
        compared: aligns them.
        at_most: gives, from what was measured, a strength the match does not exceed.
        least: strength below which a match is not listed.

    Returns:
        the matches that may be that strong, sorted by pair.
    """
    options = compared.options
    key = match_key(compared.toolbox, options.similarity)
    places = scope.match_places(key, [(pair.left, pair.right) for pair in candidates])
    listed: list[Listed] = []

    def take(place: MatchPlace, found: MatchSignals) -> None:
        if (strength := at_most(found)) >= least:
            listed.append(Listed(place, strength))

    new = {place.row: place for place in reversed(places)}  # pairs of the same contents share one match
    for place, found in scope.match_signals(places):
        new.pop(place.row, None)
        take(place, found)
    missing = _neighbours_together(sorted(Candidate(place.left, place.right) for place in new.values()))
    done = 0
    align = partial(_align, options.similarity)
    many = len(missing) >= ENOUGH_PAIRS
    for batch, results in compared.workers.map(align, _with_bodies(scope, missing), many=many):
        for (left, right), result in zip(batch, results, strict=True):
            if isinstance(result, Failure):
                compared.fail(left.article, right.article, result)
        scope.save_matches(key, [result for result in results if not isinstance(result, Failure)])
        done += len(batch)
        options.progress(Progress(Step.MATCH, done, len(missing)))
    for place, found in scope.match_signals([place for place in places if place.row in new]):
        take(place, found)
    return sorted(listed, key=lambda each: each.place)


def _neighbours_together(pairs: Sequence[Candidate]) -> list[Candidate]:
    """Order pairs so that those of one story come close to one another, and few bodies are held for long.

    Articles are put in order one by one, next always the one with most partners that stand already (of several the one
    whose partner came first); a pair is due when its second article is.
    """
    partners: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
    for pair in pairs:
        partners[pair.left].append(pair.right)
        partners[pair.right].append(pair.left)
    place: dict[ArticleId, int] = {}
    standing: Counter[ArticleId] = Counter()
    for start in sorted(partners):
        waiting = [(0, 0, start)]
        while waiting:
            known, _, article = heappop(waiting)
            if article in place or -known != standing[article]:  # put in again since, with more partners
                continue
            place[article] = len(place)
            for partner in partners[article]:
                if partner not in place:
                    standing[partner] += 1
                    heappush(waiting, (-standing[partner], place[article], partner))
    return sorted(pairs, key=lambda pair: sorted((place[pair.left], place[pair.right]), reverse=True))


def _with_bodies(scope: RunScope, pairs: Sequence[Candidate]) -> Iterator[list[tuple[Body, Body]]]:
    """Fetch the bodies of each batch of pairs; texts are never all in memory, and seldom read twice."""
    held: dict[ArticleId, Body] = {}
    for batch in batched(pairs, BATCH_PAIRS):
        ids = sorted({article for pair in batch for article in (pair.left, pair.right)})
        for each in scope.bodies([article for article in ids if article not in held]):
            held[each.article] = Body(each.article, each.text, each.blocks, each.language)
        bodies = {article: held.pop(article) for article in ids}
        held |= bodies  # the ones met last at the end
        yield [(bodies[pair.left], bodies[pair.right]) for pair in batch]
        for article in list(held)[:-HELD_BODIES]:
            del held[article]


def _align(similarity: str, pair: tuple[Body, Body]) -> Match:
    left, right = pair
    return _aligned(chosen_aligner(similarity), _held(left), _held(right))


def _aligned(aligner: Aligner, left: Body, right: Body) -> Match:
    """Align two bodies, the shorter one as the text that may have been taken from the other.

    Which of the two has the lower id, or is kept first, depends on the folder: it must not change what is found.
    """
    if (len(right), right.hashes.tobytes()) < (len(left), left.hashes.tobytes()):
        return aligner.align(right, left).turned()
    return aligner.align(left, right)


@lru_cache(maxsize=HELD_BODIES)
def _held(body: Body) -> Body:
    """Give an equal body met before, with its words and sentences already taken apart."""
    return body
