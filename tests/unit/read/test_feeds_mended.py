"""Feeds as they are found: held against feedparser, which has read them for twenty years."""

from __future__ import annotations

import io
import re

import feedparser
import pytest

from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile
from provenance.read.feed.files import XmlFiles
from provenance.read.feed.mending import Mended
from provenance.read.stream import RefusedError


def results(content: bytes) -> list[Article | Unreadable]:
    found: list[Article | Unreadable] = []
    try:
        for item in XmlFiles().read(SourceFile(None, "a.xml", "a.xml"), io.BytesIO(content), ReadOptions()):
            found.append(item)  # noqa: PERF402  what came before the error counts
    except RefusedError as error:
        found.append(Unreadable("a.xml", str(error)))
    return found


def articles(content: bytes) -> list[Article]:
    return [item for item in results(content) if isinstance(item, Article)]


def item(title: str, text: str, address: str) -> str:
    when = "<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
    return f"<item><title>{title}</title><link>{address}</link><description>{text}</description>{when}</item>"


TWO = item("Harbour opens", "Ferries sail again from Monday.", "https://harbour.example/a") + item(
    "Bridge shut", "The bridge is closed to lorries.", "https://harbour.example/b"
)


def rss(items: str = TWO, head: str = '<?xml version="1.0"?>') -> bytes:
    return f"{head}<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>".encode()


FEEDS = {
    "plain": rss(),
    "bare ampersands": rss(TWO.replace("sail", "sail & dock AT&T").replace("/a<", "/a?x=1&y=2<")),
    "entities of HTML": rss(TWO.replace("sail again", "sail&nbsp;again caf&eacute;")),
    "blanks before the declaration": b"\n\n " + rss(),
    "a warning before the feed": b"Warning: connect() in /srv/a.php on line 3\n" + rss(),
    "another encoding than declared": rss(
        TWO.replace("Ferries", "Fähren"), '<?xml version="1.0" encoding="us-ascii"?>'
    ),
    "an unknown encoding": rss(TWO.replace("Ferries", "Fähren"), '<?xml version="1.0" encoding="windows-1251x"?>'),
    "control characters": rss(TWO.replace("sail", "sa\x0bil")),
    "an element left open": rss(TWO.replace("sail", "<b>sail")),
    "items left open": rss(TWO.replace("</item><item>", "<item>")),
    "cut off": rss()[:-20],
    "an undeclared prefix": rss(TWO.replace("</item>", "<content:encoded>Long.</content:encoded></item>")),
    "escaped twice": rss(TWO.replace("Ferries", "&lt;p&gt;Ferries &amp;amp; boats")),
    "capitals": rss().replace(b"item>", b"ITEM>").replace(b"title>", b"TITLE>"),
    "RSS 0.9": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    b'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>H</title></channel>'
    b"<item><title>Harbour opens</title><link>https://harbour.example/a</link></item></rdf:RDF>",
    "Atom 0.3": b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>H</title><entry><title>Harbour opens</title>'
    b'<link rel="alternate" href="https://harbour.example/a"/><issued>2004-03-03T10:00:00Z</issued></entry></feed>',
    "relative addresses": b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.example/x/"><title>H</title>'
    b'<entry><title>Harbour opens</title><link href="1.html"/><content type="html">Ferries.</content></entry></feed>',
}


@pytest.mark.parametrize("content", FEEDS.values(), ids=FEEDS)
def test_no_item_that_feedparser_finds_is_missed_or_run_into_another(content: bytes) -> None:
    found = articles(content)
    known = feedparser.parse(content).entries
    assert known
    assert [one.title for one in found] == [entry.title for entry in known]
    assert [one.url for one in found] == [entry.get("link") for entry in known]


@pytest.mark.parametrize("content", FEEDS.values(), ids=FEEDS)
def test_no_word_that_feedparser_finds_is_lost(content: bytes) -> None:
    for one, entry in zip(articles(content), feedparser.parse(content).entries, strict=True):
        words = re.sub(r"<[^>]+>|&\w+;|\x0b", " ", entry.get("summary", "")).split()
        text = one.text.replace("\x0b", " ")
        assert [word for word in words if word not in text and word not in {"sa", "il"}] == []


def test_items_within_items_of_other_formats_belong_to_them() -> None:
    nested = "<items><item><title>Harbour opens</title><tags><item>Ports</item><item>Sea</item></tags>"
    (found,) = articles(f"{nested}<text>Ferries sail again.</text></item></items>".encode())
    assert "Ferries sail again." in found.text


def test_a_feed_whose_items_are_never_closed_ends_with_a_reason() -> None:
    opened = "".join(f"<item><title>Harbour {number}</title>" for number in range(2000))
    found = results(rss(opened))
    assert [one.title for one in found if isinstance(one, Article)][:3] == ["Harbour 0", "Harbour 1", "Harbour 2"]
    assert isinstance(found[-1], Unreadable)


@pytest.mark.parametrize("size", [1, 2, 7, 41, 1000])
def test_ampersands_are_mended_wherever_the_bytes_are_cut(size: int) -> None:
    content = b"<a>AT&T &amp; &#38; &#x26; &nbsp; R&D;x & </a><b><![CDATA[x&y ]] > &z]]></b>&"
    stream, pieces = Mended(io.BytesIO(content)), []
    while piece := stream.read(size):
        pieces.append(piece)
    mended = b"<a>AT&amp;T &amp; &#38; &#x26; &nbsp; R&amp;D;x &amp; </a><b><![CDATA[x&y ]] > &z]]></b>&amp;"
    assert b"".join(pieces) == mended


def test_wide_encodings_are_left_alone_but_for_their_mark() -> None:
    for encoding, missing in (("utf-16", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-32", b"")):
        content = "<a>x & y</a>".encode(encoding)
        assert Mended(io.BytesIO(content)).read(1000) == missing + content


G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sender>agency.example</sender></header><itemSet>
<newsItem guid="urn:1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="Agency"/></itemMeta>
<contentMeta><headline>Harbour opens</headline></contentMeta><contentSet><inlineData>Ferries sail.</inlineData></contentSet></newsItem>
<newsItem guid="urn:2"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Bridge shut</headline></contentMeta>
<contentSet><inlineData>No lorries.</inlineData></contentSet></newsItem>
<newsItem guid="urn:3"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta><headline>A picture</headline></contentMeta></newsItem>
<packageItem guid="urn:4"><groupSet root="r"><group id="r"><itemRef residref="urn:1"/></group></groupSet></packageItem>
</itemSet></newsMessage>"""


def test_a_message_of_several_items_gives_each_text_once() -> None:
    assert [(one.id, one.title) for one in articles(G2.encode())] == [
        ("urn:1", "Harbour opens"),
        ("urn:2", "Bridge shut"),
    ]


def component(headline: str, text: str, kind: str = "Text") -> str:
    data = f'<ContentItem><MediaType FormalName="{kind}"/><DataContent><p>{text}</p></DataContent></ContentItem>'
    return f"<NewsComponent><NewsLines><HeadLine>{headline}</HeadLine></NewsLines>{data}</NewsComponent>"


def newsml(*components: str, equivalents: str = "no") -> bytes:
    head = "<Identification><NewsIdentifier><NewsItemId>a</NewsItemId></NewsIdentifier></Identification>"
    inside = f'<NewsComponent EquivalentsList="{equivalents}">{"".join(components)}</NewsComponent>'
    provider = '<AdministrativeMetadata><Provider><Party FormalName="Agency"/></Provider></AdministrativeMetadata>'
    inside = inside.replace(">", f">{provider}", 1)
    return f"<NewsML><NewsItem>{head}{inside}</NewsItem><NewsItem>{head.replace('>a<', '>b<')}{component('Three', 'Third.')}</NewsItem></NewsML>".encode()


def test_the_texts_of_one_item_of_newsml_1_are_articles_with_what_is_said_of_all() -> None:
    found = articles(
        newsml(component("One", "First."), component("Two", "Second."), component("Pic", "Caption.", "Photo"))
    )
    assert [(one.id, one.title) for one in found] == [("a/1", "One"), ("a/2", "Two"), ("b", "Three")]
    assert "Second." not in found[0].text
    assert "First." not in found[1].text
    assert all(any(claim.value == "Agency" for claim in one.claims) for one in found[:2])


def test_other_forms_of_one_text_are_not_taken_apart() -> None:
    found = articles(newsml(component("One", "First."), component("One", "The same."), equivalents="yes"))
    assert [one.id for one in found] == ["a", "b"]
