"""Abbreviations that are a state's or an office's, and what a state's office counted."""

from __future__ import annotations

import pytest

from provenance.model import (
    AttributionKind,
    Inspection,
    Role,
)
from tests.unit.attribute.plain_text import inspected

ENGLISH = "Dockers went back to work on Monday after a strike of three weeks, the city said.\n"
DUTCH = "De haven is maandag na drie weken werk weer opengegaan voor het vrachtverkeer.\n"
ESTONIAN = "Sild avati esmaspäeval pärast kolm nädalat kestnud töid uuesti liiklusele.\n"


def upstreams(found: Inspection) -> list[str | None]:
    return [item.outlet for item in found.attributions if item.is_provenance]


@pytest.mark.parametrize("dateline", ["LARCHTON, PA — ", "ELM VALLEY, PA – ", "LARCHTON (PA) — ", "Larchton, PA - "])
def test_a_state_behind_a_town_is_no_agency(dateline: str) -> None:
    assert upstreams(inspected(dateline + ENGLISH)) == []


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"LONDON (PA) — {ENGLISH}", None),
        (f"LARCHTON (PA) — {ENGLISH}", "https://www.larchton-times.co.uk/quay"),
        (f"LARCHTON (PA) — Ferries from Wales are back. {ENGLISH}", None),
    ],
)
def test_behind_a_town_of_britain_the_same_letters_are_its_agency(text: str, url: str | None) -> None:
    assert upstreams(inspected(text, url=url)) == ["pa-media"]


@pytest.mark.parametrize(
    ("text", "language"),
    [(f"{DUTCH}Bron: CBS, Kadaster", "nl"), (f"{ESTONIAN}Allikas: Statistikaamet", "et")],
)
def test_an_office_of_statistics_is_the_source_of_a_figure(text: str, language: str) -> None:
    found = inspected(text, language=language)
    assert [item.kind for item in found.attributions] == [AttributionKind.CITATION]


def test_a_station_that_shares_its_letters_with_an_office_stays_one_elsewhere() -> None:
    assert upstreams(inspected(f"{ENGLISH}Source: CBS", language="en")) == ["cbsnews"]


def test_an_office_keeps_the_country_behind_a_comma() -> None:
    found = inspected(f"{ENGLISH}Distributed by APO Group on behalf of Ministry of Harbours, Larchia.")
    assert [item.credited for item in found.attributions] == ["APO Group", "Ministry of Harbours, Larchia"]


def test_a_month_is_no_outlet() -> None:
    assert upstreams(inspected(f"{ENGLISH}This essay originally appeared in the March 2025 issue.")) == []


def test_an_outlet_credited_below_a_caption_is_the_pictures() -> None:
    text = f"{ENGLISH}{ENGLISH}The quay on Monday.\nCredit: The Guardian"
    roles = [Role.BODY, Role.BODY, Role.CAPTION, Role.CAPTION]
    assert upstreams(inspected(text, roles=dict(enumerate(roles)))) == []


@pytest.mark.parametrize(("name", "outlet"), [("Argiak", "argia"), ("Berrian", "berria"), ("Jonek", None)])
def test_basque_names_carry_the_endings_of_their_sentence(name: str, outlet: str | None) -> None:
    text = f"Zubia astelehenean ireki zuten berriro hiru asteko lanen ondoren.\nAlbiste hau {name} argitaratu zuen."
    assert upstreams(inspected(text, language="eu")) == ([outlet] if outlet else [])
