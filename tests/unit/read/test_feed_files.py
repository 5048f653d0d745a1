from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.model import Article, Claim, Unreadable
from provenance.read import ReadOptions, SourceFile, holds_records, read
from provenance.read.registry import is_supported

UP = "https://up.example/bridge-1"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>World news | The Harbour Post</title><link>https://www.theharbourpost.example/world</link>
<language>en-gb</language>
<item><title>Bridge &amp;#8216;opens&amp;#8217;</title><link>https://www.theharbourpost.example/1</link>
<guid isPermaLink="false">hp-1</guid><dc:creator>Ada Quill</dc:creator><category>World</category>
<pubDate>Wed, 01 May 2024 10:30:15 +0000</pubDate>
<media:content url="x.jpg"><media:title>A bridge</media:title><media:credit>AFP</media:credit></media:content>
<description><![CDATA[<p>Traffic resumed over the old [&#8230;]</p><p>The post appeared first on Up Press.</p>]]></description>
<content:encoded><![CDATA[<p>Traffic resumed over the old bridge.</p><ul><li>one<li>two</ul>
<p>Source: <a href="{UP}">Up Press</a></p>]]></content:encoded><source url="https://up.example/feed">Up Press</source></item>
<item><title>Second</title><description>Plain words of the second item.</description></item>
</channel></rss>"""


@pytest.fixture
def reading(made: Callable[..., SourceFile]) -> Callable[..., list[Article | Unreadable]]:
    def give(content: str | bytes, name: str = "f.xml", **options: int) -> list[Article | Unreadable]:
        data = content.encode() if isinstance(content, str) else content
        return list(read(made(name, data), ReadOptions(**options)))  # type: ignore[arg-type]

    return give


@pytest.fixture
def articles(reading: Callable[..., list[Article | Unreadable]]) -> Callable[..., list[Article]]:
    def give(content: str | bytes, name: str = "f.xml") -> list[Article]:
        found = reading(content, name)
        for article in found:
            assert isinstance(article, Article), article
            assert "".join(line.span.of(article.text) for line in article.lines) == article.text
            for claim in article.claims:
                if claim.carrier == "link":
                    place = slice(int(claim.extra["start"]), int(claim.extra["end"]))
                    assert article.text[place] == claim.extra["text"]
        return [article for article in found if isinstance(article, Article)]

    return give


def feed_claims(article: Article) -> list[tuple[str, str]]:
    return [(claim.name, claim.value) for claim in article.claims if claim.carrier == "feed"]


def links(article: Article) -> list[Claim]:
    return [claim for claim in article.claims if claim.carrier == "link"]


def test_a_feed_gives_an_article_an_item(articles: Callable[..., list[Article]]) -> None:
    first, second = articles(RSS)
    assert (first.id, first.source) == ("hp-1", "pages/f.xml#hp-1")
    assert second.source == "pages/f.xml#2"
    assert second.id.startswith("sha256:")
    assert (first.url, first.outlet_name, first.language) == (
        "https://www.theharbourpost.example/1", "The Harbour Post", "en",
    )  # fmt: skip
    assert (first.title, first.byline, first.metadata) == ("Bridge ‘opens’", "Ada Quill", {"categories": "World"})
    assert first.published is not None
    assert second.text == "Second\nPlain words of the second item."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "<?xml version='1.0' encoding='utf-16'?>"])
def test_a_feed_in_wide_characters_needs_no_mark(
    declared: str, encoding: str, articles: Callable[..., list[Article]]
) -> None:
    feed = f"{declared}<rss><channel><item><title>旧桥将于周一恢复通车</title></item></channel></rss>"
    assert [found.title for found in articles(feed.encode(encoding))] == ["旧桥将于周一恢复通车"]


def test_html_inside_an_item_is_read_as_a_page_and_a_teaser_says_nothing_twice(
    articles: Callable[..., list[Article]],
) -> None:
    first, _ = articles(RSS)
    assert first.text.splitlines() == [
        "Bridge ‘opens’", "Ada Quill", "The post appeared first on Up Press.", "Traffic resumed over the old bridge.",
        "one", "two", "Source: Up Press", "Up Press",
    ]  # fmt: skip
    assert feed_claims(first) == [("creator", "Ada Quill"), ("source", "Up Press")]
    assert [(link.value, link.extra["text"]) for link in links(first)] == [(UP, "Up Press")]


def test_what_a_feed_says_of_itself_is_no_claim_of_its_items(articles: Callable[..., list[Article]]) -> None:
    _, second = articles(RSS)
    assert second.claims == ()


def test_an_rss_1_feed_is_read(articles: Callable[..., list[Article]]) -> None:
    (found,) = articles(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel rdf:about='https://a.example'><title>A Post</title><link>https://a.example</link><items><rdf:Seq/></items>"
        "</channel><item rdf:about='https://a.example/1'><title>Bridge</title><link>https://a.example/1</link></item></rdf:RDF>"
    )
    assert (found.id, found.url, found.outlet_name, found.text) == (
        "https://a.example/1", "https://a.example/1", "A Post", "Bridge",
    )  # fmt: skip


def test_an_atom_feed_is_read_with_its_via_and_source(articles: Callable[..., list[Article]]) -> None:
    (found,) = articles(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenpost</title>'
        '<link rel="self" href="https://h.example/f"/><link href="https://h.example/"/><entry><id>tag:h,1</id>'
        '<title>Brücke</title><link href="https://h.example/1"/>'
        f'<link rel="via" href="{UP}"/><updated>2024-05-03T10:00:00Z</updated><published>2024-05-01T10:00:00Z</published>'
        '<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der <a href="https://o.example/x">Verkehr</a>'
        " rollt.</p></div></summary><source><title>Up Press</title><updated>2020-01-01T00:00:00Z</updated></source>"
        "</entry></feed>"
    )
    assert (found.url, found.outlet_name, found.language, found.title) == (
        "https://h.example/1", "Hafenpost", "de", "Brücke",
    )  # fmt: skip
    assert found.published is not None
    assert found.published.written == "2024-05-01T10:00:00Z"
    assert feed_claims(found) == [("via", UP), ("source", "Up Press")]
    assert [link.value for link in links(found)] == ["https://o.example/x"]


def test_an_export_gives_its_posts_and_not_its_pictures_and_menus(articles: Callable[..., list[Article]]) -> None:
    (found,) = articles(
        "<rss><channel><title>B</title><item><title>Post</title><content:encoded><![CDATA[Words of a post.]]></content:encoded>"
        "<wp:post_type>post</wp:post_type><wp:postmeta><wp:meta_key>feedzy_item_url</wp:meta_key>"
        f"<wp:meta_value>{UP}</wp:meta_value></wp:postmeta></item><item><title>img</title><wp:post_type>attachment</wp:post_type>"
        "</item><item><title>Home</title><wp:post_type>wp_navigation</wp:post_type></item></channel></rss>"
    )
    assert found.text == "Post\nWords of a post."
    assert feed_claims(found) == [("feedzy_item_url", UP)]


NEWSML = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:1" xml:lang="fr"><itemMeta><itemClass qcode="ninat:text"/><provider literal="AFP"/>
<versionCreated>2024-05-02T10:00:00Z</versionCreated><firstCreated>2024-05-01T10:00:00Z</firstCreated></itemMeta>
<contentMeta><creditline>AFP</creditline><by>Ada Quill</by><headline>Le pont rouvre</headline></contentMeta>
<contentSet><inlineXML><nitf xmlns=""><body><body.content><p>La circulation reprend.</p><hl2>Plus tard</hl2>
<p>Voir <a href="https://b.example/">b</a>.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="urn:p"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<newsItem guid="urn:2"><contentMeta><headline>Zwei</headline></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><p>Erstens.</p><p>Zweitens.</p></body></html>
</inlineXML></contentSet></newsItem></itemSet></newsMessage>"""


def test_a_newsml_message_gives_its_texts(articles: Callable[..., list[Article]]) -> None:
    first, second = articles(NEWSML)
    assert (first.id, first.title, first.byline, first.language) == ("urn:1", "Le pont rouvre", "Ada Quill", "fr")
    assert first.text == "Le pont rouvre\nLa circulation reprend.\nPlus tard\nVoir b.\nAFP"
    assert [line.element for line in first.lines][1:4] == ["div>p", "div>h2", "div>p"]
    assert feed_claims(first) == [("provider", "AFP"), ("creditline", "AFP"), ("by", "Ada Quill")]
    assert first.published is not None
    assert first.published.written == "2024-05-01T10:00:00Z"
    assert (second.title, second.text) == ("Zwei", "Zwei\nErstens.\nZweitens.")


def test_a_nitf_document_is_one_article(articles: Callable[..., list[Article]]) -> None:
    (found,) = articles(
        '<nitf><head><docdata><doc-id id-string="n1"/><date.issue norm="20240501T100000Z"/><doc.copyright holder="Up Press"/>'
        "</docdata></head><body><body.head><hedline><hl1>Bridge opens</hl1></hedline><byline>By Ada Quill</byline>"
        "<distributor>Up Press</distributor></body.head><body.content><block><p>Traffic resumed.</p></block></body.content>"
        "<body.end><tagline>aq/up</tagline></body.end></body></nitf>"
    )
    assert (found.id, found.title, found.byline) == ("n1", "Bridge opens", "By Ada Quill")
    assert found.text == "Bridge opens\nBy Ada Quill\nTraffic resumed.\naq/up"
    assert feed_claims(found) == [
        ("doc.copyright", "Up Press"),
        ("byline", "By Ada Quill"),
        ("distributor", "Up Press"),
    ]
    assert found.published is not None


@pytest.mark.parametrize(
    "content",
    [
        "<TEI><text><p>This is one sentence of rather more than eight words.</p></text></TEI>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>This is one sentence of rather more than eight words.</p></body></html>',
        '{"note": "This is one sentence of rather more than eight words."}',
    ],
)
def test_running_text_of_a_kind_nobody_knows_is_one_article(
    content: str, articles: Callable[..., list[Article]]
) -> None:
    (found,) = articles(content, "f.json" if content.startswith("{") else "f.xml")
    assert found.text == "This is one sentence of rather more than eight words."


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom" * 500}">' for n in range(9))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty, or no XML"),
        ("words only", "empty, or no XML"),
        ("<settings><path>/a/b</path><name>Some short label</name></settings>", "not a feed or news item this program knows"),
        ("<urlset><url><loc>https://a.example/a/b</loc></url></urlset>", "not a feed or news item this program knows"),
        ("<rss><channel><title>Empty Post</title></channel></rss>", "a feed without items"),
        ("<rss><item><wp:post_type>attachment</wp:post_type></item></rss>", "holds pictures or settings, and no text"),
        ("<rss>" + "<a>" * 3000, "elements nested more than 256 deep; the rest was not read"),
        ("<rss><item>" + "<a/>" * 1_000_000, "more than 200,000 elements in one item; the rest was not read"),
        ("<rss>" + "<a/>" * 1_000_000, "more than 200,000 elements in one item; the rest was not read"),
        (f'<!DOCTYPE r [{BOMB}]><rss><item x="&e8;"/></rss>', "entities that grow without end; the rest was not read"),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_feed_or_hostile_costs_its_file(
    content: str, reason: str, reading: Callable[..., list[Article | Unreadable]]
) -> None:
    assert reading(content) == [Unreadable("pages/f.xml", reason)]


def test_no_entity_is_put_in_and_no_file_is_opened(articles: Callable[..., list[Article]], tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("classified")
    (found,) = articles(
        f'<!DOCTYPE r [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY b "boom">]><rss><item><title>Bridge &f; &b;</title></item></rss>'
    )
    assert "classified" not in found.text
    assert "boom" not in found.text


def test_a_feed_that_breaks_off_keeps_the_items_before(reading: Callable[..., list[Article | Unreadable]]) -> None:
    first, *_, last = reading("<rss><item><title>Whole</title></item><item><title>Bro")
    assert isinstance(first, Article)
    assert first.text == "Whole"
    assert last == Unreadable("pages/f.xml", "the XML ends before it is closed; the rest was not read")


def test_the_limit_is_one_of_items_and_not_of_their_file(reading: Callable[..., list[Article | Unreadable]]) -> None:
    items = "".join(f"<item><title>Item {number} {'x' * 200}</title></item>" for number in range(2000))
    found = reading(f"<rss>{items}</rss>", max_bytes=100_000)
    assert len(found) == 2000
    assert all(isinstance(item, Article) for item in found)
    (refused,) = reading(f"<rss><item><title>{'x' * 200_000}</title></item></rss>", max_bytes=100_000)
    assert refused == Unreadable("pages/f.xml", "larger than the limit of 100,000 bytes; --max-bytes raises it")


ITEM = {
    "source": {"id": "up", "name": "Up Press"},
    "author": "Ada Quill",
    "title": "Bridge opens",
    "description": "Traffic resumed over the old b…",
    "content": "Traffic resumed over the old bridge.",
    "url": "https://me.example/1",
    "publishedAt": "2024-05-01T10:00:00Z",
}


@pytest.mark.parametrize(
    "wrapped",
    [
        {"status": "ok", "totalResults": 1, "articles": [ITEM]},
        {"results": [ITEM]},
        {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [ITEM]},
        {"response": {"status": "ok", "results": [ITEM]}},
        {"hits": {"total": 1, "hits": [{"_score": 1, "_source": ITEM}]}},
        [ITEM],
        ITEM,
    ],
    ids=range(7),
)
def test_items_are_found_however_they_are_wrapped(wrapped: object, articles: Callable[..., list[Article]]) -> None:
    (found,) = articles(json.dumps(wrapped), "f.json")
    assert found.text == "Bridge opens\nAda Quill\nTraffic resumed over the old bridge.\nUp Press"
    assert (found.url, found.title, found.byline, found.source) == (
        "https://me.example/1", "Bridge opens", "Ada Quill", "pages/f.json#1",
    )  # fmt: skip
    assert feed_claims(found) == [("source", "Up Press"), ("author", "Ada Quill")]
    assert found.published is not None


def test_a_ninjs_item_gives_its_html_once(articles: Callable[..., list[Article]]) -> None:
    item = {
        "uri": "urn:n:1", "headline": "Bridge", "body_html": f'<p>One.</p><p>Two <a href="{UP}">up</a>.</p>',
        "body_text": "One. Two up.", "source": "dpa", "language": "de", "versioncreated": "2024-05-01T10:00:00Z",
    }  # fmt: skip
    first, second = articles(json.dumps([item, {**item, "uri": "urn:n:2", "body_html": ""}]), "f.json")
    assert (first.id, first.source, first.language) == ("urn:n:1", "pages/f.json#urn:n:1", "de")
    assert first.text == "Bridge\nOne.\nTwo up.\ndpa"
    assert [link.value for link in links(first)] == [UP]
    assert second.text == "Bridge\nOne. Two up.\ndpa"


def test_a_ninjs_2_item_and_a_search_answer_are_read(articles: Callable[..., list[Article]]) -> None:
    (second,) = articles(
        '{"uri":"u","headlines":[{"value":"Bridge"}],"bodies":[{"contenttype":"text/html","value":"<p>One.</p>"}]}',
        "f.json",
    )
    assert (second.title, second.text) == ("Bridge", "Bridge\nOne.")
    (answer,) = articles(
        '{"response":{"results":[{"id":"w/1","webTitle":"Bridge","webUrl":"https://g.example/1","fields":{"bodyText":"One."}}]}}',
        "f.json",
    )
    assert (answer.id, answer.url, answer.text) == ("w/1", "https://g.example/1", "Bridge\nOne.")


def test_a_record_with_text_is_read_as_in_json_lines_and_names_its_source(
    articles: Callable[..., list[Article]],
) -> None:
    text, page = articles(
        '[{"id": "a", "text": " Exact \\n words.", "source": "AFP"}, {"id": 2, "html": "<p>Page"}]', "f.json"
    )
    assert (text.id, text.text, feed_claims(text)) == ("a", " Exact \n words.", [("source", "AFP")])
    assert (page.id, page.text, page.media_type) == ("2", "Page", "text/html")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("\x00\x01\x02" * 20, "binary, not text"),
        ("{", "not JSON: a name in double quotation marks is missing (line 1, character 2)"),
        ("[" * 100_000, "JSON nested deeper than this program follows"),
        ("[" + "1" * 10_000 + "]", "JSON with a number of more digits than this program holds"),
        ("[]", "not a feed or news item this program knows"),
        ('{"version": 1, "path": "/a/b/c"}', "not a feed or news item this program knows"),
    ],
)
def test_json_without_news_costs_its_file(
    content: str, reason: str, reading: Callable[..., list[Article | Unreadable]]
) -> None:
    assert reading(content, "f.json") == [Unreadable("pages/f.json", reason)]


def test_an_entry_that_is_no_object_costs_itself(reading: Callable[..., list[Article | Unreadable]]) -> None:
    first, second = reading('{"articles": [{"title": "Bridge"}, 7]}', "f.json")
    assert isinstance(first, Article)
    assert second == Unreadable("pages/f.json#2", "not a JSON object")


def test_compressed_feeds_are_read(articles: Callable[..., list[Article]]) -> None:
    assert len(articles(gzip.compress(RSS.encode()), "f.xml.gz")) == 2
    assert len(articles(gzip.compress(b'[{"title": "Bridge"}]'), "f.json.gz")) == 1


@pytest.mark.parametrize("content", [RSS, NEWSML, "[\n" + json.dumps(ITEM) + "\n]", json.dumps({"articles": [ITEM]})])
def test_a_feed_is_known_by_its_first_bytes(content: str, articles: Callable[..., list[Article]]) -> None:
    assert "Unreadable" not in str(articles(content, "nameless"))
    assert all("#" in article.source for article in articles(content, "nameless"))


@pytest.mark.parametrize(
    ("name", "many"),
    [("a.xml", True), ("a.RSS.gz", True), ("a.json", True), ("a.jsonl", True), ("a.csv", True), ("a.html", False), ("a.txt", False)],
)  # fmt: skip
def test_a_source_says_whether_it_may_hold_many_articles(name: str, many: bool) -> None:
    assert holds_records(SourceFile(Path(name), name, name)) is many
    assert is_supported(name)
    assert holds_records(SourceFile(None, "-", "-"))
