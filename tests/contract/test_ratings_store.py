"""Imported ratings: kept exactly, replaced as a whole list of one date, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from provenance.errors import StoreError
from provenance.model import Rating, RatingList
from provenance.store import ProvenanceStore
from tests.contract.test_store import server_url, ticking, url

__all__ = ["server_url", "url"]

FULL = Rating(
    domain="münchen.example",
    value="=0.5\x00\udc80 “B+”",
    list_name="Liste",
    list_date="2031-04",
    licence="CC BY 4.0",
    scale_min=-1.0,
    scale_max=0.1 + 0.2,
    imputed=True,
)
BARE = Rating("harbourecho.example", "mixed", "Another list", "")


@pytest.fixture
def store(url: str) -> Iterator[ProvenanceStore]:
    with ProvenanceStore.open(url, create=True, clock=ticking(datetime(2031, 5, 1, tzinfo=UTC))) as opened:
        yield opened


def test_ratings_come_back_exactly_by_list_date_and_domain(store: ProvenanceStore) -> None:
    other = replace(FULL, domain="alderpost.example", imputed=False)
    assert store.import_ratings([FULL, BARE, other]) == 0
    assert store.ratings() == [BARE, other, FULL]


def test_an_empty_store_has_no_ratings_and_no_lists(store: ProvenanceStore) -> None:
    assert store.ratings() == []
    assert store.rating_lists() == []
    assert store.import_ratings([]) == 0


def test_the_ratings_of_some_domains_are_those_of_exactly_these(store: ProvenanceStore) -> None:
    above = replace(BARE, domain="example")
    store.import_ratings([FULL, BARE, above])
    assert store.ratings(["harbourecho.example", "nobody.example"]) == [BARE]
    assert store.ratings([]) == []


def test_more_domains_than_a_batch_are_found(store: ProvenanceStore) -> None:
    many = [replace(BARE, domain=f"{number:05}.example") for number in range(1203)]
    store.import_ratings(many)
    assert store.ratings([each.domain for each in many]) == many


def test_a_list_of_one_date_is_replaced_as_a_whole(store: ProvenanceStore) -> None:
    gone = replace(BARE, domain="gone.example")
    store.import_ratings([BARE, gone, FULL])
    changed = replace(BARE, value="high")
    assert store.import_ratings([changed]) == 2
    assert store.ratings() == [changed, FULL]


def test_a_list_of_another_date_stands_beside_it(store: ProvenanceStore) -> None:
    later = replace(BARE, list_date="2032", value="low")
    store.import_ratings([BARE])
    assert store.import_ratings([later]) == 0
    assert store.ratings(["harbourecho.example"]) == [BARE, later]


def test_a_domain_twice_in_one_list_is_refused_and_nothing_is_lost(store: ProvenanceStore) -> None:
    store.import_ratings([BARE])
    with pytest.raises(StoreError):
        store.import_ratings([replace(BARE, value="high"), BARE])
    assert store.ratings() == [BARE]


def test_lists_are_counted_by_name_and_date(store: ProvenanceStore) -> None:
    later = replace(FULL, list_date="2032", licence="")
    second = replace(FULL, domain="alderpost.example", imputed=False, licence="On request")
    store.import_ratings([FULL, BARE, later, second])
    assert store.rating_lists() == [
        RatingList("Another list", "", 1),
        RatingList("Liste", "2031-04", 2, imputed=1, licence="CC BY 4.0; On request"),
        RatingList("Liste", "2032", 1, imputed=1),
    ]


def test_a_list_is_forgotten_for_one_date_or_for_all(store: ProvenanceStore) -> None:
    later = replace(FULL, list_date="2032")
    store.import_ratings([FULL, later, BARE])
    assert store.remove_ratings("Liste", "2032") == 1
    assert store.ratings() == [BARE, FULL]
    store.import_ratings([later])
    assert store.remove_ratings("Liste") == 2
    assert store.ratings() == [BARE]
    assert store.remove_ratings("Liste") == 0


def test_a_store_opened_for_reading_takes_no_ratings(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = str(tmp_path / "provenance.db")
    ProvenanceStore.open(path, create=True).close()
    with ProvenanceStore.open(path) as reader:
        with pytest.raises(StoreError, match="reading only"):
            reader.import_ratings([BARE])
        with pytest.raises(StoreError, match="reading only"):
            reader.remove_ratings("Liste")
