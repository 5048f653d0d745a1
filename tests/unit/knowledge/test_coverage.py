"""What the shipped outlets cover, measured on the hand-written gold and by country, not counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from provenance.knowledge import load
from provenance.knowledge.outlets import OutletGraph
from provenance.model import OutletKind

GOLD = Path(__file__).parents[3] / "fixtures" / "gold"


@pytest.fixture(scope="module")
def shipped() -> OutletGraph:
    return load().outlets


def gold_outlets() -> dict[str, dict[str, object]]:
    return json.loads((GOLD / "outlets.json").read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("field", ["domains", "aliases"])
def test_nearly_every_domain_and_alias_of_the_gold_leads_to_one_outlet(shipped: OutletGraph, field: str) -> None:
    lookup = shipped.by_domain if field == "domains" else shipped.by_name
    missed, split, known = [], [], 0
    for entry in gold_outlets().values():
        home = shipped.by_name(str(entry["name"]))
        for written in entry[field]:  # type: ignore[attr-defined]
            found = lookup(written)
            known += found is not None
            missed += [written] if found is None else []
            split += [written] if found is not None and home is not None and not shipped.same(home.id, found.id) else []
    assert known >= 0.97 * (known + len(missed)), missed
    assert len(split) <= 0.02 * known, split


def test_nearly_every_agency_of_the_gold_is_listed_as_one(shipped: OutletGraph) -> None:
    agencies = [str(entry["name"]) for entry in gold_outlets().values() if entry["type"] == "agency"]
    found = [shipped.by_name(name) for name in agencies]
    listed = [outlet for outlet in found if outlet is not None and outlet.kind is OutletKind.AGENCY]
    assert len(listed) >= 0.97 * len(agencies)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Agence Bénin Presse",
            "Agence Malienne de Presse et de Publicité",
            "Agence Nigérienne de Presse",
            "STP-Press",
        ),
        *("Seychelles News Agency", "Sierra Leone News Agency", "Botswana Press Agency", "Lesotho News Agency"),
        *("وكالة الأنباء الصحراوية", "الوكالة الوطنية العراقية للأنباء", "وكالة شفق نيوز", "خبرگزاری برنا"),
        *("Tatoli", "ҚазТАГ", "ИА «24.kg»", "Азия-Плюс", "Türkmen döwlet habarlar agentligi", "КазТАГ"),
        *("Агентство АРКА", "Медиамакс", "Türk Ajansı Kıbrıs", "Katolicka Agencja Informacyjna", "Rador"),
        *("Українські Національні Новини", "Agence Haïtienne de Presse", "Agence QMI", "Jamaica Information Service"),
        *("हिन्दुस्थान समाचार", "연합인포맥스", "မဇ္ဈိမ", "Union of OIC News Agencies", "Agence Fides"),
    ],
)
def test_agencies_are_known_by_their_names_in_their_own_scripts(shipped: OutletGraph, name: str) -> None:
    found = shipped.by_name(name)
    assert found is not None
    assert found.kind is OutletKind.AGENCY


@pytest.mark.parametrize(
    "text",
    [
        "Sabía que el SIR y la UNA no firmaron con el INS.",
        "The REX cinema reopens; ANDES hiking gear, LENA and NINA are names, TAK is thanks in Danish.",
        "MAP the route, then TAP the card at MIA airport.",
    ],
)
def test_letters_that_are_others_too_are_no_agency_in_running_text(shipped: OutletGraph, text: str) -> None:
    assert [found.outlet.id for found in shipped.mentions(text) if found.outlet.kind is OutletKind.AGENCY] == []


@pytest.mark.parametrize(
    ("letters", "outlet"),
    [("NINA", "nina-iraq"), ("KAI", "kai-pl"), ("MAP", "map-morocco"), ("TDH", "tdh-turkmenistan")],
)
def test_a_credit_still_finds_them(shipped: OutletGraph, letters: str, outlet: str) -> None:
    found = shipped.by_name(letters)
    assert found is not None
    assert found.id == outlet
    assert shipped.by_name(letters.title()) is None
