"""From stored inspections to matches: features, candidates, and the alignment of what was not aligned before."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt

from provenance.clean import with_metadata
from provenance.match import Aligner, Body, Candidate, FeatureIndex, Features, features_of
from provenance.model import ArticleFacts, ArticleId, Inspection, Match
from provenance.pipeline.aligning import chosen_aligner, match_key
from provenance.pipeline.options import AuditOptions, Progress, Step
from provenance.pipeline.toolbox import Toolbox
from provenance.pipeline.workers import batched, pool
from provenance.store import InspectedFacts, MatchPlace, MatchSignals, RunScope

__all__ = ["find_matches", "inspected_facts", "take_facts"]

Numbers = npt.NDArray[np.uint64]

BATCH_PAIRS = 192
"""Pairs aligned by one worker at a time; most bodies of a batch are not those of the next."""

HELD_BODIES = 256
"""Bodies a worker keeps between batches, some 100 KiB each: the neighbours of one story meet again and again."""

ENOUGH_PAIRS = 300
"""Pairs from which starting worker processes pays."""


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


def take_facts(scope: RunScope, index: FeatureIndex) -> dict[ArticleId, ArticleFacts]:
    """Take the facts of every inspected article from the store, and put its features into an index."""
    facts: dict[ArticleId, ArticleFacts] = {}
    for known, taken in scope.facts():
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
    toolbox: Toolbox,
    options: AuditOptions,
    *,
    promising: Callable[[MatchSignals], bool],
) -> Iterator[Match]:
    """Give the matches of candidate pairs, sorted by pair; what an earlier audit aligned is not aligned again.

    New matches are stored as they are found and all of them read back at the end, so that few are in memory at once.
    A pair whose measurements are not ``promising`` is never read: of most candidates nothing comes.
    """
    key = match_key(toolbox, options.similarity)
    places = scope.match_places(key, [(pair.left, pair.right) for pair in candidates])
    listed: list[MatchPlace] = []
    new = {place.row: place for place in reversed(places)}  # pairs of the same contents share one match
    for place, found in scope.match_signals(places):
        new.pop(place.row, None)
        if promising(found):
            listed.append(place)
    missing = _neighbours_together(sorted(Candidate(place.left, place.right) for place in new.values()))
    done = 0
    with pool(options.workers, enough=len(missing) >= ENOUGH_PAIRS) as workers:
        align = partial(_align_batch, options.similarity)
        for matches in workers.map(align, _with_bodies(scope, missing)):
            scope.save_matches(key, matches)
            done += len(matches)
            options.progress(Progress(Step.MATCH, done, len(missing)))
    added = scope.match_signals([place for place in places if place.row in new])
    listed.extend(place for place, found in added if promising(found))
    return scope.stored_matches(sorted(listed))


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


def _with_bodies(
    scope: RunScope, pairs: Sequence[Candidate]
) -> Iterator[tuple[Sequence[Candidate], dict[ArticleId, Body]]]:
    """Fetch the bodies of each batch of pairs; texts are never all in memory, and seldom read twice."""
    held: dict[ArticleId, Body] = {}
    for batch in batched(pairs, BATCH_PAIRS):
        ids = sorted({article for pair in batch for article in (pair.left, pair.right)})
        for each in scope.bodies([article for article in ids if article not in held]):
            held[each.article] = Body(each.article, each.text, each.blocks, each.language)
        bodies = {article: held.pop(article) for article in ids}
        held |= bodies  # the ones met last at the end
        yield batch, bodies
        for article in list(held)[:-HELD_BODIES]:
            del held[article]


def _align_batch(similarity: str, work: tuple[Sequence[Candidate], dict[ArticleId, Body]]) -> list[Match]:
    pairs, bodies = work
    aligner = chosen_aligner(similarity)
    return [_aligned(aligner, _held(bodies[pair.left]), _held(bodies[pair.right])) for pair in pairs]


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
