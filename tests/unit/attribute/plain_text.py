"""Plain texts as the attribution stage gets them: every line a block, body unless said otherwise."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from itertools import accumulate, pairwise

from provenance.attribute import AttributionRules, attribute
from provenance.knowledge import Knowledge, load
from provenance.model import (
    Article,
    ArticleId,
    Block,
    Claim,
    ContentHash,
    Inspection,
    LabelledArticle,
    LayoutLine,
    Role,
    Span,
)


@functools.cache
def knowledge() -> Knowledge:
    return load()


@functools.cache
def compiled() -> AttributionRules:
    return AttributionRules.compile(knowledge().attribution_rules)


def inspected(
    text: str,
    *,
    url: str | None = None,
    outlet: str | None = None,
    claims: tuple[Claim, ...] = (),
    roles: Mapping[int, Role] | None = None,
    decided: str = "test",
    language: str | None = None,
) -> Inspection:
    """Inspect a text; ``roles`` are those of some lines by number, and ``decided`` the reason given for all."""
    edges = accumulate(map(len, text.splitlines(keepends=True)), initial=0)
    spans = [Span(start, end) for start, end in pairwise(edges)]
    article = Article(
        id=ArticleId("x"),
        source="x",
        content_hash=ContentHash("x"),
        text=text,
        media_type="text/plain",
        lines=tuple(map(LayoutLine, spans)),
        claims=claims,
        url=url,
        outlet_name=outlet,
        language=language,
    )
    blocks = tuple(Block(span, (roles or {}).get(i, Role.BODY), decided) for i, span in enumerate(spans))
    return attribute(LabelledArticle(article, blocks), rules=compiled(), outlets=knowledge().outlets)
