"""A copy cannot be hidden by how it is written, whatever a trick or a content management system does to its letters."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

import provenance
from provenance import AuditOptions, Inspection, InspectOptions, PassageKind, TrickKind
from provenance.pipeline.recalling import stored_article, stored_findings
from provenance.report import contract
from provenance.report.findings import FindingsIndex
from provenance.report.terminal.articles import articles_section
from provenance.report.terminal.inspection import inspection_view

ENGLISH = """The harbour council of Larkmouth voted on Tuesday to close the old swing bridge to lorries for at least six weeks.

Engineers found cracks in two of the four bearings, and a third one is worn, according to a report seen by councillors. A detour through Pellworth adds about 14 kilometres to each trip.

"We could not take the risk," said Ada Finch, who chairs the transport committee. "A heavy goods vehicle weighs 40 tonnes, and nobody can tell how long a cracked bearing holds."

Haulage firms protested. Their association, which speaks for 212 companies, said the council had known since March.
"""
RUSSIAN = """Городской совет проголосовал во вторник за закрытие старого разводного моста для грузовиков не менее чем на шесть недель.

Инженеры нашли трещины в двух из четырёх опор, а третья изношена, говорится в отчёте, с которым ознакомились депутаты.

Перевозчики протестуют. Их ассоциация, которая объединяет 212 компаний, заявила, что совет знал об этом с марта.
"""
CHINESE = """港务委员会星期二投票决定，旧平旋桥至少六周内禁止卡车通行。

工程师在四个支座中的两个发现了裂缝，第三个也已磨损。绕道每趟行程约增加十四公里。运输公司表示抗议，称委员会自三月以来就知道损坏情况。
"""
PERSIAN = """شورای بندر روز سه‌شنبه تصویب کرد که پل قدیمی برای دست‌کم شش هفته به روی کامیون‌ها بسته شود.

مهندسان در دو تا از چهار یاتاقان ترک پیدا کرده‌اند و سومی نیز فرسوده است، گزارشی که اعضای شورا دیده‌اند چنین می‌گوید.
"""
CYRILLIC = dict(zip("aeopcyxisjABEKMHOPCTX", "аеорсухіѕјАВЕКМНОРСТХ", strict=True))
LATIN = {cyrillic: latin for latin, cyrillic in CYRILLIC.items()}


def woven(text: str, hidden: str) -> str:
    return "".join(sign + hidden if sign.isalpha() and at % 3 == 0 else sign for at, sign in enumerate(text))


def swapped(text: str, letters: dict[str, str], share: float) -> str:
    choice = random.Random(7)
    return "".join(letters.get(sign, sign) if choice.random() < share else sign for sign in text)


def full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in text)


DISGUISES: dict[str, Callable[[str], str]] = {
    "zero-width spaces": lambda text: woven(text, "\u200b"),
    "soft hyphens": lambda text: woven(text, "\u00ad"),
    "joiners and soft hyphens": lambda text: woven(woven(text, "\u200d"), "\u00ad"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "decomposed and hidden": lambda text: woven(unicodedata.normalize("NFD", text), "\u2060"),
    "full width": full_width,
}


def saved(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, "utf-8", newline="")
    return paths


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, CHINESE, PERSIAN], ids=["en", "ru", "zh", "fa"])
@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguised_copy_is_verbatim_throughout(text: str, disguise: str, tmp_path: Path) -> None:
    assert_copy(text, DISGUISES[disguise](text), tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
@pytest.mark.parametrize(("text", "letters"), [(ENGLISH, CYRILLIC), (RUSSIAN, LATIN)], ids=["en", "ru"])
def test_a_copy_in_look_alike_letters_is_verbatim_throughout(
    text: str, letters: dict[str, str], share: float, tmp_path: Path
) -> None:
    assert_copy(text, swapped(text, letters, share), tmp_path)


def assert_copy(text: str, disguised: str, folder: Path) -> None:
    found = provenance.compare(*saved(folder, copy=disguised, original=text))
    assert found.downstream_text == disguised
    assert found.verdict.derived_share == 1.0
    assert found.drift == ()
    (passage,) = found.match.passages
    assert passage.kind is PassageKind.VERBATIM
    assert (passage.left.start, passage.right.start) == (0, 0)
    assert text[passage.right.end :].strip('.\n”"。') == ""
    assert disguised[passage.left.end :].strip('.\n”"。\u200b\u00ad\u200d\u2060') == ""


def test_an_inspection_names_the_trick_and_its_places(tmp_path: Path) -> None:
    (found,) = provenance.inspect(saved(tmp_path, copy=woven(ENGLISH, "\u200b")), InspectOptions(workers=1))
    assert isinstance(found, Inspection)
    (trick,) = contract.inspection(found, lambda _: None)["tricks"]
    assert trick["kind"] == "zero-width"
    assert [found.labelled.article.text[place["start"] : place["end"]] for place in trick["spans"]] == ["\u200b"] * 5
    shown = printed(inspection_view(found, lambda _: None))
    assert f"Hidden or disguised: {trick['count']} characters without width inside words" in shown


def printed(*parts: object) -> str:
    console = Console(width=2000)
    with console.capture() as captured:
        console.print(*parts)
    return captured.get()


def test_an_audit_reports_it_and_the_store_gives_it_back(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    saved(folder, copy=swapped(ENGLISH, CYRILLIC, 0.2), original=ENGLISH)
    database = str(tmp_path / "p.db")
    findings = provenance.audit([str(folder)], AuditOptions(database=database, workers=1))
    tricks = {Path(article.source).name: article.tricks for article in findings.articles}
    assert [each.kind for each in tricks["copy.txt"]] == [TrickKind.HOMOGLYPH]
    assert tricks["original.txt"] == ()
    shown = printed(*articles_section(FindingsIndex(findings)))
    assert shown.count("words with look-alike letters of another script") == 1
    assert contract.audit(stored_findings(database)) == contract.audit(findings)
    assert stored_article(database, "copy.txt").inspection.tricks == tricks["copy.txt"]
