"""The readers of ``.xml`` and ``.json`` files: feeds, exports, exchange formats and answers of news interfaces.

What is XML or JSON and none of these is read as one article of its text when there is running text in it (a TEI or
DocBook edition is a text a fact-checker may have been sent), and is listed as unreadable when there is none: a site
map or a configuration file read as an article would count as an independent origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from provenance.model import Article, ArticleId, Unreadable
from provenance.read import turns
from provenance.read.assembly import Draft, assemble, digest_id
from provenance.read.decoding import decode, is_binary, storable
from provenance.read.json_values import json_value
from provenance.read.prose import is_prose
from provenance.read.reasons import EMPTY, NOT_TEXT, given_up, not_json
from provenance.read.records import read_record, record_id
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import RefusedError, whole

if TYPE_CHECKING:
    from lxml import etree

    from provenance.read.feed.xml_items import Channel

__all__ = ["NO_ITEM", "NO_TEXT", "UNKNOWN", "JsonFiles", "XmlFiles"]

NO_ITEM = "a feed without items"
NO_TEXT = "holds pictures or settings, and no text"
UNKNOWN = "not a feed or news item this program knows"
_TITLE_PARTS = re.compile(r"\||\s[-–—>»:]\s")


class XmlFiles:
    """One article an item; a page (XHTML) and a text in unknown XML are one article each."""

    name = "xml"
    suffixes = frozenset({".xml", ".rss", ".atom"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the items in order. A file that breaks a limit keeps what was read before it."""
        from provenance.read.feed.xml_stream import ItemStream, is_text  # noqa: PLC0415  lxml is needed for markup only

        items = ItemStream(stream, options.max_bytes)
        number = texts = 0
        for number, item in enumerate(items.items(), start=1):
            if is_text(item):
                texts += 1
                yield from _xml_articles(item, items.channel, source, number)
        if number and not texts:
            yield Unreadable(source.source, NO_TEXT)
        elif not number:
            yield _whole_xml(items.root, source) if items.channel.title is None else Unreadable(source.source, NO_ITEM)


def _xml_articles(
    item: etree._Element, channel: Channel, source: SourceFile, number: int
) -> Iterator[Article | Unreadable]:
    from provenance.read.feed.newsml import texts_in  # noqa: PLC0415  as above
    from provenance.read.feed.xml_items import item_id  # noqa: PLC0415  as above

    own = item_id(item)
    count, texts = texts_in(item)
    for place, text in enumerate(texts, start=1):
        part = f"/{place}" if count > 1 else ""
        yield _xml_article(text, channel, source, (f"{storable(own)}{part}" if own else None, f"{number}{part}"))


def _xml_article(
    item: etree._Element, channel: Channel, source: SourceFile, names: tuple[str | None, str]
) -> Article | Unreadable:
    from provenance.read.feed.xml_items import item_draft  # noqa: PLC0415  as above

    own, number = names
    place = f"{source.source}#{own or number}"
    try:
        turns.begin(place)
        draft = item_draft(item, media_type="application/xml", channel=channel)
    except RefusedError as error:
        return Unreadable(place, str(error))
    except Exception as error:  # noqa: BLE001  an item that breaks a parser costs itself, not the rest of its file
        return Unreadable(place, given_up(error))
    return assemble(_of_channel(draft, channel.url), id=_id(own, draft, source, number), source=place)


def _of_channel(draft: Draft, url: str | None) -> Draft:
    """Name the outlet by the part of a feed's title its address confirms: ``World news | The Harbour Post``."""
    if not draft.outlet_name or not url:
        return draft
    address = _letters(url)
    parts = (part.strip() for part in _TITLE_PARTS.split(draft.outlet_name))
    named = next((part for part in parts if _letters(part) and _letters(part) in address), None)
    return replace(draft, outlet_name=named) if named else draft


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _id(own: str | None, draft: Draft, source: SourceFile, number: str) -> ArticleId:
    if own:
        return ArticleId(storable(own))
    return digest_id(source.name.encode(), number.encode(), storable(draft.text).encode())


def _whole_xml(root: etree._Element | None, source: SourceFile) -> Article | Unreadable:
    if root is None:
        return Unreadable(source.source, "empty, or no XML")
    from lxml import etree  # noqa: PLC0415  as above

    from provenance.read.feed.xml_items import local_name  # noqa: PLC0415  as above
    from provenance.read.page.reading import read_page  # noqa: PLC0415  as above

    if local_name(root) == "html":
        draft = read_page(etree.tostring(root, encoding="unicode", method="html"))
    else:
        text = "\n".join(filter(None, (" ".join(str(piece).split()) for piece in root.itertext())))
        if not is_prose(text):
            return Unreadable(source.source, UNKNOWN)
        draft = Draft(text=text, media_type="application/xml")
    return assemble(draft, id=digest_id(source.name.encode(), storable(draft.text).encode()), source=source.source)


class JsonFiles:
    """One article an item: of a list of objects, of the list an answer wraps, or the one object the file is."""

    name = "json"
    suffixes = frozenset({".json"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the items in order. An object with ``text`` or ``html`` is a record as in JSON lines."""
        value = _value(whole(stream, options.max_bytes), source)
        if isinstance(value, Unreadable):
            yield value
            return
        from provenance.read.feed.json_items import items_in  # noqa: PLC0415  lxml, for the HTML in items

        items = items_in(value)
        if items is None:
            yield _whole_json(value, source)
            return
        for number, item in enumerate(items, start=1):
            if isinstance(item, dict):
                yield _json_article(item, source, number, options)
            else:
                yield Unreadable(f"{source.source}#{number}", "not a JSON object")


def _value(content: bytes, source: SourceFile) -> object:
    if not content.strip():
        return Unreadable(source.source, EMPTY)
    decoded = decode(content)
    if decoded is None or is_binary(decoded.text):
        return Unreadable(source.source, NOT_TEXT)
    try:
        return json_value(decoded.text.removeprefix("\ufeff"), strict=False)
    except (RecursionError, ValueError) as error:
        return Unreadable(source.source, not_json(error))


def _json_article(
    item: Mapping[str, object], source: SourceFile, number: int, options: ReadOptions
) -> Article | Unreadable:
    from provenance.read.feed.json_items import item_claims, item_draft, unfolded  # noqa: PLC0415  as above

    own = _json_id(unfolded(item))
    place = f"{source.source}#{own or number}"
    if any(isinstance(item.get(key), str) and str(item[key]).strip() for key in ("text", "html")):
        record = {**item, "id": own} if own else item
        return read_record(record, source=place, name=source.name, options=options, claims=tuple(item_claims(item)))
    try:
        turns.begin(place)
        draft = item_draft(item)
    except RefusedError as error:
        return Unreadable(place, str(error))
    except Exception as error:  # noqa: BLE001  an item that breaks a parser costs itself, not the rest of its file
        return Unreadable(place, given_up(error))
    return assemble(draft, id=_id(own, draft, source, str(number)), source=place)


def _json_id(fields: Mapping[str, object]) -> str | None:
    keys = ("id", "uri", "guid", "_id", "article_id", "uuid")
    return next(filter(None, (record_id({"id": fields.get(key)}) for key in keys)), None)


def _whole_json(value: object, source: SourceFile) -> Article | Unreadable:
    text = "\n".join(_strings(value))
    if not is_prose(text):
        return Unreadable(source.source, UNKNOWN)
    draft = Draft(text=text, media_type="application/json")
    return assemble(draft, id=digest_id(source.name.encode(), storable(text).encode()), source=source.source)


def _strings(value: object) -> Iterator[str]:
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, str) and current.strip():
            yield current.strip()
        elif isinstance(current, dict):
            pending.extend(reversed(current.values()))
        elif isinstance(current, list):
            pending.extend(reversed(current))
