from __future__ import annotations

import random

from provenance.match import Candidate, Features, SortJoinIndex, features_of
from provenance.match.body import Body
from provenance.model import ArticleId, Span


def features(name: str, text: str) -> Features:
    return features_of(Body(ArticleId(name), text, (Span(0, len(text)),), "en"))


def story(seed: int, words: int = 120) -> list[str]:
    generator = random.Random(seed)
    return ["".join(generator.choices("bcdfglmnprstaeiou", k=7)) for _ in range(words)]


def candidates(texts: dict[str, str], order: list[str] | None = None) -> set[tuple[str, str]]:
    index = SortJoinIndex()
    for name in order or texts:
        index.add(features(name, texts[name]))
    return {(pair.left, pair.right) for pair in index.candidates()}


def test_a_copied_paragraph_makes_a_pair_and_unrelated_texts_do_not() -> None:
    shared = story(1)
    texts = {
        "a": " ".join(shared + story(2)),
        "b": " ".join(story(3) + shared[:40]),
        "c": " ".join(story(4, 200)),
    }
    assert candidates(texts) == {("a", "b")}


def test_names_and_rare_words_in_another_wording_make_a_pair() -> None:
    texts = {
        "a": "Harbour master Ruta Venclova said the ferry Ondina struck a drifting buoy off Calder Point.",
        "b": "A drifting buoy was hit by the Ondina ferry near Calder Point, according to Ruta Venclova, harbour master.",
        **{f"x{i}": " ".join(story(100 + i)) for i in range(20)},
    }
    assert ("a", "b") in candidates(texts)


def test_identical_bodies_cost_their_copies_and_not_their_square() -> None:
    text = " ".join(story(9))
    found = candidates({f"{i:03}": text for i in range(100)})
    assert found == {("000", f"{i:03}") for i in range(1, 100)}


def test_copies_meet_what_the_first_of_them_is_near() -> None:
    shared = story(1)
    copy, other = " ".join(shared + story(2)), " ".join(story(3) + shared[:60])
    found = candidates({"a": copy, "b": copy, "c": other})
    assert {("a", "c"), ("b", "c")} <= found


def test_a_story_with_many_edited_copies_stays_connected() -> None:
    shared = story(5, 150)
    texts = {f"{i:03}": " ".join(story(1000 + i, 10) + shared + story(2000 + i, 10)) for i in range(120)}
    found = candidates(texts)
    linked = {"000"}
    while True:
        more = {b for a, b in found if a in linked} | {a for a, b in found if b in linked}
        if more <= linked:
            break
        linked |= more
    assert linked == set(texts)


def test_the_order_of_adding_does_not_matter() -> None:
    shared = story(7)
    texts = {f"{i}": " ".join(shared[i * 10 :] + story(50 + i, 60)) for i in range(8)}
    assert candidates(texts) == candidates(texts, sorted(texts, reverse=True))


def test_an_empty_body_is_no_candidate() -> None:
    assert candidates({"a": "", "b": "", "c": " ".join(story(1))}) == set()


def test_candidates_come_in_order_each_once() -> None:
    index = SortJoinIndex()
    for i in range(6):
        index.add(features(str(i), " ".join(story(1) + story(10 + i, 20))))
    found = list(index.candidates())
    assert found == sorted(set(found))
    assert all(pair.left < pair.right for pair in found)
    assert isinstance(found[0], Candidate)
