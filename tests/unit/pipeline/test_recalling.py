"""What is around one article is read without the rest of an audit, and tells of that article what the whole does."""

import io
import sqlite3
from pathlib import Path

import pytest
from rich.console import Console

from provenance.model import ArticleId
from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions
from provenance.pipeline.recalling import stored_article, stored_findings, stored_lineage
from provenance.report import contract, path_contract
from provenance.report.encode import json_document
from provenance.report.findings import FindingsIndex
from provenance.report.path import path_back
from provenance.report.terminal.article import article_view
from provenance.report.terminal.trace import trace_view
from provenance.store import ProvenanceStore

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    place = str(tmp_path_factory.mktemp("recalled") / "provenance.db")
    audit(
        [FIXTURES / "lineages", FIXTURES / "stories" / "dam-inspection"],
        AuditOptions(database=place, workers=1),
    )
    return place


@pytest.fixture(scope="module")
def whole(database):
    return stored_findings(database)


def printed(view):
    buffer = io.StringIO()
    Console(file=buffer, width=20_000, color_system=None, markup=False, emoji=False, highlight=False).print(view)
    return buffer.getvalue()


def test_an_article_is_shown_from_its_surroundings_as_from_the_whole(database, whole):
    for article in (each.id for each in whole.articles):
        part = stored_article(database, article).findings
        assert json_document(contract.stored_article(part, article)) == json_document(
            contract.stored_article(whole, article)
        )
        assert printed(article_view(part, article, {})) == printed(article_view(whole, article, {}))


def test_a_lineage_is_traced_in_its_surroundings_as_in_the_whole(database, whole):
    index = FindingsIndex(whole)
    for article in (each.id for each in whole.articles):
        part = FindingsIndex(stored_lineage(database, article).findings)
        here, there = path_back(part, article), path_back(index, article)
        assert json_document(path_contract.trace(part, here)) == json_document(path_contract.trace(index, there))
        assert printed(trace_view(part, here, {})) == printed(trace_view(index, there, {}))


def test_surroundings_are_the_family_and_what_the_article_is_tied_to(database, whole):
    family = whole.lineage.families[0]
    part = stored_article(database, family.articles[0]).findings
    assert part.lineage.families == (family,)
    assert set(family.articles) <= {each.id for each in part.articles}
    assert len(part.articles) < len(whole.articles)
    links = [each for each in whole.lineage.derivations if {each.downstream, each.upstream} <= {*family.articles, None}]
    assert [each for each in part.lineage.derivations if each in links] == links


def test_around_an_article_that_is_not_there_is_nothing(database):
    with ProvenanceStore.open(database) as store:
        found = store.findings(around=ArticleId("nobody"))
    assert (found.articles, found.verdicts, found.lineage.derivations, found.lineage.families) == ((), (), (), ())


def test_a_store_knows_how_much_its_indexes_hold(database):
    with sqlite3.connect(database) as connection:
        counted = {table for (table,) in connection.execute("SELECT DISTINCT tbl FROM sqlite_stat1")}
        plan = connection.execute("EXPLAIN QUERY PLAN SELECT 1 FROM derivations WHERE run_id = 1 AND downstream = 'a'")
        assert any("run_id_downstream" in told for *_, told in plan)
    assert {"derivations", "evidence", "family_members", "run_articles"} <= counted
