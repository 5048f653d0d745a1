"""Is it me? Which outlet a page belongs to, and whether a credit names that outlet or the company that publishes it."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.knowledge.hosts import host_of, is_bare_host, registrable_label
from provenance.knowledge.names import bare_words, identity_key, name_key
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Article, Outlet, OutletId, OutletKind

__all__ = ["PageIdentity"]

SHARED_KEY = 6
"""Code points. A credit whose name and the page's domain share a key at least this long is the page itself."""


_HOSTING = (
    *(
        ".vercel.app",
        ".netlify.app",
        ".herokuapp.com",
        ".azurewebsites.net",
        ".wpengine.com",
        ".pantheonsite.io",
        ".pages.dev",
    ),
    *(
        ".web.app",
        ".firebaseapp.com",
        ".kinsta.cloud",
        ".wpcomstaging.com",
        ".cloudfront.net",
        ".amazonaws.com",
        ".fly.dev",
    ),
    *(".cloudways.com", ".ngrok.io", ".onrender.com", ".azureedge.net", ".local", ".internal", ".myftpupload.com"),
)
"""Where sites are hosted and tried out; a canonical link that leads there was left in by mistake."""


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """The outlet of one page: from its address, else from the name its record or markup gives. Never the canonical."""

    outlet: Outlet | None
    host: str | None
    keys: frozenset[str]
    owners: frozenset[OutletId] = frozenset()
    """The companies the page belongs to: those its outlet is listed under, and the one its record or markup names."""

    @classmethod
    def of(cls, article: Article, outlets: OutletGraph) -> PageIdentity:
        """Read the identity of a page; ``outlet`` is ``None`` when nothing tells.

        A name beside an address counts unless both are listed as different outlets: portals leave their suppliers'
        names in the markup.
        """
        name = article.outlet_name or None
        address = article.url or (name if name and is_bare_host(name) else None)
        host = host_of(address) if address else None
        company = outlets.owner_named(name) if name else None
        if host and name and (company is not None or _belongs_to_another(name, host, outlets)):
            name = None
        outlet = outlets.identify(name=name, domain=host) if host or name else None
        texts = (name, host and registrable_label(host)[0], outlet and outlet.name)
        keys = frozenset(key for text in texts if text for key in _keys(text))
        above = [*outlets.owners(outlet), *([company, *outlets.owners(company)] if company else [])]
        return cls(outlet, host, keys, frozenset(item.id for item in above if item.kind is OutletKind.OWNER))

    @property
    def is_located(self) -> bool:
        """Whether it is known where the page stood: by its address, or as an outlet whose addresses are listed."""
        return self.outlet is not None and (self.host is not None or bool(self.outlet.domains))

    def is_own(self, credited: Outlet, domain: str | None, outlets: OutletGraph) -> bool:
        """Say whether a credited outlet is the page's own, under any of its names, domains or brands, or its owner."""
        if self.outlet is None:
            return False
        if credited.id in self.owners or outlets.same(credited.id, self.outlet.id):
            return True
        host = host_of(domain) if domain else None
        if host is not None and (self._is_host(host) if self.host is None else _same_site(host, self.host)):
            return True
        return not self.keys.isdisjoint(_keys(credited.name))

    def _is_host(self, host: str) -> bool:
        """Hold an address against a page known by name only: "Quayside Today" and quaysidetoday.example."""
        label, suffix = registrable_label(host)
        return not self.keys.isdisjoint(_keys(label) | _keys(label + suffix))

    def is_copy(self, host: str) -> bool:
        """Say whether a host is a staging, hosted or sister copy of the page's own site."""
        if self.host is None:
            return self._is_host(host)
        if host.endswith(_HOSTING):
            return True
        label = registrable_label(self.host)[0]
        other = registrable_label(host)[0]
        return label == other or (len(label) >= SHARED_KEY and label in host.replace("www.", ""))

    def is_named(self, name: str) -> bool:
        """Say whether a name is the page's own."""
        return not self.keys.isdisjoint(_keys(name))

    def named(self, name: str) -> Outlet | None:
        """Return the page's own outlet when a statement names it, alone or with a date or issue after it."""
        if self.outlet is None:
            return None
        key = name_key(name)
        return self.outlet if any(key.startswith(own) for own in self.keys if len(own) >= SHARED_KEY - 1) else None


def _keys(text: str) -> frozenset[str]:
    return frozenset({name_key(text), identity_key(text), "".join(bare_words(text))}) - {""}


def _belongs_to_another(name: str, host: str, outlets: OutletGraph) -> bool:
    here, named = outlets.by_domain(host), outlets.by_name(name)
    return here is not None and named is not None and not outlets.same(here.id, named.id)


def _same_site(one: str, other: str) -> bool:
    return registrable_label(one) == registrable_label(other)
