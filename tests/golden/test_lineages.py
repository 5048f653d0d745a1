"""What a reader would say of the lineage in ``fixtures/lineages``: a source not at hand, two versions, a round-up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from provenance import AuditOptions, audit
from provenance.model import AuditFindings, Credit, CreditFinding, Derivation, Direction, Family

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "lineages"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> AuditFindings:
    return audit([FOLDER], AuditOptions(database=str(tmp_path_factory.mktemp("lineages") / "store.db")))


@pytest.fixture(scope="module")
def family(findings: AuditFindings) -> Family:
    (found,) = findings.lineage.families
    return found


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    rows = (FOLDER / "ferry-grounding.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, rows)}


def link(findings: AuditFindings, downstream: str, upstream: str) -> Derivation:
    return next(
        each for each in findings.lineage.derivations if {each.downstream, each.upstream} == {downstream, upstream}
    )


def test_seven_articles_have_two_origins_one_of_them_not_at_hand(findings: AuditFindings, family: Family) -> None:
    assert len(findings.articles) == len(family.articles) == 7
    assert (findings.lineage.origins.at_least, findings.lineage.origins.at_most) == (2, 2)
    assert "not at hand" in family.origins.why[0]
    assert family.root is None


def test_three_reposts_that_credit_one_agency_and_a_round_up_drew_on_its_text(family: Family) -> None:
    (source,) = family.inferred_sources
    assert source.outlet == "dpa"
    assert source.articles == ("fg-courier", "fg-echo", "fg-post", "fg-weekly")
    assert source.why[0].startswith("3 of these articles credit it")


def test_what_the_agency_must_have_written_stands_in_two_of_them(family: Family, texts: dict[str, str]) -> None:
    (source,) = family.inferred_sources
    told = " ".join(content.places[0].span.of(texts[content.places[0].article]) for content in source.content)
    assert "ran onto a sandbank" in told
    assert "two tides too late" in told
    assert "fish market" not in told
    assert all(len({place.article for place in content.places}) > 1 for content in source.content)


def test_reposts_of_one_text_are_not_said_to_be_taken_from_one_another(findings: AuditFindings) -> None:
    for pair in (("fg-courier", "fg-post"), ("fg-echo", "fg-post"), ("fg-courier", "fg-echo")):
        assert (link(findings, *pair).direction, link(findings, *pair).in_lineage) == (Direction.UNKNOWN, False)


def test_a_corrected_version_comes_after_the_first(findings: AuditFindings, family: Family) -> None:
    assert family.versions == (("fg-herald-1", "fg-herald-2"),)
    found = link(findings, "fg-herald-2", "fg-herald-1")
    assert (found.upstream, found.direction, found.is_version) == ("fg-herald-1", Direction.ESTABLISHED, True)
    assert [(each.before, each.after) for each in findings.drift if each.downstream.article == "fg-herald-2"] == [
        ("seventeen", "nineteen")
    ]


def test_a_repost_is_linked_to_the_version_it_was_taken_from(findings: AuditFindings) -> None:
    found = link(findings, "fg-quay", "fg-herald-1")
    assert (found.upstream, found.direction, found.in_lineage) == ("fg-herald-1", Direction.ESTABLISHED, True)
    assert not link(findings, "fg-quay", "fg-herald-2").in_lineage


def test_a_round_up_derives_from_the_version_whose_number_it_has(findings: AuditFindings) -> None:
    found = link(findings, "fg-weekly", "fg-herald-2")
    assert (found.upstream, found.in_lineage) == ("fg-herald-2", True)


def test_every_credit_is_judged(findings: AuditFindings) -> None:
    verdicts = {each.article: each for each in findings.verdicts}
    assert {name: verdicts[name].credit for name in sorted(verdicts)} == {
        "fg-courier": Credit.NOT_AT_HAND,
        "fg-echo": Credit.NOT_AT_HAND,
        "fg-herald-1": Credit.NOT_APPLICABLE,
        "fg-herald-2": Credit.NOT_APPLICABLE,
        "fg-post": Credit.NOT_AT_HAND,
        "fg-quay": Credit.CREDITED,
        "fg-weekly": Credit.UNCREDITED,
    }
    (check,) = verdicts["fg-quay"].credits
    assert (check.finding, check.articles) == (CreditFinding.SUPPORTED, ("fg-herald-1",))
