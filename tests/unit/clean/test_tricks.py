from __future__ import annotations

import unicodedata

import pytest

from provenance.clean.tricks import SHOWN, tricks
from provenance.model import TrickKind

ENGLISH = "The harbour council voted on Tuesday to close the old swing bridge to lorries."
CYRILLIC = str.maketrans("aeopcyx", "аеорсух")
BOLD = {code: 0x1D41A + code - 0x61 for code in range(0x61, 0x7B)}
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x61, 0x7B)}


def inside(text: str, hidden: str) -> str:
    return " ".join(word[:2] + hidden + word[2:] for word in text.split(" "))


@pytest.mark.parametrize("hidden", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\U000e0061"])
def test_characters_without_width_inside_words_are_found_and_placed(hidden: str) -> None:
    text = inside(ENGLISH, hidden)
    (found,) = tricks(text)
    assert (found.kind, found.count) == (TrickKind.ZERO_WIDTH, 11)
    assert [span.of(text) for span in found.spans] == [hidden] * SHOWN


@pytest.mark.parametrize(
    "text",
    [
        inside("Городской совет проголосовал", "\u200b"),
        inside("Το δημοτικό συμβούλιο ψήφισε", "\u2060"),
        inside("항만위원회는 화요일에 다리를", "\u200b"),
        inside("港务委员会 星期二 投票决定", "\u200b"),
    ],
)
def test_every_script_that_needs_no_joiners_is_looked_at(text: str) -> None:
    assert [found.kind for found in tricks(text)] == [TrickKind.ZERO_WIDTH]


@pytest.mark.parametrize(
    "text",
    [
        "شورای بندر لارک‌ماوث می‌گوید دست‌کم شش هفته کرده‌اند.",
        "बंदरगाह परिषद ने क्‍या कहा, श्री‍मान ने पुल बंद कर‌दिया और गाड़ी रोकी।",
        "ශ්‍රී ලංකා ප්‍රකාශය ක්‍රමය",
        "ท่า\u200bเรือ\u200bปิด\u200bสะพาน",
        "Family 👨‍👩‍👧‍👦 and flag 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ❤️ ©️",
        "\u200fהעירייה הודיעה (BBC)\u200f, \u202bשלום\u202c ו-\u2066Reuters\u2069.",
        "Tel. \u202d+49 30 1234567\u202c, \u202a+49 30 7654321\u202c, \u2068Ada Finch\u2069",
        inside("Der Hafenausschuss beschloss am Dienstag die Brückensperrung", "\u00ad"),
        "Auf\u200clage, Schiff\u200cfahrt, Kauf\u200cleute und Dorf\u200claden",
        "\ufeffThe first line.\u200b\n\u200bThe second: https://example.org/\u200bpath/\u200bname/\u200bpage",
        "葛\U000e0100飾区と辻\ufe00堂と\ufe01",
        "議会はＮＨＫとＡＢＣとＤＶＤについて議論した。",
        "A Tele\u200bgram channel; the Tele\u200bgram post; said on Tele\u200bgram.",
        "Сolumn and Column, two of them by Сolumn.",
        "Новый iPhone'а, айфон COVIDом, SМS, USВ и НТТР.",
        "TNFα, PPARα, NFκB, IFNγ and μm, kΩ, 5 µg of β-carotene, α-Synuclein",
        "Let 𝑥 and 𝑦 be in ℝ, 𝒜 a set.",
        "Vieŝ café naïve Dvořák Łódź Čapek",
        unicodedata.normalize("NFD", "Ça été une année décisive à l’hôtel de ville"),
    ],
)
def test_what_a_script_a_program_or_a_slip_explains_is_no_trick(text: str) -> None:
    assert tricks(text) == ()


def test_words_with_letters_of_another_script_are_found() -> None:
    text = ENGLISH.translate(CYRILLIC)
    (found,) = tricks(text)
    assert found.kind is TrickKind.HOMOGLYPH
    assert found.spans[0].of(text) == "Thе"
    assert found.count == sum(word != other for word, other in zip(ENGLISH.split(), text.split(), strict=True))


@pytest.mark.parametrize(("table", "kind"), [(BOLD, "styled-letters"), (FULL_WIDTH, "full-width")])
def test_words_in_styled_letters_are_found(table: dict[int, int], kind: str) -> None:
    text = ENGLISH.translate(table)
    (found,) = tricks(text)
    assert (found.kind, found.count) == (kind, len([word for word in ENGLISH.split() if len(word) > 1]))
    assert found.spans[1].of(text).isalpha()


@pytest.mark.parametrize(
    "text",
    [
        "The transfer went to \u202e86 42 tnuocca\u202c on Monday.",
        "\u202edesolc si egdirb ehT",
        "He said \u2067the bridge is open\u2069 and left.",
        "קבל \u202dשלום\u202c",
    ],
)
def test_controls_that_turn_text_round_are_found(text: str) -> None:
    (found,) = tricks(text)
    assert (found.kind, found.count) == (TrickKind.BIDI_CONTROL, 1)


def test_each_kind_is_one_finding() -> None:
    text = inside(ENGLISH, "\u200b") + " " + ENGLISH.translate(CYRILLIC) + " \u202eesrever\u202c"
    assert [found.kind for found in tricks(text)] == ["zero-width", "bidi-control", "homoglyph"]
