from __future__ import annotations

import json

import pytest

from provenance.model import Article, Unreadable
from provenance.read import read_record

UP = "https://up.example/bridge-1"


def item(content: str, media_type: str = "application/xml") -> Article:
    found = read_record({"content": content, "media_type": media_type}, source="feed#1")
    assert isinstance(found, Article), found
    return found


def facts(article: Article) -> list[tuple[str, str]]:
    return [(claim.name, claim.value) for claim in article.claims]


def test_an_rss_item_gives_its_prose_and_its_source() -> None:
    found = item(
        "<item><title>Bridge opens</title><link>https://me.example/1</link><pubDate>Wed, 01 May 2024 10:30:15 +0000</pubDate>"
        f"<description>&lt;p&gt;Traffic &lt;b&gt;resumes&lt;/b&gt;.&lt;/p&gt;</description><source url='{UP}'>Up Press</source></item>",
        "application/rss+xml",
    )
    assert found.text == "Bridge opens\nTraffic resumes.\nUp Press"
    assert found.title == "Bridge opens"
    assert found.published is not None
    assert found.published.written.startswith("Wed, 01 May")
    (claim,) = found.claims
    assert (claim.carrier, claim.name, claim.value, claim.context) == ("feed", "source", "Up Press", "item")
    assert claim.extra == {"name": "Up Press", "url": UP}
    assert claim.element == f'<source url="{UP}">Up Press</source>'


def test_an_atom_entry_gives_its_source_and_via() -> None:
    found = item(
        f'<entry><title>Bridge</title><link rel="via" href="{UP}"/><source><title>Up Press</title><link href="{UP}"/>'
        "</source></entry>"
    )
    assert facts(found) == [("via", UP), ("source", "Up Press")]
    assert found.claims[1].extra["url"] == UP


@pytest.mark.parametrize(
    "key", ["syndication_permalink", "wpe_sourcepermalink", "feedzy_item_url", "wprss_item_permalink"]
)
def test_importer_fields_of_an_export_are_claims(key: str) -> None:
    found = item(
        f"<item><title>Bridge</title><wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{UP}]]>"
        "</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value>"
        "</wp:postmeta></item>"
    )
    assert facts(found) == [(key, UP)]


def test_newsml_gives_its_agency() -> None:
    found = item(
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xml:lang="en-GB"><contentMeta><infoSource qcode="nprov:AFP"/>'
        "<creditline>AFP</creditline><headline>Bridge to reopen</headline></contentMeta></newsItem>"
    )
    assert facts(found) == [("infosource", "nprov:AFP"), ("creditline", "AFP")]
    assert (found.title, found.language) == ("Bridge to reopen", "en")


def test_xml_is_read_without_entities_or_files() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(9))
    found = item(
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE i [{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<item><title>Bridge &e8; &f;</title><author>&f;</author></item>"
    )
    assert "boom" not in found.text
    assert "root:" not in found.text + str(found.claims)
    assert found.text.startswith("Bridge")


def test_what_is_no_xml_is_a_result() -> None:
    found = read_record({"content": "words only", "media_type": "application/xml"}, source="feed#1")
    assert found == Unreadable("feed#1", "holds no text")


def test_a_ninjs_item_gives_its_source() -> None:
    content = {
        "type": "text",
        "headline": "Bridge",
        "source": "dpa",
        "usageterms": "dpa only",
        "body_text": "Traffic resumes.",
    }
    found = item(json.dumps(content), "application/json")
    assert found.text == "Bridge\nTraffic resumes.\ndpa\ndpa only"
    assert facts(found) == [("source", "dpa"), ("usageterms", "dpa only")]
    assert found.claims[0].element == '"source":"dpa"'


def test_an_object_of_a_news_interface_gives_its_source() -> None:
    content = {
        "title": "Bridge",
        "url": "https://me.example/1",
        "original_url": UP,
        "publishedAt": "2024-05-01T10:00:00Z",
        "source": {"id": "up", "name": "Up Press"},
        "content": "<p>Traffic resumes.</p>",
    }
    found = item(json.dumps(content), "application/json")
    assert facts(found) == [("original_url", UP), ("source", "Up Press")]
    assert found.claims[1].extra == {"name": "Up Press", "id": "up"}
    assert (found.url, found.title) == ("https://me.example/1", "Bridge")
    assert found.text == "Bridge\nTraffic resumes.\nUp Press"
    assert found.published is not None


@pytest.mark.parametrize("content", ["7", '"words"', "[]", "{}", "null"])
def test_json_without_an_article_is_a_result(content: str) -> None:
    found = read_record({"content": content, "media_type": "application/json"}, source="feed#1")
    assert found == Unreadable("feed#1", "holds no text")


def test_a_feed_of_one_item_is_that_item() -> None:
    found = item(
        "<rss><channel><title>A Post</title><link>https://a.example</link><item><title>Bridge</title><author>b@a.example (Ada Quill)"
        f"</author><source url='{UP}'>Up Press</source></item></channel></rss>"
    )
    assert (found.title, found.outlet_name, found.byline) == ("Bridge", "A Post", "Ada Quill")
    assert facts(found) == [("author", "b@a.example (Ada Quill)"), ("source", "Up Press")]
    answer = item('{"articles": [{"title": "Bridge", "source": "dpa"}]}', "application/json")
    assert facts(answer) == [("source", "dpa")]


def test_a_feed_of_several_items_in_one_record_is_one_text() -> None:
    found = item(
        "<rss><channel><item><source url='https://up.example'>Up Press</source><title>Bridge</title></item><item><title>Ferry</title></item></channel></rss>"
    )
    assert found.text == "Bridge\nUp Press\nFerry"
