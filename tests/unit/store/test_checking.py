from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from provenance.errors import StoreError, StoreMissingError
from provenance.model import (
    Attribution,
    AttributionKind,
    Block,
    ContentHash,
    Inspection,
    LabelledArticle,
    Match,
    Passage,
    PassageKind,
    Role,
    Run,
    RunId,
    Span,
)
from provenance.store import Flaw, InspectedFacts, ProvenanceStore, check_store, prepare_inspection


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:  # such a connection checks no references
        connection.execute(statement)


@pytest.fixture
def inspected(audited: Path, reading) -> Path:
    """The audited store, with an inspection and a match of two of its articles in a second run."""
    with ProvenanceStore.open(str(audited), create=True) as store:
        scope = store.begin_run(Run(RunId("run:2"), ("in",)))
        scope.adopt(["in/one.txt", "in/two.txt"])
        for article in scope.articles():
            labelled = LabelledArticle(article, (Block(Span(0, 4), Role.BODY, "r"),))
            claims = (Attribution(AttributionKind.WIRE, "Text", "r", Span(0, 4), name_span=Span(0, 2)),)
            facts = InspectedFacts(ContentHash("b"), 3, fingerprints=bytes(16), terms=bytes(8))
            scope.save_inspections([prepare_inspection("key", Inspection(labelled, claims), facts)])
        passage = Passage(PassageKind.VERBATIM, Span(0, 4), Span(0, 4), 1.0, 1, 1)
        one, two = sorted(scope.article_ids())
        scope.save_matches("key", [Match(one, two, (passage,), 3, 3, 0.3, 0.3)])
    return audited


def test_a_sound_store_has_no_flaw_and_is_not_touched(inspected: Path) -> None:
    before = inspected.read_bytes()
    found = check_store(str(inspected))
    assert (found.store, found.contents, found.inspections, found.runs) == (str(inspected), 3, 2, 2)
    assert found.flaws == ()
    assert inspected.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        (
            "UPDATE article_versions SET text = replace(text, 'Text', 'Tent') WHERE id = 1",
            Flaw("article_versions", "row 1", "is not what was read: its digest differs"),
        ),
        (
            "UPDATE article_versions SET title = 'Forged' WHERE id = 2",
            Flaw("article_versions", "row 2", "is not what was read: its digest differs"),
        ),
        (
            "UPDATE article_versions SET text = text || '.' WHERE id = 3",
            Flaw("article_versions", "row 3", "the text is not as long as when it was read"),
        ),
        (
            "UPDATE attributions SET credited = 'Somebody' WHERE inspection_id = 1",
            Flaw("inspections", "row 1", "is not what was found: its digest differs"),
        ),
        (
            "UPDATE blocks SET ends = 99 WHERE inspection_id = 2",
            Flaw("blocks", "inspection_id 2, position 0", "span 0–99 is not in its text, 0–13"),
        ),
        (
            "UPDATE attributions SET name_begins = NULL WHERE inspection_id = 1",
            Flaw("attributions", "inspection_id 1, position 0", "name_span None–2 is not in its text, 0–13"),
        ),
        (
            "UPDATE blocks SET role = 'chorus' WHERE inspection_id = 2",
            Flaw("inspections", "row 2", "cannot be understood: 'chorus' is not a valid Role"),
        ),
        (
            "UPDATE inspection_facts SET terms = x'00010203040506' WHERE inspection_id = 1",
            Flaw("inspection_facts", "inspection_id 1", "the terms are cut off"),
        ),
        (
            "UPDATE article_versions SET claims = '[' WHERE id = 2",
            Flaw("article_versions", "row 2", "cannot be understood: Expecting value: line 1 column 2 (char 1)"),
        ),
        (
            "DELETE FROM outlets WHERE id = 'bugle'",
            Flaw("run_articles", "", "refers to a row of outlets that is not there"),
        ),
    ],
)
def test_what_was_changed_from_outside_is_found(inspected: Path, statement: str, flaw: Flaw) -> None:
    change(inspected, statement)
    assert flaw in check_store(str(inspected)).flaws


def test_a_passage_outside_its_text_is_found(inspected: Path) -> None:
    change(inspected, "UPDATE passages SET right_begins = 5")
    (flaw,) = check_store(str(inspected)).flaws
    assert flaw.table == "passages"
    assert flaw.says == "right_span 5–4 is not in its text, 0–13"


def test_a_lineage_that_goes_in_a_circle_is_found(inspected: Path) -> None:
    change(inspected, "UPDATE derivations SET in_lineage = 1")
    assert check_store(str(inspected)).flaws == ()
    change(inspected, "UPDATE derivations SET upstream = 'one', downstream = 'two' WHERE upstream IS NULL")
    (flaw,) = check_store(str(inspected)).flaws
    assert (flaw.table, flaw.place) == ("derivations", "run 1")
    assert flaw.says in {
        "the lineage goes in a circle: one → two → one",
        "the lineage goes in a circle: two → one → two",
    }


def test_an_index_that_does_not_fit_its_table_is_found(audited: Path) -> None:
    content = audited.read_bytes()
    with closing(sqlite3.connect(audited)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_articles_article_id'"
        ).fetchone()
    start, end = (page - 1) * 4096, page * 4096
    audited.write_bytes(content[:start] + content[start:end].replace(b"three", b"throe") + content[end:])
    flaws = check_store(str(audited)).flaws
    assert flaws
    assert all(flaw.table == "the file" and "ix_articles_article_id" in flaw.says for flaw in flaws)


def test_what_is_not_there_or_no_store_is_refused(path: Path) -> None:
    with pytest.raises(StoreMissingError):
        check_store(str(path))
    path.touch()
    with pytest.raises(StoreError, match="is not a provenance store"):
        check_store(str(path))
