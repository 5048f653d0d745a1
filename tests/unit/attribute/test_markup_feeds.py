"""Which outlet an item of a feed, an exchange format or a news interface credits, and that it never credits itself."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.clean import SiteFurniture
from provenance.model import Article
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.read import ReadOptions, SourceFile, read

ME = "https://www.riversiderepost.example/news/1"
UP = "https://www.dawn.com/news/1891"
TEXT = (
    "Dockers at the northern harbour went back to work on Monday after a strike of three weeks, the city said. "
    "The first two ships had been waiting outside the breakwater since the end of last month."
)
Upstreams = Callable[[str], set[str]]


@functools.cache
def toolbox() -> Toolbox:
    return Toolbox.load(None)


@pytest.fixture
def upstreams(tmp_path: Path) -> Upstreams:
    def give(content: str) -> set[str]:
        path = tmp_path / ("item.json" if content.startswith("{") else "item.xml")
        path.write_text(content, encoding="utf-8")
        (article,) = read(SourceFile(path, path.name, path.name), ReadOptions())
        assert isinstance(article, Article), article
        return set(inspect_article(article, toolbox(), SiteFurniture()).upstreams)

    return give


def expected(names: str) -> set[str]:
    return set(names.split())


def rss(fields: str, *, page: str = ME) -> str:
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><channel><title>Riverside Repost</title>'
        "<link>https://www.riversiderepost.example/</link><item><title>Dockers back</title>"
        f"<link>{page}</link><description>{TEXT}</description>{fields}</item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ('<source url="https://www.dawn.com/feed">Dawn</source>', "dawn"),
        ("<source>Dawn</source>", "dawn"),
        ('<source url="https://www.riversiderepost.example/feed">Riverside Repost</source>', ""),
        ('<source url="">  </source>', ""),
        (f"<dc:source>{UP}</dc:source>", "dawn"),
        ("<dc:creator>AFP</dc:creator>", "afp"),
        ("<dc:creator>Jane Larch</dc:creator>", ""),
        ("<author>news@larch.example (Reuters)</author>", "reuters"),
        ("<dc:publisher>Dawn</dc:publisher>", "dawn"),
        ("<dc:publisher>Riverside Repost</dc:publisher>", ""),
        ("<dc:rights>© 2025 AFP</dc:rights>", "afp"),
        ("<dcterms:rightsHolder>AFP</dcterms:rightsHolder>", "afp"),
        (f"<dcterms:isVersionOf>{UP}</dcterms:isVersionOf>", "dawn"),
        (f'<atom:link rel="via" href="{UP}"/>', "dawn"),
        (f'<atom:link rel="canonical" href="{UP}"/>', "dawn"),
        (f'<atom:link rel="canonical" href="{ME}"/>', ""),
        (f'<atom:link rel="related" href="{UP}"/>', ""),
        (f'<comments>{UP}</comments><enclosure url="https://www.dawn.com/x.mp3"/>', ""),
        (('<media:content url="x.jpg"><media:credit>AFP</media:credit><media:copyright>Reuters</media:copyright>'
         "</media:content>"), ""),
        ("<media:credit>AFP</media:credit>", ""),
    ],
)  # fmt: skip
def test_a_field_of_rss_names_the_source(fields: str, names: str, upstreams: Upstreams) -> None:
    assert upstreams(rss(fields)) == expected(names)


@pytest.mark.parametrize(
    "key",
    [
        "syndication_permalink", "feedzy_item_url", "wprss_item_permalink", "wpe_sourcepermalink", "rssmi_source_link",
        "wpematico_permalink", "original_url", "canonical_url", "_yoast_wpseo_canonical", "rank_math_canonical_url",
    ],
)  # fmt: skip
def test_an_importer_s_field_in_an_export_names_where_a_post_is_from(key: str, upstreams: Upstreams) -> None:
    field = f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>%s</wp:meta_value></wp:postmeta>"
    assert upstreams(rss(field % UP)) == {"dawn"}
    assert upstreams(rss(field % ME)) == set()
    assert upstreams(rss((field % f"{UP}.jpg").replace(key, f"featured_image_{key}"))) == set()


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        (('<source><title>Dawn</title><link rel="self" href="https://feeds.example/x"/>'
         '<link rel="alternate" href="https://www.dawn.com/"/></source>'), "dawn"),
        ('<source><title>Larch Herald</title><link href="https://larchherald.org/"/></source>', "larchherald"),
        ('<source><title>Riverside Repost</title><link rel="self" href="https://www.riversiderepost.example/f"/></source>',
         ""),
        (f'<link rel="via" href="{UP}"/>', "dawn"),
        (f'<link rel="via" href="{ME}"/>', ""),
        (f'<link rel="related" href="{UP}"/>', ""),
        ("<author><name>AFP</name></author>", "afp"),
        ("<author><name>Jane Larch</name><uri>https://janelarch.net</uri></author>", ""),
        ("<rights>© 2025 Reuters</rights>", "reuters"),
        ("<rights>© 2025 Riverside Repost</rights>", ""),
    ],
)  # fmt: skip
def test_an_element_of_atom_names_the_source(fields: str, names: str, upstreams: Upstreams) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Riverside Repost</title><entry><title>Dockers back</title>'
        f'<link rel="alternate" href="{ME}"/><content type="text">{TEXT}</content>{fields}</entry></feed>'
    )
    assert upstreams(feed) == expected(names)


@pytest.mark.parametrize(
    ("item", "content", "names"),
    [
        ("", '<infoSource qcode="nprov:AFP"/>', "afp"),
        ("", '<infoSource literal="x1"><name>Reuters</name></infoSource>', "reuters"),
        ("", '<infoSource role="isrol:contributor"><name>Jane Larch</name></infoSource>', ""),
        ("", "<creditline>REUTERS/Jane Larch</creditline>", "reuters"),
        ("", "<by>By Jane Larch, Reuters</by>", "reuters"),
        ("", "<by>Jane Larch</by>", ""),
        ("", "<dateline>BERLIN (Reuters)</dateline>", "reuters"),
        ("", '<creator><name>Jane Larch</name><affiliation qcode="nprov:AFP"/></creator>', "afp"),
        ('<itemMeta><provider qcode="nprov:AFP"/></itemMeta>', "", "afp"),
        ('<itemMeta><provider uri="http://cv.iptc.org/newscodes/newsprovider/AFP"/></itemMeta>', "", "afp"),
        ('<itemMeta><provider literal="reuters.com"/></itemMeta>', "", "reuters"),
        ('<itemMeta><provider literal="riversiderepost.example"/></itemMeta>', "", ""),
        ('<rightsInfo><copyrightHolder uri="http://www.reuters.com"/></rightsInfo>', "", "reuters"),
        ("<rightsInfo><copyrightHolder><name>Larch Media</name></copyrightHolder></rightsInfo>", "", ""),
        ('<hopHistory><hop seq="0"><party qcode="nprov:AFP"/></hop><hop seq="1"><party qcode="nprov:APA"/></hop></hopHistory>',
         "", "afp"),
    ],
)  # fmt: skip
def test_newsml_g2_names_the_source(item: str, content: str, names: str, upstreams: Upstreams) -> None:
    written = (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1">{item}<contentMeta><headline>Dockers back'
        f"</headline>{content}</contentMeta><contentSet><inlineXML><html><body><p>{TEXT}</p></body></html></inlineXML>"
        "</contentSet></newsItem>"
    )
    assert upstreams(written) == expected(names)


@pytest.mark.parametrize(
    ("provider", "meta", "lines", "names"),
    [
        ("afp.com", "", "", "afp"),
        ("larch.example", "", "", ""),
        ("larch.example", "", "<CreditLine>Reuters</CreditLine>", "reuters"),
        ("larch.example", "", "<ByLine>AFP</ByLine>", "afp"),
        ("larch.example", "", "<CopyrightLine>(c) AFP 2025</CopyrightLine>", "afp"),
        ("larch.example", '<Provider><Party FormalName="AFP"/></Provider>', "", "afp"),
        ("larch.example", '<Creator><Party FormalName="Jane Larch"/></Creator>', "", ""),
    ],
)
def test_newsml_1_names_the_source(provider: str, meta: str, lines: str, names: str, upstreams: Upstreams) -> None:
    written = (
        f"<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>{provider}</ProviderId></NewsIdentifier>"
        f"</Identification><NewsComponent><AdministrativeMetadata>{meta}</AdministrativeMetadata><NewsLines><HeadLine>"
        f"Dockers back</HeadLine>{lines}</NewsLines><ContentItem><DataContent><p>{TEXT}</p></DataContent></ContentItem>"
        "</NewsComponent></NewsItem></NewsML>"
    )
    assert upstreams(written) == expected(names)


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        ("", "<distributor>The Associated Press</distributor>", "ap"),
        ("", "<distributor><org>AFP</org></distributor>", "afp"),
        ('<docdata><doc.copyright holder="AFP" year="2025"/></docdata>', "", "afp"),
        ('<docdata><doc.rights owner="AFP"/></docdata>', "", "afp"),
        ('<docdata><doc.rights owner="Larch Herald"/></docdata>', "", ""),
        ('<pubdata name="Riverside Repost"/><docdata><key-list><keyword key="Reuters"/></key-list></docdata>', "", ""),
        ("", "<byline>By <person>Jane Larch</person><byttl>Associated Press</byttl></byline>", "ap"),
        ("", "<dateline><location>OSLO</location> (AFP)</dateline>", "afp"),
        ("", "<hedline><hl2>Reuters poll shows dockers content</hl2></hedline>", ""),
        ("", '<media media-type="image"><media-producer>AFP</media-producer></media>', ""),
    ],
)
def test_nitf_names_the_source(head: str, body: str, names: str, upstreams: Upstreams) -> None:
    written = (
        f"<nitf><head>{head}</head><body><body.head><hedline><hl1>Dockers back</hl1></hedline>{body}</body.head>"
        f"<body.content><block><p>{TEXT}</p></block></body.content></body></nitf>"
    )
    assert upstreams(written) == expected(names)


NINJS = {"uri": "http://items.example/1", "type": "text", "headline": "Dockers back", "body_text": TEXT}
ITEM = {"title": "Dockers back", "url": ME, "content": TEXT}


@pytest.mark.parametrize(
    ("item", "names"),
    [
        (NINJS | {"byline": "Jane Larch, Reuters"}, "reuters"),
        (NINJS | {"byline": "Jane Larch"}, ""),
        (NINJS | {"copyrightholder": "Reuters"}, "reuters"),
        (NINJS | {"copyrightholder": "Reuters", "url": "https://www.reuters.com/x"}, ""),
        (NINJS | {"creditline": "TT"}, "tt"),
        (NINJS | {"infosources": [{"name": "AFP"}, {"literal": "dpa"}]}, "afp dpa"),
        (NINJS | {"infosources": [{"uri": "http://cv.iptc.org/newscodes/newsprovider/AFP"}]}, "afp"),
        (NINJS | {"contributors": [{"name": "AFP"}]}, "afp"),
        (NINJS | {"associations": {"main": {"type": "picture", "byline": "AFP", "copyrightholder": "AFP"}}}, ""),
        (NINJS | {"organisation": [{"name": "Reuters"}], "ednote": "Reuters poll"}, ""),
        (ITEM | {"source": {"id": None, "name": "Riverside Repost"}, "author": "Associated Press"}, "ap"),
        (ITEM | {"source": {"name": "RR", "url": "https://www.riversiderepost.example"}}, ""),
        (ITEM | {"source": {"id": "bbc-news", "name": "BBC News"}}, "bbc"),
        (ITEM | {"url": "https://www.cnn.com/x", "source": "CNN"}, ""),
        (ITEM | {"source": {"uri": "riversiderepost.example", "title": "Riverside Repost"}, "authors": [{"name": "AFP"}]},
         "afp"),
        (ITEM | {"url": "https://www.msn.com/a", "provider": [{"name": "Reuters on MSN.com"}]}, "reuters"),
        (ITEM | {"url": "https://www.msn.com/a", "publisher": {"name": "CNN"}}, "cnn"),
        (ITEM | {"publisher": "Riverside Repost"}, ""),
        (ITEM | {"thread": {"site": "riversiderepost.example"}, "author": "Reuters"}, "reuters"),
        (ITEM | {"domain": "riversiderepost.example", "media_name": "riversiderepost.example"}, ""),
        (ITEM | {"canonical_url": UP}, "dawn"),
        (ITEM | {"canonical_url": ME}, ""),
        (ITEM | {"image_source": "Reuters"}, ""),
        (ITEM | {"external_url": UP}, "dawn"),
        (ITEM | {"external_url": ME}, ""),
        (ITEM | {"external_url": "https://www.youtube.com/watch?v=1"}, ""),
        (ITEM | {"_source": {"name": "Dawn", "url": "https://www.dawn.com"}}, "dawn"),
        (ITEM | {"authors": [{"name": "Jane Larch", "url": "https://janelarch.net"}]}, ""),
        (ITEM | {"meta": {"syndication_permalink": UP}}, "dawn"),
        (ITEM | {"yoast_head_json": {"canonical": UP}}, "dawn"),
        ({"@type": "NewsArticle", "headline": "Dockers", "articleBody": TEXT, "url": ME, "isBasedOn": UP}, "dawn"),
    ],
)  # fmt: skip
def test_an_object_of_a_news_interface_names_the_source(
    item: dict[str, object], names: str, upstreams: Upstreams
) -> None:
    assert upstreams(json.dumps(item)) == expected(names)
