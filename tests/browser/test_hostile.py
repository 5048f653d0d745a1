"""Hostile text stays text, and large audits stay usable."""

import pytest

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
        "␀␇␛[2J",
        "⟨U+D800⟩ lone",
    ):
        assert line in down
    assert browser.run("return document.querySelectorAll('.pane script, .pane img, .pane b, td i, th i').length") == 0


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


def test_an_article_of_a_megabyte_is_shown_whole(browser, audited):
    lines = [f"{number}. {STORY[number % 4]} Berth {number * 37} of {number * 91} was open." for number in range(8000)]
    text = "\n".join(lines)
    assert len(text) > 1_000_000
    page = audited(
        [
            {"id": "large", "text": text, "published": "2031-03-04"},
            {"id": "part", "text": "\n".join(lines[4000:4040]), "published": "2031-03-05"},
        ]
    )
    browser.open(page)
    browser.open_link(1)
    held = browser.run(
        "return Math.max(...[...document.querySelectorAll('#link-1 .pane')].map(each => each.textContent.length))"
    )
    assert held >= len(text) - text.count("\n")
    browser.find("#link-1 [data-step='1']").click()
    assert browser.find_all("#link-1 .pane[data-side=up] .passage.active")
    assert browser.complaints() == []


def test_a_page_of_five_hundred_articles_opens_and_stays_usable(browser, audited):
    page = audited(
        [
            {
                "id": f"a{number:03}",
                "title": f"Quay {number}",
                "outlet": f"Outlet {number % 40}",
                "published": f"2031-03-{1 + number % 27:02}",
                "text": "\n\n".join(
                    f"{line} Pier {number // 4 * 7 + step} counted {number // 4 * 13 + step * 3} ships under the name Quay{number // 4}."
                    for step, line in enumerate(STORY)
                ),
            }
            for number in range(500)
        ]
    )
    browser.open(page)
    assert len(browser.find_all("#table tbody tr")) == 500
    browser.find("#find").send_keys("quay 499")
    assert browser.find("#shown").text == "1 of 500 articles"
    browser.open_link(1)
    assert browser.complaints() == []
