from __future__ import annotations

import sqlite3
import tracemalloc
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
from provenance.store import InspectedFacts, ProvenanceStore, check_store, checking, prepare_inspection
from provenance.store.checking import MOST_FLAWS


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
            ("article_versions", "row 1 (in/three.txt)", "is not what was read: its digest differs"),
        ),
        (
            "UPDATE article_versions SET title = 'Forged' WHERE id = 2",
            ("article_versions", "row 2 (in/two.txt)", "is not what was read: its digest differs"),
        ),
        (
            "UPDATE article_versions SET text = text || '.' WHERE id = 3",
            ("article_versions", "row 3 (in/one.txt)", "the text is not as long as when it was read"),
        ),
        (
            "UPDATE attributions SET credited = 'Somebody' WHERE inspection_id = 1",
            ("inspections", "row 1 (in/one.txt)", "is not what was found: its digest differs"),
        ),
        (
            "UPDATE blocks SET ends = 99 WHERE inspection_id = 2",
            ("blocks", "inspection_id 2, position 0", "span 0–99 is not in its text, 0–13"),
        ),
        (
            "UPDATE attributions SET name_begins = NULL WHERE inspection_id = 1",
            ("attributions", "inspection_id 1, position 0", "name_span None–2 is not in its text, 0–13"),
        ),
        (
            "UPDATE blocks SET role = 'chorus' WHERE inspection_id = 2",
            ("inspections", "row 2 (in/two.txt)", "cannot be understood: 'chorus' is not a valid Role"),
        ),
        (
            "UPDATE inspection_facts SET terms = x'00010203040506' WHERE inspection_id = 1",
            ("inspection_facts", "inspection_id 1", "the terms are cut off"),
        ),
        (
            "UPDATE article_versions SET claims = '[' WHERE id = 2",
            (
                "article_versions",
                "row 2 (in/two.txt)",
                "cannot be understood: Expecting value: line 1 column 2 (char 1)",
            ),
        ),
        (
            "DELETE FROM article_versions WHERE id = 3",
            ("articles", "id 1", "refers to 3 in article_versions, which is not there"),
        ),
        (
            "DELETE FROM run_articles WHERE run_id = 1 AND article_id = 'two'",
            ("derivations", "run_id 1, number 0", "refers to 1, two in run_articles, which is not there"),
        ),
        (
            "UPDATE inspection_facts SET tricks = '[[\"soft-hyphen\", 1, [2, 99]]]' WHERE inspection_id = 1",
            ("inspection_facts", "inspection_id 1", "a place of tricks, 2–99, is not in its text, 0–13"),
        ),
        (
            'UPDATE inspection_facts SET notes = \'[["update", -1, 4, "r", null]]\' WHERE inspection_id = 2',
            ("inspection_facts", "inspection_id 2", "a place of notes, -1–4, is not in its text, 0–13"),
        ),
        (
            "UPDATE inspection_facts SET notes = '[7]' WHERE inspection_id = 2",
            (
                "inspection_facts",
                "inspection_id 2",
                "notes cannot be understood: cannot unpack non-iterable int object",
            ),
        ),
        (
            "INSERT INTO credit_checks VALUES (1, 'one', 0, 'agency', 'supported', '', '[[3, 2]]', '[]')",
            (
                "credit_checks",
                "run_id 1, article_id one, position 0",
                "a place of spans, 3–2, is not in its text, 0–13",
            ),
        ),
        (
            'INSERT INTO content_drift VALUES (7, 1, 2, \'[["number", 0, 4, 9, 14, "a", "b"]]\')',
            ("content_drift", "id 7", "a place of found, 9–14, is not in its text, 0–13"),
        ),
        (
            'INSERT INTO content_erosion VALUES (8, 1, 2, \'[["name", "x", 0, 4, null, 5, 99]]\')',
            ("content_erosion", "id 8", "a place of found, 5–99, is not in its text, 0–15"),
        ),
        (
            "INSERT INTO erosion VALUES (1, 0, 'name', 'one', 'two', 'x', 4, 90, NULL, NULL, NULL)",
            ("erosion", "run_id 1, position 0", "upstream_span 4–90 is not in its text, 0–13"),
        ),
        (
            "INSERT INTO drift VALUES (1, 0, 'name', 'one', -3, 2, 'a', 'two', 1, 2, 'b')",
            ("drift", "run_id 1, position 0", "downstream_span -3–2 is not in its text, 0–13"),
        ),
        (
            "INSERT INTO evidence_places VALUES (1, 0, 0, 0, 'one', 10, 77)",
            (
                "evidence_places",
                "run_id 1, derivation 0, evidence 0, position 0",
                "span 10–77 is not in its text, 0–13",
            ),
        ),
        (
            "DELETE FROM outlets WHERE id = 'bugle'",
            ("run_articles", "run_id 1, article_id one", "refers to bugle in outlets, which is not there"),
        ),
    ],
)
def test_what_was_changed_from_outside_is_found_and_said_with_what_to_do(
    inspected: Path, statement: str, flaw: tuple[str, str, str]
) -> None:
    change(inspected, statement)
    found = check_store(str(inspected)).flaws
    assert flaw in [(each.table, each.place, each.says) for each in found]
    assert all(each.remedy.endswith(".") for each in found)


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
    assert "sqlite3" in flaws[0].remedy
    assert all(flaw.table == "the file" and "ix_articles_article_id" in flaw.says for flaw in flaws)


def test_a_store_with_very_many_flaws_is_not_listed_to_the_end(inspected: Path) -> None:
    values = ", ".join(f"({number}, 1, 2, '[7]')" for number in range(MOST_FLAWS + 5))
    change(inspected, f"INSERT INTO content_drift VALUES {values}")
    flaws = check_store(str(inspected)).flaws
    assert len(flaws) == MOST_FLAWS + 1
    assert flaws[-1].says == "has more flaws: these are the first 1,000"


def test_long_texts_are_looked_at_a_few_at_a_time(path: Path, reading, monkeypatch: pytest.MonkeyPatch) -> None:
    with ProvenanceStore.open(str(path), create=True) as store, store.begin_run(Run(RunId("run:1"), ("in",))) as scope:
        scope.add([reading(f"{number}", f"{number} " + "word " * 100_000) for number in range(40)])
    tracemalloc.start()
    assert check_store(str(path)).flaws == ()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (
        peak < 5 * checking.STEP_CHARACTERS
    )  # a fifth of it at once, with their digests: not the 20 million there are
    monkeypatch.setattr(checking, "PAGE", 3)
    monkeypatch.setattr(checking, "STEP", 2)
    change(path, "UPDATE article_versions SET title = 'Forged' WHERE id IN (1, 20, 40)")
    places = [flaw.place.split(" (")[0] for flaw in check_store(str(path)).flaws]
    assert places == ["row 1", "row 20", "row 40"]


def test_what_is_not_there_or_no_store_is_refused(path: Path) -> None:
    with pytest.raises(StoreMissingError):
        check_store(str(path))
    path.touch()
    with pytest.raises(StoreError, match="is not a provenance store"):
        check_store(str(path))
