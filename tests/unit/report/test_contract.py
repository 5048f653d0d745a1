import dataclasses

import pytest

from provenance.model import Attribution, AttributionKind, Decision, DerivationStatus, Run, Unreadable
from provenance.report import contract
from provenance.report.encode import json_document
from tests.unit.report import factories as made


def test_an_inspection_has_the_names_of_the_contract_in_order():
    found = contract.inspection(made.page(), made.outlet_lookup)
    wanted = ["schema", "id", "source", "url", "language", "title", "published", "outlet", "text", "blocks"]
    wanted += ["attributions", "upstreams"]
    assert [key for key in found if key in wanted] == wanted
    assert found["schema"] == "provenance.inspection/1"
    assert found["outlet"] == {"id": "dailyroundup", "name": "Daily Roundup", "domain": "dailyroundup.example"}
    assert found["upstreams"] == ["islandpost"]


def test_the_blocks_of_an_inspection_are_spans_with_role_and_rule():
    found = contract.inspection(made.page(), made.outlet_lookup)
    assert found["blocks"][0] == {"start": 0, "end": 34, "role": "title", "rule": "page.title"}


def test_an_attribution_in_the_text_has_offsets_that_quote_it():
    found = contract.inspection(made.page(), made.outlet_lookup)
    (said,) = found["attributions"]
    assert found["text"][said["start"] : said["end"]] == said["text"] == "Original Source: www.islandpost.example"
    assert {key: said[key] for key in ("kind", "credited", "domain", "outlet", "extent", "hop", "via", "where")} == {
        "kind": "republication",
        "credited": "Island Post",
        "domain": "islandpost.example",
        "outlet": "islandpost",
        "extent": "unknown",
        "hop": 1,
        "via": [],
        "where": "text",
    }
    assert "element" not in said


def test_an_attribution_in_the_markup_has_its_element_instead_of_offsets():
    said = Attribution(AttributionKind.REPUBLICATION, "x", "markup.canonical", element="<link>")
    found = contract.inspection(made.page(attributions=(said,)), made.outlet_lookup)
    (entry,) = found["attributions"]
    assert entry["element"] == "<link>"
    assert entry["where"] == "markup"
    assert not {"start", "end"} & set(entry)


def test_an_outlet_nobody_knows_is_named_by_its_id_and_none_is_null():
    assert contract.inspection(made.page(outlet="nobody"), made.outlet_lookup)["outlet"] == {
        "id": "nobody",
        "name": "nobody",
        "domain": None,
    }
    assert contract.inspection(made.page(outlet=None), made.outlet_lookup)["outlet"] is None


def test_an_outlet_nobody_lists_is_named_as_its_page_names_it():
    page = made.page(outlet="quay")
    article = dataclasses.replace(page.labelled.article, outlet_name="The Quay", url="https://www.quay.example/a")
    page = dataclasses.replace(page, labelled=dataclasses.replace(page.labelled, article=article))
    outlet = contract.inspection(page, made.outlet_lookup)["outlet"]
    assert outlet == {"id": "quay", "name": "The Quay", "domain": "quay.example"}


def test_why_adds_clues_and_what_was_dropped():
    plain = contract.inspection(made.page(), made.outlet_lookup)
    told = contract.inspection(made.page(), made.outlet_lookup, why=True)
    assert "rejections" not in plain
    assert told["blocks"][-1]["clues"] == [{"name": "short line", "weight": 0.8, "detail": "9 characters"}]
    assert told["rejections"][0]["reason"] == "a quotation's source"


def test_a_comparison_echoes_both_names_and_keeps_its_strength_unrounded():
    found = contract.comparison(made.pair())
    assert (found["downstream"], found["upstream"]) == ("news/gazette.html", "news/wire.txt")
    assert found["strength"] == 0.97312345678
    assert found["containment"] == {"downstream_in_upstream": 0.0123, "upstream_in_downstream": 0.02}
    assert found["derived_share"] == 0.62
    assert found["interval"] == [0.55, 0.7]
    assert found["degree"] == "partially-derived"
    assert found["passages"][0]["downstream"] == {"start": 0, "end": 80}
    assert found["drift"][0] == {
        "kind": "number",
        "downstream": {"start": 0, "end": 17},
        "upstream": {"start": 55, "end": 65},
        "from": "14 vessels",
        "to": "Nearly 20 vessels",
    }


def test_an_audit_has_the_names_of_the_contract_in_order():
    assert list(contract.audit(made.audit_findings())) == [
        "schema",
        "run",
        "origins",
        "articles",
        "derivations",
        "families",
        "drift",
        "erosion",
        "outlets",
        "unreadable",
    ]


def test_what_an_earlier_run_left_does_not_change_a_byte():
    first = made.audit_findings()
    run = Run(first.run.id, first.run.paths, first.run.options, first.run.versions, read=0, unchanged=5)
    second = dataclasses.replace(first, run=run)
    assert json_document(contract.audit(first)) == json_document(contract.audit(second))


def test_an_admitted_repost_has_no_share_and_is_never_called_non_derived():
    articles = {each["id"]: each for each in contract.audit(made.audit_findings())["articles"]}
    assert articles[made.ADMITTED.id]["verdict"] == {
        "derived_share": None,
        "interval": [0.0, 1.0],
        "degree": "unmeasured",
        "basis": "declared",
        "credit": "credited-not-at-hand",
        "upstreams": ["islandpost"],
        "composition": {},
        "credits": [
            {
                "outlet": "islandpost",
                "finding": "not-at-hand",
                "detail": "no article of Island Post was given",
                "spans": [{"start": 1204, "end": 1243}],
                "articles": [],
            }
        ],
    }


def test_evidence_points_at_its_article_and_place():
    (link, _) = contract.audit(made.audit_findings())["derivations"]
    assert link["evidence"][2]["spans"] == [{"article": made.REWRITE.id, "start": 0, "end": 80}]


def test_an_upstream_known_by_name_has_neither_article_nor_share():
    (_, link) = contract.audit(made.audit_findings())["derivations"]
    assert (link["upstream"], link["upstream_outlet"], link["share"]) == (None, "islandpost", None)


def test_a_link_says_whether_it_is_credited_reviewed_or_between_versions():
    reviewed = dataclasses.replace(made.STRIKE, decision=Decision.CONFIRMED, is_version=True)
    found = contract.audit(made.audit_findings(derivations=(reviewed, made.BY_NAME)))["derivations"]
    told = [{key: link[key] for key in ("version", "credited", "review")} for link in found]
    assert told == [
        {"version": True, "credited": False, "review": "confirmed"},
        {"version": False, "credited": True, "review": None},
    ]


def test_what_a_link_lost_has_the_shape_of_a_changed_fact_and_no_offsets_where_there_is_no_place():
    found = contract.audit(made.audit_findings())["erosion"]
    assert found[:2] == [
        {
            "kind": "name",
            "downstream": {"article": made.REWRITE.id, "start": 200, "end": 210},
            "upstream": {"article": made.WIRE.id, "start": 260, "end": 269},
            "from": "Ida Crane",
            "to": "an official",
        },
        {
            "kind": "agency",
            "downstream": {"article": made.REWRITE.id, "start": None, "end": None},
            "upstream": {"article": made.WIRE.id, "start": None, "end": None},
            "from": "North Wire",
            "to": None,
        },
    ]


def test_a_family_tells_its_versions_and_the_sources_inferred_behind_it():
    family = dataclasses.replace(
        made.FAMILY, versions=((made.WIRE.id, made.REWRITE.id),), inferred_sources=(made.LOST,)
    )
    (found,) = contract.audit(made.audit_findings(families=(family,)))["families"]
    assert found["versions"] == [[made.WIRE.id, made.REWRITE.id]]
    assert found["inferred_sources"] == [
        {
            "id": "inferred:0001",
            "outlet": "islandpost",
            "articles": [made.WIRE.id, made.REWRITE.id],
            "content": [
                {
                    "spans": [
                        {"article": made.WIRE.id, "start": 0, "end": 33},
                        {"article": made.REWRITE.id, "start": 0, "end": 17},
                    ]
                }
            ],
            "why": ["each holds what the other lacks"],
        }
    ]


def test_at_most_ten_derivations_of_an_article_are_listed_and_those_of_the_lineage_always():
    others = tuple(
        dataclasses.replace(made.STRIKE, upstream=made.article_id(f"{n:x}"), strength=0.98 + n / 1000, in_lineage=False)
        for n in range(12)
    )
    kept = contract.strongest_derivations((*others, made.STRIKE))
    assert len(kept) == contract.MAX_DERIVATIONS
    assert made.STRIKE in kept
    assert [each.strength for each in kept] == sorted((each.strength for each in kept), reverse=True)


def test_an_asserted_link_is_kept_before_a_stronger_possible_one():
    possible = tuple(
        dataclasses.replace(
            made.STRIKE,
            upstream=made.article_id(f"{n:x}"),
            strength=0.99,
            in_lineage=False,
            status=DerivationStatus.POSSIBLE,
        )
        for n in range(10)
    )
    asserted = dataclasses.replace(made.STRIKE, in_lineage=False)
    assert asserted in contract.strongest_derivations((*possible, asserted))


def test_the_records_of_an_audit_are_its_parts_each_with_a_schema():
    schemas = [each["schema"] for each in contract.audit_records(made.audit_findings())]
    assert schemas[0] == "provenance.run/1"
    assert schemas.count("provenance.article/1") == 5
    assert schemas.count("provenance.erosion/1") == 3
    assert schemas[-1] == "provenance.unreadable/1"


def test_a_stored_article_comes_with_the_links_it_takes_part_in():
    found = contract.stored_article(made.audit_findings(), made.WIRE.id)
    assert [link["downstream"] for link in found["derivations"]] == [made.REWRITE.id]
    assert [family["id"] for family in found["families"]] == ["family:0001"]
    assert [each["from"] for each in found["erosion"]] == ["Ida Crane", "North Wire", "reportedly"]
    assert contract.stored_article(made.audit_findings(), made.INDEPENDENT.id)["erosion"] == []


def test_an_article_that_is_not_there_is_a_programming_error():
    with pytest.raises(KeyError):
        contract.stored_article(made.audit_findings(), made.article_id("9"))


def test_an_unreadable_source_is_an_object_of_its_own():
    assert contract.unreadable(Unreadable("a.pdf", "binary")) == {
        "schema": "provenance.unreadable/1",
        "source": "a.pdf",
        "reason": "binary",
    }
