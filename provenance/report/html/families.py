"""Families for a page: the graph, the line of time, and every link in words."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.model import Family, InferredSource
from provenance.report.findings import FindingsIndex
from provenance.report.html.anchors import Anchors
from provenance.report.html.dates import Timeline, timeline
from provenance.report.html.drawing import Drawing, drawing
from provenance.report.html.graph import EdgeKind, family_graph
from provenance.report.html.links import LinkView
from provenance.report.plain import one_line
from provenance.report.terminal.families import content_phrase, inferred_name
from provenance.report.words import counted, few, origins_phrase

__all__ = ["FamilyEntry", "FamilyView", "TellingLinks", "family_entry", "family_view", "ranked"]


@dataclass(frozen=True, slots=True)
class FamilyEntry:
    """A family in the list of families."""

    number: int
    name: str
    amount: str
    href: str | None


@dataclass(frozen=True, slots=True)
class TellingLinks:
    """The links of a family in words: those of its lineage, further ones, and how many are not told."""

    lineage: tuple[LinkView, ...]
    further: tuple[LinkView, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FamilyView:
    """Everything a page tells of one family."""

    anchor: str
    entry: FamilyEntry
    why: tuple[str, ...]
    inferred: tuple[str, ...]
    drawing: Drawing
    edge_kinds: tuple[EdgeKind, ...]
    """Those the drawing holds, for its legend."""
    timeline: Timeline
    links: TellingLinks


def ranked(index: FindingsIndex) -> list[Family]:
    """Return the families of two and more articles, the largest first."""
    families = (each for each in index.findings.lineage.families if len(each.articles) > 1)
    return sorted(families, key=lambda each: (-len(each.articles), each.id))


def family_entry(index: FindingsIndex, family: Family, number: int, anchors: Anchors) -> FamilyEntry:
    """Name a family by the article the others come from, or else by the one of the earliest date."""
    dates = {each: date.earliest for each in family.articles if (date := index.articles[each].published)}
    first = min(dates, key=lambda each: (dates[each], each), default=family.articles[0])
    amount = f"{counted(len(family.articles), 'article')}, {origins_phrase(family.origins)}"
    return FamilyEntry(number, index.article_name(family.root or first), amount, anchors.family(family.id))


def family_view(
    index: FindingsIndex, entry: FamilyEntry, family: Family, told: TellingLinks, anchors: Anchors
) -> FamilyView:
    """Put one family into words and shapes."""
    graph = family_graph(index, family)
    return FamilyView(
        anchor=anchors.families[family.id][1],
        entry=entry,
        why=tuple(map(one_line, family.origins.why)),
        inferred=tuple(_inferred(index, family)),
        drawing=drawing(index, graph, anchors, family.root),
        edge_kinds=tuple(kind for kind in EdgeKind if any(edge.kind is kind for edge in graph.edges)),
        timeline=timeline(index, family.articles, anchors),
        links=told,
    )


def _inferred(index: FindingsIndex, family: Family) -> list[str]:
    """Say of each text that nobody has at hand who drew on it and why it is inferred."""
    return [
        ". ".join(
            (
                f"{inferred_name(index, source)}: {_drew(index, source)}",
                f"It must have contained {content_phrase(source)}",
                *map(one_line, source.why),
            )
        )
        for source in family.inferred_sources
    ]


def _drew(index: FindingsIndex, source: InferredSource) -> str:
    return few(map(index.article_name, source.articles), len(source.articles), "article")
