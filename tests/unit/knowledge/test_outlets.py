"""The outlet graph: names, domains, hosts, and what counts as one outlet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from provenance.errors import KnowledgeError
from provenance.knowledge import load
from provenance.knowledge.outlet_files import parse_outlets, read_outlets_file
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Outlet, OutletId, OutletKind


@pytest.fixture(scope="module")
def shipped() -> OutletGraph:
    return load().outlets


def graph(*outlets: Outlet) -> OutletGraph:
    return OutletGraph.of(outlets)


LARCH = Outlet(OutletId("larch"), "The Larch", OutletKind.NEWSPAPER, ("larch.news",), ("Ларч",), source="invented")


@pytest.mark.parametrize(
    ("written", "outlet"),
    [
        ("the Guardian", "guardian"),
        ("AL-JAZEERA", "aljazeera"),
        ("Agencia Brasil", "agencia-brasil"),
        ("فرانس برس", "afp"),
        ("新华社", "xinhua"),
        ("İHA", "iha"),
        ("The Associated Press", "ap"),
        ("«Интерфакс»", "interfax"),
    ],
)
def test_a_name_is_known_in_any_writing(shipped: OutletGraph, written: str, outlet: str) -> None:
    found = shipped.by_name(written)
    assert found is not None
    assert found.id == outlet


@pytest.mark.parametrize("written", ["Aa", "aa", "ap", "Apa", "Larch Valley Gazette", ""])
def test_an_abbreviation_counts_only_as_an_agency_writes_it(shipped: OutletGraph, written: str) -> None:
    assert shipped.by_name(written) is None


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("www.straitstimes.com", "straitstimes"),
        ("https://web.archive.org/web/20250321/https://elpais.com/x.html", "elpais"),
        ("https://www-ft-com.cdn.ampproject.org/c/s/www.ft.com/x", "ft"),
        ("https://www.google.com/amp/s/www.wsj.com/amp/x", "wsj"),
        ("m.bbc.co.uk", "bbc"),
        ("https://www-spiegel-de.translate.goog/x", "spiegel"),
        ("businessinsider.fr", "businessinsider"),
    ],
)
def test_an_address_leads_to_its_outlet_through_copies(shipped: OutletGraph, address: str, outlet: str) -> None:
    found = shipped.by_domain(address)
    assert found is not None
    assert found.id == outlet


def test_punycode_and_unicode_hosts_are_one() -> None:
    known = graph(Outlet(OutletId("muenchen"), "München", domains=("münchen.example",), source="invented"))
    assert known.by_domain("xn--mnchen-3ya.example") == known.by_domain("www.münchen.example") == known.outlets[0]


def test_short_labels_under_two_suffixes_are_two_outlets(shipped: OutletGraph) -> None:
    first, second = shipped.identify(domain="independent.co.uk"), shipped.identify(domain="independent.ie")
    assert not shipped.same(first.id, second.id)


def test_an_unlisted_domain_becomes_an_outlet_of_its_own() -> None:
    found = graph(LARCH).identify(domain="https://www.alder-post.example/x")
    assert found.id == "alderpost"
    assert found.domains == ("alder-post.example",)


def test_an_unlisted_name_becomes_an_outlet_named_in_its_script() -> None:
    assert graph(LARCH).identify(name="落叶松 晚报").id == "落叶松晚报"


def test_an_unlisted_outlet_has_one_id_by_name_and_by_domain() -> None:
    known = graph(LARCH)
    spelled = [known.identify(name="The Alder Post"), known.identify(name="Alder Post", domain="alder-post.example")]
    assert {item.id for item in [*spelled, known.identify(domain="www.thealderpost.example")]} == {"alderpost"}


def test_the_name_of_a_company_keeps_its_words_apart() -> None:
    assert graph(LARCH).identify(name="Alder Post Ltd.").id == "alder-post-ltd"


def test_an_unlisted_name_never_takes_the_id_of_a_listed_outlet() -> None:
    known = graph(Outlet(OutletId("alder"), "Alder Evening News", domains=("alder.example",), source="invented"))
    assert known.identify(name="Alder").id == "alder-unlisted"


def test_a_credit_line_may_inflect_a_name(shipped: OutletGraph) -> None:
    found = shipped.by_inflected_name("Gazecie Wyborczej")
    assert found is not None
    assert found.name == "Gazeta Wyborcza"
    assert shipped.by_inflected_name("Politechnika") is None


@pytest.mark.parametrize("word", ["Staatsanwaltschaft", "Staadion", "Ansamblis", "Apapaju"])
def test_a_word_that_begins_like_an_abbreviation_is_no_case_of_it(shipped: OutletGraph, word: str) -> None:
    assert shipped.by_inflected_name(word) is None


def test_a_name_is_found_with_the_endings_of_its_language(shipped: OutletGraph) -> None:
    text = "Այս մասին ասվում է Արմենպրեսում։"
    assert [text[found.start : found.end] for found in shipped.mentions(text)] == ["Արմենպրեսում"]
    assert list(shipped.mentions("Արմենպրեսական")) == []


def test_a_listed_domain_wins_over_the_name_beside_it() -> None:
    assert graph(LARCH).identify(name="Somebody", domain="larch.news") == LARCH


def test_an_outlet_without_name_and_domain_is_refused() -> None:
    with pytest.raises(ValueError, match="name or a domain"):
        graph(LARCH).identify()


def test_a_brand_is_the_same_as_its_owner() -> None:
    sunday = Outlet(OutletId("sunday-larch"), "Sunday Larch", owner=LARCH.id, source="invented")
    known = graph(LARCH, sunday)
    assert known.same(LARCH.id, sunday.id)
    assert known.same(sunday.id, LARCH.id)


def test_names_are_found_in_running_text_with_case_endings_and_prefixes(shipped: OutletGraph) -> None:
    found = [
        mention.outlet.id for mention in shipped.mentions("Об этом «Интерфаксу» сообщили; لرويترز; happened at AFP")
    ]
    assert found == ["interfax", "reuters", "afp"]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("मन्त्रीले राससलाई बताए", "rss-nepal"),
        ("मंत्र्यांनी एएनआयला सांगितले", "ani"),
        ("মন্ত্রী রয়টার্সকে বলেন", "reuters"),
        ("অধ্যক্ষ AFPকে বলেন", "afp"),
        ("அமைச்சர் ராய்ட்டர்ஸிடம் கூறினார்", "reuters"),
        ("మంత్రి పీటీఐకి చెప్పారు", "pti"),
        ("ಸಚಿವರು ಎಎನ್‌ಐಗೆ ತಿಳಿಸಿದರು", "ani"),
        ("ഗാർഡിയനിൽ വന്ന ലേഖനം", "guardian"),
    ],
)
def test_names_carry_the_case_endings_of_south_asia(shipped: OutletGraph, text: str, outlet: str) -> None:
    assert [mention.outlet.id for mention in shipped.mentions(text)] == [outlet]


@pytest.mark.parametrize("text", ["एपीएमसी मंडी बंद रही", "हिस्सा", "द वायरलेस", "বিবিসিমূলক"])
def test_an_indic_word_that_begins_like_a_name_is_none(shipped: OutletGraph, text: str) -> None:
    assert list(shipped.mentions(text)) == []


def test_common_words_are_not_found_in_running_text(shipped: OutletGraph) -> None:
    assert list(shipped.mentions("Time and Nature are open today; the world and the city wait.")) == []


def test_every_shipped_outlet_says_where_its_facts_can_be_checked(shipped: OutletGraph) -> None:
    assert [outlet.id for outlet in shipped.outlets if not outlet.source] == []


def test_a_users_file_adds_and_overrides(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[outlet]]\nid = "afp"\nname = "Mine"\nsource = "me"\n', "utf-8")
    found = load(file)
    assert found.outlets.get("afp") == Outlet(OutletId("afp"), "Mine", source="me")
    assert found.digest != load().digest


def test_a_users_file_may_be_json(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"outlet": [{"id": "larch", "name": "Larch", "source": "me"}]}', "utf-8")
    assert [outlet.id for outlet in read_outlets_file(file)] == ["larch"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("[[outlet]", "x.toml"), ("{", "x.json"), ('[[outlet]]\nid = "a"', "x.toml"), ("[3]", "x.json")],
)
def test_a_malformed_file_is_named(text: str, name: str) -> None:
    with pytest.raises(KnowledgeError, match=name):
        parse_outlets(text, name=name)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(KnowledgeError, match="guild"):
        parse_outlets('[[outlet]]\nid = "a"\nname = "A"\nsource = "s"\nkind = "guild"', name="x.toml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.toml does not exist$"):
        read_outlets_file(tmp_path / "none.toml")


def test_what_is_not_a_file_of_text_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe, latin = tmp_path / "pipe.toml", tmp_path / "latin.toml"
    os.mkfifo(pipe)
    latin.write_bytes(b"name = \xe9")
    for path, reason in ((pipe, "is not a regular file"), (tmp_path, "is a folder"), (latin, "is not UTF-8")):
        with pytest.raises(KnowledgeError) as refused:
            read_outlets_file(path)
        assert refused.value.message == f"{path} {reason}"


GIVEN = 'id = "b"\nname = "Bee"\nsource = "s"\n'


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('domain = "bee.example"', "unknown key domain; did you mean domains?"),
        ("colour = 3", "unknown key colour"),
        ('domains = ["not a domain"]', "“not a domain” is not a domain"),
        ('domains = "bee"', "“bee” is not a domain"),
        ("domains = [3]", "domains must be a list of texts"),
        ("aliases = {}", "aliases must be a list of texts"),
        ("kind = 3", "kind must be a text"),
        ("owner = []", "owner must be a text"),
        ('kind = "blog"', f"unknown kind blog; it is one of {', '.join(OutletKind)}"),
    ],
)
def test_an_entry_that_cannot_be_meant_so_is_refused_by_its_place_and_name(added: str, said: str) -> None:
    text = f'[[outlet]]\nid = "a"\nname = "A"\nsource = "s"\n[[outlet]]\n{GIVEN}{added}\n'
    with pytest.raises(KnowledgeError) as refused:
        parse_outlets(text, name="x.toml")
    assert refused.value.message == f"x.toml: outlet 2 (“Bee”): {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[[outlet]]\n{GIVEN}[[outlet]]\n{GIVEN}", "outlet 2 (“Bee”): the id b is that of outlet 1 (“Bee”) already"),
        ('[[outlet]]\nid = ""\nname = "B"\nsource = "s"', "outlet 1 (“B”): id is empty"),
        ('[[outlet]]\nid = "b"\nsource = "s"', "outlet 1 (“b”): it lacks name"),
        ("[[outlets]]\n", "unknown key outlets; did you mean outlet?"),
    ],
)
def test_a_file_that_cannot_be_meant_so_is_refused(text: str, said: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        parse_outlets(text, name="x.toml")
    assert refused.value.message == f"x.toml: {said}"


def test_one_domain_may_stand_without_a_list() -> None:
    (outlet,) = parse_outlets(f'[[outlet]]\n{GIVEN}domains = "bee.example"\n', name="x.toml")
    assert outlet.domains == ("bee.example",)


def test_an_owner_nobody_lists_is_refused_and_a_shipped_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'[[outlet]]\n{GIVEN}owner = "nobody-at-all"\n', "utf-8")
    with pytest.raises(KnowledgeError, match=r"mine\.toml: outlet 1 \(“Bee”\): unknown owner nobody-at-all"):
        load(file)
    file.write_text(f'[[outlet]]\n{GIVEN}owner = "reuters"\n', "utf-8")
    found = load(file).outlets.get("b")
    assert found is not None
    assert found.owner == "reuters"
