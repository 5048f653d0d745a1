"""What is concluded part by part is what is concluded at once: no part needs to know of the others."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.model import (
    ArticleFacts,
    Attribution,
    AttributionKind,
    Decision,
    DerivationStatus,
    Match,
    Passage,
    PassageKind,
    Review,
    Span,
)
from provenance.pipeline import concluding
from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions
from provenance.pipeline.reviewing import decide
from provenance.score import load_strength_model
from provenance.store import MatchPlace
from provenance.trace import parts_of

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
FOLDERS = (FIXTURES / "lineages", FIXTURES / "stories" / "dam-inspection", FIXTURES / "stories" / "port-strike")


def findings(database, monkeypatch, *, size):
    """Audit with parts of some size; also return how many parts there were."""
    counts = []

    def counted(*given, **named):
        parts = list(parts_of(*given, **(named | {"size": size})))
        counts.append(len(parts))
        return parts

    monkeypatch.setattr(concluding, "parts_of", counted)
    found = audit(FOLDERS, AuditOptions(database=database, workers=1))
    return replace(found, run=replace(found.run, read=0, unchanged=0)), counts[0]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return str(tmp_path_factory.mktemp("parts") / "provenance.db")


def test_every_story_by_itself_gives_what_all_give_at_once(database, monkeypatch):
    whole, one = findings(database, monkeypatch, size=10_000)
    apart, many = findings(database, monkeypatch, size=1)
    assert one == 1
    assert many > len(whole.lineage.families)
    assert any(each.status is DerivationStatus.POSSIBLE for each in whole.lineage.derivations)
    assert apart == whole


def test_decisions_of_reviewers_hold_in_parts_too(database, monkeypatch):
    whole, _ = findings(database, monkeypatch, size=10_000)
    first, second, *_ = whole.lineage.families
    decide(database, first.articles[0], second.articles[0], Decision.CONFIRMED, reviewer="A. Reader")
    link = next(
        each
        for each in whole.lineage.derivations
        if each.in_lineage and each.upstream and each.upstream in second.articles
    )
    decide(database, link.downstream, link.upstream, Decision.REJECTED, reviewer="A. Reader")
    named = next(each for each in whole.lineage.derivations if each.upstream is None)
    decide(database, named.downstream, f"outlet:{named.upstream_outlet}", Decision.REJECTED, reviewer="A. Reader")
    decided, _ = findings(database, monkeypatch, size=10_000)
    apart, _ = findings(database, monkeypatch, size=1)
    assert decided.lineage != whole.lineage
    assert apart == decided


def test_what_was_decided_between_two_articles_of_another_part_is_not_told_twice():
    facts = {name: ArticleFacts(name, name, name, name, 100) for name in ("here", "there", "yonder")}
    when = datetime(2026, 1, 1, tzinfo=UTC)
    review = Review("there", "yonder", None, Decision.CONFIRMED, "A. Reader", "", when, "there", "yonder")
    ties = [MatchPlace("here", other, number, turned=False) for number, other in enumerate(("there", "yonder"))]
    found = concluding.conclude(concluding.Part(["here"], ties), [], facts, [review], load_strength_model())
    assert not found.families
    assert not found.derivations
    assert [each.article for each in found.verdicts] == ["here"]


def test_a_rejected_credit_counts_in_every_part_that_sees_the_article():
    credit = Attribution(
        AttributionKind.REPUBLICATION, "Originally published by One", "r", Span(0, 5), outlet="one", credited="One"
    )
    facts = {
        "a": ArticleFacts("a", "a.txt", "a", "a", 200, outlet="one"),
        "x": ArticleFacts("x", "x.txt", "x", "x", 210, outlet="two", attributions=(credit,), upstreams=("one",)),
    }
    passage = Passage(PassageKind.VERBATIM, Span(0, 300), Span(0, 300), 1.0, 60, 60)
    match = Match("a", "x", (passage,), 200, 210, 0.3, 0.29, (), {"shared-order": 1.0, "rare-terms": 0.5})
    when = datetime(2026, 1, 1, tzinfo=UTC)
    review = Review("x", None, "one", Decision.REJECTED, "A. Reader", "", when, "x")
    tie = MatchPlace("a", "x", 1, turned=False)

    def lineage(*parts):
        model = load_strength_model()
        found = [concluding.conclude(concluding.Part(part, [tie]), [match], facts, [review], model) for part in parts]
        return concluding.together(found, 2)

    whole = lineage(["a", "x"])
    assert any(each.upstream for each in whole[0].derivations)
    assert lineage(["a"], ["x"]) == whole


def test_a_part_takes_whole_groups_up_to_its_size():
    tied = [("a", "d"), ("b", "c"), ("c", "e")]
    assert list(parts_of("abcdef", tied, size=3)) == [["a", "d"], ["b", "c", "e"], ["f"]]
    assert list(parts_of("abcdef", tied, size=5)) == [["a", "b", "c", "d", "e"], ["f"]]
    assert list(parts_of("abcdef", tied, size=1)) == [["a", "d"], ["b", "c", "e"], ["f"]]
    assert list(parts_of("", [])) == []
