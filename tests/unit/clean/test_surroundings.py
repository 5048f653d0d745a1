from __future__ import annotations

from typing import Any

from provenance.clean.candidates import Candidate
from provenance.clean.surface import Surface, surfaces
from provenance.clean.surroundings import main_run, surroundings, terms
from provenance.model import LayoutLine, Role, Span

TEASER = "Why the ferry is full on Fridays"
HEADING = "Cracks in the bridge bearings"
PROSE = (
    "Engineers found cracks in two of the four bearings of the swing bridge during an inspection.",
    "The bridge stays closed to lorries until the bearings have been replaced, the council said.",
)


def lines(*texts: str) -> list[Surface]:
    text = "\n".join(texts)
    spans: list[LayoutLine] = []
    for each in texts:
        start = spans[-1].span.end if spans else 0
        spans.append(LayoutLine(Span(start, min(len(text), start + len(each) + 1))))
    return surfaces(text, spans)


def described(*texts: str, headline: str = "", **fields: Any) -> list[list[str]]:
    found = [Candidate(line, **fields) for line in lines(*texts)]
    return surroundings(found, (0, len(found)), headline, first_is_headline=False)


def test_a_line_that_uses_the_words_of_the_article_is_told_from_a_teaser() -> None:
    *_, heading, teaser = described(*PROSE, HEADING, TEASER)

    assert "short line inside: words of the article over 0.8" in heading
    assert "short line inside: words of the article up to 0" in teaser


def test_inflected_words_are_one_term_and_short_words_none() -> None:
    assert terms("Bearing") != set()
    assert terms("inspection") == terms("inspections")
    assert terms("of the 4") == set()


def test_signs_without_spaces_between_words_say_nothing_of_the_topic() -> None:
    assert terms("老桥下周一恢复通行。") == set()


def test_lines_are_placed_by_the_headline() -> None:
    menu, title, first, *_ = described("Weather and tides", HEADING, *PROSE, headline=f"{HEADING} - Courier")

    assert "short line: above the headline" in menu
    assert "short line: is the headline" in title
    assert "prose: just below the headline" in first


def test_the_last_furniture_above_tells_the_part_of_the_page() -> None:
    (names,) = described(TEASER, part=Role.RELATED, since=2)

    assert "short line: related above, lines since up to 3" in names


def test_a_line_above_the_credit_of_a_picture_is_told() -> None:
    (names,) = described(HEADING, caption_below=True, credit_below=True)

    assert {"short line before a caption", "phrase before a credit"} <= set(names)


def test_the_main_run_is_the_prose_net_of_short_lines() -> None:
    page = lines("Home", *PROSE, "Home", "Weather")

    assert main_run(page, [line.prose for line in page], 60) == (1, 3)


def test_a_page_without_prose_has_no_main_run() -> None:
    page = lines("Home", "Weather")

    assert main_run(page, [False, False], 60) == (0, 0)


def test_a_page_without_lines_has_nothing_to_say() -> None:
    assert surroundings([], (0, 0), "", first_is_headline=False) == []
