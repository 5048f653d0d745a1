"""A credit line is read as a reader sees it, whatever code points it is written with, and quoted as it stands."""

from __future__ import annotations

import unicodedata

import pytest

from provenance.model import (
    Attribution,
)
from tests.unit.attribute.plain_text import inspected

BODIES = {
    "en": "Dockers at the northern harbour went back to work on Monday after a strike of three weeks, the city said.",
    "de": "Die Arbeiter im Nordhafen kehrten am Montag nach drei Wochen Streik an ihre Plätze zurück, so die Stadt.",
    "fr": "Les dockers du port du nord ont repris le travail lundi après trois semaines de grève, a dit la ville.",
    "vi": "Công nhân cảng phía bắc đã trở lại làm việc hôm thứ Hai sau ba tuần đình công, theo chính quyền thành phố.",
    "ru": "Докеры северного порта вернулись к работе в понедельник после трёх недель забастовки, сообщил город.",
    "ja": "北港の作業員は三週間にわたるストライキを終え、月曜日に職場に戻ったと市が発表した。船の出入りも再開した。",
    "ko": "북항 노동자들이 3주간의 파업을 끝내고 월요일 업무에 복귀했다고 시가 밝혔다. 선박 운항도 다시 시작됐다.",
}


def credit(line: str, language: str) -> tuple[str, Attribution]:
    """Give the text whose last line is a credit line, and the one credit found there."""
    text = f"{BODIES[language]}\n{line}\n"
    (found,) = (item for item in inspected(text, language=language).attributions if item.is_provenance)
    return text, found


def sprinkled(line: str, hidden: str) -> str:
    """Put a character nobody sees behind every letter."""
    return "".join(char + hidden if char.isalpha() else char for char in line)


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\ufe0f", "\U000e0061"])
@pytest.mark.parametrize(
    ("line", "language", "outlet"),
    [
        ("Original Source: www.dawn.com", "en", "dawn"),
        ("Quelle: Deutschlandfunk", "de", "dlf"),
        ("Source : Le Monde", "fr", "lemonde"),
        ("Theo Reuters", "vi", "reuters"),
        ("Источник: Коммерсантъ", "ru", "kommersant"),
        ("(AFP)", "en", "afp"),
    ],
)
def test_what_nobody_sees_hides_no_credit(line: str, language: str, outlet: str, hidden: str) -> None:
    written = sprinkled(line, hidden)
    text, found = credit(written, language)
    assert found.outlet == outlet
    assert found.span is not None
    assert found.span.of(text) == found.text
    assert found.text.replace(hidden, "") == line
    assert written.startswith(found.text)


@pytest.mark.parametrize(
    ("written", "language", "outlet"),
    [
        ("Ｓｏｕｒｃｅ： Ｒｅｕｔｅｒｓ", "en", "reuters"),
        ("（ＡＦＰ）", "ja", "afp"),
        ("𝐒𝐨𝐮𝐫𝐜𝐞: 𝐑𝐞𝐮𝐭𝐞𝐫𝐬", "en", "reuters"),
        ("S\u043eur\u0441e: R\u0435uters", "en", "reuters"),
        ("Qu\u0435lle: R\u0435uters", "de", "reuters"),
        ("Исто\u0447ник: K\u043e\u043c\u043c\u0435рсантъ", "ru", "kommersant"),
    ],
)
def test_letters_that_only_look_different_or_alike_are_the_letters_meant(
    written: str, language: str, outlet: str
) -> None:
    text, found = credit(written, language)
    assert found.outlet == outlet
    assert found.span is not None
    assert found.span.of(text) == found.text == written


@pytest.mark.parametrize(
    ("line", "language", "outlet"),
    [
        ("Theo Tuổi Trẻ", "vi", "tuoitre"),
        ("출처: 연합뉴스", "ko", "yonhap"),
        ("Source : Libération", "fr", "liberation"),
    ],
)
def test_a_decomposed_credit_with_something_hidden_in_it_is_quoted_whole(line: str, language: str, outlet: str) -> None:
    written = "\u200b".join(unicodedata.normalize("NFD", line).partition(" "))
    text, found = credit(written, language)
    assert found.outlet == outlet
    assert found.span is not None
    assert found.span.of(text) == found.text == written


def test_the_name_credited_is_placed_past_what_is_hidden_before_it() -> None:
    text, found = credit("So\u200burce: \u200fThe\u00ad Guar\u00addian\u200b", "en")
    assert found.name_span is not None
    assert found.name_span.of(text) == "The\u00ad Guar\u00addian"


@pytest.mark.parametrize("name", ["خبرگزاری\u200cفارس", "خبرگزاریفارس", "خبرگزاری فارس"])
def test_a_persian_name_is_the_same_with_and_without_its_joiner(name: str) -> None:
    body = "کارگران بندر شمالی پس از سه هفته اعتصاب روز دوشنبه به سر کار خود بازگشتند و کشتی‌ها دوباره حرکت کردند."
    found = inspected(f"{body}\nمنبع: {name}\n", language="fa").attributions
    assert [item.outlet for item in found if item.is_provenance] == ["fars"]


def test_a_line_of_nothing_visible_is_no_line() -> None:
    assert inspected("\u200b\u00ad\n\u2060\n").attributions == ()
