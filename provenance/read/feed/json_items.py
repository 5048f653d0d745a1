"""One item in JSON: ninjs, JSON Feed, the objects of news interfaces; and where a file keeps its items."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from provenance.model import Claim, DateBasis
from provenance.read.addresses import web_address
from provenance.read.assembly import Draft
from provenance.read.feed.fields import (
    ADDRESSES,
    AUTHORS,
    DATES,
    ENGLISH,
    FULL_TEXTS,
    LANGUAGES,
    NEWS_PROVIDERS,
    OUTLETS,
    POST_META,
    PROSE,
    SOURCE_KEYS,
    TEASERS,
    TITLES,
)
from provenance.read.feed.pieces import Piece, compose, in_reading_order, piece, tells
from provenance.read.json_values import json_value
from provenance.read.language import language_code
from provenance.read.page.facts import host_of
from provenance.read.page.linked_data import linked_claims, name_in, nodes_in
from provenance.read.page.markup import shortened
from provenance.text.dates import timeframe

__all__ = ["is_item", "item_claims", "item_draft", "items_in", "read_json", "unfolded"]

_MEDIA_TYPE = "application/json"
_LISTS = ("articles", "results", "items", "entries", "news", "stories", "posts", "docs", "hits", "data", "value")
"""Fields under which interfaces and feeds keep their items, commonest first."""
_INSIDE = (*_LISTS, "response", "result", "feed", "channel")
_DEEPEST = 4  # objects around the list of items
_FOLDED = ("_source", "fields", "attributes", "article")
"""Objects in which interfaces keep the fields of an item."""
_META = ("meta", "custom_fields", "yoast_head_json")
"""Objects in which WordPress gives what its plug-ins keep of a post."""
_MANY = {"headlines": "headline", "bodies": "body_html", "descriptions": "description"}
"""Lists of ninjs 2 and the single field each stands for."""
_SAME_TEXT = (("content_html", "content_text"), ("body_html", "body_text", "body_xhtml"), ("body", "bodytext"))
"""Fields that hold one text in several forms: the first that is there is read."""


def read_json(content: str) -> Draft:
    """Read one item in JSON, or the first of several.

    Raises:
        ValueError: it is not JSON.
        RefusedError: it holds too many values.
    """
    value = json_value(content, strict=False)
    items = items_in(value)
    item = items[0] if items else value[0] if isinstance(value, list) and value else value
    return item_draft(item) if isinstance(item, dict) else Draft(text="", media_type=_MEDIA_TYPE)


def items_in(value: object) -> Sequence[object] | None:
    """Find the items a JSON value holds: a list of objects, however wrapped, or the one object it is.

    ``None`` when nothing in it is a news item.
    """
    if isinstance(value, list):
        return value if any(isinstance(item, dict) and is_item(item) for item in value) else None
    return _listed(value, _DEEPEST) if isinstance(value, dict) else None


def _listed(value: Mapping[str, object], depth: int) -> Sequence[object] | None:
    for key in _LISTS:
        inner = value.get(key)
        if isinstance(inner, list) and any(isinstance(item, dict) and is_item(item) for item in inner):
            return inner
    if is_item(value):
        return [value]
    inner_objects = (inner for key in _INSIDE if depth and isinstance(inner := value.get(key), dict))
    return next(filter(None, (_listed(inner, depth - 1) for inner in inner_objects)), None)


def is_item(item: Mapping[str, object]) -> bool:
    """Say whether an object holds a text or a headline."""
    fields = unfolded(item)
    return any(_full_text(fields.get(key)) for key in (*FULL_TEXTS, *TEASERS, "title", "headline", "webtitle"))


def unfolded(item: Mapping[str, object]) -> dict[str, object]:
    """Give the fields of an item by lower-case name, those of the objects it wraps them in among them."""
    fields = {str(key).lower(): value for key, value in item.items()}
    for key in _FOLDED:
        if isinstance(inner := fields.get(key), dict):
            del fields[key]
            fields |= {name: text for key, text in inner.items() if (name := str(key).lower()) not in fields}
    for name in [name for name in fields if name in ENGLISH]:
        if isinstance(fields[name], (str, list)):  # "data" of an interface holds its items, that of an article its date
            fields.setdefault(ENGLISH[name], fields.pop(name))
    for many, single in _MANY.items():
        if single not in fields and (text := _first_value(fields.get(many))):
            fields[single] = text
    return fields


def _first_value(value: object) -> str:
    first = value[0] if isinstance(value, list) and value else None
    stated = first.get("value") if isinstance(first, dict) else None
    return stated if isinstance(stated, str) else ""


def item_draft(item: Mapping[str, object]) -> Draft:
    """Read one item that is parsed already."""
    fields = unfolded(item)
    stated = (name_in(fields.get(key)) for key in ADDRESSES)
    url = next((found for found in stated if found.startswith(("http://", "https://")) and web_address(found)), None)
    pieces = in_reading_order(_pieces(fields, host_of(url)))
    composed = compose(pieces if tells(pieces) else ())
    title = next((found for key in TITLES if (found := _full_text(fields.get(key)))), None)
    dates = (timeframe(str(fields.get(name) or ""), DateBasis.MARKUP) for name in DATES)
    return Draft(
        text=composed.text,
        lines=composed.lines,
        media_type=_MEDIA_TYPE,
        claims=(*item_claims(item), *composed.claims),
        url=url,
        outlet_name=next((found for key in OUTLETS if (found := name_in(fields.get(key)))), None),
        title=piece(title).text or None if title else None,
        byline=next((found for key in AUTHORS if (found := _full_text(fields.get(key)))), None),
        published=next(filter(None, dates), None),
        language=next(filter(None, (language_code(name_in(fields.get(key))) for key in LANGUAGES)), None),
    )


def _pieces(fields: Mapping[str, object], host: str | None) -> Iterator[Piece]:
    passed = {name for forms in _SAME_TEXT for name in [form for form in forms if _full_text(fields.get(form))][1:]}
    for key, value in fields.items():
        if key in PROSE and key not in passed and (text := _full_text(value)):
            yield piece(text, field=key, host=host)


def _full_text(value: object) -> str:
    """Give a field's text: itself, or the name of the object it is."""
    if isinstance(value, dict):
        value = value.get("main") or value.get("original") or value.get("rendered") or value
    return value if isinstance(value, str) else name_in(value)


def item_claims(item: Mapping[str, object]) -> Iterator[Claim]:
    """Give every field that may name a source, as it was spelt."""
    if "@type" in item:  # an object of schema.org, kept as a file
        yield from linked_claims(nodes_in(item))
    for key, value in _fields_with_names(item):
        for one in value if isinstance(value, list) else [value]:
            extra = _described(one) if isinstance(one, dict) else {}
            if stated := extra.get("name") or extra.get("url") or extra.get("qcode") or name_in(one):
                written = json.dumps({key: one}, ensure_ascii=False, separators=(",", ":"))[1:-1]
                yield Claim("feed", ENGLISH.get(key.lower(), key), stated, shortened(written), "", extra)


def _described(value: Mapping[str, object]) -> dict[str, str]:
    stated = {name: name_in(value.get(name)) for name in ("name", "literal", "title", "url", "uri", "id")}
    address = stated["url"] or (stated["uri"] if "/" in stated["uri"] else "")
    code = address.partition(NEWS_PROVIDERS)[2]
    described = {
        "name": stated["name"] or stated["literal"] or stated["title"],
        "url": "" if code else address,
        "qcode": f"nprov:{code}" if code else "",
        "id": stated["id"],
    }
    return {name: text for name, text in described.items() if text}


def _fields_with_names(item: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give the fields that may name a source, those of the objects an item keeps its fields in among them."""
    for key, value in item.items():
        name = str(key)
        if ENGLISH.get(name.lower(), name.lower()) in SOURCE_KEYS:
            yield name, value
        elif not isinstance(value, dict):
            continue
        elif name == "_source" and not is_item(value):  # an extension of JSON Feed; elsewhere it holds the item
            yield "source", value
        elif name.lower() in _FOLDED:
            yield from ((str(inner), one) for inner, one in value.items() if str(inner).lower() in SOURCE_KEYS)
        elif name in _META:
            yield from ((str(inner), one) for inner, one in value.items() if _is_post_meta(str(inner)))


def _is_post_meta(name: str) -> bool:
    return any(stem in name.lower() for stem in POST_META)
