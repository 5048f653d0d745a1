from __future__ import annotations

import pytest

from provenance.model import Span
from provenance.text.words import fold, words


def norms(text: str) -> list[str]:
    return [word.norm for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Naïve", "naive"),
        ("KIM’S", "kim's"),
        ("Ｋｉｍ", "kim"),
        ("coöperate", "cooperate"),
        ("مُحَمَّد", "محمد"),
        ("soft\u00adware", "software"),
        ("كتاب", "کتاب"),  # Arabic and Persian kaf
        ("ایرانی", "ايراني"),  # Persian and Arabic yeh
        ("لئے", "لیے"),  # with and without the hamza on its seat
        ("القرآن", "القران"),
        ("مدرسة", "مدرسه"),
        ("۲۰۱۴", "2014"),
        ("२०१४", "2014"),
    ],
)
def test_forms_that_differ_only_in_writing_are_one_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("paper", "papers"), ("über", "ober"), ("दिल", "दल"), ("کہا", "کھا"), ("کے", "کی")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_stand_where_they_are_said_to() -> None:
    text = "Vessel “Ondina” left; 12 aboard — l’équipage n’a rien dit."
    for word in words(text):
        assert fold(text[word.start : word.end]) == word.norm


def test_a_hyphen_and_a_dash_part_words_and_an_apostrophe_does_not() -> None:
    assert norms("test-fired the harbour’s crane—quietly") == ["test", "fired", "the", "harbours", "crane", "quietly"]


def test_scripts_without_spaces_give_a_word_a_character() -> None:
    assert norms("港口罢工 2025") == ["港", "口", "罢", "工", "2025"]
    assert len(norms("ท่าเรือ")) == 5


def test_marks_stay_with_their_letters_in_indic_scripts() -> None:
    assert len(norms("बंदरगाह पर हड़ताल")) == 3


def test_only_the_place_asked_for_is_read() -> None:
    text = "alpha beta gamma"
    assert [word.norm for word in words(text, Span(6, 10))] == ["beta"]
