"""The report as pages: what they tell, that nothing in them is fetched, and that article text stays text."""

import dataclasses
import json
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from lxml import html
from markupsafe import Markup

from provenance.model import (
    ArticleId,
    Attribution,
    AttributionKind,
    Block,
    Decision,
    Direction,
    Outlet,
    OutletId,
    PassageKind,
    Rating,
    Review,
    Role,
    Span,
    Unreadable,
)
from provenance.report.headline import LIMITS
from provenance.report.html.anonymise import anonymised, letters
from provenance.report.html.contents import PageText, ReportContents
from provenance.report.html.graph import EdgeKind
from provenance.report.html.layers import layers, placed
from provenance.report.html.names import Names
from provenance.report.html.page import MOST_ON_ONE_PAGE, report_pages
from provenance.report.html.rewriting import BrowserText, Rewritten
from provenance.report.html.texts import embedded
from provenance.score.scorecards import scorecards
from tests.unit.report.factories import (
    DOWN_TEXT,
    FAMILY,
    HOSTILE,
    LOST,
    REWRITE,
    STRIKE,
    UP_TEXT,
    WIRE,
    audit_findings,
    facts,
    poisoned,
)

TEXTS = {
    REWRITE.id: PageText(DOWN_TEXT, (Block(Span(0, len(DOWN_TEXT)), Role.BODY, "prose"),)),
    WIRE.id: PageText(UP_TEXT, (Block(Span(0, len(UP_TEXT)), Role.BODY, "prose"),)),
}
REVIEW = Review(
    REWRITE.id, WIRE.id, None, Decision.CONFIRMED, "A. Editor", "seen it", datetime(2031, 3, 9, tzinfo=UTC), REWRITE.content_hash
)  # fmt: skip


def contents(findings=None, **fields):
    findings = findings or audit_findings()
    settings = {
        "texts": lambda wanted: {each: TEXTS[each] for each in wanted if each in TEXTS},
        "cards": scorecards(findings, (Rating("harbourgazette.example", "0.4", "Some list", "2031"),)),
        "reviews": (REVIEW,),
        "finished": datetime(2031, 3, 10, 8, 30, tzinfo=UTC),
        "digest": "abc123",
        **fields,
    }
    return ReportContents(findings, **settings)


def page(given=None):
    (found,) = report_pages(given or contents(), "report.html", "report-files")
    return found[1]


def words(element):
    return re.sub(r"\s+", " ", element.text_content())


def tree(given=None):
    return html.document_fromstring(page(given))


def test_the_front_tells_the_headline_the_reasons_the_limits_and_the_run():
    text = words(tree())
    assert "5 articles, 4 to 5 independent origins" in text
    assert "“Dock strike halts all crossings” likely derives from" in text
    assert all(limit in text for limit in LIMITS)
    for fact in ("run:5f2a", "2031-03-10 08:30 UTC", "provenance 0.1.0", "max_bytes 33554432", "abc123"):
        assert fact in text
    assert "news/scan.pdf: not a text" in text


def test_a_link_is_told_with_its_evidence_its_changes_its_losses_and_its_review():
    link = tree().get_element_by_id("link-1")
    text = words(link)
    assert "measured, not credited: 62% of its words" in text
    assert "for it (3.20): 6 rare names and figures" in text
    assert "published 3 hours after the other" in text
    for kind, before, after in (("number", "14 vessels", "nearly 20 vessels"), ("name", "Ida Crane", "an official")):
        assert [kind, f"“{before}”", f"“{after}”"] in [
            [words(cell).strip() for cell in row] for row in link.iterfind(".//tbody/tr")
        ]
    assert "confirmed by A. Editor on 2031-03-09: “seen it”" in text


def test_an_article_has_a_row_with_its_share_its_credit_and_its_upstreams():
    rows = {row.get("data-title"): row for row in tree().get_element_by_id("table").iterfind("tbody/tr")}
    rewrite = rows["Dock strike halts all crossings"]
    assert (rewrite.get("data-share"), rewrite.get("data-credit")) == ("0.62", "uncredited")
    assert "Ferry crews walk out at Port Alder" in words(rewrite)
    assert "rewritten 40%" in words(rewrite)
    admitted = rows["Island council backs the new pier"]
    assert "admits a source; amount not measurable here" in words(admitted)
    assert "Island Post credited, not at hand" in words(admitted)


def test_outlets_without_names_stand_in_the_order_of_their_letters():
    names = [card.text for card in tree(anonymised(contents())).xpath("//article[@class='card']/h3/bdi")]
    assert names == sorted(names)
    assert len(names) > 2


def test_outlets_are_told_without_a_score_and_with_the_ratings_of_others_beside():
    section = words(tree().get_element_by_id("outlets"))
    assert "Counted, with not enough evidence for a share" in section
    assert "Some list (2031): 0.4 for harbourgazette.example" in section


def test_every_figure_of_a_scorecard_leads_to_the_articles_behind_it():
    given = contents()
    cards = tree(given).get_element_by_id("outlets").find_class("card")
    titles = {each.id: f"“{each.title}”" if each.title else each.source for each in given.findings.articles}
    for shown, card in zip(cards, given.cards, strict=True):
        figures = shown.find_class("behind")
        assert {link.get("href")[:9] for figure in figures for link in figure.iter("a")} == {"#article-"}
        behind = {words(each.find("summary")).strip(): words(each) for each in figures}
        assert f"{card.articles} article" in next(iter(behind))
        told = [each for each in card.proportions if each.of and (each.articles or each.others)]
        for article in {article for each in told for article in (*each.articles, *each.others)}:
            assert any(titles[article] in listed for listed in behind.values())
        assert len(figures) >= 1 + bool(told)


def test_a_tie_of_unknown_order_is_called_no_upstream():
    links = (dataclasses.replace(STRIKE, direction=Direction.UNKNOWN, evidence=()),)
    rows = {row.get("data-title"): row for row in tree(contents(audit_findings(derivations=links))).iterfind(".//tr")}
    for title, note in ((REWRITE.title, "62%, order unknown"), (WIRE.title, "62% of that one, order unknown")):
        cell = rows[title].findall("td")[-1]
        assert cell.get("data-label") == "Ties (order unknown)"
        assert words(cell).startswith("tied to ")
        assert note in words(cell)


def test_every_reference_stays_within_the_page():
    page = tree()
    references = [
        value
        for element in page.iter()
        for name, value in element.attrib.items()
        if name in {"href", "src", "srcset", "action", "data", "poster", "xlink:href", "background"}
    ]
    assert references
    assert all(value.startswith("#") for value in references)
    named = {element.get("id") for element in page.iter() if element.get("id")}
    assert {value[1:] for value in references} <= named
    assert "url(" not in words(page.find(".//style"))
    assert "@import" not in words(page.find(".//style"))


def test_the_page_forbids_itself_every_request():
    policy = tree().find(".//meta[@http-equiv]").get("content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:")


def test_names_within_a_page_are_given_once():
    names = [element.get("id") for element in tree().iter() if element.get("id")]
    assert len(names) == len(set(names))


def test_headings_leave_out_no_level():
    levels = [int(element.tag[1]) for element in tree().iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


MARKUP = '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="x'


def test_markup_in_any_text_of_the_findings_becomes_no_element():
    plain = tree()
    given = contents(poisoned_with(MARKUP), reviews=(dataclasses.replace(REVIEW, note=MARKUP, reviewer=MARKUP),))
    found = tree(given)
    assert {element.tag for element in found.iter()} == {element.tag for element in plain.iter()}
    assert not found.xpath("//img | //*[@onclick] | //*[@onerror]")
    assert len(found.xpath("//script")) == len(plain.xpath("//script"))


def poisoned_with(markup):
    findings = audit_findings()
    named = tuple(dataclasses.replace(each, name=each.name + markup) for each in findings.outlets)
    articles = tuple(
        dataclasses.replace(each, title=(each.title or "") + markup, source=each.source + markup, url=markup)
        for each in findings.articles
    )
    failures = (Unreadable(markup, markup),)
    drift = tuple(dataclasses.replace(each, before=markup, after=markup) for each in findings.drift)
    return dataclasses.replace(findings, outlets=named, articles=articles, unreadable=failures, drift=drift)


def test_no_control_and_no_lone_surrogate_reaches_the_page():
    text = page(ReportContents(poisoned(audit_findings()), hidden=lambda _: ()))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert "⟨U+202E⟩" in text
    assert HOSTILE not in text


def test_data_for_the_script_holds_nothing_a_browser_takes_for_markup():
    given = {"a": "</script><!--<script>&amp;\u2028\u202e\ud800\x00"}
    text = embedded(given)
    assert isinstance(text, Markup)
    assert not set("<>&\u2028\u202e\ud800\x00") & set(text)
    assert json.loads(text) == given


def data_of(given):
    return json.loads(tree(given).get_element_by_id("data").text)


def test_the_data_leads_to_the_places_in_the_texts():
    data = data_of(contents())
    pair = data["pairs"]["link-1"]
    down, up = data["texts"][pair["down"]]["text"], data["texts"][pair["up"]]["text"]
    kind, *places = pair["passages"][0]
    passage = STRIKE.passages[0]
    assert kind == "rewritten"
    assert down[places[0] : places[1]] == passage.left.of(DOWN_TEXT)
    assert up[places[2] : places[3]] == passage.right.of(UP_TEXT)


def test_words_are_counted_in_the_text_and_not_in_what_is_shown_for_its_controls():
    controls = "\u202eof the \x00\u2066 harbour\u2069 \ud800"
    first = STRIKE.passages[0].left
    text = f"{DOWN_TEXT}\n{controls}\nMore news"
    ends = (len(DOWN_TEXT) + 1, len(DOWN_TEXT) + len(controls) + 2, len(text))
    roles = (Role.BODY, Role.BODY, Role.RELATED)
    blocks = tuple(
        Block(Span(begin, end), role, "prose") for begin, end, role in zip((0, *ends), ends, roles, strict=False)
    )
    held = {**TEXTS, REWRITE.id: PageText(text, blocks)}
    link = dataclasses.replace(STRIKE, passages=STRIKE.passages[:1])
    given = contents(audit_findings(derivations=(link,)), texts=lambda wanted: {each: held[each] for each in wanted})
    taken = len(re.findall(r"[\w’]+", first.of(DOWN_TEXT)))
    body = len(re.findall(r"[\w’]+", DOWN_TEXT)) + len(("of", "the", "harbour"))
    for told in (given, anonymised(given)):
        assert data_of(told)["pairs"]["link-1"]["words"] == {
            "body": {STRIKE.passages[0].kind.value: taken, "new": body - taken},
            "site": {"new": 2},
        }


def test_a_word_in_several_passages_counts_for_the_plainest_and_for_a_quotation_last():
    kinds = (PassageKind.QUOTE, PassageKind.REWRITTEN, PassageKind.VERBATIM, PassageKind.REWRITTEN)
    spans = (Span(0, 30), Span(0, 20), Span(0, 10), Span(0, 15))
    passages = tuple(
        dataclasses.replace(STRIKE.passages[0], kind=kind, left=span) for kind, span in zip(kinds, spans, strict=True)
    )
    text = "a23456789 b23456789 c23456789 d23456789"
    held = {**TEXTS, REWRITE.id: PageText(text, (Block(Span(0, len(text)), Role.BODY, "prose"),))}
    links = (dataclasses.replace(STRIKE, passages=passages),)
    given = contents(audit_findings(derivations=links), texts=lambda wanted: {each: held[each] for each in wanted})
    counted = data_of(given)["pairs"]["link-1"]["words"]["body"]
    assert counted == {"verbatim": 1, "rewritten": 1, "quote": 1, "new": 1}


def test_a_pair_without_its_texts_is_told_without_them():
    given = contents(texts=lambda _: {})
    assert data_of(given)["pairs"] == {}
    assert "62% of its words" in words(tree(given).get_element_by_id("link-1"))


def test_an_inferred_text_is_drawn_as_an_inference():
    family = dataclasses.replace(FAMILY, inferred_sources=(LOST,))
    drawn = tree(contents(audit_findings(families=(family,))))
    (node,) = drawn.find_class("n-inferred")
    assert "inferred, not found" in words(node)
    assert len(drawn.find_class("graph")[0].find_class("e-inferred")) == 2
    assert "Inferred, not found: a text" in words(drawn.find_class("inference")[0])


def test_every_kind_of_line_has_a_look_and_words_of_its_own():
    style = words(tree().find(".//style"))
    looks = [re.search(rf"\.edge\.e-{kind} \.wide {{ ([^}}]*) }}", style)[1] for kind in EdgeKind]
    bare = [re.sub(r"stroke: var\([^)]*\);?", "", look).strip() for look in looks]
    assert len(set(bare)) == len(bare)


def test_a_large_audit_has_a_page_a_family_and_an_index():
    lone = [
        dataclasses.replace(facts("e", f"lone-{number}"), id=ArticleId(f"lone-{number:04}"))
        for number in range(MOST_ON_ONE_PAGE)
    ]
    findings = audit_findings()
    given = contents(dataclasses.replace(findings, articles=(*findings.articles, *lone)))
    pages = dict(report_pages(given, "my report.html", "my report-files"))
    first, *others = pages
    assert first == "my report.html"
    assert others[0] == "my report-files/family-1.html"
    assert "my%20report-files/family-1.html#family-1" in pages[first]
    assert "../my%20report.html" in pages[others[0]]
    assert 'id="link-1"' in pages[others[0]]
    rows = sum(len(html.document_fromstring(each).xpath("//tbody/tr[@data-status]")) for each in pages.values())
    assert rows == len(given.findings.articles)


def test_the_same_findings_are_the_same_bytes():
    assert page() == page()


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Harbour Gazette reports", "Outlet B reports"),
        ("HARBOUR  GAZETTE’s report", "Outlet B’s report"),
        ("see https://www.harbourgazette.example/2031/strike?x=1.", "see [address of Outlet B]."),
        ("write to desk@m.harbourgazette.example", "write to [address of Outlet B]"),
        ("harbourgazette.example", "[address of Outlet B]"),
        ("follow @harbourgazette", "follow [handle]"),
        ("or https://elsewhere.test/a/b", "or [address]"),
        ("It took time. Time says so.", "It took time. Outlet C says so."),
        ("Harbour Gazette’s report in Time's pages", "Outlet B’s report in Outlet C's pages"),
        ("time.", "time."),
        ("HarbourGazette and the Quay Side Herald", "Outlet B and the Outlet D"),
        ("a quay side herald", "a quay side herald"),
        ("gazette.html credits it", "article-7 credits it"),
        ("at 9 a.m. in the U.S. on no. 3", "at 9 a.m. in the U.S. on no. 3"),
    ],
)
def test_names_addresses_and_files_are_replaced_in_running_text(text, hidden):
    names = Names()
    names.add_name("Harbour Gazette", "Outlet B")
    names.add_name("Time", "Outlet C")
    names.add_host("https://harbourgazette.example/", "Outlet B")
    names.add_host("https://www.quaysideherald.example/", "Outlet D")
    names.add_file("gazette.html", "article-7")
    assert Rewritten(text, names.runs(text)).text == hidden


NASTY = {
    "The Sun": "A", "Time": "B", "dpa": "C", "AP": "D", "Il Post": "E", "The Straits Times": "F", "L’Équipe": "G",
    "Reuters": "H", "연합뉴스": "I", "新华社": "J", "Комсомольская правда": "K", "الجزيرة": "L", "Die Welt": "M",
    "Straits Times of Malacca": "N", "Gazeta Wyborcza": "O", "The i": "P", "The Herald": "Q", "El Herald": "R",
    "il Giornale": "S", "il manifesto": "T",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("The sun rose. The Sun, the Sun, THE SUN and a Sun reporter", "The sun rose. A, A, A and a A reporter"),
        ("Sunday in Sunderland: suns, TheSun", "Sunday in Sunderland: suns, A"),
        ("Time and Sentiment, timely; Time’s, the times", "B and Sentiment, timely; B’s, the times"),
        ("dpa-AFX, DPA, (dpa)", "C-AFX, C, (C)"),
        ("wrap AP, A.P. said, APs; a p., cap, ap, Map", "wrap D, D. said, D; a p., cap, ap, Map"),
        ("Il Post e il Postino; un post", "E e il Postino; un post"),
        ("straits times Straits\u00a0Times STRAITSTIMES straitstimes", "F F F F"),
        ("Straits Times of Malacca", "N"),
        ("selon L'Equipe, de l’Équipe", "selon G, de G"),
        ("l’AP, dell'AP, AP:n, AP'nin", "l’D, dell'D, D:n, D'nin"),
        ("Reutersin Reuters' REUTERS", "H H' H"),
        ("연합뉴스가 보도, 据新华社北京", "I 보도, 据J北京"),
        ("в «Комсомольской правде», правда", "в «K», правда"),
        ("قال للجزيرة والجزيرة بجزيرة", "قال L L بجزيرة"),
        ("Die Welt, in der Welt", "M, in der Welt"),
        ("w Gazecie Wyborczej", "w O"),
        ("I am, i.e. an iPhone; The i", "I am, i.e. an iPhone; P"),
        ("il giornale, il Giornale; il manifesto", "il giornale, S; T"),
        ("A Herald reporter; The Herald; El Herald", "A an outlet reporter; Q; R"),
        ("\ud800 AP \u202eAP", "\ud800 D \u202eD"),
        ("A\u200bP and Re\u00aduters", "D and H"),
    ],
)
def test_a_name_is_found_in_every_form_and_in_no_other_word(text, hidden):
    names = Names()
    for name, label in NASTY.items():
        names.add_name(name, label)
    assert Rewritten(text, names.runs(text)).text == hidden


def test_an_outlet_called_like_a_word_does_not_hide_the_word():
    outlet = Outlet(OutletId("sun"), "The Sun", domains=("thesun.example",))
    article = dataclasses.replace(REWRITE, title="Under the sun: the Sun asks", outlet=outlet.id)
    found = anonymised(contents(dataclasses.replace(audit_findings(), articles=(article, WIRE), outlets=(outlet,))))
    (title,) = (each.title for each in found.findings.articles if each.title != WIRE.title)
    assert title == "Under the sun: Outlet A asks"


def test_lines_of_the_site_are_left_out_of_an_anonymous_report_but_for_credits():
    lines = ("About us: the paper of Aldermouth\n", "Source: North Wire of Aldermouth\n", DOWN_TEXT)
    starts = (0, len(lines[0]), len(lines[0]) + len(lines[1]))
    blocks = tuple(
        Block(Span(start, start + len(line)), role, "prose")
        for start, line, role in zip(starts, lines, (Role.LEGAL, Role.LEGAL, Role.BODY), strict=True)
    )
    credit = Attribution(
        AttributionKind.REPUBLICATION, "North Wire", "source-line", Span(starts[1] + 8, starts[2] - 1),
        credited="North Wire", outlet=OutletId("northwire"),
    )  # fmt: skip
    articles = (dataclasses.replace(REWRITE, attributions=(credit,)), WIRE)
    held = {**TEXTS, REWRITE.id: PageText("".join(lines), blocks)}
    findings = dataclasses.replace(audit_findings(derivations=(STRIKE,)), articles=articles)
    given = contents(findings, texts=lambda wanted: {each: held[each] for each in wanted})
    plain, hidden = data_of(given), data_of(anonymised(given))
    texts = [data["texts"][data["pairs"]["link-1"]["down"]] for data in (plain, hidden)]
    assert texts[0]["text"] == "".join(lines)
    assert re.fullmatch(rf"\[left out\]\nSource: Outlet [A-E] of Aldermouth\n{re.escape(DOWN_TEXT)}", texts[1]["text"])
    start, end = texts[1]["credits"][0]
    assert re.fullmatch(r"Outlet [A-E] of Aldermouth", texts[1]["text"][start:end])


def test_an_anonymous_report_holds_no_name_no_file_and_no_address():
    named = ("Harbour Gazette", "North Wire", "Island Post", "Meridian", "Daily Roundup", "islandpost", "gazette.html")
    text = page(anonymised(contents(audit_findings(families=(dataclasses.replace(FAMILY, inferred_sources=(LOST,)),)))))
    assert not [name for name in (*named, "news/", "A. Editor", "Some list", "sha256:") if name in text]
    assert "Anonymised." in text
    assert re.search(r"Outlet [A-E]\b", text)


def test_places_follow_what_an_anonymous_text_says_otherwise():
    text = "As the Harbour Gazette said: " + DOWN_TEXT
    moved = len("As the Harbour Gazette said: ")
    strike = dataclasses.replace(
        STRIKE,
        passages=tuple(
            dataclasses.replace(each, left=Span(each.left.start + moved, each.left.end + moved))
            for each in STRIKE.passages[:1]
        ),
    )
    texts = {**TEXTS, REWRITE.id: PageText(text, ())}
    given = contents(audit_findings(derivations=(strike,)), texts=lambda wanted: {each: texts[each] for each in wanted})
    data = data_of(anonymised(given))
    pair = data["pairs"]["link-1"]
    shown = data["texts"][pair["down"]]["text"]
    _, start, end, *_ = pair["passages"][0]
    assert "Gazette" not in shown
    assert shown[start:end] == DOWN_TEXT[:80]


def test_letters_go_on_after_the_alphabet():
    assert [letters(number) for number in (0, 25, 26, 51, 52, 702)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]


def label_of_wire(run):
    findings = audit_findings()
    given = contents(dataclasses.replace(findings, run=dataclasses.replace(findings.run, id=run)))
    found = anonymised(given).findings
    return next(each.outlet for each in found.articles if each.title == WIRE.title)


def test_letters_follow_from_the_run_and_not_from_the_alphabet():
    assert label_of_wire("run:1") == label_of_wire("run:1")
    assert len({label_of_wire(f"run:{number}") for number in range(12)}) > 1


def test_letters_cannot_be_told_from_what_the_page_says_of_its_run():
    labels = set()
    for number in range(12):
        findings = audit_findings()
        articles = tuple(dataclasses.replace(each, source=f"{number}/{each.source}") for each in findings.articles)
        found = anonymised(contents(dataclasses.replace(findings, articles=articles))).findings
        labels.add(next(each.outlet for each in found.articles if each.title == WIRE.title))
    assert len(labels) > 1


def test_places_are_counted_as_a_browser_counts_them():
    shown = BrowserText("a\r\n\t😀b\x00\ud800c")
    assert shown.text == "a\n    😀b␀⟨U+D800⟩c"
    units = shown.text.encode("utf-16-le")

    def at(span):
        start, end = shown.place(span)
        return units[2 * start : 2 * end].decode("utf-16-le")

    assert [at(Span(*each)) for each in ((0, 1), (4, 5), (5, 6), (6, 8), (8, 9), (9, 9))] == [
        "a", "😀", "b", "␀⟨U+D800⟩", "c", "",
    ]  # fmt: skip


def test_a_place_that_cuts_into_a_replaced_run_takes_in_all_of_it():
    told = Rewritten("said the Gazette today", [(9, 16, "B")])
    assert told.text == "said the B today"
    assert told.span(Span(12, 18)).of(told.text) == "B t"
    assert told.span(Span(5, 12)).of(told.text) == "the B"
    assert told.span(Span(17, 22)).of(told.text) == "today"


def test_every_line_leads_to_the_right_and_no_two_boxes_overlap():
    lines = [("a", "c"), ("b", "c"), ("c", "d"), ("a", "d"), ("a", "e"), ("d", "f"), ("b", "f")]
    layer = layers("abcdefg", lines, [("g", "e")])
    heights = dict.fromkeys("abcdefg", 40.0) | {"d": 90.0}
    place = placed(layer, lines, heights, 10)
    assert all(layer[upstream] < layer[downstream] for upstream, downstream in lines)
    assert layer["g"] != layer["e"]
    for rank in set(layer.values()):
        boxes = sorted(
            (place.centre[key] - heights[key] / 2, place.centre[key] + heights[key] / 2)
            for key in layer
            if layer[key] == rank
        )
        assert all(above[1] + 9.99 <= below[0] for above, below in pairwise(boxes))
        assert boxes[0][0] >= 0
        assert boxes[-1][1] <= place.height + 0.01
    assert [step for step, _ in place.passes["b", "f"]] == [1, 2]


def test_a_name_its_bearer_writes_small_is_replaced_and_a_word_that_only_looks_like_one_is_not():
    names = Names()
    names.add_name("dpa", "Outlet A")
    names.add_name("Time", "Outlet B")
    text = "VESSBY (dpa) - It took time, Time wrote."
    assert [text[start:end] for start, end, _ in names.runs(text)] == ["dpa", "Time"]
