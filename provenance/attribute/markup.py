"""What the markup of a page says about its source: claims read against the rules of their carriers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.attribute.identity import PageIdentity
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Article, Attribution, Rule

__all__ = ["markup_attributions"]


def markup_attributions(
    article: Article, rules: Sequence[Rule], outlets: OutletGraph, page: PageIdentity
) -> Iterator[Attribution]:
    """Yield the attributions of a page's markup, in the order of its claims."""
    del article, rules, outlets, page
    yield from ()
