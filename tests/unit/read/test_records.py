from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.model import Article, DateBasis, Precision, Unreadable
from provenance.read import ReadOptions, read_record, read_text


def article(**record: object) -> Article:
    found = read_record(record, source="r.jsonl#1")
    assert isinstance(found, Article), found
    return found


def test_every_stated_field_is_taken_and_the_rest_is_metadata() -> None:
    found = article(
        id="r1",
        url=" https://a.example/1 ",
        outlet="Harbour Gazette",
        title="Bridge opens",
        published="2024-05-01T10:30:00+02:00",
        lang="en-GB",
        text="Words.",
        section="World",
        score=0.5,
        draft=False,
        tags=["a", {"b": "ü"}],
        nothing=None,
    )
    assert (found.id, found.url, found.outlet_name) == ("r1", "https://a.example/1", "Harbour Gazette")
    assert (found.title, found.language, found.text) == ("Bridge opens", "en", "Words.")
    assert found.published is not None
    assert found.published.earliest == datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
    assert (found.published.precision, found.published.basis) == (Precision.SECOND, DateBasis.RECORD)
    assert found.metadata == {"section": "World", "score": "0.5", "draft": "false", "tags": '["a",{"b":"ü"}]'}


def test_a_number_is_an_id_and_a_truth_value_is_not() -> None:
    assert article(id=17, text="Words").id == "17"
    assert article(id=True, text="Words").id.startswith("sha256:")


def test_a_date_or_language_that_is_not_understood_is_kept_as_metadata() -> None:
    found = article(text="Words", published="the other day", lang="Klingon")
    assert found.published is None
    assert found.language is None
    assert found.metadata == {"published": "the other day", "lang": "Klingon"}


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"text": " Words \n"}, " Words \n"),
        ({"html": "<p>Words"}, "Words"),
        ({"text": "  ", "html": "<p>Words"}, "Words"),
        ({"content": "<p>Words", "media_type": "text/html; charset=utf-8"}, "Words"),
        ({"content": "<p>Words", "media_type": "text/plain"}, "<p>Words"),
        ({"content": "<!doctype html><p>Words"}, "Words"),
        ({"content": "a < b"}, "a < b"),
        ({"content": {"headline": "Words"}, "media_type": "application/json"}, "Words"),
    ],
)
def test_the_text_is_found_in_whichever_field_holds_it(record: dict[str, object], text: str) -> None:
    assert article(**record).text == text


def test_text_beside_a_page_wins_and_the_page_still_makes_its_claims() -> None:
    found = article(
        text="Clean words.",
        html='<meta name="original-source" content="https://a.example/1"><p>Words <a href="https://b.example">b</a>',
    )
    assert found.text == "Clean words."
    assert [(claim.carrier, claim.name) for claim in found.claims] == [("meta", "original-source")]


def test_what_the_record_says_wins_over_its_page() -> None:
    page = '<html lang="de"><title>Page title</title><meta property="og:site_name" content="Page Outlet"><p>Words'
    found = article(html=page, title="Record title", outlet={"name": "Record Outlet"}, lang="fr")
    assert (found.title, found.outlet_name, found.language) == ("Record title", "Record Outlet", "fr")
    plain = article(html=page)
    assert (plain.title, plain.outlet_name, plain.language) == ("Page title", "Page Outlet", "de")


def test_what_cannot_be_stored_is_replaced_one_for_one_and_noted() -> None:
    found = article(text="a\ud800b\x00c", section="\udfff")
    assert found.text == "a\ufffdb\ufffdc"
    assert found.metadata == {"section": "\ufffd", "replaced": "2"}
    found.text.encode()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, "holds no text"),
        ({"text": " \n"}, "holds no text"),
        ({"text": None, "html": ["x"]}, "holds no text"),
        ({"html": "<script>only()</script>"}, "holds no text"),
        ({"content": "abc", "media_type": "image/png"}, "media type image/png is not one this program reads"),
        ({"text": "x" * 101}, "larger than the limit of 100 bytes; --max-bytes raises it"),
        ({"text": "\x01\x02\x03 abc"}, "binary, not text"),
    ],
)
def test_a_record_that_is_no_article_says_why(record: dict[str, object], reason: str) -> None:
    found = read_record(record, source="r.jsonl#7", options=ReadOptions(max_bytes=100))
    assert found == Unreadable("r.jsonl#7", reason)


def test_damaged_json_content_is_a_result() -> None:
    found = read_record({"content": "{", "media_type": "application/json"}, source="s")
    assert isinstance(found, Unreadable)
    assert found.reason == "not JSON: a name in double quotation marks is missing (line 1, character 2)"


@pytest.mark.parametrize("text", ["---", "\u200b\ufeff\u00a0", "\x00\x00", "«…»", "🙂"])
def test_signs_without_a_word_are_no_article(text: str) -> None:
    assert read_record({"text": text}, source="s") == Unreadable("s", "holds no text")


@pytest.mark.parametrize("text", ["a", "7", "港", "ข่าว", "खबर"])
def test_one_word_in_any_script_is_an_article(text: str) -> None:
    assert isinstance(read_record({"text": text}, source="s"), Article)


def test_an_object_for_content_is_read_as_the_json_it_is() -> None:
    found = article(content={"headline": "Harbour opens", "body_html": "<p>Ferries sail.</p>"})
    assert (found.title, found.text) == ("Harbour opens", "Harbour opens\nFerries sail.")
    assert read_record({"content": {"sent": "2026-03-04"}}, source="s") == Unreadable("s", "holds no text")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript://harbour.example/%0aalert(1)", "data:text/html,<b>x", "file:///etc/passwd",
        "mailto:a@harbour.example", "vbscript:x", "java\nscript:alert(1)", "http://", "https:///path", "http://[::1",
        "harbour", "about:internet", "https://harbour.example/\x07", "//",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_kept_beside_the_article(url: str) -> None:
    found = article(text="Words", url=url)
    assert found.url is None
    assert found.metadata["url"] == url
    assert read_text("Words", source="s", url=url).url is None


@pytest.mark.parametrize(
    "url",
    [
        "https://harbour.example/1", "HTTP://harbour.example", "https://bücher.example/ä b", "//harbour.example/1",
        "www.harbour.example/1?x=javascript:1", "theguardian.com/world", "http://192.0.2.7:8080/",
    ],
)  # fmt: skip
def test_an_address_of_the_web_is_the_articles_as_it_is_written(url: str) -> None:
    found = article(text="Words", url=f" {url} ")
    assert found.url == url
    assert "url" not in found.metadata


def test_the_content_hash_follows_what_was_read_and_not_where() -> None:
    first = article(id="a", text="Words", title="T")
    assert first.content_hash == article(id="b", text="Words", title="T").content_hash
    for change in ({"text": "Word"}, {"title": "U"}, {"url": "https://a.example"}, {"published": "2024"}):
        assert first.content_hash != article(**{"id": "a", "text": "Words", "title": "T", **change}).content_hash


def test_a_text_given_by_a_caller_is_an_article() -> None:
    found = read_text("Harbour\nopens", source="draft", url="https://a.example/1", language="en")
    assert (found.text, found.source, found.url, found.language) == (
        "Harbour\nopens",
        "draft",
        "https://a.example/1",
        "en",
    )
    assert (read_text("", source="draft").text, read_text("", source="draft").lines) == ("", ())
