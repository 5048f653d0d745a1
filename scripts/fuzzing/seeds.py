"""Sound inputs to start from, all invented: one or a few of every format, with what makes it hard to read."""

from __future__ import annotations

# ruff: noqa: E501  inputs are written as they are
import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

__all__ = [
    "ELEMENTS",
    "FIELDS",
    "HEADERS",
    "OPERATORS",
    "PARTS",
    "PROSE",
    "SIGNS",
    "TAGS",
    "archives",
    "collections",
    "docx_parts",
    "feeds",
    "in_collections",
    "in_documents",
    "json_files",
    "json_lines",
    "mails",
    "manifests",
    "of_every_kind",
    "packed",
    "pages",
    "portable_documents",
    "rating_lists",
    "tables",
    "texts",
    "word_documents",
]

STORIES = Path(__file__).resolve().parents[2] / "fixtures" / "stories"
MAX_SEED = 4096
"""Bytes of a seed: what is found in a long one would be found in a short one too, only later."""

PROSE = (
    "LARCHPORT, May 3 (North Wire) — The harbour of Larchport opens again on Monday after two years of works, "
    "harbour master Ines Caldew said.\n\n“We would rather be late than wet,” she told Harbour Post.\n\n"
    "The first ferry carries 412 passengers and 38 cars.\n\nOriginal Source: www.northwire.example\n"
)

SIGNS = [sign.encode() for sign in (
    "\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\u2069", "\ufeff", "\u0301", "\u0323", "ﬁ", "İ", "ß", "\U0001f468\u200d\U0001f469",
    "аbс", "𝐛𝐨𝐥𝐝", "ｆｕｌｌ", "한국", "中文", "ไทย", "العربية", "עברית", "“", "”", "«", "»", "—", "\u2028", "\x85", "\x0c", "\r\n", "\n\n",
    "(AP) —", "(Reuters)", "Original Source: ", "Source: ", "By ", "Photo: ", "© 2025 ", "May 3, 2025", "12:30 GMT", "UPDATE 2-", "Correction: ",
    "# ", "[a](https://b.example)", "told AFP", "本文转载自", "\U000e0041", "ﷺ", "ﬀ", "\u115f", "\u1161", "\ufffd",
)]  # fmt: skip
TAGS = [
    b"<p>", b"</p>", b"<div class=", b"</div>", b"<a href=https://b.example/x>", b"</a>", b"<pre>", b"<table><td>", b"<span hidden>",
    b'<script type="application/ld+json">', b"</script>", b"<!--", b"-->", b"&nbsp;", b"&#xD800;", b"&#0;", b"<title>", b"<meta name=author content=",
    b'<meta property="article:published_time" content=', b"<link rel=canonical href=", b"<time datetime=", b"<article>", b"<template>", b"<svg>", b"<math>",
    b"<textarea>", b"<select><option>", b"<base href=", b"<frameset>", b"<noscript>", b"<![CDATA[", b"<?xml encoding=", b"<meta charset=", b"itemprop=",
    b"itemscope itemtype=", b'"isBasedOn":', b'"@graph":[', b'"author":{"name":', b"<q>", b"<br>", b"<img alt=", b"<iframe srcdoc=", b"<style>", b"<plaintext>",
]  # fmt: skip
FIELDS = [
    b'"text":', b'"html":', b'"content":', b'"media_type":', b'"url":', b'"outlet":', b'"title":', b'"published":', b'"lang":', b'"id":', b'"articles":[', b'"items":[',
    b'"version":"https://jsonfeed.org/version/1.1"', b'"content_html":', b'"content_text":', b'"body_html":', b'"body_xhtml":', b'"headline":', b'"versioncreated":',
    b'"source":{"id":null,"name":', b'"uri":', b'"type":"text"', b'"by":', b'"copyrightholder":', b"path,url,outlet,published,title,lang", b"null", b"NaN", b"Infinity", b"1e999",
    b"-0", b"\\ud800", b"\\u0000", b"true", b'""', b"[[[[", b"{}", b"\r\n", b'"\n"', b";", b"\t", b"domain,value,list,list_date,scale_min,scale_max,basis,licence", b"text/html",
    b"application/xml", b"../", b"C:\\",
]  # fmt: skip
ELEMENTS = [
    b"<rss><channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<description>", b"<content:encoded>", b"<![CDATA[", b"]]>", b"<pubDate>", b"<source url=", b"<guid>",
    b'<feed xmlns="http://www.w3.org/2005/Atom">', b"<entry>", b'<content type="xhtml">', b"<link href=", b"<newsItem", b"<contentMeta>", b"<inlineXML", b"<nitf>", b"<body.content>",
    b"<hedline>", b"<NewsML>", b"<!DOCTYPE x [<!ENTITY a ", b"&a;", b"<?xml version='1.0' encoding='", b"xmlns:media=", b"&lt;p&gt;", b"&#0;", b"&nbsp;", b"<dc:creator>", b"<p>", b"<!--",
]  # fmt: skip
HEADERS = [
    b"Content-Type: ", b"multipart/mixed; boundary=", b"multipart/alternative", b"text/html; charset=", b"text/plain", b"Content-Transfer-Encoding: base64", b"quoted-printable", b"=?utf-8?B?",
    b"=?utf-8?Q?", b"?=", b"Subject: ", b"From: ", b"Date: ", b"message/rfc822", b"\r\n\r\n", b"\n\n", b"--b", b"--b--", b"WARC/1.0\r\n", b"WARC-Type: response", b"WARC-Type: resource",
    b"WARC-Type: revisit", b"Content-Length: ", b"WARC-Target-URI: ", b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", b"Content-Encoding: br", b"WARC-Date: ",
    b"format=flowed", b"utf-7", b"iso-2022-jp", b"utf-16", b"\xff\xfe", b"List-Id: ", b"PK\x03\x04",
]  # fmt: skip
OPERATORS = [
    b"obj", b"endobj", b"stream\n", b"endstream", b"xref", b"trailer", b"startxref", b"/Type", b"/Page", b"/Pages", b"/Kids", b"/Count", b"/Parent", b"/Contents", b"/Length", b"/Filter", b"/FlateDecode",
    b"/LZWDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/RunLengthDecode", b"/DecodeParms", b"/Predictor", b"/Font", b"/Encoding", b"/ToUnicode", b"/Differences", b"/Prev", b"/XRefStm", b"/ObjStm", b"/Encrypt",
    b"/Info", b"/Title", b"/CreationDate", b"0 R", b"<<", b">>", b" Tj", b" TJ", b" Tf", b" Td", b" Do", b"BT", b"ET", b"beginbfchar",
]  # fmt: skip
PARTS = [
    b"<w:p>", b"</w:p>", b"<w:r>", b"<w:t>", b"</w:t></w:r>", b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>", b'<w:pStyle w:val="Heading1"/>', b"<w:tab/>", b"<w:br/>", b"<w:del>", b"<w:ins>", b"<w:sdt>", b"<w:hyperlink>",
    b"<w:txbxContent>", b"<mc:AlternateContent>", b"<w:fldSimple>", b"<w:pPr>", b"word/document.xml", b"[Content_Types].xml", b"PK\x01\x02", b"PK\x05\x06", b"&#0;", b"<!DOCTYPE a [",
]  # fmt: skip


def texts() -> list[bytes]:
    """Give a wire story, the fixture texts in their languages, and texts in scripts of other habits."""
    files = sorted(path for path in STORIES.rglob("*.txt") if path.stat().st_size <= MAX_SEED)
    own = (
        PROSE,
        "# Hafen öffnet\n\nVon Ina Feld\n\nDer Hafen öffnet am Montag.\r\n",
        "港口周一开放。\n本文转载自北方社。\n",
        "Порт откроется.\r",
    )
    wide = (PROSE[:200].encode("utf-16"), PROSE[:200].encode("utf-32-be"), "Größe".encode("cp1252") * 20)
    return [*(text.encode() for text in own), *wide, *(path.read_bytes() for path in files)]


def pages() -> list[bytes]:
    """Give a page with every sort of claim, and some of the fixtures."""
    linked = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": "Harbour opens",
                "isBasedOn": "https://northwire.example/1",
                "author": [{"name": "A. Finch"}],
            },
            {
                "@type": "WebSite",
                "publisher": {"@type": "Organization", "name": "Harbour Post"},
                "datePublished": "2025-05-03T10:00:00+02:00",
            },
        ],
    }
    page = (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Harbour opens</title>"
        '<meta name="original-source" content="https://northwire.example/1"><link rel=canonical href="https://northwire.example/1">'
        '<meta property="og:site_name" content="Harbour Post"><meta name=author content="A. Finch">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script></head><body><nav><a href=/>Home</a></nav>'
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop=headline>Harbour opens</h1>'
        '<time datetime="2025-05-03">3 May</time><p>The harbour opens again on Monday.</p><p hidden>secret</p>'
        "<table><tr><td>1</td><td>2</td></tr></table><pre>a\n b</pre><ul><li>one<li>two</ul><img alt=Quay>"
        "<p>Source: <a href=https://northwire.example/1>North Wire</a></p></article><footer>© 2025 North Wire</footer></body></html>"
    )
    files = sorted(path for path in STORIES.rglob("*.html") if path.stat().st_size <= 2 * MAX_SEED)[:4]
    return [page.encode(), b"<p>x", page.encode("utf-16"), *(path.read_bytes() for path in files)]


def _record(**more: object) -> dict[str, object]:
    return {
        "id": "a1",
        "url": "https://post.example/2025/05/03/a",
        "outlet": "Harbour Post",
        "title": "Harbour opens",
        "published": "2025-05-03",
        "lang": "en",
    } | more


def json_lines() -> list[bytes]:
    """Give records with a text, a page and typed contents."""
    some = [
        _record(text=PROSE),
        _record(html="<p>Harbour</p>"),
        _record(content="<p>Harbour</p>", media_type="text/html"),
        {"text": "a", "id": 7, "x": [1, None, {"y": True}]},
    ]
    return [
        "\n".join(map(json.dumps, some)).encode(),
        json.dumps(some[0]).encode(),
        b'{"text": "\\ud83d\\ude00 \\ud800"}\n\n[]\n',
    ]


def tables() -> list[bytes]:
    """Give a table with quoted cells and one with other separators."""
    return [
        f'id,url,outlet,title,published,lang,text\na1,https://post.example/a,Harbour Post,"Harbour, ""open""",2025-05-03,en,"{PROSE}"\n'.encode(),
        "title;html\r\nHafen;<p>Der Hafen öffnet</p>\r\n".encode("utf-16"),
        b"text\tlang\nHarbour\ten\n",
    ]


def json_files() -> list[bytes]:
    """Give a JSON Feed, an item of ninjs and the answer of a news interface."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post",
        "items": [
            {
                "id": "1",
                "url": "https://post.example/1",
                "content_html": "<p>Harbour</p>",
                "date_published": "2025-05-03T10:00:00Z",
                "authors": [{"name": "A"}],
            }
        ],
    }
    ninjs = {
        "uri": "urn:1",
        "type": "text",
        "headline": "Harbour",
        "body_html": "<p>Harbour opens.</p>",
        "versioncreated": "2025-05-03T10:00:00Z",
        "byline": "A",
        "source": "North Wire",
        "copyrightholder": "North Wire",
        "associations": {"a": {"type": "picture", "byline": "B"}},
    }
    news = {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": None, "name": "Post"},
                "author": "A",
                "title": "Harbour",
                "url": "https://post.example/1",
                "publishedAt": "2025-05-03",
                "content": "Harbour opens … [+120 chars]",
                "description": "d",
            }
        ],
    }
    return [json.dumps(each).encode() for each in (feed, ninjs, news, [_record(text="Harbour"), 1, None])]


def feeds() -> list[bytes]:
    """Give RSS, Atom, NewsML and NITF."""
    rss = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Post</title>'
        "<link>https://post.example</link><item><title>Harbour</title><link>https://post.example/1</link><dc:creator>A</dc:creator><pubDate>Sat, 03 May 2025 10:00:00 +0200</pubDate>"
        '<source url="https://northwire.example/rss">North Wire</source><content:encoded><![CDATA[<p>Harbour &amp; quay</p>]]></content:encoded></item><item><description>&lt;p&gt;x</description></item></channel></rss>'
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>1</id><title type="html">Harb&lt;b&gt;our</title><updated>2025-05-03T10:00:00Z</updated><author><name>A</name></author>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Harbour</p></div></content><link rel="via" href="https://northwire.example/1"/></entry></feed>'
    )
    newsml = (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1" version="2"><itemMeta><provider><name>North Wire</name></provider><versionCreated>2025-05-03T10:00:00Z</versionCreated></itemMeta>'
        '<contentMeta><headline>Harbour</headline><by>A</by><language tag="en"/></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Harbour opens.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>'
    )
    nitf = (
        '<nitf><head><title>Harbour</title><docdata><date.issue norm="20250503T100000Z"/><doc.copyright holder="North Wire"/></docdata></head><body><body.head><hedline><hl1>Harbour</hl1></hedline><byline>By A</byline>'
        "<dateline>LARCHPORT</dateline></body.head><body.content><block><p>Harbour opens.</p></block></body.content></body></nitf>"
    )
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    return [each.encode() for each in (rss, atom, newsml, nitf, bomb)] + [
        rss.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")
    ]


def mails() -> list[bytes]:
    """Give a plain mail, one in several forms, and one with another inside."""
    plain = "From: Harbour Post <news@post.example>\r\nTo: a@b.example\r\nSubject: =?utf-8?B?SGFyYm91cg==?=\r\nDate: Sat, 3 May 2025 10:00:00 +0200\r\n\r\nHarbour opens.\r\n"
    many = (
        "MIME-Version: 1.0\nFrom: news@post.example\nSubject: Harbour\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nHarbour opens \nagain.\n"
        "--b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n<p>Harbour =E9</p>\n--b--\n"
    )
    inner = base64.encodebytes(plain.encode()).decode()
    nested = f"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n{plain}\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{inner}--b--\n"
    return [plain.encode(), many.encode(), nested.encode()]


def packed() -> list[bytes]:
    """Give compressed files: one, two in a row, cut off, and a small bomb."""
    one = gzip.compress(PROSE.encode(), mtime=0)
    return [
        one,
        one + one,
        one[:-9],
        gzip.compress(b"a" * (2 << 20), mtime=0),
        gzip.compress(one, mtime=0),
        one + b"\0" * 40,
    ]


def _answer(
    kind: str,
    body: bytes,
    *,
    headers: bytes = b"Content-Type: text/html; charset=utf-8\r\n",
    uri: str = "https://post.example/1",
) -> bytes:
    block = b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n" + body if kind in {"response", "revisit"} else body
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2026-03-04T05:06:07Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def archives() -> list[bytes]:
    """Give archives of answers plain, in chunks and compressed, and one compressed record by record."""
    page = b"<title>Harbour</title><p>Harbour opens again on Monday.</p>"
    small = gzip.compress(page, mtime=0)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    some = [
        _answer("warcinfo", b"software: x\r\n"),
        _answer("response", page),
        _answer("resource", page),
        _answer("response", chunks, headers=b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
        _answer("response", small, headers=b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"),
        _answer("revisit", b""),
    ]
    return [
        b"".join(some),
        some[1],
        b"".join(gzip.compress(each, mtime=0) for each in some[:3]),
        b"".join(some).replace(b"\r\n", b"\n"),
    ]


def _zip(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_STORED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return written.getvalue()


def collections() -> list[bytes]:
    """Give collections: with pages listed, without, and packed tightly."""
    held = {"archive/data.warc.gz": archives()[2], "datapackage.json": b"{}"}
    listed = held | {
        "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages"}\n{"url": "https://post.example/1", "title": "Harbour", "ts": "2026-03-04T05:06:07Z"}\n'
    }
    return [_zip(listed), _zip(held), _zip({"archive/a.warc": archives()[1]}, method=zipfile.ZIP_DEFLATED)]


def in_collections() -> list[bytes]:
    """Give what a collection holds: a page of its list, and an archive."""
    return [b'{"url": "https://post.example/1", "title": "Harbour"}\n' + archive for archive in archives()]


@cache
def portable_documents() -> list[bytes]:
    """Give a PDF written plainly, and one with its streams packed."""
    return [_pdf(plain=True), _pdf(plain=False)]


def _pdf(*, plain: bool) -> bytes:
    drawn = b"BT /F1 11 Tf 14 TL 72 720 Td (The harbour of Larchport) Tj T* [(opens) -300 (again)] TJ ET"
    stream = drawn if plain else zlib.compress(drawn)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d %s>>\nstream\n%s\nendstream"
        % (len(stream), b"" if plain else b"/Filter /FlateDecode ", stream),
        b"<< /Title (Harbour opens) /CreationDate (D:20260304050607Z) >>",
    ]
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 7\n0000000000 65535 f \n%strailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(written))
    )


_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx_parts() -> Mapping[str, bytes]:
    """Give the files of a small document of Word, by name."""
    body = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + in_documents()[0]
        + b"</w:body></w:document>"
    )
    return {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body}


def word_documents() -> list[bytes]:
    """Give a document of Word, plain and packed."""
    return [_zip(docx_parts()), _zip(docx_parts(), method=zipfile.ZIP_DEFLATED)]


def in_documents() -> list[bytes]:
    """Give the body of a document of Word: headings, runs, a table, tracked changes."""
    body = (
        b'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Harbour opens</w:t></w:r></w:p><w:p><w:r><w:t>Traffic</w:t><w:tab/><w:t>resumes.</w:t></w:r><w:del><w:r><w:delText>not</w:delText></w:r></w:del></w:p>'
        b"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    return [body]


def manifests() -> list[bytes]:
    """Give a manifest, and one with paths that lead out."""
    return [
        b'path,url,outlet,published,title,lang,desk\na.txt,https://post.example/a,Harbour Post,2025-05-03,"Harbour, open",en,city\nb/c.html,,,,,,\n',
        "path;lang\r\n../x;en\r\nC:\\y;de\r\n/z;\r\na.txt;en\r\na.txt;en\r\n\u00e9.txt;e\u0301.txt\r\n".encode(
            "utf-16"
        ),
    ]


def rating_lists() -> list[bytes]:
    """Give lists of ratings in layouts that are known."""
    return [
        b"domain,value,list,list_date,scale_min,scale_max,basis,licence\npost.example,0.82,Invented,2031-04,0,1,imputed,CC0\nhttps://www.b.example/x,2,Invented,,0,,,\n",
        "domain;value;list\r\npost.example;0,82;Invented\r\n".encode("utf-8-sig"),
        b"domain,pc1,pc1_imputed\npost.example,0.5,yes\n",
        packed()[0],
    ]


def of_every_kind() -> list[bytes]:
    """Give one of each format, for the reader of files whose names say nothing."""
    makers = (
        texts,
        pages,
        json_lines,
        json_files,
        feeds,
        mails,
        archives,
        collections,
        portable_documents,
        word_documents,
        packed,
    )
    return [make()[0] for make in makers]
