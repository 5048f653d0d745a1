"""Single entries of feeds and news exchange formats, as XML or JSON: their text, and where they say it came from.

This reads one item given as a record's ``content``: RSS ``<item>``, Atom ``<entry>``, a WordPress export item,
NewsML-G2, NITF, ninjs, or the object of a news interface. The text is that of the fields that hold prose, title first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml import etree

from provenance.model import Claim, DateBasis
from provenance.read.assembly import Draft
from provenance.read.language import language_code
from provenance.read.page.linked_data import name_in
from provenance.read.page.markup import element_text, markup_of, parse_page, shortened
from provenance.read.page.visible import visible_text
from provenance.text.dates import timeframe

__all__ = ["read_json", "read_xml"]

_VALUE_LENGTH = 500  # code points

_TITLES = ("title", "headline", "hl1", "name")
_DATES = (
    "pubdate", "published", "publishedat", "published_at", "datepublished", "versioncreated", "firstcreated", "date",
    "updated",
)  # fmt: skip
_OUTLETS: tuple[str, ...] = ("outlet", "site_name")
_PROSE = frozenset(
    {
        "title", "headline", "hl1", "hl2", "subtitle", "slugline", "byline", "dateline", "description",
        "summary", "lead", "content", "encoded", "body", "body.content", "text", "body_text", "articlebody",
        "p", "creditline", "copyright", "copyrightnotice", "usageterms", "rights", "creator", "author",
        "source", "provider", "infosource",
    }
)  # fmt: skip
"""Fields a reader of the item sees, by lower-case local name."""

_SOURCE_ELEMENTS = frozenset(
    {
        "source", "infosource", "creditline", "copyrightholder", "copyrightnotice", "provider", "publisher",
        "creator", "author", "usageterms", "rights", "contributor", "doc.copyright", "distributor",
        "origin", "originallink",
    }
)  # fmt: skip
_SOURCE_KEYS = frozenset(
    {
        "source", "source_name", "source_url", "source_id", "sourceurl", "sourcename", "original_url",
        "originalurl", "original_source", "originalsource", "canonical_url", "canonicalurl", "provider",
        "publisher", "creditline", "credit", "copyrightholder", "copyrightnotice", "usageterms", "byline",
        "author", "infosources", "syndication_source", "syndication_permalink", "republished_from",
        "agency", "via", "isbasedon", "located", "altids",
    }
)  # fmt: skip
_LINK_RELATIONS = frozenset({"via", "canonical", "source", "related"})
_POST_META = ("permalink", "source", "syndicat", "original", "item_url", "feed_url", "canonical", "republi")


def read_xml(content: str, *, media_type: str) -> Draft:
    """Read one item in XML. Nothing is fetched and no entity is resolved; damaged XML is read as far as it goes."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    root = etree.fromstring(content.encode("utf-8", "replace"), parser=parser)
    if root is None:
        return Draft(text="", media_type=media_type)
    text = "\n".join(dict.fromkeys(filter(None, _prose(root))))
    dates = (timeframe(_first(root, (name,)) or "", DateBasis.MARKUP) for name in _DATES)
    return Draft(
        text=text or element_text(root),
        media_type=media_type,
        claims=tuple(_xml_claims(root)),
        title=_first(root, _TITLES),
        published=next(filter(None, dates), None),
        language=language_code(root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
    )


def _local(element: etree._Element) -> str:
    # Without a namespace declaration the parser keeps the prefix in the name; an unresolved entity is named oddly.
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _first(root: etree._Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for element in root.iter("*"):
            if _local(element) == name and (text := element_text(element)):
                return text
    return None


def _prose(root: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start",), tag="*")
    for _event, element in walk:
        name = _local(element)
        if name in _PROSE and name not in {"body", "content"} | ({"source"} if len(element) else set()):
            yield _readable("".join(element.itertext()))
            walk.skip_subtree()
        elif name in {"body", "content"} and not len(element):
            yield _readable(element.text or "")


def _readable(text: str) -> str:
    """Give the visible text of a field, which may itself be a piece of a page."""
    if "<" in text and ">" in text:
        page = parse_page(text)
        if page is not None:
            return visible_text(page).text
    return text.strip()


def _xml_claims(root: etree._Element) -> Iterator[Claim]:
    for element in root.iter("*"):
        name = _local(element)
        if name == "postmeta":
            yield from _post_meta(element)
        elif name == "link" and (element.get("rel") or "").lower() in _LINK_RELATIONS and element.get("href"):
            yield _xml_claim(element, str(element.get("rel")).lower(), str(element.get("href")))
        elif name in _SOURCE_ELEMENTS:
            extra = _described(element)
            value = extra.get("name") or extra.get("url") or extra.get("qcode") or ""
            if value:
                yield _xml_claim(element, name, value, extra)


def _xml_claim(element: etree._Element, name: str, value: str, extra: Mapping[str, str] | None = None) -> Claim:
    context = ">".join(reversed([_local(around) for around in element.iterancestors()][:12]))
    return Claim("feed", name, value[:_VALUE_LENGTH], markup_of(element), context, dict(extra or {}))


def _described(element: etree._Element) -> dict[str, str]:
    names = [
        text
        for inner in element.iterchildren("*")
        if _local(inner) in {"title", "name"} and (text := element_text(inner))
    ]
    links = [
        inner.get("href") or element_text(inner)
        for inner in element.iterchildren("*")
        if _local(inner) in {"link", "uri", "id"}
    ]
    described = {
        "name": names[0] if names else element.get("literal") or ("" if links else element_text(element)),
        "url": element.get("url") or element.get("href") or element.get("uri") or (links[0] if links else ""),
        "qcode": element.get("qcode") or "",
    }
    return {key: value.strip()[:_VALUE_LENGTH] for key, value in described.items() if value and value.strip()}


def _post_meta(element: etree._Element) -> Iterator[Claim]:
    fields = {_local(inner): element_text(inner) for inner in element.iterchildren("*")}
    key, value = fields.get("meta_key", ""), fields.get("meta_value", "")
    if value and any(stem in key.lower() for stem in _POST_META):
        yield Claim("feed", key, value[:_VALUE_LENGTH], markup_of(element), "item>postmeta")


def read_json(content: str) -> Draft:
    """Read one item in JSON.

    Raises:
        ValueError: it is not JSON.
    """
    value = json.loads(content, strict=False)
    item = value[0] if isinstance(value, list) and value else value
    if not isinstance(item, dict):
        return Draft(text="", media_type="application/json")
    fields = {str(key).lower(): field for key, field in item.items()}
    prose = [_readable(text) for key, field in fields.items() if key in _PROSE and (text := _full_text(field))]
    dates = (timeframe(str(fields.get(name) or ""), DateBasis.MARKUP) for name in _DATES)
    return Draft(
        text="\n".join(dict.fromkeys(prose)),
        media_type="application/json",
        claims=tuple(_json_claims(item)),
        url=next((found for key in ("url", "link") if (found := name_in(fields.get(key)))), None),
        outlet_name=next((found for key in _OUTLETS if (found := name_in(fields.get(key)))), None),
        title=next((found for key in _TITLES if (found := name_in(fields.get(key)))), None),
        published=next(filter(None, dates), None),
        language=language_code(name_in(fields.get("language")) or name_in(fields.get("lang"))),
    )


def _full_text(value: object) -> str:
    """Give a field's text: itself, or the name of the object it is."""
    return value if isinstance(value, str) else name_in(value)


def _json_claims(item: Mapping[str, object]) -> Iterator[Claim]:
    for key, value in item.items():
        if str(key).lower() not in _SOURCE_KEYS:
            continue
        for one in value if isinstance(value, list) else [value]:
            described = (
                {name: name_in(one.get(name)) for name in ("name", "url", "id")} if isinstance(one, dict) else {}
            )
            extra = {name: text for name, text in described.items() if text}
            if stated := extra.get("name") or extra.get("url") or name_in(one):
                written = json.dumps({key: one}, ensure_ascii=False, separators=(",", ":"))[1:-1]
                yield Claim("feed", str(key), stated, shortened(written), "", extra)
