from __future__ import annotations

import json

import pytest

from provenance.model import Article, Claim
from provenance.read import read_record

URL = "https://me.example/bridge"
UP = "https://up.example/bridge-1"


def claims(html: str, carrier: str | None = None, *, url: str | None = URL) -> list[Claim]:
    found = read_record({"html": f"{html}<p>Words</p>", "url": url}, source="page")
    assert isinstance(found, Article), found
    return [claim for claim in found.claims if carrier in {None, claim.carrier}]


def linked(document: object) -> list[Claim]:
    return claims(f'<script type="application/ld+json">{json.dumps(document, ensure_ascii=False)}</script>', "json-ld")


def test_a_canonical_link_says_whether_it_stands_in_head_or_body() -> None:
    html = f'<head><link rel="canonical" href="{URL}"></head><body><link rel="canonical" href="{UP}">'
    assert [(claim.value, claim.context) for claim in claims(html, "canonical")] == [(URL, "head"), (UP, "body")]


def test_markup_is_quoted_as_it_stands() -> None:
    html = '<link rel="canonical" href="https://stössen.example/a?b=1&amp;c=2">'
    (claim,) = claims(html, "canonical")
    assert claim.element == html
    assert claim.value == "https://stössen.example/a?b=1&c=2"


@pytest.mark.parametrize(
    "name",
    [
        "original-source", "syndication-source", "source", "DC.source", "dcterms.source", "author", "article:author",
        "og:site_name", "copyright", "twitter:site", "rights", "republication-tracker-tool-source", "dc.rights",
        "article:publisher", "parsely-author", "syndication_permalink", "feedzy_item_url", "wprss_item_permalink",
    ],
)  # fmt: skip
@pytest.mark.parametrize("attribute", ["name", "property"])
def test_meta_elements_that_may_name_a_source_are_claims(name: str, attribute: str) -> None:
    (claim,) = claims(f'<meta {attribute}="{name}" content=" {UP} ">')
    assert (claim.carrier, claim.name, claim.value, claim.context) == ("meta", name.lower(), UP, "head")


@pytest.mark.parametrize("name", ["description", "viewport", "og:image", "twitter:card", "keywords", "robots"])
def test_other_meta_elements_are_not(name: str) -> None:
    assert claims(f'<meta name="{name}" content="words">') == []


def test_linked_data_gives_each_property_with_its_place_in_the_graph() -> None:
    found = linked(
        {
            "@graph": [
                {
                    "@type": ["NewsArticle", "Article"],
                    "isBasedOn": {"@type": "CreativeWork", "name": "Bridge", "url": UP},
                    "creditText": "Harbour Press",
                    "image": {"@type": "ImageObject", "creditText": "Jo Hart/Pool"},
                    "author": {
                        "@type": "Person",
                        "name": "Jo Hart",
                        "affiliation": {"@type": "Organization", "name": "Harbour Press"},
                    },
                    "publisher": {"@id": "#me"},
                },
                {"@type": "Organization", "@id": "#me", "name": "My Gazette", "url": "https://me.example"},
            ]
        }
    )
    facts = {(claim.name, claim.value, claim.context) for claim in found}
    assert facts == {
        ("isBasedOn", UP, "NewsArticle"),
        ("creditText", "Harbour Press", "NewsArticle"),
        ("creditText", "Jo Hart/Pool", "NewsArticle>image>ImageObject"),
        ("author", "Jo Hart", "NewsArticle"),
        ("affiliation", "Harbour Press", "NewsArticle>author>Person"),
        ("publisher", "My Gazette", "NewsArticle"),
    }
    author = next(claim for claim in found if claim.name == "author")
    assert author.extra == {"@type": "Person", "name": "Jo Hart", "affiliation": "Harbour Press"}
    assert '"author":{"@type":"Person","name":"Jo Hart"' in author.element


def test_several_values_are_several_claims() -> None:
    assert [claim.value for claim in linked({"@type": "Report", "citation": [UP, {"url": URL}, 7]})] == [UP, URL]


@pytest.mark.parametrize(
    "block",
    [
        '<!-- {"isBasedOn": "UP"} -->',
        '//<![CDATA[\n{"isBasedOn": "UP"}\n//]]>',
        '{"headline": "two\nlines", "isBasedOn": "UP"}',
        '{"a": 1} {"isBasedOn": "UP"}',
        '[{"isBasedOn": "UP"},]',
        '{"headline": "bro"ken", "isBasedOn": "UP"}',
        "{&quot;isBasedOn&quot;: &quot;UP&quot;}",
    ],
)
def test_damaged_linked_data_still_gives_what_it_says(block: str) -> None:
    html = f'<script type="application/ld+json">{block.replace("UP", UP)}</script>'
    assert [claim.value for claim in claims(html, "json-ld")] == [UP]


def test_linked_data_nested_without_end_is_borne() -> None:
    assert linked(None) == []
    deep: object = {"isBasedOn": UP}
    for _ in range(300):
        deep = {"@type": "Thing", "about": deep}
    assert linked(deep) == []
    assert claims(f'<script type="application/ld+json">{"[" * 100_000}</script>', "json-ld") == []


def test_microdata_and_rdfa_name_sources_too() -> None:
    html = (
        '<article itemscope itemtype="https://schema.org/NewsArticle"><div itemprop="provider" itemscope '
        'itemtype="https://schema.org/Organization"><a itemprop="url" href="https://up.example"><span itemprop="name">Harbour '
        'Press</span></a></div></article><div vocab="https://schema.org/" typeof="NewsArticle">'
        '<span property="schema:copyrightHolder">Up Press</span></div>'
    )
    found = [claim for claim in claims(html) if claim.carrier != "link"]
    assert [(claim.carrier, claim.name, claim.value, claim.context) for claim in found] == [
        ("microdata", "provider", "Harbour Press", "NewsArticle"),
        ("rdfa", "copyrightHolder", "Up Press", "NewsArticle"),
    ]
    assert found[0].extra["url"] == "https://up.example"


def test_microformats_are_read() -> None:
    html = (
        '<p class="source-org vcard">By <span class="org fn">Harbour Press</span></p>'
        f'<a class="u-repost-of h-cite" href="{UP}">Repost of</a>'
    )
    found = claims(html, "microformat")
    # Several names of one element stand in the order of the alphabet: a set has another in every process.
    assert [(claim.name, claim.value) for claim in found] == [
        ("source-org", "Harbour Press"),
        ("h-cite", "Repost of"),
        ("u-repost-of", UP),
    ]


def test_data_attributes_are_read_but_not_those_that_load_pictures() -> None:
    html = (
        '<span data-provider="dpa"></span><img data-source="/a.jpg"><div data-source="{json}" data-credit="12">x</div>'
    )
    assert [(claim.name, claim.value) for claim in claims(html, "data-attribute")] == [("data-provider", "dpa")]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://counter.theconversation.com/content/1/count.gif" width="1" height="1">',
        '<noscript><img src="https://up.example/?republication-pixel=true&amp;post=9"></noscript>',
        '<script src="https://pixel.propublica.org/pixel.js" async></script>',
        '<div hidden><img src="https://up.example/c" width=1 height=1></div>',
    ],
)
def test_counting_pixels_are_claims_wherever_they_hide(html: str) -> None:
    (claim,) = claims(f"<body>{html}", "pixel")
    assert claim.value.startswith("https://")


def test_pictures_and_scripts_that_count_nothing_are_not() -> None:
    html = '<img src="https://a.example/b.jpg" width=600 height=400><script src="https://a.example/app.js"></script><img src="/c">'
    assert claims(f"<body>{html}", "pixel") == []


def test_a_republication_box_is_read_though_it_is_not_shown() -> None:
    html = '<body><div id="republication-tracker-tool-modal"><textarea>&lt;p&gt;First published here</textarea></div>'
    (claim,) = claims(html, "tracker")
    assert claim.value == "<p>First published here"
    assert claim.element.endswith("<textarea>&lt;p&gt;First published here</textarea></div>")


def test_values_handed_to_analytics_are_read() -> None:
    html = '<script>window.dataLayer=[{"pageType":"article","articleSource":"Reuters","syndicated":"true"}];</script>'
    found = claims(html, "data-layer")
    assert [(claim.name, claim.value) for claim in found] == [("articleSource", "Reuters"), ("syndicated", "true")]
    assert found[0].element == html
    assert claims("<script>var source = 'x', page = {type: 'article'}</script>", "data-layer") == []
    (bare,) = claims("<script>utag = {content_source : 'Harbour Press', n: 1}</script>", "data-layer")
    assert bare.value == "Harbour Press"


def test_the_source_of_a_quotation_is_a_claim() -> None:
    (claim,) = claims(f'<body><blockquote cite="{UP}">It held.</blockquote>', "quotation")
    assert (claim.name, claim.value) == ("cite", UP)


def test_links_to_other_hosts_say_where_they_stand() -> None:
    html = (
        f'<body><p>First <a href="{URL}#top">mine</a> <a href="/x">inner</a> <a href="mailto:a@b.example">mail</a></p>'
        f'<p class=credit>Read <a href="{UP}" rel=nofollow>the <b>original</b> article</a>.</p>'
    )
    record = read_record({"html": html, "url": URL}, source="page")
    assert isinstance(record, Article)
    (claim,) = record.claims
    assert (claim.carrier, claim.name, claim.value, claim.context) == ("link", "href", UP, "p.credit")
    start, end = int(claim.extra["start"]), int(claim.extra["end"])
    assert record.text[start:end] == claim.extra["text"] == "the original article"
    assert claim.element == f'<a href="{UP}" rel="nofollow">the <b>original</b> article</a>'


def test_of_very_many_links_the_first_and_last_are_kept() -> None:
    html = "<body>" + "".join(f'<p><a href="https://a{n}.example/">{n}</a></p>' for n in range(500))
    found = claims(html, "link")
    assert len(found) == 200
    assert (found[0].extra["text"], found[-1].extra["text"]) == ("0", "499")


def test_broken_addresses_are_no_links() -> None:
    assert claims('<body><a href="http://[bad/">x</a><a href="https://">y</a><a href>z</a>', "link") == []


def test_markup_and_values_are_cut_to_size() -> None:
    (claim,) = claims(f'<meta name="source" content="{"x" * 10_000}">')
    assert len(claim.element) == 400
    assert claim.element.endswith("…")
    assert len(claim.value) == 500
