"""What a page says of itself: address, outlet, title, byline, date, language.

A repost often carries its source's canonical address, so no single element is believed to be the page's own address.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree, html

from provenance.model import DateBasis, Timeframe
from provenance.read.addresses import web_address
from provenance.read.language import detect_language, language_code, script_language
from provenance.read.page.linked_data import ARTICLE_TYPE, Node, name_in
from provenance.read.page.markup import element_text
from provenance.text.dates import date_in_url, timeframe

__all__ = ["byline_of", "host_of", "language_of", "metas", "outlet_of", "own_address", "published_on", "title_of"]

_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)([^\s<>]{8,2000})")
_SAVED_WITHIN = 4096  # code points; browsers write the comment beside the doctype
_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "dcterms.issued", "dcterms.created",
    "dc.date.issued", "dc.date.created", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date",
    "publication_date", "publish-date", "publishdate", "pubdate", "pub_date", "article.published", "date",
)  # fmt: skip
_SITE_SEPARATORS = ("|", "-", "–", "—", "·", "»", "::", ":", "•")
_MAX_TITLES = 50  # headings of the highest level that are looked at; a page has one, a front page some
_PERSON_WORDS = range(2, 6)
_OF_TEMPLATES = "en"
"""The language themes and content management systems come with, declared on pages of any other."""
_ENOUGH_TEXT = 400
"""Code points from which a text may be held against the declaration; menus and names alone mislead detection."""
_PERSON_LENGTH = 60  # code points
_NOT_IN_A_NAME = re.compile(r"[\d@/|:<>{}\[\]]")
_LAST_DATE = datetime(2100, 1, 1, tzinfo=UTC)  # instead of the clock: the same page is read the same way every day


def metas(root: etree._Element) -> dict[str, str]:
    """Collect ``meta`` elements by lower-case name or property; the first of each counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = (element.get("content") or "").strip()
        if name and value:
            found.setdefault(name, value)
    return found


def host_of(address: str | None) -> str | None:
    """Give the host of an address in lower case; ``None`` when it has none."""
    try:
        return urlsplit(address).hostname if address else None
    except ValueError:
        return None


def own_address(text: str, root: etree._Element, meta: Mapping[str, str], outlet: str | None) -> str | None:
    """Give the address a bare page stands at, when two things agree on it.

    These are the browser's own "saved from" comment, or a canonical link and ``og:url`` of one host on a page that
    names its outlet. One element alone may be the upstream's.
    """
    saved = _SAVED_FROM.search(text[:_SAVED_WITHIN])  # from a disk or a mail it has no address: about:internet
    if saved and (found := web_address(saved[1])):
        return found
    address = web_address(meta.get("og:url"))
    canonicals = {
        host_of(link.get("href")) for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    }
    return address if outlet and address and host_of(address) and canonicals == {host_of(address)} else None


def outlet_of(meta: Mapping[str, str], nodes: list[Node]) -> str | None:
    """Name the outlet as the page does: ``og:site_name``, else the publisher of its article in JSON-LD."""
    if name := meta.get("og:site_name"):
        return name
    for node in _articles(nodes):
        if name := name_in(node.properties.get("publisher")):
            return name if "://" not in name else None
    return None


def _articles(nodes: list[Node]) -> Iterator[Node]:
    return (node for node in nodes if not node.context and ARTICLE_TYPE.search(node.type))


def title_of(root: etree._Element, meta: Mapping[str, str], outlet: str | None) -> str | None:
    """Give the headline: ``og:title``, else the only ``h1``, else ``title``; the outlet's name is taken off its end."""
    headings = [text for element in islice(root.iter("h1"), _MAX_TITLES) if (text := element_text(element))]
    titles = [text for element in islice(root.iter("title"), _MAX_TITLES) if (text := element_text(element))]
    candidates = (meta.get("og:title"), headings[0] if len(headings) == 1 else None, *titles[:1], *headings[:1])
    found = next(filter(None, candidates), None)
    return _without_outlet(found, outlet) if found else None


def _without_outlet(title: str, outlet: str | None) -> str:
    if not outlet or not title.casefold().endswith(outlet.casefold()):
        return title
    rest = title[: -len(outlet)].rstrip()
    for separator in _SITE_SEPARATORS:
        if rest.endswith(separator):
            return rest.removesuffix(separator).rstrip() or title
    return title


def byline_of(meta: Mapping[str, str], nodes: list[Node], outlet: str | None) -> str | None:
    """Give the author where it reads like the name of a person; organisations are claims, not bylines."""
    people = [
        name_in(author)
        for node in _articles(nodes)
        for author in _listed(node.properties.get("author"))
        if not isinstance(author, dict) or name_in(author.get("@type")) == "Person"
    ]
    for name in (meta.get("author"), *people, meta.get("article:author"), meta.get("parsely-author")):
        if name and _is_person(name) and not (outlet and outlet.casefold() in name.casefold()):
            return name
    return None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_person(name: str) -> bool:
    if len(name) > _PERSON_LENGTH or _NOT_IN_A_NAME.search(name):
        return False
    words = name.split()
    # Names without spaces between their parts (Chinese, Japanese, Korean, Thai) are one short word.
    return len(words) in _PERSON_WORDS or (len(words) == 1 and not name.isascii())


def language_of(root: etree._Element, meta: Mapping[str, str], text: str) -> str | None:
    """Give the declared language, unless the text belies it: templates keep ``lang="en"``."""
    if (code := script_language(text)) is not None:
        return code
    declared = _declared_language(root, meta)
    return (detect_language(text) if declared == _OF_TEMPLATES and len(text) >= _ENOUGH_TEXT else None) or declared


def _declared_language(root: etree._Element, meta: Mapping[str, str]) -> str | None:
    top = root if root.tag == "html" else root.getroottree().getroot()
    declared = (top.get("lang"), top.get("xml:lang"), meta.get("content-language"), meta.get("og:locale"))
    return next((code for tag in declared if tag and (code := language_code(tag))), None)


def published_on(
    root: html.HtmlElement, meta: Mapping[str, str], nodes: list[Node], url: str | None
) -> Timeframe | None:
    """Give the date of publication: JSON-LD, ``meta``, microdata, ``time``, htmldate's search, and last the address."""
    for written in _stated_dates(root, meta, nodes):
        if found := timeframe(written, DateBasis.MARKUP):
            return found
    return _searched(root) or (date_in_url(url) if url else None)


def _stated_dates(root: etree._Element, meta: Mapping[str, str], nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if not node.context and isinstance(written := node.properties.get("datePublished"), str):
            yield written
    yield from (meta[name] for name in _PUBLISHED_METAS if name in meta)
    for element in root.iter("time", "span", "abbr", "meta"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if "pubdate" in element.attrib or "datepublished" in marks or "dt-published" in marks:
            yield element.get("datetime") or element.get("content") or element_text(element)


def _searched(root: html.HtmlElement) -> Timeframe | None:
    from htmldate import find_date  # noqa: PLC0415  for the page that states no date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(root, original_date=True, extensive_search=False, max_date=_LAST_DATE.replace(tzinfo=None))
    except Exception:  # noqa: BLE001  a page that breaks the search has no date
        return None
    return timeframe(found, DateBasis.MARKUP) if found else None
