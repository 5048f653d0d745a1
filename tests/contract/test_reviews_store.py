"""What a store owes those who review links, held on every database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from provenance.errors import StoreError
from provenance.model import (
    ArticleId,
    AuditFindings,
    ContentHash,
    Decision,
    Lineage,
    Origins,
    OutletId,
    Review,
    Run,
    RunId,
)
from provenance.store import ProvenanceStore, RunScope, check_store
from tests.contract.test_store import article, begin, reading, server_url, url

__all__ = ["server_url", "url"]

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
EVERYONE = ("one", "two", "three")


@pytest.fixture
def store(url: str) -> Iterator[ProvenanceStore]:
    with ProvenanceStore.open(url, create=True) as opened:
        yield opened


def content(name: str, text: str = "One line.\n") -> ContentHash:
    return article(name, text).content_hash


def review(downstream: str = "one", upstream: str | None = "two", **fields: object) -> Review:
    values = {
        "upstream_outlet": None,
        "decision": Decision.CONFIRMED,
        "reviewer": "A. Editor",
        "note": "seen in print",
        "decided_at": NOON,
        "downstream_hash": content(downstream),
        "upstream_hash": content(upstream) if upstream else None,
        **fields,
    }
    return Review(ArticleId(downstream), ArticleId(upstream) if upstream else None, **values)  # type: ignore[arg-type]


def by_name(downstream: str = "one", outlet: str = "wire", **fields: object) -> Review:
    return review(downstream, None, upstream_outlet=OutletId(outlet), **fields)


def audited(store: ProvenanceStore, *names: str, text: str = "One line.\n") -> RunScope:
    scope = begin(store)
    scope.add([reading(article(name, text)) for name in names or EVERYONE])
    return scope


def test_a_decision_is_given_back_as_it_was_taken(store: ProvenanceStore) -> None:
    hostile = review(reviewer="\x1b[2J\u202eO'Brien\x00", note="=1+1\n[b]“no”[/b]\ud83d", decision=Decision.REJECTED)
    store.add_review(hostile)
    store.add_review(by_name())
    assert store.reviews() == (hostile, by_name())


def test_the_moment_of_a_decision_is_kept_in_utc(store: ProvenanceStore) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    store.add_review(review(decided_at=there))
    (kept,) = store.reviews()
    assert (kept.decided_at, kept.decided_at.tzinfo) == (NOON, UTC)


def test_a_run_is_told_the_decisions_about_its_own_articles_only(store: ProvenanceStore) -> None:
    inside, outside, half = review(), review("four", "five"), review("one", "four")
    for each in (inside, outside, half, by_name("three"), by_name("four")):
        store.add_review(each)
    scope = audited(store)
    assert scope.reviews() == store.reviews_in_force(scope.number) == (inside, by_name("three"))


def test_a_run_without_decisions_is_told_of_none(store: ProvenanceStore) -> None:
    assert audited(store).reviews() == ()


@pytest.mark.parametrize("swapped", [False, True])
def test_the_last_decision_about_a_pair_counts_whichever_side_it_calls_the_upstream(
    store: ProvenanceStore, *, swapped: bool
) -> None:
    later = review("two", "one") if swapped else review(decision=Decision.REJECTED)
    other = review("three", "two")
    for each in (review(), other, later):
        store.add_review(each)
    scope = audited(store)
    assert scope.reviews() == (other, later)
    assert store.reviews_in_force() == (other, later)
    assert len(store.reviews()) == 3


def test_the_last_decision_is_the_one_added_last_whatever_the_clocks_said(store: ProvenanceStore) -> None:
    store.add_review(review())
    store.add_review(review(decision=Decision.REJECTED, decided_at=NOON - timedelta(days=9)))
    assert [each.decision for each in audited(store).reviews()] == [Decision.REJECTED]


def test_a_withdrawn_decision_counts_no_longer_and_can_be_taken_again(store: ProvenanceStore) -> None:
    scope = audited(store)
    store.add_review(review())
    store.add_review(review("two", "one", decision=Decision.WITHDRAWN))
    assert scope.reviews() == store.reviews_in_force() == ()
    store.add_review(review(note="again"))
    assert scope.reviews() == store.reviews_in_force() == (review(note="again"),)


def test_a_decision_about_an_outlet_is_apart_from_one_about_an_article_of_the_same_name(store: ProvenanceStore) -> None:
    store.add_review(by_name("one", "two"))
    store.add_review(review("one", "two", decision=Decision.WITHDRAWN))
    assert audited(store).reviews() == (by_name("one", "two"),)
    store.add_review(by_name("one", "two", decision=Decision.WITHDRAWN))
    assert audited(store).reviews() == ()


@pytest.mark.parametrize("changed", ["one", "two"])
def test_a_decision_lapses_when_either_text_changes_and_counts_again_when_it_is_as_it_was(
    store: ProvenanceStore, changed: str
) -> None:
    audited(store)
    store.add_review(review())
    rest = [name for name in EVERYONE if name != changed]
    scope = audited(store, *rest)
    scope.add([reading(article(changed, "Another line.\n"))])
    assert scope.reviews() == store.reviews_in_force() == ()
    assert audited(store).reviews() == store.reviews_in_force() == (review(),)


def test_a_decision_about_a_former_text_does_not_undo_one_about_the_present_text(store: ProvenanceStore) -> None:
    store.add_review(review())
    former = content("one", "Another line.\n")
    store.add_review(review(decision=Decision.WITHDRAWN, downstream_hash=former))
    assert audited(store).reviews() == (review(),)


def test_a_decision_about_an_outlet_lapses_when_the_article_changes(store: ProvenanceStore) -> None:
    store.add_review(by_name())
    assert audited(store, "one").reviews() == (by_name(),)
    assert audited(store, "one", text="Another line.\n").reviews() == ()
    assert store.reviews_in_force() == ()


def test_more_decisions_than_one_query_can_name_are_all_told(store: ProvenanceStore) -> None:
    scope = begin(store)
    scope.add([reading(*(article(f"a{number}") for number in range(1_200)), source="in/all.jsonl")])
    for number in range(0, 1_200, 2):
        store.add_review(review(f"a{number}", f"a{number + 1}"))
    assert len(scope.reviews()) == len(store.reviews_in_force()) == 600


def test_a_finished_run_does_not_change_what_was_decided(store: ProvenanceStore) -> None:
    store.add_review(review())
    scope = audited(store)
    run = Run(RunId("run:1"), ())
    scope.finish(AuditFindings(run, (), (), Lineage((), (), Origins(0, 0))))
    assert store.reviews() == store.reviews_in_force() == (review(),)


@pytest.mark.parametrize("upstream", [(None, None), ("two", "wire")])
def test_a_decision_about_neither_or_both_of_an_article_and_an_outlet_is_refused(
    store: ProvenanceStore, upstream: tuple[str | None, str | None]
) -> None:
    article_id, outlet = upstream
    made = replace(review(), upstream=article_id, upstream_outlet=outlet)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="either an upstream article or an outlet"):
        store.add_review(made)
    assert store.reviews() == ()


def test_a_store_opened_for_reading_takes_no_decision(tmp_path: Path) -> None:
    path = str(tmp_path / "provenance.db")
    ProvenanceStore.open(path, create=True).close()
    with ProvenanceStore.open(path) as reader:
        with pytest.raises(StoreError, match="reading only"):
            reader.add_review(review())
        assert reader.reviews() == ()


def test_a_store_with_decisions_is_whole(tmp_path: Path) -> None:
    path = str(tmp_path / "provenance.db")
    with ProvenanceStore.open(path, create=True) as store:
        audited(store)
        store.add_review(review())
        store.add_review(by_name(outlet="never met"))
    assert check_store(path).flaws == ()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT name FROM outlets WHERE id = 'never met'").fetchone() == ("never met",)
