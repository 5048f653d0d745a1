"""JSON-LD: what a page tells search engines about its text, its pictures and its publisher, and where in the graph.

Blocks are read leniently, since browsers never complain of them: comments around the JSON, line breaks inside strings,
several values in one block. A block that is not JSON at all gives its plain ``"property": "value"`` pairs.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from provenance.model import Claim
from provenance.read.page.markup import shortened

__all__ = ["ARTICLE_TYPE", "PROPERTIES", "Node", "linked_claims", "linked_nodes", "name_in"]

PROPERTIES = {
    name.lower(): name
    for name in (
        "isBasedOn", "isBasedOnUrl", "citation", "creditText", "copyrightHolder", "copyrightNotice",
        "sourceOrganization", "provider", "publisher", "author", "creator", "contributor", "affiliation", "producer",
        "sdPublisher", "translationOfWork", "archivedAt", "usageInfo", "license", "acquireLicensePage", "url",
        "mainEntityOfPage",
    )
}  # fmt: skip
"""Properties of schema.org that may name a source, by their lower-case spelling."""

ARTICLE_TYPE = re.compile(r"article|posting|report|webpage", re.IGNORECASE)
"""Types whose address is that of the page; the ``url`` of a person or a picture says nothing here."""

_ADDRESSES = frozenset({"url", "mainEntityOfPage"})
_ADDRESS_FIRST = frozenset({"isBasedOn", "isBasedOnUrl", "citation", "translationOfWork", "archivedAt", *_ADDRESSES})
_BROKEN = re.compile(r'"([A-Za-z]{3,30})"\s{0,9}:\s{0,9}"([^"\\\n]{1,500})"')
_MAX_NODES = 5000  # objects of one page; the largest graphs in use have hundreds
_MAX_DEPTH = 40  # objects within objects
_VALUE_LENGTH = 500  # code points
_WRAPPING = re.compile(r"^\s{0,99}(?:<!--|//\s?<!\[CDATA\[|/\*\s?<!\[CDATA\[\s?\*/|<!\[CDATA\[)")


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the graph: its properties, and the types and properties around it, outermost first."""

    properties: Mapping[str, object]
    context: tuple[str, ...]

    @property
    def type(self) -> str:
        """The object's first type; empty when it has none."""
        return name_in(self.properties.get("@type"))


def linked_nodes(root: etree._Element) -> list[Node]:
    """Read every object of every JSON-LD block, outer ones before inner ones."""
    nodes: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for value in _values(script.text):
                nodes.extend(_objects(value))
                if len(nodes) > _MAX_NODES:
                    return nodes[:_MAX_NODES]
    return nodes


def _values(block: str) -> Iterator[object]:
    text = _WRAPPING.sub("", block).strip()
    if "&quot;" in text[:200]:  # the script's content was escaped as if it were text
        text = html.unescape(text)
    decoder = json.JSONDecoder(strict=False)
    read_any = False
    while text.startswith(("{", "[")):
        try:
            value, end = decoder.raw_decode(text)
        except (ValueError, RecursionError):
            break
        read_any = True
        yield value
        text = text[end:].lstrip(" \t\r\n,;")
    if not read_any:
        yield dict(_BROKEN.findall(text))


def _objects(value: object) -> Iterator[Node]:
    pending: list[tuple[object, tuple[str, ...]]] = [(value, ())]
    while pending:
        current, context = pending.pop()
        if len(context) > _MAX_DEPTH:
            continue
        if isinstance(current, list):
            pending.extend((item, context) for item in reversed(current))
        elif isinstance(current, dict):
            node = Node(current, context)
            yield node
            inner = (*context, node.type) if node.type else context
            for key, item in reversed(current.items()):
                if isinstance(item, dict | list):
                    pending.append((item, inner if key.startswith("@") else (*inner, str(key))))


def linked_claims(nodes: list[Node]) -> Iterator[Claim]:
    """Give every property that may name a source, each with its place in the graph."""
    named = _named_objects(nodes)
    for node in nodes:
        context = ">".join((*node.context, node.type) if node.type else node.context)
        for key, value in node.properties.items():
            name = PROPERTIES.get(str(key).lower())
            if name is None or (name in _ADDRESSES and not ARTICLE_TYPE.search(node.type)):
                continue
            for item in value if isinstance(value, list) else [value]:
                if claim := _claim(name, item, context, named):
                    yield claim


def _named_objects(nodes: list[Node]) -> dict[str, Mapping[str, object]]:
    """Find what an ``@id`` refers to: the object of that id that has a name."""
    return {str(node.properties["@id"]): node.properties for node in nodes if {"@id", "name"} <= node.properties.keys()}


def _claim(name: str, item: object, context: str, named: Mapping[str, Mapping[str, object]]) -> Claim | None:
    extra = _described(item, named) if isinstance(item, dict) else {}
    if isinstance(item, dict):
        order = ("url", "name", "@id") if name in _ADDRESS_FIRST else ("name", "url", "@id")
        value = next((extra[key] for key in order if key in extra), "")
    else:
        value = item.strip()[:_VALUE_LENGTH] if isinstance(item, str) else ""
    if not value:
        return None
    written = json.dumps({name: item}, ensure_ascii=False, separators=(",", ":"))[1:-1]
    return Claim("json-ld", name, value, shortened(written), context, extra)


def _described(item: Mapping[str, object], named: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    known = {**named.get(str(item.get("@id")), {}), **item}
    described = {key: name_in(known.get(key)) for key in ("@type", "name", "url", "@id", "sameAs", "affiliation")}
    return {key: value for key, value in described.items() if value}


def name_in(value: object) -> str:
    """Reduce a value to one text: a string, the name of an object, the first of a list; empty for anything else."""
    for _ in range(4):  # lists of objects whose name is a list are as deep as it goes
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("@id")
        else:
            break
    return value.strip()[:_VALUE_LENGTH] if isinstance(value, str) else ""
