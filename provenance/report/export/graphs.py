"""The lineage as a graph for Gephi, Cytoscape, yEd and the like, written by networkx.

Edges lead from the downstream text to the upstream one. Neither format as networkx reads it can mix edges with and
without direction: an edge between texts in unknown order has ``ordered`` false and the relation ``shares text with``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from provenance.model import AuditFindings
from provenance.report.export.exporter import ExportOptions
from provenance.report.export.names import iso_date, iso_day, web_address, xml_text
from provenance.report.export.network import Edge, Network, Node
from provenance.report.figures import rounded

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["GraphExporter", "gexf", "graphml", "network_graph"]

_Attributes = dict[str, str | float | int | bool]


@dataclass(frozen=True, slots=True)
class GraphExporter:
    """Writes the lineage in a graph format."""

    name: str
    summary: str
    write: Callable[[Network], Iterator[str]]
    tables: bool = False

    def lines(self, findings: AuditFindings, options: ExportOptions) -> Iterator[str]:
        """Yield the lines of the file."""
        return self.write(Network(findings, possible=options.possible))


def graphml(network: Network) -> Iterator[str]:
    """Yield the lines of a GraphML file."""
    import networkx as nx  # noqa: PLC0415  loaded by an export only

    yield _DECLARATION
    yield from _with_lower_case_booleans(nx.generate_graphml(network_graph(network)))


def _with_lower_case_booleans(lines: Iterable[str]) -> Iterator[str]:
    """Write truth values as XML Schema has them and other programs expect them; networkx writes them as Python does."""
    keys: set[str] = set()
    for line in lines:
        if declared := _BOOLEAN_KEY.match(line):
            keys.add(declared[1])
        value = _TRUTH.fullmatch(line)
        yield line.lower() if value and value[1] in keys else line


_BOOLEAN_KEY: Final = re.compile(r'\s*<key id="(d\d+)" [^>]*attr\.type="boolean"')

_TRUTH: Final = re.compile(r'\s*<data key="(d\d+)">(?:True|False)</data>')
"""The text of an article cannot be taken for one: it holds no ``<`` and stands under a key of its own."""


def gexf(network: Network) -> Iterator[str]:
    """Yield the lines of a GEXF file in which every dated article begins on its day."""
    import networkx as nx  # noqa: PLC0415  loaded by an export only

    graph = network_graph(network)
    for node in network.articles.values():
        if node.facts is not None and node.facts.published is not None:
            graph.nodes[node.name]["start"] = iso_day(node.facts.published)
            graph.graph["mode"] = "dynamic"
    yield _DECLARATION
    for line in nx.generate_gexf(graph):
        yield _WRITTEN_ON.sub(r"\1>", line)


_DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>'

_WRITTEN_ON: Final = re.compile(r"""^(\s*<meta) lastmodifieddate="[^"]*">""")
"""The day the file was made, which networkx notes: equal findings would not give equal files."""


def network_graph(network: Network) -> nx.DiGraph[str]:
    """Return the lineage as a directed graph whose attributes every XML format can hold."""
    import networkx as nx  # noqa: PLC0415  loaded by an export only

    graph: nx.DiGraph[str] = nx.DiGraph()
    for node in network.nodes:
        graph.add_node(node.name, **_node_attributes(network, node))
    for edge in network.edges:
        graph.add_edge(edge.downstream.name, edge.upstream.name, **_edge_attributes(edge))
    return graph


def _node_attributes(network: Network, node: Node) -> _Attributes:
    facts, verdict = node.facts, node.verdict
    found: dict[str, str | float | None] = {
        "label": node.label,
        "kind": node.kind.value,
        "outlet": network.index.outlet_name(node.outlet),
        "family": node.family.id if node.family else None,
    }
    if facts is not None:
        found |= {
            "article": facts.id,
            "source": facts.source,
            "title": facts.title,
            "url": web_address(facts.url),
            "language": facts.language,
            "words": facts.words,
            "published": iso_date(facts.published) if facts.published else None,
        }
    if verdict is not None:
        share = verdict.derived_share
        found |= {
            "degree_of_derivation": verdict.degree.value,
            "credit": verdict.credit.value,
            "derived_share": None if share is None else rounded(share),
            "order": node.order and node.order.value,
        }
    return _told(found)


def _edge_attributes(edge: Edge) -> _Attributes:
    link = edge.link
    found: dict[str, str | float | None] = {
        "label": edge.relation.value,
        "relation": edge.relation.value,
        "ordered": edge.is_ordered,
        "credited": edge.credited,
        "changed_facts": len(edge.drift),
        "lost_facts": len(edge.erosion),
    }
    if link is not None:
        found |= {
            "order": edge.order and edge.order.value,
            "strength": link.strength,
            "share": None if link.share is None else rounded(link.share),
            "version": link.is_version,
            "quotation": edge.is_quotation,
            "evidence": ", ".join(dict.fromkeys(each.kind for each in link.evidence)),
            "review": link.decision.value if link.decision else None,
        }
    return _told(found)


def _told(found: dict[str, str | float | None]) -> _Attributes:
    """Leave out what is not known and make texts fit for XML."""
    return {
        name: xml_text(value) if isinstance(value, str) else value
        for name, value in found.items()
        if value is not None and value != ""
    }
