"""The outlet identity graph: which names, scripts, domains and hosts are one publisher.

Entries come from TOML or JSON files of the form::

    [[outlet]]
    id = "afp"
    name = "AFP"
    kind = "agency"
    domains = ["afp.com"]
    aliases = ["Agence France-Presse", "فرانس برس"]
    owner = ""
    source = "Imprint of afp.com"

``owner`` is the id of another entry. If that is an outlet, the two are one publisher: a brand crediting its parent, or
the parent its brand, credits itself. If it is a company (``kind = "owner"``), its outlets stay apart: a paper that
carries a sister's article carries another outlet's. A company is nobody's upstream. Its names are never looked for in
running text (there they only hide the outlets whose names they contain: "USA TODAY" in "USA TODAY Network"); in a legal
line, a claim of the markup or a credit line they mean the page itself, if one of its outlets publishes there.

Names that are also common words ("Time", "Nation") are not looked for in running text: they count only where a credit
line has already said that a name stands there (``data/common_names.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from provenance.knowledge.homonyms import Homonyms
from provenance.knowledge.hosts import host_of, is_bare_host, registrable_label
from provenance.knowledge.mentions import Mention, NameScanner
from provenance.knowledge.name_index import Listed, NameIndex
from provenance.knowledge.names import identity_key, is_inflected, name_key, written_as_name
from provenance.model import Outlet, OutletId, OutletKind

__all__ = ["Mention", "OutletGraph"]

SISTER_LABEL = 10
"""Code points. Two domains that differ only in their suffix are one brand when the label is at least this long
(businessinsider.com, .de); shorter labels (independent.co.uk, .ie) are often two papers. General newsroom knowledge."""


@dataclass(frozen=True, slots=True)
class OutletGraph:
    """Outlets with their indexes. Build it with :meth:`of`; it never changes."""

    outlets: tuple[Outlet, ...]
    _ids: Mapping[str, Outlet] = field(repr=False)
    _hosts: Mapping[str, Outlet] = field(repr=False)
    _labels: Mapping[str, str] = field(repr=False)
    """Hosts by their long labels; which label of a host its owner registered is looked up when asked."""
    _names: NameIndex = field(repr=False)
    _companies: NameIndex = field(repr=False)
    _scanner: NameScanner = field(repr=False)
    _homonyms: Homonyms = field(repr=False)

    @classmethod
    def of(
        cls, outlets: Iterable[Outlet], *, common_names: frozenset[str] = frozenset(), homonyms: Homonyms | None = None
    ) -> OutletGraph:
        """Index outlets. Of two with one id the later replaces the earlier; of two with one name the earlier keeps it.

        ``common_names`` are never looked for in running text, ``homonyms`` not where the text means something else.
        """
        by_id = {str(outlet.id): outlet for outlet in outlets}
        known = tuple(by_id.values())
        hosts = {host: o for o in known for domain in o.domains if (host := host_of(domain)) is not None}
        labels = {label: host for host in hosts for label in host.split(".")[:-1] if len(label) >= SISTER_LABEL}
        named = tuple((name, o) for o in known if o.kind is not OutletKind.OWNER for name in _names_of(o))
        owning = tuple((name, o) for o in known if o.kind is OutletKind.OWNER for name in _names_of(o))
        scanner = NameScanner.of((name, o) for name, o in (*named, *owning) if name not in common_names)
        return cls(known, by_id, hosts, labels, NameIndex(named), NameIndex(owning), scanner, homonyms or Homonyms())

    def get(self, outlet_id: str) -> Outlet | None:
        """Return the outlet with this id; ``None`` when no file lists it."""
        return self._ids.get(outlet_id)

    def by_domain(self, host_or_url: str) -> Outlet | None:
        """Return the listed outlet that publishes at an address, through archives, caches, mobile and sister hosts."""
        host = host_of(host_or_url)
        if host is None:
            return None
        labels = host.split(".")
        for start in range(len(labels) - 1):
            found = self._hosts.get(".".join(labels[start:]))
            if found is not None:
                return found
        label = registrable_label(host)[0]
        sister = self._labels.get(label)
        return self._hosts[sister] if sister is not None and registrable_label(sister)[0] == label else None

    def by_name(self, name: str) -> Outlet | None:
        """Return the listed outlet of this name in any script; ``None`` for an unknown or ambiguously written one."""
        name = name.strip(" \t\"'“”‘’«»„()[]")
        return _written(name, self._names.called(name_key(name))) or _written(name, self._names.called_barely(name))

    def at_home(self, outlet: Outlet, name: str, language: str | None) -> Outlet:
        """Return whom a name found for ``outlet`` means on pages in a language (ISO 639-1, ``None`` if not known)."""
        other = self._homonyms.at_home(name, language) if language is not None else None
        return self._ids.get(other, outlet) if other is not None else outlet

    def owner_named(self, name: str) -> Outlet | None:
        """Return the company of this name, whatever its legal form; ``None`` when an outlet has the name or nobody.

        A full name wins over a shorter one: "Nikkei Inc." is the company, "Nikkei" the paper.
        """
        name = name.strip(" \t\"'“”‘’«»„()[].,;")
        companies = self._companies.called_barely(name)
        key = name_key(name)
        full = tuple(pair for pair in companies if not self._names.called(key) and name_key(pair[0]) == key)
        return _written(name, full) or (None if self.by_name(name) else _written(name, companies))

    def by_inflected_name(self, name: str) -> Outlet | None:
        """Return the one listed outlet of which ``name`` is a grammatical case; ``None`` when there is none or two."""
        found = {o.id: o for form, o in self._names.inflected(name) if is_inflected(name, form)}
        return next(iter(found.values())) if len(found) == 1 else None

    def identify(self, name: str | None = None, domain: str | None = None) -> Outlet:
        """Return the outlet behind a name or domain; an unlisted one becomes an outlet of its own.

        Raises:
            ValueError: neither a name nor a domain was given.
        """
        if not name and not domain:
            raise ValueError("an outlet needs a name or a domain")
        if name and not domain and is_bare_host(name):
            name, domain = None, name
        found = (self.by_domain(domain) if domain else None) or (self.by_name(name) if name else None)
        if found is not None:
            return found
        host = host_of(domain) if domain else None
        owner = self.owner_named(name) if name else None
        if host is not None:
            called = name if name and owner is None else host
            return Outlet(OutletId(self._unlisted_id(host)), called, domains=(host,), owner=owner.id if owner else None)
        if owner is not None:
            return owner
        named = name or domain or ""
        key = identity_key(named) or "unnamed"
        return Outlet(OutletId(f"{key}-unlisted" if key in self._ids else key), named)

    def _unlisted_id(self, host: str) -> str:
        """Make the id of a domain nobody lists the same as that of the name it spells."""
        label, suffix = registrable_label(host)
        key = identity_key(label) or label
        return f"{key}-{suffix.replace('.', '-')}" if key in self._ids else key

    def same(self, one: OutletId, other: OutletId) -> bool:
        """Say whether two ids are one publisher: equal, or one is a listed brand of the other. Sisters are two."""
        if one == other:
            return True
        first, second = self._ids.get(one), self._ids.get(other)
        above = [*self.owners(first), *self.owners(second)]
        return any(outlet.id in {one, other} and outlet.kind is not OutletKind.OWNER for outlet in above)

    def owners(self, outlet: Outlet | None) -> tuple[Outlet, ...]:
        """Return the listed owners of an outlet, the nearest first; empty when nobody is listed as one."""
        found: dict[OutletId, Outlet] = {}
        while outlet is not None and outlet.owner is not None and outlet.owner not in found:
            outlet = self._ids.get(outlet.owner)
            if outlet is not None:
                found[outlet.id] = outlet
        return tuple(found.values())

    def mistaken(self, text: str, address: str | None = None) -> frozenset[str]:
        """Return the short names that are no agency's in a text, since it uses or spells them out otherwise.

        ``address`` is the page's, where it is known: what is a state in one country is an agency in another.
        """
        pairs = self._homonyms.mistaken(text, (host_of(address) if address else None) or "")
        return frozenset(short for short, words in pairs if not words or not self._spells(short, words))

    def _spells(self, short: str, words: str) -> bool:
        outlet, spelled = self.by_name(short), self._names.called(name_key(words))
        return outlet is None or any(other.id == outlet.id for _, other in spelled)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Find listed names of outlets in running text, leftmost and longest first, without overlap."""
        return (found for found in self._scanner.mentions(text) if found.outlet.kind is not OutletKind.OWNER)


def _names_of(outlet: Outlet) -> Iterator[str]:
    yield from (outlet.name, *outlet.aliases)


def _written(name: str, listed: Listed) -> Outlet | None:
    return next((outlet for form, outlet in listed if written_as_name(name, form)), None)
