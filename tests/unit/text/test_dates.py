from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from provenance.model import DateBasis, Precision
from provenance.text.calendar import calendar, from_solar_hijri
from provenance.text.dates import date_in_url, find_date, is_update, timeframe


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("written", "earliest", "latest", "precision"),
    [
        ("2024-05-01T10:30:15Z", utc(2024, 5, 1, 10, 30, 15), utc(2024, 5, 1, 10, 30, 16), Precision.SECOND),
        ("2024-05-01T10:30:15.123+02:00", utc(2024, 5, 1, 8, 30, 15), utc(2024, 5, 1, 8, 30, 16), Precision.SECOND),
        ("2024-05-01 10:30 -0530", utc(2024, 5, 1, 16), utc(2024, 5, 1, 16, 1), Precision.MINUTE),
        ("20240501T103015Z", utc(2024, 5, 1, 10, 30, 15), utc(2024, 5, 1, 10, 30, 16), Precision.SECOND),
        ("2024-05-01T10:30", utc(2024, 4, 30, 20, 30), utc(2024, 5, 1, 22, 31), Precision.MINUTE),
        ("2024-05-01", utc(2024, 4, 30, 10), utc(2024, 5, 2, 12), Precision.DAY),
        ("20240501", utc(2024, 4, 30, 10), utc(2024, 5, 2, 12), Precision.DAY),
        ("2024/5/1", utc(2024, 4, 30, 10), utc(2024, 5, 2, 12), Precision.DAY),
        ("2024-12", utc(2024, 11, 30, 10), utc(2025, 1, 1, 12), Precision.MONTH),
        ("2024", utc(2023, 12, 31, 10), utc(2025, 1, 1, 12), Precision.YEAR),
        ("1 May 2024", utc(2024, 4, 30, 10), utc(2024, 5, 2, 12), Precision.DAY),
        ("Wednesday, May 1st, 2024", utc(2024, 4, 30, 10), utc(2024, 5, 2, 12), Precision.DAY),
        ("May 1, 2024 at 12:05 am UTC", utc(2024, 5, 1, 0, 5), utc(2024, 5, 1, 0, 6), Precision.MINUTE),
        ("Sept. 2024", utc(2024, 8, 31, 10), utc(2024, 10, 1, 12), Precision.MONTH),
        ("13/04/2024", utc(2024, 4, 12, 10), utc(2024, 4, 14, 12), Precision.DAY),
        ("04/13/2024", utc(2024, 4, 12, 10), utc(2024, 4, 14, 12), Precision.DAY),
        ("03.04.2024", utc(2024, 4, 2, 10), utc(2024, 4, 4, 12), Precision.DAY),
        ("Wed, 01 May 2024 10:30:15 +0200", utc(2024, 5, 1, 8, 30, 15), utc(2024, 5, 1, 8, 30, 16), Precision.SECOND),
        ("Wed, 01 May 2024 10:30:15 EST", utc(2024, 5, 1, 15, 30, 15), utc(2024, 5, 1, 15, 30, 16), Precision.SECOND),
        ("1714552215", utc(2024, 5, 1, 8, 30, 15), utc(2024, 5, 1, 8, 30, 16), Precision.SECOND),
        ("1714552215000", utc(2024, 5, 1, 8, 30, 15), utc(2024, 5, 1, 8, 30, 16), Precision.SECOND),
    ],
)
def test_a_date_covers_every_instant_it_may_mean(
    written: str, earliest: datetime, latest: datetime, precision: Precision
) -> None:
    found = timeframe(written, DateBasis.RECORD)
    assert found is not None
    assert (found.earliest, found.latest, found.precision) == (earliest, latest, precision)
    assert found.written == written


@pytest.mark.parametrize(
    "written",
    [
        "", "yesterday", "03/04/2024", "2024-13-01", "2024-02-30", "9999", "0000-01-01", "2024-05-01T25:00", "12", "x" * 200,
        "2024-05T10:30", "٢٠٢٤-٠٥-٠١x", "99999999999999", "2024-05-01T10:30+99:00",
    ],
)  # fmt: skip
def test_what_is_no_one_date_is_none(written: str) -> None:
    assert timeframe(written, DateBasis.RECORD) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/05/01/bridge", "2024-05-01"),
        ("https://a.example/world/2024-05-01-bridge", "2024-05-01"),
        ("https://a.example/20240501/bridge", "2024-05-01"),
        ("https://a.example/article/1234567890", None),
        ("https://a.example/2024/bridge", None),
        ("https://a.example/?d=/2024/05/01/", None),
    ],
)
def test_the_day_in_an_address_is_read(url: str, day: str | None) -> None:
    found = date_in_url(url)
    assert (found.written if found else None) == day
    assert found is None or found.basis is DateBasis.URL


@pytest.mark.parametrize(
    "written",
    [
        "21 March 2025", "March 21st, 2025", "Friday, 21 March 2025", "21. März 2025", "21 mars 2025", "vendredi 21 mars 2025",
        "21 de marzo de 2025", "21 marzo 2025", "21 de março de 2025", "21 maart 2025", "21 Maret 2025", "21 Mart 2025",
        "21 березня 2025 р.", "21 марта 2025 года", "21 marca 2025", "21. března 2025", "2025. március 21.", "21 martie 2025",
        "21 Μαρτίου 2025", "21 מרץ 2025", "21 مارس 2025", "٢١ مارس ٢٠٢٥", "21 مارس/آذار 2025", "۲۱ مارس ۲۰۲۵", "۱ فروردین ۱۴۰۴",
        "२१ मार्च २०२५", "২১ মার্চ ২০২৫", "21 มีนาคม 2568", "21 มี.ค. 2568", "2025年3月21日", "2025 年 3 月 21 日", "2025년 3월 21일",
        "2025. 3. 21.", "21 tháng 3, 2025", "21. maaliskuuta 2025", "21 mars 2025 kl", "den 21 mars 2025", "21 Machi 2025",
        "21/3/2025", "3/21/2025", "2025-03-21", "21 de març de 2025", "2025 m. kovo 21 d.",
    ],
)  # fmt: skip
def test_a_day_is_read_in_many_languages_digits_and_eras(written: str) -> None:
    found = timeframe(written, DateBasis.RECORD)
    assert found is not None
    assert (found.earliest, found.latest, found.written) == (utc(2025, 3, 20, 10), utc(2025, 3, 22, 12), written)
    assert found.precision is Precision.DAY


@pytest.mark.parametrize(
    ("written", "earliest"),
    [
        ("March 21, 2025, 9:15 a.m. UTC", utc(2025, 3, 21, 9, 15)),
        ("March 21, 2025 at 9:15 PM GMT+2", utc(2025, 3, 21, 19, 15)),
        ("21. März 2025 um 09:15 MEZ", utc(2025, 3, 21, 8, 15)),
        ("21 mars 2025 à 10h30 +01:00", utc(2025, 3, 21, 9, 30)),
        ("Jumat, 21 Maret 2025 | 09:20 WIB", utc(2025, 3, 21, 2, 20)),
        ("2025年3月21日 下午3:05 +0800", utc(2025, 3, 21, 7, 5)),
        ("2025. 3. 21. 오전 12:15 KST", utc(2025, 3, 20, 15, 15)),
        ("14:05 MSK, 21 марта 2025", utc(2025, 3, 21, 11, 5)),
    ],
)
def test_a_clock_and_its_zone_are_read_beside_the_day(written: str, earliest: datetime) -> None:
    found = timeframe(written, DateBasis.RECORD)
    assert found is not None
    assert (found.earliest, found.precision) == (earliest, Precision.MINUTE)


def test_a_zone_whose_name_means_several_leaves_the_hour_open() -> None:
    found = timeframe("May 1, 2024 10:30 CST", DateBasis.RECORD)
    assert found is not None
    assert (found.earliest, found.latest) == (utc(2024, 4, 30, 20, 30), utc(2024, 5, 1, 22, 31))


@pytest.mark.parametrize(
    "written",
    ["21 listopada 2025", "3 and 21 March", "March 2025 21:30", "Chapter 21 of 2025", "1404/02/24", "31 April 2025", "30 اسفند 1404"],
)  # fmt: skip
def test_what_may_be_two_days_or_none_is_no_date(written: str) -> None:
    assert timeframe(written, DateBasis.RECORD) is None


def test_the_language_decides_between_months_of_one_name() -> None:
    polish = timeframe("21 listopada 2025", DateBasis.RECORD, language="pl")
    croatian = timeframe("21 listopada 2025", DateBasis.RECORD, language="hr")
    assert polish is not None
    assert croatian is not None
    assert (polish.latest.month, croatian.latest.month) == (11, 10)
    assert calendar().month("listopada", "de") is None


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Published: March 21, 2025 | 4 min read", "March 21, 2025"),
        ("Updated March 22, 2025 – Published March 21, 2025 09:00", "March 21, 2025 09:00"),
        ("March 21, 2025 (updated March 22, 2025)", "March 21, 2025"),
        ("21/03/2025 às 10h30 - Atualizado em 22/03/2025", "21/03/2025 às 10h30"),
        ("Veröffentlicht am 21.03.2025, aktualisiert am 22.03.2025", "21.03.2025"),
        ("2025年3月21日公開 2025年3月22日更新", "2025年3月21日"),
        ("更新时间：2025-03-22 发布时间：2025-03-21", "2025-03-21"),
        ("입력 2025.03.21 09:15 수정 2025.03.22", "2025.03.21 09:15"),
        ("Last updated March 21, 2025", "March 21, 2025"),
        ("Politics Desk | March 21, 2025", "March 21, 2025"),
        ("By Ada Quill, Calder, 21 March 2025", "21 March 2025"),
        ("Friday March 21, 2025 / March 21, 2025 9:15 am", "March 21, 2025 9:15 am"),
    ],
)
def test_the_day_of_publication_is_found_in_a_date_line(line: str, written: str) -> None:
    found = find_date(line, DateBasis.TEXT)
    assert found is not None
    assert (found.written, found.basis) == (written, DateBasis.TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "", "CALDER, March 21 (Reuters) –", "21 March 2025 – 23 March 2025", "03/04/2024", "4 min read", "Copyright 2025",
        "It was on 21 March 2025 that " + "words " * 50,
    ],
)  # fmt: skip
def test_a_line_without_one_day_of_publication_gives_none(line: str) -> None:
    assert find_date(line, DateBasis.TEXT) is None


def test_a_line_of_a_later_change_says_so() -> None:
    assert is_update("Last updated: March 21, 2025")
    assert not is_update("Published March 21, 2025, updated March 22, 2025")
    assert not is_update("March 21, 2025")


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1375, 1, 1), date(1996, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1402, 12, 29), date(2024, 3, 19)),
        ((1403, 7, 30), date(2024, 10, 21)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_days_of_the_solar_hijri_year_are_turned(solar: tuple[int, int, int], gregorian: date) -> None:
    assert from_solar_hijri(*solar) == gregorian


@pytest.mark.parametrize(
    "line",
    ["1 " * 100, "1/1/1/" * 33, "12 " + "de " * 65, "2025 " * 40, "1:1:" * 50, "12 jan " * 28, "a " * 96 + "1 2025", "年" * 200],
)  # fmt: skip
def test_lines_made_to_take_long_end(line: str) -> None:
    assert find_date(line, DateBasis.TEXT) is None
