"""What holds of any input whatever."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.model import Article, DateBasis, Unreadable
from provenance.read import ReadOptions, SourceFile, read, read_record
from provenance.read.registry import READERS
from provenance.text.dates import find_date, timeframe

STDIN = SourceFile(path=None, source="-", name="-")
MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<br>", "<div class=a>", "</div>", "<a href=https://b.example/x>", "</a>", "<pre>", "</pre>", "<td>",
            "<table>", "<span hidden>", "</span>", "<script>", "</script>", "<!--", "-->", "&nbsp;", "&#0;", "&#xD800;", "\n", " ",
            "\t", "word", "слово", "\u2028", "\x0c", "<ul><li>", "<title>", "<meta name=author content=X>", "\r\n", "<textarea>",
            "<body>", "<link rel=canonical href=/>", "<select><option>", '<script type="application/ld+json">{"author":"',
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def sound(article: Article) -> None:
    assert article.text.strip()
    assert "".join(line.span.of(article.text) for line in article.lines) == article.text
    article.text.encode()
    assert len(article.content_hash) == 64
    for line in article.lines:
        content = line.span.of(article.text).removesuffix("\n").removesuffix("\r")
        assert "\n" not in content
        assert "\r" not in content
        assert 0.0 <= line.link_share <= 1.0
    for claim in article.claims:
        assert claim.value
        assert len(claim.element) <= 400
        if claim.carrier == "link":
            start, end = int(claim.extra["start"]), int(claim.extra["end"])
            assert article.text[start:end][:499] == claim.extra["text"][:499]


@given(st.text(st.characters(), max_size=200))
@settings(deadline=None)
def test_lines_cover_any_text(text: str) -> None:
    found = read_record({"text": text}, source="r#1")
    if isinstance(found, Article):
        sound(found)
    assert found == read_record({"text": text}, source="r#1")


@given(MARKUP)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_lines_cover_any_page_and_reading_is_repeatable(html: str) -> None:
    found = read_record({"html": html}, source="r#1")
    if isinstance(found, Article):
        sound(found)
    else:
        assert found.reason == "holds no text"
    assert found == read_record({"html": html}, source="r#1")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(content=st.binary(max_size=300) | MARKUP.map(lambda text: text.encode("utf-8", "replace")))
@settings(deadline=None, max_examples=50)
def test_any_bytes_are_articles_or_reasons(reader: object, content: bytes) -> None:
    options = ReadOptions(format=reader.name)  # type: ignore[attr-defined]
    first, second = list(given_bytes(content, options)), list(given_bytes(content, options))
    assert first == second
    for found in first:
        if isinstance(found, Article):
            sound(found)
        else:
            assert isinstance(found, Unreadable)
            assert found.reason


def given_bytes(content: bytes, options: ReadOptions) -> Iterator[Article | Unreadable]:
    stdin = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content))
    try:
        yield from read(STDIN, options)
    finally:
        sys.stdin = stdin


@given(st.text(st.sampled_from("0123456789-/.: TZ+apmMayJun,"), max_size=30) | st.text(max_size=30))
def test_any_writing_is_a_sound_timeframe_or_none(written: str) -> None:
    found = timeframe(written, DateBasis.RECORD)
    assert found is None or (found.earliest < found.latest and found.written == written.strip())


@given(
    st.lists(
        st.sampled_from(["21", "3", "2025", "۱۴۰۴", "March", "Updated", "12:30", "pm", "GMT", "年", ". ", "/", " "])
    ).map("".join)
)
def test_a_date_found_in_any_line_quotes_it(line: str) -> None:
    found = find_date(line, DateBasis.TEXT)
    assert found is None or (found.earliest < found.latest and found.written in line)


@pytest.mark.parametrize(
    "html",
    [
        "<b>x</b> " * 50_000,
        "<p>x" * 50_000,
        "<a href=https://a.example>" * 2_000 + "x",
        "<p>" + "<br>" * 100_000 + "x",
        f'<script>articleSource{"a" * 150_000}:"' + '"x:' * 50_000 + "</script><p>x",
        '<script type="application/ld+json">' + '"isBasedOn": ' * 100_000 + "</script><p>x",
        "<table>" * 500 + "<td>x" * 10_000,
        "<p>x" + "<!--" * 200_000,
        "<div itemprop=author itemscope itemtype=a/b>" * 1_500 + "x",
    ],
    ids=range(9),
)
def test_pages_made_to_take_long_end_like_others(html: str) -> None:
    # Each of these took half a minute and more, or would, with anything that grows with the square of its size.
    found = read_record({"html": html}, source="page")
    assert isinstance(found, Article)
    sound(found)
