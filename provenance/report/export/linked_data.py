"""The lineage in the vocabulary of schema.org, as JSON-LD.

``isBasedOn`` leads to what an article has its text from: another article, a text credited but not at hand, or one that
was inferred. ``citation`` names whom it cites for facts, which is not where its text is from. schema.org has no word
for two texts in unknown order: ``provenance:sharesTextWith``, on both sides, is ours. So are share, strength and
order, which stand in one ``provenance:derivation`` for each link. The context is in the document itself: nothing is
fetched to read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from provenance.model import AttributionKind, AuditFindings, Outlet, OutletId, OutletKind
from provenance.report.encode import JsonObject, json_document_lines
from provenance.report.export.exporter import ExportOptions
from provenance.report.export.names import NAMESPACE, TERMS, Prefix, iso_date, name_of, web_address
from provenance.report.export.network import Edge, Network, Node, NodeKind, Relation
from provenance.report.figures import rounded_or_none

__all__ = ["CONTEXT", "JsonLd"]

CONTEXT: Final = {
    "@vocab": "https://schema.org/",
    "provenance": TERMS,
    **{prefix.value: f"{NAMESPACE}{prefix}:" for prefix in Prefix},
}


class JsonLd:
    """Writes one JSON-LD document."""

    name: Final = "json-ld"
    summary: Final = "schema.org NewsArticle with isBasedOn, citation and publisher"
    tables: Final = False

    def lines(self, findings: AuditFindings, options: ExportOptions) -> Iterator[str]:
        """Yield the lines of the document."""
        graph = _Graph(Network(findings, possible=options.possible))
        yield from json_document_lines({"@context": CONTEXT, "@graph": graph.things()})


class _Graph:
    def __init__(self, network: Network) -> None:
        self._network = network

    def things(self) -> Iterator[JsonObject]:
        """Yield the outlets, then every text."""
        for outlet in self._outlets():
            yield _outlet(self._network.index.outlets.get(outlet) or Outlet(outlet, outlet))
        for node in self._network.nodes:
            yield _told(self._article(node) if node.facts is not None else self._not_at_hand(node))

    def _outlets(self) -> list[OutletId]:
        cited = (each for node in self._network.nodes for each in _cited(node))
        named = (node.outlet for node in self._network.nodes if node.outlet is not None)
        return sorted({*cited, *named})

    def _article(self, node: Node) -> dict[str, object]:
        facts, verdict = node.facts, node.verdict
        assert facts is not None  # it is an article
        edges = self._upstream[node.name]
        return {
            "@id": node.name,
            "@type": "NewsArticle",
            "identifier": facts.id,
            "headline": facts.title,
            "url": web_address(facts.url),
            "inLanguage": facts.language,
            "datePublished": iso_date(facts.published) if facts.published else None,
            "wordCount": facts.words,
            "publisher": _reference(node.outlet),
            "isBasedOn": [{"@id": edge.upstream.name} for edge in edges if edge.is_ordered],
            "citation": [{"@type": "CreativeWork", "publisher": _reference(each)} for each in _cited(node)],
            "provenance:sharesTextWith": self._tied(node, Relation.SHARES),
            "provenance:possiblyTiedTo": self._tied(node, Relation.POSSIBLE),
            "provenance:degree": verdict and verdict.degree.value,
            "provenance:credit": verdict and verdict.credit.value,
            "provenance:derivedShare": verdict and rounded_or_none(verdict.derived_share),
            "provenance:order": node.order and node.order.value,
            "provenance:derivation": [_derivation(edge) for edge in edges if edge.is_ordered],
        }

    def _not_at_hand(self, node: Node) -> dict[str, object]:
        inferred = node.kind is NodeKind.INFERRED
        return {
            "@id": node.name,
            "@type": ["CreativeWork", "provenance:Inference" if inferred else "provenance:Unseen"],
            "name": node.label,
            "publisher": _reference(node.outlet),
            "provenance:why": list(node.source.why) if node.source else None,
        }

    def _tied(self, node: Node, relation: Relation) -> list[JsonObject]:
        return [{"@id": name} for name in sorted(self._others[relation, node.name])]

    @cached_property
    def _upstream(self) -> defaultdict[str, list[Edge]]:
        found: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in self._network.edges:
            found[edge.downstream.name].append(edge)
        return found

    @cached_property
    def _others(self) -> defaultdict[tuple[Relation, str], set[str]]:
        """The articles on the other end of ties without an order, seen from both."""
        found: defaultdict[tuple[Relation, str], set[str]] = defaultdict(set)
        for edge in self._network.edges:
            if not edge.is_ordered:
                found[edge.relation, edge.downstream.name].add(edge.upstream.name)
                found[edge.relation, edge.upstream.name].add(edge.downstream.name)
        return found


def _cited(node: Node) -> Iterable[OutletId]:
    """Name the outlets an article cites for facts, its own left out, in the order of their ids."""
    attributions = node.facts.attributions if node.facts else ()
    cited = {each.outlet for each in attributions if each.kind is AttributionKind.CITATION}
    return sorted(each for each in cited if each is not None and each != node.outlet)


def _derivation(edge: Edge) -> JsonObject:
    link = edge.link
    if link is None:
        return {"provenance:upstream": {"@id": edge.upstream.name}, "provenance:basis": "inference"}
    return _told(
        {
            "provenance:upstream": {"@id": edge.upstream.name},
            "provenance:order": edge.order and edge.order.value,
            "provenance:share": rounded_or_none(link.share),
            "provenance:strength": link.strength,
            "provenance:credited": edge.credited,
            "provenance:version": link.is_version,
            "provenance:quotation": edge.is_quotation,
            "provenance:review": link.decision and link.decision.value,
            "provenance:evidence": list(dict.fromkeys(each.kind for each in link.evidence)),
        }
    )


def _outlet(outlet: Outlet) -> JsonObject:
    return _told(
        {
            "@id": name_of(Prefix.OUTLET, outlet.id),
            "@type": "NewsMediaOrganization" if outlet.kind in _NEWS else "Organization",
            "name": outlet.name,
            "url": list(filter(None, (web_address(f"https://{domain}/") for domain in outlet.domains))),
            "provenance:kind": outlet.kind.value,
        }
    )


_NEWS: Final = frozenset(
    {OutletKind.AGENCY, OutletKind.NEWSPAPER, OutletKind.MAGAZINE, OutletKind.BROADCASTER, OutletKind.PICTURE_AGENCY}
)
"""Outlets that make news; what a website, an institution or an outlet of unknown nature is, nobody has said."""


def _reference(outlet: OutletId | None) -> JsonObject | None:
    return None if outlet is None else {"@id": name_of(Prefix.OUTLET, outlet)}


def _told(thing: dict[str, object]) -> dict[str, object]:
    """Leave out what is not known."""
    return {name: value for name, value in thing.items() if value is not None and value not in ([], "")}
