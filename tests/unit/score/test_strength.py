from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import ArticleId, Match
from provenance.score import StrengthModel, load_strength_model, weigh

MODEL = load_strength_model()
NAMES = sorted(MODEL.weights)
MEASURED = st.fixed_dictionaries({name: st.floats(0.0, 1.0) for name in NAMES})


def match(signals: dict[str, float]) -> Match:
    return Match(ArticleId("a"), ArticleId("b"), (), 200, 300, 0.0, 0.0, signals=signals)


@given(MEASURED)
def test_the_weights_shown_add_up_to_the_log_odds(signals: dict[str, float]) -> None:
    found = weigh(match(signals), MODEL)
    shown = sum(evidence.weight for evidence in found.evidence)
    assert shown == pytest.approx(math.log(found.strength / (1.0 - found.strength)), abs=0.01)


@given(MEASURED, st.sampled_from(NAMES), st.floats(0.0, 1.0))
def test_more_of_any_evidence_never_lowers_the_strength(signals: dict[str, float], name: str, value: float) -> None:
    more = signals | {name: max(value, signals[name])}
    assert MODEL.strength(more) >= MODEL.strength(signals)


def test_a_short_text_needs_more_evidence_than_a_long_one() -> None:
    same = dict.fromkeys(NAMES, 0.5)
    assert MODEL.strength(same | {"enough-text": 0.2}) < MODEL.strength(same | {"enough-text": 1.0})


def test_a_text_of_some_length_proves_nothing_by_itself() -> None:
    assert MODEL.strength({"enough-text": 1.0}) < 0.05


def test_what_has_no_weight_is_not_among_the_evidence() -> None:
    found = weigh(match({"shared-order": 0.7, "words-in-order": 0.4}), StrengthModel(-3.0, {"shared-order": 2.0}))
    assert [evidence.kind for evidence in found.evidence] == ["shared-order", "starting-point"]
