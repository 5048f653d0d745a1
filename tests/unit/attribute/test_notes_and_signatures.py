"""Bylines below the text, boxes beside it, teasers glued to dates, and statements made in two fields of one record."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.clean import SiteFurniture
from provenance.model import Article, AttributionKind, Inspection
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.read import ReadOptions, SourceFile, read

PARAGRAPHS = (
    "Dockers at the northern harbour went back to work on Monday after a strike of three weeks, the city said.",
    "The first two ships had been waiting outside the breakwater since the end of last month, the pilots said.",
    "Nobody was hurt when the crane gave way, but the northern basin stays shut until the engineers have seen it.",
)
Inspect = Callable[[str, str], Inspection]


@functools.cache
def toolbox() -> Toolbox:
    return Toolbox.load(None)


@pytest.fixture
def inspect(tmp_path: Path) -> Inspect:
    def give(name: str, content: str) -> Inspection:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        (article,) = read(SourceFile(path, path.name, path.name), ReadOptions())
        assert isinstance(article, Article), article
        return inspect_article(article, toolbox(), SiteFurniture())

    return give


def page(below: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        '<html lang="en"><head><title>Dockers back</title>'
        '<link rel="canonical" href="https://www.riversiderepost.example/news/1"></head>'
        f"<body><article><h1>Dockers back</h1>{body}{below}</article></body></html>"
    )


@pytest.mark.parametrize(
    "below",
    [
        '<p class="author">By Reuters</p>',
        '<div class="article-byline">By <a href="/author/reuters">Reuters</a></div>',
        '<span class="byline">By <b>Reuters</b></span><time>June 3, 2025</time>',
    ],
)
def test_the_pages_byline_right_below_its_text_counts(inspect: Inspect, below: str) -> None:
    assert inspect("page.html", page(below)).upstreams == ("reuters",)


def test_a_byline_in_a_list_of_other_texts_is_not_the_pages(inspect: Inspect) -> None:
    teasers = '<p>Tags: ports, cranes</p><ul class="list"><li><b>Five facts about cranes</b><p class="author">By Reuters</p></li></ul>'
    assert inspect("page.html", page(teasers)).upstreams == ()


def test_a_bare_name_in_a_box_beside_the_text_is_no_credit_and_a_note_there_is(inspect: Inspect) -> None:
    assert inspect("page.html", page("<aside>AFP</aside>")).upstreams == ()
    note = '<aside class="editor-note"><b>Editor’s note:</b> This piece ran first in <cite>Dawn</cite>.</aside>'
    assert inspect("page.html", page(note)).upstreams == ("dawn",)


def test_a_name_run_together_with_a_date_below_the_text_is_a_teasers(inspect: Inspect) -> None:
    text = "\n\n".join(("Dockers back", *PARAGRAPHS))
    assert inspect("page.txt", f"{text}\n\n文： ロイター12/2025\n").upstreams == ()


def test_agencies_without_a_name_are_wire_copy_in_markup_as_in_text(inspect: Inspect) -> None:
    content = page("").replace("<link ", '<meta name="author" content="Agencies"><link ')
    kinds = [(item.kind, item.outlet) for item in inspect("page.html", content).attributions if item.is_provenance]
    assert kinds == [(AttributionKind.WIRE, None)]


@pytest.mark.parametrize(("name", "address"), [("source_name", "source_url"), ("sourceName", "sourceUrl")])
def test_a_name_beside_its_address_is_one_statement_and_the_address_decides(
    inspect: Inspect, name: str, address: str
) -> None:
    record = {
        "title": "Dockers back",
        "text": " ".join(PARAGRAPHS),
        "url": "https://www.riversiderepost.example/news/1",
        name: "The Nation",
        address: "https://nation.africa/kenya/news/1",
    }
    assert inspect("item.json", json.dumps(record)).upstreams == ("nation",)


@pytest.mark.parametrize(
    "line",
    [
        "The almanac, excerpted from a handbook and reprinted by permission of the Crown, is kept in a glass case.",
        "An earlier version of this article misstated the name of the mayor.",
        "A version of this story appeared in print on Monday, page A4.",
        "Her memoir was first published by Dawn in 1987.",
    ],
)
def test_a_sentence_about_another_thing_or_the_page_itself_credits_nobody(inspect: Inspect, line: str) -> None:
    assert inspect("page.txt", "\n\n".join(("Dockers back", *PARAGRAPHS, line))).upstreams == ()
