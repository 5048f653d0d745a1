"""Names in running text: the automaton of all names and the small ones read before it pays find the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.knowledge.mentions import Mention, NameScanner
from provenance.model import Outlet, OutletId

NAMES = ("Larch Kurier", "Straße Heute", "ΣΟΦΟΣ", "LKW", "Ək", "林报", "لارش", "Larch", "La", "ലാർച്ച്", "Kassel")
PIECES = (
    *NAMES,
    *(name.lower() for name in NAMES),
    *(name.upper() for name in NAMES),
    *("\u212aurier", "Ka\u017f\u017fel", "STRAẞE HEUTE", "σοφος", "Lar", "ch", "و", "എ", "x", " ", "-", "."),
)
FILLER = "Nothing of note stands in this line, nor in the next one. " * 2_000


def scanner() -> NameScanner:
    return NameScanner.of((name, Outlet(OutletId(str(number)), name)) for number, name in enumerate(NAMES))


def scanner_of_all() -> NameScanner:
    made = scanner()
    assert list(made.mentions(FILLER)) == []
    return made


ALL = scanner_of_all()


@pytest.mark.parametrize(
    "text", ["A Larch Kurier, said LKW.", "larch KURIER", "Larch Ku", "le \u212aassel", "林报社说"]
)
def test_a_first_text_holds_the_names_it_would_hold_as_the_last_of_many(text: str) -> None:
    assert list(scanner().mentions(text)) == list(ALL.mentions(text))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_is_read_first_holds_the_same_names(text: str) -> None:
    assert list(scanner().mentions(text)) == list(ALL.mentions(text))


def test_a_letter_is_found_in_every_form_it_has() -> None:
    text = "Larch \u212aurier, gestern in Ka\u017fsel"
    assert [(found.start, found.end) for found in scanner().mentions(text)] == [(0, 12), (25, 31)]


def test_the_longest_name_at_a_place_is_found() -> None:
    assert [found.outlet.name for found in scanner().mentions("Larch Kurier und Larch")] == ["Larch Kurier", "Larch"]


def test_a_list_without_names_finds_none() -> None:
    assert list(NameScanner.of(()).mentions("Larch")) == []


def test_of_two_outlets_with_one_name_the_first_keeps_it() -> None:
    one, other = (Outlet(OutletId(key), "Larch") for key in "ab")
    assert list(NameScanner.of([("Larch", one), ("Larch", other)]).mentions("Larch")) == [Mention(0, 5, one)]
