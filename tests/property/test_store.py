"""What the stages find of any text comes back from a store as it was written; tests/contract has the rest of a store."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Inspection, Run, RunId
from provenance.pipeline.matching import inspected_facts
from provenance.store import ProvenanceStore, RunScope, SourceReading, SourceStamp, prepare_inspection
from tests.property.effort import tried
from tests.property.test_match import matched
from tests.property.writing import PAGES, STORIES, inspected


@pytest.fixture(scope="module")
def store() -> Iterator[ProvenanceStore]:
    with ProvenanceStore.open("sqlite://", create=True) as opened:  # a second to make; a run is made in no time
        yield opened


def begun(store: ProvenanceStore, found: list[Inspection]) -> RunScope:
    run = store.begin_run(Run(RunId("run:1"), ("in",)))
    articles = tuple(each.labelled.article for each in found)
    run.add([SourceReading(SourceStamp("in/a.jsonl", 1, 1, "r"), articles)])
    run.save_inspections([prepare_inspection("k", each, inspected_facts(each)) for each in found])
    return run


@tried(15)
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_what_was_found_in_any_text_comes_back_as_it_was_written(store: ProvenanceStore, texts: list[str]) -> None:
    found = [inspected(text, name=f"a{number}") for number, text in enumerate(texts)]
    with begun(store, found) as run:
        assert list(run.articles()) == [each.labelled.article for each in found]
        for kept, each in zip(run.inspections(), found, strict=True):
            bare = tuple(dataclasses.replace(block, clues=()) for block in each.blocks)
            assert (kept.blocks, kept.attributions, kept.outlet) == (bare, each.attributions, each.outlet)
        told = {facts.id: taken for facts, taken in run.facts()}
        assert told == {each.labelled.article.id: inspected_facts(each) for each in found}
        run.fail("only tried")


@tried(10)
@given(STORIES, STORIES)
def test_what_two_texts_share_comes_back_as_it_was_written(store: ProvenanceStore, one: str, other: str) -> None:
    found = [inspected(text, name=name, language="en") for text, name in ((one, "a"), (other, "b"))]
    match, _ = matched(one, other)
    with begun(store, found) as run:
        run.save_matches("k", [match])
        assert list(run.stored_matches(run.match_places("k", [(match.left, match.right)]))) == [match]
        run.fail("only tried")
