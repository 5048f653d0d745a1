"""Scorecards as objects, rows and views: shares only with enough evidence, every figure led back to its articles."""

import csv
import dataclasses
import io
import json

import pytest
from rich.cells import cell_len
from rich.console import Console

from provenance.model import Credit, Outlet, OutletId, OutletSignal, Rating, RatingList
from provenance.report import outlets
from provenance.report.encode import json_line
from provenance.report.findings import FindingsIndex
from provenance.report.tables import csv_line
from provenance.report.terminal.outlets import card_view, cards_view, rating_lists_view
from provenance.score.scorecards import scorecards
from tests.unit.report.factories import HOSTILE, poisoned
from tests.unit.score.newsroom import ECHO, POST, WIRE, article, audit, changed, day, family, link

RATINGS = (
    Rating("harbourecho.example", "0.82", "Some list", "2031-04", "CC0", 0.0, 1.0, imputed=True),
    Rating("harbourecho.example", "low", "Another list", ""),
)


def busy():
    """The Echo takes eight stories of the wire, three of them without credit and one with a changed figure."""
    names = [f"{number:02}" for number in range(8)]
    return audit(
        *(article(f"wire-{name}", WIRE, published=day(4, 8)) for name in names),
        *(article(f"echo-{name}", ECHO, published=day(4, 11), title=f"Story {name}") for name in names),
        article("post", POST, by="news agencies"),
        article("nobody", None),
        links=tuple(link(f"echo-{name}", f"wire-{name}") for name in names),
        families=tuple(family(f"echo-{name}", f"wire-{name}", root=f"wire-{name}") for name in names),
        credit={
            f"echo-{name}": Credit.UNCREDITED if number < 3 else Credit.CREDITED for number, name in enumerate(names)
        },
        drift=(changed("echo-00", "wire-00"),),
    )


def cards():
    findings = busy()
    return FindingsIndex(findings), {card.outlet: card for card in scorecards(findings, RATINGS)}


def signal(document, name):
    return next(each for each in document["signals"] if each["signal"] == name)


def shown(view, width=20_000):
    buffer = io.StringIO()
    Console(file=buffer, width=width, color_system=None, markup=False, emoji=False, highlight=False).print(view)
    return buffer.getvalue()


def test_every_signal_has_words():
    assert list(outlets.SIGNAL_WORDS) == list(outlets.STORY_WORDS) == list(OutletSignal)


def test_a_share_is_told_with_its_interval_and_the_articles_behind_it():
    index, found = cards()
    document = outlets.scorecard(found[ECHO.id], index)
    assert document["schema"] == "provenance.scorecard/1"
    assert document["outlet"] == {"id": "harbourecho", "name": "Harbour Echo", "domain": "harbourecho.example"}
    assert (document["articles"], document["stories"]) == (8, 8)
    uncredited = signal(document, "uncredited")
    assert {key: uncredited[key] for key in ("count", "of", "enough", "share")} == {
        "count": 3, "of": 8, "enough": False, "share": None,
    }  # fmt: skip
    fidelity = signal(document, "fidelity")
    assert (fidelity["share"], fidelity["interval"]) == (0.875, [0.5463, 0.9862])
    assert fidelity["others"] == [{"id": "echo-00", "source": "news/echo-00.txt"}]
    assert len(fidelity["articles"]) == 7


def test_without_enough_evidence_the_count_stands_alone():
    index, found = cards()
    traceable = signal(outlets.scorecard(found[POST.id], index), "traceable")
    assert (traceable["count"], traceable["of"]) == (0, 1)
    assert (traceable["enough"], traceable["share"], traceable["interval"]) == (False, None, None)


def test_a_card_is_json_and_says_what_lists_said():
    index, found = cards()
    document = json.loads(json_line(outlets.scorecard(found[ECHO.id], index)))
    assert document["lag"] == {
        "stories": 8, "enough": True, "median_hours": 3.0, "shortest_hours": 3.0, "longest_hours": 3.0,
        "off_by_hours": 0.0167, "articles": [{"id": f"echo-{n:02}", "source": f"news/echo-{n:02}.txt"} for n in range(8)],
    }  # fmt: skip
    assert document["ratings"] == [
        {"list": "Another list", "list_date": None, "domain": "harbourecho.example", "value": "low", "scale": None,
         "imputed": False, "licence": None},
        {"list": "Some list", "list_date": "2031-04", "domain": "harbourecho.example", "value": "0.82",
         "scale": [0.0, 1.0], "imputed": True, "licence": "CC0"},
    ]  # fmt: skip


def test_no_figure_sums_an_outlet_up():
    index, found = cards()
    document = outlets.scorecard(found[ECHO.id], index)
    assert set(document) == {"schema", "outlet", "domains", "articles", "stories", "signals", "lag", "ratings"}


def rows(card, index):
    lines = [csv_line(outlets.SCORECARD_COLUMNS), *map(csv_line, outlets.scorecard_rows(card, index))]
    return list(csv.DictReader(lines, strict=True))


def test_the_rows_of_a_card_are_its_signals_its_lag_and_its_ratings():
    index, found = cards()
    written = rows(found[ECHO.id], index)
    assert [row["entry"] for row in written] == [*OutletSignal, "lag", "rating", "rating"]
    assert {row["name"] for row in written} == {"Harbour Echo"}
    kept = next(row for row in written if row["entry"] == "fidelity")
    assert (kept["count"], kept["of"], kept["share"], kept["other_articles"]) == ("7", "8", "0.875", "echo-00")
    few = next(row for row in written if row["entry"] == "uncredited")
    assert (few["share"], few["interval_low"], few["enough"]) == ("", "", "no")
    assert [row["value"] for row in written[-2:]] == ["low", "0.82"]


def test_an_outlet_nothing_is_known_of_is_called_by_its_id():
    lonely = dataclasses.replace(busy(), outlets=())
    index = FindingsIndex(lonely)
    card = next(each for each in scorecards(lonely) if each.outlet == ECHO.id)
    assert outlets.scorecard(card, index)["outlet"]["name"] == "harbourecho"
    assert rows(card, index)[0]["domain"] == ""


def test_the_list_of_outlets_says_counts_shares_and_when_there_is_not_enough_evidence():
    index, found = cards()
    text = shown(cards_view(list(found.values()), index))
    assert text.startswith("3 outlets with 17 articles\n")
    assert "No fact changed: 7 of 8 stories derived from an article at hand, 88% (95% interval: 55% to 99%)" in text
    assert "Not enough evidence for a share: of 8 derivative stories 5 credited and 3 uncredited" in text
    assert "upstream traceable 0 of 1" in text
    assert "median 3.0 h" in text
    assert "Another list (undated): low for harbourecho.example" in text
    assert "Some list (2031-04): 0.82 on 0 to 1 for harbourecho.example, imputed by the list" in text
    assert "1 article is on no card" in text


def test_the_whole_card_names_every_article_behind_its_figures():
    index, found = cards()
    text = shown(card_view(found[ECHO.id], index))
    assert "Uncredited: 3 of 8 derivative stories; not enough evidence for a share" in text
    assert all(f"“Story {number:02}”  echo-{number:02}  news/echo-{number:02}.txt" in text for number in range(8))
    assert "Attribution kept\n────────────────\n  No story bears on it" in text
    assert "they may contradict one another, and no signal rests on them" in text


def test_a_card_nothing_bears_on_says_so():
    findings = audit(
        article("wire", WIRE), article("echo", ECHO), families=(family("echo", "wire", inferred=("echo",)),)
    )
    index = FindingsIndex(findings)
    card = next(each for each in scorecards(findings) if each.outlet == ECHO.id)
    assert "Nothing here tells who had its stories first" in shown(cards_view([card], index))
    assert "No derivative story has dates that tell" in shown(card_view(card, index))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([3.0], "3.0 h in 1 story; not enough evidence for a median"),
        ([0.5, 80.0], "30 min to 3.3 days in 2 stories; not enough evidence for a median"),
        ([-2.0, 1.0], "-2.0 h to 1.0 h in 2 stories; not enough evidence for a median"),
    ],
)
def test_a_lag_of_few_stories_has_no_median(hours, words):
    index, found = cards()
    card = found[ECHO.id]
    lag = dataclasses.replace(
        card.lag, stories=len(hours), shortest=hours[0], longest=hours[-1], median=sum(hours) / len(hours)
    )
    assert words in shown(card_view(dataclasses.replace(card, lag=lag), index))


def test_a_lag_by_the_day_says_how_far_it_may_be_off():
    index, found = cards()
    card = found[ECHO.id]
    lag = dataclasses.replace(card.lag, off_by=24.0)
    assert "in 8 stories, give or take 24.0 h" in shown(card_view(dataclasses.replace(card, lag=lag), index))


@pytest.mark.parametrize("width", [80, 120, 200])
def test_no_line_is_wider_than_the_screen(width):
    index, found = cards()
    for view in (cards_view(list(found.values()), index), card_view(found[ECHO.id], index)):
        assert max(cell_len(line) for line in shown(view, width).splitlines()) <= width


def test_what_articles_and_lists_say_cannot_steer_a_terminal():
    findings = poisoned(busy())
    ratings = poisoned(RATINGS)
    index = FindingsIndex(findings)
    every = [dataclasses.replace(card, ratings=ratings) for card in scorecards(findings)]
    lists = [RatingList(f"L{HOSTILE}", f"1{HOSTILE}", 1, 1, f"x{HOSTILE}")]
    views = [cards_view(every, index), *(card_view(card, index) for card in every), rating_lists_view(lists)]
    for text in map(shown, views):
        assert not set(text) & set("\x1b\x07\r\u202e")
        assert "[b]" in text


def test_imported_lists_are_told_with_date_and_licence():
    text = shown(rating_lists_view([RatingList("Some list", "2031", 1200, 7, "CC0"), RatingList("Other", "", 1)]))
    assert text == "Some list, 2031\n  1,200 domains, 7 imputed\n  Licence: CC0\nOther, undated\n  1 domain\n"
    assert "No ratings were imported" in shown(rating_lists_view([]))


def test_an_imported_list_is_an_object_and_a_row():
    each = RatingList("Some list", "", 3, 1, "CC0")
    assert outlets.rating_list(each) == {
        "schema": "provenance.rating-list/1", "list": "Some list", "list_date": None, "domains": 3, "imputed": 1,
        "licence": "CC0",
    }  # fmt: skip
    assert outlets.rating_list_row(each) == ("Some list", None, 3, 1, "CC0")


def test_an_audit_of_articles_without_outlets_says_how_outlets_are_known():
    index = FindingsIndex(audit(article("a", None)))
    assert shown(cards_view((), index)).startswith(
        "No article of the latest audit has a known outlet\nAn outlet is known by"
    )


def test_articles_of_an_outlet_without_a_domain_are_told_by_its_name_alone():
    paper = Outlet(OutletId("gazette"), "A Gazette")
    findings = dataclasses.replace(audit(article("a", paper)), outlets=(paper,))
    assert "A Gazette  gazette\n" in shown(cards_view(scorecards(findings), FindingsIndex(findings)))
