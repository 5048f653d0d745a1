"""Findings of small invented audits, put together link by link, for the tests of scorecards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    AuditFindings,
    Basis,
    ContentHash,
    Credit,
    DateBasis,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Drift,
    DriftKind,
    DriftPlace,
    Erosion,
    ErosionKind,
    Family,
    FamilyId,
    InferredSource,
    InferredSourceId,
    Lineage,
    Origins,
    Outlet,
    OutletId,
    OutletKind,
    Passage,
    PassageKind,
    Precision,
    Run,
    RunId,
    Span,
    Timeframe,
    Verdict,
)

ECHO = Outlet(OutletId("harbourecho"), "Harbour Echo", OutletKind.NEWSPAPER, ("harbourecho.example",), ("The Echo",))
POST = Outlet(OutletId("alderpost"), "The Alder Post", OutletKind.NEWSPAPER, ("alderpost.example",))
WIRE = Outlet(OutletId("northwire"), "North Wire", OutletKind.AGENCY, ("northwire.example",))


PASSAGES = (Passage(PassageKind.EDITED, Span(0, 80), Span(0, 80), 0.9, 14, 14, 0.95),)


def article(name: str, outlet: Outlet | None, *, by: Outlet | str | None = None, **fields) -> ArticleFacts:
    """An article; ``by`` is whom it credits for its text, a plain word for one nobody can name."""
    credit = (
        ()
        if by is None
        else (
            Attribution(
                AttributionKind.WIRE,
                f"Source: {by if isinstance(by, str) else by.name}",
                "en.source",
                Span(0, 8),
                outlet=None if isinstance(by, str) else by.id,
            ),
        )
    )
    return ArticleFacts(
        ArticleId(name),
        f"news/{name}.txt",
        ContentHash(name),
        ContentHash(name),
        300,
        outlet=outlet and outlet.id,
        attributions=credit,
        upstreams=(by.id,) if isinstance(by, Outlet) else (),
        **fields,
    )


def day(number: int, hour: int | None = None) -> Timeframe:
    """A day of March 2031, with its zone; a minute of it where the hour is given."""
    start = datetime(2031, 3, number, hour or 0, tzinfo=UTC)
    if hour is None:
        return Timeframe(start, start + timedelta(days=1), Precision.DAY, DateBasis.MARKUP, f"2031-03-{number:02}")
    return Timeframe(start, start + timedelta(minutes=1), Precision.MINUTE, DateBasis.MARKUP, start.isoformat())


def link(downstream: str, upstream: str | None, direction=Direction.LIKELY, **fields) -> Derivation:
    return Derivation(
        ArticleId(downstream),
        upstream and ArticleId(upstream),
        fields.pop("outlet", None),
        fields.pop("status", DerivationStatus.DERIVED),
        direction,
        0.97,
        share=None if upstream is None else 0.6,
        passages=fields.pop("passages", PASSAGES if upstream else ()),
        in_lineage=fields.pop("in_lineage", True),
        **fields,
    )


def verdict(name: str, credit: Credit) -> Verdict:
    return Verdict(ArticleId(name), 0.6, (0.5, 0.7), Degree.PARTIALLY, Basis.MEASURED, credit)


def changed(downstream: str, upstream: str) -> Drift:
    return Drift(
        DriftKind.NUMBER,
        DriftPlace(ArticleId(downstream), Span(0, 2)),
        DriftPlace(ArticleId(upstream), Span(0, 2)),
        "14",
        "41",
    )


def lost(downstream: str, upstream: str, kind=ErosionKind.AGENCY) -> Erosion:
    return Erosion(kind, ArticleId(downstream), ArticleId(upstream), "North Wire")


def family(*names: str, inferred: tuple[str, ...] = (), root: str | None = None) -> Family:
    source = InferredSource(InferredSourceId("inferred:1"), None, tuple(map(ArticleId, sorted(inferred))), ())
    return Family(
        FamilyId("family:" + "-".join(names)),
        tuple(map(ArticleId, sorted(names))),
        Origins(1, 1),
        root and ArticleId(root),
        inferred_sources=(source,) if inferred else (),
    )


def audit(
    *articles: ArticleFacts,
    links: tuple[Derivation, ...] = (),
    families: tuple[Family, ...] = (),
    credit: dict[str, Credit] | None = None,
    drift: tuple[Drift, ...] = (),
    erosion: tuple[Erosion, ...] = (),
) -> AuditFindings:
    return AuditFindings(
        Run(RunId("run:1"), ("news",)),
        tuple(sorted(articles, key=lambda each: each.id)),
        tuple(verdict(each.id, (credit or {}).get(each.id, Credit.NOT_APPLICABLE)) for each in articles),
        Lineage(links, families, Origins(1, len(articles))),
        drift,
        erosion,
        (ECHO, WIRE, POST),
    )
