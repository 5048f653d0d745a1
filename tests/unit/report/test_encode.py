import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.report.encode import json_document, json_document_lines, json_line


@given(st.text())
def test_every_text_survives_a_round_trip(text):
    assert json.loads(json_line({"text": text})) == {"text": text}


@given(st.text())
def test_a_line_is_one_line_and_has_a_utf8_form(text):
    line = json_line({"text": text})
    assert len(line.splitlines()) == 1
    assert line.encode("utf-8")


def test_letters_are_not_escaped():
    assert json_line({"title": "Zoë 本"}) == '{"title":"Zoë 本"}'


def test_what_a_terminal_obeys_is_escaped():
    assert json_line({"t": "\x9b\u202e\x1b\x7f"}) == '{"t":"\\u009b\\u202e\\u001b\\u007f"}'


def test_a_document_is_indented():
    assert json_document({"a": [1]}) == '{\n  "a": [\n    1\n  ]\n}'


def test_a_number_json_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="Out of range"):
        json_line({"share": float("nan")})


def test_a_document_written_piece_by_piece_is_the_same_document():
    value = {
        "schema": "x/1",
        "run": {"paths": ["a", "b\u202e\n"], "none": []},
        "articles": [{"id": 1, "of": [1, 2]}, {"id": 2}],
        "drift": [],
        "count": 0.5,
    }
    lazy = {name: iter(part) if name in ("articles", "drift") else part for name, part in value.items()}
    assert "\n".join(json_document_lines(lazy)) == json_document(value)
    last = {"articles": iter([{"id": 1}])}
    assert "\n".join(json_document_lines(last)) == json_document({"articles": [{"id": 1}]})
    assert "\n".join(json_document_lines({"a": 1, "b": iter([])})) == json_document({"a": 1, "b": []})
