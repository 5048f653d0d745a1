from __future__ import annotations

import pytest

from provenance.model import Span
from provenance.text.numerals import figures


def digits(text: str) -> list[str]:
    return [figure.digits for figure in figures(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "written", ["1,250,000", "1.250.000", "1 250 000", "1\u202f250\u202f000", "1'250'000", "125万", "１２５万"]
)
def test_one_amount_in_any_convention_has_one_form(written: str) -> None:
    assert digits(written) == ["125"]


@pytest.mark.parametrize("written", ["54.8", "54,8", "٥٤٫٨", "५४.८"])
def test_a_decimal_sign_may_be_a_comma_or_a_full_stop_and_digits_of_any_script(written: str) -> None:
    assert digits(written) == ["548"]


def test_years_keep_their_zeros() -> None:
    assert digits("in 2020 and 2000") == ["2020", "2000"]


def test_small_numbers_keep_their_zeros() -> None:
    assert digits("30 of 100") == ["30", "100"]


def test_thousands_and_their_scale_agree() -> None:
    assert digits("50,000 or 5万") == ["5", "5"]


def test_digits_of_a_code_are_no_number() -> None:
    assert digits("the F16 and the А50") == []


def test_a_number_behind_a_chinese_word_is_one() -> None:
    assert digits("共214名乘客") == ["214"]


def test_the_place_is_where_the_number_stands_with_its_scale() -> None:
    text = "约4.85万欧元"
    (figure,) = figures(text, Span(0, len(text)))
    assert figure.span.of(text) == "4.85万"


def test_only_the_place_asked_for_is_read() -> None:
    assert [figure.digits for figure in figures("12 34 56", Span(3, 5))] == ["34"]
