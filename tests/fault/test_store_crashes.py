"""Audits killed at random moments; ``scripts/crash`` does the same to thousands of articles, many times."""

from __future__ import annotations

import pytest
from crashing.killing import Harness, LostError

from provenance.pipeline.options import Step


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    return Harness(tmp_path_factory.mktemp("crash"), 100, workers=1)


@pytest.mark.slow
def test_a_killed_audit_loses_nothing_and_the_next_one_ends_as_if_it_had_not_been_killed(harness: Harness) -> None:
    for step in (Step.READ, Step.MATCH):
        harness.kill(step)
    harness.resume()
    assert harness.killed >= 1
    assert harness.finished >= 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM reviews", "not what they were"),
        ("UPDATE article_versions SET title = 'Forged' WHERE id = 1", "its digest differs"),
    ],
)
def test_the_harness_notices_what_was_lost(harness: Harness, statement: str, said: str) -> None:
    harness.hold()
    harness.change(statement)
    with pytest.raises(LostError, match=said):
        harness.hold()
    harness.renew()
