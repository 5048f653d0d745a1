from __future__ import annotations

from itertools import permutations
from math import copysign

import pytest

from provenance.model import AttributionKind, Direction
from tests.unit.trace.telling import article, edges, kinds, link, traced

SOURCE = [str(number) for number in range(12)]


def test_two_reposts_of_one_text_are_not_taken_from_one_another() -> None:
    texts = {"w": SOURCE, "a": SOURCE[:9], "b": SOURCE[:7]}
    found = traced([article("w", SOURCE, on=1), article("a", texts["a"], on=4), article("b", texts["b"], on=9)], texts)
    assert edges(found) == {("w", "a"), ("w", "b")}
    pair = link(found, "a", "b")
    assert (pair.direction, "siblings" in kinds(pair)) == (Direction.UNKNOWN, True)
    assert found.families[0].root == "w"


def test_a_repost_that_credits_the_other_is_taken_from_it() -> None:
    texts = {"w": SOURCE, "a": SOURCE[:9], "b": SOURCE[:9]}
    articles = [
        article("w", SOURCE, on=1),
        article("a", texts["a"], outlet="herald", on=4),
        article("b", texts["b"], on=9, credits_=["herald"]),
    ]
    found = traced(articles, texts)
    assert edges(found) == {("w", "a"), ("a", "b")}
    assert link(found, "a", "b").direction is Direction.ESTABLISHED


def test_what_one_changed_shows_the_other_to_be_taken_from_it() -> None:
    changed = ["0'", "1'", "2'", "3'", *SOURCE[4:10]]
    texts = {"w": SOURCE, "a": changed, "b": changed[:8]}
    found = traced([article("w", SOURCE, on=1), article("a", changed, on=4), article("b", texts["b"])], texts)
    assert edges(found) == {("w", "a"), ("a", "b")}
    pair = link(found, "a", "b")
    assert (pair.upstream, pair.direction, "chain" in kinds(pair)) == ("a", Direction.LIKELY, True)


def test_what_one_added_shows_the_other_to_be_taken_from_it() -> None:
    longer = [*SOURCE[:8], "x", "y"]
    texts = {"w": SOURCE, "a": longer, "b": [*SOURCE[:5], "x", "y"]}
    found = traced([article("w", SOURCE, on=1), article("a", longer, on=2), article("b", texts["b"])], texts)
    assert ("a", "b") in edges(found)
    assert link(found, "a", "b").upstream == "a"


def test_an_order_found_leads_to_the_next_one_down_the_chain() -> None:
    first = ["0'", "1'", *SOURCE[2:11]]
    second = ["0'", "1'", "2'", "3'", *SOURCE[4:10]]
    third = ["0'", "1'", "2'", "3'", "4'", "5'", *SOURCE[6:9]]
    texts = {"w": SOURCE, "a": first, "b": second, "c": third}
    articles = [article("w", SOURCE, on=1), article("a", first, on=3), article("b", second), article("c", third)]
    found = traced(articles, texts)
    assert edges(found) == {("w", "a"), ("a", "b"), ("b", "c")}
    assert {link(found, *pair).direction for pair in ("wa", "ab", "bc")} <= {Direction.LIKELY, Direction.ESTABLISHED}


def test_common_omissions_in_between_show_a_cut_of_a_cut() -> None:
    cut = [*SOURCE[:3], *SOURCE[6:12]]
    more = [*SOURCE[:2], *SOURCE[7:12]]
    texts = {"w": SOURCE, "a": cut, "b": more}
    found = traced([article("w", SOURCE, on=1), article("a", cut, on=4), article("b", more)], texts)
    pair = link(found, "a", "b")
    assert (pair.upstream, pair.direction) == ("a", Direction.LIKELY)
    assert ("w", "b") not in edges(found)


def test_cuts_from_the_end_alone_tell_nothing() -> None:
    texts = {"w": SOURCE, "a": SOURCE[:9], "b": SOURCE[:6]}
    found = traced([article("w", SOURCE, on=1), article("a", texts["a"], on=4), article("b", texts["b"])], texts)
    assert "chain" not in kinds(link(found, "a", "b"))


def test_a_text_that_stands_between_two_explains_what_they_share() -> None:
    texts = {"h": SOURCE, "a": [*SOURCE[:7], "p"], "b": [*SOURCE[4:11], "q"]}
    found = traced([article("h", SOURCE), article("a", texts["a"], on=1), article("b", texts["b"], on=9)], texts)
    pair = link(found, "a", "b")
    assert (pair.direction, pair.in_lineage) == (Direction.UNKNOWN, False)
    assert "as well" in next(each.detail for each in pair.evidence if each.kind == "siblings")


@pytest.mark.parametrize("kind", [AttributionKind.REPUBLICATION, AttributionKind.WIRE])
def test_dates_say_little_when_the_later_text_credits_a_source_not_at_hand(kind: AttributionKind) -> None:
    texts = {"a": SOURCE, "b": SOURCE}
    later = article("b", SOURCE, on=9, credits_=["agency"], kind=kind)
    found = traced([article("a", SOURCE, on=1), later], texts)
    pair = link(found, "a", "b")
    assert (pair.direction, "common-credit" in kinds(pair)) == (Direction.UNKNOWN, True)
    place = next(each.places for each in pair.evidence if each.kind == "common-credit")
    assert place[0].article == "b"


def test_a_wire_mark_of_the_earlier_text_speaks_for_a_common_source_and_another_credit_does_not() -> None:
    texts = {"a": SOURCE, "b": SOURCE}
    later = article("b", SOURCE, on=9)
    wired = article("a", SOURCE, on=1, credits_=["agency"], kind=AttributionKind.WIRE)
    assert link(traced([wired, later], texts), "a", "b").direction is Direction.UNKNOWN
    reposted = article("a", SOURCE, on=1, credits_=["gazette"])
    assert link(traced([reposted, later], texts), "a", "b").direction is Direction.LIKELY


def test_a_credited_source_that_is_at_hand_leaves_the_dates_alone() -> None:
    texts = {"s": SOURCE, "a": SOURCE[:9], "b": SOURCE[:9]}
    articles = [
        article("s", SOURCE, outlet="agency", on=1),
        article("a", texts["a"], on=4, credits_=["agency"]),
        article("b", texts["b"], on=9, credits_=["agency"]),
    ]
    found = traced(articles, texts)
    assert edges(found) == {("s", "a"), ("s", "b")}
    assert not found.families[0].inferred_sources


def test_the_order_of_articles_changes_nothing() -> None:
    changed = ["0'", "1'", "2'", *SOURCE[3:10]]
    texts = {"w": SOURCE, "a": changed, "b": changed[:8], "c": SOURCE[:6]}
    articles = [
        article("w", SOURCE, on=1), article("a", changed, on=4), article("b", texts["b"]), article("c", texts["c"], on=5),
    ]  # fmt: skip
    expected = traced(articles, texts)
    for order in permutations(articles):
        assert traced(order, texts) == expected


def test_no_weight_is_a_zero_with_a_sign() -> None:
    texts = {"h": SOURCE, "a": [*SOURCE[:7], "p"], "b": [*SOURCE[4:11], "q"]}
    found = traced([article(name, told) for name, told in texts.items()], texts)
    weights = [each.weight for derivation in found.derivations for each in derivation.evidence]
    assert 0.0 in weights
    assert all(copysign(1.0, weight) == 1.0 for weight in weights if weight == 0.0)
