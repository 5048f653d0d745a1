from __future__ import annotations

import pytest

from provenance.text.transliteration import HAN, KATAKANA, consonants, latin_length, reads_consonants, sound


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Merkel", "Меркель"),
        ("Zelensky", "Зеленский"),
        ("Moskau", "Moscau"),
        ("Müller", "muller"),
        ("Sjöfolk", "Sjofolk"),
        ("Beijing", "北京"),
        ("Photo", "foto"),
    ],
)
def test_one_name_in_two_spellings_sounds_alike(word: str, other: str) -> None:
    one, two = sound(word), sound(other)
    assert one[:5] == two[:5]


def test_a_name_written_by_syllables_keeps_its_consonants() -> None:
    assert consonants(sound("トランプ")) == consonants(sound("Trump"))
    assert consonants(sound("メルケル")) == consonants(sound("Merkel"))


@pytest.mark.parametrize("word", ["", "123", "—", "!"])
def test_what_has_no_letter_has_no_sound(word: str) -> None:
    assert sound(word) == ""


def test_a_word_without_end_is_looked_at_in_part() -> None:
    assert len(sound("ab" * 100_000)) <= 64 * 4


def test_scripts_with_vowels_of_their_own_are_told_from_the_rest() -> None:
    assert reads_consonants("トランプ")
    assert reads_consonants("ترامب")
    assert not reads_consonants("Трамп")
    assert not reads_consonants("Trump")


def test_lengths_of_one_sentence_in_three_scripts_are_close() -> None:
    english = latin_length("Nobody was hurt when the ferry ran aground near the island on Tuesday.")
    russian = latin_length("Никто не пострадал, когда во вторник паром сел на мель у острова.")
    chinese = latin_length("渡轮周二在该岛附近搁浅，无人受伤，乘客已全部撤离。")
    assert 0.7 < russian / english < 1.4
    assert 0.7 < chinese / english < 1.6


def test_names_in_katakana_are_parted_by_their_dots() -> None:
    assert KATAKANA.findall("ドナルド・トランプ氏") == ["ドナルド", "トランプ"]
    assert HAN.findall("ドナルド・トランプ氏は大統領") == ["氏", "大統領"]
