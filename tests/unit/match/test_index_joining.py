"""The rules of the join, on the index: what is furniture, what a budget allows, what a story everybody has becomes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.match import Features, SortJoinIndex, features_of
from provenance.match import index as index_module
from provenance.match.body import Body
from provenance.match.join.joining import affordable
from provenance.model import ArticleId, ContentHash, OutletId, Span

Pairs = set[tuple[str, str]]


def story(seed: int, words: int = 120) -> list[str]:
    generator = random.Random(seed)
    return ["".join(generator.choices("bcdfglmnprstaeiou", k=7)) for _ in range(words)]


def features(name: str, words: Sequence[str], outlet: str | None = None) -> Features:
    text = " ".join(words)
    body = Body(ArticleId(name), text, (Span(0, len(text)),), "en")
    return features_of(body, OutletId(outlet) if outlet else None)


def fingerprints_only(name: str, numbers: Iterable[int], outlet: str | None = None) -> Features:
    ascending = np.unique(np.array([number << 30 for number in numbers], dtype=np.uint64))
    return Features(
        article=ArticleId(name),
        body_hash=ContentHash(f"{name}:{outlet}"),
        words=len(ascending),
        fingerprints=ascending,
        terms=np.empty(0, dtype=np.uint64),
        outlet=OutletId(outlet) if outlet else None,
    )


def index_of(articles: Iterable[Features], **options: int) -> SortJoinIndex:
    index = SortJoinIndex(**options)
    for article in articles:
        index.add(article)
    return index


def pairs(index: SortJoinIndex, of: Iterable[str] | None = None) -> Pairs:
    wanted = None if of is None else [ArticleId(name) for name in of]
    return {(pair.left, pair.right) for pair in index.candidates(of=wanted)}


FOOTER = story(900, 30)


def test_what_the_articles_of_one_outlet_share_is_its_furniture() -> None:
    articles = [features(f"{i:02}", story(i) + FOOTER, "harbour-news") for i in range(12)]
    assert pairs(index_of(articles)) == set()


def test_the_furniture_of_one_outlet_is_evidence_between_others() -> None:
    articles = [features(f"{i:02}", story(i) + FOOTER, "harbour-news") for i in range(12)]
    articles += [features("x", story(50) + FOOTER, "valley-post"), features("y", story(51) + FOOTER, "coast-daily")]
    assert pairs(index_of(articles)) == {("x", "y")}


def test_without_an_outlet_nothing_is_furniture() -> None:
    articles = [features(f"{i:02}", story(i) + FOOTER) for i in range(4)]
    assert len(pairs(index_of(articles))) == 6


def test_two_articles_of_an_outlet_that_share_a_text_are_a_pair() -> None:
    articles = [features("a", story(1) + FOOTER, "o"), features("b", story(2) + FOOTER, "o")]
    articles += [features(f"{i:02}", story(10 + i), "o") for i in range(5)]
    assert pairs(index_of(articles)) == {("a", "b")}


def test_versions_of_a_short_item_at_one_outlet_are_no_furniture() -> None:
    item = story(3, 60)
    articles = [features(f"v{i}", item + story(20 + i, 12), "wire") for i in range(4)]
    articles += [features(f"x{i}", story(40 + i, 60), "wire") for i in range(6)]
    found = pairs(index_of(articles))
    assert found == {(f"v{i}", f"v{j}") for i in range(4) for j in range(i + 1, 4)}


def test_a_budget_reaches_as_far_as_the_pairs_of_all_smaller_groups_allow() -> None:
    # Two groups of 2 give 2 pairs, one of 3 gives 3, one of 5 gives 10.
    histogram = np.array([0, 0, 2, 1, 0, 1])
    assert [affordable(histogram, budget) for budget in (2, 4, 5, 14, 15)] == [2, 2, 4, 4, 5]


def test_a_budget_always_allows_groups_of_two() -> None:
    assert affordable(np.array([0, 0, 100]), 1) == 2


def test_a_fingerprint_too_common_for_the_budget_ties_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "SMALL_WORK", 0)
    phrase = range(1, 8)
    articles = [
        fingerprints_only(f"{i:03}", [*phrase, *range(1000 * (i + 1), 1000 * (i + 1) + 60)]) for i in range(200)
    ]
    assert pairs(index_of(articles)) == set()


def test_a_story_everybody_has_is_tied_to_its_first_copy_at_linear_cost() -> None:
    articles = [fingerprints_only(f"{i:03}", [*range(60), *range(100 * i + 100, 100 * i + 110)]) for i in range(120)]
    assert pairs(index_of(articles)) == {("000", f"{i:03}") for i in range(1, 120)}


def test_a_text_that_took_a_paragraph_of_what_everybody_has_is_tied_to_its_first_copy() -> None:
    shared = story(5, 150)
    articles = [features(f"{i:03}", story(1000 + i, 10) + shared + story(2000 + i, 10)) for i in range(60)]
    articles.append(features("x", story(1, 200) + shared[40:90] + story(2, 200)))
    assert ("000", "x") in pairs(index_of(articles))


def test_an_article_that_is_removed_has_no_pairs_and_its_copies_stay() -> None:
    text = story(1)
    index = index_of([features(name, text) for name in "abc"])
    assert pairs(index) == {("a", "b"), ("a", "c")}
    index.remove(ArticleId("a"))
    assert pairs(index) == {("b", "c")}
    assert len(index) == 2


def test_of_identical_bodies_the_one_that_goes_first_is_tied_to_the_others() -> None:
    text = story(1)
    index = index_of(
        [replace(features(name, text), precedence=(rank,)) for name, rank in (("a", 2.0), ("b", 1.0), ("c", 3.0))]
    )
    assert pairs(index) == {("a", "b"), ("b", "c")}


def test_every_one_of_many_copies_meets_the_text_that_goes_before_them() -> None:
    shared = story(1)
    copies = [replace(features(f"x{number:02}", shared + story(2, 10)), precedence=(2.0,)) for number in range(40)]
    source = replace(features("source", shared), precedence=(1.0,))
    found = pairs(index_of([*copies, source]))
    assert {("source", f"x{number:02}") for number in range(40)} <= found
    assert len(found) < 3 * 40


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = index_of([features(name, story(1)) for name in "ab"])
    index.remove(ArticleId("z"))
    assert pairs(index) == {("a", "b")}


def test_an_article_added_again_takes_the_place_of_what_it_was() -> None:
    index = index_of([features(name, story(1) + story(ord(name), 20)) for name in "ab"])
    index.add(features("b", story(7)))
    assert pairs(index) == set()
    index.add(features("b", story(1)))
    assert pairs(index) == {("a", "b")}


def test_an_article_that_comes_back_empty_is_gone() -> None:
    index = index_of([features(name, story(1)) for name in "ab"])
    index.add(features("b", []))
    assert pairs(index) == set()


def test_articles_nobody_knows_have_no_pairs() -> None:
    assert pairs(index_of([features(name, story(1)) for name in "ab"]), of=["z"]) == set()


def test_no_articles_make_no_pairs() -> None:
    assert pairs(index_of([])) == set()
    assert pairs(index_of([]), of=["a"]) == set()
    assert pairs(index_of([features("a", story(1))]), of=[]) == set()


def test_an_index_says_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "ARTICLE_BITS", 1)
    index = index_of([features(name, story(1)) for name in "ab"])
    with pytest.raises(ValueError, match="2 articles"):
        index.add(features("c", story(1)))


def test_an_index_that_is_left_drops_what_it_put_aside() -> None:
    with index_of([features(name, story(1) + story(ord(name), 5)) for name in "ab"], memory=0) as index:
        assert pairs(index) == {("a", "b")}
    with pytest.raises(ValueError, match="closed"):
        pairs(index)


def corpus(seed: int) -> list[Features]:
    """News of a few outlets: paragraphs taken from one another, furniture, copies, one story many have."""
    draw = random.Random(seed)
    paragraphs = [story(seed * 1000 + i, draw.randint(20, 60)) for i in range(30)]
    viral = story(seed * 1000 + 500, 90)
    articles: list[Features] = []
    for i in range(60):
        outlet = draw.choice(["north", "south", "east", None])
        body = [word for part in draw.sample(paragraphs, 3) for word in part]
        if draw.random() < 0.3:
            body = viral + story(seed * 1000 + 600 + i, 8)
        if articles and draw.random() < 0.1:
            body = story(seed * 1000 + 999, 80)
        foot = story(ord(outlet[0]), 15) if outlet else []
        articles.append(features(f"{i:02}", body + foot, outlet))
    return articles


@given(seed=st.integers(0, 10_000), wanted=st.sets(st.integers(0, 59), max_size=9))
@settings(max_examples=15, deadline=None)
def test_the_pairs_of_some_articles_are_those_of_all_that_touch_them(seed: int, wanted: set[int]) -> None:
    index = index_of(corpus(seed))
    everything = pairs(index)
    names = {f"{i:02}" for i in wanted}
    assert pairs(index, of=names) == {(a, b) for a, b in everything if a in names or b in names}


@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_neither_the_order_of_adding_nor_threads_nor_memory_change_the_pairs(seed: int, order: random.Random) -> None:
    articles = corpus(seed)
    expected = pairs(index_of(articles, threads=1))
    order.shuffle(articles)
    assert pairs(index_of(articles, threads=2, memory=0)) == expected


@given(seed=st.integers(0, 10_000), gone=st.sets(st.integers(0, 59), max_size=20))
@settings(max_examples=15, deadline=None)
def test_an_index_from_which_articles_were_removed_is_one_that_never_had_them(seed: int, gone: set[int]) -> None:
    articles = corpus(seed)
    index = index_of(articles)
    pairs(index)
    for number in gone:
        index.remove(ArticleId(f"{number:02}"))
    left = [article for at, article in enumerate(articles) if at not in gone]
    assert pairs(index) == pairs(index_of(left))


def test_an_article_added_later_finds_the_partners_it_has_among_all() -> None:
    shared = story(1, 60)
    articles = [features(f"{i:02}", story(100 + i)) for i in range(30)]
    articles[3] = features("03", [*shared, *story(200)])
    index = index_of(articles)
    assert pairs(index) == set()
    index.add(features("new", [*story(300), *shared]))
    assert pairs(index, of=["new"]) == {("03", "new")} == pairs(index)


def test_pairs_of_a_few_are_found_before_all_were_ever_listed() -> None:
    shared = story(1, 60)
    index = index_of(
        [features("a", [*story(2), *shared]), features("b", [*shared, *story(3)]), features("c", story(4))]
    )
    assert pairs(index, of=["b"]) == {("a", "b")}
    assert pairs(index, of=["c"]) == set()
