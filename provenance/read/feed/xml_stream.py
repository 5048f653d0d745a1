"""Items of a file in XML, one at a time: what was read is let go before the next is parsed.

Nothing is fetched, no entity is put in, and no item may weigh more than the caller's limit or hold more elements than
any text does. What breaks these limits ends the reading of its file, with the reason.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy
from typing import BinaryIO, cast

from lxml import etree

from provenance.read.feed.fields import ITEMS, UNPUBLISHED_POSTS
from provenance.read.feed.mending import Mended
from provenance.read.feed.xml_items import Channel, first_text, local_name
from provenance.read.language import language_code
from provenance.read.reasons import too_large
from provenance.read.stream import RefusedError

__all__ = ["MAX_ELEMENTS", "ItemStream", "is_text"]

MAX_ELEMENTS = 200_000
"""Elements of one item, or of all between two; the longest reports in NITF have some thousands."""

_CHANNELS = frozenset({"rss", "rdf", "channel", "feed"})
_CHUNK = 1 << 14  # bytes read at a time
_NO_TEXTS = ("picture", "graphic", "video", "audio", "composite")
"""Classes of NewsML items that are no texts (IPTC ``ninat``)."""
_BROKEN = {
    "Excessive depth": "elements nested more than 256 deep",
    "amplification": "entities that grow without end",
    "entity loop": "entities that grow without end",
    "XML_PARSE_HUGE": "more than 10,000,000 bytes in one text, tag or comment",
    "CData section too big": "more than 10,000,000 bytes in one text, tag or comment",
    "Premature end": "the XML ends before it is closed",
}
"""What libxml2 says where it stops, and what that means; the figures are its own."""


class _Metered(io.RawIOBase):
    """A stream that refuses to give more than ``limit`` bytes between two items."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = Mended(stream)
        self._limit = limit
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(min(size if size > 0 else _CHUNK, _CHUNK))
        self.given += len(content)
        if self.given > self._limit:
            raise RefusedError(too_large(self._limit))
        return content


class ItemStream:
    """One pass over one file. ``channel`` is what the feed has said of itself so far."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.channel = Channel()
        self.root: etree._Element | None = None
        """The whole document, when it turned out to hold no item."""
        self._meter = _Metered(stream, limit)
        self._facts: dict[str, str] = {}

    def items(self) -> Iterator[etree._Element]:
        """Yield the items in order; one is emptied when the next is asked for.

        Raises:
            RefusedError: a limit was met, or the XML is broken beyond mending; the rest was not read.
        """
        parser = etree.iterparse(
            cast("BinaryIO", self._meter),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from self._outermost(parser)
        except etree.XMLSyntaxError:
            return  # not one element
        finally:
            self.root = parser.root
        broken = (why for entry in parser.error_log for said, why in _BROKEN.items() if said in entry.message)
        if reason := next(broken, None):
            raise RefusedError(f"{reason}; the rest was not read")

    def _outermost(self, parser: etree.iterparse) -> Iterator[etree._Element]:
        inside: etree._Element | None = None
        elements = 0
        for event, element in parser:
            if event == "start":
                elements += 1
                if elements > MAX_ELEMENTS:
                    raise RefusedError(f"more than {MAX_ELEMENTS:,} elements in one item; the rest was not read")
                if inside is None and local_name(element) in ITEMS:
                    inside = element
                elif inside is not None and _is_next(element, inside):  # and the one before was never closed
                    yield _without(inside, local_name(element))
                    inside = element  # the limits go on: what is never closed is never let go
            elif inside is not None and element is inside:
                yield inside
                _let_go(inside)
                inside, elements, self._meter.given = None, 0, 0
            elif inside is None:
                self._note(element)

    def _note(self, element: etree._Element) -> None:
        """Keep what a feed says of itself before its items."""
        parent = element.getparent()
        if parent is None or local_name(parent) not in _CHANNELS:
            return
        name, text = local_name(element), (element.text or "").strip()
        if name == "link" and (element.get("rel") or "alternate") == "alternate":
            text = text or element.get("href") or ""
        if name in {"title", "link", "language"} and text:
            self._facts.setdefault(name, text[:500])
            language = parent.get("{http://www.w3.org/XML/1998/namespace}lang") or self._facts.get("language", "")
            self.channel = Channel(self._facts.get("title"), self._facts.get("link"), language_code(language))


def _is_next(element: etree._Element, inside: etree._Element) -> bool:
    """Say whether an element is another item of a feed; elsewhere ``item`` may be any entry of any list."""
    feed = inside.getparent()
    while feed is not None and feed.tag == inside.tag:
        feed = feed.getparent()
    return element.tag == inside.tag and feed is not None and local_name(feed) in _CHANNELS


def _without(element: etree._Element, name: str) -> etree._Element:
    """Copy an item up to the next one; the original still grows."""
    own = deepcopy(element)
    after = next((inner for inner in own.iterdescendants("*") if local_name(inner) == name), None)
    parent = after.getparent() if after is not None else None
    if after is not None and parent is not None:
        for following in [*after.itersiblings(), after]:
            parent.remove(following)
    return own


def _let_go(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def is_text(item: etree._Element) -> bool:
    """Say whether an item is a text: exports and agencies' feeds hold pictures, menus and drafts of the site too."""
    kind = first_text(item, ("post_type",)) or ""
    if kind in UNPUBLISHED_POSTS or kind.startswith("wp_"):
        return False
    classes = (str(inner.get("qcode") or "") for inner in item.iter("{*}itemClass", "itemClass"))
    return not any(found.endswith(_NO_TEXTS) for found in classes)
