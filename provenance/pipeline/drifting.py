"""The facts that changed along the links of a lineage: asked once for two contents, in parallel, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from provenance.model import ArticleFacts, ArticleId, Derivation, DerivationStatus, Drift, Match
from provenance.pipeline.aligning import match_key
from provenance.pipeline.options import AuditOptions
from provenance.pipeline.toolbox import Toolbox
from provenance.pipeline.workers import batched, pool
from provenance.score import drift
from provenance.store import RunScope

__all__ = ["find_drift"]

BATCH_LINKS = 32
"""Links compared by one worker at a time."""

BATCH_KNOWN = 2_000
"""Links looked up in the store at once."""

ENOUGH_LINKS = 200
"""Links from which starting worker processes pays."""

Pair = tuple[ArticleId, ArticleId]
"""Downstream and upstream."""

Asked = tuple[Match, str, str, str | None, str | None]
"""A match with the downstream on its left, both texts, both languages."""


def find_drift(
    scope: RunScope,
    derivations: Sequence[Derivation],
    facts: Mapping[ArticleId, ArticleFacts],
    toolbox: Toolbox,
    options: AuditOptions,
) -> Iterator[Drift]:
    """Give the changed facts of every link of the lineage whose upstream is at hand, sorted by downstream, upstream."""
    links = {
        (link.downstream, link.upstream): link
        for link in derivations
        if link.in_lineage and link.upstream is not None and link.status is DerivationStatus.DERIVED
    }
    pairs = sorted(links)
    key = f"{match_key(toolbox, options.similarity)}:{toolbox.versions['score']}.{toolbox.versions['drift']}"
    found: dict[Pair, tuple[Drift, ...]] = {}
    for batch in batched(pairs, BATCH_KNOWN):
        found |= scope.known_drift(key, batch)
    missing = [pair for pair in pairs if pair not in found]
    asked = ([*batch] for batch in batched(missing, BATCH_LINKS))
    work = ([_asked(links[pair], texts, facts) for pair in batch] for batch, texts in _with_texts(scope, asked))
    with pool(options.workers, enough=len(missing) >= ENOUGH_LINKS) as workers:
        for results in workers.map(_drift_batch, work):
            new = {(match.left, match.right): changes for match, changes in results}
            scope.save_drift(key, new)
            found |= new
    for pair in pairs:
        yield from found[pair]


def _with_texts(
    scope: RunScope, batches: Iterator[list[Pair]]
) -> Iterator[tuple[Sequence[Pair], Mapping[ArticleId, str]]]:
    """Fetch the texts of each batch; they are never all in memory."""
    for batch in batches:
        yield batch, {each.article: each.text for each in scope.bodies(sorted({id_ for pair in batch for id_ in pair}))}


def _asked(link: Derivation, texts: Mapping[ArticleId, str], facts: Mapping[ArticleId, ArticleFacts]) -> Asked:
    if link.upstream is None:
        raise ValueError("a link to an outlet by name has no text to compare with")
    downstream, upstream = facts[link.downstream], facts[link.upstream]
    match = Match(
        left=downstream.id,
        right=upstream.id,
        passages=link.passages,
        left_words=downstream.words,
        right_words=upstream.words,
        left_containment=0.0,
        right_containment=0.0,
    )
    return match, texts[downstream.id], texts[upstream.id], downstream.language, upstream.language


def _drift_batch(batch: Sequence[Asked]) -> list[tuple[Match, tuple[Drift, ...]]]:
    return [
        (
            match,
            tuple(
                drift(
                    match,
                    downstream_text=downstream,
                    upstream_text=upstream,
                    downstream_language=downstream_language,
                    upstream_language=upstream_language,
                )
            ),
        )
        for match, downstream, upstream, downstream_language, upstream_language in batch
    ]
