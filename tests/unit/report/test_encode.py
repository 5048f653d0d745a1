import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.report.encode import json_document, json_line


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
