"""From stored inspections to matches: features, candidates, and the alignment of what was not aligned before."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import lru_cache

from provenance.clean import tricks, with_metadata
from provenance.match import Body, Candidate, FeatureIndex, Features, SortJoinIndex, WordsThenSentences, features_of
from provenance.model import ArticleFacts, ArticleId, Inspection, Match
from provenance.pipeline.inspecting import BATCH_ARTICLES, ENOUGH_ARTICLES
from provenance.pipeline.options import AuditOptions, Progress, Step
from provenance.pipeline.toolbox import Toolbox
from provenance.pipeline.workers import batched, pool
from provenance.store import RunScope

__all__ = ["find_matches", "take_features"]

BATCH_PAIRS = 128
"""Pairs aligned by one worker at a time."""

HELD_BODIES = 256
"""Bodies a worker keeps between batches, some 100 KiB each: the neighbours of one story meet again and again."""

ENOUGH_PAIRS = 300
"""Pairs from which starting worker processes pays."""


def take_features(scope: RunScope, options: AuditOptions) -> tuple[dict[ArticleId, ArticleFacts], FeatureIndex]:
    """Take from every inspected article what the later stages need: its facts, and its features in an index."""
    facts: dict[ArticleId, ArticleFacts] = {}
    index = SortJoinIndex()
    total = len(scope.article_ids())
    with pool(options.workers, enough=total >= ENOUGH_ARTICLES) as workers:
        for results in workers.map(_features_of_batch, batched(scope.inspections(), BATCH_ARTICLES)):
            for known, features in results:
                facts[known.id] = known
                index.add(features)
    return facts, index


def _features_of_batch(batch: Sequence[Inspection]) -> list[tuple[ArticleFacts, Features]]:
    results = []
    for inspection in batch:
        features = features_of(Body.of(inspection.labelled), inspection.outlet)
        results.append((_facts(inspection, features), features))
    return results


def _facts(inspection: Inspection, features: Features) -> ArticleFacts:
    # The store keeps an article as it was read; what its labelled lines say of it is derived from them each time.
    article = with_metadata(inspection.labelled).article
    return ArticleFacts(
        id=article.id,
        source=article.source,
        content_hash=article.content_hash,
        body_hash=features.body_hash,
        words=features.words,
        outlet=inspection.outlet,
        outlet_name=article.outlet_name,
        url=article.url,
        title=article.title,
        published=article.published,
        language=article.language,
        attributions=inspection.attributions,
        upstreams=inspection.upstreams,
        tricks=tricks(article.text),
    )


def find_matches(scope: RunScope, index: FeatureIndex, toolbox: Toolbox, options: AuditOptions) -> Iterator[Match]:
    """Give the match of every candidate pair, sorted by pair; what an earlier audit aligned is not aligned again."""
    key = f"{toolbox.versions['match']}:{toolbox.inspection_key}"
    wanted = list(index.candidates())
    pairs = set(wanted)
    known = {Candidate(match.left, match.right): match for match in scope.stored_matches(key)}
    missing = _neighbours_together([pair for pair in wanted if pair not in known])
    found = {pair: match for pair, match in known.items() if pair in pairs}
    done = 0
    with pool(options.workers, enough=len(missing) >= ENOUGH_PAIRS) as workers:
        for matches in workers.map(_align_batch, _with_bodies(scope, missing)):
            scope.save_matches(key, matches)
            found.update((Candidate(match.left, match.right), match) for match in matches)
            done += len(matches)
            options.progress(Progress(Step.MATCH, done, len(missing)))
    for pair in sorted(found):
        yield found[pair]


def _neighbours_together(pairs: Sequence[Candidate]) -> list[Candidate]:
    """Order pairs so that those of one story come close to one another: breadth first through the graph of pairs."""
    partners: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
    for pair in pairs:
        partners[pair.left].append(pair.right)
        partners[pair.right].append(pair.left)
    place: dict[ArticleId, int] = {}
    for start in sorted(partners):
        queue = deque([start])
        while queue:
            article = queue.popleft()
            if article not in place:
                place[article] = len(place)
                queue.extend(partners[article])
    return sorted(pairs, key=lambda pair: sorted((place[pair.left], place[pair.right])))


def _with_bodies(
    scope: RunScope, pairs: Sequence[Candidate]
) -> Iterator[tuple[Sequence[Candidate], dict[ArticleId, Body]]]:
    """Fetch the bodies of each batch of pairs; texts are never all in memory."""
    for batch in batched(pairs, BATCH_PAIRS):
        ids = sorted({article for pair in batch for article in (pair.left, pair.right)})
        yield batch, {item.labelled.article.id: Body.of(item.labelled) for item in scope.inspections(ids)}


def _align_batch(work: tuple[Sequence[Candidate], dict[ArticleId, Body]]) -> list[Match]:
    pairs, bodies = work
    aligner = WordsThenSentences()
    return [aligner.align(_held(bodies[pair.left]), _held(bodies[pair.right])) for pair in pairs]


@lru_cache(maxsize=HELD_BODIES)
def _held(body: Body) -> Body:
    """Give an equal body met before, with its words and sentences already taken apart."""
    return body
