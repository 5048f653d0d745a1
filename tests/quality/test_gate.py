"""The accuracy gate: what it lets pass, what it refuses, and how floors move."""

import tomllib

import pytest
from evaluation.gate import Pin, Pins, digest_of, failures, load_pins, repinned
from evaluation.measures import Better, Measure

DIGEST = "d" * 64


def measured(value, name="upstream F1"):
    return Measure("gate", "attribution", name, value, 1.0)


def pinned(value, name="upstream F1", better=Better.HIGHER):
    return Pins(DIGEST, {("attribution", name): Pin(value, better)})


def floor_of(text, key="at-least", name="upstream F1"):
    return tomllib.loads(text)["attribution"][key][name]


def test_a_value_at_its_floor_passes():
    assert failures([measured(0.9)], pinned(0.9), DIGEST) == []


def test_a_value_below_its_floor_fails():
    (failure,) = failures([measured(0.8999)], pinned(0.9), DIGEST)
    assert "below the pinned 0.9" in failure


def test_a_rate_of_errors_fails_when_it_rises():
    pins = pinned(0.03, "false-positive rate", Better.LOWER)
    assert failures([measured(0.03, "false-positive rate")], pins, DIGEST) == []
    (failure,) = failures([measured(0.04, "false-positive rate")], pins, DIGEST)
    assert "above the pinned 0.03" in failure


def test_another_gold_than_the_pinned_one_fails():
    (failure,) = failures([measured(1.0)], pinned(0.9), "e" * 64)
    assert "has changed since it was pinned" in failure


def test_a_measure_without_a_pin_and_a_pin_without_a_measure_fail():
    found = failures([measured(1.0, "span F1")], pinned(0.9), DIGEST)
    assert [each.rpartition(": ")[0] for each in found] == [
        "attribution, span F1: has no pin",
        "attribution, upstream F1",
    ]


def test_pinning_raises_a_floor():
    assert floor_of(repinned([measured(0.95678)], pinned(0.9), DIGEST, allow_regression=False)) == 0.956


def test_pinning_never_lowers_a_floor_unless_that_is_meant():
    worse = [measured(0.5)]
    assert floor_of(repinned(worse, pinned(0.9), DIGEST, allow_regression=False)) == 0.9
    assert floor_of(repinned(worse, pinned(0.9), DIGEST, allow_regression=True)) == 0.5


def test_pinning_never_raises_a_ceiling_unless_that_is_meant():
    pins = pinned(0.03, "false-positive rate", Better.LOWER)
    worse = [measured(0.1, "false-positive rate")]
    kept = repinned(worse, pins, DIGEST, allow_regression=False)
    assert floor_of(kept, "at-most", "false-positive rate") == 0.03
    meant = repinned(worse, pins, DIGEST, allow_regression=True)
    assert floor_of(meant, "at-most", "false-positive rate") == 0.1


@pytest.mark.parametrize("value", [0.0, 0.1, 0.29, 1 / 3, 0.57, 0.9999, 1.0])
@pytest.mark.parametrize(("name", "better"), [("upstream F1", Better.HIGHER), ("strangers linked", Better.LOWER)])
def test_what_was_pinned_passes_with_the_value_it_was_pinned_at(tmp_path, value, name, better):
    file = tmp_path / "floors.toml"
    file.write_text(repinned([measured(value, name)], Pins("", {}), DIGEST, allow_regression=False))
    pins = load_pins(file)
    assert pins.pins[("attribution", name)].better is better
    assert failures([measured(value, name)], pins, DIGEST) == []


def test_the_digest_changes_with_any_file_and_not_with_the_notes(tmp_path):
    for part in ("expected", "gold", "stories"):
        (tmp_path / part).mkdir()
    file = tmp_path / "gold" / "a.jsonl"
    file.write_text("1")
    before = digest_of(tmp_path)
    (tmp_path / "gold" / "README.md").write_text("notes")
    assert digest_of(tmp_path) == before
    file.write_text("2")
    changed = digest_of(tmp_path)
    file.rename(tmp_path / "gold" / "b.jsonl")
    assert len({before, changed, digest_of(tmp_path)}) == 3


def test_a_note_on_what_is_not_reached_yet_leaves_the_digest(tmp_path):
    (tmp_path / "expected").mkdir()
    file = tmp_path / "expected" / "flood.toml"
    file.write_text('[[files]]\nfile = "a"\ndrift = [{ kind = "number" }]\n')
    before = digest_of(tmp_path)
    file.write_text('[[files]]\nfile = "a"\ndrift = [{ kind = "number", pending = "too hard" }]\n')
    assert digest_of(tmp_path) == before
    file.write_text('[[files]]\nfile = "a"\ndrift = [{ kind = "name" }]\n')
    assert digest_of(tmp_path) != before
