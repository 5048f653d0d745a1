"""Whatever a finding names as its rule can be looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

import provenance
from provenance import Inspection
from provenance.pipeline.rulebook import every_rule
from provenance.pipeline.toolbox import Toolbox

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return {rule.id: rule.why for rule in every_rule(Toolbox.load())}


def test_every_rule_says_why(known: dict[str, str]) -> None:
    assert [rule for rule, why in known.items() if not why] == []
    assert {"page.prose", "common-order", "credit", "date", "markup.navigation"} <= known.keys()


def test_rules_have_names_of_their_own() -> None:
    names = [rule.id for rule in every_rule(Toolbox.load())]
    assert len(names) == len(set(names))


def test_every_rule_named_for_a_fixture_is_in_the_rulebook(known: dict[str, str]) -> None:
    paths = [FIXTURES / "stories", FIXTURES / "gold" / "boilerplate.jsonl"]
    named = {
        rule
        for found in provenance.inspect(paths)
        if isinstance(found, Inspection)
        for rule in (*(block.rule for block in found.blocks), *(a.rule for a in found.attributions))
    }
    assert named - known.keys() == set()
