"""Scorecards of the outlets of the latest audit, from the store; nothing is computed on texts anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from provenance.errors import AmbiguousError, NotFoundError
from provenance.knowledge.hosts import host_of
from provenance.knowledge.names import name_key
from provenance.knowledge.ratings import rated_domains
from provenance.model import AuditFindings, Outlet, OutletId, Scorecard
from provenance.score.scorecards import scorecards
from provenance.store import ProvenanceStore

__all__ = ["OutletCards", "asked_card", "outlet_cards"]


@dataclass(frozen=True, slots=True)
class OutletCards:
    """The scorecards of an audit, by the outlet's name, with the findings they are made of."""

    findings: AuditFindings
    cards: tuple[Scorecard, ...]
    listing: str = "`provenance outlets`"
    """The command that lists them, on the store they are from."""


def outlet_cards(database: str) -> OutletCards:
    """Make the scorecard of every outlet that has an article in the latest finished audit.

    Args:
        database: path or URL of the store.

    Raises:
        StoreMissingError: there is no database.
        NotFoundError: no audit has finished yet.
    """
    with ProvenanceStore.open(database) as store:
        findings = store.findings()
        ratings = store.ratings(_rated(findings))
        return OutletCards(findings, scorecards(findings, ratings), store.command("outlets"))


def _rated(findings: AuditFindings) -> list[str]:
    """List the domains whose ratings concern an outlet with articles."""
    present = {facts.outlet for facts in findings.articles}
    domains = (domain for outlet in findings.outlets if outlet.id in present for domain in outlet.domains)
    return sorted({rated for domain in domains for rated in rated_domains(domain)})


def asked_card(found: OutletCards, asked: str) -> Scorecard:
    """Return the card of the outlet a person means.

    The first of these that fits any outlet decides: its id; a domain of it, or an address there; its name or another
    one it has; the beginning of a name; a part of one. Capitals, spaces and accents make no difference to names.

    Raises:
        NotFoundError: no outlet with articles in the audit goes by that.
        AmbiguousError: several do.
    """
    present = {card.outlet: card for card in found.cards}
    known = {outlet.id: outlet for outlet in found.findings.outlets}
    with_articles = [known.get(card.outlet, Outlet(card.outlet, card.outlet)) for card in found.cards]
    without = [outlet for outlet in found.findings.outlets if outlet.id not in present]
    exactly, roughly = _tests(asked)
    for outlets, tests in ((with_articles, exactly), (without, exactly), (with_articles, roughly), (without, roughly)):
        fitting = _fitting(outlets, tests)
        if fitting:
            return present[_the_one(asked, fitting, present, found.listing).id]
    raise NotFoundError(f"no outlet of the latest audit is called {asked}", hint=f"List them all with {found.listing}.")


def _the_one(asked: str, fitting: Sequence[Outlet], present: Mapping[OutletId, Scorecard], listing: str) -> Outlet:
    if fitting[0].id not in present:
        raise NotFoundError(
            f"{fitting[0].name} is named in the latest audit, but no article of its own is among those given",
            hint=f"List the outlets with articles with {listing}.",
        )
    if len(fitting) > 1:
        names = [f"{outlet.name} ({outlet.id})" for outlet in fitting]
        raise AmbiguousError(asked, "outlets", names, hint="Give the id, as it stands in brackets.")
    return fitting[0]


_Tests = Sequence[Callable[[Outlet], bool]]
"""Ways an outlet may be meant, the first that fits any outlet decides."""


def _tests(asked: str) -> tuple[_Tests, _Tests]:
    """Give the ways in which an outlet is meant exactly, and those in which it may be meant."""
    host, key = host_of(asked) if "." in asked else None, name_key(asked)
    exactly: list[Callable[[Outlet], bool]] = [
        lambda outlet: outlet.id == asked.casefold(),
        lambda outlet: host is not None and host in map(host_of, outlet.domains),
        lambda outlet: host is not None and _stands_at(outlet, host),
        lambda outlet: key in _keys(outlet),
    ]
    roughly: list[Callable[[Outlet], bool]] = [
        lambda outlet: bool(key) and any(name.startswith(key) for name in _keys(outlet)),
        lambda outlet: bool(key) and any(key in name for name in _keys(outlet)),
    ]
    return exactly, roughly


def _fitting(outlets: Sequence[Outlet], tests: _Tests) -> list[Outlet]:
    found = ([outlet for outlet in outlets if test(outlet)] for test in tests)
    return next((fitting for fitting in found if fitting), [])


def _stands_at(outlet: Outlet, host: str) -> bool:
    """Say whether a host lies under a domain of an outlet."""
    return any(each in map(host_of, outlet.domains) for each in rated_domains(host))


def _keys(outlet: Outlet) -> list[str]:
    return [name_key(name) for name in (outlet.name, *outlet.aliases)]
