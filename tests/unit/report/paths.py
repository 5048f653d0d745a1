"""Lineages of any shape, invented for the tests of the way back to an origin."""

from collections.abc import Iterable
from datetime import UTC, datetime

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AuditFindings,
    ContentHash,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    Family,
    FamilyId,
    InferredSource,
    Lineage,
    Origins,
    OutletId,
    Review,
    Run,
    RunId,
)
from provenance.report.findings import FindingsIndex
from tests.unit.report import factories as made

DECIDED = datetime(2031, 3, 9, 15, 4, tzinfo=UTC)


def link(downstream: str, upstream: str | None, outlet: str | None = None, **fields) -> Derivation:
    """An asserted link of the lineage; one without ``upstream`` is known by the outlet's name only."""
    settings = {
        "status": DerivationStatus.DERIVED,
        "direction": Direction.LIKELY,
        "strength": 0.97,
        "share": 0.5 if upstream else None,
        "evidence": (Evidence("rare-terms", "six rare names"), Evidence("date", f"{upstream} was earlier", weight=3.2)),
        "in_lineage": True,
        **fields,
    }
    return Derivation(
        ArticleId(downstream),
        ArticleId(upstream) if upstream else None,
        OutletId(outlet) if outlet else None,
        **settings,
    )


def undirected(one: str, other: str, **fields) -> Derivation:
    return link(one, other, direction=Direction.UNKNOWN, **fields)


def source(number: int, outlet: str | None, *articles: str, **fields) -> InferredSource:
    return InferredSource(
        f"inferred:{number}",
        outlet and OutletId(outlet),
        tuple(map(ArticleId, articles)),
        fields.pop("content", ()),
        **fields,
    )


def lineage(*links: Derivation, sources: Iterable[InferredSource] = (), versions=(), **fields) -> FindingsIndex:
    """The findings over whatever articles the links name, one family in all."""
    named = {each for link in links for each in (link.downstream, link.upstream) if each}
    ids = sorted(named | {each for source in sources for each in source.articles} | set(fields.pop("alone", ())))
    described = fields.pop("facts", {})
    facts = tuple(fact(each, **described.get(each, {})) for each in ids)
    family = Family(FamilyId("family:1"), tuple(ids), Origins(1, 1), None, tuple(versions), tuple(sources))
    return FindingsIndex(
        AuditFindings(
            Run(RunId("run:1"), ("in",)),
            facts,
            fields.pop("verdicts", ()),
            Lineage(links, (family,), Origins(1, 1)),
            outlets=made.OUTLETS,
            **fields,
        )
    )


def fact(name: str, **fields) -> ArticleFacts:
    settings = {"title": f"Story {name}", **fields}
    return ArticleFacts(ArticleId(name), f"in/{name}.txt", ContentHash(name), ContentHash(name), 100, **settings)


def review(downstream: str, upstream: str | None, decision=Decision.CONFIRMED, **fields) -> Review:
    settings = {
        "upstream_outlet": None,
        "reviewer": "A. Editor",
        "note": "seen in print",
        "decided_at": DECIDED,
        **fields,
    }
    return Review(
        ArticleId(downstream),
        ArticleId(upstream) if upstream else None,
        decision=decision,
        downstream_hash=ContentHash(downstream),
        upstream_hash=ContentHash(upstream) if upstream else None,
        **settings,
    )
