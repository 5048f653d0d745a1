from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations
from random import Random

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import (
    ArticleId,
    AttributionKind,
    ContentHash,
    Decision,
    DerivationStatus,
    Direction,
    OutletId,
    Review,
)
from provenance.trace import measured, trace, without_rejected_credits
from tests.unit.trace.telling import article, edges, kinds, link, match, traced

SOURCE = [str(number) for number in range(12)]


def review(down: str, up: str | None, decision: Decision, outlet: str | None = None) -> Review:
    return Review(
        downstream=ArticleId(down),
        upstream=ArticleId(up) if up else None,
        upstream_outlet=OutletId(outlet) if outlet else None,
        decision=decision,
        reviewer="R. Reader",
        note="saw both pages",
        decided_at=datetime(2026, 5, 1, tzinfo=UTC),
        downstream_hash=ContentHash(down),
        upstream_hash=ContentHash(up) if up else None,
    )


def test_a_round_up_has_several_upstreams_and_their_origins() -> None:
    one, other = SOURCE[:6], ["p", "q", "r", "s", "t", "u"]
    texts = {"a": one, "b": other, "c": [*one[:4], *other[:4]]}
    found = traced([article("a", one, on=1), article("b", other, on=2), article("c", texts["c"], on=9)], texts)
    assert edges(found) == {("a", "c"), ("b", "c")}
    assert (found.origins.at_least, found.origins.at_most) == (2, 2)
    assert found.families[0].root is None


def test_an_undated_text_in_two_parts_may_be_one_origin_or_a_round_up_of_two() -> None:
    one, other = SOURCE[:6], ["p", "q", "r", "s", "t", "u"]
    texts = {"a": one, "b": other, "c": [*one[:4], *other[:4]]}
    found = traced([article(name, texts[name]) for name in "abc"], texts)
    assert (found.origins.at_least, found.origins.at_most) == (1, 2)


def test_versions_of_one_article_are_told_from_reposts_and_put_in_order() -> None:
    texts = {"v1": SOURCE[:9], "v2": SOURCE, "r": SOURCE[:8]}
    articles = [
        article("v1", texts["v1"], outlet="herald"),
        article("v2", texts["v2"], outlet="herald", notes=[None]),
        article("r", texts["r"], on=9, credits_=["herald"]),
    ]
    found = traced(articles, texts)
    assert found.families[0].versions == (("v1", "v2"),)
    pair = link(found, "v1", "v2")
    assert (pair.is_version, pair.upstream, "correction" in kinds(pair)) == (True, "v1", True)
    assert not link(found, "v1", "r").is_version


def test_numbered_versions_count_upwards() -> None:
    texts = {"x": SOURCE, "y": SOURCE[:10]}
    articles = [article("x", SOURCE, outlet="ag", notes=[1]), article("y", SOURCE[:10], outlet="ag", notes=[2])]
    pair = link(traced(articles, texts), "x", "y")
    assert (pair.upstream, pair.direction, "version-number" in kinds(pair)) == ("x", Direction.ESTABLISHED, True)


def test_whoever_cites_the_other_outlet_comes_after_it() -> None:
    texts = dict.fromkeys("ab", SOURCE)
    pair = link(
        traced([article("a", SOURCE, cites=["herald"]), article("b", SOURCE, outlet="herald")], texts), "a", "b"
    )
    assert (pair.upstream, pair.direction, "citation" in kinds(pair)) == ("b", Direction.LIKELY, True)


def test_a_rejected_link_is_no_longer_asserted() -> None:
    texts = dict.fromkeys("ab", SOURCE)
    found = traced(
        [article("a", SOURCE, on=1), article("b", SOURCE, on=9)], texts, reviews=[review("b", "a", Decision.REJECTED)]
    )
    pair = link(found, "a", "b")
    assert (pair.status, pair.decision, pair.in_lineage) == (DerivationStatus.POSSIBLE, Decision.REJECTED, False)
    assert found.origins.at_least == 2
    assert "R. Reader on 2026-05-01: saw both pages" in pair.evidence[0].detail


def test_a_confirmed_link_is_asserted_in_the_direction_the_reviewer_gives() -> None:
    texts = dict.fromkeys("ab", SOURCE)
    articles = [article("a", SOURCE, on=1), article("b", SOURCE, on=9)]
    found = traced(articles, texts, reviews=[review("a", "b", Decision.CONFIRMED)], strength=0.3)
    pair = link(found, "a", "b")
    assert (pair.upstream, pair.status, pair.direction) == ("b", DerivationStatus.DERIVED, Direction.ESTABLISHED)
    assert (pair.decision, pair.strength, edges(found)) == (Decision.CONFIRMED, 0.3, {("b", "a")})
    assert (found.origins.at_least, found.origins.at_most) == (1, 1)


def test_a_confirmed_link_nothing_was_found_for_is_added_without_a_strength() -> None:
    texts = {"a": SOURCE[:5], "b": SOURCE[6:]}
    found = traced([article(n, texts[n]) for n in "ab"], texts, reviews=[review("a", "b", Decision.CONFIRMED)])
    pair = link(found, "a", "b")
    assert (pair.strength, pair.status, pair.passages) == (0.0, DerivationStatus.DERIVED, ())


def test_a_rejected_credit_no_longer_links_to_the_outlet() -> None:
    rejected = review("a", None, Decision.REJECTED, outlet="agency")
    found = traced([article("a", SOURCE, credits_=["agency"])], {"a": SOURCE}, reviews=[rejected])
    (declared,) = found.derivations
    assert (declared.status, declared.in_lineage) == (DerivationStatus.POSSIBLE, False)


def test_a_review_of_an_article_that_takes_no_part_is_passed_over() -> None:
    found = traced([article("a", SOURCE)], {"a": SOURCE}, reviews=[review("a", "gone", Decision.CONFIRMED)])
    assert found.derivations == ()


def test_a_story_with_many_copies_is_one_family_below_its_source() -> None:
    names = [f"r{number:03}" for number in range(120)]
    source = article("w", SOURCE, outlet="agency", on=1)
    copies = [article(name, SOURCE, on=5, credits_=["agency"]) for name in names]
    facts = {each.id: each for each in (source, *copies)}
    texts = {"w": SOURCE, **dict.fromkeys(names, SOURCE)}
    pairs = [match("w", name, texts, 1.0) for name in names]  # a star, as the index ties many copies
    found = trace(measured([pair for pair in pairs if pair], facts), facts)
    assert edges(found) == {("w", name) for name in names}
    assert [len(family.articles) for family in found.families] == [121]
    assert found.families[0].root == "w"
    assert (found.families[0].origins.at_least, found.families[0].origins.at_most) == (1, 1)


def test_copies_that_credit_two_agencies_at_once_have_one_origin_or_two() -> None:
    texts = dict.fromkeys("abcd", SOURCE)
    found = traced([article(name, SOURCE, credits_=["afp", "reuters"]) for name in "abcd"], texts)
    assert (found.origins.at_least, found.origins.at_most) == (1, 2)


def test_a_round_up_of_texts_credited_to_two_agencies_has_two_origins() -> None:
    one, other = SOURCE[:6], ["p", "q", "r", "s", "t", "u"]
    texts = {"a": one, "b": one, "c": other, "d": other, "e": [*one[:4], *other[:4]]}
    articles = [article(name, texts[name], credits_=["afp"]) for name in "ab"]
    articles += [article(name, texts[name], credits_=["reuters"]) for name in "cd"]
    found = traced([*articles, article("e", texts["e"], credits_=["afp", "reuters"])], texts)
    assert found.origins.at_least == 2


def test_a_confirmed_link_is_part_of_the_lineage_whatever_else_is_closer() -> None:
    texts = {"a": SOURCE, "b": SOURCE[:5], "c": SOURCE}
    articles = [article("a", SOURCE, on=1), article("b", texts["b"], on=4), article("c", SOURCE, on=9)]
    found = traced(articles, texts, reviews=[review("c", "b", Decision.CONFIRMED)])
    assert ("b", "c") in edges(found)


def test_a_short_source_of_a_round_up_keeps_its_order() -> None:
    main, brief = [*SOURCE, *(f"m{number}" for number in range(40))], ["p", "q"]
    texts = {"main": main, "brief": brief, "digest": [*main, *brief]}
    articles = [
        article("main", main, on=1), article("brief", brief, on=3), article("digest", texts["digest"], on=9),
    ]  # fmt: skip
    found = traced(articles, texts)
    assert link(found, "brief", "digest").upstream == "brief"
    assert edges(found) == {("main", "digest"), ("brief", "digest")}
    assert found.origins.at_least == 2


def test_a_credited_outlet_whose_article_stands_upstream_is_not_known_by_name_only() -> None:
    texts = dict.fromkeys("ab", SOURCE)
    found = traced([article("a", SOURCE, outlet="herald"), article("b", SOURCE, credits_=["herald"])], texts)
    assert [each.upstream for each in found.derivations] == ["a"]


def test_three_versions_stand_in_the_order_of_their_links() -> None:
    texts = {"z": SOURCE, "b": [*SOURCE[4:], "p", "q", "r", "s"], "a": ["p", "q", "r", "s", "t", "u", "v"]}
    days = {"z": 1, "b": 4, "a": 9}
    found = traced([article(name, texts[name], outlet="herald", on=days[name]) for name in texts], texts)
    assert found.families[0].versions == (("z", "b", "a"),)


def test_what_versions_say_of_their_numbers_is_not_taken_back() -> None:
    texts = dict.fromkeys("abc", SOURCE)
    numbers = {"a": [2], "b": [1], "c": []}
    found = traced([article(name, SOURCE, outlet="ag", notes=numbers[name]) for name in "abc"], texts)
    pair = link(found, "a", "b")
    assert (pair.upstream, pair.direction) == ("b", Direction.ESTABLISHED)


def test_credits_in_a_circle_leave_the_order_open() -> None:
    texts = dict.fromkeys("abc", SOURCE)
    credited = {"a": "y", "b": "z", "c": "x"}
    outlets = {"a": "x", "b": "y", "c": "z"}
    found = traced([article(n, SOURCE, outlet=outlets[n], credits_=[credited[n]], on=1) for n in "abc"], texts)
    assert {link(found, *pair).direction for pair in ("ab", "bc", "ac")} == {Direction.UNKNOWN}
    assert found.families[0].root is None


def test_a_rejected_credit_is_none_to_the_trace() -> None:
    one = article("a", SOURCE, credits_=["agency", "herald"])
    (told,) = without_rejected_credits({one.id: one}, [review("a", None, Decision.REJECTED, outlet="agency")]).values()
    assert told.upstreams == ("herald",)
    assert [each.outlet for each in told.attributions] == ["herald"]


def grown(random: Random, size: int) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Grow a tree of texts: each child drops, changes and adds sentences of its parent."""
    texts, parents = {"n00": list(SOURCE)}, dict[str, str]()
    for number in range(1, size):
        name, parent = f"n{number:02}", random.choice(sorted(texts))
        kept = [each for each in texts[parent] if random.random() < 0.85] or texts[parent][:1]
        told = [each + "'" if random.random() < 0.15 else each for each in kept]
        texts[name], parents[name] = [*told, *(f"{name}.{extra}" for extra in range(random.randint(0, 2)))], parent
    return texts, parents


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.integers(2, 9))
def test_a_lineage_has_no_circle_and_every_family_its_count(seed: int, size: int) -> None:
    random = Random(seed)
    texts, _ = grown(random, size)
    articles = [
        article(
            name,
            told,
            outlet=random.choice(["own", "p", "q", None]),
            on=random.randint(1, 25) if random.random() < 0.6 else None,
            credits_=random.sample(["p", "q", "s"], random.randint(0, 2)),
            kind=random.choice([AttributionKind.REPUBLICATION, AttributionKind.WIRE]),
            cites=random.sample(["p", "q"], random.randint(0, 1)),
            notes=random.sample([None, 1, 2], random.randint(0, 1)),
        )
        for name, told in texts.items()
    ]
    strengths = {pair: random.choice([0.3, 0.85, 0.99]) for pair in combinations(sorted(texts), 2)}
    decided = [
        review(*random.sample(sorted(texts), 2), random.choice([Decision.CONFIRMED, Decision.REJECTED]))
        for _ in range(random.randint(0, 1))
    ]
    found = traced(articles, texts, reviews=decided, possible=strengths)
    assert nx.is_directed_acyclic_graph(nx.DiGraph(edges(found)))
    for each in found.derivations:
        assert each.status is DerivationStatus.DERIVED or not each.in_lineage
        assert each.in_lineage or each.decision is not Decision.CONFIRMED
    for family in found.families:
        assert 1 <= family.origins.at_least <= family.origins.at_most
        for source in family.inferred_sources:
            assert set(source.articles) <= set(family.articles)
            assert all(len({place.article for place in each.places}) >= 2 for each in source.content)
    random.shuffle(articles)
    assert traced(articles, texts, reviews=decided, possible=strengths) == found


def test_dated_trees_are_found_again() -> None:
    right = missed = 0
    for seed in range(30):
        texts, parents = grown(Random(seed), 7)
        found = traced([article(name, told, on=2 * int(name[1:]) + 1) for name, told in texts.items()], texts)
        truth = {(parent, name) for name, parent in parents.items()}
        right += len(truth & edges(found))
        missed += len(truth - edges(found))
    assert right / (right + missed) > 0.8
