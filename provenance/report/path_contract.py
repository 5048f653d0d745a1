"""The path back to an origin as the objects of the JSON contract.

A flat list of hops, each with the ids of both its texts: a tree of any depth can be read without recursion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from provenance.model import ArticleFacts, Derivation, InferredSource, Review
from provenance.report.figures import (
    date_range,
    date_written,
)
from provenance.report.findings import FindingsIndex
from provenance.report.parts import (
    article_entry,
    derivation_entry,
    drift_entry,
    erosion_entry,
    inferred_source_entry,
    outlet_name,
    review_entry,
)
from provenance.report.path import End, Hop, Path

__all__ = ["trace", "trace_records"]


def trace(index: FindingsIndex, path: Path) -> dict[str, object]:
    """Return a ``provenance.trace/1`` object: the article, every hop upstream, and where the branches end."""
    facts = index.articles[path.article]
    return {
        "schema": "provenance.trace/1",
        "article": article_entry(facts, index.verdicts.get(facts.id), index.outlets.get),
        "hops": [_hop(index, each) for each in path.hops],
        "origins": [_origin(each) for each in path.ends],
        "inferred_sources": [inferred_source_entry(each) for each in _inferred(path)],
        "versions": [list(each) for each in _versions(index, path)],
        "ties": [{**_derivation(index, each.link), "decision": _decision(each.review)} for each in path.ties],
    }


def trace_records(index: FindingsIndex, path: Path) -> Iterator[dict[str, object]]:
    """Yield the hops as objects of their own, one a line of JSONL, then where the branches end."""
    yield from ({"schema": "provenance.hop/1", **_hop(index, each)} for each in path.hops)
    yield from ({"schema": "provenance.origin/1", **_origin(each)} for each in path.ends)


def _hop(index: FindingsIndex, hop: Hop) -> dict[str, object]:
    facts = index.articles.get(hop.upstream) if hop.upstream is not None else None
    link = _NO_LINK if hop.link is None else _derivation(index, hop.link)
    return {
        "hop": hop.number,
        "depth": hop.depth,
        "basis": hop.basis.value,
        "downstream": hop.downstream,
        "upstream": hop.upstream,
        "upstream_outlet": hop.outlet,
        "inferred_source": hop.inferred.id if hop.inferred else None,
        "goes_on": hop.goes_on,
        **_named(index, facts),
        **{name: value for name, value in link.items() if name not in _SIDES},
        "drift": [drift_entry(each) for each in hop.drift],
        "erosion": [erosion_entry(each) for each in hop.erosion],
        "decision": _decision(hop.review),
    }


def _decision(review: Review | None) -> dict[str, object] | None:
    """Describe the decision that is in force today; the finding may be older (its ``review`` is what it knew)."""
    return review_entry(review, in_force=True) if review else None


_SIDES: Final = frozenset({"downstream", "upstream", "upstream_outlet"})

_NO_LINK: Final[dict[str, object]] = {
    "status": None,
    "in_lineage": None,
    "version": None,
    "credited": None,
    "review": None,
    "direction": None,
    "share": None,
    "interval": None,
    "strength": None,
    "evidence": [],
    "passages": [],
}
"""What stands for the finding of a link at a hop to an inferred source, in the order of a derivation."""


def _named(index: FindingsIndex, facts: ArticleFacts | None) -> dict[str, object]:
    """Describe the upstream article for people; all ``None`` where it is not at hand."""
    return {
        "title": facts.title if facts else None,
        "outlet": outlet_name(facts.outlet, index.outlets.get) if facts else None,
        "source": facts.source if facts else None,
        "published": date_written(facts.published) if facts else None,
        "published_range": date_range(facts.published) if facts else None,
    }


def _derivation(index: FindingsIndex, link: Derivation) -> dict[str, object]:
    return derivation_entry(link, credited=index.credits(link.downstream, link))


def _origin(end: End) -> dict[str, object]:
    return {
        "kind": end.kind.value,
        "article": end.article,
        "depth": end.depth,
        "outlet": end.outlet,
        "inferred_source": end.inferred.id if end.inferred else None,
        "shares_with": list(end.shares_with),
    }


def _inferred(path: Path) -> Iterable[InferredSource]:
    return {hop.inferred.id: hop.inferred for hop in path.hops if hop.inferred}.values()


def _versions(index: FindingsIndex, path: Path) -> Iterable[Sequence[str]]:
    """Give the groups of versions that an article of the path belongs to, each once."""
    return dict.fromkeys(index.versions[each] for each in path.articles if each in index.versions)
