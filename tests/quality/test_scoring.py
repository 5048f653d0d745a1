"""The gate's scorer, on cases small enough to count by hand."""

import pytest
from evaluation.measures import load_bars, precision_recall_f1
from evaluation.scoring import OutletNames, attribution_scores, line_scores
from evaluation.stories import Expectation, story_scores
from evaluation.tasks import TASKS

NAMES = OutletNames({"agency": {"name": "The Agency", "domains": ["agency.example"], "aliases": ["TA"]}})


def snippet(name, *, upstreams=(), spans=()):
    return {
        "id": name,
        "format": "text",
        "provenance": bool(upstreams),
        "upstreams": list(upstreams),
        "spans": list(spans),
    }


def credit(start, end, **names):
    return {"kind": "wire", "where": "text", "start": start, "end": end, **names}


def said(name, *attributions):
    return {"id": name, "attributions": list(attributions)}


def test_precision_recall_and_f1_of_a_known_table():
    assert precision_recall_f1(6, 2, 6) == pytest.approx((0.75, 0.5, 0.6))


def test_nothing_said_and_nothing_asked_scores_zero():
    assert precision_recall_f1(0, 0, 0) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "names", [{"outlet": "agency"}, {"domain": "news.agency.example"}, {"credited": "ta"}, {"credited": "THE AGENCY"}]
)
def test_an_outlet_is_known_by_id_host_name_and_alias(names):
    assert NAMES.credited(names) == "agency"


def test_an_outlet_the_gold_does_not_know_is_called_as_the_program_calls_it():
    assert NAMES.credited({"outlet": None, "domain": "Else.example", "credited": "Else"}) == "else.example"


def test_a_credit_to_the_right_outlet_at_the_right_place_is_right():
    gold = [snippet("a", upstreams=["agency"], spans=[{"kind": "wire", "start": 0, "end": 10}])]
    scores = attribution_scores(gold, [said("a", credit(1, 10, outlet="agency"))], NAMES)
    assert (scores["upstream F1"], scores["span F1"]) == (1.0, 1.0)


def test_a_credit_at_another_place_names_the_outlet_but_misses_the_span():
    gold = [snippet("a", upstreams=["agency"], spans=[{"kind": "wire", "start": 0, "end": 10}])]
    scores = attribution_scores(gold, [said("a", credit(8, 30, outlet="agency"))], NAMES)
    assert (scores["upstream F1"], scores["span F1"]) == (1.0, 0.0)


def test_one_of_two_innocent_snippets_accused_is_a_rate_of_one_half():
    gold = [snippet("a"), snippet("b")]
    scores = attribution_scores(gold, [said("a", credit(0, 5, outlet="agency")), said("b")], NAMES)
    assert scores["false-positive rate"] == 0.5


def test_a_citation_accuses_nobody():
    cited = {**credit(0, 5, outlet="agency"), "kind": "citation"}
    assert attribution_scores([snippet("a")], [said("a", cited)], NAMES)["false-positive rate"] == 0.0


def test_a_snippet_the_program_left_out_counts_as_missed():
    gold = [snippet("a", upstreams=["agency"]), snippet("b", upstreams=["agency"])]
    scores = attribution_scores(gold, [said("a", credit(0, 5, outlet="agency"))], NAMES)
    assert scores["upstream F1"] == pytest.approx(2 / 3)


PAGE = {
    "id": "p",
    "text": "Home\nIt rained.\n\nBy TA",
    "lines": [
        {"start": 0, "end": 4, "label": "other"},
        {"start": 5, "end": 15, "label": "body"},
        {"start": 16, "end": 16, "label": "blank"},
        {"start": 17, "end": 22, "label": "attribution"},
    ],
}


def blocks(*roles):
    spans = [(0, 5), (5, 16), (16, 17), (17, 22)]
    return [{"id": "p", "blocks": [{"start": s, "end": e, "role": r} for (s, e), r in zip(spans, roles, strict=True)]}]


def test_roles_the_gold_does_not_tell_apart_are_all_right():
    for role in ("other", "navigation", "advert", "caption"):
        scores = line_scores([PAGE], blocks(role, "body", "blank", "attribution"))
        assert scores == {"body F1": 1.0, "role macro-F1": 1.0, "attribution lines typed": 1.0}


def test_furniture_taken_for_body_costs_precision():
    scores = line_scores([PAGE], blocks("body", "body", "blank", "attribution"))
    assert scores["body F1"] == pytest.approx(2 / 3)
    assert scores["role macro-F1"] == pytest.approx((0.0 + 2 / 3 + 1.0) / 3)


def test_a_page_without_blocks_is_read_as_all_body():
    scores = line_scores([PAGE], [])
    assert scores["body F1"] == pytest.approx(0.5)
    assert scores["attribution lines typed"] == 0.0


WIRE = Expectation("flood", "wire.txt", {"degree": ["non-derived"], "credit": ["not-applicable"]})
COPY = Expectation(
    "flood",
    "copy.txt",
    {
        "derived_from": "wire.txt",
        "degree": ["wholly-derived"],
        "credit": ["uncredited"],
        "drift": [{"kind": "number", "upstream": "38", "downstream": "83"}],
    },
)
OWN = Expectation("flood", "own.txt", {"degree": ["non-derived"], "credit": ["not-applicable"], "not_linked_to": ["*"]})


def article(number, name, degree, credit_status):
    return {"id": number, "source": f"x/flood/{name}", "verdict": {"degree": degree, "credit": credit_status}}


def audit(*links, drift=()):
    return {
        "articles": [
            article("1", "wire.txt", "non-derived", "not-applicable"),
            article("2", "copy.txt", "wholly-derived", "uncredited"),
            article("3", "own.txt", "partially-derived", "not-applicable"),
        ],
        "derivations": [{"downstream": a, "upstream": b, "status": "derived"} for a, b in links],
        "families": [],
        "drift": list(drift),
    }


TEXTS = [{"id": "1", "text": "It was 38."}, {"id": "2", "text": "It was 83."}, {"id": "3", "text": "Rain."}]


def test_a_story_is_counted_link_by_link_and_verdict_by_verdict():
    scores = story_scores([WIRE, COPY, OWN], audit(("2", "1"), ("3", "1")), TEXTS)
    assert scores["derivations found"] == 1.0
    assert scores["strangers linked"] == 0.5
    assert scores["degrees right"] == pytest.approx(2 / 3)
    assert scores["credit right"] == 1.0
    assert scores["changed facts found"] == 0.0


def place(article_id, start):
    return {"article": article_id, "start": start, "end": start + 2}


@pytest.mark.parametrize(
    ("downstream", "upstream", "found"),
    [
        (place("2", 7), place("1", 7), 1.0),
        (place("1", 7), place("2", 7), 1.0),  # direction unknown: the sides may be the other way about
        (place("2", 0), place("1", 7), 0.0),
        (place("2", 7), place("1", 0), 0.0),
        (place("3", 0), place("1", 7), 0.0),
    ],
)
def test_a_changed_fact_counts_when_both_its_wordings_are_touched(downstream, upstream, found):
    drift = {"kind": "number", "downstream": downstream, "upstream": upstream}
    assert story_scores([WIRE, COPY, OWN], audit(drift=[drift]), TEXTS)["changed facts found"] == found


def test_every_bar_belongs_to_a_task_and_a_corpus_that_are_measured():
    measured = {(task, corpus) for task, (_, corpora) in TASKS.items() for corpus in corpora}
    assert {(task, corpus) for task, corpus, _ in load_bars()} <= measured
