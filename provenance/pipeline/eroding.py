"""What the links of a lineage lost: words along aligned passages, and agencies along credits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from provenance.model import ArticleFacts, ArticleId, Derivation, Erosion
from provenance.pipeline.drifting import compared_links
from provenance.pipeline.toolbox import Toolbox
from provenance.pipeline.workers import batched
from provenance.score.erosion import agency_erosion
from provenance.store import RunScope
from provenance.text.words import UNSPACED

__all__ = ["with_agencies"]

_UNSPACED = regex.compile(f"[{UNSPACED}]")

BATCH_TEXTS = 256
"""Downstream texts looked through at once."""


def with_agencies(
    words: Iterable[Erosion],
    scope: RunScope,
    derivations: Sequence[Derivation],
    facts: Mapping[ArticleId, ArticleFacts],
    toolbox: Toolbox,
) -> tuple[Erosion, ...]:
    """Add the agencies that got lost to the words that did, sorted by downstream, upstream and place.

    Whom a credit means depends on the outlet files, so this is asked anew in every audit. A downstream text is looked
    through only where its credits and citations name an agency nowhere.
    """
    found = [*words, *_unnamed(scope, _lost(derivations, facts), facts, toolbox)]
    return tuple(
        sorted(found, key=lambda loss: (loss.downstream, loss.upstream, _place(loss), loss.kind, loss.wording))
    )


def _place(loss: Erosion) -> tuple[int, int]:
    return (-1, -1) if loss.place is None else (loss.place.start, loss.place.end)


def _lost(derivations: Sequence[Derivation], facts: Mapping[ArticleId, ArticleFacts]) -> list[Erosion]:
    pairs = sorted(compared_links(derivations))
    return [loss for downstream, upstream in pairs for loss in agency_erosion(facts[downstream], facts[upstream])]


def _unnamed(
    scope: RunScope, lost: Sequence[Erosion], facts: Mapping[ArticleId, ArticleFacts], toolbox: Toolbox
) -> Iterator[Erosion]:
    """Leave out what the downstream text names in passing."""
    for batch in batched(lost, BATCH_TEXTS):
        articles = scope.articles(sorted({loss.downstream for loss in batch}))
        texts = {article.id: article.text for article in articles}
        for loss in batch:
            names = _names(loss, facts[loss.upstream], toolbox)
            if not any(_stands_in(name, texts[loss.downstream]) for name in names):
                yield loss


def _names(loss: Erosion, upstream: ArticleFacts, toolbox: Toolbox) -> set[str]:
    """Give every name the lost outlet goes by."""
    found = {loss.wording}
    for credit in upstream.attributions:
        if credit.outlet is not None and loss.wording in (credit.credited, credit.text):
            known = toolbox.knowledge.outlets.get(credit.outlet)
            found |= {known.name, *known.aliases} if known is not None else set()
    return {name for name in found if name.strip()}


def _stands_in(name: str, text: str) -> bool:
    """Say whether a name stands in a text, as words of its own where the script has spaces; capitals mean capitals."""
    if _UNSPACED.search(name):
        return name in text
    flags = 0 if name.isupper() else regex.IGNORECASE
    return regex.search(rf"(?<!\w){regex.escape(name)}(?!\w)", text, flags) is not None
