from __future__ import annotations

import random

import numpy as np

from provenance.match import Features, SortJoinIndex, features_of
from provenance.match.body import Body
from provenance.match.join import translations
from provenance.match.join.terms import PARTNERS
from provenance.model import ArticleId, Span

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeo"]


def features(name: str, text: str, language: str | None) -> Features:
    return features_of(Body(ArticleId(name), text, (Span(0, len(text)),), language))


def names(seed: int, count: int = 12) -> list[str]:
    generator = random.Random(seed)
    return ["".join(generator.choices(SYLLABLES, k=4)).title() for _ in range(count)]


def foreign(seed: int, count: int = 60) -> list[str]:
    """Words of a language of their own: no other story has one that sounds the same."""
    generator = random.Random(seed)
    return ["".join(generator.choices("bcdfglmnprstaeiou", k=8)) for _ in range(count)]


def story(seed: int, own: int) -> str:
    generator = random.Random(own)
    words = names(seed) + foreign(own) + [str(generator.randrange(1000, 9999)) for _ in range(3)] + [str(41_000 + seed)]
    generator.shuffle(words)
    return " ".join(words)


def pairs(*given: Features, of: set[ArticleId] | None = None) -> set[tuple[str, str]]:
    index = SortJoinIndex()
    for one in given:
        index.add(one)
    return {(pair.left, pair.right) for pair in index.candidates(of)}


def crowd(language: str, count: int = 30) -> list[Features]:
    return [features(f"x-{language}-{at}", story(500 + at, 9000 + at), language) for at in range(count)]


def test_a_story_in_another_language_is_a_candidate_for_its_names_and_numbers() -> None:
    found = pairs(features("a", story(1, 11), "sw"), features("b", story(1, 12), "fi"), *crowd("sw"))
    assert ("a", "b") in found


def test_unrelated_stories_in_two_languages_are_not_candidates() -> None:
    found = pairs(features("a", story(1, 11), "sw"), features("b", story(2, 12), "fi"))
    assert found == set()


def test_articles_of_an_unknown_language_have_no_partners_in_others() -> None:
    given = features("a", story(1, 11), None), features("b", " ".join([*names(1, 3), *foreign(12, 80)]), "fi")
    assert ("a", "b") not in pairs(*given)


def test_an_event_reported_in_many_languages_costs_its_articles_and_not_their_square() -> None:
    languages = "sw", "fi"
    texts = [" ".join(names(1, 30) + foreign(100 + at, 8)) for at in range(60)]
    many = [features(f"a{at:02}", text, languages[at % 2]) for at, text in enumerate(texts)]
    near = [pair for pair in pairs(*many) if int(pair[0][1:]) % 2 != int(pair[1][1:]) % 2]
    assert 30 <= len(near) <= 60 * (PARTNERS + translations.TRANSLATION_PARTNERS)


def test_candidates_of_some_articles_are_those_of_all_that_touch_them() -> None:
    given = [features("a", story(1, 11), "sw"), features("b", story(1, 12), "fi"), *crowd("sw", 10), *crowd("fi", 10)]
    every, some = pairs(*given), pairs(*given, of={ArticleId("a")})
    assert some == {pair for pair in every if "a" in pair}


def test_the_order_of_adding_does_not_matter() -> None:
    given = [features("a", story(1, 11), "sw"), features("b", story(1, 12), "fi"), *crowd("sw", 10), *crowd("fi", 10)]
    assert pairs(*given) == pairs(*reversed(given))


def test_a_small_memory_gives_the_same_candidates() -> None:
    given = [features("a", story(1, 11), "sw"), features("b", story(1, 12), "fi"), *crowd("sw", 10), *crowd("fi", 10)]
    with SortJoinIndex(memory=1 << 10) as index:
        for one in given:
            index.add(one)
        assert {(pair.left, pair.right) for pair in index.candidates()} == pairs(*given)


def test_the_terms_of_an_article_are_told_apart_by_kind() -> None:
    found = features("a", story(1, 11), "en")
    kinds = found.rare_terms, found.figures, found.sounds
    assert sum(map(len, kinds)) == len(found.terms)
    assert all(len(kind) for kind in kinds)
    assert np.all(found.terms[1:] > found.terms[:-1])
