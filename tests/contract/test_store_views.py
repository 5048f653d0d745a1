"""What the views of a store answer, on every database; and that a database browser serves a store as it is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from provenance.model import (
    AuditFindings,
    Basis,
    Credit,
    Decision,
    Degree,
    Drift,
    DriftKind,
    DriftPlace,
    Erosion,
    ErosionKind,
    Span,
)
from provenance.report.findings import FindingsIndex
from provenance.report.headline import STATUSES, status
from provenance.store import ProvenanceStore
from provenance.store.database import database_at
from tests.contract.test_reviews_store import review
from tests.contract.test_store import article, reading, server_url, url
from tests.unit.report import exports
from tests.unit.report import factories as made

__all__ = ["server_url", "url"]

Rows = list[dict[str, object]]
Asking = Callable[[str], Rows]

IN_UNKNOWN_ORDER = Drift(
    DriftKind.NUMBER, DriftPlace(exports.TWIN.id, Span(0, 2)), DriftPlace(exports.OTHER_TWIN.id, Span(0, 2)), "9", "10"
)

LISTED_TWICE = Erosion(
    ErosionKind.NUMBER, made.REWRITE.id, made.WIRE.id, made.FIGURE.before, made.FIGURE.upstream.span,
    made.FIGURE.after, made.FIGURE.downstream.span,
)  # fmt: skip
"""A changed fact that an older program listed among what was lost as well."""

TWINS = tuple(
    made.verdict(each.id, 0.9, degree=Degree.WHOLLY, basis=Basis.MEASURED, credit=Credit.NOT_APPLICABLE)
    for each in (exports.TWIN, exports.OTHER_TWIN)
)

FINDINGS = exports.everything(
    verdicts=(*made.VERDICTS, *TWINS),
    drift=(made.FIGURE, IN_UNKNOWN_ORDER),
    erosion=(*made.audit_findings().erosion, LISTED_TWICE),
)


def audit(store: ProvenanceStore, findings: AuditFindings) -> None:
    with store.begin_run(findings.run) as scope:
        scope.add(
            [reading(article(each.id, f"Text of {each.id}.\n", source=each.source)) for each in findings.articles]
        )
        contents = {each.id: each.content_hash for each in scope.articles()}
        facts = tuple(replace(each, content_hash=contents[each.id]) for each in findings.articles)
        scope.finish(replace(findings, articles=facts))


@pytest.fixture
def filled(url: str) -> str:
    """A store with an audit that found everything there is to find, and an older one that found nothing."""
    if url == "sqlite://":
        pytest.skip("a store in memory is gone when it is closed")
    with ProvenanceStore.open(url, create=True) as store:
        audit(
            store,
            replace(made.audit_findings(articles=(), verdicts=(), derivations=(), families=()), drift=(), erosion=()),
        )
        audit(store, FINDINGS)
    return url


@pytest.fixture
def ask(filled: str) -> Asking:
    def asked(view: str) -> Rows:
        with closing(database_at(filled, create=False)) as database, database.reading() as connection:
            return [dict(row) for row in connection.execute(text(f"SELECT * FROM {view}")).mappings()]

    return asked


def pairs(rows: Rows, one: str, other: str) -> set[tuple[object, object]]:
    return {(row[one], row[other]) for row in rows}


def test_only_the_latest_audit_is_told_of(ask: Asking) -> None:
    (audit,) = ask("latest_audit")
    assert (audit["run_id"], audit["articles"], audit["families"], audit["unreadable_sources"]) == (2, 14, 4, 1)
    assert (audit["origins_at_least"], audit["origins_at_most"]) == (4, 5)


def test_who_has_it_from_whom_is_the_lineage_without_what_is_in_unknown_order(ask: Asking) -> None:
    rows = ask("who_has_it_from_whom")
    assert pairs(rows, "article_id", "upstream_article_id") == {
        (made.REWRITE.id, made.WIRE.id),
        (exports.SECOND.id, exports.FIRST.id),
        (exports.SPEECH.id, exports.FIRST.id),
        (made.ADMITTED.id, None),
        (exports.DRAWN.id, None),
    }
    (rewrite,) = (row for row in rows if row["article_id"] == made.REWRITE.id)
    shown = ("title", "outlet", "has_it_from", "upstream_outlet", "upstream_text", "share", "direction", "credits_it")
    assert [rewrite[name] for name in shown] == [
        "Dock strike halts all crossings", "Harbour Gazette", "Ferry crews walk out at Port Alder", "North Wire",
        "at hand", 0.62, "likely", "no",
    ]  # fmt: skip
    assert rewrite["evidence_kinds"] == "date, passages, quotes, rare-names"
    (admitted,) = (row for row in rows if row["article_id"] == made.ADMITTED.id)
    assert [admitted[name] for name in shown[2:]] == [
        None, "Island Post", "credited, not at hand", None, "established", "yes",
    ]  # fmt: skip
    assert {row["article_id"] for row in rows if row["is_version"] == "yes"} == {exports.SECOND.id}


def test_text_shared_in_unknown_order_has_a_view_of_its_own(ask: Asking) -> None:
    rows = ask("shared_text_of_unknown_order")
    assert pairs(rows, "one_title", "other_title") == {(exports.TWIN.title, exports.OTHER_TWIN.title)}


def test_uncredited_reposts_are_listed_with_their_upstreams(ask: Asking) -> None:
    assert pairs(ask("uncredited_reposts"), "article_id", "upstream_article_id") == {(made.REWRITE.id, made.WIRE.id)}


def test_reposts_are_the_links_of_the_lineage_whose_order_is_known(ask: Asking) -> None:
    lineage = pairs(ask("who_has_it_from_whom"), "article_id", "upstream_article_id")
    assert pairs(ask("reposts"), "article_id", "upstream_article_id") == lineage


def test_the_summary_says_of_an_article_whether_it_is_known_to_be_the_later_one(ask: Asking) -> None:
    rows = {row["article_id"]: row for row in ask("article_summary")}
    told = {article: (row["standing"], row["degree"], row["direction"]) for article, row in rows.items()}
    assert told[made.REWRITE.id] == ("derived", "partially-derived", "likely")
    assert told[made.WIRE.id] == ("not derived", "non-derived", None)
    assert told[made.ADMITTED.id] == ("admits a source", "unmeasured", None)
    for twin in (exports.TWIN, exports.OTHER_TWIN):
        assert told[twin.id] == ("shares text, order unknown", "wholly-derived", "unknown")


def test_a_changed_fact_says_whether_it_is_known_which_came_first(ask: Asking) -> None:
    rows = ask("changed_facts")
    assert {(row["other_article_says"], row["article_says"], row["the_other_is"]) for row in rows} == {
        ("14 vessels", "nearly 20 vessels", "upstream"),
        ("9", "10", "tied, which came first is unknown"),
    }


def test_what_was_lost_is_listed_with_what_stands_instead_and_without_what_changed(ask: Asking) -> None:
    rows = ask("lost_on_the_way")
    assert {(row["kind"], row["upstream_says"], row["article_says_instead"]) for row in rows} == {
        ("name", "Ida Crane", "an official"),
        ("agency", "North Wire", None),
        ("hedge", "reportedly", None),
    }


def test_outlets_are_counted_and_not_ranked(ask: Asking) -> None:
    (gazette,) = (row for row in ask("outlet_counts") if row["outlet_id"] == made.GAZETTE.id)
    assert (gazette["outlet"], gazette["articles"], gazette["derived"]) == ("Harbour Gazette", 3, 1)
    assert (gazette["uncredited"], gazette["credited"], gazette["not_derived"]) == (1, 0, 0)


def test_a_text_of_unknown_order_is_not_counted_as_derived(ask: Asking) -> None:
    (meridian,) = (row for row in ask("outlet_counts") if row["outlet_id"] == made.MERIDIAN.id)
    assert (meridian["articles"], meridian["derived"], meridian["order_unknown"]) == (2, 0, 1)


def test_articles_whose_outlet_is_unknown_are_counted_last(ask: Asking) -> None:
    rows = ask("outlet_counts")
    assert sum(int(str(row["articles"])) for row in rows) == len(FINDINGS.articles)
    homeless = sum(each.outlet is None for each in FINDINGS.articles)
    assert (rows[-1]["outlet"], rows[-1]["outlet_id"], rows[-1]["articles"]) == ("outlet unknown", None, homeless)


def test_the_counts_of_all_outlets_add_up_to_the_headline_of_the_audit(ask: Asking) -> None:
    index = FindingsIndex(FINDINGS)
    told = Counter(STATUSES.index(status(index, verdict)) for verdict in FINDINGS.verdicts)
    columns = {"derived": range(5), "order_unknown": [5], "admitting_a_source": [6], "not_derived": [7]}
    rows = ask("outlet_counts")
    counted = {name: sum(int(str(row[name])) for row in rows) for name in columns}
    assert counted == {name: sum(told[each] for each in classes) for name, classes in columns.items()}
    assert all(counted.values())


def test_of_several_decisions_about_one_link_the_last_is_told_from_the_others(filled: str, ask: Asking) -> None:
    decided = review(made.REWRITE.id, made.WIRE.id, note="first")
    with ProvenanceStore.open(filled, create=True) as store:
        store.add_review(decided)
        store.add_review(replace(
            decided, downstream=decided.upstream, upstream=decided.downstream, note="turned",
            downstream_hash=decided.upstream_hash, upstream_hash=decided.downstream_hash,
        ))  # fmt: skip
        store.add_review(
            replace(decided, downstream_hash="another", decision=Decision.REJECTED, note="of another text")
        )
    rows = ask("review_decisions")
    assert {row["note"]: row["is_the_last_about_it"] for row in rows} == {
        "first": "no", "turned": "yes", "of another text": "yes",
    }  # fmt: skip
    (first,) = (row for row in rows if row["note"] == "first")
    assert (first["title"], first["upstream_title"]) == (made.REWRITE.title, made.WIRE.title)


def test_a_database_browser_serves_every_table_and_view_without_configuration(filled: str) -> None:
    if "://" in filled:
        pytest.skip("datasette browses files")
    served = asyncio.run(browse(Path(filled)))
    assert {"articles", "verdicts", "derivations", "outlets", "who_has_it_from_whom", "review_decisions"} <= set(served)
    assert set(served.values()) == {200}


async def browse(path: Path) -> dict[str, int]:
    from datasette.app import Datasette  # noqa: PLC0415  takes a second

    browser = Datasette([str(path)])
    try:
        listed = (await browser.client.get(f"/{path.stem}.json")).json()
        names = [each["name"] for each in (*listed["tables"], *listed["views"])]
        return {name: (await browser.client.get(f"/{path.stem}/{name}")).status_code for name in names}
    finally:
        for database in browser.databases.values():
            database.close()
