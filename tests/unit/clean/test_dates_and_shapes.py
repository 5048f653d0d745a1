from __future__ import annotations

import pytest

from provenance.clean.dates import date_line
from provenance.clean.shapes import agency_mark, name_like, photo_credit


@pytest.mark.parametrize(
    "line",
    [
        "4 April 2025, 09:12",
        "Published: Fri, 4 Apr 2025, 7:02 PM",
        "April 4, 2025 | 4 min read",
        "04.04.2025 - 14:12 Uhr",
        "Publié le 4 avril 2025 à 08h14 - Mis à jour à 09h02",
        "4 de abril de 2025 | 08:14",
        "Jumat, 4 April 2025 | 14:51 WIB",
        "4 апреля 2025, 12:04",
        "2025年04月04日 14:51",
        "2025年4月4日 午前9時30分 更新",
        "입력 2025.04.04 09:12",
        "प्रकाशित: 4 अप्रैल 2025",
        "٤ أبريل ٢٠٢٥",
        "3h ago / 7:58 AM UTC",
        "Kyiv, 4 April 2025",
    ],
)
def test_a_line_that_only_says_when_is_a_date_line(line: str) -> None:
    assert date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge opens on 4 April 2025 at noon.",
        "Chapter 4",
        "World Cup 2026",
        "4-3",
        "May",
        "",
        "He was born in March 1902 in a house by the lock",
    ],
)
def test_a_line_that_says_more_or_no_date_is_not(line: str) -> None:
    assert not date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ada Finch",
        "The bridge on Friday. Photo: Ada Finch",
        "A train waits at a crossing. (EX Photo/Ada Finch, File)",
        "Ada Finch/EX",
        "© Ada Finch / EX",
        "Foto: Ada Finch",
    ],
)
def test_a_picture_credit_is_told_by_its_shape(line: str) -> None:
    assert photo_credit(line)


@pytest.mark.parametrize(
    "line", ["The photo was taken at noon.", "He and/or she will pay the fine by the end of the month.", "", "Yes."]
)
def test_a_sentence_is_no_picture_credit(line: str) -> None:
    assert not photo_credit(line)


def test_an_agency_stands_alone_in_capitals() -> None:
    assert agency_mark("(EXA)")
    assert agency_mark("EXA/PRS")
    assert not agency_mark("EXAMPLES")
    assert not agency_mark("(see above)")


def test_a_name_is_two_to_four_capitalised_words() -> None:
    assert name_like("Ada Finch")
    assert name_like("Jan van den Berg")
    assert not name_like("Ada")
    assert not name_like("Ada Finch writes about rivers")
