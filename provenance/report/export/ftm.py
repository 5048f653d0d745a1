"""The lineage as entities of FollowTheMoney, the format of Aleph and of investigators' tools, one JSON object a line.

Which schema stands for what, and why:

- ``Article`` for an article: it is the one for media reporting.
- ``Organization`` for an outlet, ``PublicBody`` for an institution, ``Company`` for an owner, and ``LegalEntity``,
  which says no more than that somebody is there, for a website, a platform or an outlet of unknown nature.
- ``Documentation`` from an article to an outlet, with a role: that it was published there, or that it credits the
  outlet for a text that is not at hand. No document is made up for such a text.
- ``UnknownLink`` between two articles: no other schema ties documents. It has no direction; the role says which way a
  derivation goes ("derived from", from subject to object) or that the order is not known.
- ``Note`` for a text that articles must have in common: a remark on those articles, which is what an inference is.

Nothing of the package is needed to write them. Ids hold what it allows (letters, digits, dots, hyphens), with dots in
front of the hexadecimal digits of every other byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Final

from provenance.model import AuditFindings, Basis, Credit, Direction, Outlet, OutletKind, Timeframe, Verdict
from provenance.report.encode import json_line
from provenance.report.export.exporter import ExportOptions
from provenance.report.export.names import iso_date, web_address
from provenance.report.export.network import Edge, Network, Node, NodeKind, Relation
from provenance.report.findings import file_name
from provenance.report.plain import one_line
from provenance.report.words import (
    CREDIT_UNDECIDED,
    CREDIT_WORDS,
    SOURCE_HERE,
    is_admitted,
    percent,
    share_phrase,
    strength_phrase,
    undirected_phrase,
)

__all__ = ["FollowTheMoney", "ftm_id"]

_SCHEMATA: Final = {
    OutletKind.INSTITUTION: "PublicBody",
    OutletKind.OWNER: "Company",
    OutletKind.UNKNOWN: "LegalEntity",
    OutletKind.WEBSITE: "LegalEntity",
    OutletKind.PLATFORM: "LegalEntity",
}
"""Of outlets; every other kind is an ``Organization``."""

_LANGUAGES: Final = {
    "af": "afr", "am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est",
    "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun",
    "hy": "hye", "id": "ind", "in": "ind", "is": "isl", "it": "ita", "iw": "heb", "ja": "jpn", "ka": "kat",
    "kk": "kaz", "km": "khm", "kn": "kan", "ko": "kor", "ky": "kir", "lb": "ltz", "lo": "lao", "lt": "lit",
    "lv": "lav", "mk": "mkd", "mn": "mon", "mo": "ron", "ms": "msa", "mt": "mlt", "my": "mya", "ne": "nep",
    "nl": "nld", "no": "nor", "pl": "pol", "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "si": "sin",
    "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel",
    "tg": "tgk", "th": "tha", "tk": "tuk", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb",
    "vi": "vie", "zh": "zho",
}  # fmt: skip
"""Its code for each language it knows, by that of ISO 639-1. It has none for others, and their articles none."""

_Properties = Mapping[str, Sequence[str | None]]


class FollowTheMoney:
    """Writes entities."""

    name: Final = "ftm"
    summary: Final = "FollowTheMoney entities for Aleph and the like, one JSON object a line"
    tables: Final = False

    def lines(self, findings: AuditFindings, options: ExportOptions) -> Iterator[str]:
        """Yield an entity a line: outlets, articles, then what ties them."""
        network = Network(findings, possible=options.possible)
        yield from (_outlet(each) for each in _outlets(network))
        for node in network.articles.values():
            yield _article(network, node)
            if node.outlet is not None:
                yield _documentation(node, node.outlet, "published by")
        yield from (_note(node) for node in network.nodes if node.kind is NodeKind.INFERRED)
        for edge in network.edges:
            yield from _tie(edge)


def ftm_id(*parts: str) -> str:
    """Return the id of an entity: letters, digits and hyphens as they are, every other byte as a dot and two digits."""
    return "-".join("".join(map(_allowed, part.encode("utf-8", "surrogatepass"))) for part in parts)


def _allowed(byte: int) -> str:
    character = chr(byte)
    return character if character.isascii() and character.isalnum() else f".{byte:02x}"


def _outlets(network: Network) -> list[Outlet]:
    """Give the outlets that an entity will refer to, by id."""
    named = {node.outlet for node in network.nodes if node.outlet is not None}
    return [network.index.outlets.get(each) or Outlet(each, each) for each in sorted(named)]


def _outlet(outlet: Outlet) -> str:
    site = [_address(f"https://{domain}/") for domain in outlet.domains]
    properties: _Properties = {"name": [outlet.name], "alias": outlet.aliases, "website": site, "sector": [outlet.kind]}
    return _entity(ftm_id("outlet", outlet.id), _SCHEMATA.get(outlet.kind, "Organization"), properties)


def _article(network: Network, node: Node) -> str:
    facts, verdict = node.facts, node.verdict
    assert facts is not None  # it is an article
    properties: _Properties = {
        "title": [facts.title],
        "name": [facts.title],
        "fileName": [file_name(facts.source)],
        "sourceUrl": [_address(facts.url)],
        "publisher": [network.index.outlet_name(facts.outlet) or facts.outlet_name],
        "publishedAt": [_date(facts.published) if facts.published else None],
        "language": [_LANGUAGES.get(facts.language or "")],
        "notes": _notes(network, node, verdict) if verdict else [],
    }
    return _entity(_article_id(node), "Article", properties)


def _notes(network: Network, node: Node, verdict: Verdict) -> list[str | None]:
    """Say how much of an article was found elsewhere, whether that makes it the derived one, and of its credit."""
    undecided = node.order is Direction.UNKNOWN
    if verdict.credit is not Credit.NOT_APPLICABLE:
        credit = f"Credit: {CREDIT_WORDS[verdict.credit]}"
    else:
        credit = f"Credit: {CREDIT_UNDECIDED}" if undecided else ""
    if undecided and not is_admitted(verdict):
        return [undirected_phrase(verdict), credit]
    is_source = verdict.basis is Basis.NONE and network.index.is_source(verdict.article)
    return [SOURCE_HERE if is_source else share_phrase(verdict), credit]


def _address(address: str | None) -> str | None:
    """Return an address of the web if it is one the format takes; with any other it would refuse the article."""
    found = web_address(address)
    return found if found and _PLAIN_HOST.match(found) else None


_PLAIN_HOST: Final = re.compile(r"https?://[\w.-]{1,253}(?::\d{1,5})?(?:[/?#]|\Z)", re.ASCII | re.IGNORECASE)


def _date(date: Timeframe) -> str:
    """Give a date without a zone, as its dates are: in UTC where the zone is known, as written where it is not."""
    exact = (date.latest - date.earliest).total_seconds() <= _MINUTE
    return f"{date.earliest.astimezone(UTC):%Y-%m-%dT%H:%M:%S}" if exact else iso_date(date)[:_TO_THE_SECOND]


_MINUTE: Final = 60
"""Seconds an instant may span whose zone is known."""

_TO_THE_SECOND: Final = len("2031-03-04T08:00:00")


def _article_id(node: Node) -> str:
    assert node.facts is not None  # it is an article
    return ftm_id("article", node.facts.id)


def _documentation(node: Node, outlet: str, role: str, **more: Sequence[str | None]) -> str:
    article, other = _article_id(node), ftm_id("outlet", outlet)
    identifier = ftm_id("documentation", role.partition(" ")[0], node.facts.id if node.facts else "", outlet)
    return _entity(identifier, "Documentation", {"document": [article], "entity": [other], "role": [role], **more})


def _note(node: Node) -> str:
    source = node.source
    assert source is not None  # it is an inferred text
    drawn = [ftm_id("article", each) for each in source.articles]
    why = "; ".join(source.why)
    return _entity(
        ftm_id("inference", source.id),
        "Note",
        {"name": [node.label], "entity": drawn, "description": [f"{node.label}: {why}" if why else node.label]},
    )


def _tie(edge: Edge) -> Iterator[str]:
    node, link = edge.downstream, edge.link
    if link is None:
        return  # the note of the inference names its articles
    more: dict[str, list[str | None]] = {
        "status": [edge.order and edge.order.value],
        "summary": [_summary(edge)],
    }
    if link.upstream is None:
        if link.upstream_outlet is not None:
            yield _documentation(node, link.upstream_outlet, "credited for a text that is not at hand", **more)
        return
    identifier = ftm_id("link", link.downstream, link.upstream)
    ends = {"subject": [_article_id(node)], "object": [_article_id(edge.upstream)]}
    role = f"{edge.relation}, order unknown" if edge.relation is Relation.SHARES else edge.relation.value
    yield _entity(identifier, "UnknownLink", {**ends, "role": [role], **more})


def _summary(edge: Edge) -> str:
    link = edge.link
    assert link is not None  # asked of links only
    share = f"share {percent(link.share)}; " if link.share is not None and edge.is_ordered else ""
    kinds = ", ".join(dict.fromkeys(each.kind for each in link.evidence))
    return f"{share}strength of evidence {strength_phrase(link.strength)}; evidence: {kinds}"


def _entity(identifier: str, schema: str, properties: _Properties) -> str:
    told = {name: [one_line(value) for value in values if value] for name, values in properties.items()}
    return json_line({"id": identifier, "schema": schema, "properties": {name: v for name, v in told.items() if v}})
