import dataclasses
import random

import pytest

from provenance.model import (
    Decision,
    DerivationStatus,
    Direction,
    Drift,
    DriftKind,
    DriftPlace,
    Erosion,
    ErosionKind,
    Evidence,
    EvidencePlace,
    InferredContent,
    Span,
)
from provenance.report import path_contract, tables
from provenance.report.encode import json_document, json_line
from provenance.report.path import EndKind, HopBasis, Tie, path_back
from provenance.report.path_words import summary
from tests.unit.report import factories as made
from tests.unit.report.paths import lineage, link, review, source, undirected


def told(path):
    """The hops as pairs and the ends as kinds with their article."""
    return (
        [(hop.depth, hop.downstream, hop.upstream or hop.outlet or hop.inferred.id) for hop in path.hops],
        [(end.kind, end.article) for end in path.ends],
    )


def test_a_chain_is_followed_to_the_text_nothing_stands_upstream_of():
    path = path_back(lineage(link("a", "b"), link("b", "c"), link("x", "a")), "a")
    assert told(path) == ([(1, "a", "b"), (2, "b", "c")], [(EndKind.ORIGIN, "c")])
    assert path.articles == ("a", "b", "c")


def test_an_article_nothing_stands_upstream_of_is_its_own_origin():
    index = lineage(link("a", "b"))
    assert told(path_back(index, "b")) == ([], [(EndKind.ORIGIN, "b")])
    assert summary(index, path_back(index, "b")) == "No hop back: nothing given here stands upstream of “Story b”"


def test_a_round_up_has_a_branch_for_each_of_its_sources_the_best_evidenced_first():
    index = lineage(link("a", "b", strength=0.8), link("a", "c", strength=0.9), link("c", "d"))
    path = path_back(index, "a")
    assert told(path) == (
        [(1, "a", "c"), (2, "c", "d"), (1, "a", "b")],
        [(EndKind.ORIGIN, "d"), (EndKind.ORIGIN, "b")],
    )
    assert [hop.number for hop in path.hops] == [1, 2, 3]
    assert summary(index, path) == (
        "1 to 2 hops back to “Story d” (nothing given here stands upstream of it) and “Story b” "
        "(nothing given here stands upstream of it); the text passed through “Story c”"
    )


def test_a_text_reached_twice_is_followed_once_where_it_is_nearest():
    index = lineage(link("a", "b", strength=0.99), link("b", "c"), link("a", "c", strength=0.5), link("c", "d"))
    hops = path_back(index, "a").hops
    assert [(hop.downstream, hop.upstream, hop.depth, hop.goes_on) for hop in hops] == [
        ("a", "b", 1, True),
        ("b", "c", 2, False),
        ("a", "c", 1, True),
        ("c", "d", 2, True),
    ]


def test_a_circle_that_should_not_be_is_gone_round_once():
    path = path_back(lineage(link("a", "b"), link("b", "c"), link("c", "a")), "a")
    assert told(path) == ([(1, "a", "b"), (2, "b", "c"), (3, "c", "a")], [])
    assert summary(lineage(link("a", "b"), link("b", "a")), path_back(lineage(link("a", "b"), link("b", "a")), "a"))


def test_a_chain_of_thousands_is_followed_to_its_end():
    count = 5_000
    index = lineage(*(link(f"n{number:05}", f"n{number + 1:05}") for number in range(count)))
    path = path_back(index, "n00000")
    assert (len(path.hops), path.hops[-1].depth, path.ends[0].article) == (count, count, f"n{count:05}")
    assert len(json_document(path_contract.trace(index, path))) > count


def test_thousands_of_sources_of_one_article_are_all_told():
    index = lineage(*(link("a", f"n{number:05}") for number in range(3_000)))
    path = path_back(index, "a")
    assert len(path.hops) == len(path.ends) == 3_000
    assert "2,995 more ends" in summary(index, path)


def test_links_outside_the_lineage_undirected_or_only_possible_are_no_hops():
    possible = link("a", "d", status=DerivationStatus.POSSIBLE, in_lineage=False, strength=0.3)
    weak = link("a", "e", status=DerivationStatus.POSSIBLE, in_lineage=False, strength=0.19)
    spare = link("a", "c", in_lineage=False)
    path = path_back(lineage(link("a", "b"), spare, possible, weak), "a")
    assert told(path)[0] == [(1, "a", "b")]
    assert path.ties == (Tie(spare), Tie(possible))


def test_what_a_reviewer_rejected_is_told_however_weak_it_is():
    rejected = link(
        "a", "b", status=DerivationStatus.POSSIBLE, in_lineage=False, strength=0.01, decision=Decision.REJECTED
    )
    decision = review("b", "a", Decision.REJECTED)
    assert path_back(lineage(rejected), "a", [decision]).ties == (Tie(rejected, decision),)


def test_an_outlet_known_by_name_only_ends_a_branch():
    index = lineage(link("a", "b"), link("b", None, "northwire"), facts={"b": {"upstreams": (made.NORTHWIRE.id,)}})
    path = path_back(index, "a")
    assert told(path) == ([(1, "a", "b"), (2, "b", "northwire")], [(EndKind.NOT_AT_HAND, "b")])
    assert path.hops[1].basis is HopBasis.NAME_ONLY
    assert summary(index, path) == (
        "2 hops back to North Wire (credited, not at hand); the text passed through “Story b”"
    )


def test_an_inferred_source_ends_a_branch_and_is_one_with_the_outlet_that_is_credited_for_it():
    credited = lineage(link("a", None, "northwire"), sources=[source(1, "northwire", "a", "b")])
    (hop,) = path_back(credited, "a").hops
    assert (hop.basis, hop.outlet, hop.inferred.id) == (HopBasis.NAME_ONLY, "northwire", "inferred:1")
    other = lineage(link("a", None, "meridian"), sources=[source(1, "northwire", "a", "b")])
    assert [hop.basis for hop in path_back(other, "a").hops] == [HopBasis.NAME_ONLY, HopBasis.INFERRED]
    unnamed = lineage(sources=[source(1, None, "a", "b"), source(2, None, "b", "c")])
    path = path_back(unnamed, "b")
    assert told(path) == (
        [(1, "b", "inferred:1"), (1, "b", "inferred:2")],
        [(EndKind.INFERRED, "b"), (EndKind.INFERRED, "b")],
    )
    assert summary(unnamed, path) == "1 hop back to a common source (inferred, not at hand)"


def test_a_tie_of_unknown_order_ends_a_branch_on_whichever_side_it_is_listed():
    index = lineage(undirected("a", "b"), link("x", "b"), undirected("b", "c"))
    for article in ("a", "b", "c"):
        (end,) = path_back(index, article).ends
        assert end.kind is EndKind.UNKNOWN
        assert end.shares_with == (("a", "c") if article == "b" else ("b",))
    assert summary(index, path_back(index, "x")) == (
        "1 hop back to “Story b” (shares text with “Story a” and “Story c”; which came first is unknown)"
    )
    assert summary(index, path_back(index, "a")) == (
        "No hop back is known: “Story a” shares text with “Story b”; which came first is unknown"
    )


def test_what_shares_with_the_start_itself_is_no_hop_back():
    facts = {"a": {"upstreams": (made.NORTHWIRE.id,)}}
    index = lineage(undirected("a", "b"), link("a", None, "northwire"), facts=facts)
    assert summary(index, path_back(index, "a")) == (
        "1 hop back to North Wire (credited, not at hand). It also shares text with “Story b”; which came first is unknown"
    )


def test_those_that_drew_on_one_inferred_source_are_no_riddle_of_order():
    index = lineage(undirected("a", "b"), undirected("a", "c"), sources=[source(1, None, "a", "b")])
    assert [(end.kind, end.shares_with) for end in path_back(index, "a").ends] == [
        (EndKind.INFERRED, ()),
        (EndKind.UNKNOWN, ("c",)),
    ]


def test_an_undirected_tie_outside_the_lineage_counts_only_where_nothing_else_leads_on():
    spare = undirected("a", "b", in_lineage=False)
    assert told(path_back(lineage(spare), "a"))[1] == [(EndKind.UNKNOWN, "a")]
    assert told(path_back(lineage(spare, link("a", "c")), "a"))[1] == [(EndKind.ORIGIN, "c")]


def test_a_hop_says_what_it_rests_on():
    facts = {"a": {"upstreams": (made.NORTHWIRE.id,)}, "b": {"outlet": made.NORTHWIRE.id}}
    path = path_back(lineage(link("a", "b"), link("b", "c"), facts=facts), "a")
    assert [hop.basis for hop in path.hops] == [HopBasis.BOTH, HopBasis.MEASURED]
    alone = path_back(lineage(link("a", "b", share=None, strength=0.0, decision=Decision.CONFIRMED)), "a")
    assert [hop.basis for hop in alone.hops] == [HopBasis.REVIEW]


def change(downstream, upstream):
    places = (DriftPlace(downstream, Span(0, 2)), DriftPlace(upstream, Span(0, 2)))
    return Drift(DriftKind.NUMBER, *places, "14", "=20")


def test_a_hop_has_what_changed_what_was_lost_and_what_was_decided_about_its_own_two_texts():
    lost = Erosion(ErosionKind.HEDGE, "a", "b", "reportedly")
    index = lineage(link("a", "b"), link("b", "c"), drift=(change("a", "b"), change("a", "c")), erosion=(lost,))
    decisions = [review("c", "b", Decision.REJECTED), review("a", None, upstream_outlet="b"), review("a", "c")]
    first, second = path_back(index, "a", decisions).hops
    assert (list(first.drift), list(first.erosion), first.review) == ([change("a", "b")], [lost], None)
    assert (list(second.drift), list(second.erosion), second.review) == ([], [], decisions[0])


def test_a_decision_about_an_outlet_is_told_at_its_hop():
    decision = review("a", None, upstream_outlet="northwire")
    (hop,) = path_back(lineage(link("a", None, "northwire")), "a", [decision]).hops
    assert hop.review == decision


def test_an_article_that_is_not_there_is_a_programming_error():
    with pytest.raises(KeyError):
        path_back(lineage(link("a", "b")), "z")


def test_any_lineage_is_followed_to_an_end_from_everywhere():
    chance = random.Random(7)
    for _ in range(200):
        names = [f"n{number}" for number in range(chance.randrange(2, 9))]
        pairs = {tuple(sorted(chance.sample(names, 2))) for _ in range(12)}
        ways = [Direction.LIKELY, Direction.ESTABLISHED, Direction.UNKNOWN]
        links = [link(*pair, direction=chance.choice(ways), in_lineage=chance.random() < 0.8) for pair in sorted(pairs)]
        index = lineage(*links, alone=names)
        for article in names:
            path = path_back(index, article)
            assert path.ends
            assert [hop.number for hop in path.hops] == list(range(1, len(path.hops) + 1))
            followed = [hop.upstream for hop in path.hops if hop.goes_on]
            assert len(followed) == len(set(followed))
            assert set(followed) == set(path.articles) - {article}
            assert summary(index, path)


# The path as JSON and rows


def everything():
    """A path with every kind of hop and end."""
    place = EvidencePlace("b", Span(3, 9))
    inferred = source(1, None, "c", "d", content=(InferredContent((place,)),), why=("because",))
    links = (
        link("a", "b", decision=Decision.CONFIRMED, evidence=(Evidence("credit", "says so", (place,)),)),
        link("b", None, "northwire"),
        link("a", "c", is_version=True),
        undirected("c", "e"),
        link("a", "f", in_lineage=False),
    )
    lost = Erosion(ErosionKind.NAME, "a", "b", "Ida Crane", Span(4, 9), "an official", Span(1, 9))
    facts = {"b": {"published": made.on(4), "outlet": made.GAZETTE.id, "title": "=SUM(A1)"}}
    verdict = made.verdict("a", None, credits=(made.NOWHERE,))
    return lineage(
        *links,
        sources=[inferred],
        versions=[("c", "a")],
        erosion=(lost,),
        drift=(change("a", "b"),),
        facts=facts,
        verdicts=(verdict,),
    )


def test_the_document_of_a_path_names_its_article_every_hop_and_every_end():
    index = everything()
    found = path_contract.trace(index, path_back(index, "a", [review("a", "b")]))
    assert list(found) == ["schema", "article", "hops", "origins", "inferred_sources", "versions", "ties"]
    assert found["schema"] == "provenance.trace/1"
    assert found["article"]["verdict"]["credits"][0]["finding"] == "not-at-hand"
    shape = [(hop["hop"], hop["depth"], hop["downstream"], hop["upstream"], hop["basis"]) for hop in found["hops"]]
    assert shape == [
        (1, 1, "a", "b", "measured"),
        (2, 2, "b", None, "credited"),
        (3, 1, "a", "c", "measured"),
        (4, 2, "c", None, "inferred"),
    ]
    assert found["origins"] == [
        {"kind": "not-at-hand", "article": "b", "depth": 1, "outlet": "northwire", "inferred_source": None, "shares_with": []},
        {"kind": "inferred-source", "article": "c", "depth": 1, "outlet": None, "inferred_source": "inferred:1", "shares_with": []},
        {"kind": "order-unknown", "article": "c", "depth": 1, "outlet": None, "inferred_source": None, "shares_with": ["e"]},
    ]  # fmt: skip
    assert [each["id"] for each in found["inferred_sources"]] == ["inferred:1"]
    assert found["versions"] == [["c", "a"]]
    assert [(each["upstream"], each["in_lineage"]) for each in found["ties"]] == [("f", False)]


def test_a_hop_of_the_document_has_the_finding_the_article_and_the_decision_in_full():
    index = everything()
    first, by_name, version, inferred = path_contract.trace(index, path_back(index, "a", [review("a", "b")]))["hops"]
    assert (first["title"], first["published"], first["outlet"]["name"]) == (
        "=SUM(A1)",
        made.on(4).written,
        "Harbour Gazette",
    )
    assert first["published_range"]["basis"] == "markup"
    assert (first["review"], first["decision"]["reviewer"]) == ("confirmed", "A. Editor")
    assert first["decision"]["in_force"] is True
    assert first["drift"][0]["to"] == "=20"
    assert first["erosion"][0]["from"] == "Ida Crane"
    assert first["evidence"][0]["spans"] == [{"article": "b", "start": 3, "end": 9}]
    assert (by_name["upstream_outlet"], by_name["title"], by_name["share"]) == ("northwire", None, None)
    assert version["version"] is True
    assert (inferred["inferred_source"], inferred["strength"], inferred["evidence"]) == ("inferred:1", None, [])
    assert list(first) == list(by_name) == list(inferred)


def test_the_lines_of_a_path_are_its_hops_and_then_its_ends():
    index = everything()
    records = list(path_contract.trace_records(index, path_back(index, "a")))
    assert [each["schema"] for each in records] == ["provenance.hop/1"] * 4 + ["provenance.origin/1"] * 3
    assert all("\n" not in json_line(each) for each in records)


def test_the_rows_of_a_path_are_its_hops_and_safe_to_open():
    index = everything()
    path = path_back(index, "a", [review("a", "b", note="=cmd()")])
    rows = [dict(zip(tables.TRACE_COLUMNS, row, strict=True)) for row in tables.trace_rows(index, path)]
    assert [(row["hop"], row["upstream"], row["basis"]) for row in rows] == [
        (1, "b", "measured"),
        (2, None, "credited"),
        (3, "c", "measured"),
        (4, None, "inferred"),
    ]
    assert [row["ends"] for row in rows] == ["not-at-hand", None, "inferred-source; order-unknown", None]
    assert [(row["upstream_outlet"], row["outlet"]) for row in rows[:2]] == [
        (None, "Harbour Gazette"),
        ("northwire", "North Wire"),
    ]
    first = rows[0]
    assert (first["decision"], first["reviewer"], first["published_basis"]) == ("confirmed", "A. Editor", "markup")
    assert (first["changed"], first["lost"]) == ("number: 14 → =20", "name: Ida Crane → an official")
    assert (first["evidence"], first["direction_evidence"]) == ("", "says so")
    line = tables.csv_line(next(tables.trace_rows(index, path)))
    assert ",'=SUM(A1)," in line
    assert ",'=cmd()," in line


def test_equal_findings_give_equal_bytes_whatever_the_order_of_the_links():
    index = everything()
    links = index.findings.lineage.derivations
    turned = dataclasses.replace(
        index.findings, lineage=dataclasses.replace(index.findings.lineage, derivations=tuple(reversed(links)))
    )
    first = path_contract.trace(index, path_back(index, "a"))
    other = type(index)(turned)
    assert json_document(first) == json_document(path_contract.trace(other, path_back(other, "a")))
