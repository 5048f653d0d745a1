"""The report in a browser: it opens from disk, asks nobody, and is worked by keyboard, by pointer and without either."""

import re
from importlib.resources import files

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@WIDTHS
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_opens_without_a_request_or_a_complaint(browser, stories, width, dark):
    browser.open(stories, width=width, dark=dark)
    browser.open_link(1)
    assert browser.requests() == [stories.as_uri()]
    assert browser.complaints() == []


@WIDTHS
def test_nothing_is_wider_than_the_window(browser, stories, width):
    browser.open(stories, width=width)
    browser.open_link(1)
    assert browser.run("return document.documentElement.scrollWidth") <= width


SHORTENED = """
const repeated = ['#table tbody tr', '.card', '.family', '#possible details.link'];
for (const each of repeated.flatMap(one => [...document.querySelectorAll(one)].slice(4))) each.remove();
for (const link of document.querySelectorAll('a[href^="#"]')) {
  if (!document.getElementById(link.getAttribute('href').slice(1))) link.removeAttribute('href');
}
"""
"""Leaves four of everything that repeats: axe takes its time over every element."""


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["wide-light", "narrow-dark"])
def test_axe_finds_nothing_inaccessible(browser, stories, width, dark):
    browser.open(stories, width=width, dark=dark)
    browser.open_link(having="table.changes")
    browser.run(
        "for (const each of document.querySelectorAll('.further, #table tr:first-child details, .card:first-child details')) each.open = true"
    )
    browser.run(SHORTENED)
    browser.run(files("axe_selenium_python").joinpath("node_modules/axe-core/axe.min.js").read_text("utf-8"))
    found = browser.driver.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
    )
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_a_dark_scheme_turns_the_page_dark(browser, stories):
    def lightness(*, dark):
        browser.open(stories, dark=dark)
        colour = browser.run("return getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert lightness(dark=True) < 200
    assert lightness(dark=False) > 600


def test_the_skip_link_comes_first_and_leads_to_the_report(browser, stories):
    browser.open(stories)
    browser.find("body").send_keys(Keys.TAB)
    assert browser.run("return document.activeElement.className") == "skip"
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.run("return document.activeElement.id") == "main"


def test_every_control_can_be_reached_by_keyboard_and_shows_it(browser, stories):
    browser.open(stories)
    browser.open_link(1)
    wanted = browser.run(
        """return [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')]
        .filter(each => each.checkVisibility({contentVisibilityAuto: false}) && !each.closest('details:not([open]) > :not(summary)')).length"""
    )
    browser.run(
        """window.seen = new Map();
        addEventListener('focusin', ({target}) => seen.set(target, getComputedStyle(target).outlineStyle));"""
    )
    ActionChains(browser.driver, duration=0).send_keys(Keys.TAB * (wanted + 5)).perform()
    reached, unmarked = browser.run(
        "return [seen.size, [...seen].filter(([, outline]) => outline === 'none').map(([each]) => each.outerHTML)]"
    )
    assert reached >= wanted
    assert unmarked == []


def test_a_passage_that_is_clicked_is_found_in_the_other_text(browser, stories):
    browser.open(stories)
    link = browser.open_link(having="table.changes")
    down, up = link.find_elements("css selector", ".pane")
    tag = down.find_elements("css selector", ".tag")[-1]
    number = browser.run("return arguments[0].parentNode.dataset.number", tag)
    before = browser.run("return arguments[0].scrollTop", up)
    tag.click()
    lit = up.find_elements("css selector", ".passage.active")
    assert lit
    assert all(number in each.get_attribute("data-all").split() for each in lit)
    assert browser.run("return arguments[0].scrollTop", up) > before
    assert browser.run(
        """const pane = arguments[0].getBoundingClientRect(), lit = arguments[1].getBoundingClientRect();
        return lit.top >= pane.top && lit.top < pane.bottom""",
        up,
        lit[0],
    )
    assert tag.get_attribute("aria-pressed") == "true"


def test_enter_on_a_passage_does_what_a_click_does(browser, stories):
    browser.open(stories)
    link = browser.open_link(having="table.changes")
    down, up = link.find_elements("css selector", ".pane")
    up.find_elements("css selector", ".tag")[2].send_keys(Keys.ENTER)
    assert down.find_elements("css selector", ".passage.active")
    assert "highlighted in both texts" in link.find_element("css selector", "[role=status]").text


def test_the_next_passage_follows_the_one_before(browser, stories):
    browser.open(stories)
    link = browser.open_link(having="table.changes")
    step = link.find_element("css selector", "[data-step='1']")
    said = []
    for _ in range(3):
        step.click()
        said.append(link.find_element("css selector", "[role=status]").text.split(",")[0])
    assert [re.sub(r" of \d+", "", each) for each in said] == ["Passage 1", "Passage 2", "Passage 3"]


def in_view(box):
    return int(re.search(r"In view [^:]+: ([\d,]+) words", box.text)[1].replace(",", ""))


def test_site_lines_are_added_to_the_view_with_their_words_and_taken_away_again(browser, stories):
    browser.open(stories)
    box = browser.open_link(1).find_element("css selector", ".compare")
    toggle = box.find_element("css selector", "[data-toggle=hide-site]")
    words = in_view(box)
    site = box.find_elements("css selector", "[data-side=down] .line.site:not(.credited)")
    assert site
    assert not any(line.is_displayed() for line in site)
    toggle.click()
    assert toggle.get_attribute("aria-pressed") == "true"
    assert all(line.is_displayed() for line in site)
    assert in_view(box) > words
    toggle.click()
    assert in_view(box) == words


def test_quotations_leave_the_view_with_their_words(browser, stories):
    browser.open(stories)
    browser.run("for (const each of document.querySelectorAll('#possible details.link')) each.open = true")
    browser.wait(lambda: "in shared quotations" in browser.find("#possible").text)
    box = next(each for each in browser.find_all("#possible .compare") if "in shared quotations" in each.text)
    words = in_view(box)
    quoted = int(re.search(r"(\d+) in shared quotations", box.text)[1])
    box.find_element("css selector", "[data-toggle=hide-quotes]").click()
    assert in_view(box) == words - quoted
    assert not any(each.is_displayed() for each in box.find_elements("css selector", ".p-quote"))


def test_the_words_in_view_are_those_the_audit_counts(browser, stories):
    browser.open(stories)
    for link in browser.find_all(".family > details.link:has(.compare)"):
        browser.run("arguments[0].open = true", link)
        told = re.match(r"(over |under )?(\d+)%", link.find_element("css selector", ".inside > p").text)
        browser.wait(lambda link=link: link.find_elements("css selector", ".in-view-words"))
        seen = re.search(
            r"words, (over |under )?(\d+)% of them", link.find_element("css selector", ".in-view-words").text
        )
        assert abs(int(told[2]) - int(seen[2])) <= 2, link.text


def test_what_changed_is_shown_where_it_stands_in_both_texts(browser, stories):
    browser.open(stories)
    link = browser.open_link(having="table[data-changes=drift]")
    row = link.find_element("css selector", "table[data-changes=drift] tbody tr")
    upstream, downstream = (cell.text.strip("“”") for cell in row.find_elements("css selector", "td"))
    row.find_element("css selector", "button").click()
    marked = {
        pane.get_attribute("data-side"): "".join(
            each.get_attribute("textContent") for each in pane.find_elements("css selector", "mark.active")
        )
        for pane in link.find_elements("css selector", ".pane")
    }
    assert marked == {"down": downstream, "up": upstream}


def shown_rows(browser):
    return browser.run("return [...document.querySelectorAll('#table tbody tr')].filter(row => row.checkVisibility())")


def test_the_table_finds_filters_and_sorts(browser, stories):
    browser.open(stories)
    every = shown_rows(browser)
    browser.find("#find").send_keys("karrow dam")
    found = shown_rows(browser)
    assert 0 < len(found) < len(every)
    assert all("karrow dam" in row.get_attribute("textContent").lower() for row in found)
    assert browser.find("#shown").text == f"{len(found)} of {len(every)} articles"
    browser.find("#find").clear()
    browser.find("#status").send_keys("Admitting")
    assert {row.get_attribute("data-status") for row in shown_rows(browser)} == {
        "Admitting a source that is not at hand"
    }


def test_a_column_is_sorted_by_its_heading_both_ways(browser, stories):
    browser.open(stories)
    head = browser.find("#table th[data-sort=date]")

    def dates():
        return browser.run("return arguments[0].map(row => row.dataset.date).filter(Boolean)", shown_rows(browser))

    head.find_element("css selector", "button").click()
    assert (head.get_attribute("aria-sort"), dates()) == ("ascending", sorted(dates()))
    head.find_element("css selector", "button").click()
    assert (head.get_attribute("aria-sort"), dates()) == ("descending", sorted(dates(), reverse=True))


def test_a_status_of_the_summary_filters_the_table(browser, stories):
    browser.open(stories)
    status = browser.find(".statuses a")
    count = int(browser.find(".statuses .count").text)
    status.click()
    assert len(shown_rows(browser)) == count


def test_a_line_of_the_graph_leads_to_its_evidence(browser, stories):
    browser.open(stories)
    line = browser.find(".graph .edge a")
    name = browser.run("return arguments[0].getAttribute('href').slice(1)", line)
    browser.run("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))", line)
    browser.wait(lambda: browser.find(f"#{name}").get_attribute("open"))


def test_a_figure_of_a_scorecard_leads_to_its_articles_in_the_table_though_they_are_filtered_away(browser, stories):
    browser.open(stories)
    browser.find("#find").send_keys("no such article")
    assert shown_rows(browser) == []
    browser.run("document.querySelector('.card .behind').open = true")
    link = browser.find(".card .behind[open] a")
    name = link.get_attribute("href").partition("#")[2]
    link.click()
    browser.wait(lambda: browser.find(f"#{name}").is_displayed())
    top = browser.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", name)
    assert 0 <= top < 900


def test_an_address_with_a_link_opens_it(browser, stories):
    browser.open(stories, anchor="#link-2")
    browser.wait(lambda: browser.find("#link-2").get_attribute("open"))


def test_print_leaves_out_controls_and_keeps_everything_that_is_open(browser, stories):
    browser.open(stories, print_media=True)
    link = browser.open_link(1)
    assert not browser.find(".parts").is_displayed()
    assert not browser.find(".tools").is_displayed()
    assert "Published" in browser.find("#table thead th[data-sort=date]").text
    assert not any(each.is_displayed() for each in browser.find_all("#table thead button"))
    pane = link.find_element("css selector", ".pane")
    assert browser.run("return arguments[0].scrollHeight <= arguments[0].clientHeight + 1", pane)


def test_the_page_without_its_script_tells_everything_but_the_two_texts(browser, stories, tmp_path):
    page = tmp_path / "still.html"
    page.write_text(stories.read_text("utf-8").replace("script-src 'unsafe-inline'", "script-src 'none'"), "utf-8")
    browser.open(page)
    assert len(shown_rows(browser)) == 32
    assert not browser.find(".tools").is_displayed()
    browser.run("document.querySelector('details.link').open = true")
    assert browser.find("details.link .no-js").is_displayed()


def test_the_anonymous_page_names_no_outlet_and_no_file(browser, stories):
    browser.open(stories)
    named = browser.run(
        "return [...document.querySelectorAll('.card h3')].map(each => each.textContent).filter(each => each.length > 4)"
    )
    assert named
    browser.open(stories.with_name("anonymous.html"))
    assert "Anonymised" in browser.find(".notice").text
    held = browser.run("return document.documentElement.textContent").casefold()
    assert [name for name in named if name.casefold() in held] == []
    assert ".txt" not in held
    assert browser.complaints() == []
