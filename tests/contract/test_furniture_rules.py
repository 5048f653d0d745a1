from __future__ import annotations

import pytest
import re2

from provenance.clean import FurniturePhrases
from provenance.clean.surface import bare
from provenance.errors import KnowledgeError
from provenance.knowledge.rules import load_rules, parse_rules
from provenance.model import Role, Rule

RULES = load_rules("furniture")
WHOLE = FurniturePhrases.compile(RULES)
MOST_INSTRUCTIONS = 25_000
"""Of RE2: a millisecond for every thousand or two."""
LANGUAGES = frozenset({rule.language for rule in RULES} - {"*"})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_examples_and_no_counterexample(rule: Rule) -> None:
    alone = FurniturePhrases.compile([rule])

    assert rule.examples
    assert rule.counterexamples
    language = rule.language
    assert [text for text in rule.examples if alone.find(bare(text), language=language) is None] == []
    assert [text for text in rule.counterexamples if alone.find(bare(text), language=language) is not None] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_small_enough_to_be_compiled_at_every_start(rule: Rule) -> None:
    # Counted repetitions of Unicode classes are unrolled: [\p{L}\p{N}]{2,40} alone is 20,000 instructions.
    assert re2.compile(rule.pattern.replace("\n", "")).programsize < MOST_INSTRUCTIONS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_gives_a_role_a_reason_and_a_source(rule: Rule) -> None:
    assert Role(rule.kind) not in {Role.BODY, Role.BLANK, Role.TITLE}
    assert rule.why
    assert rule.source
    assert rule.stage == "clean"


def test_every_language_has_rules_for_the_common_widgets() -> None:
    assert len(LANGUAGES) >= 18
    for language in LANGUAGES:
        kinds = {rule.kind for rule in RULES if rule.language == language}
        assert {"share", "comments", "related", "legal", "attribution", "loading"} <= kinds, language


def test_no_example_of_a_certain_rule_is_lost_among_all_rules() -> None:
    lost = [text for rule in RULES for text in rule.examples if WHOLE.find(bare(text), language=rule.language) is None]

    assert lost == []


@pytest.mark.parametrize("language", ["en", None])
def test_rules_of_another_script_say_nothing_of_latin_lines(language: str | None) -> None:
    found = [WHOLE.find(text, language=language) for text in ("© Example News Agency", "PR", "Update", "Harbour = 10")]

    assert {phrase.language for phrase in found if phrase is not None} & {
        "ar",
        "fa",
        "hi",
        "ja",
        "ko",
        "ru",
        "zh",
    } == set()


def test_a_pattern_that_is_none_is_named_with_its_rule() -> None:
    rules = parse_rules(
        'stage = "clean"\n[[rule]]\nid = "x.broken"\nkind = "share"\nwhy = "w"\npattern = "(a"\n', name="x.toml"
    )

    with pytest.raises(KnowledgeError, match=r"x\.broken"):
        FurniturePhrases.compile(rules)


@pytest.mark.parametrize(
    "extra", ['kind = "nonsense"', 'kind = "share"\nevidence = "maybe"', 'kind = "share"\nopens = "x"']
)
def test_an_unknown_role_or_option_is_named_with_its_rule(extra: str) -> None:
    rules = parse_rules(f'stage = "clean"\n[[rule]]\nid = "x.odd"\n{extra}\nwhy = "w"\npattern = "a"\n', name="x.toml")

    with pytest.raises(KnowledgeError, match=r"x\.odd"):
        FurniturePhrases.compile(rules)


def test_the_digest_names_the_rules_not_their_order() -> None:
    assert FurniturePhrases.compile(reversed(RULES)).digest == WHOLE.digest
    assert FurniturePhrases.compile(RULES[1:]).digest != WHOLE.digest
