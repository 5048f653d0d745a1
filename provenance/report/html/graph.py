"""The lineage of a family as nodes and edges: who has it from whom, and what each edge rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provenance.model import ArticleId, Decision, Derivation, Direction, Family, InferredSource, OutletId
from provenance.report.findings import FindingsIndex
from provenance.report.words import counted, percent

__all__ = ["Edge", "EdgeKind", "Graph", "Node", "NodeKind", "family_graph", "graph_phrase"]


class NodeKind(StrEnum):
    """What a node stands for."""

    ARTICLE = "article"
    UNSEEN = "unseen"
    """An outlet that is credited and of which no fitting article is at hand."""
    INFERRED = "inferred"
    """A text nobody has at hand that some articles must have in common."""
    MORE = "more"
    """Several articles that derive from one and from which nothing derives, drawn as one."""


class EdgeKind(StrEnum):
    """What an edge rests on; each is drawn in a line of its own and says so beside it."""

    CREDITED = "credited"
    """Measured, and the downstream article names its upstream."""
    MEASURED = "measured"
    """Measured, and not credited."""
    VERSION = "version"
    """Between two versions of one article."""
    NAME = "name"
    """Credited by name only: the upstream is not at hand."""
    INFERRED = "inferred"
    REVIEWED = "reviewed"
    """A reviewer alone ties the two; nothing was measured."""


@dataclass(frozen=True, slots=True)
class Node:
    """One box. ``article`` is set for an article, ``outlet`` for a credited one that is not at hand."""

    key: str
    kind: NodeKind
    article: ArticleId | None = None
    outlet: OutletId | None = None
    inferred: InferredSource | None = None
    articles: tuple[ArticleId, ...] = ()
    """Those a node of the kind ``MORE`` stands for."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One line from an upstream node to a downstream one."""

    upstream: str
    downstream: str
    kind: EdgeKind
    label: str
    directed: bool = True
    """Whether it is known which of the two came first."""
    link: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes and edges of one family, and how many articles are left out because there is no room."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0


FOLDED_FROM: Final = 30
"""Articles of a family from which leaves of one upstream are drawn as one node: a taller drawing is not looked at."""

LEAVES_SHOWN: Final = 6
"""Leaves of one upstream that keep a node of their own where the rest is folded."""

MOST_NODES: Final = 150
"""Nodes drawn at most; the table lists all articles."""


def family_graph(index: FindingsIndex, family: Family) -> Graph:
    """Return what is drawn of a family: its articles, the links of the lineage, and what is not at hand."""
    edges = [edge for article in family.articles for edge in _edges(index, family, article)]
    nodes = [Node(article, NodeKind.ARTICLE, article=article) for article in family.articles]
    nodes += (Node(each.id, NodeKind.INFERRED, inferred=each, outlet=each.outlet) for each in family.inferred_sources)
    unseen = {edge.upstream: edge.link for edge in edges if edge.link is not None and edge.link.upstream is None}
    known = {node.key for node in nodes}
    nodes += (
        Node(key, NodeKind.UNSEEN, outlet=link.upstream_outlet) for key, link in unseen.items() if key not in known
    )
    if len(family.articles) >= FOLDED_FROM:
        nodes, edges = _folded(nodes, edges)
    kept = {node.key for node in nodes[:MOST_NODES]}
    drawn = tuple(edge for edge in edges if edge.upstream in kept and edge.downstream in kept)
    left = sum(len(node.articles) or 1 for node in nodes[MOST_NODES:] if node.article or node.articles)
    return Graph(tuple(nodes[:MOST_NODES]), drawn, left)


def _edges(index: FindingsIndex, family: Family, article: ArticleId) -> Iterator[Edge]:
    drew = {each.outlet: each.id for each in family.inferred_sources if article in each.articles}
    told = set()
    members = frozenset(family.articles)
    for link in index.asserted(article):
        if link.upstream is None:
            key = drew.get(link.upstream_outlet) if link.upstream_outlet else None
            told.add(key)
            label = index.named_by(link) + (" by name" if link.decision is not Decision.CONFIRMED else "")
            yield Edge(key or f"outlet:{link.upstream_outlet}", article, EdgeKind.NAME, label, link=link)
        elif link.in_lineage and link.upstream in members:
            yield _measured(index, link, link.upstream)
    for source in family.inferred_sources:
        if article in source.articles and source.id not in told:
            yield Edge(source.id, article, EdgeKind.INFERRED, "inferred")


_LABELS: Final = {
    EdgeKind.CREDITED: "credited",
    EdgeKind.MEASURED: "measured",
    EdgeKind.VERSION: "version",
    EdgeKind.REVIEWED: "by a reviewer",
}


def _measured(index: FindingsIndex, link: Derivation, upstream: ArticleId) -> Edge:
    kind = _kind(index, link)
    share = f" {percent(link.share)}" if link.share is not None else ""
    directed = link.direction is not Direction.UNKNOWN
    unsure = {Direction.LIKELY: ", likely", Direction.UNKNOWN: ", order?", Direction.ESTABLISHED: ""}
    return Edge(upstream, link.downstream, kind, f"{_LABELS[kind]}{share}{unsure[link.direction]}", directed, link)


def _kind(index: FindingsIndex, link: Derivation) -> EdgeKind:
    if link.share is None and link.decision is Decision.CONFIRMED:
        return EdgeKind.REVIEWED
    if link.is_version:
        return EdgeKind.VERSION
    return EdgeKind.CREDITED if index.credits(link.downstream, link) else EdgeKind.MEASURED


def _folded(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[list[Node], list[Edge]]:
    """Draw the leaves below one upstream as one node, but for the first of them."""
    degree = Counter(key for edge in edges for key in (edge.upstream, edge.downstream))
    leaves: defaultdict[tuple[str, EdgeKind], list[str]] = defaultdict(list)
    articles = {node.key: node.article for node in nodes if node.article}
    for edge in edges:
        if degree[edge.downstream] == 1 and edge.downstream in articles:
            leaves[edge.upstream, edge.kind].append(edge.downstream)
    gone: set[str] = set()
    more: list[Node] = []
    lines: list[Edge] = []
    for (upstream, kind), keys in leaves.items():
        rest = keys[LEAVES_SHOWN:]
        if len(rest) > 1:
            gone.update(rest)
            key = f"more:{upstream}:{kind}"
            more.append(Node(key, NodeKind.MORE, articles=tuple(articles[each] for each in rest)))
            lines.append(Edge(upstream, key, kind, _LABELS.get(kind, kind.value)))
    return (
        [*(node for node in nodes if node.key not in gone), *more],
        [*(edge for edge in edges if edge.downstream not in gone), *lines],
    )


def graph_phrase(graph: Graph) -> str:
    """Say in words what a drawing holds, for those who do not see it."""
    kinds = Counter(node.kind for node in graph.nodes)
    parts = [counted(kinds[NodeKind.ARTICLE], "article"), counted(len(graph.edges), "link")]
    if unseen := kinds[NodeKind.UNSEEN]:
        parts.append(counted(unseen, "credited outlet not at hand", "credited outlets not at hand"))
    if inferred := kinds[NodeKind.INFERRED]:
        parts.append(counted(inferred, "inferred text", "inferred texts"))
    return "Lineage graph: " + ", ".join(parts) + "; every link is listed below in words"
