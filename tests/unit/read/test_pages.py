from __future__ import annotations

from collections.abc import Callable

import pytest

from provenance.model import Article, Precision, Unreadable
from provenance.read import SourceFile, read, read_record

STORY = (
    "<p>Traffic over the old bridge will resume on Monday morning, the city said, after two years of repairs.</p>"
    "<p>Engineers replaced forty-one beams and found that the northern pier stood firmer than they had feared.</p>"
    "<p>“It held when nothing else did,” said the foreman, who had worked on it since the first day of the flood.</p>"
)


def page(html: str, url: str | None = None) -> Article:
    found = read_record({"html": html, "url": url} if url else {"html": html}, source="page")
    assert isinstance(found, Article), found
    return found


def shown(html: str) -> list[str]:
    found = page(html)
    assert "".join(line.span.of(found.text) for line in found.lines) == found.text
    return found.text.split("\n")


def test_blocks_stand_on_lines_of_their_own_in_document_order() -> None:
    html = (
        "<body><header><nav><ul><li><a href=/>Home</a><li>World</ul></nav></header><main><h1>Bridge</h1>by <b>Jo</b> Hart"
        "<figure><img alt='not shown'><figcaption>The bridge</figcaption></figure><p>One</p>two<div>three</div>four</main>"
        "<aside>Read also</aside><form><label>Name</label><input type=submit value='Post Comment'><input value=typed>"
        "</form><footer>© Gazette</footer>"
    )
    assert shown(html) == [
        "Home", "World", "Bridge", "by Jo Hart", "The bridge", "One", "two", "three", "four", "Read also", "Name",
        "Post Comment", "© Gazette",
    ]  # fmt: skip


def test_blanks_collapse_as_in_a_browser() -> None:
    assert shown("<p>  one \n\t two <b> three</b>four\u00a0 five  </p>  <p> </p><p>six") == [
        "one two three" + "four\u00a0 five",
        "six",
    ]


def test_a_line_break_breaks_and_preserved_text_stays() -> None:
    assert shown("<p>one<br>two<br/><br>three</p><pre>a  b\n  c</pre>") == ["one", "two", "three", "a  b", "  c"]


def test_text_after_comments_and_hidden_elements_is_kept() -> None:
    html = (
        "<p>one <!-- hidden -->two <script>no()</script>three <style>p{}</style>four<template>no</template> five"
        "<noscript>no</noscript> six <span hidden>no</span>seven <span style='color:red; DISPLAY : none'>no</span>eight"
        "<dialog>no</dialog> <svg><title>no</title><text>no</text></svg>nine<?pi no?> ten"
    )
    assert shown(html) == ["one two three four five six seven eight", "nine ten"]


def test_cells_of_a_row_share_a_line() -> None:
    assert shown("<table><tr><th>Year</th><td>Beams</td></tr><tr><td>2024<td>41</table>") == ["Year\tBeams", "2024\t41"]


def test_only_line_breaks_part_lines_of_a_page_too() -> None:
    assert shown("<p>one\u2028two\x85three</p><p>four&#13;five") == ["one\u2028two\x85three", "four five"]


def test_a_line_knows_the_innermost_element_that_holds_it_all() -> None:
    html = (
        '<body><main id=m><article class="post big"><div><span class=source>Source: Reuters</span></div>'
        "<p>One <b>two</b></p><p><em>three</em></p></article></main>"
    )
    assert [line.element for line in page(html).lines] == [
        "main#m>article.post.big>div>span.source",
        "main#m>article.post.big>p",
        "main#m>article.post.big>p>em",
    ]


def test_an_element_path_keeps_landmarks_when_it_grows_too_long() -> None:
    html = "<footer class=site>" + "<div class='css-1a2b3c4d5e flex-container-wide'>" * 40 + "<p class=x>words"
    (line,) = page(html).lines
    assert len(line.element) <= 200
    assert line.element.startswith("footer.site>…>")
    assert line.element.endswith(">p.x")


def test_the_share_of_a_line_inside_links_is_measured() -> None:
    lines = page(
        "<p><a href=/a>12345</a>67890</p><p><a href=/b>all of it</a></p><p>none</p><p><a name=x>anchor</a>"
    ).lines
    assert [line.link_share for line in lines] == [0.5, 1.0, 0.0, 0.0]


def test_the_extractor_tells_body_from_furniture() -> None:
    html = (
        "<html lang=en><body><nav><a href=/a>Home</a> <a href=/b>World</a> <a href=/c>Sport</a></nav><article>"
        f"<h1>Bridge to reopen</h1>{STORY}</article><footer><p>Privacy policy</p></footer></body></html>"
    )
    found = page(html)
    kept = {line.span.of(found.text).strip()[:20]: line.extracted for line in found.lines}
    assert kept["Traffic over the old"] is True
    assert kept["“It held when nothin"] is True
    assert kept["Home World Sport"] is False
    assert kept["Privacy policy"] is False


def test_a_paragraph_broken_inside_is_found_again_line_by_line() -> None:
    html = f"<article><h1>Bridge</h1>{STORY}<p>The council met twice about it.<br>It will meet again.<br>Soon.</p></article>"
    found = page(html)
    assert [line.extracted for line in found.lines][-3:] == [True, True, True]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="Bridge opens"><title>Other</title>', "Bridge opens"),
        ("<title>Bridge opens | Gazette</title>", "Bridge opens | Gazette"),
        ('<title>Bridge opens | Gazette</title><meta property="og:site_name" content="Gazette">', "Bridge opens"),
        ('<title>Gazette</title><meta property="og:site_name" content="Gazette">', "Gazette"),
    ],
)
def test_the_headline_is_found_and_the_outlet_taken_off(head: str, title: str) -> None:
    assert page(f"<head>{head}</head><body><p>Words").title == title


def test_the_only_first_heading_is_the_headline() -> None:
    assert page("<title>Site</title><h1> Bridge <b>opens</b></h1><p>Words").title == "Bridge opens"
    assert page("<title>Site</title><h1>Bridge</h1><h1>Other</h1><p>Words").title == "Site"


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Jo Hart", "Jo Hart"), ("Reuters", None), ("https://a.example/jo", None), ("Gazette staff writers", None),
        ("jo@a.example", None), ("山田太郎", "山田太郎"), ("Jo Hart, Li Wei and four more people of the desk", None),
    ],
)  # fmt: skip
def test_a_byline_is_the_name_of_a_person(author: str, byline: str | None) -> None:
    html = f'<meta name=author content="{author}"><meta property="og:site_name" content="Gazette"><p>Words'
    assert page(html).byline == byline


def test_the_author_of_linked_data_is_a_byline_when_a_person() -> None:
    html = '<script type="application/ld+json">{"@type":"NewsArticle","author":[%s]}</script><p>Words'
    assert page(html % '{"@type":"Person","name":"Jo Hart"}').byline == "Jo Hart"
    assert page(html % '{"@type":"Organization","name":"Press Pool"}').byline is None


def test_the_declared_language_holds_unless_the_text_belies_it() -> None:
    assert page("<html lang=pt-BR><p>Words").language == "pt"
    assert page("<meta property=og:locale content=fr_FR><p>Mots").language == "fr"
    assert page("<html lang=en><p>시의회는 월요일 아침에 다리가 다시 개통된다고 밝혔다").language == "ko"
    german = (
        "<p>Der Stadtrat hat am Montag beschlossen, die Brücke über den Fluss bis zum Ende des Monats zu sperren." * 6
    )
    assert page(f"<html lang=en>{german}").language == "de"
    assert page(f"<html lang=nl>{german}").language == "nl"


@pytest.mark.parametrize(
    ("html", "written", "precision"),
    [
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2024-05-01T08:00Z"}</script>',
            "2024-05-01T08:00Z",
            Precision.MINUTE,
        ),
        ('<meta property="article:published_time" content="2024-05-01">', "2024-05-01", Precision.DAY),
        ("<p>On <time datetime='2024-05-01' itemprop=datePublished>May Day</time>", "2024-05-01", Precision.DAY),
    ],
)
def test_the_date_is_read_from_the_markup(html: str, written: str, precision: Precision) -> None:
    found = page(f"<html><body>{html}<p>Words</p>").published
    assert found is not None
    assert (found.written, found.precision, found.basis.value) == (written, precision, "markup")


def test_the_address_gives_the_date_when_the_page_does_not() -> None:
    found = page("<p>Words", url="https://a.example/2024/05/01/bridge").published
    assert found is not None
    assert (found.written, found.basis.value) == ("2024-05-01", "url")


def test_a_canonical_link_alone_is_never_the_address_of_a_page() -> None:
    canonical = '<link rel=canonical href="https://up.example/1">'
    assert page(f"{canonical}<p>Words").url is None
    assert page(f'{canonical}<meta property="og:url" content="https://up.example/1"><p>Words').url is None
    mixed = (
        f'{canonical}<meta property="og:url" content="https://a.example/1"><meta property="og:site_name" content="A">'
    )
    assert page(f"{mixed}<p>Words").url is None
    agreed = mixed.replace("a.example", "up.example")
    assert page(f"{agreed}<p>Words").url == "https://up.example/1"
    assert page(f"{agreed}<p>Words", url="https://me.example/2").url == "https://me.example/2"


def test_a_saved_page_says_where_it_was_saved_from(made: Callable[..., SourceFile]) -> None:
    content = b"<!DOCTYPE html>\n<!-- saved from url=(0026)https://a.example/bridge/1 -->\n<p>Words"
    (found,) = read(made("a.html", content))
    assert isinstance(found, Article)
    assert found.url == "https://a.example/bridge/1"


def test_the_declared_encoding_of_a_page_counts(made: Callable[..., SourceFile]) -> None:
    content = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Мост'.encode("cp1251")
    (found,) = read(made("a.html", content))
    assert isinstance(found, Article)
    assert (found.text, found.metadata["encoding"]) == ("Мост", "cp1251")
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><html><body><p>“Brücke”</p></body></html>'.encode("cp1252")
    (found,) = read(made("b.xhtml", latin))
    assert isinstance(found, Article)
    assert found.text == "“Brücke”"


def test_elements_that_xhtml_closes_at_once_hide_nothing() -> None:
    html = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/></head><body><a id="t"/><p>One</p>'
    assert shown(f"{html}</body></html>") == ["One"]
    assert page(f"{html}</body></html>").lines[0].link_share == 0.0


def test_a_page_in_frames_or_of_fragments_still_has_text() -> None:
    assert shown("just words") == ["just words"]
    assert shown("<p>one</p>\n<p>two</p>") == ["one", "two"]
    assert shown("<html><frameset><noframes>Old page</noframes></frameset></html>") == ["Old page"]


@pytest.mark.parametrize("html", ["<html></html>", "<!-- only -->", "<script>x</script>", "<p hidden>no", "<"])
def test_a_page_that_shows_nothing_is_unreadable(html: str) -> None:
    found = read_record({"html": html}, source="page")
    assert found == Unreadable("page", "holds no text")


def test_a_page_nested_deeper_than_the_parser_goes_is_refused_rather_than_cut() -> None:
    deep = "<div>" * 20_000 + "words" + "</div>" * 20_000 + "<p>after</p>"
    assert read_record({"html": deep}, source="page") == Unreadable("page", "elements nested more than 2,048 deep")
    assert shown("<div>" * 1_500 + "words" + "</div>" * 1_500 + "<p>after</p>") == ["words", "after"]


def test_a_page_of_more_lines_than_are_held_is_refused() -> None:
    page_of_lines = {"html": "<pre>" + "x\n" * 500_002 + "</pre>"}
    assert read_record(page_of_lines, source="page") == Unreadable("page", "more than 500,000 lines")


def test_huge_attributes_and_many_elements_are_borne() -> None:
    found = page(f'<p class="{"x " * 500_000}" id="{"y" * 500_000}">words</p>' + "<b>x</b> " * 20_000)
    assert found.text.startswith("words\nx x x")
    assert len(found.lines[0].element) <= 200
