"""One page, from its decoded source to a draft of its article."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.read.assembly import Draft
from provenance.read.page.body import mark_extracted
from provenance.read.page.claims import page_claims
from provenance.read.page.facts import (
    byline_of,
    host_of,
    language_of,
    metas,
    outlet_of,
    own_address,
    published_on,
    title_of,
)
from provenance.read.page.linked_data import linked_nodes
from provenance.read.page.markup import parse_page
from provenance.read.page.visible import visible_text

__all__ = ["read_page"]

_MEDIA_TYPE = "text/html"


def read_page(text: str, *, url: str | None = None, metadata: Mapping[str, str] | None = None) -> Draft:
    """Read a page.

    Args:
        text: the page's source.
        url: where it stands, when somebody other than the page says so.
        metadata: what is to be kept beside the article.

    Raises:
        RefusedError: the page nests its elements deeper than the parser follows.
    """
    root = parse_page(text)
    if root is None:
        return Draft(text="", media_type=_MEDIA_TYPE)
    shown, meta, nodes = visible_text(root), metas(root), linked_nodes(root)
    outlet = outlet_of(meta, nodes)
    address = url or own_address(text, root, meta, outlet)
    published = published_on(root, meta, nodes, address)
    return Draft(
        text=shown.text,
        media_type=_MEDIA_TYPE,
        claims=page_claims(root, shown, nodes, host_of(address)),
        url=address,
        outlet_name=outlet,
        title=title_of(root, meta, outlet),
        byline=byline_of(meta, nodes, outlet),
        published=published,
        language=language_of(root, meta, shown.text),
        lines=mark_extracted(shown, root),  # last: it prunes the tree
        metadata=dict(metadata or {}),
    )
