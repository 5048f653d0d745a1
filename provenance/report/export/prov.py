"""The lineage as W3C PROV, through the ``prov`` package: PROV-JSON, PROV-N, PROV-XML, and PROV-O as Turtle.

All four hold the same statements, so texts are on one line with controls made visible, as XML needs it. What is said:

- An article is an Entity, attributed to its outlet (an Agent) where that is known. A text that is credited but not at
  hand is an Entity of the type ``Unseen``, attributed to the outlet that is named; one that articles must have in
  common is an Entity of the type ``Inference``. Both keep these types whatever else is said of them.
- A link of the lineage is ``wasDerivedFrom``: a Revision between versions of one article, a Quotation where nearly all
  that is shared is quotation, a PrimarySource where the article itself credits the outlet of a text that has no
  upstream of its own. The activity of the derivation is left open: it was done in a newsroom nobody observed.
- Two texts in unknown order are members of a Collection of the type ``Tie``. PROV has no relation for "one of these was
  derived from the other, or both from a third": ``wasDerivedFrom`` and ``wasInfluencedBy`` assert an order, and
  ``alternateOf`` asserts that both present the same thing and may be chained by a reasoner.
- The audit is an Activity. It used the articles and was carried out by the program; what it generated is an Entity, its
  findings, to which every statement above refers (``statedIn``). It did not make the articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from provenance.model import AuditFindings, Outlet, OutletId, Run
from provenance.report.export.exporter import ExportOptions
from provenance.report.export.names import NAMESPACE, TERMS, Prefix, identifier_of, name_of, web_address, xml_text
from provenance.report.export.network import Edge, Network, Node, NodeKind, Relation
from provenance.report.figures import rounded, rounded_or_none

if TYPE_CHECKING:
    from prov.identifier import QualifiedName
    from prov.model import ProvDocument

__all__ = ["ProvExporter", "prov_document", "prov_json", "prov_n", "prov_xml", "turtle"]


@dataclass(frozen=True, slots=True)
class ProvExporter:
    """Writes PROV in one of its notations."""

    name: str
    summary: str
    write: Callable[[ProvDocument], str]
    tables: bool = False

    def lines(self, findings: AuditFindings, options: ExportOptions) -> Iterator[str]:
        """Yield the lines of the document."""
        document = prov_document(Network(findings, possible=options.possible))
        yield from self.write(document).rstrip("\n").split("\n")


def prov_json(document: ProvDocument) -> str:
    """Write a document as PROV-JSON."""
    return document.serialize(format="json", indent=2, ensure_ascii=False) or ""


def prov_n(document: ProvDocument) -> str:
    """Write a document as PROV-N."""
    return document.get_provn()


def prov_xml(document: ProvDocument) -> str:
    """Write a document as PROV-XML."""
    return document.serialize(format="xml") or ""


def turtle(document: ProvDocument) -> str:
    """Write a document in the terms of PROV-O as Turtle.

    Beside the qualified forms that carry share and strength stand the short ones (``prov:wasDerivedFrom`` and its
    kinds), which a query asks for first and ``prov`` leaves out.
    """
    from prov.model import ProvDerivation  # noqa: PLC0415  loaded by an export only
    from prov.serializers.provrdf import ProvRDFSerializer  # noqa: PLC0415  loaded by an export only
    from rdflib import PROV, URIRef  # noqa: PLC0415  loaded by an export only

    # A document without bundles is one graph. Its own way to Turtle leads over a set of named graphs, of which rdflib
    # warns that it will change.
    graph = ProvRDFSerializer(document).encode_container(document)
    for link in document.get_records(ProvDerivation):
        downstream, upstream = (URIRef(end.uri) for end in link.args[:2])
        graph.add((downstream, PROV.wasDerivedFrom, upstream))
        for kind in link.get_asserted_types():
            graph.add((downstream, PROV[_SHORT_FORMS[kind.localpart]], upstream))
    return graph.serialize(format="turtle")


_SHORT_FORMS: Final = {
    "Revision": "wasRevisionOf",
    "Quotation": "wasQuotedFrom",
    "PrimarySource": "hadPrimarySource",
}


def prov_document(network: Network) -> ProvDocument:
    """Return everything that is said of an audit as one document."""
    return _Writer(network).written()


_Value = Any
"""A string, number, boolean or qualified name; a list of them; or ``None`` for what is not known."""

_KINDS: Final = {NodeKind.UNSEEN: "Unseen", NodeKind.INFERRED: "Inference"}


class _Writer:
    """Says everything about one audit in a new document, in the order of the findings."""

    def __init__(self, network: Network) -> None:
        from prov.model import ProvDocument  # noqa: PLC0415  loaded by an export only

        self._network = network
        self._document = ProvDocument()
        self._terms = self._document.add_namespace("provenance", TERMS)
        for prefix in Prefix:
            self._document.add_namespace(prefix.value, f"{NAMESPACE}{prefix}:")
        self._findings = name_of(Prefix.FINDINGS, network.findings.run.id)
        self._named: set[OutletId] = set()

    def written(self) -> ProvDocument:
        """Say it and return the document."""
        self._write_run(self._network.findings.run)
        for node in self._network.nodes:
            self._write_text(node)
        for edge in self._network.edges:
            self._write_edge(edge)
        return self._document

    def _write_run(self, run: Run) -> None:
        document, name = self._document, name_of(Prefix.RUN, run.id)
        tool = name_of(Prefix.TOOL, "news-provenance", *filter(None, [run.versions.get("program")]))
        document.agent(
            tool, self._said(type=self._prov("SoftwareAgent"), label="news-provenance", version=_pairs(run.versions))
        )
        document.activity(
            name,
            other_attributes=self._said(type=self._terms["Audit"], path=list(run.paths), option=_pairs(run.options)),
        )
        document.wasAssociatedWith(name, tool)
        origins = self._network.findings.lineage.origins
        document.entity(
            self._findings,
            self._said(
                type=self._terms["Findings"],
                originsAtLeast=origins.at_least,
                originsAtMost=origins.at_most,
                unreadable=[each.source for each in self._network.findings.unreadable],
            ),
        )
        document.wasGeneratedBy(self._findings, name)
        for node in self._network.articles.values():
            document.used(name, node.name)

    def _write_text(self, node: Node) -> None:
        if node.facts is not None:
            said = self._article(node)
        else:
            why = list(node.source.why) if node.source else None
            said = self._said(type=self._terms[_KINDS[node.kind]], label=node.label, why=why, statedIn=self._stated)
        self._document.entity(node.name, said)
        if node.outlet is not None:
            self._document.wasAttributedTo(node.name, self._agent(node.outlet))

    def _article(self, node: Node) -> list[tuple[QualifiedName, _Value]]:
        facts, verdict = node.facts, node.verdict
        assert facts is not None  # asked of articles only
        date = facts.published
        return self._said(
            type=self._terms["Article"],
            label=node.label,
            title=facts.title,
            url=web_address(facts.url),
            source=facts.source,
            language=facts.language,
            words=facts.words,
            published=date and date.written,
            publishedEarliest=date and date.earliest,
            publishedLatest=date and date.latest,
            contentHash=facts.content_hash,
            degree=verdict and verdict.degree.value,
            basis=verdict and verdict.basis.value,
            credit=verdict and verdict.credit.value,
            derivedShare=verdict and rounded_or_none(verdict.derived_share),
            derivedShareLow=verdict and rounded(verdict.interval[0]),
            derivedShareHigh=verdict and rounded(verdict.interval[1]),
            order=node.order and node.order.value,
            family=node.family and node.family.id,
        )

    def _agent(self, outlet: OutletId) -> str:
        name = name_of(Prefix.OUTLET, outlet)
        if outlet not in self._named:
            self._named.add(outlet)
            known = self._network.index.outlets.get(outlet) or Outlet(outlet, outlet)
            said = self._said(
                type=self._prov("Organization"), label=known.name, kind=known.kind.value, domain=known.domains
            )
            self._document.agent(name, said)
        return name

    def _write_edge(self, edge: Edge) -> None:
        if edge.is_ordered:
            self._write_derivation(edge)
        else:
            self._write_tie(edge)

    def _write_derivation(self, edge: Edge) -> None:
        ends = (edge.downstream.name, edge.upstream.name)
        kind = self._kind(edge)
        self._document.derivation(
            *ends,
            identifier=name_of(Prefix.LINK, *_ids(edge.downstream), edge.upstream.kind, *_ids(edge.upstream)),
            other_attributes=self._said(type=self._prov(kind) if kind else None, **self._weighed(edge)),
        )

    def _kind(self, edge: Edge) -> str | None:
        """Name the kind of derivation among those PROV knows; ``None`` for one it has no name for."""
        if edge.link is not None and edge.link.is_version:
            return "Revision"
        if edge.is_quotation:
            return "Quotation"
        is_origin = edge.upstream.kind is not NodeKind.ARTICLE or edge.upstream.name not in self._derived
        return "PrimarySource" if edge.credited and is_origin else None

    @cached_property
    def _derived(self) -> frozenset[str]:
        """Names of the texts that have an upstream of their own."""
        return frozenset(edge.downstream.name for edge in self._network.edges if edge.is_ordered)

    def _write_tie(self, edge: Edge) -> None:
        ends = sorted((edge.downstream.name, edge.upstream.name))
        name = name_of(Prefix.TIE, *sorted((*_ids(edge.downstream), *_ids(edge.upstream))))
        kind = "Tie" if edge.relation is Relation.SHARES else "PossibleTie"
        self._document.collection(name, self._said(type=self._terms[kind], **self._weighed(edge)))
        for end in ends:
            self._document.membership(name, end)

    def _weighed(self, edge: Edge) -> dict[str, _Value]:
        link = edge.link
        said: dict[str, _Value] = {"statedIn": self._stated}
        if link is None:
            return said | {"inference": True}
        share = link.share if edge.is_ordered else None  # of a tie nobody knows which of the two it is the share of
        return said | {
            "order": edge.order and edge.order.value,
            "strength": link.strength,
            "share": rounded_or_none(share),
            "shareLow": None if share is None else rounded(link.interval[0]),
            "shareHigh": None if share is None else rounded(link.interval[1]),
            "credited": edge.credited,
            "review": link.decision and link.decision.value,
            "evidence": list(dict.fromkeys(each.kind for each in link.evidence)),
            "changedFacts": len(edge.drift),
            "lostFacts": len(edge.erosion),
        }

    @property
    def _stated(self) -> QualifiedName:
        return self._named_thing(self._findings)

    def _prov(self, term: str) -> QualifiedName:
        return self._named_thing(f"prov:{term}")

    def _named_thing(self, name: str) -> QualifiedName:
        found = self._document.valid_qualified_name(name)
        assert found is not None  # its prefix is declared
        return found

    def _said(self, **attributes: _Value) -> list[tuple[QualifiedName, _Value]]:
        """Give attributes under their qualified names: PROV's own type and label, the others in our terms."""
        found: list[tuple[QualifiedName, _Value]] = []
        for name, value in attributes.items():
            key = self._prov(name) if name in {"type", "label"} else self._terms[name]
            values = value if isinstance(value, list | tuple) else [value]
            found += [(key, xml_text(each) if isinstance(each, str) else each) for each in values if each is not None]
        return found


def _pairs(values: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in sorted(values.items())]


def _ids(node: Node) -> tuple[str, ...]:
    return identifier_of(node.name)
