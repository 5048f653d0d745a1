from __future__ import annotations

from provenance.model import AttributionKind, Direction
from tests.unit.trace.telling import LENGTH, article, edges, link, traced

SOURCE = [str(number) for number in range(12)]


def test_articles_that_credit_one_source_not_at_hand_have_it_in_common() -> None:
    texts = {"a": SOURCE[:9], "b": SOURCE[3:], "c": SOURCE[1:10]}
    articles = [article(name, texts[name], on=number, credits_=["agency"]) for number, name in enumerate("abc", 1)]
    found = traced(articles, texts)
    (family,) = found.families
    (source,) = family.inferred_sources
    assert (source.outlet, source.articles) == ("agency", ("a", "b", "c"))
    assert "3 of these articles credit it" in source.why[0]
    assert edges(found) == set()
    assert (family.origins.at_least, family.origins.at_most, family.root) == (1, 1, None)


def test_the_content_of_an_inferred_source_is_what_two_of_its_descendants_share() -> None:
    texts = {"a": [*SOURCE[:4], "own"], "b": [*SOURCE[2:6], "other"]}
    found = traced([article(name, texts[name], credits_=["agency"]) for name in "ab"], texts)
    (source,) = found.families[0].inferred_sources
    told = [[(place.article, place.span.start // LENGTH) for place in each.places] for each in source.content]
    assert told == [[("a", 2), ("b", 0)], [("a", 3), ("b", 1)]]


def test_three_articles_that_share_in_pairs_what_the_third_lacks_have_a_common_source() -> None:
    texts = {"a": [*SOURCE[:8]], "b": SOURCE[4:], "c": [*SOURCE[:4], *SOURCE[8:]]}
    found = traced([article(name, texts[name], on=3 * number) for number, name in enumerate("abc", 1)], texts)
    (source,) = found.families[0].inferred_sources
    assert (source.outlet, source.articles) == (None, ("a", "b", "c"))
    assert {link(found, *pair).direction for pair in ("ab", "bc", "ac")} == {Direction.UNKNOWN}
    assert found.families[0].origins.at_least == 1
    assert sum(len({place.article for place in each.places}) >= 2 for each in source.content) == len(source.content)


def test_a_source_at_hand_is_not_inferred_anew() -> None:
    texts = {"w": SOURCE, "a": SOURCE[:8], "b": SOURCE[4:], "c": [*SOURCE[:4], *SOURCE[8:]]}
    articles = [article("w", SOURCE, on=1), *(article(name, texts[name], on=9) for name in "abc")]
    found = traced(articles, texts)
    assert not found.families[0].inferred_sources
    assert edges(found) == {("w", "a"), ("w", "b"), ("w", "c")}


def test_an_article_with_the_same_text_and_no_credit_is_taken_to_have_it_from_there_too() -> None:
    texts = dict.fromkeys("abc", SOURCE)
    articles = [
        article("a", SOURCE, on=1, credits_=["agency"], kind=AttributionKind.WIRE),
        article("b", SOURCE, on=2, credits_=["agency"], kind=AttributionKind.WIRE),
        article("c", SOURCE, on=5),
    ]
    (source,) = traced(articles, texts).families[0].inferred_sources
    assert source.articles == ("a", "b", "c")
    assert source.why[0].startswith("2 of these articles credit it, and it is not at hand; 1 more")


def test_a_link_more_than_dates_speak_for_stays() -> None:
    texts = dict.fromkeys("abc", SOURCE)
    articles = [
        article("a", SOURCE, outlet="herald", on=1, credits_=["agency"]),
        article("b", SOURCE, on=2, credits_=["agency"]),
        article("c", SOURCE, on=5, credits_=["herald"]),
    ]
    found = traced(articles, texts)
    assert edges(found) == {("a", "c")}
    assert link(found, "a", "c").direction is Direction.ESTABLISHED


def test_a_credit_to_a_source_only_one_article_names_infers_nothing() -> None:
    texts = dict.fromkeys("ab", SOURCE)
    found = traced([article("a", SOURCE, credits_=["agency"]), article("b", SOURCE)], texts)
    assert found.families[0].inferred_sources == ()
