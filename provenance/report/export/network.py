"""The lineage as nodes and edges: what every export of it holds, decided once.

An edge leads from an article to what it has its text from. Only the lineage is exported, not the ties it was chosen
from (the JSON of an audit lists those). Where two articles are tied in unknown order, the edge says so and its ends are
in the order of their ids; an export must not read an order into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    Drift,
    Erosion,
    Family,
    InferredSource,
    InferredSourceId,
    OutletId,
    PassageKind,
    Verdict,
)
from provenance.report.export.names import Prefix, name_of
from provenance.report.findings import FindingsIndex
from provenance.report.plain import one_line

__all__ = ["ORDERED", "Edge", "Network", "Node", "NodeKind", "Relation"]


class NodeKind(StrEnum):
    """What a node stands for."""

    ARTICLE = "article"
    UNSEEN = "unseen"
    """A text that one article credits to an outlet and that is not at hand. Each credit has its own: two articles that
    credit one agency may have two texts of it."""
    INFERRED = "inferred"
    """A text that articles must have in common, which nobody has at hand: an inference."""


class Relation(StrEnum):
    """What an edge says of its first end, the downstream one where there is an order."""

    DERIVED = "derived from"
    SHARES = "shares text with"
    """Either derives from the other, or both from a third: which came first is not known."""
    INFERRED = "must have drawn on"
    POSSIBLE = "possibly tied to"
    """Not asserted; exported on request only."""


ORDERED: Final = frozenset({Relation.DERIVED, Relation.INFERRED})
"""Relations that say which side came first."""

NEARLY_ALL: Final = 0.8
"""Share of the shared words that are quotation, from which a link is one of quotation: the matcher's own figure for a
passage that is nearly all quotation."""


@dataclass(frozen=True, slots=True)
class Node:
    """A text: an article at hand, or one that is not."""

    name: str
    kind: NodeKind
    label: str
    """For people; on one line, everything visible."""
    outlet: OutletId | None = None
    facts: ArticleFacts | None = None
    """Of an article."""
    verdict: Verdict | None = None
    order: Direction | None = None
    """How well it is known that an article came after those it is tied to; ``None`` where it is tied to none at hand.
    Where it is unknown, degree and share are those of what it has in common with others, and it is derived only if it
    is the later one."""
    family: Family | None = None
    source: InferredSource | None = None
    """Of an inferred text."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two texts. ``link`` is ``None`` where it rests on an inference alone."""

    relation: Relation
    downstream: Node
    upstream: Node
    link: Derivation | None = None
    credited: bool = False
    """Whether the downstream article itself names the upstream's outlet as the source of its text."""
    drift: Sequence[Drift] = ()
    erosion: Sequence[Erosion] = ()

    @property
    def is_ordered(self) -> bool:
        """Whether the edge says which side came first."""
        return self.relation in ORDERED

    @property
    def order(self) -> Direction | None:
        """How well it is known which side came first; ``None`` of what is inferred."""
        if self.relation is Relation.POSSIBLE:
            return Direction.UNKNOWN
        return self.link.direction if self.link else None

    @property
    def is_quotation(self) -> bool:
        """Whether nearly all that both share is quotation."""
        passages = self.link.passages if self.link else ()
        words = sum(each.left_words for each in passages)
        quoted = sum(each.left_words for each in passages if each.kind is PassageKind.QUOTE)
        return words > 0 and quoted >= NEARLY_ALL * words


class Network:
    """The nodes and edges of an audit.

    Args:
        findings: of the audit.
        possible: also give ties that are not asserted. Those a reviewer rejected are never given.
    """

    def __init__(self, findings: AuditFindings, *, possible: bool = False) -> None:
        self.findings = findings
        self.index = FindingsIndex(findings)
        self._possible = possible

    @cached_property
    def articles(self) -> Mapping[str, Node]:
        """The articles at hand, by id, in the order of the findings."""
        index = self.index
        return {
            each.id: Node(
                name=name_of(Prefix.ARTICLE, each.id),
                kind=NodeKind.ARTICLE,
                label=index.article_name(each.id),
                outlet=each.outlet,
                facts=each,
                verdict=index.verdicts.get(each.id),
                order=_order(index, each.id),
                family=index.families.get(each.id),
            )
            for each in self.findings.articles
        }

    @cached_property
    def _inferred(self) -> Mapping[str, Node]:
        return {
            source.id: Node(
                name=name_of(Prefix.INFERRED, source.id.removeprefix("inferred:")),
                kind=NodeKind.INFERRED,
                label=f"a text{self._of(source.outlet)}, inferred, not found",
                outlet=source.outlet,
                family=family,
                source=source,
            )
            for family in self.findings.lineage.families
            for source in family.inferred_sources
        }

    def _of(self, outlet: OutletId | None) -> str:
        return f" of {self.index.outlet_name(outlet)}" if outlet else ""

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every tie: by the ids of its downstream article, those of the lineage first, by falling strength."""
        return tuple(edge for article in self.articles for edge in self._edges_of(article))

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The articles, then what is not at hand: inferred texts, then those that are credited only."""
        unseen = (edge.upstream for edge in self.edges if edge.upstream.kind is NodeKind.UNSEEN)
        return (*self.articles.values(), *self._inferred.values(), *unseen)

    def _edges_of(self, article: str) -> Iterator[Edge]:
        downstream = self.articles[article]
        assert downstream.facts is not None  # it is an article
        sources = {each.id: each for each in self.index.inferred_sources.get(downstream.facts.id, ())}
        for link in self.index.upstream_links.get(downstream.facts.id, ()):
            relation = self._relation(link)
            if relation is None:
                continue
            upstream = self._upstream(downstream, link, sources)
            if upstream.source is not None:
                del sources[upstream.source.id]
            yield self._edge(relation, downstream, upstream, link)
        for source in sources:
            yield Edge(Relation.INFERRED, downstream, self._inferred[source])

    def _relation(self, link: Derivation) -> Relation | None:
        if link.status is not DerivationStatus.DERIVED:
            asked_for = self._possible and link.decision is not Decision.REJECTED
            return Relation.POSSIBLE if asked_for else None
        if not link.in_lineage:
            return None
        ordered = link.upstream is None or link.direction is not Direction.UNKNOWN
        return Relation.DERIVED if ordered else Relation.SHARES

    def _upstream(self, downstream: Node, link: Derivation, sources: Mapping[InferredSourceId, InferredSource]) -> Node:
        """Find the other end of a link. An inferred source whose outlet the article names is the text it names."""
        if link.upstream is not None:
            return self.articles[link.upstream]
        meant = (each for each in sources.values() if each.outlet == link.upstream_outlet)
        source = next(meant, None)
        if source is not None:
            return self._inferred[source.id]
        outlet = self.index.outlet_name(link.upstream_outlet) or "an outlet that is not named"
        return Node(
            name=name_of(Prefix.UNSEEN, link.upstream_outlet or "", link.downstream),
            kind=NodeKind.UNSEEN,
            label=one_line(f"a text of {outlet}, not at hand"),
            outlet=link.upstream_outlet,
            family=downstream.family,
        )

    def _edge(self, relation: Relation, downstream: Node, upstream: Node, link: Derivation) -> Edge:
        index = self.index
        return Edge(
            relation=relation,
            downstream=downstream,
            upstream=upstream,
            link=link,
            credited=index.credits(link.downstream, link),
            drift=index.drift(link.downstream, link.upstream) if link.upstream else (),
            erosion=index.erosion(link.downstream, link.upstream) if link.upstream else (),
        )


def _order(index: FindingsIndex, article: ArticleId) -> Direction | None:
    """Give the surest direction in which an article derives from another one at hand, or that no tie of it has one."""
    known = {each.direction for each in index.asserted(article) if each.upstream is not None}
    for direction in (Direction.ESTABLISHED, Direction.LIKELY):
        if direction in known:
            return direction
    return Direction.UNKNOWN if index.undirected(article) else None
