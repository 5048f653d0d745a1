from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from provenance.clean import FurniturePhrases
from provenance.errors import KnowledgeError
from provenance.knowledge.rules import load_rules

_spec = importlib.util.spec_from_file_location("clean_pages", Path(__file__).with_name("pages.py"))
assert _spec is not None
assert _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)


def test_a_phrase_inside_a_longer_line_is_found_where_its_rule_says_anywhere() -> None:
    found = pages.phrases().find("Every Friday the maps of the week come straight to your inbox, with a note from us")

    assert found is not None
    assert (found.rule, found.certain) == ("furniture.en.newsletter", False)


def test_a_phrase_that_must_be_the_whole_line_is_not_found_inside_one() -> None:
    assert pages.phrases().find("The council said that the word Advertisement must stand above each one") is None


def test_every_place_but_the_two_known_ones_is_refused() -> None:
    rule = next(rule for rule in load_rules("furniture") if rule.pattern)
    options = {**rule.options, "place": "nowhere"}

    with pytest.raises(KnowledgeError, match="place"):
        FurniturePhrases.compile([type(rule)(**{**{f: getattr(rule, f) for f in rule.__slots__}, "options": options})])
