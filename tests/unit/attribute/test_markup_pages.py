"""Which outlet the markup of a page credits: every carrier with a source, with the page itself, and with a trap."""

from __future__ import annotations

import functools
import json

import pytest

from provenance.clean import SiteFurniture
from provenance.model import Article, Inspection
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.read import read_record

ME = "https://www.riversiderepost.example/news/1"
UP = "https://www.dawn.com/news/1891"
MSN = "https://www.msn.com/en-us/news/world/dockers-back/ar-AA1"
AOL = "https://www.aol.com/dockers-back-123.html"
BODY = (
    "<p>Dockers at the northern harbour went back to work on Monday after a strike of three weeks, the city said.</p>"
    "<p>The first two ships had been waiting outside the breakwater since the end of last month, the port said.</p>"
    "<p>Talks about night shifts go on next week, and neither side expects a quick result of them.</p>"
)
NAMED = '<meta property="og:site_name" content="Riverside Repost">'


@functools.cache
def toolbox() -> Toolbox:
    return Toolbox.load(None)


def inspected(head: str = "", body: str = "", *, url: str | None = ME, above: str = "") -> Inspection:
    page = f"<html><head><title>Dockers back</title>{head}</head><body><article>{above}{BODY}{body}</article></body></html>"
    article = read_record({"html": page} | ({"url": url} if url else {}), source="page")
    assert isinstance(article, Article), article
    return inspect_article(article, toolbox(), SiteFurniture())


def upstreams(head: str = "", body: str = "", *, url: str | None = ME, above: str = "") -> set[str]:
    return set(inspected(head, body, url=url, above=above).upstreams)


def expected(names: str) -> set[str]:
    return set(names.split())


def meta(name: str, value: str) -> str:
    return f'<meta name="{name}" content="{value}">'


def link(relation: str, address: str) -> str:
    return f'<link rel="{relation}" href="{address}">'


def block(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def news(**properties: object) -> str:
    return block({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Dockers back", **properties})


def organisation(name: str, url: str = "") -> dict[str, str]:
    return {"@type": "Organization", "name": name} | ({"url": url} if url else {})


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (link("canonical", UP), "dawn"),
        (link("canonical", "//www.dawn.com/news/1891"), "dawn"),
        (link("canonical", "\n https://www.dawn.com/news/1891 "), "dawn"),
        (link("canonical", f"https://web.archive.org/web/20250101/{UP}"), "dawn"),
        (link("canonical", "https://www-dawn-com.cdn.ampproject.org/c/s/www.dawn.com/news/1"), "dawn"),
        (link("canonical", "https://larchherald.org/a/1"), "larchherald"),
        (link("canonical", ME), ""),
        (link("canonical", "/news/1"), ""),
        (link("canonical", "//riversiderepost.example/news/1"), ""),
        (link("canonical", "https://amp.riversiderepost.example/news/1"), ""),
        (link("canonical", "https://staging.riversiderepost.example/news/1"), ""),
        (link("canonical", "https://riversiderepost.wpengine.com/news/1"), ""),
        (link("canonical", "http://localhost:3000/news/1"), ""),
        (link("canonical", "https://www.dawn.com/"), ""),
        (link("canonical", "https://www.facebook.com/riversiderepost/posts/1"), ""),
        (link("canonical", "https://[dawn.com/news") + link("canonical", "http://"), ""),
        (link("amphtml", "https://cdn.ampproject.org/c/s/www.dawn.com/news/1"), ""),
        (link("alternate", "https://www.dawn.com/feed"), ""),
    ],
)
def test_a_canonical_link_names_a_source_only_when_it_leads_to_another_outlet_s_page(head: str, names: str) -> None:
    assert upstreams(head) == expected(names)


def test_a_canonical_link_says_nothing_on_a_page_of_which_nobody_knows_whose_it_is() -> None:
    assert upstreams(link("canonical", UP), url=None) == set()
    assert upstreams(link("canonical", UP) + NAMED, url=None) == {"dawn"}


def test_a_canonical_link_pasted_with_a_text_names_its_source_though_the_head_has_the_page_s_own() -> None:
    assert upstreams(link("canonical", ME), link("canonical", UP)) == {"dawn"}


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (meta("og:url", UP), "dawn"),
        (news(mainEntityOfPage=UP), "dawn"),
        (meta("og:url", UP) + link("canonical", ME), ""),
        (news(mainEntityOfPage=UP) + link("canonical", "/news/1"), ""),
        (meta("og:url", ME), ""),
        (meta("og:url", "https://www.dawn.com/"), ""),
        (meta("og:url", "https://riverside-former-domain.org/news/1"), ""),
        (news(workTranslation={"@type": "NewsArticle", "url": UP}), ""),
    ],
)
def test_another_outlet_s_address_as_the_page_s_own_counts_where_no_canonical_link_denies_it(
    head: str, names: str
) -> None:
    assert upstreams(head) == expected(names)


@pytest.mark.parametrize(
    "name",
    [
        "original-source", "syndication-source", "source", "news_source", "dc.source", "DC.Source", "dcterms.source",
        "original_source", "article:source", "og:article:source", "parsely-source", "sailthru.source", "copyright-holder",
        "syndication_source", "source_name", "republished-from", "canonical-source", "contentSource", "origin",
        "provider", "distributor", "rights-holder", "credit", "wire-source", "content-provider", "content_partner",
        "republication-tracker-tool-source", "dcterms.isVersionOf",
    ],
)  # fmt: skip
def test_a_meta_element_names_the_supplier_and_never_the_page_itself(name: str) -> None:
    assert upstreams(meta(name, "Dawn")) == {"dawn"}
    assert upstreams(meta(name, "Riverside Repost")) == set()
    assert upstreams(meta(name, ME)) == set()


@pytest.mark.parametrize(
    "name",
    ["author", "byl", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "article:author", "copyright",
     "cXenseParse:author", "dc.rights"],
)  # fmt: skip
def test_a_meta_element_names_the_agency_a_text_is_by(name: str) -> None:
    assert upstreams(meta(name, "Reuters")) == {"reuters"}
    assert upstreams(meta(name, "Reuters"), url="https://www.reuters.com/world/x") == set()
    assert upstreams(meta(name, "Jane Larch")) == set()


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (meta("author", "Jane Larch / AFP"), "afp"),
        (meta("author", "Jane Larch, CNN"), "cnn"),
        (meta("author", "AFP, Reuters"), "afp reuters"),
        (meta("author", "Dawn"), ""),  # a given name too
        (meta("author", "Agencies"), ""),
        (meta("article:publisher", "https://www.facebook.com/dawndotcom"), ""),
        (meta("article:author", "https://www.facebook.com/reuters"), ""),
        (meta("twitter:site", "@Reuters"), ""),
        (meta("twitter:creator", "@AFP"), ""),
        (meta("news_keywords", "Reuters, AFP, dawn.com, source"), ""),
        (meta("sailthru.tags", "ap,reuters"), ""),
        (meta("parsely-section", "AP"), ""),
        (meta("image:source", "AFP"), ""),
        (meta("copyright", "© 2025 Riverside Repost, photos AFP"), ""),
        (meta("copyright", "© 2025 Riverside Media Group"), ""),
        (meta("source", "rss"), ""),
        (meta("original-source", "12345"), ""),
        (meta("original-source", "Larch Herald"), ""),
        (NAMED + meta("original-source", "Larch Herald"), "larchherald"),
        (NAMED + meta("original-source", "Riverside Media Ltd"), ""),
        (NAMED + meta("original-source", "News Desk"), ""),
    ],
)
def test_a_meta_element_is_read_as_what_it_is(head: str, names: str) -> None:
    assert upstreams(head) == expected(names)


OWN = organisation("Riverside Repost", "https://www.riversiderepost.example")


@pytest.mark.parametrize(
    ("page", "head", "names"),
    [
        (MSN, news(publisher=organisation("CNN")), "cnn"),
        (MSN, news(publisher="CNN"), "cnn"),
        (AOL, news(publisher=organisation("CBS News", "https://www.cbsnews.com")), "cbsnews"),
        (AOL, news(publisher=organisation("AOL", "https://www.aol.com")), ""),
        (MSN, news(isPartOf={"@type": "Newspaper", "publisher": organisation("Dawn")}), "dawn"),
        (ME, NAMED + news(publisher=organisation("Dawn")), "dawn"),
        (ME, news(publisher=organisation("Dawn")), ""),
        (ME, news(publisher=OWN), ""),
        (ME, news(publisher=organisation("Larch Media Ltd", "https://larchmedia.net")), ""),
        (ME, news(publisher=organisation("Riverside Repost", "https://www.facebook.com/riversiderepost")), ""),
        ("https://sputnik-abkhazia.example/a", news(publisher=organisation("Sputnik")), ""),
        (MSN, block({"@type": "WebSite", "publisher": organisation("CNN")}), ""),
        (MSN, block({"@type": "VideoObject", "publisher": organisation("CNN")}), ""),
        (MSN, news(sdPublisher=organisation("CNN")), ""),
        (MSN, news(hasPart=[{"@type": "NewsArticle", "publisher": organisation("CNN")}]), ""),
    ],
)
def test_a_publisher_is_a_source_where_the_page_is_known_to_be_another_s(page: str, head: str, names: str) -> None:
    assert upstreams(head, url=page) == expected(names)


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (news(isBasedOn=UP), "dawn"),
        (news(isBasedOn={"@id": UP}), "dawn"),
        (news(isBasedOn={"@type": "CreativeWork", "mainEntityOfPage": UP}), "dawn"),
        (news(isBasedOn={"@type": "NewsArticle", "name": "Dockers", "publisher": organisation("Dawn")}), "dawn"),
        (news(isBasedOn=[UP, ME]), "dawn"),
        (news(isBasedOn=ME), ""),
        (news(isBasedOn={"@type": "NewsArticle", "url": ME, "publisher": OWN}), ""),
        (news(isBasedOn=None, citation=UP), ""),
        (news(creditText={"@value": "Dawn"}), "dawn"),
        (news(image={"@type": "ImageObject", "creditText": "AP", "copyrightHolder": organisation("AP")}), ""),
        (news(copyrightHolder=[OWN, organisation("AFP")]), "afp"),
        (news(copyrightHolder=organisation("Larch Media", "https://larchmedia.net")), ""),
        (news(copyrightNotice="© 2025 AFP. All rights reserved"), "afp"),
        (news(provider=organisation("Reuters", "https://www.reuters.com"), publisher=OWN), "reuters"),
        (news(provider=organisation("WordPress")), ""),
        (news(sourceOrganization=organisation("Larch Herald", "https://larchherald.org")), "larchherald"),
        (news(sourceOrganization=organisation("Riverside Repost LLC")), ""),
        (news(author=[{"@type": "Person", "name": "Jane Larch"}, organisation("AFP")]), "afp"),
        (news(author={"@type": "Person", "name": "Jane Larch", "worksFor": organisation("Associated Press")}), "ap"),
        (news(author={"@type": "Person", "name": "Jane Larch", "url": "https://janelarch.net/"}), ""),
        (news(author={"@type": "Person", "name": "Jane Larch", "sameAs": "https://twitter.com/reuters"}), ""),
        (block({"@graph": [{"@type": "Article", "provider": {"@id": "#p"}}, {"@id": "#p", "name": "Dawn"}]}), "dawn"),
        (block({"@type": "Article", "provider": {"@id": "#p"}}) + block({"@id": "#p", "name": "Dawn"}), "dawn"),
        (block({"@type": "Article", "provider": {"@id": "#nobody"}}), ""),
        (block({"@type": "schema:NewsArticle", "schema:isBasedOn": UP}), "dawn"),
        (block({"@type": "http://schema.org/NewsArticle", "http://schema.org/isBasedOn": {"@id": UP}}), "dawn"),
        (news(url=ME) + news(url=ME.replace("/1", "/2"), author=organisation("Reuters")), ""),
        (news(url=ME, author=organisation("Reuters")) + news(url=ME.replace("/1", "/2")), "reuters"),
        (f"<template>{news(isBasedOn=UP)}</template>", ""),
    ],
)
def test_linked_data_names_the_source_of_the_article_and_of_nothing_else(head: str, names: str) -> None:
    assert upstreams(head) == expected(names)


@pytest.mark.parametrize(
    "written",
    [
        '{"@type":"NewsArticle","provider":{"name":"Dawn",},}',
        '/* seo */ {"@type":"NewsArticle", // here\n"provider":{"name":"Dawn"}}',
        '//<![CDATA[\n{"@type":"NewsArticle","provider":{"name":"Dawn"}}\n//]]>',
        '<!--\n{"@type":"NewsArticle","provider":{"name":"Dawn"}}\n-->',
        "{&#34;@type&#34;:&#34;NewsArticle&#34;,&#34;provider&#34;:{&#34;name&#34;:&#34;Dawn&#34;}}",
        '{"@type":"NewsArticle","articleBody":"he said "no" twice","provider":{"name":"Dawn"}}',
        "{'@type':'NewsArticle','provider':{'name':'Dawn'}}",
        '\ufeff{"@type":"WebSite"}{"@type":"NewsArticle","provider":{"name":"Dawn"}};',
        '{"@type":"NewsArticle","provider":{"name":"Dawn"},"image":{',
    ],
)
def test_damaged_linked_data_keeps_its_source_and_whose_it_is(written: str) -> None:
    script = f'<script type="application/ld+json">{written}</script>'
    assert upstreams(script) == {"dawn"}
    assert upstreams(script.replace('"provider"', '"image":{"@type":"ImageObject","creditText":"AP"},"x"')) <= {"dawn"}


SCOPE = 'itemscope itemtype="https://schema.org/'


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (f'<div {SCOPE}NewsArticle"><span itemprop="provider">Reuters</span></div>', "reuters"),
        (f'<div {SCOPE}NewsArticle"><link itemprop="isBasedOn" href="{UP}"></div>', "dawn"),
        (f'<div {SCOPE}NewsArticle"><link itemprop="isBasedOn" href="{ME}"></div>', ""),
        (f'<div {SCOPE}NewsArticle"><meta itemprop="copyrightHolder" content="dpa"></div>', "dpa"),
        (f'<figure {SCOPE}ImageObject"><meta itemprop="copyrightHolder" content="dpa"></figure>', ""),
        (f'<div {SCOPE}NewsArticle"><figure><meta itemprop="copyrightHolder" content="dpa"></figure></div>', ""),
        (f'<div class="related"><div {SCOPE}NewsArticle"><meta itemprop="author" content="AFP"></div></div>', ""),
        (f'<div vocab="https://schema.org/" typeof="NewsArticle"><a property="isBasedOn" href="{UP}">the text</a></div>',
         "dawn"),
        (f'<a rel="dc:source" href="{UP}">there</a>', "dawn"),
        (f'<link rel="DC.source" href="{ME}">', ""),
        (f'<a rel="prov:wasDerivedFrom" href="{UP}">there</a>', "dawn"),
        ('<span class="source-org vcard"><span class="org fn">Agence France-Presse</span></span>', "afp"),
        ('<span class="source-org vcard"><span class="org fn">Riverside Repost</span></span>', ""),
        (f'<div class="u-repost-of h-cite"><a class="u-url" href="{UP}">there</a></div>', "dawn"),
        (f'<a class="u-repost-of" href="{ME}">here</a>', ""),
        (f'<a class="u-syndication" href="{UP}">a copy</a>', ""),
        ('<span data-provider="dpa">x</span>', "dpa"),
        ('<div class="image" data-credit="AFP"><img src="x.jpg"></div>', ""),
        ('<script>dataLayer.push({"articleSource":"Reuters"})</script>', "reuters"),
        ('<script>dataLayer.push({"articleSource":"Riverside Repost"})</script>', ""),
        ('<script>more=[{"articleSource":"Reuters"},{"articleSource":"AFP"}]</script>', ""),
        (f'<blockquote cite="{UP}">Words</blockquote>', ""),
    ],
)  # fmt: skip
def test_annotated_elements_name_the_source_of_the_article_and_of_nothing_else(body: str, names: str) -> None:
    assert upstreams("", body) == expected(names)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://counter.theconversation.com/content/12345/count.gif", "theconversation"),
        ("//counter.theconversation.com/content/1/count.gif", "theconversation"),
        ("https://pixel.propublica.org/pixel.js", "propublica"),
        ("https://kffhealthnews.org/?republication-pixel=true&post=222", "kffhn"),
        ("https://grist.org/?republication-pixel=true&post=33", "grist"),
        ("https://larchreview.org/wp-json/republication-tracker-tool/v1/pixel?post=1", "larchreview"),
        ("https://www.riversiderepost.example/?republication-pixel=true&post=9", ""),
        ("https://www.facebook.com/tr?id=1&ev=PageView", ""),
        ("https://pixel.quantserve.com/pixel/p-1.gif", ""),
        ("https://counter.yadro.ru/hit?t", ""),
        ("https://cdn.larch-icons.net/republish.png", ""),
    ],
)
def test_a_counter_that_came_with_the_text_tells_where_from(address: str, names: str) -> None:
    assert upstreams("", f'<img src="{address}" width="1" height="1">') == expected(names)
    assert upstreams("", f'<amp-pixel src="{address}"></amp-pixel>') == expected(names)
    assert upstreams("", f'<img src="data:image/gif;base64,R0" data-src="{address}" width=1 height=1>') == expected(
        names
    )


def test_a_counting_script_names_its_counter_in_an_attribute() -> None:
    counter = "https://counter.theconversation.com/content/1/count"
    script = f'<script src="https://cdn.larch-icons.net/hook.js" data-counter="{counter}"></script>'
    assert upstreams("", script) == {"theconversation"}
    assert upstreams("", script, url="https://theconversation.com/dockers-1") == set()


@pytest.mark.parametrize(
    "label", ["Source", "Source:", "Via", "Read the original", "Zum Originalartikel", "Fuente", "Lire l'article original",
              "Artículo original", "Источник", "Джерело", "元記事", "查看原文", "المصدر", "मूल लेख", "원문 보기"],
)  # fmt: skip
def test_a_link_whose_text_is_the_word_source_names_it_in_any_language(label: str) -> None:
    assert upstreams("", f'<p><a href="{UP}">{label}</a></p>') == {"dawn"}
    assert upstreams("", f'<p><a href="{ME}">{label}</a></p>') == set()


@pytest.mark.parametrize(
    "body",
    [
        f'<p>The ministry confirmed the numbers on Tuesday (<a href="{UP}">source</a>), and added some.</p>',
        f'<p><a href="{UP}">Source</a></p><p><a href="https://www.bbc.com/news/1">Source</a></p>',
        f'<table><tr><td>12 per cent</td><td><a href="{UP}">Source</a></td></tr></table>',
        f'<figure><img src="x.jpg"><figcaption><a href="{UP}">Source</a></figcaption></figure>',
        f'<nav><a href="{UP}">Source</a></nav>',
        '<p><a href="https://twitter.com/reuters/status/1">Source</a></p>',
    ],
)
def test_a_link_that_proves_a_sentence_or_a_picture_names_no_source_of_the_text(body: str) -> None:
    assert upstreams("", body) == set()


@pytest.mark.parametrize(
    "picture",
    [
        '<figure><img src="x.jpg"><span class="credit">AFP</span></figure>',
        '<div class="article-image"><img src="x.jpg"><p class="copyright">AFP</p></div>',
        '<div class="photo"><img src="x.jpg"><span>AFP</span></div>',
    ],
)
def test_an_agency_beside_a_picture_is_the_picture_s(picture: str) -> None:
    assert upstreams(above=picture) == set()
    assert upstreams("", picture) == set()
    assert upstreams("", '<div class="with-images"><p>AFP</p></div>') == {"afp"}
