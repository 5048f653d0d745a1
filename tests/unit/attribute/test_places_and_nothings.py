"""What stands behind a label: a broadcaster and its town, or a word that names nobody."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from tests.unit.attribute.plain_text import inspected, knowledge

UKRAINIAN = "Рух мостом відновлено в понеділок після трьох тижнів ремонту.\n"
GERMAN = "Der Hafen ist seit Montag nach drei Wochen Bauzeit wieder offen.\n"
BULGARIAN = "Мостът отваря отново в понеделник след триседмичен ремонт.\n"
JAPANESE = "橋は三週間の修理を経て月曜日に再開されると市が発表した。\n"
ENGLISH = "Dockers went back to work on Monday after a strike of three weeks, the city said.\n"


@pytest.mark.parametrize(
    ("body", "credit", "upstreams"),
    [
        (UKRAINIAN, "Джерело: Суспільне Миколаїв", ("suspilne",)),
        (GERMAN, "Quelle: NDR Hamburg", ("ndr",)),
        (BULGARIAN, "Източник: БНТ Варна", ("bnt",)),
        (BULGARIAN, "Източник: Нова Борова", ()),  # a short name that is a common word too
    ],
)
def test_a_broadcaster_with_a_place_behind_its_name_is_that_broadcaster(
    body: str, credit: str, upstreams: tuple[str, ...]
) -> None:
    assert inspected(body * 4 + credit + "\n").upstreams == upstreams


def test_an_american_station_is_not_the_network_whose_name_it_bears() -> None:
    assert inspected(ENGLISH * 4 + "Source: CBS Larchton\n", language="en").upstreams == ()


@pytest.mark.parametrize(
    "line", ["翻訳の提供：なし。", "記事の提供：不明", "この記事は翻訳からの引用です。", "写真の提供は終了しました。"]
)
def test_a_label_that_says_none_or_unknown_credits_nobody(line: str) -> None:
    found = inspected(JAPANESE * 4 + line + "\n")
    assert not found.upstreams
    assert not [item for item in found.attributions if item.kind.value in {"republication", "wire", "press_release"}]


@pytest.mark.parametrize(("url", "kind"), [("https://www.isna.ir/news/1", "self"), ("https://a.example/1", "wire")])
def test_an_end_mark_is_an_agencys_own_on_its_own_page(url: str, kind: str) -> None:
    found = inspected("پل روز دوشنبه پس از سه هفته کار باز شد.\n" * 4 + "انتهای پیام/\n", url=url).attributions
    assert [item.kind.value for item in found] == [kind]


@pytest.mark.parametrize(
    ("language", "body", "credit", "upstream"),
    [
        ("az", "Körpü üç həftəlik təmirdən sonra bazar ertəsi açıldı.\n", "Mənbə: APA", "apa-az"),
        ("de", GERMAN, "Quelle: APA", "apa"),
        ("ca", "El pont es va reobrir dilluns després de tres setmanes d'obres.\n", "Font: ACN", "acn-catalonia"),
        ("pt", "O porto reabriu na segunda-feira após três semanas de obras.\n", "Fonte: Público", "publico-pt"),
        ("es", "El puerto reabrió el lunes tras tres semanas de obras.\n", "Fuente: Público", "publico-es"),
    ],
)
def test_a_name_two_outlets_have_means_the_one_at_home_in_the_pages_language(
    language: str, body: str, credit: str, upstream: str
) -> None:
    assert inspected(body * 4 + credit + "\n", language=language).upstreams == (upstream,)


def test_every_name_with_a_home_is_a_name_of_the_outlet_it_means_there() -> None:
    data = tomllib.loads((resources.files("provenance.knowledge") / "data" / "homonyms.toml").read_text("utf-8"))
    for entry in data["local"]:
        outlet = knowledge().outlets.get(entry["outlet"])
        assert outlet is not None, entry
        names = {name.partition(" (")[0].removesuffix(" TV").casefold() for name in (outlet.name, *outlet.aliases)}
        assert entry["name"].casefold() in names, entry
