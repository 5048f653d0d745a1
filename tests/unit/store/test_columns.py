from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from provenance.store.columns import ExactText, UtcDateTime
from provenance.store.encoding import digest

DIALECT = sqlite.dialect()
EARLY, LATE = datetime(2, 1, 1), datetime(9998, 1, 1)  # noqa: DTZ001  the zone is drawn apart
ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
def test_any_text_survives_and_what_is_stored_is_valid_utf_8_without_nul(text: str) -> None:
    stored = ExactText().process_bind_param(text, DIALECT)
    assert stored is not None
    assert b"\0" not in stored.encode("utf-8")
    assert ExactText().process_result_value(stored, DIALECT) == text


def test_ordinary_text_is_stored_as_it_is() -> None:
    assert ExactText().process_bind_param("Ünïcode – 日本\n", DIALECT) == "Ünïcode – 日本\n"


def test_text_that_looks_like_an_escape_is_not_taken_for_one() -> None:
    stored = ExactText().process_bind_param("\x100041", DIALECT)
    assert ExactText().process_result_value(stored, DIALECT) == "\x100041"


@given(st.datetimes(EARLY, LATE), st.integers(-12, 14))
def test_an_instant_survives_whatever_its_zone(moment: datetime, hours: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    stored = UtcDateTime().process_bind_param(aware, DIALECT)
    assert stored is not None
    assert UtcDateTime().process_result_value(stored.replace(tzinfo=None), DIALECT) == aware
    assert UtcDateTime().process_result_value(stored, DIALECT) == aware
    assert stored.tzinfo is UTC


@given(st.lists(ANY_TEXT), st.lists(ANY_TEXT))
def test_a_digest_tells_lists_of_parts_apart(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)
