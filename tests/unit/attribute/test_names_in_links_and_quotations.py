"""Names that links bear, names under quotations, names that run on, and records with fields in other languages."""

from __future__ import annotations

import functools
import json

import pytest

from provenance.clean import SiteFurniture
from provenance.model import Article, AttributionKind, Inspection
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.read import read_record

ME = "https://www.riversiderepost.example/news/1"
BODY = (
    "<p>Dockers at the northern harbour went back to work on Monday after a strike of three weeks, the city said.</p>"
    "<p>The first two ships had been waiting outside the breakwater since the end of last month, the port said.</p>"
)


@functools.cache
def toolbox() -> Toolbox:
    return Toolbox.load(None)


def inspected(record: dict[str, str]) -> Inspection:
    read = read_record({"id": "x", "url": ME, **record}, source="x")
    assert isinstance(read, Article), read
    return inspect_article(read, toolbox(), SiteFurniture())


def upstreams(record: dict[str, str]) -> set[str | None]:
    return {item.outlet or item.credited for item in inspected(record).attributions if item.is_provenance}


def page(below: str, head: str = "") -> dict[str, str]:
    return {"html": f"<html lang='en'><head>{head}</head><body><article>{BODY}{below}</article></body></html>"}


def test_of_two_links_to_one_site_the_last_bears_the_name() -> None:
    below = '<p><a href="https://larch.edu/news/1">Materials</a> provided by <a href="https://larch.edu">Larch University</a>.</p>'
    found = [item for item in inspected(page(below)).attributions if item.is_provenance]
    assert [(item.kind, item.domain) for item in found] == [(AttributionKind.PRESS_RELEASE, "larch.edu")]


def test_a_source_link_beside_another_to_the_same_page_is_no_footnote() -> None:
    link = '<a href="https://www.dawn.com/news/1">{}</a>'
    assert upstreams(page(f"<p>{link.format('Read more')} {link.format('Source link')}</p>")) == {"dawn"}


def test_a_name_under_a_quotation_is_its_speaker_and_an_agency_there_signs_the_text() -> None:
    quotation = "<p>“They were quite splendid, all of them.”</p>"
    assert upstreams(page(f"{quotation}<p>— The Guardian</p>")) == set()
    assert upstreams(page(f"<blockquote>{quotation}<footer>— The Guardian</footer></blockquote>")) == set()
    assert upstreams(page("<p>They were quite splendid, all of them.</p><p>— The Guardian</p>")) == {"guardian"}


def test_an_author_who_is_the_page_with_an_agency_is_the_agency() -> None:
    head = '<meta property="og:site_name" content="Riverside Repost"><meta name="author" content="{}">'
    assert upstreams(page("", head.format("Riverside Repost with AFP"))) == {"afp"}
    assert upstreams(page("", head.format("Riverside Repost"))) == set()


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"titre": "Le pont rouvre", "agence": "AFP", "texte": "Le pont est ouvert depuis lundi."}, {"afp"}),
        ({"titular": "Reabre el puente", "fuente": "Europa Press", "cuerpo": "El puente reabrió."}, {"europapress"}),
        ({"kop": "Brug open", "bron": "eigen redactie", "tekst": "De brug is sinds maandag weer open."}, set()),
    ],
)
def test_a_record_with_fields_in_another_language_is_read(record: dict[str, str], expected: set[str]) -> None:
    given = {"content": json.dumps(record), "media_type": "application/json"}
    assert upstreams(given) == expected
    assert inspected(given).labelled.article.title == next(iter(record.values()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("บทความนี้เผยแพร่ครั้งแรกใน LARCH REVIEW เมื่อวันที่ ๓ มิถุนายน ๒๕๖๘\nสะพานเปิดใช้แล้ว", "LARCH REVIEW"),
        ("First published in the Larch Herald print edition, 2 October.\nThe bridge reopened.", "the Larch Herald"),
    ],
)
def test_a_name_nobody_lists_ends_where_other_words_begin(text: str, expected: str) -> None:
    assert {item.credited for item in inspected({"text": text}).attributions if item.is_provenance} == {expected}


def test_our_own_printed_edition_is_no_outlet() -> None:
    text = "Der Hafen ist wieder offen.\nDieser Artikel erschien zuerst in unserer gedruckten Ausgabe vom 3. November."
    assert upstreams({"text": text}) == set()
