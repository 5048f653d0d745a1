from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.model import DateBasis, Precision
from provenance.text.dates import date_in_url, timeframe


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
