"""What changed and what was lost along the links of a lineage: asked once for two contents, in parallel, and kept.

Changed facts and losses come from the same aligned statements, so that texts are read and taken apart once for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import ArticleFacts, ArticleId, Derivation, DerivationStatus, Direction, Drift, Erosion, Match
from provenance.pipeline.aligning import PairComparison, match_key
from provenance.pipeline.eroding import AgencyLoss, agency_losses, without_named
from provenance.pipeline.processes.limits import Failure
from provenance.pipeline.processes.workers import batched
from provenance.pipeline.toolbox import Toolbox
from provenance.score.erosion import compared as losses_and_changes
from provenance.score.erosion import in_order
from provenance.store import RunScope

__all__ = ["Changes", "find_changes"]

BATCH_LINKS = 32
"""Links compared by one worker at a time."""

BATCH_KNOWN = 2_000
"""Links looked up in the store at once."""

ENOUGH_LINKS = 200
"""Links from which starting worker processes pays."""

Pair = tuple[ArticleId, ArticleId]
"""Downstream and upstream."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A link as it is compared: a match with the downstream on its left, texts and languages downstream first."""

    match: Match
    texts: tuple[str, str]
    languages: tuple[str | None, str | None]
    agencies: Sequence[AgencyLoss]


@dataclass(frozen=True, slots=True)
class Changes:
    """What the links of a lineage changed and lost, sorted by downstream, upstream and place."""

    drift: tuple[Drift, ...]
    erosion: tuple[Erosion, ...]


def find_changes(
    scope: RunScope,
    derivations: Sequence[Derivation],
    facts: Mapping[ArticleId, ArticleFacts],
    compared: PairComparison,
) -> Changes:
    """Find the changed facts and the losses of every link of the lineage whose upstream is at hand."""
    toolbox = compared.toolbox
    links = _compared_links(derivations)
    pairs = sorted(links)
    versions = toolbox.versions
    key = f"{match_key(toolbox, compared.options.similarity)}:{versions['score']}.{versions['drift']}"
    keys = key, f"{key}.{versions['erosion']}"
    drift: dict[Pair, Sequence[Drift]] = {}
    erosion: dict[Pair, Sequence[Erosion]] = {}
    for batch in batched(pairs, BATCH_KNOWN):
        drift |= scope.known_drift(keys[0], batch)
        erosion |= scope.known_erosion(keys[1], batch)
    missing = [pair for pair in pairs if pair not in drift or pair not in erosion]
    asked = ([*batch] for batch in batched(missing, BATCH_LINKS))
    asking = (
        [_asked(links[pair], texts, facts, toolbox) for pair in batch] for batch, texts in _with_texts(scope, asked)
    )
    many = len(missing) >= ENOUGH_LINKS
    for links_asked, results in compared.workers.map(_compared, asking, many=many):
        found: dict[Pair, tuple[Sequence[Drift], Sequence[Erosion]]] = {}
        for each, result in zip(links_asked, results, strict=True):
            if isinstance(result, Failure):
                compared.fail(each.match.left, each.match.right, result)
            else:
                found[each.match.left, each.match.right] = result
        changed = {pair: changes for pair, (changes, _) in found.items()}
        lost = {pair: losses for pair, (_, losses) in found.items()}
        scope.save_drift(keys[0], changed)
        scope.save_erosion(keys[1], lost)
        drift |= changed
        erosion |= lost
    return Changes(
        tuple(change for pair in pairs for change in drift.get(pair, ())),
        # Where nothing shows which text came first, nothing shows that the one has lost what the other has.
        tuple(
            loss for pair in pairs if links[pair].direction is not Direction.UNKNOWN for loss in erosion.get(pair, ())
        ),
    )


def _compared_links(derivations: Sequence[Derivation]) -> dict[Pair, Derivation]:
    """Give the links of the lineage along which texts can be compared."""
    return {
        (link.downstream, link.upstream): link
        for link in derivations
        if link.in_lineage and link.upstream is not None and link.status is DerivationStatus.DERIVED
    }


def _with_texts(
    scope: RunScope, batches: Iterator[list[Pair]]
) -> Iterator[tuple[Sequence[Pair], Mapping[ArticleId, str]]]:
    """Fetch the texts of each batch; they are never all in memory."""
    for batch in batches:
        yield batch, {each.article: each.text for each in scope.bodies(sorted({id_ for pair in batch for id_ in pair}))}


def _asked(
    link: Derivation, texts: Mapping[ArticleId, str], facts: Mapping[ArticleId, ArticleFacts], toolbox: Toolbox
) -> Asked:
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
    return Asked(
        match=match,
        texts=(texts[downstream.id], texts[upstream.id]),
        languages=(downstream.language, upstream.language),
        agencies=agency_losses(downstream, upstream, toolbox),
    )


def _compared(asked: Asked) -> tuple[Sequence[Drift], Sequence[Erosion]]:
    changed, lost = losses_and_changes(asked.match, asked.texts, asked.languages)
    return changed, in_order([*lost, *without_named(asked.agencies, asked.texts[0])])
