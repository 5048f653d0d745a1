from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    ContentHash,
    DateBasis,
    DerivationStatus,
    Direction,
    Extent,
    Match,
    Note,
    NoteKind,
    OutletId,
    Passage,
    PassageKind,
    Precision,
    Span,
    Timeframe,
    WeighedMatch,
)
from provenance.trace import DIRECTION_SIGNALS, declared, measured, strongest, trace
from provenance.trace.derive import DERIVED_STRENGTH, MAX_CANDIDATES, MIN_POSSIBLE_STRENGTH
from provenance.trace.direction import DATE_WEIGHT, Tie, bearing
from provenance.trace.origins import ESTABLISHED_TIE


def day(number: int, *, days: int = 1) -> Timeframe:
    start = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=number)
    return Timeframe(start, start + timedelta(days=days), Precision.DAY, DateBasis.RECORD, f"2025-03-{number:02}")


def facts(name: str, outlet: str | None = None, published: Timeframe | None = None, *credited: str) -> ArticleFacts:
    attributions = tuple(
        Attribution(AttributionKind.REPUBLICATION, f"Source: {c}", "r", span=Span(0, 9), credited=c, outlet=OutletId(c))
        for c in credited
    )
    return ArticleFacts(
        id=ArticleId(name),
        source=f"{name}.txt",
        content_hash=ContentHash(name),
        body_hash=ContentHash(name),
        words=100,
        outlet=OutletId(outlet) if outlet else None,
        published=published,
        attributions=attributions,
        upstreams=tuple(OutletId(c) for c in credited),
    )


def match(left: str, right: str, containment: tuple[float, float] = (0.5, 0.5)) -> Match:
    passage = Passage(PassageKind.EDITED, Span(0, 240), Span(10, 260), 0.9, 90, 92)
    return Match(ArticleId(left), ArticleId(right), (passage,), 100, 100, *containment)


def weighed(left: str, right: str, strength: float = 0.9) -> WeighedMatch:
    return WeighedMatch(match(left, right), strength, ())


def by_id(*articles: ArticleFacts) -> dict[ArticleId, ArticleFacts]:
    return {article.id: article for article in articles}


def test_without_evidence_the_direction_is_unknown_and_the_pair_ordered_by_id() -> None:
    (link,) = measured([weighed("a", "b")], by_id(facts("a"), facts("b")))
    assert (link.downstream, link.upstream, link.direction) == ("a", "b", Direction.UNKNOWN)


def test_the_earlier_date_is_upstream() -> None:
    (link,) = measured([weighed("a", "b")], by_id(facts("a", None, day(1)), facts("b", None, day(5))))
    assert (link.downstream, link.upstream, link.direction) == ("b", "a", Direction.LIKELY)
    assert link.passages[0].left == Span(10, 260)


def test_a_vague_date_never_beats_a_precise_one() -> None:
    vague = day(0, days=30)
    found = bearing(Tie(facts("a", None, vague), facts("b", None, day(5)), match("a", "b")))
    assert found.direction is Direction.UNKNOWN


def test_a_credit_and_a_date_establish_a_direction() -> None:
    articles = by_id(facts("a", "herald", day(5), "agency"), facts("b", "agency", day(1)))
    (link,) = measured([weighed("a", "b")], articles)
    assert (link.downstream, link.direction) == ("a", Direction.ESTABLISHED)
    assert {evidence.kind for evidence in link.evidence} == {"credit", "date"}
    assert link.evidence[0].places[0].article == "a"


def test_two_articles_that_credit_each_other_tell_nothing() -> None:
    found = bearing(Tie(facts("a", "x", None, "y"), facts("b", "y", None, "x"), match("a", "b")))
    assert found.evidence == ()


def test_a_credit_of_what_appeared_only_later_leaves_the_order_open() -> None:
    found = bearing(Tie(facts("a", "herald", day(1), "agency"), facts("b", "agency", day(9)), match("a", "b")))
    assert found.direction is Direction.UNKNOWN


def test_containment_alone_never_gives_a_direction() -> None:
    found = bearing(Tie(facts("a"), facts("b"), match("a", "b", (0.95, 0.2))))
    assert found.direction is Direction.UNKNOWN
    assert [evidence.kind for evidence in found.evidence] == ["containment-gap"]


def saying(kind: AttributionKind, outlet: str, rule: str = "r", **fields: object) -> tuple[Attribution, ...]:
    return (Attribution(kind, "text", rule, span=Span(0, 3), outlet=OutletId(outlet), **fields),)  # type: ignore[arg-type]


PLAIN, OTHER = facts("c", "herald"), facts("d", "gazette")
SPEAKING_FOR_THE_FIRST = {
    "credit": (facts("c", "agency"), facts("d", "gazette", None, "agency")),
    "date": (facts("c", None, day(1)), facts("d", None, day(8))),
    "agency-mark": (
        replace(facts("c", "agency"), attributions=saying(AttributionKind.SELF, "agency", "dateline.parenthesis")),
        OTHER,
    ),
    "wire-mark": (
        replace(PLAIN, attributions=saying(AttributionKind.WIRE, "agency"), upstreams=(OutletId("agency"),)),
        OTHER,
    ),
    "citation": (PLAIN, replace(OTHER, attributions=saying(AttributionKind.CITATION, "herald"))),
    "correction": (PLAIN, replace(facts("d", "herald"), notes=(Note(NoteKind.CORRECTION, Span(0, 4), "r"),))),
    "version-number": (
        replace(PLAIN, notes=(Note(NoteKind.UPDATE, Span(0, 4), "r", 1),)),
        replace(facts("d", "herald"), notes=(Note(NoteKind.UPDATE, Span(0, 4), "r", 2),)),
    ),
    "containment-gap": (PLAIN, OTHER),
}
"""Two articles for every signal of a pair, the upstream one first."""


@pytest.mark.parametrize("name", sorted(DIRECTION_SIGNALS))
def test_every_direction_signal_turns_its_sign_with_the_sides(name: str) -> None:
    one, other = SPEAKING_FOR_THE_FIRST[name]
    forward, detail = DIRECTION_SIGNALS[name](Tie(one, other, match("c", "d", (0.2, 0.9))))
    backward, _ = DIRECTION_SIGNALS[name](Tie(other, one, match("d", "c", (0.9, 0.2))))
    assert forward == -backward > 0.0
    assert detail


@pytest.mark.parametrize("name", sorted(DIRECTION_SIGNALS))
def test_no_direction_signal_tells_equal_articles_apart(name: str) -> None:
    for article in SPEAKING_FOR_THE_FIRST[name]:
        twin = replace(article, id=ArticleId("twin"))
        assert DIRECTION_SIGNALS[name](Tie(article, twin, match("c", "twin")))[0] == 0.0


def test_weak_ties_are_possible_and_weaker_ones_are_left_out() -> None:
    articles = by_id(facts("a"), facts("b"), facts("c"))
    found = measured(
        [weighed("a", "b", DERIVED_STRENGTH - 0.01), weighed("a", "c", MIN_POSSIBLE_STRENGTH - 0.01)], articles
    )
    assert [link.status for link in found] == [DerivationStatus.POSSIBLE]


def test_an_article_lists_its_strongest_candidates_and_every_link_of_the_lineage() -> None:
    names = [f"b{i:02}" for i in range(20)]
    articles = by_id(facts("a"), *(facts(name) for name in names))
    weak = measured([weighed("a", name, 0.3 + i / 100) for i, name in enumerate(names)], articles)
    assert [link.upstream for link in strongest(weak)] == [f"b{i:02}" for i in range(19, 19 - MAX_CANDIDATES, -1)]
    tied = trace(measured([weighed("a", name, 0.99) for name in names], articles), articles)
    assert len(strongest(tied.derivations)) == 20


def test_any_number_of_undated_copies_is_one_family_with_one_origin() -> None:
    names = [f"t{i:03}" for i in range(40)]
    articles = by_id(*(facts(name) for name in names))
    star = trace(measured([weighed(names[0], name, 1.0) for name in names[1:]], articles), articles)
    assert [len(family.articles) for family in star.families] == [40]
    assert (star.origins.at_least, star.origins.at_most) == (1, 1)


def test_an_admitted_repost_is_linked_to_its_outlet_by_name() -> None:
    (link,) = declared([facts("a", "herald", None, "straitstimes")], [])
    assert (link.upstream, link.upstream_outlet, link.share) == (None, "straitstimes", None)
    assert "Source: straitstimes" in link.evidence[0].detail


def test_a_credit_whose_article_is_at_hand_is_not_repeated_by_name() -> None:
    articles = by_id(facts("a", "herald", None, "agency"), facts("b", "agency"))
    links = measured([weighed("a", "b")], articles)
    assert list(declared(articles.values(), links)) == []


def lineage_of(*pairs: tuple[str, str, float], articles: dict[ArticleId, ArticleFacts]):
    return trace(measured([weighed(left, right, strength) for left, right, strength in pairs], articles), articles)


def test_families_are_what_derived_ties_connect() -> None:
    articles = by_id(*(facts(name) for name in "abcde"))
    found = lineage_of(("a", "b", 0.99), ("b", "c", 0.99), ("d", "e", 0.5), articles=articles)
    assert [family.articles for family in found.families] == [("a", "b", "c")]
    assert (found.origins.at_least, found.origins.at_most) == (3, 3)


def test_uncertain_ties_widen_the_count_of_origins() -> None:
    articles = by_id(*(facts(name) for name in "abc"))
    found = lineage_of(("a", "b", ESTABLISHED_TIE - 0.1), articles=articles)
    assert (found.origins.at_least, found.origins.at_most) == (2, 3)
    assert found.families[0].origins.at_most == 2
    assert found.origins.why[:2] == (
        "1 article is tied to no other by derivation: an origin of its own",
        "2 articles in 1 family: 1 to 2 origins",
    )


def test_the_lineage_is_a_forest() -> None:
    articles = by_id(*(facts(name) for name in "abcd"))
    pairs = [(x, y, 0.9) for i, x in enumerate("abcd") for y in "abcd"[i + 1 :]]
    found = lineage_of(*pairs, articles=articles)
    assert sum(link.in_lineage for link in found.derivations) == 3
    assert len(found.derivations) == 6


def test_the_root_is_named_only_when_every_direction_is_known() -> None:
    dated = by_id(facts("a", None, day(1)), facts("b", None, day(4)), facts("c", None, day(9)))
    assert lineage_of(("a", "b", 0.9), ("b", "c", 0.9), articles=dated).families[0].root == "a"
    undated = by_id(facts("a", None, day(1)), facts("b"), facts("c", None, day(9)))
    assert lineage_of(("a", "b", 0.9), ("b", "c", 0.9), articles=undated).families[0].root is None


def test_no_articles_have_no_origins() -> None:
    found = trace([], {})
    assert (found.families, found.origins.at_least, found.origins.at_most) == ((), 0, 0)


def test_a_positive_weight_speaks_for_the_direction_found() -> None:
    articles = by_id(facts("a", None, day(1)), facts("b", None, day(5)))
    for pair in (("a", "b"), ("b", "a")):
        (link,) = measured([weighed(*pair)], articles)
        assert [evidence.weight for evidence in link.evidence] == [DATE_WEIGHT]


def test_a_bare_text_an_agency_signs_is_that_agencys_text() -> None:
    dateline = Attribution(
        AttributionKind.WIRE,
        "CITY (AFP) —",
        "dateline.parenthesis",
        span=Span(0, 9),
        outlet=OutletId("afp"),
        extent=Extent.FULL,
    )
    wire = replace(facts("w"), attributions=(dateline,), upstreams=(OutletId("afp"),))
    repost = facts("r", "herald", None, "afp")
    (link,) = measured([weighed("r", "w")], by_id(wire, repost))
    assert (link.downstream, link.upstream, link.upstream_outlet) == ("r", "w", "afp")
    assert link.direction is Direction.ESTABLISHED
    assert wire.carries == "afp"
    assert replace(wire, outlet=OutletId("gazette")).carries == "gazette"
    assert facts("x", None, None, "afp").carries is None


def test_a_sentence_in_a_stub_asserts_nothing() -> None:
    short = Passage(PassageKind.REWRITTEN, Span(0, 90), Span(10, 120), 0.4, 20, 22)
    pair = WeighedMatch(replace(match("a", "b"), passages=(short,)), 0.94, ())
    (link,) = measured([pair], by_id(facts("a"), facts("b")))
    assert link.status is DerivationStatus.POSSIBLE
    twins = replace(pair, strength=1.0)
    assert measured([twins], by_id(facts("a"), facts("b")))[0].status is DerivationStatus.DERIVED


@pytest.mark.parametrize(
    ("words", "strength", "status"),
    [
        (60, 0.9, DerivationStatus.POSSIBLE),
        (60, 0.96, DerivationStatus.DERIVED),
        (90, 0.9, DerivationStatus.DERIVED),
        (30, 0.96, DerivationStatus.POSSIBLE),
    ],
)
def test_the_less_is_shared_the_stronger_a_tie_must_be(words: int, strength: float, status: DerivationStatus) -> None:
    some = Passage(PassageKind.REWRITTEN, Span(0, 400), Span(10, 420), 0.4, words, words)
    pair = WeighedMatch(replace(match("a", "b"), passages=(some,)), strength, ())
    assert measured([pair], by_id(facts("a"), facts("b")))[0].status is status


def test_a_tie_of_less_strength_is_asserted_when_much_is_shared() -> None:
    much = Passage(PassageKind.REWRITTEN, Span(0, 900), Span(10, 920), 0.4, 160, 155)
    pair = WeighedMatch(replace(match("a", "b"), passages=(much,)), 0.75, ())
    (link,) = measured([pair], by_id(facts("a"), facts("b")))
    assert link.status is DerivationStatus.DERIVED
