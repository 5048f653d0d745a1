"""Decisions about links, against a store with one small audit."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.errors import AmbiguousError, NotFoundError, StoreMissingError, UsageError
from provenance.model import (
    Article,
    ArticleFacts,
    ArticleId,
    AuditFindings,
    ContentHash,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    LayoutLine,
    Lineage,
    Origins,
    Outlet,
    OutletId,
    Run,
    RunId,
    Span,
)
from provenance.pipeline.recalling import stored_lineage, stored_texts
from provenance.pipeline.reviewing import decide, decisions
from provenance.report.findings import FindingsIndex
from provenance.report.path import path_back
from provenance.store import ProvenanceStore, SourceReading, SourceStamp

NOON = datetime(2031, 3, 9, 12, tzinfo=UTC)
WIRE, OWN = OutletId("northwire"), OutletId("gazette")
NAMES = ("one", "two", "three", "four")
CONFIRMED, REJECTED, WITHDRAWN = Decision.CONFIRMED, Decision.REJECTED, Decision.WITHDRAWN


def article(name: str, text: str) -> Article:
    content = ContentHash(hashlib.sha256(f"{name} {text}".encode()).hexdigest())
    return Article(ArticleId(name), f"in/{name}.txt", content, text, "text/plain", (LayoutLine(Span(0, len(text))),))


def audit(path: Path, *names: str, text: str = "A line.\n") -> None:
    articles = [article(name, text) for name in names]
    facts = [
        ArticleFacts(each.id, each.source, each.content_hash, ContentHash("b"), 3, outlet=OWN, upstreams=(WIRE,))
        for each in articles
    ]
    settings = (DerivationStatus.DERIVED, Direction.ESTABLISHED, 0.9)
    links = [Derivation(ArticleId(names[0]), ArticleId(names[1]), None, *settings, 0.5)] if len(names) > 1 else []
    by_name = [Derivation(ArticleId(names[0]), None, WIRE, *settings)]
    findings = AuditFindings(
        Run(RunId("run:1"), ("in",)),
        tuple(facts),
        (),
        Lineage((*links, *by_name), (), Origins(1, 1)),
        outlets=(Outlet(OWN, "The Gazette"), Outlet(WIRE, "North Wire", domains=("northwire.example",))),
    )
    with ProvenanceStore.open(str(path), create=True) as store, store.begin_run(findings.run) as scope:
        scope.add([SourceReading(SourceStamp(each.source, len(text), 1, "r1"), (each,)) for each in articles])
        scope.finish(findings)


@pytest.fixture
def database(tmp_path: Path) -> str:
    audit(tmp_path / "provenance.db", *NAMES)
    return str(tmp_path / "provenance.db")


def say(database, down, up, decision=CONFIRMED, **fields):
    return decide(database, down, up, decision, **{"reviewer": "A. Editor", "clock": lambda: NOON, **fields})


def test_a_decision_is_kept_with_who_took_it_when_why_and_on_which_contents(database: str) -> None:
    said = say(database, "one", "in/two.txt", note=" seen in print\n").review
    assert (said.downstream, said.upstream, said.upstream_outlet) == ("one", "two", None)
    assert (said.decision, said.reviewer, said.note, said.decided_at) == (CONFIRMED, "A. Editor", "seen in print", NOON)
    assert said.downstream_hash == article("one", "A line.\n").content_hash
    assert said.upstream_hash == article("two", "A line.\n").content_hash
    kept = decisions(database)
    assert (kept.reviews, kept.in_force) == ((said,), {said})
    assert stored_lineage(database, "one").reviews == (said,)


def test_a_decision_comes_with_what_the_audit_found_whichever_side_it_called_the_upstream(database: str) -> None:
    turned = say(database, "two", "one")
    assert turned.link is not None
    assert turned.link.downstream == "one"
    assert say(database, "three", "four").link is None


def test_an_outlet_known_by_name_is_found_by_id_name_or_domain(database: str) -> None:
    for asked in ("northwire", "NORTHWIRE", "North Wire", " northwire.example "):
        said = say(database, "one", f"outlet:{asked}", REJECTED)
        assert (said.review.upstream, said.review.upstream_outlet, said.review.upstream_hash) == (None, WIRE, None)
        assert said.link is not None
        assert said.link.upstream is None
    assert say(database, "two", "outlet:northwire").link is None


def test_an_article_whose_id_reads_like_an_outlet_can_be_reviewed(tmp_path: Path) -> None:
    audit(tmp_path / "provenance.db", "one", "outlet:northwire", "outlet:gazette/1")
    database = str(tmp_path / "provenance.db")
    assert say(database, "one", "outlet:northwire").review.upstream == "outlet:northwire"
    assert say(database, "one", "outlet:North Wire", REJECTED).review.upstream_outlet == WIRE
    assert len(decisions(database).in_force) == 2
    found = stored_lineage(database, "one")
    path = path_back(FindingsIndex(found.findings), ArticleId("one"), found.reviews)
    decided = {tie.link.upstream: tie.review.decision for tie in path.ties if tie.review}
    assert decided == {"outlet:northwire": CONFIRMED, None: REJECTED}


def test_an_outlet_the_audit_never_met_is_refused_with_those_the_article_credits(database: str) -> None:
    with pytest.raises(NotFoundError, match="no outlet of this audit is called tass") as error:
        say(database, "one", "outlet:tass")
    assert error.value.hint == "The article credits outlet:northwire."


def test_the_articles_own_outlet_is_refused(database: str) -> None:
    with pytest.raises(UsageError, match="own outlet"):
        say(database, "one", "outlet:gazette")


def test_a_decision_takes_the_place_of_the_one_before_whatever_its_direction(database: str) -> None:
    first = say(database, "one", "two").review
    assert say(database, "two", "one", REJECTED).replaced == first
    assert len(decisions(database).in_force) == 1


def test_a_withdrawal_takes_back_what_is_in_force_and_nothing_else(database: str) -> None:
    with pytest.raises(UsageError, match="no decision about this link to withdraw"):
        say(database, "one", "two", WITHDRAWN)
    say(database, "one", "two")
    say(database, "one", "two", WITHDRAWN)
    assert decisions(database).in_force == frozenset()
    with pytest.raises(UsageError, match="no decision about this link to withdraw"):
        say(database, "one", "two", WITHDRAWN)


@pytest.mark.parametrize("name", ["", " \n"])
def test_a_decision_without_a_name_is_refused_and_says_where_to_give_one(database: str, name: str) -> None:
    with pytest.raises(UsageError, match="needs the name") as error:
        say(database, "one", "two", reviewer=name)
    assert "--by" in error.value.hint
    assert "PROVENANCE_REVIEWER" in error.value.hint
    assert decisions(database).reviews == ()


def test_an_article_is_not_its_own_upstream(database: str) -> None:
    with pytest.raises(UsageError, match="both are one article"):
        say(database, "one", "in/one.txt")


def test_a_confirmation_that_closes_a_circle_is_refused_and_names_it(database: str) -> None:
    say(database, "one", "two")
    say(database, "two", "three")
    say(database, "three", "four", REJECTED)
    with pytest.raises(UsageError, match=r"one derives from two, which derives from three$"):
        say(database, "three", "one")
    assert say(database, "three", "one", REJECTED).review.decision is REJECTED
    assert say(database, "four", "one").review.decision is CONFIRMED
    say(database, "two", "three", WITHDRAWN)
    assert say(database, "three", "one").review.decision is CONFIRMED


def test_turning_a_confirmed_link_round_is_no_circle(database: str) -> None:
    say(database, "one", "two")
    assert say(database, "two", "one").review.upstream == "one"


def test_articles_are_looked_for_in_the_latest_audit_that_holds_both(database: str) -> None:
    audit(Path(database), "one", text="Another line.\n")
    said = say(database, "one", "two").review
    assert said.downstream_hash == article("one", "A line.\n").content_hash
    alone = say(database, "one", "outlet:northwire").review
    assert alone.downstream_hash == article("one", "Another line.\n").content_hash


def test_a_decision_lapses_with_the_text_it_was_taken_on(database: str) -> None:
    said = say(database, "one", "two").review
    audit(Path(database), *NAMES, text="Another line.\n")
    kept = decisions(database)
    assert (kept.reviews, kept.in_force) == ((said,), frozenset())
    assert stored_lineage(database, "one").reviews == ()


def test_articles_no_audit_holds_together_are_refused(database: str) -> None:
    audit(Path(database), "five")
    with pytest.raises(NotFoundError, match="no audit holds both one and five"):
        say(database, "one", "five")
    with pytest.raises(NotFoundError, match="no article is called six") as error:
        say(database, "one", "six")
    assert error.value.hint == f"List them with `provenance show list --db {database}`."


def test_a_handle_that_may_mean_several_articles_is_refused(database: str) -> None:
    with pytest.raises(AmbiguousError, match="t may be any of 2 articles") as error:
        say(database, "one", "t")
    assert [choice.partition(" ")[0] for choice in error.value.choices] == ["three", "two"]


def test_no_store_is_ever_made(tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    with pytest.raises(StoreMissingError):
        say(str(path), "one", "two")
    with pytest.raises(StoreMissingError):
        decisions(str(path))
    assert not path.exists()


def test_texts_are_fetched_for_those_asked_for_only(database: str) -> None:
    run = stored_lineage(database, "one").run
    assert stored_texts(database, run, ["two", "one", "two"]) == {"one": "A line.\n", "two": "A line.\n"}
    assert stored_texts("nowhere.db", run, []) == {}
