"""What holds no text, in every format that can hold one: an article of nothing would count as an origin."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from provenance.model import Article, Unreadable
from provenance.read import SourceFile, read
from tests.unit.read import archives, documents

G2 = (
    '<newsItem guid="urn:1"><itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:AFP"><name>Larch Agency</name>'
    "</provider><versionCreated>2026-01-02T03:04:05Z</versionCreated></itemMeta><rightsInfo><usageTerms>Not to be used"
    " again by anybody without a contract with the agency</usageTerms></rightsInfo><contentMeta><slugline>harbour</slugline>"
    "<creditline>Larch Agency</creditline>{}</contentMeta>{}</newsItem>"
)
ONE = (
    "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>larch.example</ProviderId><DateId>20260102</DateId>"
    "</NewsIdentifier></Identification><NewsComponent><NewsLines><CopyrightLine>(c) Larch Agency</CopyrightLine>"
    "</NewsLines>{}</NewsComponent></NewsItem></NewsML>"
)

SHELLS = {
    "g2 of metadata.xml": G2.format("", ""),
    "g2 with an empty body.xml": G2.format("", "<contentSet><inlineXML><html><body/></html></inlineXML></contentSet>"),
    "g2 of a date.xml": '<newsItem guid="x"><itemMeta><versionCreated>2026-01-02</versionCreated></itemMeta></newsItem>',
    "newsml 1.xml": ONE.format(""),
    "newsml 1 with an empty body.xml": ONE.format("<ContentItem><DataContent/></ContentItem>"),
    "nitf.xml": "<nitf><head><docdata><date.issue norm='20260102'/></docdata></head><body><body.content/></body></nitf>",
    "nitf with a byline.xml": "<nitf><body><body.head><byline>Ada Quill</byline></body.head><body.content/></body></nitf>",
    "rss with an address.xml": "<rss><channel><title>Post</title><item><link>https://a.example/1</link><guid>1</guid>"
    "<pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate></item></channel></rss>",
    "rss with blanks.xml": "<rss><channel><item><title> </title><description>&amp;nbsp;</description></item></channel></rss>",
    "atom with an author.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><author><name>Ada</name>'
    "</author></entry></feed>",
    "atom of a picture.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><content type="html">'
    "&lt;img src=x&gt;</content></entry></feed>",
    "ninjs.json": json.dumps(
        {"uri": "x", "headline": "", "body_html": "<p></p>", "byline": "Ada", "copyrightnotice": "L"}
    ),
    "list.json": json.dumps([{"id": "x", "title": "…", "byline": "Ada Quill", "source": "Larch Agency"}]),
    "rows.jsonl": '{"id": "a", "title": "Harbour opens", "url": "https://a.example/1"}',
    "rows.csv": "id,text\na,---\n",
    "page.html": "<title>Harbour</title><script>write()</script><img src=x>&nbsp;",
    "archive.warc": archives.warc([archives.Answer("https://a.example/1", archives.page("Harbour", "—"))]),
    "mail.eml": "From: a@b.example\nSubject: Harbour\n\n--\n",
    "text.txt": "\ufeff\u200b...\n",
    "pages.pdf": documents.pdf_of([["- 1 -".replace("1", "-")]]),
    "document.docx": documents.docx_of("", "***"),
}


@pytest.mark.parametrize("name", SHELLS)
def test_what_holds_no_text_is_listed_and_is_no_article(name: str, made: Callable[..., SourceFile]) -> None:
    content = SHELLS[name]
    (found,) = read(made(name, content if isinstance(content, bytes) else content.encode()))
    assert isinstance(found, Unreadable)
    assert found.reason == "holds no text"


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("headline.xml", G2.format("<headline>Harbour opens</headline>", ""), "Harbour opens"),
        (
            "one.xml",
            ONE.format("<ContentItem><DataContent><p>Ferries sail.</p></DataContent></ContentItem>"),
            "Ferries sail.",
        ),
        (
            "rss.xml",
            "<rss><channel><item><description>Ferries sail.</description></item></channel></rss>",
            "Ferries sail.",
        ),
        ("ninjs.json", json.dumps({"uri": "x", "headline": "Harbour opens"}), "Harbour opens"),
    ],
)
def test_a_headline_or_a_body_alone_is_an_article(
    name: str, content: str, text: str, made: Callable[..., SourceFile]
) -> None:
    (found,) = read(made(name, content.encode()))
    assert isinstance(found, Article)
    assert text in found.text


def test_an_item_whose_fields_nobody_knows_is_read_where_they_hold_running_text(
    made: Callable[..., SourceFile],
) -> None:
    told = "The harbour of Larchport opens again on Monday after two years of works."
    item = f"<rss><channel><item><noticia>{told * 9}</noticia><codigo>77</codigo></item></channel></rss>"
    (found,) = read(made("a.xml", item.encode()))
    assert isinstance(found, Article)
    assert found.text == f"{told * 9}\n77"


def test_the_name_of_an_author_is_no_title(made: Callable[..., SourceFile]) -> None:
    entry = "<entry><author><name>Ada Quill</name></author><summary>Ferries sail.</summary></entry>"
    (found,) = read(made("a.xml", f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()))
    assert isinstance(found, Article)
    assert (found.title, found.byline) == (None, "Ada Quill")
