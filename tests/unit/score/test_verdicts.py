from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    Basis,
    ContentHash,
    Credit,
    CreditFinding,
    Decision,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Match,
    OutletId,
    Passage,
    PassageKind,
    Span,
    Verdict,
)
from provenance.score import StrengthModel, comparison, load_strength_model, verdicts, weigh, with_share
from provenance.score.share import (
    FULL_SIMILARITY,
    FULL_STRENGTH,
    ORDER_COPIED,
    ORDER_EDITED,
    PARTIAL_SHARE,
    WHOLLY_SHARE,
    composition,
    degree_of,
    derived_share,
    expected_share,
    share_interval,
)


def passage(start: int, words: int, kind: PassageKind = PassageKind.VERBATIM, similarity: float = 1.0) -> Passage:
    place = Span(start * 6, (start + words) * 6)
    return Passage(kind, place, place, similarity, words, words)


def facts(name: str, outlet: str | None = None, *credited: str) -> ArticleFacts:
    return ArticleFacts(
        id=ArticleId(name),
        source=name,
        content_hash=ContentHash(name),
        body_hash=ContentHash(name),
        words=100,
        outlet=OutletId(outlet) if outlet else None,
        attributions=tuple(
            Attribution(AttributionKind.WIRE, credit, "r", span=Span(0, 1), credited=credit, outlet=OutletId(credit))
            for credit in credited
        ),
        upstreams=tuple(OutletId(credit) for credit in credited),
    )


def link(
    down: str,
    up: str | None,
    outlet: str | None = None,
    direction: Direction = Direction.LIKELY,
    status: DerivationStatus = DerivationStatus.DERIVED,
    words: int = 80,
) -> Derivation:
    made = Derivation(
        downstream=ArticleId(down),
        upstream=ArticleId(up) if up else None,
        upstream_outlet=OutletId(outlet) if outlet else None,
        status=status,
        direction=direction,
        strength=0.99,
        passages=(passage(0, words),) if up else (),
        in_lineage=status is DerivationStatus.DERIVED,
    )
    return with_share(made, 100)


def verdict_of(name: str, articles: list[ArticleFacts], *links: Derivation) -> Verdict:
    found = {verdict.article: verdict for verdict in verdicts({a.id: a for a in articles}, links)}
    return found[ArticleId(name)]


def test_words_covered_twice_count_once_and_quotes_do_not_count() -> None:
    passages = [passage(0, 50), passage(0, 50, PassageKind.REWRITTEN, 0.6), passage(60, 10, PassageKind.QUOTE)]
    assert derived_share(passages, 100) == pytest.approx(0.5)
    assert dict(composition(passages, 100)) == pytest.approx({PassageKind.VERBATIM: 0.5, PassageKind.QUOTE: 0.1})


def test_an_empty_body_has_no_share() -> None:
    assert derived_share([], 0) == 0.0
    assert share_interval([], 0, strength=1.0) == (0.0, 0.0)


def test_the_interval_holds_the_share_and_is_wider_for_rewritten_matter() -> None:
    copied = [passage(i * 10, 10) for i in range(5)]
    rewritten = [passage(i * 10, 10, PassageKind.REWRITTEN, 0.3) for i in range(5)]
    for passages in (copied, rewritten):
        low, high = share_interval(passages, 100, strength=0.8)
        assert 0.0 <= low <= derived_share(passages, 100) <= high <= 1.0
    width = [high - low for low, high in (share_interval(p, 100, strength=0.8) for p in (copied, rewritten))]
    assert width[1] > width[0]


@pytest.mark.parametrize(
    ("share", "supported", "degree"),
    [
        (PARTIAL_SHARE - 0.001, True, Degree.NON),
        (PARTIAL_SHARE, True, Degree.PARTIALLY),
        (WHOLLY_SHARE, True, Degree.WHOLLY),
        (1.0, False, Degree.NON),
    ],
)
def test_degrees_begin_at_their_thresholds(share: float, supported: bool, degree: Degree) -> None:
    assert degree_of(share, supported=supported) is degree


def test_copied_words_are_expected_to_be_derived_whatever_the_strength() -> None:
    assert expected_share([passage(0, 40)], 100, strength=0.2) == pytest.approx(0.4)
    assert expected_share([passage(0, 40)], 100, strength=0.2, order=0.4 * ORDER_COPIED) == pytest.approx(0.4)


def test_sentences_that_say_alike_count_in_full_in_a_certain_pair_only() -> None:
    rewritten = [passage(0, 80, PassageKind.REWRITTEN, 0.4)]
    assert expected_share(rewritten, 100, strength=FULL_STRENGTH) == pytest.approx(0.8)
    assert expected_share(rewritten, 100, strength=0.6) == pytest.approx(0.8 * 0.6 * 0.4)


def test_beside_copied_matter_a_sentence_that_hardly_says_alike_counts_little() -> None:
    likeness = FULL_SIMILARITY - 0.05
    beside = [passage(0, 30), passage(40, 60, PassageKind.REWRITTEN, likeness)]
    assert expected_share(beside, 100, strength=1.0) == pytest.approx(0.3 + 0.6 * likeness)


def test_words_left_in_order_tell_of_editing_that_no_passage_shows() -> None:
    assert expected_share([], 100, strength=0.6, order=0.21) == pytest.approx(0.21 / ORDER_EDITED)
    both = expected_share([passage(0, 20)], 100, strength=0.6, order=0.2 * ORDER_COPIED + 0.14)
    assert both == pytest.approx(0.2 + 0.14 / ORDER_EDITED)


def test_the_expected_share_is_a_share() -> None:
    assert expected_share([passage(0, 100)], 100, strength=1.0, order=1.0) == 1.0
    assert expected_share([passage(0, 90, PassageKind.QUOTE)], 100, strength=1.0) == 0.0
    assert expected_share([], 0, strength=1.0, order=1.0) == 0.0


def test_a_comparison_reads_the_degree_off_the_order_of_words_where_no_passage_shows_the_editing() -> None:
    measured = match((), **{"words-in-order": 0.3})
    edited = comparison("d", "u", weigh(measured, StrengthModel(0.0, {})))
    assert edited.verdict.degree is Degree.WHOLLY
    assert edited.verdict.derived_share == 0.0
    assert edited.verdict.interval[1] == pytest.approx(0.3 / ORDER_EDITED, abs=1e-4)
    independent = comparison("d", "u", weigh(measured, StrengthModel(-2.0, {})))
    assert independent.verdict.degree is Degree.NON


def test_an_uncredited_copy_is_called_so() -> None:
    found = verdict_of("b", [facts("a", "agency"), facts("b", "herald")], link("b", "a", "agency"))
    assert (found.credit, found.degree, found.basis, found.upstreams) == (
        Credit.UNCREDITED,
        Degree.WHOLLY,
        Basis.MEASURED,
        ("agency",),
    )


def test_a_copy_of_ones_own_article_calls_for_no_credit() -> None:
    found = verdict_of("b", [facts("a", "herald"), facts("b", "herald")], link("b", "a", "herald"))
    assert found.credit is Credit.NOT_APPLICABLE


def test_a_credit_that_names_the_source_at_hand_is_honest() -> None:
    found = verdict_of("b", [facts("a", "agency"), facts("b", "herald", "agency")], link("b", "a", "agency"))
    assert (found.credit, found.basis) == (Credit.CREDITED, Basis.BOTH)


def test_a_credit_that_names_the_origin_of_a_chain_is_honest() -> None:
    articles = [facts("a", "agency"), facts("b", "herald", "agency"), facts("c", "gazette", "agency")]
    found = verdict_of("c", articles, link("b", "a", "agency"), link("c", "b", "herald"))
    assert found.credit is Credit.CREDITED


def test_an_admitted_repost_without_its_source_is_unmeasured_and_never_non_derived() -> None:
    found = verdict_of("a", [facts("a", "herald", "agency")], link("a", None, "agency"))
    (check,) = found.credits
    assert (check.outlet, check.finding, check.spans) == ("agency", CreditFinding.NOT_AT_HAND, (Span(0, 1),))
    assert replace(found, credits=()) == Verdict(
        article=ArticleId("a"),
        derived_share=None,
        interval=(0.0, 1.0),
        degree=Degree.UNMEASURED,
        basis=Basis.DECLARED,
        credit=Credit.NOT_AT_HAND,
        upstreams=(OutletId("agency"),),
        composition=(),
    )


def test_what_was_measured_elsewhere_is_a_lower_bound_for_an_admitted_repost() -> None:
    articles = [facts("a", "tribune"), facts("b", "herald", "agency")]
    found = verdict_of("b", articles, link("b", "a", "tribune"))
    assert (found.derived_share, found.interval[1], found.degree) == (0.8, 1.0, Degree.UNMEASURED)
    assert 0.0 < found.interval[0] <= 0.8


def test_a_credit_is_contradicted_when_the_named_source_was_compared_and_another_was_copied() -> None:
    articles = [facts("a", "tribune"), facts("b", "herald", "agency"), facts("c", "agency")]
    found = verdict_of(
        "b", articles, link("b", "a", "tribune"), link("b", "c", "agency", status=DerivationStatus.POSSIBLE)
    )
    assert found.credit is Credit.CONTRADICTED
    (check,) = found.credits
    assert (check.finding, check.articles) == (CreditFinding.CONTRADICTED, ("a", "c"))


def test_a_credit_is_not_contradicted_by_a_minor_part_found_elsewhere() -> None:
    articles = [facts("a", "tribune"), facts("b", "herald", "agency"), facts("c", "agency")]
    links = link("b", "a", "tribune", words=30), link("b", "c", "agency", status=DerivationStatus.POSSIBLE)
    assert verdict_of("b", articles, *links).credit is Credit.NOT_AT_HAND


def test_another_text_of_the_credited_outlet_does_not_make_the_credit_false() -> None:
    articles = [facts("a", "tribune"), facts("b", "herald", "agency"), facts("c", "agency")]
    weak = replace(link("b", "c", "agency", status=DerivationStatus.POSSIBLE, words=20), strength=0.06)
    assert verdict_of("b", articles, link("b", "a", "tribune"), weak).credit is Credit.NOT_AT_HAND


def test_a_link_a_reviewer_alone_makes_has_no_share() -> None:
    bare = replace(link("b", "a"), passages=(), strength=0.0, share=None, decision=Decision.CONFIRMED)
    assert with_share(bare, 100).share is None
    found = verdict_of("b", [facts("a"), facts("b")], with_share(bare, 100))
    assert (found.derived_share, found.degree, found.interval) == (None, Degree.UNMEASURED, (0.0, 1.0))


def test_an_article_a_reviewer_found_derived_is_so_in_part() -> None:
    little = replace(link("b", "a", words=5), decision=Decision.CONFIRMED)
    assert verdict_of("b", [facts("a"), facts("b")], little).degree is Degree.PARTIALLY


def test_texts_beside_an_article_do_not_raise_its_share() -> None:
    articles = [facts("a"), facts("b"), facts("c")]
    beside = replace(link("b", "c", direction=Direction.UNKNOWN, words=99), in_lineage=False)
    assert verdict_of("b", articles, link("b", "a", words=70), beside).derived_share == 0.7


def test_a_credit_the_upstream_gives_as_well_is_not_contradicted() -> None:
    articles = [facts("a", "tribune", "agency"), facts("b", "herald", "agency"), facts("c", "agency")]
    links = link("b", "a", "tribune"), link("b", "c", "agency", status=DerivationStatus.POSSIBLE)
    found = verdict_of("b", articles, *links)
    assert found.credit is Credit.NOT_AT_HAND
    assert "credits agency as well" in found.credits[0].detail


def test_a_text_of_the_credited_outlet_that_tells_much_less_is_not_the_source() -> None:
    articles = [facts("a", "tribune"), facts("b", "herald", "agency"), facts("c", "agency")]
    beside = replace(link("b", "c", "agency", Direction.UNKNOWN, words=30), in_lineage=False)
    assert verdict_of("b", articles, link("b", "a", "tribune"), beside).credit is Credit.CONTRADICTED
    as_much = replace(link("b", "c", "agency", Direction.UNKNOWN, words=78), in_lineage=False)
    assert verdict_of("b", articles, link("b", "a", "tribune"), as_much).credit is Credit.NOT_AT_HAND


def test_every_credited_outlet_is_checked_by_itself() -> None:
    articles = [facts("a", "tribune"), facts("b", "herald", "tribune", "agency")]
    found = verdict_of("b", articles, link("b", "a", "tribune"))
    assert [(check.outlet, check.finding) for check in found.credits] == [
        ("agency", CreditFinding.NOT_AT_HAND),
        ("tribune", CreditFinding.SUPPORTED),
    ]
    assert found.credits[1].articles == ("a",)
    assert found.credit is Credit.CREDITED


def test_where_the_order_is_unknown_nobody_is_accused() -> None:
    articles = [facts("a", "herald"), facts("b", "gazette")]
    shared = link("a", "b", "gazette", Direction.UNKNOWN)
    for name in "ab":
        found = verdict_of(name, articles, shared)
        assert (found.derived_share, found.interval[0], found.credit) == (0.8, 0.0, Credit.NOT_APPLICABLE)


def test_possible_ties_decide_nothing() -> None:
    articles = [facts("a"), facts("b")]
    found = verdict_of("a", articles, link("a", "b", status=DerivationStatus.POSSIBLE))
    assert (found.degree, found.derived_share, found.basis) == (Degree.NON, 0.0, Basis.NONE)


def match(passages: tuple[Passage, ...], **signals: float) -> Match:
    return Match(ArticleId("l"), ArticleId("r"), passages, 100, 100, 0.1, 0.1, ("Ondina",), signals)


def test_more_evidence_never_makes_derivation_less_likely() -> None:
    model = load_strength_model()
    assert all(weight > 0 for weight in model.weights.values())
    assert model.strength({}) < 0.1
    assert model.strength(dict.fromkeys(model.weights, 1.0)) > 0.9


def test_rewritten_passages_need_the_support_of_the_whole_pair() -> None:
    model = StrengthModel(-3.0, {"unbroken-order": 6.0})
    passages = (passage(0, 10), passage(20, 10, PassageKind.REWRITTEN, 0.4))
    weak, strong = (weigh(match(passages, **{"unbroken-order": value}), model) for value in (0.2, 0.9))
    assert [p.kind for p in weak.match.passages] == [PassageKind.VERBATIM]
    assert len(strong.match.passages) == 2
    assert weak.strength < 0.5 < strong.strength


def test_identical_bodies_are_certain() -> None:
    assert weigh(match((passage(0, 100),)), load_strength_model()).strength == 1.0


def test_evidence_is_listed_by_weight_and_names_what_is_shared() -> None:
    found = weigh(match((passage(0, 30),), **{"copied-words": 0.2, "common-order": 0.9}), load_strength_model())
    assert [e.kind for e in found.evidence][:2] == ["common-order", "copied-words"]
    assert any("Ondina" in e.detail for e in found.evidence)
    assert [e.weight for e in found.evidence] == sorted((e.weight for e in found.evidence), reverse=True)


def test_shared_quotations_are_named_and_not_counted() -> None:
    found = weigh(match((passage(0, 12, PassageKind.QUOTE),)), load_strength_model())
    assert found.evidence[-1].kind == "shared-quotations"
    assert comparison("d", "u", found).verdict.derived_share == 0.0


def test_a_comparison_echoes_its_names_and_follows_its_passages() -> None:
    found = comparison(
        "./d.txt",
        "u#1",
        weigh(
            match((passage(0, 70),), **{"copied-words": 1.0, "common-order": 1.0, "shared-order": 1.0}),
            load_strength_model(),
        ),
    )
    assert (found.downstream, found.upstream) == ("./d.txt", "u#1")
    assert (found.verdict.derived_share, found.verdict.degree) == (0.7, Degree.WHOLLY)
