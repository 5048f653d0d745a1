from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.match.body import Body
from provenance.match.copies import CopiedPair, TextToMatch, find_copies
from provenance.match.features import features_of
from provenance.match.join import corpus as join_corpus
from provenance.match.join.align import Texts, align
from provenance.match.join.fingerprints import fingerprints
from provenance.model import ArticleId, PassageKind, Span
from provenance.text.alignment import Words, shared_runs
from provenance.text.shingles import distinct
from provenance.text.tokens import tokenise


def story(seed: int, words: int = 120) -> list[str]:
    generator = random.Random(seed)
    return ["".join(generator.choices("bcdfglmnprstaeiou", k=7)) for _ in range(words)]


def text(name: str, words: Sequence[str], outlet: str | None = None, published: float | None = None) -> TextToMatch:
    return TextToMatch(name, " ".join(words), outlet, published)


def names(found: Iterable[CopiedPair]) -> set[tuple[str, str]]:
    return {(pair.left, pair.right) for pair in found}


def test_a_copied_paragraph_is_found_where_it_stands_on_both_sides() -> None:
    shared = story(1, 40)
    left, right = story(2) + shared, story(3, 30) + shared + story(4)
    (pair,) = find_copies([text("b", right), text("a", left), text("c", story(5))])
    (passage,) = pair.passages
    assert (pair.left, pair.right) == ("a", "b")
    assert passage.kind is PassageKind.VERBATIM
    assert passage.left.of(" ".join(left)) == passage.right.of(" ".join(right)) == " ".join(shared)
    assert (passage.left_words, passage.right_words, passage.same_words) == (40, 40, 40)
    assert pair.left_containment == 40 / 160
    assert pair.right_containment == 40 / 190


def test_places_are_code_points_of_the_text_as_it_is() -> None:
    shared = "Die Brücke über die Ærø wurde am Montag „endgültig“ gesperrt, wie die Stadt 东京 mitteilte – niemand weiß warum."
    left, right = f"🚢🚢 {shared}", f"Zuvor geschah nichts. {shared.upper()}"
    (pair,) = find_copies([TextToMatch("a", left), TextToMatch("b", right)])
    (passage,) = pair.passages
    assert passage.left.of(left) == shared.removesuffix(".")
    assert passage.right.of(right) == shared.upper().removesuffix(".")


def test_a_changed_word_makes_an_edited_passage() -> None:
    shared = story(1, 60)
    (pair,) = find_copies([text("a", shared), text("b", [*shared[:30], "other", *shared[31:]])])
    (passage,) = pair.passages
    assert passage.kind is PassageKind.EDITED
    assert (passage.left_words, passage.same_words) == (60, 59)


def test_moved_paragraphs_are_passages_of_their_own() -> None:
    first, second = story(1, 60), story(2, 60)
    (pair,) = find_copies([text("a", first + second), text("b", second + first)])
    assert len(pair.passages) == 2
    assert pair.left_containment == pair.right_containment == 1.0


def test_fourteen_words_are_no_pair_and_fifteen_are() -> None:
    shared = story(1, 15)
    few = [text("a", story(2) + shared[:14] + story(3)), text("b", story(4) + shared[:14] + story(5))]
    enough = [text("a", story(2) + shared + story(3)), text("b", story(4) + shared + story(5))]
    assert names(find_copies(few)) == set()
    assert names(find_copies(enough)) == {("a", "b")}


def test_two_short_sentences_together_make_a_pair() -> None:
    one, other = story(1, 11), story(2, 11)
    found = find_copies([text("a", story(3) + one + story(4) + other), text("b", other + story(5) + one + story(6))])
    assert names(found) == {("a", "b")}


def test_what_an_outlets_articles_share_is_no_copy() -> None:
    foot = story(9, 30)
    articles = [text(f"{i:02}", story(100 + i) + foot, "north") for i in range(12)]
    assert names(find_copies(articles)) == set()


def test_furniture_is_no_part_of_a_passage() -> None:
    foot, shared = story(9, 30), story(1, 50)
    articles = [text(f"{i:02}", story(100 + i) + foot, "north") for i in range(12)]
    articles += [text("a", story(2) + shared + foot, "north"), text("b", story(3) + shared + foot, "north")]
    (pair,) = find_copies(articles)
    (passage,) = pair.passages
    assert 50 <= passage.left_words <= 54  # the edge of the foot is not told: a fingerprint is five words


def test_a_foot_only_two_articles_of_an_outlet_have_is_no_copy() -> None:
    foot = story(9, 30)
    articles = [text("a", story(1, 200) + foot, "north"), text("b", story(2, 200) + foot, "north")]
    assert names(find_copies(articles)) == set()
    assert names(find_copies([text(one.id, one.text.split(), None) for one in articles])) == {("a", "b")}


def test_a_lead_that_two_versions_of_a_story_share_is_a_copy() -> None:
    lead = story(9, 60)
    articles = [text("a", lead + story(1, 60), "north"), text("b", lead + story(2, 60), "north")]
    assert names(find_copies(articles)) == {("a", "b")}


def test_identical_texts_are_tied_to_the_first_of_them() -> None:
    body = story(1)
    articles = [text("a", body, published=3), text("b", body, published=1), text("c", body)]
    assert names(find_copies(articles)) == {("a", "b"), ("b", "c")}


def test_copies_meet_what_the_first_of_them_is_near() -> None:
    body = story(1)
    articles = [text("a", body), text("b", body), text("c", story(2) + body[:40])]
    assert names(find_copies(articles)) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_empty_texts_and_no_texts_have_no_pairs() -> None:
    assert list(find_copies([])) == []
    assert list(find_copies([TextToMatch("a", ""), TextToMatch("b", ""), TextToMatch("c", "one word")])) == []


def test_two_texts_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        find_copies([text("a", story(1)), text("a", story(2))])


def test_the_seconds_of_each_stage_are_told() -> None:
    found = find_copies([text("a", story(1)), text("b", story(1))])
    assert list(found.seconds) == ["fingerprint", "join", "align"]
    assert all(seconds >= 0 for seconds in found.seconds.values())


def test_a_story_many_tell_is_one_family() -> None:
    shared = story(1, 150)
    articles = [text(f"{i:03}", story(100 + i, 9) + shared + story(900 + i, 9), f"o{i}", float(i)) for i in range(80)]
    found = names(find_copies(articles))
    assert {("000", f"{i:03}") for i in range(1, 80)} <= found


def test_a_story_all_outlets_tell_over_and_over_is_one_family_at_linear_cost() -> None:
    shared = story(1, 200)
    articles = []
    for i in range(1_200):
        words = list(shared)
        words[i % 200] = f"changed{i}"
        articles.append(text(f"{i:04}", words, f"o{i % 20}", float(i)))
    found = names(find_copies(articles))
    assert {("0000", f"{i:04}") for i in range(1, 1_200)} <= found
    assert len(found) < 3 * 1_200


def mixed_corpus(seed: int) -> list[TextToMatch]:
    draw = random.Random(seed)
    paragraphs = [story(seed * 1000 + i, draw.randint(10, 50)) for i in range(20)]
    articles = []
    for i in range(40):
        body = [word for part in draw.sample(paragraphs, 3) for word in part] + story(seed * 1000 + 100 + i, 30)
        outlet = draw.choice(["north", "south", None])
        articles.append(text(f"{i:02}", body + (story(ord(outlet[0]), 15) if outlet else []), outlet, float(i)))
    return articles


@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_neither_order_nor_threads_nor_memory_nor_batches_change_what_is_found(seed: int, order: random.Random) -> None:
    articles = mixed_corpus(seed)
    expected = list(find_copies(articles, threads=1))
    order.shuffle(articles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(join_corpus, "BATCH_CHARACTERS", 2_000)
        assert list(find_copies(articles, threads=2, memory=0)) == expected


WORDS = st.lists(st.integers(0, 3), max_size=40) | st.lists(st.integers(0, 30), max_size=60)


@given(parts=st.lists(WORDS, min_size=1, max_size=5), seed=st.integers(0, 10_000), min_same=st.sampled_from([4, 8]))
@settings(max_examples=60, deadline=None)
def test_runs_of_many_pairs_are_those_of_each_pair(parts: list[list[int]], seed: int, min_same: int) -> None:
    draw = random.Random(seed)
    texts = [[word for part in draw.choices(parts, k=draw.randint(0, 4)) for word in part] for _ in range(4)]
    flat = np.array([word for words in texts for word in words], dtype=np.uint64)
    pairs = [(one, other) for one in range(4) for other in range(4) if one != other]
    left, right = np.array(pairs).T
    runs = align(Texts(flat, np.cumsum([0, *map(len, texts)])), left, right, min_same=min_same)
    columns = (runs.pair, runs.left_start, runs.left_end, runs.right_start, runs.right_end, runs.same)
    found = list(zip(*(column.tolist() for column in columns), strict=True))
    seeds = [Words.of(np.array(words, dtype=np.uint64)) for words in texts]
    assert found == [
        (number, run.left_start, run.left_end, run.right_start, run.right_end, run.same)
        for number, (one, other) in enumerate(pairs)
        for run in shared_runs(seeds[one], seeds[other], min_same=min_same)
    ]


def test_a_text_that_says_one_thing_a_thousand_times_costs_no_square() -> None:
    refrain, verse = ["no", "more"] * 3_000, story(1, 40)
    (pair,) = find_copies([text("a", verse + refrain), text("b", refrain + verse)])
    assert any(passage.left_words == 40 for passage in pair.passages)


@given(
    sizes=st.lists(st.sampled_from([0, 1, 3, 4, 5, 8, 199, 200, 230]), min_size=1, max_size=6),
    vocabulary=st.sampled_from([2, 10, 5_000]),
)
@settings(max_examples=40, deadline=None)
def test_fingerprints_of_many_texts_are_those_of_each(sizes: list[int], vocabulary: int) -> None:
    draw = random.Random(vocabulary + sum(sizes))
    texts = [" ".join(f"w{draw.randrange(vocabulary)}" for _ in range(size)) for size in sizes]
    found = fingerprints(tokenise(texts))
    for number, one in enumerate(texts):
        body = Body(ArticleId("x"), one, (Span(0, len(one)),), "en")
        assert distinct(found.hashes[found.owners == number]).tolist() == features_of(body).fingerprints.tolist()
