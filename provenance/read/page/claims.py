"""Everything in a page's markup that may name a source, as facts; what they mean is decided by the attribution stage.

Carriers: ``canonical`` (links to the address of record, in head or body), ``meta``, ``json-ld``, ``microdata``,
``rdfa``, ``microformat`` (hNews, h-entry), ``data-attribute``, ``data-layer`` (values handed to analytics scripts),
``pixel`` (counters of republished texts), ``tracker`` (republication boxes), ``quotation`` (``cite`` of a quotation)
and ``link`` (links to other hosts, with their place in the visible text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from provenance.model import Claim
from provenance.read.page.annotations import annotated_claims, is_annotated
from provenance.read.page.linked_data import PROPERTIES, Node, linked_claims
from provenance.read.page.markup import element_text, markup_of, shortened, split_tokens
from provenance.read.page.visible import VisibleText

__all__ = ["CANONICAL", "page_claims"]

CANONICAL = "canonical"
"""Carrier of links to the address of record."""

_MAX_ANNOTATED = 2000  # elements of one page whose attributes are looked at; the richest real pages have a thousand
_MAX_CLAIMS = 600  # of one page, links apart; the richest real pages have some dozens
_MAX_LINKS = 200  # of one page: the first half and the last half, where credits stand
_VALUE_LENGTH = 500  # code points

_META = re.compile(
    r"source|syndicat|republi|repost|credit|copyright|rights|author|creator|publisher|byline|byl$|provider|agency"
    r"|wire|canonical|og:url|site_name|twitter:(?:site|creator|url|domain)|permalink|item_url|application-name"
    r"|original|origin$|partner|distribut|isversionof|isformatof|provenance|wasderivedfrom"
)
_CANONICAL_RELATIONS = frozenset({"canonical", "amphtml", "original-source", "syndication-source", "cite-as"})
_TRACKER = re.compile(r"republication-tracker|republish-(?:modal|tool|content)", re.IGNORECASE)
_PIXEL = re.compile(r"republi|syndicat|counter\.|//pixel\.|count(?:er)?\.gif|/pixel[./]", re.IGNORECASE)
_LOADING = ("data-counter", "src", "data-src", "data-lazy-src")
"""Attributes whose address is fetched when the page is shown; the first that holds one tells what is counted."""
_LAYER_STEMS = re.compile(
    r"articlesource|contentsource|originalsource|newssource|storysource|syndicat|republi|contentprovider|newsagency"
    r"|articleprovider|contentpartner|sourceorgani[sz]ation|wireservice|newswire|articleagency|copyrightholder"
)
_LAYER_PAIR = re.compile(r"""["']?\b([A-Za-z][A-Za-z_.-]{3,40})["']?\s{0,4}[:=]\s{0,4}["']([^"'\n]{1,300})["']""")
_SCRIPT_LENGTH = 200_000  # code points of one script looked at
_SEPARATORS = str.maketrans("", "", "_.-")


def page_claims(root: etree._Element, shown: VisibleText, nodes: list[Node], host: str | None) -> tuple[Claim, ...]:
    """List the claims of a page, JSON-LD first, then in document order, links to other hosts last.

    ``host`` is that of the page where it is known; links to it are not listed.
    """
    found = islice((claim for claim in _all(root, nodes) if claim.value), _MAX_CLAIMS)  # empty elements claim nothing
    return (*found, *_links(shown, host))


def _all(root: etree._Element, nodes: list[Node]) -> Iterator[Claim]:
    yield from linked_claims(nodes)
    body = root.find("body")
    place = "head"
    annotated = 0
    for element in root.iter():
        if element is body:
            place = "body"
        if element.attrib or element.tag == "script":
            yield from _by_tag(element, place)
            annotated += is_annotated(element)
            if annotated <= _MAX_ANNOTATED:
                yield from annotated_claims(element)


def _by_tag(element: etree._Element, place: str) -> Iterator[Claim]:
    match element.tag:
        case "link" | "a":
            yield from _address_of_record(element, place)
        case "meta":
            yield from _meta(element, place)
        case "script":
            yield from _pixel(element, place)
            yield from _data_layer(element, place)
        case "img" | "iframe" | "amp-pixel" | "amp-img":
            yield from _pixel(element, place)
        case "blockquote" | "q":
            if cite := (element.get("cite") or "").strip():
                yield Claim("quotation", "cite", cite[:_VALUE_LENGTH], markup_of(element), place)
        case _:
            yield from _tracker(element, place)


def _address_of_record(element: etree._Element, place: str) -> Iterator[Claim]:
    href = (element.get("href") or "").strip()
    if href and element.get("rel"):
        for relation in sorted(_CANONICAL_RELATIONS.intersection(split_tokens(element.get("rel")))):
            yield Claim(CANONICAL, relation, href[:_VALUE_LENGTH], markup_of(element), place)


def _meta(element: etree._Element, place: str) -> Iterator[Claim]:
    value = (element.get("content") or "").strip()
    name = (element.get("name") or element.get("property") or "").strip()[:100]
    described = split_tokens(element.get("itemprop"))
    if (
        not name and described and PROPERTIES.keys().isdisjoint(described)
    ):  # those are read as microdata, in their place
        name = described[0]
    if value and name and _META.search(name.lower()):
        yield Claim("meta", name.lower(), value[:_VALUE_LENGTH], markup_of(element), place)


def _pixel(element: etree._Element, place: str) -> Iterator[Claim]:
    address = next(filter(None, (_loaded(element.get(name)) for name in _LOADING)), "")
    if not address:
        return
    tiny = element.tag != "script" and {element.get("width"), element.get("height")} <= {"0", "1", "0px", "1px"}
    if tiny or _PIXEL.search(address):
        yield Claim("pixel", str(element.tag), address, markup_of(element), place)


def _loaded(address: str | None) -> str:
    """Give an address that is fetched; a placeholder's own bytes are not."""
    stated = (address or "").strip()[:_VALUE_LENGTH]
    return "" if stated.startswith("data:") else stated


def _data_layer(element: etree._Element, place: str) -> Iterator[Claim]:
    script = (element.text or "")[:_SCRIPT_LENGTH]
    if "ld+json" in (element.get("type") or "") or not _LAYER_STEMS.search(script.lower().translate(_SEPARATORS)):
        return
    markup = markup_of(element)
    for found in _LAYER_PAIR.finditer(script):
        if _LAYER_STEMS.search(found[1].lower().translate(_SEPARATORS)):
            written = found[0] if markup.endswith("…") else markup
            yield Claim("data-layer", found[1], found[2].strip(), shortened(written), place)


def _tracker(element: etree._Element, place: str) -> Iterator[Claim]:
    label = f"{element.get('id') or ''} {element.get('class') or ''}"[:_VALUE_LENGTH]
    if _TRACKER.search(label):
        yield Claim("tracker", label.strip().split()[0], element_text(element), markup_of(element), place)


def _links(shown: VisibleText, host: str | None) -> list[Claim]:
    outside = [link for link in shown.links if _leads_elsewhere(link.element.get("href"), host)]
    if len(outside) > _MAX_LINKS:
        outside = outside[: _MAX_LINKS // 2] + outside[-_MAX_LINKS // 2 :]
    paths = _Paths(shown)
    return [
        Claim(
            "link",
            "href",
            (link.element.get("href") or "").strip()[:_VALUE_LENGTH],
            markup_of(link.element),
            paths.at(link.span.start) if link.span else "",
            {
                "text": shortened(link.span.of(shown.text), _VALUE_LENGTH),
                "start": str(link.span.start),
                "end": str(link.span.end),
            },
        )
        for link in outside
    ]


class _Paths:
    """Element paths by place in the text; links come in document order, so one pass serves all."""

    def __init__(self, shown: VisibleText) -> None:
        self._lines = shown.lines
        self._index = 0

    def at(self, position: int) -> str:
        while self._index < len(self._lines) - 1 and self._lines[self._index].span.end <= position:
            self._index += 1
        return self._lines[self._index].element if self._lines else ""


def _leads_elsewhere(href: str | None, host: str | None) -> bool:
    try:
        parts = urlsplit((href or "").strip())
        target = parts.hostname
    except ValueError:
        return False
    return bool(target) and parts.scheme in {"http", "https", ""} and target != host
