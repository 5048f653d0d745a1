from __future__ import annotations

import importlib.util
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.clean import SiteFurniture, label
from provenance.model import BODY_ROLES, LayoutLine, Role, Span

_spec = importlib.util.spec_from_file_location("clean_pages", Path(__file__).with_name("pages.py"))
assert _spec is not None
assert _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)

NO_SITE = SiteFurniture()


def labelled(text: str, **fields: object):
    return label(pages.article(text, **fields), phrases=pages.phrases(), site=NO_SITE)


def test_every_line_of_a_raw_page_gets_its_role() -> None:
    found = pages.roles(labelled(pages.RAW_PAGE))

    assert found == [
        ("Skip to content", "navigation"),
        ("Millport Courier", "navigation"),
        ("Home", "navigation"),
        ("Region", "navigation"),
        ("Region", "category"),
        ("Swing bridge closes to lorries for repairs", "title"),
        ("By Ada Finch", "byline"),
        ("4 April 2025, 09:12", "dateline"),
        ("Share on Facebook", "share"),
        *((paragraph, "body") for paragraph in pages.PARAGRAPHS),
        ("Related Articles", "related"),
        ("Why the ferry is full on Fridays", "related"),
        ("A short history of the lock", "related"),
        ("Leave a Reply", "comments"),
        ("Your email address will not be published. Required fields are marked *", "comments"),
        ("Back to top button", "navigation"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Drinking two spoonfuls of brine each morning keeps the marsh fever away, says a chain letter passed round in Port Essen since Sunday",
        "Photo: Ada Finch/Millport Images The council of Millport has sold the swing bridge to a collector, who means to"
        + " set it up again in his garden. " * 12,
    ],
)
def test_what_is_all_there_is_on_a_page_is_its_article(text: str) -> None:
    assert [role for _, role in pages.roles(labelled(text))] == ["body"]


def test_a_page_of_a_headline_alone_has_no_article() -> None:
    assert [role for _, role in pages.roles(labelled("Swing bridge closes to lorries for repairs"))] != ["body"]


def test_a_text_without_any_furniture_is_body_from_first_line_to_last() -> None:
    text = "\n\n".join(pages.PARAGRAPHS)

    assert {role for _, role in pages.roles(labelled(text))} == {"body"}


def test_short_lines_between_paragraphs_survive() -> None:
    first, second, *rest = pages.PARAGRAPHS
    text = "\n".join([first, "“Not yet.”", second, "What happens next", *rest])

    found = dict(pages.roles(labelled(text)))

    assert found["“Not yet.”"] == "body"
    assert found["What happens next"] == "heading"


def test_a_headline_that_stands_twice_is_title_both_times() -> None:
    headline = "Swing bridge closes to lorries for repairs"
    found = pages.roles(labelled("\n".join([headline, "Harbour News", headline, *pages.PARAGRAPHS])))

    assert found[:3] == [(headline, "title"), ("Harbour News", "category"), (headline, "title")]


def test_title_and_byline_of_the_page_fill_what_the_reader_left_empty() -> None:
    article = labelled(pages.RAW_PAGE).article

    assert article.title == "Swing bridge closes to lorries for repairs"
    assert article.byline == "By Ada Finch"


def test_a_title_the_reader_found_is_kept() -> None:
    assert labelled(pages.RAW_PAGE, title="As stated").article.title == "As stated"


def test_a_credit_line_is_never_body() -> None:
    found = pages.roles(labelled("\n".join([*pages.PARAGRAPHS, "Original Source: www.example.com"])))

    assert found[-1] == ("Original Source: www.example.com", "attribution")


def test_the_note_on_the_author_is_a_bio() -> None:
    note = "Ada Finch is a seasoned reporter whose work has appeared on three continents."

    assert pages.roles(labelled("\n".join([*pages.PARAGRAPHS, note])))[-1] == (note, "bio")


def test_a_decision_of_the_page_model_names_what_weighed() -> None:
    block = labelled("\n".join(pages.PARAGRAPHS)).blocks[0]

    assert block.rule == "page.prose"
    assert block.clues[-1].detail == "article"
    assert any(clue.weight for clue in block.clues)


def test_an_empty_article_has_no_blocks() -> None:
    assert labelled("").blocks == ()


@pytest.mark.parametrize(
    ("element", "role"),
    [
        ("main>article>figure>figcaption", Role.CAPTION),
        ("body>nav>ul>li", Role.NAVIGATION),
        ("body>div#comments.comment-list>p", Role.COMMENTS),
        ("main>div.author-bio>p", Role.BIO),
        ("main>div.related-posts>a", Role.RELATED),
    ],
)
def test_an_element_path_settles_what_the_words_do_not(element: str, role: Role) -> None:
    stranger = "The lock keeper has worked on the canal for twenty years, and his father did before him."
    article = pages.article("\n".join([*pages.PARAGRAPHS, stranger]))
    *kept, last = article.lines
    lines = (*(replace(line, element="main>article>p", extracted=True) for line in kept),
             replace(last, element=element, extracted=False))  # fmt: skip

    result = label(replace(article, lines=lines), phrases=pages.phrases(), site=NO_SITE)

    assert result.blocks[-1].role is role
    assert all(block.role in BODY_ROLES for block in result.blocks[:-1])


def test_what_the_extractor_kept_is_body_though_it_is_short() -> None:
    text = "He left.\n" + "\n".join(pages.PARAGRAPHS)
    article = pages.article(text)
    lines = tuple(LayoutLine(line.span, "main>article>p", 0.0, extracted=True) for line in article.lines)

    result = label(replace(article, lines=lines), phrases=pages.phrases(), site=NO_SITE)

    assert result.blocks[0].span == Span(0, 9)
    assert result.blocks[0].role is Role.BODY


def test_text_broken_at_a_fixed_width_is_body() -> None:
    wrapped = [line for paragraph in pages.PARAGRAPHS for line in textwrap.wrap(paragraph, 70)]

    assert {role for _, role in pages.roles(labelled("\n".join(wrapped)))} == {"body"}


def test_a_paragraph_without_a_full_stop_is_no_title() -> None:
    paragraph = "The council voted to close the bridge " * 8

    assert pages.roles(labelled(paragraph.strip()))[0][1] != "title"


def test_a_desk_beside_a_date_is_a_date_line() -> None:
    page = f"Swing bridge closes to lorries\nCity Desk | 4 April 2025\n{chr(10).join(pages.PARAGRAPHS)}"

    assert pages.roles(labelled(page))[1] == ("City Desk | 4 April 2025", "dateline")


def test_a_menu_laid_flat_is_navigation() -> None:
    page = f"Home | Region | Contact\nSwing bridge closes to lorries\n{chr(10).join(pages.PARAGRAPHS)}"

    assert pages.roles(labelled(page))[0] == ("Home | Region | Contact", "navigation")


def test_a_section_name_parted_from_the_menu_is_the_category() -> None:
    page = f"Home\nWeather\nTides\n\nRegion\n\nSwing bridge closes to lorries\n\n{chr(10).join(pages.PARAGRAPHS)}"

    assert ("Region", "category") in pages.roles(labelled(page))


def test_a_note_on_the_writer_below_its_own_heading_is_one_even_where_it_reads_like_the_article() -> None:
    page = "\n".join((*pages.PARAGRAPHS, "About the author", "Ada Finch is a reporter for the Courier."))

    assert pages.roles(labelled(page))[-1] == ("Ada Finch is a reporter for the Courier.", "bio")
