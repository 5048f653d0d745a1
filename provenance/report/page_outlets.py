"""Names of outlets that no list knows, as the page itself gives them."""

from __future__ import annotations

from provenance.knowledge.hosts import host_of
from provenance.model import Inspection, Outlet, OutletId
from provenance.report.parts import OutletLookup

__all__ = ["with_page_outlets"]


def with_page_outlets(finding: Inspection, outlets: OutletLookup) -> OutletLookup:
    """Return a lookup that also knows the outlet a page belongs to and those it credits, by the page's own words."""
    article = finding.labelled.article
    named: dict[OutletId, Outlet] = {}
    for each in finding.attributions:
        if each.outlet is not None and each.outlet not in named:
            domains = (each.domain,) if each.domain else ()
            named[each.outlet] = Outlet(each.outlet, each.credited or each.domain or each.outlet, domains=domains)
    if finding.outlet is not None:
        host = host_of(article.url) if article.url else None
        name = article.outlet_name or host or finding.outlet
        named[finding.outlet] = Outlet(finding.outlet, name, domains=(host,) if host else ())
    return lambda identifier: outlets(identifier) or named.get(identifier)
