"""Companies that publish several outlets: what their names and hosts mean, and that sisters stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.knowledge import load
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Outlet, OutletId, OutletKind


@pytest.fixture(scope="module")
def shipped() -> OutletGraph:
    return load().outlets


LARCH = Outlet(
    OutletId("larch"), "The Larch", OutletKind.NEWSPAPER, ("larch.news",), owner=OutletId("wood"), source="x"
)
ALDER = Outlet(
    OutletId("alder"), "Alder Post", OutletKind.NEWSPAPER, ("alder.news",), owner=OutletId("wood"), source="x"
)
SUNDAY = Outlet(OutletId("sunday"), "Sunday Larch", OutletKind.NEWSPAPER, owner=LARCH.id, source="x")
WOOD = Outlet(
    OutletId("wood"), "Wood Media", OutletKind.OWNER, ("wood-cdn.news",), ("The Larch Network",), OutletId("hill"), "x"
)
HILL = Outlet(OutletId("hill"), "Hill Holdings", OutletKind.OWNER, source="x")
GRAPH = OutletGraph.of([LARCH, ALDER, SUNDAY, WOOD, HILL])


def test_sisters_are_two_outlets() -> None:
    assert not GRAPH.same(LARCH.id, ALDER.id)


def test_a_company_is_not_its_outlet() -> None:
    assert not GRAPH.same(LARCH.id, WOOD.id)


def test_a_brand_of_an_outlet_is_that_outlet_and_no_sister_of_it() -> None:
    assert GRAPH.same(SUNDAY.id, LARCH.id)
    assert not GRAPH.same(SUNDAY.id, ALDER.id)


def test_owners_are_listed_from_the_nearest_up() -> None:
    assert [owner.id for owner in GRAPH.owners(SUNDAY)] == ["larch", "wood", "hill"]


def test_owners_who_own_each_other_end() -> None:
    one = Outlet(OutletId("a"), "Aspen", OutletKind.OWNER, owner=OutletId("b"), source="x")
    other = Outlet(OutletId("b"), "Birch", OutletKind.OWNER, owner=OutletId("a"), source="x")
    assert [owner.id for owner in OutletGraph.of([one, other]).owners(one)] == ["b", "a"]


@pytest.mark.parametrize("text", ["Wood Media said so.", "A report by The Larch Network was cited."])
def test_the_name_of_a_company_in_running_text_is_no_outlet_and_hides_the_one_it_contains(text: str) -> None:
    assert list(GRAPH.mentions(text)) == []


@pytest.mark.parametrize("written", ["Wood Media", "Wood Media, Inc.", "WOOD MEDIA LLC", "the larch network"])
def test_a_company_is_known_under_any_legal_form(written: str) -> None:
    found = GRAPH.owner_named(written.title() if written.islower() else written)
    assert found is WOOD


def test_an_outlet_keeps_the_name_it_shares_with_a_company() -> None:
    known = OutletGraph.of([LARCH, Outlet(OutletId("group"), "The Larch", OutletKind.OWNER, source="x")])
    assert known.owner_named("The Larch") is None
    assert known.identify(name="The Larch") is LARCH


def test_a_company_is_found_by_its_hosts_and_its_name() -> None:
    assert GRAPH.identify(domain="static.wood-cdn.news") is WOOD
    assert GRAPH.identify(name="Wood Media") is WOOD


def test_an_unlisted_page_whose_publisher_is_a_company_is_an_outlet_of_that_company() -> None:
    found = GRAPH.identify(name="Wood Media", domain="elm-herald.news")
    assert (found.id, found.name, found.owner) == ("elmherald", "elm-herald.news", WOOD.id)


def test_every_owner_named_in_the_shipped_files_is_listed(shipped: OutletGraph) -> None:
    assert [str(o.id) for o in shipped.outlets if o.owner is not None and shipped.get(o.owner) is None] == []


def test_shipped_companies_share_no_name_with_an_outlet_listed(shipped: OutletGraph) -> None:
    companies = [outlet for outlet in shipped.outlets if outlet.kind is OutletKind.OWNER]
    names = [name for company in companies for name in (company.name, *company.aliases)]
    shared = [name for name in names if shipped.owner_named(name) is None]
    assert shared == []


def test_a_users_file_gives_owners_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[outlet]]\nid = "wood"\nname = "Wood Media"\nkind = "owner"\nsource = "me"\n'
        '[[outlet]]\nid = "larch"\nname = "The Larch"\nowner = "wood"\nsource = "me"\n'
        '[[outlet]]\nid = "freep"\nname = "Detroit Free Press"\ndomains = ["freep.com"]\nowner = "wood"\nsource = "me"\n',
        "utf-8",
    )
    known = load(file).outlets
    assert [owner.id for owner in known.owners(known.by_domain("freep.com"))] == ["wood"]
    assert not known.same(OutletId("freep"), OutletId("larch"))
