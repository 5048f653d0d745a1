"""The lineage as two tables: its edges, and its articles. As CSV one of them, as JSONL both.

CSV cells are guarded as in every other table of the program; JSONL keeps the exact text. A column means the same in
both. Empty, or ``null``, means not known or not applicable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from provenance.model import DIRECTION_KINDS, AuditFindings
from provenance.report.encode import json_line
from provenance.report.export.exporter import ExportOptions, Table
from provenance.report.export.names import Prefix, identifier_of
from provenance.report.export.network import Edge, Network, Node, NodeKind
from provenance.report.figures import rounded_or_none
from provenance.report.tables import Cell, csv_line

__all__ = ["ARTICLE_COLUMNS", "EDGE_COLUMNS", "Csv", "JsonLines"]

EDGE_COLUMNS: Final = (
    "relation", "order",
    "downstream", "downstream_title", "downstream_outlet", "downstream_published", "downstream_source",
    "upstream", "upstream_kind", "upstream_title", "upstream_outlet", "upstream_published", "upstream_source",
    "share", "interval_low", "interval_high", "strength", "passages", "credited", "version", "review",
    "evidence", "direction_evidence", "changed", "lost", "family",
)  # fmt: skip
"""Columns of an edge. ``upstream`` is empty where only its outlet is known. ``order`` is how well it is known which
came first; where it is ``unknown``, neither of the two is said to be the upstream one. ``evidence`` names kinds."""

ARTICLE_COLUMNS: Final = (
    "id", "source", "url", "title", "outlet", "outlet_name", "published", "published_earliest", "published_latest",
    "language", "words", "derived_share", "interval_low", "interval_high", "degree", "order", "basis", "credit",
    "credited_outlets", "family", "content_hash", "body_hash",
)  # fmt: skip
"""Columns of an article. Outlets are ids, but for ``outlet_name``. Where ``order`` is ``unknown`` the article shares
text with others, and nobody knows which came first: share and degree hold only if it is the later one."""


class Csv:
    """One table as CSV: the edges, unless the articles are asked for."""

    name: Final = "csv"
    summary: Final = "edge table for a spreadsheet, or the article table with --table articles"
    tables: Final = True

    def lines(self, findings: AuditFindings, options: ExportOptions) -> Iterator[str]:
        """Yield the head and a row each."""
        columns, rows = _TABLES[options.table or Table.EDGES]
        yield csv_line(columns)
        yield from (csv_line([_cell(value) for value in row]) for row in rows(_network(findings, options)))


def _cell(value: _Value) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else value


class JsonLines:
    """Both tables as JSON, one object a line: articles first, then edges."""

    name: Final = "jsonl"
    summary: Final = "article and edge table, one JSON object a line"
    tables: Final = True

    def lines(self, findings: AuditFindings, options: ExportOptions) -> Iterator[str]:
        """Yield an object for each row, with its schema."""
        network = _network(findings, options)
        for table in (options.table,) if options.table else (Table.ARTICLES, Table.EDGES):
            columns, rows = _TABLES[table]
            schema = {"schema": f"provenance.export.{table.removesuffix('s')}/1"}
            yield from (json_line(schema | dict(zip(columns, row, strict=True))) for row in rows(network))


def _network(findings: AuditFindings, options: ExportOptions) -> Network:
    return Network(findings, possible=options.possible)


_Value = str | int | float | bool | tuple[str, ...] | None
_Row = Sequence[_Value]


def _edge_rows(network: Network) -> Iterator[_Row]:
    for edge in network.edges:
        yield (
            edge.relation.value,
            edge.order and edge.order.value,
            *_end(network, edge.downstream),
            *_upstream(network, edge.upstream),
            *_figures(edge),
            *_evidence(edge),
            len(edge.drift),
            len(edge.erosion),
            edge.downstream.family.id if edge.downstream.family else None,
        )


def _end(network: Network, node: Node) -> tuple[_Value, ...]:
    facts = node.facts
    outlet = network.index.outlet_name(node.outlet) or None
    if facts is None:
        return _identifier(node), node.label, outlet, None, None
    return facts.id, facts.title, outlet, facts.published.written if facts.published else None, facts.source


def _upstream(network: Network, node: Node) -> tuple[_Value, ...]:
    identifier, *others = _end(network, node)
    return identifier, node.kind.value, *others


def _identifier(node: Node) -> str | None:
    return f"{Prefix.INFERRED}:{identifier_of(node.name)[0]}" if node.kind is NodeKind.INFERRED else None


def _figures(edge: Edge) -> tuple[_Value, ...]:
    link = edge.link
    if link is None:
        return (None,) * 8
    low, high = link.interval if link.share is not None else (None, None)
    return (
        rounded_or_none(link.share), rounded_or_none(low), rounded_or_none(high), link.strength, len(link.passages),
        edge.credited, link.is_version, link.decision.value if link.decision else None,
    )  # fmt: skip


def _evidence(edge: Edge) -> tuple[_Value, ...]:
    kinds = dict.fromkeys(each.kind for each in edge.link.evidence) if edge.link else {}
    ties = tuple(kind for kind in kinds if kind not in DIRECTION_KINDS)
    return ties, tuple(kind for kind in kinds if kind in DIRECTION_KINDS)


def _article_rows(network: Network) -> Iterator[_Row]:
    for node in network.articles.values():
        facts, verdict = node.facts, node.verdict
        assert facts is not None  # it is an article
        date = facts.published
        yield (
            facts.id, facts.source, facts.url, facts.title, facts.outlet,
            network.index.outlet_name(facts.outlet) or facts.outlet_name,
            date.written if date else None,
            date.earliest.isoformat() if date else None,
            date.latest.isoformat() if date else None,
            facts.language, facts.words,
            *(
                (rounded_or_none(verdict.derived_share), *map(rounded_or_none, verdict.interval),
                 verdict.degree.value, node.order and node.order.value, verdict.basis.value, verdict.credit.value)
                if verdict else (None,) * 7
            ),
            facts.upstreams,
            node.family.id if node.family else None,
            facts.content_hash, facts.body_hash,
        )  # fmt: skip


_TABLES: Final[dict[Table, tuple[Sequence[str], Callable[[Network], Iterator[_Row]]]]] = {
    Table.EDGES: (EDGE_COLUMNS, _edge_rows),
    Table.ARTICLES: (ARTICLE_COLUMNS, _article_rows),
}
