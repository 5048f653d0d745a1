"""Sources named in the attributes of elements: microdata, RDFa, microformats, data attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree

from provenance.model import Claim
from provenance.read.page.linked_data import ARTICLE_TYPE, PROPERTIES
from provenance.read.page.markup import element_text, markup_of, split_tokens

__all__ = ["annotated_claims", "is_annotated"]

_MICROFORMATS = frozenset(
    {"source-org", "u-repost-of", "u-translation-of", "u-quotation-of", "u-syndication", "h-cite", "p-publication"}
)
_DATA = frozenset(
    f"data-{name}"
    for name in (
        "provider", "source", "source-name", "source-url", "source-org", "original-source", "original-url", "agency",
        "credit", "publisher", "syndication", "syndication-source", "content-source", "content-provider",
        "article-source", "origin", "partner", "copyright", "canonical-url", "republished-from",
    )
)  # fmt: skip
_MEDIA = frozenset({"iframe", "img", "picture", "source", "video", "audio", "script", "link", "input", "amp-img"})
"""Elements whose ``data-source`` is the file they show, not where a text came from."""
_RDFA_SOURCES = frozenset(
    {"source", "rights", "rightsholder", "isversionof", "isformatof", "references", "provenance", "wasderivedfrom"}
)
_RDFA_RELATIONS = frozenset({"source", "isversionof", "isformatof", "wasderivedfrom", "isbasedon", "isbasedonurl"})
"""What a ``rel`` with a prefix (``dc:source``, ``DC.source``) may say of where a text came from."""
_ANNOTATING = frozenset({"itemprop", "property"}) | _DATA
_PARTS = frozenset({"aside", "nav", "figure", "figcaption"})
"""Elements that hold something beside the article; what is claimed inside them is claimed of that."""
_PART_CLASS = re.compile(
    r"(?:[a-z]{1,12}(?:__|-))?(?:(related|recommended|comments?|teasers?|sidebar|read-?more|more-stories)"
    r"|(image|photo|picture|gallery|slideshow|video))"
    r"(?:[-_]{1,2}(?:list|items?|articles?|posts?|stories|content|box|section|wrapper|area|container|caption|block))?"
)
"""Classes that say the same; a whole class, since a page's own may well hold one of these words."""
_VALUE_LENGTH = 500  # code points
_ADDRESSES = frozenset({"url", "mainentityofpage"})
_MAX_ANCESTORS = 30
_MAX_AROUND = 100  # elements around one that are looked at for what it belongs to; the deepest pages in use have sixty
_MAX_CLASSES = 12  # of one element; utility frameworks give dozens
_MAX_CONTEXT = 12  # enclosing types told
_MAX_INNER = 60  # elements looked through for a name; a credit has a handful, a page marked up as one has thousands


def is_annotated(element: etree._Element) -> bool:
    """Say whether an element has attributes that may describe what it holds to machines."""
    return not _ANNOTATING.isdisjoint(element.attrib)


def annotated_claims(element: etree._Element) -> Iterator[Claim]:
    """List what the attributes of one element say of a source."""
    attributes = element.attrib
    if "itemprop" in attributes:
        yield from _microdata(element)
    if "property" in attributes and element.tag != "meta":
        yield from _rdfa(element)
    if "rel" in attributes and element.get("href"):
        yield from _rdfa_relations(element)
    if "class" in attributes:
        for name in sorted(_MICROFORMATS.intersection(split_tokens(element.get("class")))):
            yield _annotation(element, "microformat", name, "")
    if element.tag not in _MEDIA:
        for attribute in sorted(_DATA.intersection(map(str, attributes))):
            value = (element.get(attribute) or "").strip()
            if value and not value.isdigit() and value[0] not in "{[":
                context = ">".join([*_parts_around(element), str(element.tag)])
                yield Claim("data-attribute", attribute, value[:_VALUE_LENGTH], markup_of(element), context)


def _microdata(element: etree._Element) -> Iterator[Claim]:
    for token in split_tokens(element.get("itemprop")):
        if (name := PROPERTIES.get(token)) is not None:
            context = _context(element, "itemtype", "itemprop")
            if name not in {"url", "mainEntityOfPage"} or ARTICLE_TYPE.search(context.rpartition(">")[2]):
                yield _annotation(element, "microdata", name, context)


def _rdfa(element: etree._Element) -> Iterator[Claim]:
    for token in split_tokens(element.get("property")):
        local = token.rpartition(":")[2].rpartition("/")[2]
        name = PROPERTIES.get(local) or (local if local in _RDFA_SOURCES else None)
        if name is not None and name not in {"url", "mainEntityOfPage"}:
            yield _annotation(element, "rdfa", name, _context(element, "typeof", "property"))


def _rdfa_relations(element: etree._Element) -> Iterator[Claim]:
    address = (element.get("href") or "").strip()[:_VALUE_LENGTH]
    for token in split_tokens(element.get("rel")):
        prefix, _, local = token.replace(".", ":").rpartition(":")
        if prefix and local in _RDFA_RELATIONS:
            name = PROPERTIES.get(local, local)
            yield Claim("rdfa", name, address, markup_of(element), _context(element, "typeof", "property"))


def _annotation(element: etree._Element, carrier: str, name: str, context: str) -> Claim:
    extra = {
        "name": _inner_name(element),
        "url": _inner_address(element),
        "@type": _type(element),
        "of": _item_address(element) if carrier == "microdata" else "",
    }
    stated = (element.get("content") or "").strip() or extra["name"] or extra["url"]
    if carrier == "microformat" and name.startswith("u-"):
        stated = extra["url"] or stated
    given = {key: value for key, value in extra.items() if value}
    return Claim(carrier, name, stated[:_VALUE_LENGTH], markup_of(element), context, given)


def _inner_name(element: etree._Element) -> str:
    for inner in islice(element.iterdescendants(), _MAX_INNER):
        if "name" in split_tokens(inner.get("itemprop")) or "fn" in split_tokens(inner.get("class")):
            return (inner.get("content") or element_text(inner)).strip()
    return element_text(element)


def _inner_address(element: etree._Element) -> str:
    for candidate in islice(element.iter("*"), _MAX_INNER):
        if address := candidate.get("href") or candidate.get("resource") or candidate.get("itemid"):
            return address.strip()[:_VALUE_LENGTH]
    return ""


def _type(element: etree._Element) -> str:
    return _last_segment(element.get("itemtype") or element.get("typeof"))


def _context(element: etree._Element, type_attribute: str, property_attribute: str) -> str:
    around: list[str] = []
    for ancestor in islice(element.iterancestors(), _MAX_AROUND):
        if part := _part(ancestor):
            around.append(part)
        if kind := _last_segment(ancestor.get(type_attribute)):
            around.append(kind)
            if name := ancestor.get(property_attribute):
                around.append(name.strip()[:50])
        if len(around) > _MAX_CONTEXT:
            break
    return ">".join(reversed(around))


def _parts_around(element: etree._Element) -> list[str]:
    """Name what holds an element beside the article, outermost first, the element itself included."""
    found = filter(None, map(_part, islice(chain([element], element.iterancestors()), _MAX_ANCESTORS)))
    return list(found)[::-1]


def _part(element: etree._Element) -> str:
    """Name what an element holds beside the article; empty for the article's own elements and those around it."""
    if element.tag in _PARTS:
        return str(element.tag)
    if element.tag in {"html", "body", "article", "main"}:
        return ""
    matches = map(_PART_CLASS.fullmatch, split_tokens(element.get("class"))[:_MAX_CLASSES])
    return next(("image" if found[2] else "related" for found in matches if found), "")


def _item_address(element: etree._Element) -> str:
    """Give the address of the article an element describes; empty where it states none."""
    for ancestor in islice(element.iterancestors(), _MAX_AROUND):
        if ARTICLE_TYPE.search(_type(ancestor)):
            for inner in islice(ancestor.iterdescendants(), _MAX_INNER):
                if not _ADDRESSES.isdisjoint(split_tokens(inner.get("itemprop"))):
                    return (inner.get("href") or inner.get("content") or inner.get("itemid") or "").strip()[
                        :_VALUE_LENGTH
                    ]
            return ""
    return ""


def _last_segment(value: str | None) -> str:
    first = (value or "")[:_VALUE_LENGTH].split()[:1]
    return first[0].rpartition("/")[2].rpartition(":")[2].rpartition("#")[2] if first else ""
