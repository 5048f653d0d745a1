"""Addresses reduced to the host that published: archives and caches unwrapped, mobile and staging hosts folded."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qs, unquote, urlsplit

from provenance.knowledge.suffixes import registered

__all__ = ["has_public_suffix", "host_of", "is_bare_host", "registrable_label", "unwrapped"]

_MAX_WRAPPERS = 4
"""How many wrappers are taken off one address: an archived copy of a cached page has two."""

_SERVICE_LABELS = frozenset(
    [
        "www",
        "www1",
        "www2",
        "www3",
        "ww2",
        "m",
        "mobile",
        "mobil",
        "amp",
        "wap",
        "touch",
        "staging",
        "stage",
        "stg",
        "dev",
        "test",
        "preview",
        "beta",
        "origin",
        "cdn",
        "static",
        "cms",
        "wp",
        "qa",
        "uat",
        "preprod",
        "prod",
        "lite",
    ]
)
"""Leading labels that name a copy of the site, not another outlet."""

_MAX_HOST = 253  # RFC 1035
_EMBEDDED = re.compile(r"(?:https?:/{1,2}|www\.)[^\s]+", re.IGNORECASE)
_ARCHIVES = frozenset(
    [
        "web.archive.org",
        "archive.org",
        "wayback.archive.org",
        "archive.ph",
        "archive.is",
        "archive.today",
        "archive.li",
        "archive.md",
        "archive.vn",
        "archive.fo",
        "webcitation.org",
        "web.archive.org.au",
        "arquivo.pt",
        "perma.cc",
        "webcache.googleusercontent.com",
        "megalodon.jp",
        "ghostarchive.org",
    ]
)
_REDIRECT_FIELDS = ("u", "url", "q", "target", "to")
_REDIRECTORS = frozenset(
    ["l.facebook.com", "lm.facebook.com", "google.com", "news.google.com", "vk.com", "out.reddit.com"]
)


def host_of(address: str) -> str | None:
    """Return the publishing host of an address or bare host, in Unicode and folded; ``None`` when there is none.

    >>> host_of("https://web.archive.org/web/2025/https://m.Example.com/x")
    'example.com'
    """
    if not address or len(address) > _MAX_ADDRESS:
        return None
    if _PLAIN_HOST.fullmatch(address) and len(address) <= _MAX_HOST:
        return address  # most listed domains: nothing to unwrap or fold
    return _folded(_raw_host(unwrapped(address)))


_PLAIN_HOST = re.compile(
    rf"(?!(?:{'|'.join(sorted(_SERVICE_LABELS))})\.|[a-z0-9.-]*(?:xn--|\.translate\.goog$))[a-z0-9-]+(?:\.[a-z0-9-]+)+"
)
_MAX_ADDRESS = 4096
"""Code points; longer addresses are data, not places."""


def unwrapped(address: str) -> str:
    """Return the address that archives, AMP caches, translators and redirectors wrap; itself when nothing does."""
    for _ in range(_MAX_WRAPPERS):
        inner = _inner(address)
        if inner is None:
            return address
        address = inner
    return address


def _inner(address: str) -> str | None:
    host = _raw_host(address).removeprefix("www.")
    parts = _split(address)
    if host in _ARCHIVES:
        return _embedded(parts.path + ("?" + parts.query if parts.query else ""))
    if host.endswith("cdn.ampproject.org"):
        return _after(parts.path, ("/c/s/", "/v/s/", "/i/s/", "/c/", "/v/"))
    if host.startswith("google.") and parts.path.startswith("/amp/"):
        return _after(parts.path, ("/amp/s/", "/amp/"))
    if host.endswith(".translate.goog"):
        return host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
    if host in _REDIRECTORS:
        return _redirected(parts.query)
    return None


def _embedded(path: str) -> str | None:
    found = _EMBEDDED.search(unquote(path))
    if found is None:
        return None
    return re.sub(r"^(https?:)/{1,2}", r"\1//", found.group())


def _after(path: str, prefixes: tuple[str, ...]) -> str | None:
    return next((path[len(prefix) :] for prefix in prefixes if path.startswith(prefix)), None)


def _redirected(query: str) -> str | None:
    fields = parse_qs(query)
    values = (fields[name][0] for name in _REDIRECT_FIELDS if name in fields)
    return next((value for value in values if value.startswith(("http://", "https://"))), None)


def _split(address: str) -> _Parts:
    text = address.strip()
    if "//" not in text[:12]:
        text = "//" + text
    try:
        parts = urlsplit(text)
        return _Parts(parts.hostname or "", parts.path, parts.query)
    except ValueError:  # an address from a page may be any text
        return _Parts("", "", "")


class _Parts:
    """Host, path and query of an address; empty strings where it has none."""

    __slots__ = ("host", "path", "query")

    def __init__(self, host: str, path: str, query: str) -> None:
        self.host = host
        self.path = path
        self.query = query


def _raw_host(address: str) -> str:
    host = _split(address).host.rstrip(".").lower()
    return host if "." in host and len(host) <= _MAX_HOST and " " not in host else ""


def _folded(host: str) -> str | None:
    labels = [_unicode_label(label) for label in host.split(".")]
    while len(labels) > 2 and labels[0] in _SERVICE_LABELS:  # noqa: PLR2004  a name and its suffix stay
        labels = labels[1:]
    return ".".join(labels) if host and all(labels) else None


def _unicode_label(label: str) -> str:
    if label.startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return label
    return unicodedata.normalize("NFC", label).casefold()


def registrable_label(host: str) -> tuple[str, str]:
    """Return the label an owner registered and the public suffix after it (``("bbc", "co.uk")``).

    A host under a suffix nobody lists (``.example``) keeps its last label as the suffix.
    """
    found = registered(host)
    if found is not None:
        return found
    labels = host.split(".")
    return (labels[-2], labels[-1]) if len(labels) > 1 else (host, "")


def has_public_suffix(host: str) -> bool:
    """Say whether a host ends in a listed public suffix, which tells ``example.com`` from ``end.Start``."""
    return registered(host) is not None


def is_bare_host(name: str) -> bool:
    """Say whether a name is the address of a site and nothing else, as in a record whose outlet is "example.com"."""
    if "." not in name.strip(".") or any(char in name for char in " /,@:"):
        return False
    host = host_of(name)
    return host is not None and name == name.lower() and has_public_suffix(host)
