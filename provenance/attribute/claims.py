"""One claim of a page's markup: what it states, and whether it speaks of the article it stands beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import re2

from provenance.attribute.identity import PageIdentity
from provenance.knowledge.hosts import host_of, is_bare_host, registrable_label, unwrapped
from provenance.knowledge.names import bare_words
from provenance.model import Article, Claim, Outlet

__all__ = ["ClaimedArticle", "Statement"]

_OTHER_OBJECTS = re2.compile(
    r"(?i)image|photo|video|audio|thumbnail|logo|comment|review|mentions|about|associatedmedia|haspart|itemlist|breadcrumb|"
    r"figure|figcaption|aside|footer|nav\b|related|teaser|claim|rating|potentialaction|event|product|offer|subjectof|workexample"
)
"""Objects and elements around a claim that make it speak of something else than the article's text."""
_PICTURES = re2.compile(r"(?i)image|photo|picture|video|audio|thumbnail|logo|media_")
"""Parts of the names of fields that tell where a picture or film is from."""
_PICTURE_CLASS = re2.compile(
    r"(?i)^<[^<>]*class=[\"'][^\"'<>]*\b(?:image|photo|picture|img|caption|figure)"
    r"[\w-]*(?:credit|copyright|source|caption|author)"
)
"""An element whose own class says that it is a picture's credit."""
_PICTURE_WORDS = re2.compile(r"(?i)\b(?:photos?|images?|pictures?|pics?|fotos?|bilder|bild|imágenes|imagen)\b")
"""Words by which a statement of rights speaks of pictures."""
_PLACEHOLDER = re2.compile(
    r"^(?:example\.(?:com|org|net)|(?:your-?)?(?:domain|site|website)\.(?:com|org)|localhost|127\..*|test\.com)$"
)
"""Hosts left in by whoever made the template (RFC 2606 and habit)."""
_COMPANY = re2.compile(
    r"(?i)\b(?:ltd|limited|llc|llp|inc|corp|corporation|plc|gmbh|ag|kg|se|s\.?a\.?|s\.?l\.?|s\.?r\.?l\.?|b\.?v\.?|ab|as|oy|"
    r"group|holdings?|media|publish(?:ers?|ing)|verlag|editorial|editora|company|co|networks?|communications?|staff|desk|"
    r"team|newsroom|admin|editors?|agenc(?:y|ies)|wires?|web|online|rss|feed|news service)\b"
)
"""Words of companies, which own the page as a rule, and of what is no outlet's name."""
_DESK = re2.compile(
    r"(?i) (?:(?:news|features?|press|wire) (?:service|network|desk|bureau|agency)|"
    r"(?:web|online) (?:desk|team)|bureau)$"
)
"""What papers call their own pool of reporters."""
_NAME = re2.compile(r"^[\p{L}\p{M}\p{N} .&'’-]+$")
_NAME_LENGTH = range(4, 61)  # code points; what is longer is a sentence
_BRAND_LENGTH = 6
"""Code points. A host that begins or ends with an outlet's name of this length is the outlet's
(sputnik-abkhazia.ru); shorter names begin too many others."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a claim states: a name, an address, or both."""

    name: str
    """Empty when only an address is stated."""
    address: str
    """Absolute, without what archives and caches wrap around it; empty when none is stated."""
    host: str | None
    by: str = ""
    """Who published the work the claim names, where it says so."""

    @classmethod
    def of(cls, claim: Claim) -> Statement:
        """Read a claim; a qualified code (``nprov:AFP``) is a name, a bare host an address."""
        value = claim.value.strip()
        extra = claim.extra
        given = (value, extra.get("url"), extra.get("mainEntityOfPage"), extra.get("sameAs"), extra.get("@id"))
        address = next((text for text in given if text and _is_address(text)), "")
        name = extra.get("name") or ("" if _is_address(value) else value)
        code = extra.get("qcode", "")
        if name in {"", code}:
            name = code.partition(":")[2] or name
        if not address and is_bare_host(name):
            name, address = "", f"https://{name}"
        return cls(name, unwrapped(address), host_of(address) if address else None, extra.get("publisher", ""))

    @property
    def is_page(self) -> bool:
        """Say whether the address leads to a page of a site rather than to the site."""
        parts = _split(self.address)
        return bool(parts[1] or parts[2])


class ClaimedArticle:
    """One article as its claims see it: which of them speak of it, and what it calls itself."""

    def __init__(self, article: Article, page: PageIdentity) -> None:
        self.article = article
        self.page = page

    def objection(self, claim: Claim, stated: Statement, *, anywhere: bool) -> str:
        """Say why a claim says nothing of the article's text; empty when it may."""
        if not anywhere and _OTHER_OBJECTS.search(claim.context):
            return f"speaks of something else ({claim.context})"
        credits_picture = claim.carrier in {"microdata", "rdfa"} and _PICTURE_CLASS.search(claim.element)
        if credits_picture or _PICTURES.search(claim.name) or (stated.name and _PICTURE_WORDS.search(stated.name)):
            return "speaks of pictures"
        if self._is_of_another(claim):
            return f"speaks of another article ({claim.extra['of']})"
        if stated.host is not None and _PLACEHOLDER.search(stated.host):
            return f"{stated.host} is a placeholder of a template"
        if claim.carrier == "data-layer" and len(self._layers[claim.name]) > 1:
            return "is said of several texts"
        return ""

    def _is_of_another(self, claim: Claim) -> bool:
        """Say whether the object a claim belongs to is another article than this page's, which has one of its own."""
        place = self._place(claim.extra.get("of", ""))
        here = self._place(self.article.url or "")
        return bool(place and here) and place != here and here in self._described

    @cached_property
    def _described(self) -> frozenset[str]:
        return frozenset(self._place(claim.extra.get("of", "")) for claim in self.article.claims)

    def _place(self, address: str) -> str:
        """Reduce an address to what tells one page of a site from another; empty when there is none."""
        if not address:
            return ""
        host, path, _ = _split(unwrapped(urljoin(self.article.url or "", address)))
        return f"{host_of(host) or ''}/{path.removesuffix('/amp').removesuffix('.amp')}" if host else ""

    @cached_property
    def _layers(self) -> dict[str, set[str]]:
        """Give what scripts say of a source, by property: lists of texts to read next say it of each."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.article.claims:
            if claim.carrier == "data-layer":
                found[claim.name].add(claim.value)
        return found

    @cached_property
    def is_settled(self) -> bool:
        """Whether a canonical link in the head leads to the page itself."""
        heads = (claim for claim in self.article.claims if claim.carrier == "canonical" and claim.context == "head")
        return any(self._is_here(claim.value) for claim in heads if claim.name == "canonical")

    def _is_here(self, address: str) -> bool:
        host = host_of(address) if _is_address(address) else self.page.host
        return host is not None and self.page.is_copy(host)

    @property
    def names_itself(self) -> bool:
        """Whether the page's record or markup names its outlet."""
        return self.article.outlet_name is not None and self.page.is_named(self.article.outlet_name)

    def bears_name(self, outlet: Outlet) -> bool:
        """Say whether the page's host is made of an outlet's name: an edition or a brand of it."""
        label = registrable_label(self.page.host)[0] if self.page.host else ""
        names = {"".join(bare_words(name)) for name in (outlet.name, *map(_label, outlet.domains))}
        parts = {"".join(bare_words(part)) for part in label.split("-")}
        whole = "".join(bare_words(label))
        return any(name in parts or (len(name) >= _BRAND_LENGTH and _is_edge(name, whole)) for name in names if name)

    def is_own_service(self, name: str) -> bool:
        """Say whether a name is that of the page's own desk: "Larch News Service" on pages of "The Valley Larch"."""
        desk = _DESK.search(name)
        words = bare_words(name[: desk.start()]) if desk is not None else ()
        own = bare_words(self.article.outlet_name or "") if self.names_itself else ()
        return bool(words) and set(words) <= set(own)

    def is_other_name(self, name: str) -> bool:
        """Say whether a name no file lists reads as an outlet's and shares no word with what the page calls itself."""
        own = f"{self.article.outlet_name or ''} {registrable_label(self.page.host)[0] if self.page.host else ''}"
        words = bare_words(name)
        if not self.names_itself or len(name) not in _NAME_LENGTH or len(words) == 1:  # one word may be anything
            return False
        if not _NAME.search(name) or _COMPANY.search(name):
            return False
        told = "".join(bare_words(own))
        return not any(word in told for word in words)

    def is_footnote(self, claim: Claim) -> bool:
        """Say whether a link proves a sentence: it stands in a line of words, or is one of several to several sites."""
        if claim.carrier != "link" or not claim.extra.get("start", "").isdecimal():
            return False
        start, end = int(claim.extra["start"]), int(claim.extra["end"])
        text = self.article.text
        first = text.rfind("\n", 0, start) + 1
        rest = [*text[first:start], "\n", *text[end:].partition("\n")[0]]
        for other in self._links_beside(claim, first, end):
            at, stop = int(other.extra["start"]), int(other.extra["end"])
            shift = first if stop <= start else first + (end - start) - 1
            rest[at - shift : stop - shift] = " " * (stop - at)
        return any(char.isalnum() for char in rest) or len(self._hosts_linked(claim)) > 1

    def _links_beside(self, claim: Claim, first: int, end: int) -> Iterator[Claim]:
        """Yield the other links of a claim's line that lead to the very same page: "Read more", then "Source"."""
        stop = end + len(self.article.text[end:].partition("\n")[0])
        for other in self._links():
            same = other is not claim and other.value == claim.value and other.extra.get("start", "").isdecimal()
            if same and first <= int(other.extra["start"]) and int(other.extra["end"]) <= stop:
                yield other

    def _hosts_linked(self, claim: Claim) -> set[str | None]:
        word = claim.extra.get("text", "").casefold()
        return {host_of(other.value) for other in self._links() if other.extra.get("text", "").casefold() == word}

    def _links(self) -> Iterator[Claim]:
        return (claim for claim in self.article.claims if claim.carrier == "link")


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://", "//"))


def _is_edge(name: str, whole: str) -> bool:
    return whole.startswith(name) or whole.endswith(name)


def _label(domain: str) -> str:
    return registrable_label(domain)[0]


def _split(address: str) -> tuple[str, str, str]:
    """Return host, path without slashes at its ends, and query; all empty for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:  # an address from a page may be any text
        return "", "", ""
    return parts.netloc, parts.path.strip("/"), parts.query
