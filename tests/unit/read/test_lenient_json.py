"""JSON as pages hold it: damaged, and still saying who supplied what."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.read.page.lenient_json import read_leniently

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_what_is_json_is_read_as_json(value: dict[str, object]) -> None:
    written = json.dumps(value)
    # A string that holds what reads like the end of a string is the price of forgiving bare quotation marks.
    if '\\"' not in written:
        assert read_leniently(written) == json.loads(written)


@given(st.text(alphabet="{}[]\"':,\\/* \nab1", max_size=60))
def test_nothing_is_too_broken_to_be_read(text: str) -> None:
    assert read_leniently(text) == read_leniently(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('{"a": {"b": "c",}, "d": [1, 2,],}', {"a": {"b": "c"}, "d": [1, 2]}),
        ('/* seo */ {"a": 1, // one\n "b": 2}', {"a": 1, "b": 2}),
        ("{'a': 'it', b: true}", {"a": "it", "b": True}),
        ('{"a": "she said "no" twice", "b": "c"}', {"a": 'she said "no" twice', "b": "c"}),
        ('{"a": "she said "no", and left", "b": "c"}', {"a": 'she said "no", and left', "b": "c"}),
        ('{"a": "two\nlines\t", "b": "\\u00e9\\n\\ud83d\\ude00"}', {"a": "two\nlines\t", "b": "é\n😀"}),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}),
        ('{"a": {"b": "c"}, "d": {', {"a": {"b": "c"}, "d": {}}),
        ('{"a": "cut of', {"a": "cut of"}),
        ("", None),
        ("}{", None),
    ],
)
def test_damage_costs_no_more_than_what_is_damaged(written: str, expected: object) -> None:
    assert read_leniently(written) == expected
