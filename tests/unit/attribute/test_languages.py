import pytest

from provenance.attribute.languages import reading_languages

KNOWN = frozenset({"*", "en", "de", "nl", "af", "ru", "uk", "be", "bg", "zh", "ja", "hi", "mr", "ne", "sr", "hr", "ar"})


def read(text: str, language: str | None) -> frozenset[str]:
    return reading_languages(text, language, KNOWN)


def test_a_page_is_read_by_the_rules_of_its_language_english_and_those_of_every_language():
    assert read("Der Steg bleibt bis Monatsende gesperrt.", "de") == {"*", "en", "de"}


def test_languages_taken_for_one_another_are_read_together():
    assert read("De steiger blijft dicht.", "nl") == {"*", "en", "nl", "af"}
    assert {"hr", "bg"} <= read("Pristanište ostaje zatvoreno.", "sr")


@pytest.mark.parametrize("language", [None, "qq"])
def test_an_undecided_page_is_read_by_all_that_its_letters_allow(language):
    assert read("The pier stays shut.", language) == {"*", "en", "de", "nl", "af", "sr", "hr"}
    assert {"ru", "uk", "be", "bg"} <= read("Причал закрыт.", language)


def test_a_page_that_is_not_written_as_its_language_is_counts_as_undecided():
    assert "de" in read("The pier stays shut.", "ru")


def test_a_credit_in_another_script_is_read_by_the_rules_of_that_script():
    assert {"zh", "ja"} <= read("The pier stays shut.\n来源：新华社", "en")
    assert not {"zh", "ja", "ru"} & read("The α of the pier, 5 µm, stays shut.", "en")
