"""NewsML 1 items that hold several texts: a report with its sidebars, or a whole bulletin."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from provenance.read.feed.xml_items import local_name

__all__ = ["texts_in"]

_MAX_TEXTS: Final = 100
"""Texts of one item that are told apart; each is a copy of what is said of all."""
_MAX_COPIED: Final = 500_000  # elements of all the copies: a second
_NO_TEXTS = ("photo", "graphic", "video", "audio", "animation", "picture")
"""Kinds of media (IPTC ``MediaType``) that are no texts, however long their captions are."""


def texts_in(item: etree._Element) -> tuple[int, Iterator[etree._Element]]:
    """Take an item apart: each text with what is said of all of them. One text, or another format, is itself.

    Returns:
        How many texts there are, and the texts, each made when it is asked for.
    """
    count = len(_parts(item))
    if not 1 < count <= _MAX_TEXTS or count * sum(1 for _ in item.iter()) > _MAX_COPIED:
        return 1, iter((item,))
    return count, (_only(item, kept) for kept in range(count))


def _only(item: etree._Element, kept: int) -> etree._Element:
    copy = deepcopy(item)
    for number, part in enumerate(_parts(copy)):
        parent = part.getparent()
        if number != kept and parent is not None:
            parent.remove(part)
    return copy


def _parts(item: etree._Element) -> list[etree._Element]:
    if local_name(item) != "newsitem":
        return []
    return [part for part in item.iterdescendants("{*}NewsComponent", "NewsComponent") if _is_text(part)]


def _is_text(part: etree._Element) -> bool:
    """Say whether a component is a text under a headline of its own, and not another form of the one beside it."""
    around = part.getparent()
    if around is not None and (around.get("EquivalentsList") or "").lower() == "yes":
        return False
    headed = any(local_name(inner) == "headline" for lines in _children(part, "newslines") for inner in lines)
    return headed and any(_holds_words(content) for content in _children(part, "contentitem"))


def _holds_words(content: etree._Element) -> bool:
    kinds = (str(kind.get("FormalName") or "").lower() for kind in _children(content, "mediatype"))
    words = (text for data in _children(content, "datacontent") for text in data.itertext())
    return not any(kind.startswith(_NO_TEXTS) for kind in kinds) and any(str(text).strip() for text in words)


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [inner for inner in element.iterchildren("*") if local_name(inner) == name]
