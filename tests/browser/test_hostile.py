"""Hostile text stays text, and large audits stay usable."""

import dataclasses
import re

import pytest

from provenance.cli.page_writer import write_pages
from provenance.model import ArticleId, Block, FamilyId, Passage, PassageKind, Role, Span
from provenance.report.html.contents import PageText, ReportContents
from tests.unit.report.factories import COMPOSITION, FAMILY, STRIKE, audit_findings, facts, verdict

STORY = (
    "Crews of the ferry Aldonza walked out at Port Alder on Tuesday after two winches failed in heavy swell.",
    "The harbour board had closed nine of its fourteen berths since the storm of 2 March tore up the breakwater.",
    "Some 1,420 passengers were waiting on the quay by noon, and hotels in the old town were full.",
    "Talks between the board and the seafarers’ league broke off before midnight without a date for another round.",
)
HOSTILE = (
    "</script><script>document.title = 'taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "<!--<script>",
    "{{ 7 * 7 }} {% raw %} javascript:alert(1)",
    "\u202egnirts desrever\u202c \u2066isolated\u2069",
    "\x00\x07\x1b[2J nul and escapes",
    "family 👩‍👩‍👧‍👦 flag 🇫🇷 astral 𝕏",
    "מעניין מאוד العربية",
    "\ud800 lone and \udfff lone",
    "Wolkenbruchgefahr" * 400,
)


@pytest.fixture(scope="module")
def page(audited):
    text = "\n\n".join((*STORY, *HOSTILE, "The ferry Aldonza carries 96 lorries."))
    title = f"Strike {''.join(HOSTILE[:6])}"
    url = "javascript:document.title='taken'"
    return audited(
        [
            {"id": "<b>one</b>", "title": title, "text": text, "outlet": "<i>Port & Post</i>", "url": url},
            {"id": 'two" onclick="x', "title": title, "text": text, "outlet": "Second", "published": "2031-03-05"},
        ]
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_markup_in_articles_does_nothing_and_is_shown(browser, page, width):
    browser.open(page, width=width)
    link = browser.open_link(1)
    assert "taken" not in browser.driver.title
    assert browser.complaints() == []
    assert browser.requests() == [page.as_uri()]
    assert browser.run("return document.documentElement.scrollWidth") <= width
    down = link.find_element("css selector", ".pane").get_attribute("textContent")
    for line in (
        HOSTILE[0],
        HOSTILE[1],
        HOSTILE[3],
        HOSTILE[6],
        HOSTILE[7],
        "⟨U+202E⟩gnirts",
        "\ufffd␇␛[2J",
        "\ufffd lone",
    ):
        assert line in down
    assert browser.run("return document.querySelectorAll('.pane script, .pane img, .pane b, td i, th i').length") == 0


def test_what_is_shown_for_controls_is_not_counted_in_view(browser, page):
    browser.open(page)
    link = browser.open_link(1)
    told = int(browser.find("#table tbody tr").get_attribute("data-words"))
    assert f"{told:,} words" in link.find_element("css selector", ".in-view-words").text


def test_places_stay_right_behind_signs_of_two_code_units(browser, audited):
    told = "\n\n".join(STORY)
    page = audited(
        [
            {"id": "up", "text": told, "published": "2031-03-04"},
            {
                "id": "down",
                "text": f"𝕏👩‍👩‍👧‍👦\x00\ttab 🇫🇷 before it all begins, we are told by many.\n\n{told}",
                "published": "2031-03-05",
            },
        ]
    )
    browser.open(page)
    link = browser.open_link(1)
    down, up = (
        "".join(each.get_attribute("textContent") for each in pane.find_elements("css selector", ".passage"))
        for pane in link.find_elements("css selector", ".pane")
    )
    assert down.replace("1 verbatim", "").startswith("Crews of the ferry Aldonza")
    assert down == up


def written(findings, folder, texts=None):
    held = texts or {}
    given = ReportContents(findings, texts=lambda wanted: {each: held[each] for each in wanted if each in held})
    write_pages(given, folder / "report.html", quiet=True)
    return folder / "report.html"


def lined(text):
    ends = [found.end() for found in re.finditer("[^\n]*\n", text)]
    return PageText(
        text,
        tuple(Block(Span(start, end), Role.BODY, "prose") for start, end in zip([0, *ends], ends, strict=False)),
    )


def test_an_article_of_a_megabyte_is_shown_whole(browser, tmp_path):
    lines = [
        f"{number}. {STORY[number % 4]} Berth {number * 37} of {number * 91} was open.\n" for number in range(9000)
    ]
    large, part = "".join(lines), "".join(lines[4000:4040])
    assert len(large) > 1_000_000
    start = large.index(part)
    copied = Passage(PassageKind.VERBATIM, Span(0, len(part)), Span(start, start + len(part)), 1.0, 700, 700)
    link = dataclasses.replace(STRIKE, passages=(copied,))
    texts = {STRIKE.downstream: lined(part), STRIKE.upstream: lined(large)}
    browser.open(written(audit_findings(derivations=(link,), drift=(), erosion=()), tmp_path, texts))
    browser.open_link(1)
    held = browser.run("return document.querySelector('#link-1 .pane[data-side=up]').textContent.length")
    assert held >= len(large) - large.count("\n")
    browser.find("#link-1 [data-step='1']").click()
    assert len(browser.find_all("#link-1 .pane[data-side=up] .passage.active")) == 40
    assert browser.run("return document.querySelector('#link-1 .pane[data-side=up]').scrollTop") > 1000
    assert browser.complaints() == []


def five_hundred():
    """125 families of an article and three others that derive from it, with every link told in full."""
    articles, links, families, verdicts = [], [], [], []
    for number in range(125):
        ids = [ArticleId(f"{number:03}-{place}") for place in range(4)]
        articles += [
            dataclasses.replace(facts("a", f"{each}.txt", title=f"Quay {number} {place}"), id=each)
            for place, each in enumerate(ids)
        ]
        links += [dataclasses.replace(STRIKE, downstream=each, upstream=ids[0]) for each in ids[1:]]
        families.append(dataclasses.replace(FAMILY, id=FamilyId(f"family:{number}"), articles=tuple(ids), root=ids[0]))
        verdicts += [verdict(each, 0.62 if place else 0.0, composition=COMPOSITION) for place, each in enumerate(ids)]
    return audit_findings(
        articles=tuple(articles),
        derivations=tuple(links),
        families=tuple(families),
        verdicts=tuple(verdicts),
        drift=(),
        erosion=(),
    )


def test_a_page_of_five_hundred_articles_opens_and_stays_usable(browser, tmp_path):
    findings = five_hundred()
    texts = {each.id: lined(f"{' '.join(STORY)}\n" * 9) for each in findings.articles}
    browser.open(written(findings, tmp_path, texts))
    assert len(browser.find_all("#table tbody tr")) == 500
    assert len(browser.find_all(".graph")) == 125
    browser.find("#find").send_keys("124-3.txt")
    assert browser.find("#shown").text == "1 of 500 articles"
    browser.open_link(375)
    assert browser.complaints() == []


def test_further_pages_lead_to_one_another(browser, tmp_path):
    findings = five_hundred()
    lone = [
        dataclasses.replace(facts("e", f"lone-{number}.txt"), id=ArticleId(f"lone-{number:04}"))
        for number in range(400)
    ]
    page = written(dataclasses.replace(findings, articles=(*findings.articles, *lone)), tmp_path)
    browser.open(page)
    browser.find(".index a").click()
    browser.wait(lambda: "report-files/family-1.html" in browser.driver.current_url)
    assert len(browser.find_all("#table tbody tr")) == 4
    browser.find(".kicker a").click()
    browser.wait(lambda: browser.driver.current_url == page.as_uri())
    assert browser.complaints() == []
