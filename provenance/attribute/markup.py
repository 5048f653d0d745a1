"""What the markup of a page says about its source: claims read against the rules of their carriers.

Most structured signals on real pages name the page itself, so a claim counts only when it leads to another outlet: an
address on another site, or a listed name that is not the page's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from provenance.attribute.identity import PageIdentity
from provenance.attribute.kinds import adapted_kind
from provenance.knowledge.hosts import host_of
from provenance.knowledge.outlets import OutletGraph
from provenance.model import (
    PROVENANCE_KINDS,
    Article,
    Attribution,
    AttributionKind,
    Claim,
    Extent,
    Outlet,
    OutletKind,
    Rejection,
    Rule,
)

__all__ = ["MarkupReading", "MarkupRule"]

_NEVER_UPSTREAM = frozenset({OutletKind.PLATFORM, OutletKind.PICTURE_AGENCY, OutletKind.ARCHIVE})
"""Kinds nobody takes an article's text from; their addresses in markup are profiles, pictures and copies."""
_OTHER_OBJECTS = re2.compile(
    r"(?i)image|photo|video|audio|thumbnail|logo|comment|review|mentions|about|associatedmedia|haspart|itemlist|breadcrumb|"
    r"figure|figcaption|aside|footer|nav\b|related|teaser|claim|rating|potentialaction|event|product|offer|subjectof|workexample"
)
"""Objects and elements around a claim that make it speak of something else than the article's text."""


_PLACEHOLDER = re2.compile(
    r"^(?:example\.(?:com|org|net)|(?:your-?)?(?:domain|site|website)\.(?:com|org)|localhost|127\..*|test\.com)$"
)
"""Hosts left in by whoever made the template (RFC 2606 and habit)."""


@dataclass(frozen=True)
class MarkupRule:
    """One rule over claims: which carrier and property, and what the value must be."""

    rule: Rule

    @cached_property
    def carriers(self) -> frozenset[str]:
        """The markup families it reads."""
        return frozenset(self.rule.options["carrier"].split())

    @cached_property
    def name(self) -> Any:  # noqa: ANN401  re2 ships no types
        """The property it reads, as a pattern over the whole name."""
        return re2.compile(f"(?i)(?:{self.rule.options.get('name', '.*')})")

    @cached_property
    def value(self) -> Any:  # noqa: ANN401
        """What the value must look like."""
        return re2.compile(self.rule.pattern or "")

    @cached_property
    def context(self) -> Any:  # noqa: ANN401
        """Where the claim must stand."""
        return re2.compile(f"(?i){self.rule.options.get('context', '')}")

    @cached_property
    def label(self) -> Any:  # noqa: ANN401
        """What the text of a link must be."""
        return re2.compile(self.rule.options.get("label", ""))

    def reads(self, claim: Claim) -> bool:
        """Say whether a claim is of this rule's kind."""
        return (
            claim.carrier in self.carriers
            and self.name.fullmatch(claim.name) is not None
            and self.value.search(claim.value) is not None
            and self.context.search(claim.context) is not None
            and self.label.search(claim.extra.get("text", "")) is not None
        )


class MarkupReading:
    """One pass over the claims of one article."""

    def __init__(self, rules: Iterable[MarkupRule], outlets: OutletGraph, page: PageIdentity) -> None:
        self.rules = tuple(rules)
        self.outlets = outlets
        self.page = page
        self.rejections: list[Rejection] = []

    def read(self, article: Article) -> Iterator[Attribution]:
        """Yield the attributions of a page's markup, in the order of its claims; keep why others were not taken."""
        for claim in article.claims:
            rule = next((rule for rule in self.rules if rule.reads(claim)), None)
            if rule is None:
                continue
            found = self._attribution(rule.rule, claim)
            if isinstance(found, str):
                self.rejections.append(Rejection(rule.rule.id, claim.element, found))
            else:
                yield found

    def _attribution(self, rule: Rule, claim: Claim) -> Attribution | str:
        if _OTHER_OBJECTS.search(claim.context) and rule.options.get("anywhere") != "True":
            return f"speaks of something else ({claim.context})"
        name, address = _stated(claim)
        host = host_of(address) if address else None
        if host is not None and _PLACEHOLDER.search(host):
            return f"{host} is a placeholder of a template"
        outlet = self._outlet(rule, name, host, address)
        if outlet is None:
            return "names no listed outlet and no address"
        kind, extent = adapted_kind(AttributionKind(rule.kind), Extent(rule.options.get("extent", "full")), outlet)
        own = kind in PROVENANCE_KINDS and self.page.is_own(outlet, host, self.outlets)
        if own or (host is not None and self.page.is_copy(host)):
            kind = AttributionKind.SELF
        elif outlet.kind in _NEVER_UPSTREAM:
            return f"{outlet.name} is no source of text"
        if rule.options.get("needs") == "agency" and outlet.kind is not OutletKind.AGENCY:
            return f"{outlet.name} is no agency"
        return Attribution(
            kind=kind,
            text=claim.value,
            rule=rule.id,
            element=claim.element,
            credited=outlet.name,
            domain=host or next(iter(outlet.domains), None),
            outlet=outlet.id,
            extent=extent if kind in PROVENANCE_KINDS else Extent.UNKNOWN,
        )

    def _outlet(self, rule: Rule, name: str | None, host: str | None, address: str | None) -> Outlet | None:
        if host is not None and (address or "").startswith(("http://", "https://", "//")):
            listed = self.outlets.by_name(name) if name else None
            return self.outlets.by_domain(address or host) or listed or self.outlets.identify(domain=address)
        if name is None or rule.options.get("needs") == "address":
            return None
        return self.outlets.by_name(name) or self.page.named(name) or self._among(name)

    def _among(self, name: str) -> Outlet | None:
        """Return the listed outlet a longer statement begins with or names alone ("© 2025 AFP. All rights")."""
        found = [mention.outlet for mention in self.outlets.mentions(name)]
        return found[0] if found and len({outlet.id for outlet in found}) == 1 else None


def _stated(claim: Claim) -> tuple[str | None, str | None]:
    """Return the name and the address a claim states; a qualified code (``nprov:AFP``) is a name."""
    value = claim.value.strip()
    is_address = value.startswith(("http://", "https://", "//"))
    address = value if is_address else claim.extra.get("url") or claim.extra.get("sameAs")
    name = claim.extra.get("name") or (None if is_address else value)
    if name is None and "qcode" in claim.extra:
        name = claim.extra["qcode"]
    if name and name == claim.extra.get("qcode"):
        name = name.partition(":")[2] or name
    return name, address
