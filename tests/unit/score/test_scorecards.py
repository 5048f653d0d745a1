"""Signals of outlets: what each counts, in stories, and what has no bearing on it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from provenance.model import (
    Credit,
    DerivationStatus,
    Direction,
    ErosionKind,
    OutletSignal,
    Precision,
    Rating,
)
from provenance.score.scorecards import OUTLET_SIGNALS, scorecards
from tests.unit.score.newsroom import ECHO, POST, WIRE, article, audit, changed, day, family, link, lost

S = OutletSignal


def card(findings, outlet=ECHO, ratings=()):
    return next(each for each in scorecards(findings, ratings) if each.outlet == outlet.id)


def counts(findings, outlet=ECHO):
    """What bears on an outlet: signal, count, of."""
    return {each.signal: (each.count, each.of) for each in card(findings, outlet).proportions if each.of}


def signal(findings, name, outlet=ECHO):
    return next(each for each in card(findings, outlet).proportions if each.signal is name)


def repost(**fields):
    """A repost at the Echo of a wire report, with what is known of the link."""
    tie = link("echo", "wire", **fields.pop("link", {}))
    tied = tie.status is DerivationStatus.DERIVED
    root = "wire" if tie.direction is not Direction.UNKNOWN else None
    return audit(
        article("wire", WIRE, **fields.pop("wire", {})),
        article("echo", ECHO, **fields.pop("echo", {})),
        links=(tie,),
        families=(family("echo", "wire", root=root),) if tied else (),
        **fields,
    )


def test_every_signal_of_the_model_has_a_function_that_explains_itself():
    assert list(OUTLET_SIGNALS) == list(OutletSignal)
    assert all((function.__doc__ or "").endswith((".", ".\n    ")) for function in OUTLET_SIGNALS.values())


def test_a_card_has_every_signal_in_order_even_those_nothing_bears_on():
    found = card(audit(article("alone", ECHO)))
    assert [each.signal for each in found.proportions] == list(OutletSignal)
    assert [(each.count, each.of, each.interval, each.enough) for each in found.proportions if not each.of] == [
        (0, 0, (0.0, 1.0), False)
    ] * 7


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        (Credit.CREDITED, S.CREDITED),
        (Credit.UNCREDITED, S.UNCREDITED),
        (Credit.NOT_AT_HAND, S.CREDITED_NOT_AT_HAND),
        (Credit.CONTRADICTED, S.CONTRADICTED),
    ],
)
def test_a_derivative_story_counts_under_its_credit_and_against_the_other_three(credit, name):
    found = counts(repost(credit={"echo": credit}))
    classes = (S.CREDITED, S.UNCREDITED, S.CREDITED_NOT_AT_HAND, S.CONTRADICTED)
    assert {each: found[each] for each in classes} == {each: (int(each is name), 1) for each in classes}


def test_an_article_no_credit_is_called_for_has_no_bearing_on_the_classes():
    assert S.CREDITED not in counts(repost())


def test_several_articles_in_one_family_are_one_story_of_the_gravest_credit():
    findings = audit(
        article("wire", WIRE),
        article("echo-1", ECHO),
        article("echo-2", ECHO),
        links=(link("echo-1", "wire"), link("echo-2", "wire")),
        families=(family("echo-1", "echo-2", "wire"),),
        credit={"echo-1": Credit.CREDITED, "echo-2": Credit.UNCREDITED},
    )
    found = card(findings)
    assert (found.articles, found.stories) == (2, 1)
    assert signal(findings, S.UNCREDITED).articles == ("echo-2",)
    assert signal(findings, S.CREDITED).count == 0
    assert signal(findings, S.CREDITED).others == ("echo-2",)


def test_the_root_of_a_family_originated_the_story_and_what_derives_from_it_did_not():
    findings = repost()
    assert counts(findings, WIRE)[S.ORIGINATED] == (1, 1)
    assert counts(findings)[S.ORIGINATED] == (0, 1)


def test_a_lone_article_is_an_origin_unless_it_admits_a_source():
    assert counts(audit(article("a", ECHO)))[S.ORIGINATED] == (1, 1)
    assert counts(audit(article("a", ECHO, by=WIRE)))[S.ORIGINATED] == (0, 1)


def test_an_article_that_may_be_either_side_of_a_tie_has_no_bearing_on_origin():
    findings = repost(link={"direction": Direction.UNKNOWN})
    assert counts(findings) == counts(findings, WIRE) == {}


def test_a_tie_that_is_only_possible_leaves_an_article_an_origin():
    assert counts(repost(link={"status": DerivationStatus.POSSIBLE, "in_lineage": False}))[S.ORIGINATED] == (1, 1)


def test_an_inferred_common_source_leaves_open_who_had_it_first():
    findings = audit(
        article("echo", ECHO),
        article("post", POST),
        families=(family("echo", "post", inferred=("echo", "post")),),
    )
    assert counts(findings) == {}


def test_one_origin_among_its_articles_is_enough_to_have_originated_a_story():
    findings = audit(
        article("echo", ECHO),
        article("echo-again", ECHO),
        article("post", POST),
        links=(link("post", "echo"), link("echo-again", "post")),
        families=(family("echo", "echo-again", "post", root="echo"),),
    )
    assert signal(findings, S.ORIGINATED).count == 1
    assert signal(findings, S.ORIGINATED).articles == ("echo",)


def test_a_version_of_its_own_article_is_no_upstream():
    findings = audit(
        article("echo-1", ECHO),
        article("echo-2", ECHO),
        links=(link("echo-2", "echo-1", is_version=True),),
        families=(family("echo-1", "echo-2"),),
        drift=(changed("echo-2", "echo-1"),),
    )
    assert counts(findings) == {S.ORIGINATED: (1, 1)}


def test_the_root_of_a_family_is_its_origin_even_if_one_of_its_ties_has_no_direction():
    findings = audit(
        article("wire", WIRE),
        article("echo", ECHO),
        article("post", POST),
        links=(link("echo", "wire"), link("post", "echo"), link("post", "wire", Direction.UNKNOWN, in_lineage=False)),
        families=(family("echo", "post", "wire", root="wire"),),
    )
    assert counts(findings, WIRE)[S.ORIGINATED] == (1, 1)
    assert counts(findings, POST)[S.ORIGINATED] == (0, 1)


@pytest.mark.parametrize("direction", [Direction.LIKELY, Direction.UNKNOWN])
def test_an_outlet_does_not_originate_what_its_own_later_article_repeats(direction):
    findings = audit(
        article("wire", WIRE),
        article("echo-1", ECHO),
        article("echo-2", ECHO),
        links=(link("echo-1", "wire"), link("echo-2", "echo-1", direction)),
        families=(family("echo-1", "echo-2", "wire"),),
    )
    assert signal(findings, S.ORIGINATED).count == 0


def test_a_changed_fact_costs_fidelity_and_a_link_without_one_keeps_it():
    assert counts(repost())[S.FIDELITY] == (1, 1)
    assert counts(repost(drift=(changed("echo", "wire"),)))[S.FIDELITY] == (0, 1)
    assert counts(repost(drift=(changed("wire", "echo"),)))[S.FIDELITY] == (1, 1)


def test_a_link_without_a_passage_has_nothing_that_could_have_changed():
    assert S.FIDELITY not in counts(repost(link={"passages": ()}))


def test_links_beside_the_lineage_have_no_bearing_on_fidelity():
    assert S.FIDELITY not in counts(repost(link={"in_lineage": False}))


def test_an_attribution_is_kept_lost_or_was_never_there():
    credits_post = {"wire": {"by": POST}}
    assert counts(repost(**credits_post, echo={"by": POST}))[S.ATTRIBUTION_KEPT] == (1, 1)
    assert counts(repost(**credits_post, erosion=(lost("echo", "wire"),)))[S.ATTRIBUTION_KEPT] == (0, 1)
    assert S.ATTRIBUTION_KEPT not in counts(repost())


def test_an_attribution_nobody_looked_for_is_neither_kept_nor_lost():
    assert S.ATTRIBUTION_KEPT not in counts(repost(wire={"by": POST}))


def test_only_a_lost_credit_is_a_lost_attribution():
    findings = repost(
        wire={"by": POST}, echo={"by": POST}, erosion=(lost("echo", "wire", ErosionKind.NAME), lost("wire", "echo"))
    )
    assert counts(findings)[S.ATTRIBUTION_KEPT] == (1, 1)


def test_a_credit_of_the_outlet_itself_is_none_it_has_to_keep():
    assert S.ATTRIBUTION_KEPT not in counts(repost(wire={"by": ECHO}, echo={"by": ECHO}))


def test_an_upstream_is_traceable_at_hand_or_by_name_and_not_as_news_agencies():
    assert counts(repost())[S.TRACEABLE] == (1, 1)
    assert counts(audit(article("a", ECHO, by=WIRE)))[S.TRACEABLE] == (1, 1)
    assert counts(audit(article("a", ECHO, by="news agencies")))[S.TRACEABLE] == (0, 1)
    assert S.TRACEABLE not in counts(audit(article("a", ECHO)))


def test_an_upstream_known_by_its_name_from_a_link_alone_is_traceable():
    findings = audit(article("a", ECHO, by="a partner"), links=(link("a", None, outlet=WIRE.id),))
    assert counts(findings)[S.TRACEABLE] == (1, 1)


def test_articles_without_an_outlet_are_on_no_card():
    assert scorecards(audit(article("a", None), article("b", ECHO)))[0].outlet == ECHO.id
    assert len(scorecards(audit(article("a", None), article("b", ECHO)))) == 1


def test_cards_come_by_the_name_of_the_outlet_and_in_any_order_of_articles():
    articles = [article("a", POST), article("b", ECHO), article("c", WIRE)]
    found = [each.outlet for each in scorecards(audit(*articles))]
    assert found == [ECHO.id, WIRE.id, POST.id]
    assert scorecards(audit(*reversed(articles))) == scorecards(audit(*articles))


def many(stories, *, uncredited):
    """An outlet with so many reposts, the first of them without credit."""
    names = [f"{number:03}" for number in range(stories)]
    return audit(
        *(article(f"wire-{name}", WIRE) for name in names),
        *(article(f"echo-{name}", ECHO) for name in names),
        links=tuple(link(f"echo-{name}", f"wire-{name}") for name in names),
        families=tuple(family(f"echo-{name}", f"wire-{name}") for name in names),
        credit={
            f"echo-{name}": Credit.UNCREDITED if number < uncredited else Credit.CREDITED
            for number, name in enumerate(names)
        },
    )


@pytest.mark.parametrize(
    ("stories", "uncredited", "enough"),
    [(4, 0, False), (5, 0, True), (5, 2, False), (12, 6, False), (13, 6, True)],
)
def test_a_share_is_told_from_five_stories_and_half_a_width_on(stories, uncredited, enough):
    found = signal(many(stories, uncredited=uncredited), S.UNCREDITED)
    assert (found.count, found.of, found.enough) == (uncredited, stories, enough)
    low, high = found.interval
    assert enough == (stories >= 5 and high - low <= 0.5)


def test_a_figure_leads_to_every_article_behind_it():
    found = signal(many(8, uncredited=3), S.UNCREDITED)
    assert found.articles == ("echo-000", "echo-001", "echo-002")
    assert found.others == tuple(f"echo-{number:03}" for number in range(3, 8))


def test_the_lag_is_the_time_between_the_middles_of_two_dates():
    found = card(repost(wire={"published": day(4, 8)}, echo={"published": day(4, 11)})).lag
    assert (found.stories, found.median, found.shortest, found.longest) == (1, 3.0, 3.0, 3.0)
    assert found.off_by == pytest.approx(1 / 60)
    assert found.articles == ("echo",)
    assert not found.enough


def test_dates_that_name_the_day_alone_tell_the_lag_to_the_day():
    found = card(repost(wire={"published": day(4)}, echo={"published": day(6)})).lag
    assert (found.median, found.off_by) == (48.0, 24.0)


def without_zone(date):
    return replace(date, earliest=date.earliest - timedelta(hours=14), latest=date.latest + timedelta(hours=12))


def test_dates_too_vague_to_tell_are_left_out():
    month = replace(day(4, 8), precision=Precision.MONTH)
    for vague in (without_zone(day(4)), month, None):
        assert card(repost(wire={"published": vague}, echo={"published": without_zone(day(6))})).lag is None


def test_a_bare_date_beside_a_time_and_two_times_without_zones_tell_about_a_day():
    beside = card(repost(wire={"published": without_zone(day(4))}, echo={"published": day(6, 8)})).lag
    assert beside.off_by == pytest.approx(25, abs=0.1)
    assert beside.median == pytest.approx(45, abs=0.1)
    both = card(repost(wire={"published": without_zone(day(4, 8))}, echo={"published": without_zone(day(4, 11))})).lag
    assert (both.median, both.off_by) == (3.0, pytest.approx(26, abs=0.1))


def test_an_outlet_dated_before_its_upstream_has_a_negative_lag():
    found = card(repost(wire={"published": day(4, 8)}, echo={"published": day(4, 6)})).lag
    assert found.shortest == -2.0


def test_of_several_links_in_one_story_the_shortest_lag_counts():
    findings = audit(
        article("wire-1", WIRE, published=day(4, 2)),
        article("wire-2", WIRE, published=day(4, 7)),
        article("echo", ECHO, published=day(4, 8)),
        links=(link("echo", "wire-1"), link("echo", "wire-2")),
        families=(family("echo", "wire-1", "wire-2"),),
    )
    assert card(findings).lag.median == 1.0


def test_the_median_of_an_even_number_of_lags_lies_between_the_middle_two():
    names = range(1, 7)
    findings = audit(
        *(article(f"wire-{n}", WIRE, published=day(4, 0)) for n in names),
        *(article(f"echo-{n}", ECHO, published=day(4, n)) for n in names),
        links=tuple(link(f"echo-{n}", f"wire-{n}") for n in names),
        families=tuple(family(f"echo-{n}", f"wire-{n}") for n in names),
    )
    found = card(findings).lag
    assert (found.stories, found.median, found.shortest, found.longest, found.enough) == (6, 3.5, 1.0, 6.0, True)


def test_imported_ratings_stand_beside_the_signals_and_change_none():
    low = Rating("harbourecho.example", "0.2", "Some list", "2030", scale_min=0.0, scale_max=1.0)
    high = Rating("harbourecho.example", "High", "Another list", "2029", imputed=True)
    elsewhere = Rating("alderpost.example", "0.9", "Some list", "2030")
    findings = repost()
    with_ratings, without = card(findings, ratings=(low, high, elsewhere)), card(findings)
    assert with_ratings.ratings == (high, low)
    assert replace(with_ratings, ratings=()) == without


def test_a_link_of_an_outlet_to_itself_is_no_derivation():
    findings = audit(
        article("echo-1", ECHO),
        article("echo-2", ECHO),
        links=(link("echo-2", "echo-1", direction=Direction.UNKNOWN),),
        families=(family("echo-1", "echo-2"),),
    )
    assert counts(findings) == {S.ORIGINATED: (1, 1)}
