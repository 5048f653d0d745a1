from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Span
from provenance.text.composition import compose
from provenance.text.quotations import quotations
from provenance.text.sentences import sentences
from provenance.text.styled import plain_letters
from provenance.text.view import _UNUSUAL, NOT_LATIN, view_of
from provenance.text.words import fold, words

ENGLISH = "The harbour council voted on Tuesday to close the old swing bridge to a haulier’s lorries."
RUSSIAN = "Городской совет проголосовал во вторник за закрытие старого моста, а не дороги, сообщает Reuters."
PERSIAN = "شورای بندر روز سه‌شنبه تصویب کرد که پل قدیمی دست‌کم شش هفته بسته می‌شود."
HINDI = "मौसम विभाग ने पड़ोसी राज्य में बारिश की चेतावनी दी।"
CHINESE = "港务委员会星期二投票决定，旧桥六周内禁止卡车通行。"
THAI = "สภาท่าเรือลงมติปิดสะพานเก่า"
KOREAN = "항만 위원회는 화요일 낡은 다리를 닫기로 했다."
TEXTS = (ENGLISH, RUSSIAN, PERSIAN, HINDI, CHINESE, THAI, KOREAN)
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2063\ufe0f\ufeff\U000e0061"
CYRILLIC = str.maketrans("aeopcyxisjABEKMHOPCTX", "аеорсухіѕјАВЕКМНОРСТХ")
GREEK = str.maketrans("aoviABEZHIKMNOPTYX", "αονιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
FULL_WIDTH = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
BOLD = {code: 0x1D41A + code - 0x61 for code in range(0x61, 0x7B)}

ANY_TEXT = st.text(max_size=200)
MIXED_TEXT = st.text(
    st.sampled_from("aéе\u0301\u0308 оοｏ𝐨ж.“”\u200b\u00ad\u202eक़\u094dกำ한\u1112\u1161\u11ab\u3164각中\n"), max_size=60
)


def norms(text: str) -> list[str]:
    return [word.norm for word in words(text)]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("hidden", ZERO_WIDTH)
def test_hidden_characters_anywhere_change_no_word(text: str, hidden: str) -> None:
    spoilt = hidden + hidden.join(text) + hidden
    assert norms(spoilt) == norms(text)
    for word in words(spoilt):
        assert fold(word_at(spoilt, word.start, word.end)) == word.norm


def word_at(text: str, start: int, end: int) -> str:
    return view_of(text[start:end]).text


def test_a_word_reaches_from_its_first_to_its_last_visible_code_point() -> None:
    (word,) = words("\u200bso\u00adft\u200bware\u200b")
    assert (word.start, word.end) == (1, 11)


def test_signs_of_a_script_without_spaces_still_touch_with_something_hidden_between() -> None:
    first, second = words("港\u200b口 ")
    assert (first.start, first.end, second.start, second.end) == (0, 2, 2, 3)


@pytest.mark.parametrize("text", TEXTS)
def test_decomposed_text_has_the_same_words_at_its_own_places(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert norms(apart) == norms(text)
    for one, other in zip(words(apart), words(text), strict=True):
        assert unicodedata.normalize("NFC", apart[one.start : one.end]) == unicodedata.normalize(
            "NFC", text[other.start : other.end]
        )


@pytest.mark.parametrize("table", [CYRILLIC, GREEK, FULL_WIDTH, BOLD], ids=["Cyrillic", "Greek", "full width", "bold"])
@pytest.mark.parametrize("step", [1, 2, 7])
def test_letters_that_look_the_same_change_no_word(table: dict[int, int], step: int) -> None:
    spoilt = "".join(letter.translate(table) if at % step == 0 else letter for at, letter in enumerate(ENGLISH))
    assert spoilt != ENGLISH
    assert [(w.norm, w.start, w.end) for w in words(spoilt)] == [(w.norm, w.start, w.end) for w in words(ENGLISH)]


def test_latin_letters_in_a_russian_text_are_read_as_russian() -> None:
    latin = {value: key for key, value in CYRILLIC.items()}
    for step in (1, 2, 7):
        spoilt = "".join(letter.translate(latin) if at % step == 0 else letter for at, letter in enumerate(RUSSIAN))
        assert norms(spoilt) == norms(RUSSIAN)


@pytest.mark.parametrize(
    "text",
    [
        "Новый iPhone'а в России, как и COVIDом переболевшие, USB-порт и SMSки от Apple, а также Google.",
        "The kΩ and μm readings of the KoЯn concert at 5 µg were high.",
        "Српски језик се пише ћирилицом i latinicom, а то је нормално: сатари се чита satari.",
        "議会は火曜日、ＮＨＫの取材に応じた。iPhoneを使う。",
        "Η ΔΕΗ και η Microsoft ανακοίνωσαν, ο CEO είπε.",
        "Завод Kia в XXI веке, глава III, а также Kia на складе. Агентство Reuters с места событий сообщает, а Apple и Google, о чём писали, молчат.",
        "L’équipage n’a rien dit à Dvořák au café.",
    ],
)
def test_words_that_mix_scripts_for_a_reason_stay_as_they_are(text: str) -> None:
    assert view_of(text).lookalikes == ()


def test_a_whole_word_of_lookalikes_is_read_in_the_script_around_it() -> None:
    assert norms("He saw а сор in the street") == ["he", "saw", "a", "cop", "in", "the", "street"]
    assert norms("Он сказал «сор» и «the cap is on», а мы ушли")[2] == "сор"


def test_sentences_and_quotations_of_a_spoilt_text_stand_where_those_of_the_text_do() -> None:
    text = "The mayor said: “We waited too long.” Nobody answered. The bridge stays shut."
    spoilt = "\u200b".join(text)
    for find in (
        lambda piece: sentences(piece, Span(0, len(piece)), language="en"),
        quotations,
    ):
        assert [place.of(spoilt).replace("\u200b", "") for place in find(spoilt)] == [
            place.of(text) for place in find(text)
        ]


def test_a_place_in_the_text_takes_the_words_that_begin_in_it() -> None:
    text = "al\u00adpha be\u00adta gam\u00adma"
    assert [word.norm for word in words(text, Span(7, 12))] == ["beta"]
    assert words(text, Span(3, 3)) == []


@given(MIXED_TEXT | ANY_TEXT)
def test_every_run_of_the_view_leads_back_in_order(text: str) -> None:
    view = view_of(text)
    places = [view.place(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert all(first.start <= second.start and first.end <= second.end for first, second in itertools.pairwise(places))
    for place in set(places):  # a run made from one place is what that place composes to
        letters = zip(view.composed.text, places, strict=True)
        assert (
            "".join(letter for letter, other in letters if other == place)
            == compose(plain_letters(place.of(text))).text
        )


@given(MIXED_TEXT | ANY_TEXT)
def test_the_parts_of_a_text_are_the_parts_of_its_view(text: str) -> None:
    view = view_of(text)
    for cut in range(len(text) + 1):
        head, tail = view.within(Span(0, cut)), view.within(Span(cut, len(text)))
        assert (head.start, head.end, tail.end) == (0, tail.start, len(view.text))


@given(MIXED_TEXT | ANY_TEXT)
def test_composing_gives_the_composed_text_without_what_is_hidden(text: str) -> None:
    bare = "".join(letter for letter in text if compose(letter).text)
    assert compose(text).text == unicodedata.normalize("NFC", bare)


@given(st.text(st.sampled_from("abc éü“”,.—中の한\n"), max_size=80) | st.text(st.sampled_from("аорж щ«», 中\n")))
def test_a_text_without_tricks_is_its_own_view(text: str) -> None:
    view = view_of(text)
    assert (view.text, view.is_aligned) == (text, True)


@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.integers(0, 100), st.sampled_from(ZERO_WIDTH)), max_size=30))
def test_no_insertion_of_hidden_characters_changes_a_word(text: str, inserted: list[tuple[int, str]]) -> None:
    spoilt = text
    for at, hidden in inserted:
        spoilt = spoilt[:at] + hidden + spoilt[at:]
    assert norms(spoilt) == norms(text)


@pytest.mark.parametrize("piece", ["\u0315\u0300\u05ae", "a а ", "aа", "\u200b", "𝐚", "e\u0301\u200b"])
def test_a_hostile_text_takes_no_squared_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(word.start < word.end <= len(text) for word in words(text))


def test_what_is_taken_for_usual_needs_no_second_look() -> None:
    assert not [code for code in range(0x10000) if _UNUSUAL.match(chr(code)) and not NOT_LATIN.match(chr(code))]
    usual = re.compile(_UNUSUAL.pattern.replace("[^", "[", 1))
    letters = [chr(code) for code in range(0x110000) if usual.match(chr(code))]
    assert len(letters) > 30_000
    for letter in letters:
        assert compose(letter).text == plain_letters(letter) == letter
        assert not unicodedata.combining(letter)
        assert unicodedata.category(letter) not in {"Cf", "Mn", "Mc", "Me"}
