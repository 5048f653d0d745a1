"""Which imported ratings concern an outlet: those of its domains, or of the domain above one of them.

A list rates domains, an outlet publishes at hosts. A host takes the rating of itself or else of the nearest domain
above it, down to the one that was registered: what is said of ``bbc.co.uk`` is said of ``news.bbc.co.uk`` too, unless
the list rates that host as well. Never the other way about: a rating of ``blogs.example.com`` says nothing of
``example.com``.

Hosts are compared as everywhere else: without ``www.`` and mobile labels, in Unicode and folded
(:func:`~provenance.knowledge.hosts.host_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from provenance.knowledge.hosts import host_of, registrable_label
from provenance.model import Rating

__all__ = ["RatingIndex", "rated_domains"]


def rated_domains(domain: str) -> tuple[str, ...]:
    """Return the domains whose rating concerns a host, the nearest first; empty where it is no address.

    >>> rated_domains("https://news.bbc.co.uk")
    ('news.bbc.co.uk', 'bbc.co.uk')
    """
    host = host_of(domain)
    if host is None:
        return ()
    label, suffix = registrable_label(host)
    above = host.removesuffix(f"{label}.{suffix}").count(".") if suffix else 0
    labels = host.split(".")
    return tuple(".".join(labels[start:]) for start in range(above + 1))


@dataclass(frozen=True, slots=True)
class RatingIndex:
    """Ratings by the domain they are of. Build it with :meth:`of`."""

    _by_domain: Mapping[str, tuple[Rating, ...]]

    @classmethod
    def of(cls, ratings: Iterable[Rating]) -> RatingIndex:
        """Index ratings; their domains are hosts as :func:`~provenance.knowledge.hosts.host_of` gives them."""
        found: defaultdict[str, list[Rating]] = defaultdict(list)
        for rating in ratings:
            found[rating.domain].append(rating)
        return cls({domain: tuple(each) for domain, each in found.items()})

    def of_domains(self, domains: Iterable[str]) -> tuple[Rating, ...]:
        """Return what each list says of some domains, nearest domain first, sorted by list, date and domain."""
        found = {rating for domain in domains for rating in self._of_domain(domain)}
        return tuple(sorted(found, key=lambda each: (each.list_name, each.list_date, each.domain)))

    def _of_domain(self, domain: str) -> Iterator[Rating]:
        told: set[tuple[str, str]] = set()
        for near in rated_domains(domain):
            rated = [r for r in self._by_domain.get(near, ()) if (r.list_name, r.list_date) not in told]
            told |= {(each.list_name, each.list_date) for each in rated}
            yield from rated
