"""Findings as an audit gives them, invented for the tests of the reports."""

import dataclasses
from datetime import UTC, datetime, timedelta
from enum import Enum

from provenance.model import (
    Article,
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    AuditFindings,
    Basis,
    Block,
    Clue,
    Comparison,
    ContentHash,
    Credit,
    CreditCheck,
    CreditFinding,
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
    Evidence,
    EvidencePlace,
    Extent,
    Family,
    FamilyId,
    InferredContent,
    InferredSource,
    InferredSourceId,
    Inspection,
    LabelledArticle,
    LayoutLine,
    Lineage,
    Match,
    Origins,
    Outlet,
    OutletId,
    OutletKind,
    Passage,
    PassageKind,
    Precision,
    Rejection,
    Role,
    Run,
    RunId,
    Span,
    Timeframe,
    Unreadable,
    Verdict,
)

NORTHWIRE = Outlet(OutletId("northwire"), "North Wire", OutletKind.AGENCY, ("northwire.example",))
GAZETTE = Outlet(OutletId("harbourgazette"), "Harbour Gazette", OutletKind.NEWSPAPER, ("harbourgazette.example",))
MERIDIAN = Outlet(OutletId("meridian"), "The Meridian", OutletKind.NEWSPAPER, ("meridian.example",))
ISLAND_POST = Outlet(OutletId("islandpost"), "Island Post", OutletKind.NEWSPAPER, ("islandpost.example",))
ROUNDUP = Outlet(OutletId("dailyroundup"), "Daily Roundup", OutletKind.AGGREGATOR, ("dailyroundup.example",))
OUTLETS = (ROUNDUP, GAZETTE, ISLAND_POST, MERIDIAN, NORTHWIRE)


def article_id(letter: str) -> ArticleId:
    return ArticleId(f"sha256:{letter * 64}")


def on(day: int, hour: int = 0) -> Timeframe:
    start = datetime(2031, 3, day, hour, tzinfo=UTC)
    return Timeframe(start, start + timedelta(minutes=1), Precision.MINUTE, DateBasis.MARKUP, start.isoformat())


def facts(letter: str, source: str, **fields) -> ArticleFacts:
    digest = ContentHash(letter * 64)
    return ArticleFacts(article_id(letter), source, digest, digest, fields.pop("words", 400), **fields)


def credit(text: str, outlet: Outlet, kind=AttributionKind.REPUBLICATION, **fields) -> Attribution:
    place = {} if "element" in fields else {"span": Span(1204, 1204 + len(text))}
    return Attribution(kind, text, "en.original-source", credited=outlet.name, outlet=outlet.id, **place, **fields)


def passage(kind=PassageKind.REWRITTEN, left=(0, 80), right=(10, 95), similarity=0.74) -> Passage:
    return Passage(kind, Span(*left), Span(*right), similarity, 14, 15, 0.93)


WIRE = facts("a", "news/wire.txt", outlet=NORTHWIRE.id, title="Ferry crews walk out at Port Alder", published=on(4, 8))
REWRITE = facts(
    "b", "news/gazette.html", outlet=GAZETTE.id, title="Dock strike halts all crossings", published=on(4, 11)
)
ADMITTED = facts(
    "c",
    "news/roundup-1.txt",
    outlet=ROUNDUP.id,
    title="Island council backs the new pier",
    attributions=(credit("Original Source: www.islandpost.example", ISLAND_POST, domain="islandpost.example"),),
    upstreams=(ISLAND_POST.id,),
)
ADMITTED_TOO = facts(
    "d",
    "news/roundup-2.txt",
    attributions=(
        credit('<link rel="canonical" href="https://meridian.example/x">', MERIDIAN, element="<link rel=canonical>"),
    ),
    upstreams=(MERIDIAN.id,),
)
INDEPENDENT = facts("e", "news/reporter.md", outlet=MERIDIAN.id, title="On the quay with those who wait")

STRIKE = Derivation(
    downstream=REWRITE.id,
    upstream=WIRE.id,
    upstream_outlet=NORTHWIRE.id,
    status=DerivationStatus.DERIVED,
    direction=Direction.LIKELY,
    strength=0.97312345678,
    share=0.62,
    interval=(0.55, 0.7),
    evidence=(
        Evidence("rare-names", "6 rare names and figures are shared, in the same order", weight=3.2),
        Evidence("date", "published 3 hours after the other", weight=0.0),
        Evidence("passages", "4 passages of 58 words", (EvidencePlace(REWRITE.id, Span(0, 80)),), weight=2.1),
        Evidence("quotes", "both quote the same sentence, which speaks for a press conference", weight=-0.4),
    ),
    passages=(passage(), passage(PassageKind.VERBATIM, (90, 130), (100, 140), 1.0)),
    in_lineage=True,
)
BY_NAME = Derivation(
    ADMITTED.id,
    None,
    ISLAND_POST.id,
    DerivationStatus.DERIVED,
    Direction.ESTABLISHED,
    0.9,
    evidence=(Evidence("credit", "its credit line names Island Post"),),
    in_lineage=True,
)


def verdict(article: ArticleId, share: float | None, **fields) -> Verdict:
    settings = {
        "interval": (0.0, 1.0) if share is None else (max(0, share - 0.07), min(1, share + 0.08)),
        "degree": Degree.UNMEASURED if share is None else Degree.NON if share < 0.1 else Degree.PARTIALLY,
        "basis": Basis.DECLARED if share is None else Basis.MEASURED,
        "credit": Credit.NOT_AT_HAND if share is None else Credit.NOT_APPLICABLE,
        **fields,
    }
    return Verdict(article, share, **settings)


NOWHERE = CreditCheck(
    ISLAND_POST.id, CreditFinding.NOT_AT_HAND, "no article of Island Post was given", (Span(1204, 1243),)
)

COMPOSITION = (
    (PassageKind.VERBATIM, 0.1),
    (PassageKind.EDITED, 0.12),
    (PassageKind.REWRITTEN, 0.4),
    (PassageKind.QUOTE, 0.05),
)
VERDICTS = (
    verdict(WIRE.id, 0.0),
    verdict(REWRITE.id, 0.62, credit=Credit.UNCREDITED, upstreams=(NORTHWIRE.id,), composition=COMPOSITION),
    verdict(ADMITTED.id, None, upstreams=(ISLAND_POST.id,), credits=(NOWHERE,)),
    verdict(ADMITTED_TOO.id, None, upstreams=(MERIDIAN.id,)),
    verdict(INDEPENDENT.id, 0.02, composition=((PassageKind.VERBATIM, 0.02),)),
)

FIGURE = Drift(
    DriftKind.NUMBER,
    DriftPlace(REWRITE.id, Span(40, 49)),
    DriftPlace(WIRE.id, Span(50, 60)),
    "14 vessels",
    "nearly 20 vessels",
)
CERTAINTY = Drift(
    DriftKind.CERTAINTY,
    DriftPlace(REWRITE.id, Span(300, 311)),
    DriftPlace(WIRE.id, Span(350, 377)),
    "neither side has confirmed",
    "both deny",
)

LOSSES = (
    Erosion(ErosionKind.NAME, REWRITE.id, WIRE.id, "Ida Crane", Span(260, 269), "an official", Span(200, 210)),
    Erosion(ErosionKind.AGENCY, REWRITE.id, WIRE.id, "North Wire"),
    Erosion(ErosionKind.HEDGE, REWRITE.id, WIRE.id, "reportedly", Span(80, 90)),
)

LOST = InferredSource(
    InferredSourceId("inferred:0001"),
    ISLAND_POST.id,
    (WIRE.id, REWRITE.id),
    (InferredContent((EvidencePlace(WIRE.id, Span(0, 33)), EvidencePlace(REWRITE.id, Span(0, 17)))),),
    ("each holds what the other lacks",),
)
"""A text nobody has at hand; no family of the usual findings has one."""

FAMILY = Family(
    FamilyId("family:0001"),
    (WIRE.id, REWRITE.id),
    Origins(1, 2, ("the direction of the one link is likely, not established",)),
    WIRE.id,
)


def audit_findings(**changes) -> AuditFindings:
    """Two admitted reposts, an uncredited rewrite of a wire report, an independent report, and an unreadable file."""
    lineage = Lineage(
        changes.pop("derivations", (STRIKE, BY_NAME)),
        changes.pop("families", (FAMILY,)),
        changes.pop(
            "origins",
            Origins(
                4,
                5,
                ("“Dock strike halts all crossings” likely derives from “Ferry crews walk out at Port Alder”",),
            ),
        ),
    )
    run = Run(RunId("run:5f2a"), ("news",), {"max_bytes": "33554432"}, {"provenance": "0.1.0"}, read=3, unchanged=2)
    fields = {
        "run": run,
        "articles": (WIRE, REWRITE, ADMITTED, ADMITTED_TOO, INDEPENDENT),
        "verdicts": VERDICTS,
        "lineage": lineage,
        "drift": (FIGURE, CERTAINTY),
        "erosion": LOSSES,
        "outlets": OUTLETS,
        "unreadable": (Unreadable("news/scan.pdf", "not a text: it holds binary data"),),
        **changes,
    }
    return AuditFindings(**fields)


LINES = (
    ("Island council backs the new pier\n", Role.TITLE, "page.title"),
    ("\n", Role.BLANK, "blank"),
    ("The council voted 9 to 2 on Monday for a pier that ships of any size may use.\n", Role.BODY, "prose"),
    ("“We have waited long enough,” said the harbour master, Ida Crane.\n", Role.BODY, "prose"),
    ("Original Source: www.islandpost.example\n", Role.ATTRIBUTION, "en.original-source"),
    ("Show More\n", Role.NAVIGATION, "furniture.show-more"),
)


def page(lines=LINES, **fields) -> Inspection:
    """A page with a title, two lines of body, a credit and a leftover of the site."""
    text = "".join(line for line, _, _ in lines)
    blocks, start = [], 0
    for line, role, rule in lines:
        clues = (Clue("short line", 0.8, "9 characters"),) if role is Role.NAVIGATION else ()
        blocks.append(Block(Span(start, start + len(line)), role, rule, clues))
        start += len(line)
    article = Article(
        article_id("c"),
        "news/roundup-1.txt",
        ContentHash("c" * 64),
        text,
        "text/plain",
        tuple(LayoutLine(block.span) for block in blocks),
        title="Island council backs the new pier",
        published=on(5),
        language="en",
    )
    at = text.find("Original")
    said = Attribution(
        AttributionKind.REPUBLICATION,
        "Original Source: www.islandpost.example",
        "en.original-source",
        Span(max(at, 0), max(at, 0) + 39),
        credited="Island Post",
        domain="islandpost.example",
        outlet=ISLAND_POST.id,
        extent=Extent.UNKNOWN,
    )
    return Inspection(
        LabelledArticle(article, tuple(blocks)),
        fields.pop("attributions", (said,)),
        fields.pop("rejections", (Rejection("en.told", "told Island Post", "a quotation's source", Span(150, 166)),)),
        fields.pop("outlet", ROUNDUP.id),
    )


DOWN_TEXT = (
    "Nearly 20 vessels lay idle at Port Alder on Tuesday after crews refused to sail. Both deny that talks were held."
)
UP_TEXT = (
    "PORT ALDER (NW) — Crews walked out on Tuesday, leaving 14 vessels idle. Neither side has confirmed any talks."
)


def pair() -> Comparison:
    """A rewrite beside the wire report it is made from."""
    passages = (
        Passage(PassageKind.REWRITTEN, Span(0, 80), Span(18, 71), 0.74, 14, 9, 0.93),
        Passage(PassageKind.EDITED, Span(81, 112), Span(72, 110), 0.61, 6, 6, 0.88),
    )
    match = Match(REWRITE.id, WIRE.id, passages, 20, 17, 0.0123456, 0.02)
    return Comparison(
        "news/gazette.html",
        "news/wire.txt",
        match,
        verdict(REWRITE.id, 0.62, composition=COMPOSITION, credit=Credit.UNCREDITED),
        0.97312345678,
        STRIKE.evidence,
        (
            Drift(
                DriftKind.NUMBER,
                DriftPlace(REWRITE.id, Span(0, 17)),
                DriftPlace(WIRE.id, Span(55, 65)),
                "14 vessels",
                "Nearly 20 vessels",
            ),
        ),
        DOWN_TEXT,
        UP_TEXT,
    )


HOSTILE = "\x1b[2J\u202e\r\x07[b]"
"""Clears a screen, reverses a line, returns to its beginning, rings a bell, and looks like markup."""


def poisoned(value):
    """The same finding with something hostile at the end of every text in it, ids included."""
    match value:
        case Enum():
            return value
        case str():
            return value + HOSTILE
        case tuple():
            return tuple(map(poisoned, value))
        case dict():
            return {poisoned(key): poisoned(each) for key, each in value.items()}
    if dataclasses.is_dataclass(value):
        return dataclasses.replace(
            value, **{f.name: poisoned(getattr(value, f.name)) for f in dataclasses.fields(value)}
        )
    return value


def outlet_lookup(identifier: OutletId) -> Outlet | None:
    return {outlet.id: outlet for outlet in OUTLETS}.get(identifier)
