"""A lineage graph as shapes: boxes and lines with their places, for the template that writes them as SVG."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from provenance.model import ArticleId
from provenance.report.findings import FindingsIndex, file_name
from provenance.report.html.anchors import Anchors
from provenance.report.html.dates import date_phrase
from provenance.report.html.graph import Edge, EdgeKind, Graph, Node, NodeKind, graph_phrase
from provenance.report.html.layers import Placement, layers, placed
from provenance.report.plain import one_line
from provenance.report.words import counted

__all__ = ["Box", "Drawing", "Line", "drawing"]

NODE_WIDTH: Final = 216
NODE_HEIGHT: Final = 94
PORT: Final = 20
"""Height a line needs where it ends, for the words above it; in CSS pixels, as all here."""
GAP: Final = 16
BETWEEN: Final = 190
"""Room between two layers: a curve, then the words on a straight end."""
STRAIGHT: Final = 150
MARGIN: Final = 8


@dataclass(frozen=True, slots=True)
class Box:
    """One node: its place, what it says, and where a click leads."""

    left: float
    top: float
    height: float
    kind: NodeKind
    title: str
    notes: tuple[str, ...]
    mark: str
    """What sets it apart in words: ``root``, ``version 2 of 3``, ``not at hand``, ``inferred``; may be empty."""
    href: str | None = None
    width: float = NODE_WIDTH


@dataclass(frozen=True, slots=True)
class Line:
    """One edge: its path, the words beside it and their place, and where a click leads."""

    path: str
    kind: EdgeKind
    label: str
    left: float
    top: float
    directed: bool
    arrow: str
    """Path of its head; empty where the order is unknown."""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph set out, in CSS pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    says: str
    left_out: int


def drawing(index: FindingsIndex, graph: Graph, anchors: Anchors, root: str | None) -> Drawing:
    """Set out a graph of two and more nodes."""
    where = layers(
        (node.key for node in graph.nodes),
        ((edge.upstream, edge.downstream) for edge in graph.edges if edge.directed),
        ((edge.upstream, edge.downstream) for edge in graph.edges if not edge.directed),
    )
    ends = [_left_to_right(edge, where) for edge in graph.edges]
    ports: defaultdict[str, int] = defaultdict(int)
    for _, right in ends:
        ports[right] += 1
    heights = {node.key: float(max(NODE_HEIGHT, PORT * (ports[node.key] + 1))) for node in graph.nodes}
    placement = placed(where, list(dict.fromkeys(ends)), heights, GAP)
    boxes = tuple(
        _box(
            node,
            _said(index, node, root),
            (_left(where[node.key]), placement.centre[node.key]),
            heights[node.key],
            anchors,
        )
        for node in graph.nodes
    )
    return Drawing(
        width=_left(max(where.values(), default=0)) + NODE_WIDTH + MARGIN,
        height=placement.height + 2 * MARGIN,
        boxes=boxes,
        lines=tuple(_lines(graph, ends, placement, anchors)),
        says=graph_phrase(graph),
        left_out=graph.left_out,
    )


def _left_to_right(edge: Edge, where: dict[str, int]) -> tuple[str, str]:
    turned = where[edge.upstream] > where[edge.downstream]
    return (edge.downstream, edge.upstream) if turned else (edge.upstream, edge.downstream)


def _left(layer: int) -> float:
    return MARGIN + layer * (NODE_WIDTH + BETWEEN)


def _lines(graph: Graph, ends: list[tuple[str, str]], placement: Placement, anchors: Anchors) -> list[Line]:
    """Draw the lines; those that end at one node end below one another, in the order they come from."""
    arriving: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, right) in enumerate(ends):
        arriving[right].append(number)
    drawn: list[Line] = []
    for right, numbers in arriving.items():
        numbers.sort(key=lambda number: _last_height(ends[number], placement))
        for place, number in enumerate(numbers):
            y = placement.centre[right] + (place - (len(numbers) - 1) / 2) * PORT
            drawn.append(_line(graph.edges[number], ends[number], placement, y, anchors))
    return drawn


def _last_height(line: tuple[str, str], placement: Placement) -> float:
    passes = placement.passes.get(line)
    return passes[-1][1] if passes else placement.centre[line[0]]


def _line(edge: Edge, ends: tuple[str, str], placement: Placement, y: float, anchors: Anchors) -> Line:
    left, right = ends
    x, height = _left(placement.layer[left]) + NODE_WIDTH, placement.centre[left] + MARGIN
    pieces = [f"M{x:g} {height:.1f}"]
    curve = BETWEEN - STRAIGHT
    for layer, passing in placement.passes.get(ends, ()):
        begin = _left(layer)
        middle, at = (x + begin) / 2, passing + MARGIN
        pieces.append(f"C{middle:g} {height:.1f} {middle:g} {at:.1f} {begin:g} {at:.1f}H{begin + NODE_WIDTH:g}")
        x, height = begin + NODE_WIDTH, at
    tip, at = _left(placement.layer[right]), y + MARGIN
    pieces.append(f"C{x + curve / 2:g} {height:.1f} {x + curve / 2:g} {at:.1f} {x + curve:g} {at:.1f}")
    pieces.append(f"H{tip - (6 if edge.directed else 0):g}")
    arrow = f"M{tip:g} {at:.1f}l-9 -4.5v9z" if edge.directed else ""
    href = anchors.pair(edge.link.downstream, edge.link.upstream) if edge.link else None
    return Line("".join(pieces), edge.kind, edge.label, x + curve + 4, at - 5, edge.directed, arrow, href)


def _box(node: Node, said: _Said, place: tuple[float, float], height: float, anchors: Anchors) -> Box:
    left, centre = place
    href = anchors.article(node.article) if node.article else None
    return Box(left, centre - height / 2 + MARGIN, height, node.kind, *said, href)


_Said = tuple[str, tuple[str, ...], str]
"""The title of a node, the lines below it, and its mark."""


def _said(index: FindingsIndex, node: Node, root: str | None) -> _Said:
    outlet = index.outlet_name(node.outlet)
    match node.kind:
        case NodeKind.UNSEEN:
            return (
                outlet or "A source it does not name",
                ("no page of its own", "that fits was given"),
                "credited, not at hand",
            )
        case NodeKind.INFERRED:
            credited = f"credited: {outlet}" if outlet else "nobody is credited for it"
            return "A text nobody has at hand", (credited,), "inferred, not found"
        case NodeKind.MORE:
            return f"{counted(len(node.articles), 'more article')}", ("see the table of articles",), ""
        case NodeKind.ARTICLE:
            return _article(index, node, root)


def _article(index: FindingsIndex, node: Node, root: str | None) -> _Said:
    facts = index.articles[ArticleId(node.key)]
    outlet = index.outlet_name(facts.outlet)
    notes = (outlet or "outlet unknown", date_phrase(facts.published) or "no date found")
    versions = index.versions.get(facts.id, ())
    mark = f"version {versions.index(facts.id) + 1} of {len(versions)}" if versions else ""
    if node.key == root:
        mark = "the others come from it"
    return one_line(facts.title) if facts.title else file_name(facts.source), notes, mark
