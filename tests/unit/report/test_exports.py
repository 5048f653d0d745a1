import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prov.model import ProvActivity, ProvAssociation, ProvDerivation, ProvGeneration, ProvMembership, ProvUsage
from rdflib import PROV, RDF, RDFS, Graph, Literal, URIRef

from provenance.model import AttributionKind, DateBasis, Decision, Precision, Timeframe
from provenance.report.export.names import (
    NAMESPACE,
    TERMS,
    Prefix,
    identifier_of,
    iso_date,
    iso_day,
    name_of,
    web_address,
)
from provenance.report.export.network import Network
from provenance.report.export.prov import prov_document
from provenance.report.export.rows import ARTICLE_COLUMNS, EDGE_COLUMNS
from tests.unit.report import exports
from tests.unit.report import factories as made

NOTATIONS = pytest.mark.parametrize("notation", ["prov-json", "prov-n", "prov-xml", "turtle"])


# Names and dates


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_name_can_be_undone_whatever_the_id_holds(ids):
    name = name_of(Prefix.ARTICLE, *ids)
    assert identifier_of(name) == identifier_of(NAMESPACE + name) == tuple(ids)
    assert name.isascii()


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/story",
        "HTTP://news.example:8080/@desk?q=1#end",
        "https://zeitung.例え/文",
        "https://[::1]/a",
    ],
)
def test_an_address_of_the_web_is_kept_as_it_is(address):
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,<b>", "file:///etc/passwd", "//news.example/a", "news.example/a", "", None,
        "https://", "https:///a", "https://bank.example@news.example/", "https:\\\\news.example", "https://news.example/a b",
        "https://news.example/\u202ea", "https://news.example/\n", 'https://news.example/"onclick=', "\x01https://news.example/",
        " https://news.example/", "jav\tascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_none(address):
    assert web_address(address) is None


@pytest.mark.parametrize("identifier", ["\ud800", "a/b", "a%2Fb", "..", "", "a b\n", "=1", "@id", "~"])
def test_a_name_of_an_odd_id_can_be_undone(identifier):
    assert identifier_of(name_of(Prefix.ARTICLE, identifier)) == (identifier,)


def frame(written, precision, start, length):
    earliest = datetime.fromisoformat(start)
    return Timeframe(earliest, earliest + length, precision, DateBasis.TEXT, written)


ZONELESS = timedelta(hours=26)
"""What the zones of the world add to a date that is given without one."""


@pytest.mark.parametrize(
    ("date", "written", "day"),
    [
        (frame("2031", Precision.YEAR, "2030-12-31T10:00+00:00", timedelta(365) + ZONELESS), "2031", "2031-01-01"),
        (
            frame("March 2031", Precision.MONTH, "2031-02-28T10:00+00:00", timedelta(31) + ZONELESS),
            "2031-03",
            "2031-03-01",
        ),
        (
            frame("4 March 2031", Precision.DAY, "2031-03-03T10:00+00:00", timedelta(1) + ZONELESS),
            "2031-03-04",
            "2031-03-04",
        ),
        (
            frame("4 March 2031, 8 am CET", Precision.MINUTE, "2031-03-04T07:00+00:00", timedelta(minutes=1)),
            "2031-03-04T07:00:00Z",
            "2031-03-04",
        ),
        (
            frame("4 March 2031, 8 am", Precision.MINUTE, "2031-03-03T18:00+00:00", timedelta(minutes=1) + ZONELESS),
            "2031-03-04",
            "2031-03-04",
        ),
        (
            frame("2031-03-04T08:00:00+08:00", Precision.SECOND, "2031-03-04T00:00+00:00", timedelta(seconds=1)),
            "2031-03-04T08:00:00+08:00",
            "2031-03-04",
        ),
    ],
    ids=lambda each: getattr(each, "written", None),
)
def test_a_date_is_written_as_finely_as_it_is_known_and_no_finer(date, written, day):
    assert iso_date(date) == written
    assert iso_day(date) == day


# W3C PROV


@NOTATIONS
@pytest.mark.parametrize("findings", [exports.everything(), exports.hostile()], ids=["ordinary", "hostile"])
def test_all_notations_hold_the_same_document(notation, findings):
    document = prov_document(Network(findings, possible=True))
    assert exports.prov_document(notation, exports.exported(notation, findings, possible=True)) == document


def kinds_of_derivation(**changes):
    document = prov_document(Network(exports.everything(**changes)))
    return {
        tuple(identifier_of(end.uri)[-1] for end in link.args[:2]): [
            kind.localpart for kind in link.get_asserted_types()
        ]
        for link in document.get_records(ProvDerivation)
    }


def test_a_derivation_has_the_kind_prov_knows_for_it():
    kinds = kinds_of_derivation()
    assert kinds.pop((made.REWRITE.id, made.WIRE.id)) == []  # it does not say that it is from North Wire
    assert kinds.pop((exports.SECOND.id, exports.FIRST.id)) == ["Revision"]
    assert kinds.pop((exports.SPEECH.id, exports.FIRST.id)) == ["Quotation"]
    assert kinds.pop((made.ADMITTED.id, made.ADMITTED.id)) == ["PrimarySource"]  # the text it credits
    assert kinds.pop((exports.DRAWN.id, "0001")) == ["PrimarySource"]
    assert kinds == {(exports.DRAWN_TOO.id, "0001"): []}


def test_an_upstream_that_has_one_of_its_own_is_no_primary_source():
    second = replace(exports.SECOND, upstreams=(made.MERIDIAN.id,))
    middle = exports.OTHER_TWIN  # of The Meridian
    links = (exports.link(second, middle), exports.link(middle, exports.FIRST))
    findings = exports.everything(derivations=links, families=())
    articles = tuple(second if each is exports.SECOND else each for each in findings.articles)
    document = prov_document(Network(replace(findings, articles=articles)))
    found = {
        identifier_of(each.args[0].uri)[0]: each.get_asserted_types() for each in document.get_records(ProvDerivation)
    }
    assert found == {second.id: set(), middle.id: set()}


def test_texts_in_unknown_order_are_members_of_a_tie_and_neither_has_the_share():
    document = prov_document(Network(exports.everything()))
    ends = [each.args for each in document.get_records(ProvMembership)]
    assert [identifier_of(member.uri)[0] for _, member in ends] == [exports.TWIN.id, exports.OTHER_TWIN.id]
    (tie,) = document.get_record(ends[0][0])
    assert {kind.localpart for kind in tie.get_asserted_types()} == {"Collection", "Tie"}
    said = {name.localpart for name, _ in tie.attributes}
    assert "strength" in said
    assert "share" not in said


def test_the_audit_used_the_articles_and_generated_findings_not_articles():
    document = prov_document(Network(exports.everything()))
    (audit,) = document.get_records(ProvActivity)
    used = {identifier_of(each.args[1].uri)[0] for each in document.get_records(ProvUsage)}
    assert used == {each.id for each in exports.everything().articles}
    (generated,) = document.get_records(ProvGeneration)
    assert generated.args[1] == audit.identifier
    assert str(generated.args[0]).startswith("findings:")
    (associated,) = document.get_records(ProvAssociation)
    assert str(associated.args[1]) == "tool:news-provenance"
    derived = document.get_records(ProvDerivation)
    assert all(generated.args[0] in each.get_attribute("provenance:statedIn") for each in derived)


def test_what_is_not_at_hand_is_attributed_to_its_outlet_and_marked():
    graph = Graph().parse(data=exports.exported("turtle", exports.everything()), format="turtle")
    unseen, inference = (set(graph.subjects(RDF.type, URIRef(TERMS + kind))) for kind in ("Unseen", "Inference"))
    assert [identifier_of(str(each)) for each in unseen] == [(made.ISLAND_POST.id, made.ADMITTED.id)]
    assert [identifier_of(str(each)) for each in inference] == [("0001",)]
    island = URIRef(NAMESPACE + name_of(Prefix.OUTLET, made.ISLAND_POST.id))
    assert set(graph.subjects(PROV.wasAttributedTo, island)) == unseen | inference
    assert set(graph.objects(island, RDFS.label)) == {Literal("Island Post")}


def test_turtle_has_the_short_forms_a_query_asks_for():
    graph = Graph().parse(data=exports.exported("turtle", exports.everything()), format="turtle")

    def pairs(term):
        return {
            tuple(identifier_of(str(end))[0] for end in ends)
            for ends in graph.subject_objects(term)
            if all(str(end).startswith(f"{NAMESPACE}article:") for end in ends)
        }

    assert pairs(PROV.wasRevisionOf) == {(exports.SECOND.id, exports.FIRST.id)}
    assert pairs(PROV.wasQuotedFrom) == {(exports.SPEECH.id, exports.FIRST.id)}
    assert pairs(PROV.wasDerivedFrom) == {
        (exports.SECOND.id, exports.FIRST.id), (exports.SPEECH.id, exports.FIRST.id), (made.REWRITE.id, made.WIRE.id)
    }  # fmt: skip
    assert len(list(graph.subject_objects(PROV.hadPrimarySource))) == 2


# Tables


def rows(**options):
    return list(csv.DictReader(io.StringIO(exports.exported("csv", exports.everything(), **options)), strict=True))


def test_the_edge_table_tells_of_each_link_what_it_rests_on():
    (row,) = (row for row in rows() if row["downstream"] == made.REWRITE.id)
    assert list(row) == list(EDGE_COLUMNS)
    shown = ("relation", "order", "upstream", "upstream_outlet", "share", "credited", "version", "changed", "lost")
    assert [row[name] for name in shown] == [
        "derived from", "likely", made.WIRE.id, "North Wire", "0.62", "no", "no", "2", "3",
    ]  # fmt: skip
    assert (row["evidence"], row["direction_evidence"]) == ("rare-names; passages; quotes", "date")


def test_an_edge_to_what_is_not_at_hand_names_its_outlet_only():
    (row,) = (row for row in rows() if row["upstream_kind"] == "unseen")
    assert (row["downstream"], row["upstream"], row["upstream_outlet"]) == (made.ADMITTED.id, "", "Island Post")
    assert (row["share"], row["interval_low"], row["order"]) == ("", "", "established")


def test_of_a_possible_tie_no_order_is_told_however_likely_one_is():
    (row,) = (row for row in rows(possible=True) if row["relation"] == "possibly tied to")
    assert (row["order"], row["strength"]) == ("unknown", "0.4")
    text = exports.exported(
        "prov-json", exports.everything(derivations=(exports.POSSIBLE,), families=()), possible=True
    )
    assert "PossibleTie" in text
    assert '"provenance:order": "unknown"' in text
    assert "likely" not in text


def test_the_article_table_has_a_row_for_each_article():
    table = rows(table="articles")
    assert [row["id"] for row in table] == [each.id for each in exports.everything().articles]
    assert list(table[0]) == list(ARTICLE_COLUMNS)
    (rewrite,) = (row for row in table if row["id"] == made.REWRITE.id)
    shown = ("outlet", "outlet_name", "published_earliest", "derived_share", "credit", "family")
    assert [rewrite[name] for name in shown] == [
        "harbourgazette", "Harbour Gazette", "2031-03-04T11:00:00+00:00", "0.62", "uncredited", "family:0001",
    ]  # fmt: skip


def test_no_cell_of_an_export_is_run_as_a_formula():
    for table in ("edges", "articles"):
        text = exports.exported("csv", exports.hostile(), table=table)
        cells = [cell for row in csv.reader(io.StringIO(text), strict=True) for cell in row]
        assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in cells)


def test_json_lines_keep_the_exact_text():
    lines = [json.loads(line) for line in exports.exported("jsonl", exports.hostile(), table="articles").splitlines()]
    assert {line["schema"] for line in lines} == {"provenance.export.article/1"}
    assert exports.WORST + made.HOSTILE in {line["title"] for line in lines}


# Graphs


def test_a_dated_article_begins_on_its_day_in_gexf():
    graph = nx.read_gexf(io.BytesIO(exports.exported("gexf", exports.everything()).encode()))
    starts = {identifier_of(node)[0]: data.get("start") for node, data in graph.nodes(data=True)}
    assert starts[made.WIRE.id] == "2031-03-04"
    assert starts[exports.TWIN.id] is None
    assert graph.graph["mode"] == "dynamic"


def test_gexf_does_not_tell_the_day_it_was_written():
    meta = ET.fromstring(exports.exported("gexf", exports.everything())).find("{*}meta")
    assert meta is not None
    assert meta.attrib == {}


def test_a_graph_of_undated_articles_is_static():
    assert 'mode="static"' in exports.exported(
        "gexf", made.audit_findings(articles=(exports.TWIN,), derivations=(), families=())
    )


def test_truth_values_are_written_as_xml_schema_has_them_and_titles_are_left_alone():
    titled = replace(exports.TWIN, title="True")
    findings = made.audit_findings(articles=(titled, exports.OTHER_TWIN), derivations=(exports.TIE,), families=())
    text = exports.exported("graphml", findings)
    assert {">false<", ">True<"} <= set(re.findall(r">(?:true|false|True|False)<", text))
    assert text.count(">True<") == 1
    assert ">False<" not in text


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_graph_says_of_every_edge_whether_it_has_an_order(name):
    text = exports.exported(name, exports.everything())
    graph = nx.parse_graphml(text) if name == "graphml" else nx.read_gexf(io.BytesIO(text.encode()))
    link = graph.edges[name_of(Prefix.ARTICLE, made.REWRITE.id), name_of(Prefix.ARTICLE, made.WIRE.id)]
    assert (link["ordered"], link["share"], link["strength"]) == (True, 0.62, 0.97312345678)
    tie = graph.edges[name_of(Prefix.ARTICLE, exports.TWIN.id), name_of(Prefix.ARTICLE, exports.OTHER_TWIN.id)]
    assert (tie["ordered"], tie["order"], tie["relation"]) == (False, "unknown", "shares text with")


# FollowTheMoney

_THING = {"name", "alias", "sourceUrl", "publisher", "notes", "description"}
_INTEREST = {"role", "status", "summary"}
_OUTLET = _THING | {"website", "sector"}
ALLOWED = {
    "Article": _THING | {"title", "fileName", "publishedAt", "language"},
    "Organization": _OUTLET,
    "PublicBody": _OUTLET,
    "Company": _OUTLET,
    "LegalEntity": _OUTLET,
    "Documentation": _INTEREST | {"document", "entity"},
    "UnknownLink": _INTEREST | {"subject", "object"},
    "Note": _THING | {"entity"},
}
REQUIRED = {
    "Article": {"fileName"},
    "Documentation": {"document", "entity"},
    "UnknownLink": {"subject", "object"},
    "Note": {"description"},
}
REFERRING = {"document", "entity", "subject", "object"}


def entities(findings):
    return [json.loads(line) for line in exports.exported("ftm", findings, possible=True).splitlines()]


@pytest.mark.parametrize("findings", [exports.everything(), exports.hostile()], ids=["ordinary", "hostile"])
def test_entities_have_the_properties_of_their_schema_and_refer_to_entities_that_are_there(findings):
    found = entities(findings)
    ids = {each["id"] for each in found}
    assert len(ids) == len(found)
    for each in found:
        said = each["properties"]
        assert set(said) <= ALLOWED[each["schema"]], each
        assert REQUIRED.get(each["schema"], {"name"}) <= set(said), each
        assert all(isinstance(value, str) and value for values in said.values() for value in values)
        assert {value for name in REFERRING & set(said) for value in said[name]} <= ids


@pytest.mark.parametrize("findings", [exports.everything(), exports.hostile()], ids=["ordinary", "hostile"])
def test_entities_are_valid_by_the_schema_of_the_format_itself(findings):
    model = pytest.importorskip("followthemoney", reason="the extra ftm is not installed").model
    for each in entities(findings):
        model.get(each["schema"]).validate(each)


def test_a_credit_for_a_text_that_is_not_at_hand_makes_up_no_document():
    found = entities(exports.everything())
    (credit,) = (
        each["properties"]
        for each in found
        if each["properties"].get("role") == ["credited for a text that is not at hand"]
        and exports.ftm_ids(each["properties"]["document"][0]) == made.ADMITTED.id
    )
    assert credit["entity"] == ["outlet-islandpost"]
    assert sum(each["schema"] == "Article" for each in found) == len(exports.everything().articles)


def test_the_roles_of_links_say_whether_their_order_is_known():
    roles = {
        each["properties"]["role"][0] for each in entities(exports.everything()) if each["schema"] == "UnknownLink"
    }
    assert roles == {"derived from", "shares text with, order unknown", "possibly tied to"}


# JSON-LD


def test_what_an_article_cites_is_not_what_it_is_based_on():
    told = replace(
        made.INDEPENDENT, attributions=(made.credit("told North Wire", made.NORTHWIRE, AttributionKind.CITATION),)
    )
    findings = made.audit_findings()
    articles = tuple(told if each is made.INDEPENDENT else each for each in findings.articles)
    graph = exports.json_ld_graph(exports.exported("json-ld", replace(findings, articles=articles)))
    article = URIRef(NAMESPACE + name_of(Prefix.ARTICLE, told.id))
    (cited,) = graph.objects(article, URIRef(f"{exports.SCHEMA}citation"))
    (publisher,) = graph.objects(cited, URIRef(f"{exports.SCHEMA}publisher"))
    assert identifier_of(str(publisher)) == (made.NORTHWIRE.id,)
    assert not list(graph.objects(article, URIRef(f"{exports.SCHEMA}isBasedOn")))


def test_an_article_of_json_ld_has_a_publisher_a_date_and_a_headline_of_schema_org():
    graph = exports.json_ld_graph(exports.exported("json-ld", exports.everything()))
    article = URIRef(NAMESPACE + name_of(Prefix.ARTICLE, made.WIRE.id))
    said = {
        str(name).removeprefix(exports.SCHEMA): value
        for name, value in graph.predicate_objects(article)
        if str(name).startswith(exports.SCHEMA)
    }
    assert said["headline"] == Literal("Ferry crews walk out at Port Alder")
    assert said["datePublished"] == Literal("2031-03-04T08:00:00+00:00")
    assert identifier_of(str(said["publisher"])) == (made.NORTHWIRE.id,)


def test_only_an_outlet_known_to_make_news_is_a_news_organisation():
    graph = exports.json_ld_graph(exports.exported("json-ld", exports.everything()))
    kinds = {
        identifier_of(str(outlet))[0]: str(kind).removeprefix(exports.SCHEMA)
        for outlet, kind in graph.subject_objects(RDF.type)
        if str(outlet).startswith(f"{NAMESPACE}outlet:")
    }
    assert kinds == {
        made.NORTHWIRE.id: "NewsMediaOrganization",
        made.GAZETTE.id: "NewsMediaOrganization",
        made.MERIDIAN.id: "NewsMediaOrganization",
        made.ISLAND_POST.id: "NewsMediaOrganization",
        made.ROUNDUP.id: "Organization",
    }


def test_a_link_a_reviewer_confirmed_says_so():
    confirmed = replace(made.STRIKE, decision=Decision.CONFIRMED)
    findings = made.audit_findings(derivations=(confirmed,))
    (row,) = csv.DictReader(io.StringIO(exports.exported("csv", findings)))
    assert row["review"] == "confirmed"
    assert '"provenance:review": "confirmed"' in exports.exported("json-ld", findings)
