"""What one article says about its source: spans, kinds, identity, and what was not taken."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from provenance.attribute import AttributionRules
from provenance.errors import KnowledgeError
from provenance.model import (
    AttributionKind,
    Claim,
    Extent,
    Role,
    Rule,
)
from tests.unit.attribute.plain_text import inspected

BODY = "Dockers at the northern harbour went back to work on Monday after a strike of three weeks, the city said.\n"


def test_a_span_quotes_the_text_it_points_at() -> None:
    text = BODY + "\n\u00a0Original Source:\u00a0www.dawn.com \n"
    (found,) = inspected(text).attributions
    assert found.span is not None
    assert found.span.of(text) == "Original Source:\u00a0www.dawn.com"
    assert found.name_span is not None
    assert found.name_span.of(text) == "www.dawn.com"
    assert (found.outlet, found.domain, found.credited) == ("dawn", "dawn.com", "Dawn")


def test_spans_after_masked_names_stay_in_place() -> None:
    text = "The Associated Press and Agence France-Presse told readers; the pilot told Reuters that it held.\n"
    told = [item for item in inspected(text).attributions if item.outlet == "reuters"]
    assert [item.span.of(text) for item in told if item.span] == ["told Reuters"]


def test_one_credit_that_names_two_is_two_attributions_with_one_span() -> None:
    found = inspected(BODY + "(With inputs from PTI and Reuters)\n")
    assert found.upstreams == ("pti", "reuters")
    assert len({item.span for item in found.attributions}) == 1
    assert {item.extent for item in found.attributions} == {Extent.PARTIAL}


def test_a_relay_stands_in_via_and_not_among_the_upstreams() -> None:
    found = inspected("OSAKA (AP via Yonhap) — " + BODY)
    assert found.upstreams == ("ap",)
    assert found.attributions[0].via == ("yonhap",)
    assert found.attributions[0].hop == 1


def test_an_agency_on_its_own_host_is_the_page_itself() -> None:
    found = inspected("PARIS (AFP) — " + BODY, url="https://www.afp.com/en/x")
    assert [item.kind for item in found.attributions] == [AttributionKind.SELF]
    assert found.upstreams == ()
    assert found.outlet == "afp"


def test_an_unlisted_page_knows_itself_by_its_domain() -> None:
    found = inspected(BODY + "Originally published by Larch Valley Gazette\n", url="https://larchvalleygazette.com/x")
    assert found.upstreams == ()


def test_what_somebody_told_an_agency_is_no_credit() -> None:
    found = inspected(BODY + "The pilot told AFP that it held.\n")
    assert [item.kind for item in found.attributions] == [AttributionKind.CITATION]
    assert found.upstreams == ()


def test_a_credit_inside_a_quotation_is_kept_as_rejected() -> None:
    found = inspected(
        BODY + "The note reads: “It held. — AFP” and nothing else was written on the whole of the page.\n"
    )
    assert not [item for item in found.attributions if item.is_provenance]


def test_readers_comments_credit_nobody() -> None:
    found = inspected(BODY + "Comments\nSource: Reuters\n")
    assert found.upstreams == ()
    assert any("comments" in item.reason for item in found.rejections)


def test_a_related_line_credits_nobody() -> None:
    assert inspected(BODY + "Source: Reuters\n", roles={1: Role.RELATED}).upstreams == ()


def test_a_caption_credits_a_picture() -> None:
    found = inspected(BODY + "Source: Reuters\n", roles={1: Role.CAPTION})
    assert [item.kind for item in found.attributions] == [AttributionKind.IMAGE]


def test_nobody_can_pose_as_a_masked_name() -> None:
    assert inspected(BODY + "Source: \ue000\n").upstreams == ()


def test_a_cross_host_canonical_is_a_claim_of_the_upstream_and_not_the_page() -> None:
    claim = Claim("canonical", "canonical", "https://www.dawn.com/news/1", "<link>")
    found = inspected(BODY, url="https://repost.example/x", claims=(claim,))
    assert found.upstreams == ("dawn",)
    assert found.outlet == "repost"
    assert found.attributions[0].element == "<link>"


@pytest.mark.parametrize(
    "address",
    ["https://repost.example/", "https://m.repost.example/x", "https://repost.de/x", "https://repost-dev.vercel.app/x"],
)
def test_a_canonical_to_a_copy_of_the_page_is_the_page(address: str) -> None:
    claim = Claim("canonical", "canonical", address, "<link>")
    assert inspected(BODY, url="https://repost.example/x", claims=(claim,)).upstreams == ()


def test_the_credit_of_a_picture_in_markup_is_rejected_with_the_reason() -> None:
    claim = Claim("json-ld", "creditText", "AP", '"creditText":"AP"', "NewsArticle>image>ImageObject")
    found = inspected(BODY, url="https://repost.example/x", claims=(claim,))
    assert found.attributions == ()
    assert "something else" in found.rejections[0].reason


def test_an_empty_article_says_nothing() -> None:
    assert inspected("").attributions == ()
    assert inspected("\n\u200b\n").attributions == ()


def test_a_rule_that_is_no_pattern_is_named() -> None:
    rule = Rule(id="bad", stage="attribute", kind="wire", why="", pattern="(")
    with pytest.raises(KnowledgeError, match="bad"):
        AttributionRules.compile([rule]).read_by("Any text.", "en")


def test_a_rule_with_an_unknown_option_is_named() -> None:
    rule = Rule(id="odd", stage="attribute", kind="wire", why="", pattern="x", options={"position": "moon"})
    with pytest.raises(KnowledgeError, match="odd"):
        AttributionRules.compile([rule])


def test_a_credit_is_quoted_as_the_article_has_it() -> None:
    text = BODY + "Traduit de l\u2019anglais, article original publié par Reuters\n"
    (found,) = [item for item in inspected(text).attributions if item.outlet == "reuters"]
    assert found.text == "Traduit de l\u2019anglais, article original publié par Reuters"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_decomposed_letters_are_read_like_composed_ones(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "Cây cầu sẽ mở lại vào thứ Hai sau ba tuần sửa chữa.\nNguồn: Tuổi Trẻ\n")
    (found,) = inspected(text).attributions
    assert found.outlet == "tuoitre"
    assert found.span is not None
    assert found.span.of(text) == found.text == unicodedata.normalize(form, "Nguồn: Tuổi Trẻ")
    assert found.name_span is not None
    assert found.name_span.of(text) == unicodedata.normalize(form, "Tuổi Trẻ")


def test_a_page_known_by_name_owns_the_address_that_spells_it() -> None:
    claim = Claim("canonical", "canonical", "https://alderpost.example/a", "<link>")
    found = inspected(BODY, outlet="The Alder Post", claims=(claim,))
    assert [item.kind for item in found.attributions] == [AttributionKind.SELF]


def test_a_page_known_by_a_name_of_no_list_may_own_an_address_of_no_list() -> None:
    claim = Claim("canonical", "canonical", "https://quaysidetoday.example/a", "<link>")
    assert inspected(BODY, outlet="QT News", claims=(claim,)).upstreams == ()
    assert inspected(BODY, outlet="QT News", url="https://qt.example/a", claims=(claim,)).upstreams


def test_a_portal_may_name_its_supplier_as_the_site() -> None:
    claim = Claim("canonical", "canonical", "https://www.cnn.com/a", "<link>")
    found = inspected(BODY, url="https://www.msn.com/a", outlet="CNN", claims=(claim,))
    assert found.upstreams == ("cnn",)


def test_a_longer_name_is_not_its_beginning() -> None:
    found = inspected(
        BODY + "© 2025 El Diario del Estuario. Todos los derechos reservados.\n", outlet="El Diario del Estuario"
    )
    assert found.upstreams == ()


def test_a_sign_off_is_reuters_by_convention_only() -> None:
    sign_off = "(Reporting by Jane Larch; Editing by Tom Elm)\n"
    assert inspected(BODY + sign_off).upstreams == ("reuters",)
    assert inspected("OSLO (AFP) — " + BODY + sign_off).upstreams == ("afp",)
    staffed = inspected("By Jane Larch, Alder Post Staff Writer\n" + BODY + sign_off, outlet="Alder Post")
    assert {item.kind for item in staffed.attributions} == {AttributionKind.SELF}
    own = inspected("OSLO (Alder Press) — " + BODY + sign_off, outlet="Alder Press")
    assert {item.kind for item in own.attributions} == {AttributionKind.SELF}


@pytest.mark.parametrize(
    "text",
    [
        "The Data Protection Agreement (DPA) – signed in May – covers all staff.\n",
        "Fund managers rose.\nSource: AFP Integra\n",
        "Advanced Placement (AP) — the exams — were taken by more pupils.\n",
        "PESHAWAR (PTI) — said Imran Khan.\n",
    ],
)
def test_an_abbreviation_may_be_somebody_elses(text: str) -> None:
    assert inspected(text + BODY).upstreams == ()


def test_an_agency_that_spells_itself_out_is_the_agency() -> None:
    text = BODY + "The Press Trust of India (PTI) asked.\n(With inputs from PTI)\n"
    assert inspected(text).upstreams == ("pti",)


def test_a_link_tells_who_a_credit_line_names() -> None:
    text = BODY + "Source: here\n"
    start = text.index("here")
    extra = {"text": "here", "start": str(start), "end": str(start + 4)}
    claim = Claim("link", "href", "https://www.dawn.com/news/1", "<a>", "p", extra)
    assert inspected(text, claims=(claim,)).upstreams == ("dawn",)


def test_what_cleaning_decides_by_shape_alone_stops_no_credit_line() -> None:
    text = BODY + "Republished from Dawn\n"
    guessed = inspected(text, roles={1: Role.RELATED}, decided="page.headline-below-article")
    told = inspected(text, roles={1: Role.RELATED}, decided="furniture.en.related")
    assert (guessed.upstreams, told.upstreams) == (("dawn",), ())


MENU = "".join(
    f"Section {i} with a long teaser of another story that nobody asked for, told at some length here\n"
    for i in range(9)
)


def test_the_article_begins_where_cleaning_finds_its_words_and_not_in_the_menu() -> None:
    text = MENU + "The harbour\nBy The Associated Press\n" + BODY * 3
    roles = dict.fromkeys(range(9), Role.NAVIGATION)
    assert inspected(text, roles=roles).upstreams == ("ap",)


def test_the_article_begins_at_its_longest_run_though_a_menu_passes_for_prose() -> None:
    gap = "".join(f"Link {i}\n" for i in range(8))
    assert inspected(MENU[:200] + "\n" + gap + "OSLO (AFP) — " + BODY * 4).upstreams == ("afp",)


def test_a_dateline_counts_though_its_place_made_cleaning_take_it_for_a_menu() -> None:
    text = "OSLO (AFP) — " + BODY * 3
    guessed = inspected(text, roles={0: Role.NAVIGATION}, decided="page.above-article")
    told = inspected(text, roles={0: Role.NAVIGATION}, decided="site.recurs")
    assert (guessed.upstreams, told.upstreams) == (("afp",), ())


def test_a_link_to_the_comments_above_the_text_closes_nothing() -> None:
    assert inspected("12 Comments\n" + BODY * 3 + "Source: Reuters\n").upstreams == ("reuters",)
    assert inspected(BODY * 3 + "12 Comments\nSource: Reuters\n").upstreams == ()
    assert inspected("Comments\nTom: Source? Dawn said so yesterday.\n").attributions == ()


def test_agencies_in_small_letters_count_beside_another() -> None:
    assert inspected(BODY + "dpa/AFP/kna\n").upstreams == ("afp", "dpa", "kna")
    assert inspected(BODY + "AFP/jla\n").upstreams == ("afp",)


def test_a_link_to_the_original_is_a_credit_though_cleaning_took_it_for_a_teaser() -> None:
    roles = {1: Role.RELATED}
    original = inspected(BODY + "Read the original article on Dawn\n", roles=roles, decided="furniture.en.teaser")
    teaser = inspected(BODY + "Read more on Dawn\n", roles=roles, decided="furniture.en.teaser")
    assert (original.upstreams, teaser.upstreams) == (("dawn",), ())


def test_a_headline_after_the_credit_is_no_part_of_its_name() -> None:
    text = BODY + "This article originally appeared on Alder Valley Crier: Dockers back in the harbour\n"
    (found,) = inspected(text).attributions
    assert found.credited == "Alder Valley Crier"


@pytest.mark.parametrize(
    ("url", "credit", "upstreams"),
    [
        ("https://alderpost.com/a", "Alder Post Belgium", ()),
        ("https://alderpostindia.com/a", "Alder Post", ()),
        ("https://alderpost.com/a", "Alder Post Weekly", ("alderpostweekly",)),
    ],
)
def test_an_edition_for_another_country_is_the_same_brand(url: str, credit: str, upstreams: tuple[str, ...]) -> None:
    text = BODY + f"This article originally appeared on {credit}.\n"
    assert inspected(text, url=url).upstreams == upstreams


def test_a_label_is_explained_by_the_rule_of_the_page_s_own_language() -> None:
    text = "Image: Jane Larch\n" + BODY
    ids = {lang: [item.rule for item in inspected(text, language=lang).attributions] for lang in ("en", "fr")}
    assert ids == {"en": ["en.photo-label"], "fr": ["fr.photo-label"]}


def test_words_of_other_languages_make_no_picture_credit_of_a_sentence() -> None:
    text = BODY + "She kept their photos. Their faces gaze at her from an old album beside the window.\n"
    assert inspected(text, language="en").attributions == ()


def test_a_description_after_a_label_is_nobody_s_name() -> None:
    (found,) = inspected("Video: Five new ships for the northern harbour\n" + BODY, language="en").attributions
    assert (found.kind, found.credited) == (AttributionKind.IMAGE, None)


def test_a_listed_name_that_begins_a_longer_one_is_no_source_of_a_fact() -> None:
    text = BODY + "Half of all firs are sold in March, according to the National Fir Growers Association.\n"
    assert inspected(text).attributions == ()


def test_what_follows_a_comment_button_above_the_text_is_no_comment() -> None:
    above = inspected("Reuters\n" + BODY * 2, roles={0: Role.COMMENTS}, decided="page.below-comments-heading")
    below = inspected(BODY * 2 + "Reuters\n", roles={2: Role.COMMENTS}, decided="page.below-comments-heading")
    assert (above.upstreams, below.upstreams) == (("reuters",), ())


def test_a_portal_names_its_supplier_below_the_headline() -> None:
    text = "Dockers back in the harbour\nDawn\nJane Larch\n" + BODY * 3
    roles = {0: Role.TITLE, 1: Role.CATEGORY}
    assert inspected(text, url="https://www.msn.com/a", roles=roles).upstreams == ("dawn",)
    assert inspected(text, url="https://alderpost.com/a", roles=roles).upstreams == ()
    assert inspected(text, url="https://www.msn.com/a", roles={1: Role.CATEGORY}).upstreams == ()


def test_an_agency_right_below_the_headline_is_the_byline() -> None:
    text = "Dockers back in the harbour\nAssociated Press\nBuy a print\n" + BODY * 3
    assert inspected(text, roles={0: Role.TITLE}).upstreams == ("ap",)
    assert inspected(text).upstreams == ()


@pytest.mark.parametrize(
    ("note", "upstreams", "via"),
    [
        ("This story was originally published by Grist, which is part of the Associated Press.", ("grist",), ()),
        ("This story was originally published by Grist and distributed through Reuters.", ("grist",), ("reuters",)),
        ("This story first appeared in The Guardian. Reuters took the pictures.", ("guardian",), ()),
        ("This story first appeared in The Guardian and ProPublica.", ("guardian", "propublica"), ()),
    ],
)
def test_who_wrote_a_text_is_told_from_its_owner_and_its_relay(
    note: str, upstreams: tuple[str, ...], via: tuple[str, ...]
) -> None:
    found = inspected(f"{BODY}{note}\n")
    assert found.upstreams == upstreams
    assert found.attributions[0].via == via


def test_a_release_names_who_sent_it_and_on_whose_behalf() -> None:
    found = inspected(f"{BODY}Distributed by APO Group on behalf of Larch Ferries.\n")
    assert [item.credited for item in found.attributions] == ["APO Group", "Larch Ferries"]
    assert {item.kind for item in found.attributions} == {AttributionKind.PRESS_RELEASE}
