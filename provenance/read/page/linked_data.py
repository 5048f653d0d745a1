"""JSON-LD: what a page tells search engines about its text, its pictures and its publisher, and where in the graph.

Blocks are read leniently, since browsers never complain of them: comments around the JSON, line breaks inside strings,
several values in one block. What is no JSON even so is read by :mod:`provenance.read.page.lenient_json`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from provenance.model import Claim
from provenance.read.json_values import too_many_values
from provenance.read.page.lenient_json import read_leniently
from provenance.read.page.markup import shortened

__all__ = ["ARTICLE_TYPE", "PROPERTIES", "Node", "linked_claims", "linked_nodes", "name_in", "nodes_in"]

PROPERTIES = {
    name.lower(): name
    for name in (
        "isBasedOn", "isBasedOnUrl", "citation", "creditText", "copyrightHolder", "copyrightNotice",
        "sourceOrganization", "provider", "publisher", "author", "creator", "contributor", "affiliation", "worksFor",
        "producer", "sdPublisher", "translationOfWork", "archivedAt", "usageInfo", "license", "acquireLicensePage",
        "url", "mainEntityOfPage",
    )
}  # fmt: skip
"""Properties of schema.org that may name a source, by their lower-case spelling."""

ARTICLE_TYPE = re.compile(r"article|posting|report|webpage", re.IGNORECASE)
"""Types whose address is that of the page; the ``url`` of a person or a picture says nothing here."""

_ADDRESSES = frozenset({"url", "mainEntityOfPage"})
_ADDRESS_FIRST = frozenset({"isBasedOn", "isBasedOnUrl", "citation", "translationOfWork", "archivedAt", *_ADDRESSES})
_ADDRESS_KEYS = ("url", "mainEntityOfPage", "sameAs", "name", "@id")
_DESCRIBING = ("@type", "name", "url", "@id", "sameAs", "mainEntityOfPage", "affiliation", "worksFor", "publisher")
_BROKEN_LENGTH = 200_000  # code points read of a block that is no JSON: a tenth of a second
_MAX_NODES = 5000  # objects of one page; the largest graphs in use have hundreds
_MAX_DEPTH = 40  # objects within objects
_VALUE_LENGTH = 500  # code points
_VOCABULARY = re.compile(r"^(?:schema:|https?://schema\.org/)", re.IGNORECASE)
_BETWEEN = re.compile(r"[ \t\r\n,;]*+")
_QUOTES = ("&quot;", "&#34;", "&#x22;")
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
                nodes.extend(islice(nodes_in(value), _MAX_NODES - len(nodes)))
                if len(nodes) >= _MAX_NODES:
                    return nodes
    return nodes


def _values(block: str) -> Iterator[object]:
    text = _WRAPPING.sub("", block).strip(" \t\r\n\ufeff")
    if any(quote in text[:200] for quote in _QUOTES):  # the script's content was escaped as if it were text
        text = html.unescape(text)
    if too_many_values(text):
        return
    decoder = json.JSONDecoder(strict=False)
    end = 0
    while text.startswith(("{", "["), end):
        try:
            value, end = decoder.raw_decode(text, end)
        except (ValueError, RecursionError):
            break
        yield value
        between = _BETWEEN.match(text, end)
        end = between.end() if between else end
    if not end:
        yield read_leniently(text[:_BROKEN_LENGTH])


def nodes_in(value: object) -> Iterator[Node]:
    """Give every object of a value in JSON, outer ones before inner ones."""
    pending: list[tuple[object, tuple[str, ...]]] = [(value, ())]
    while pending:
        current, context = pending.pop()
        if len(context) > _MAX_DEPTH:
            continue
        if isinstance(current, list):
            pending.extend((item, context) for item in reversed(current))
        elif isinstance(current, dict):
            node = Node({_VOCABULARY.sub("", str(key)): item for key, item in current.items()}, context)
            yield node
            inner = (*context, node.type) if node.type else context
            for key, item in reversed(list(node.properties.items())):
                if isinstance(item, dict | list):
                    pending.append((item, inner if key.startswith("@") else (*inner, key)))


def linked_claims(found: Iterable[Node]) -> Iterator[Claim]:
    """Give every property that may name a source, each with its place in the graph."""
    nodes = list(found)
    named = _named_objects(nodes)
    for node in nodes:
        context = ">".join((*node.context, node.type) if node.type else node.context)
        address = _own_address(node)
        for key, value in node.properties.items():
            name = PROPERTIES.get(key.lower())
            if name is None or (name in _ADDRESSES and not ARTICLE_TYPE.search(node.type)):
                continue
            for item in value if isinstance(value, list) else [value]:
                if claim := _claim(name, item, context, named):
                    yield replace(claim, extra={**claim.extra, "of": address}) if address else claim


def _own_address(node: Node) -> str:
    """Give the address of the article an object is, that of another article's page included; empty for other objects.

    A page may describe the articles it links to in the same words as its own.
    """
    if node.context or not ARTICLE_TYPE.search(node.type):
        return ""
    stated = (name_in(node.properties.get(key)) for key in ("url", "mainEntityOfPage", "@id"))
    return next((address for address in stated if address.startswith(("http://", "https://"))), "")


def _named_objects(nodes: list[Node]) -> dict[str, Mapping[str, object]]:
    """Find what an ``@id`` refers to: the object of that id that has a name."""
    return {str(node.properties["@id"]): node.properties for node in nodes if {"@id", "name"} <= node.properties.keys()}


def _claim(name: str, item: object, context: str, named: Mapping[str, Mapping[str, object]]) -> Claim | None:
    extra = _described(item, named) if isinstance(item, dict) else {}
    if isinstance(item, dict):
        order = _ADDRESS_KEYS if name in _ADDRESS_FIRST else ("name", *_ADDRESS_KEYS)
        value = next((extra[key] for key in order if key in extra), "") or name_in(item)
    else:
        value = item.strip()[:_VALUE_LENGTH] if isinstance(item, str) else ""
    if not value:
        return None
    written = json.dumps({name: item}, ensure_ascii=False, separators=(",", ":"))[1:-1]
    return Claim("json-ld", name, value, shortened(written), context, extra)


def _described(item: Mapping[str, object], named: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    own = {_VOCABULARY.sub("", str(key)): value for key, value in item.items()}
    known = {**named.get(str(own.get("@id")), {}), **own}
    described = {key: name_in(known.get(key)) for key in _DESCRIBING}
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
