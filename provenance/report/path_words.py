"""A path back to an origin in one sentence."""

from __future__ import annotations

from typing import Final

from provenance.model import ArticleId
from provenance.report.findings import FindingsIndex
from provenance.report.path import End, EndKind, Path
from provenance.report.words import counted, few

__all__ = ["shared_names", "summary"]


def summary(index: FindingsIndex, path: Path) -> str:
    """Say in one sentence how far back the path leads, to what, and through whom the text passed."""
    open_start = next((each for each in path.ends if not each.depth and each.kind is EndKind.UNKNOWN), None)
    ends = [each for each in path.ends if each is not open_start]
    shared = f"shares text with {shared_names(index, open_start)}; which came first is unknown" if open_start else ""
    if not path.hops:
        name = index.article_name(path.article)
        if open_start is not None:
            return f"No hop back is known: {name} {shared}"
        return f"No hop back: nothing given here stands upstream of {name}"
    targets = list(dict.fromkeys(_target(index, each) for each in ends))
    depths = sorted({each.depth + (each.kind in _BLIND) for each in ends} - {0})
    hops = counted(depths[-1], "hop") if depths else "A circle"
    parts = [f"{depths[0]} to {hops}" if len(depths) > 1 else hops, "back to", few(targets, len(targets), "end")]
    if between := _between(path):
        parts[-1] += f"; the text passed through {few(map(index.article_name, between), len(between), 'article')}"
    return " ".join(parts) + (f". It also {shared}" if open_start else "")


def _between(path: Path) -> list[ArticleId]:
    """Give the articles the text passed through, the nearest first: neither the start nor an end."""
    told = {path.article, *(each.article for each in path.ends if each.kind not in _BLIND)}
    return [each for each in dict.fromkeys(hop.downstream for hop in path.hops) if each not in told]


_BLIND: Final = frozenset({EndKind.NOT_AT_HAND, EndKind.INFERRED})
"""Ends that lie one hop beyond the last article at hand."""


def _target(index: FindingsIndex, end: End) -> str:
    match end.kind:
        case EndKind.NOT_AT_HAND:
            name = index.outlet_name(end.outlet) or "a source it does not name"
            return f"{name} ({index.named_by(end.link) if end.link else 'credited'}, not at hand)"
        case EndKind.INFERRED:
            return "a common source (inferred, not at hand)"
        case EndKind.UNKNOWN:
            shared = shared_names(index, end)
            return f"{index.article_name(end.article)} (shares text with {shared}; which came first is unknown)"
        case EndKind.ORIGIN:
            return f"{index.article_name(end.article)} (nothing given here stands upstream of it)"


def shared_names(index: FindingsIndex, end: End) -> str:
    """Name the articles an end shares text with."""
    return few(map(index.article_name, end.shares_with), len(end.shares_with), "article")
