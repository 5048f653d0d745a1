from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.clean import with_metadata
from provenance.model import Block, DateBasis, LabelledArticle, Role, Span, Timeframe
from provenance.read import read_text
from provenance.text.dates import timeframe

BODY = (Role.BODY, "Traffic resumed over the old bridge in the morning.")


def labelled(*lines: tuple[Role, str], language: str | None = "en") -> LabelledArticle:
    text, blocks = "", []
    for role, line in lines:
        blocks.append(Block(Span(len(text), len(text) + len(line) + 1), role, "test"))
        text += line + "\n"
    return LabelledArticle(read_text(text, source="draft", language=language), tuple(blocks))


def date_of(*lines: tuple[Role, str]) -> str | None:
    found = with_metadata(labelled(*lines)).article.published
    return found.written if found else None


def test_title_byline_and_date_come_from_the_labelled_lines() -> None:
    found = with_metadata(
        labelled(
            (Role.TITLE, "Bridge opens"),
            (Role.BYLINE, "By Ada Quill"),
            (Role.DATELINE, "Published: March 21, 2025"),
            BODY,
        )
    ).article
    assert (found.title, found.byline) == ("Bridge opens", "By Ada Quill")
    assert found.published is not None
    assert (found.published.written, found.published.basis) == ("March 21, 2025", DateBasis.TEXT)


def test_what_the_reader_found_is_kept() -> None:
    given = labelled((Role.TITLE, "Bridge opens"), (Role.BYLINE, "By Ada Quill"), (Role.DATELINE, "March 21, 2025"))
    published: Timeframe | None = timeframe("2025-03-20", DateBasis.RECORD)
    article = replace(given.article, title="Old bridge", byline="Ben Ink", published=published)
    full = LabelledArticle(article, given.blocks)
    assert with_metadata(full) is full


def test_an_article_without_such_lines_is_given_back() -> None:
    bare = labelled(BODY)
    assert with_metadata(bare) is bare


def test_filling_twice_changes_nothing_more() -> None:
    once = with_metadata(labelled((Role.TITLE, "Bridge opens"), (Role.DATELINE, "March 21, 2025"), BODY))
    assert with_metadata(once) is once


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Bridge opens Bridge opens", "Bridge opens"),
        ("Bridge opensBridge opens", "Bridge opens"),
        ("# Bridge opens", "Bridge opens"),
        ("Bye bye", "Bye bye"),
        ("Oo", "Oo"),
    ],
)
def test_a_title_said_twice_is_said_once(line: str, title: str) -> None:
    assert with_metadata(labelled((Role.TITLE, line), BODY)).article.title == title


def test_a_line_of_publication_wins_over_one_of_a_later_change() -> None:
    update = (Role.DATELINE, "Updated March 23, 2025")
    assert date_of((Role.TITLE, "T"), update, (Role.DATELINE, "Published March 21, 2025"), BODY) == "March 21, 2025"
    assert date_of((Role.TITLE, "T"), update, BODY) == "March 23, 2025"


def test_a_date_below_the_title_wins_over_the_day_in_the_head_of_the_page() -> None:
    today, own = (Role.DATELINE, "Saturday, March 29, 2025"), (Role.DATELINE, "March 21, 2025")
    assert date_of(today, (Role.TITLE, "T"), own, BODY) == "March 21, 2025"
    assert date_of(today, (Role.TITLE, "T"), BODY) == "Saturday, March 29, 2025".partition(", ")[2]


def test_a_date_beside_the_name_of_a_desk_or_place_counts_below_the_title_only() -> None:
    desk = (Role.NAVIGATION, "Politics Desk | November 13, 2025")
    assert date_of((Role.TITLE, "T"), desk, BODY) == "November 13, 2025"
    assert date_of(desk, (Role.TITLE, "T"), BODY) is None
    assert date_of((Role.TITLE, "T"), BODY, desk) is None


def test_the_dateline_of_an_agency_gives_no_year() -> None:
    assert date_of((Role.TITLE, "T"), (Role.BODY, "CALDER, March 21 (Reuters) – Traffic resumed.")) is None


def test_the_language_of_the_article_decides_between_months_of_one_name() -> None:
    lines = ((Role.TITLE, "Most"), (Role.DATELINE, "21. listopada 2025"))
    october = with_metadata(labelled(*lines, language="hr")).article.published
    november = with_metadata(labelled(*lines, language="pl")).article.published
    assert october is not None
    assert november is not None
    assert (october.latest.month, november.latest.month) == (10, 11)
