from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.model import (
    Article,
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Basis,
    ContentHash,
    Credit,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    Family,
    FamilyId,
    LayoutLine,
    Lineage,
    Origins,
    Outlet,
    OutletId,
    OutletKind,
    Run,
    RunId,
    Span,
    Verdict,
)
from provenance.store import ProvenanceStore, SourceReading, SourceStamp

ReadingMaker = Callable[..., SourceReading]


def read(name: str, text: str = "A line.\n") -> SourceReading:
    content = ContentHash(hashlib.sha256(text.encode()).hexdigest())
    lines = (LayoutLine(Span(0, len(text))),)
    article = Article(ArticleId(name), f"in/{name}.txt", content, text, "text/plain", lines)
    return SourceReading(SourceStamp(article.source, len(text), 1, "r1"), (article,))


@pytest.fixture
def reading() -> ReadingMaker:
    return read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


@pytest.fixture
def audited(path: Path) -> Path:
    """A store with one finished audit: a repost at hand of ``two``, and one of an outlet known by name only."""
    names = ("one", "two", "three")
    readings = [read(name, f"Text of {name}.\n") for name in names]
    run = Run(RunId("run:1"), ("in",))
    with ProvenanceStore.open(str(path), create=True) as store, store.begin_run(run) as scope:
        scope.add(readings)
        scope.finish(findings(run, [entry.articles[0] for entry in readings]))
    return path


def findings(run: Run, articles: list[Article]) -> AuditFindings:
    one, two, three = articles
    own, agency = OutletId("bugle"), OutletId("agency")
    facts = [
        ArticleFacts(item.id, item.source, item.content_hash, ContentHash("b"), 3, outlet=outlet, title="T")
        for item, outlet in ((one, own), (two, agency), (three, None))
    ]
    evidence = (Evidence("passages", "3 shared"), Evidence("credit", "named"), Evidence("passages", "1 more"))
    status, likely = DerivationStatus.DERIVED, Direction.LIKELY
    at_hand = Derivation(one.id, two.id, None, status, likely, 0.9, 0.5, evidence=evidence, in_lineage=True)
    by_name = Derivation(three.id, None, agency, status, Direction.ESTABLISHED, 0.8, in_lineage=True)
    verdict = Verdict(one.id, 0.5, (0.4, 0.6), Degree.PARTIALLY, Basis.MEASURED, Credit.CREDITED, (agency,))
    family = Family(FamilyId("family:1"), (one.id, two.id), Origins(1, 1), two.id)
    return AuditFindings(
        run=run,
        articles=tuple(facts),
        verdicts=(verdict,),
        lineage=Lineage((at_hand, by_name), (family,), Origins(1, 2)),
        outlets=(Outlet(agency, "The Agency", OutletKind.AGENCY), Outlet(own, "The Bugle", OutletKind.NEWSPAPER)),
    )
