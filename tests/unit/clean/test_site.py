from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from provenance.clean import SiteFurniture, SiteLearner, label, outline
from provenance.clean.site import line_key
from provenance.model import Article

_spec = importlib.util.spec_from_file_location("clean_pages", Path(__file__).with_name("pages.py"))
assert _spec is not None
assert _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)

STORIES = (
    ("Mill fire is out after two days", "Crews left the flour mill on Sunday, and the road past it was opened again."),
    ("Choir sings in empty pool", "The town choir has found a hall with an echo: the pool that was drained in May."),
    ("Heron returns to the weir", "A heron was seen at the weir on Monday for the first time since the flood of 2019."),
    (
        "Baker wins the race of trays",
        "The baker from Low Street carried eleven trays down the hill without losing one.",
    ),
)
WIRE = "Ministers from nine countries agreed late on Friday to share the water of the river in dry years."


def page(number: int, *extra: str, top: str = "Millport Courier") -> Article:
    headline, paragraph = STORIES[number]
    return pages.article("\n".join([top, "Tides today", headline, paragraph, *extra, "Ring the desk on 555"]))


def learnt(*articles: Article, key: str = "courier.example") -> frozenset[int]:
    learner = SiteLearner()
    for article in articles:
        learner.add(key, article)
    return learner.learn().at(key)


def test_a_menu_entry_on_two_pages_of_an_outlet_is_furniture() -> None:
    found = learnt(page(0), page(1))

    assert line_key("Tides today") in found
    assert line_key(STORIES[0][1]) not in found


def test_case_digits_and_white_space_do_not_hide_a_recurring_line() -> None:
    assert line_key("Ring  the DESK on 556") == line_key("ring the desk on 42")


def test_a_paragraph_two_stories_share_stays_body() -> None:
    found = learnt(page(0, WIRE), page(1, WIRE))

    assert line_key(WIRE) not in found


def test_a_paragraph_on_three_stories_is_furniture() -> None:
    found = learnt(page(0, WIRE), page(1, WIRE), page(2, WIRE))

    assert line_key(WIRE) in found


def test_copies_of_one_story_do_not_make_its_lines_furniture() -> None:
    assert learnt(page(0), page(0, top="Millport Courier mobile")) == frozenset()


def test_a_headline_that_is_a_link_on_the_next_page_stays_a_headline() -> None:
    found = learnt(page(0), page(1, "More to read", STORIES[0][0]))

    assert line_key(STORIES[0][0]) not in found


def test_pages_of_two_outlets_teach_nothing_about_either() -> None:
    learner = SiteLearner()
    learner.add("courier.example", page(0))
    learner.add("gazette.example", page(1))

    assert learner.learn() == SiteFurniture()


def test_an_unknown_outlet_teaches_nothing() -> None:
    learner = SiteLearner()
    learner.add(None, page(0))
    learner.add(None, page(1))

    assert learner.learn() == SiteFurniture()


def test_the_order_of_adding_and_merging_does_not_matter() -> None:
    forward, backward, left, right = SiteLearner(), SiteLearner(), SiteLearner(), SiteLearner()
    articles = [page(number, WIRE) for number in range(4)]
    for article in articles:
        forward.add("k", article)
    for article in reversed(articles):
        backward.add("k", article)
    for number, article in enumerate(articles):
        (left if number % 2 else right).add("k", article)
    left.merge(right)

    assert forward.learn() == backward.learn() == left.learn()


def test_the_digest_of_an_article_changes_only_with_what_is_known_of_its_lines() -> None:
    article = page(0)
    nothing, known = SiteFurniture(), SiteFurniture({"k": frozenset({line_key("Tides today")})})
    elsewhere = SiteFurniture({"k": frozenset({line_key("Not on this page")})})

    assert known.digest_for("k", article) != nothing.digest_for("k", article)
    assert elsewhere.digest_for("k", article) == nothing.digest_for("k", article)
    assert known.digest_for(None, article) == nothing.digest_for("k", article)


def test_recurring_lines_are_labelled_by_the_site_rule() -> None:
    learner = SiteLearner()
    for number in range(2):
        learner.add("k", page(number))
    result = label(page(0), phrases=pages.phrases(), site=learner.learn(), outlet_key="k")

    assert {block.rule for block in result.blocks[:2]} == {"site.recurs"}
    assert result.blocks[3].role.value == "body"


def test_outlines_kept_from_an_earlier_call_teach_what_the_articles_do() -> None:
    articles = [page(number, WIRE) for number in range(4)]
    kept = [outline(article) for article in articles]
    learner = SiteLearner()
    for packed in kept:
        learner.add_outline("k", packed)

    assert learner.learn().at("k") == learnt(*articles)


def test_an_article_that_is_removed_has_taught_nothing() -> None:
    learner = SiteLearner()
    for number in (0, 1, 2, 1):
        learner.add("k", page(number, WIRE))
    learner.remove_outline("k", outline(page(2, WIRE)))
    learner.remove_outline("k", outline(page(1, WIRE)))

    assert learner.learn().at("k") == learnt(page(0, WIRE), page(1, WIRE))


def test_an_article_that_was_never_added_cannot_be_removed() -> None:
    learner = SiteLearner()
    learner.add("k", page(0))

    with pytest.raises(KeyError):
        learner.remove_outline("k", outline(page(1)))


def test_bytes_that_are_no_outline_are_refused() -> None:
    learner = SiteLearner()
    for packed in (b"not one", b"nor this"):
        learner.add_outline("k", packed)

    with pytest.raises(ValueError, match="not an outline"):
        learner.learn()


def test_an_outline_tells_which_articles_new_knowledge_concerns() -> None:
    article = page(0)
    known = SiteFurniture({"k": frozenset({line_key("Tides today")})})

    assert known.digest_of("k", outline(article)) == known.digest_for("k", article)
    assert known.digest_of("k", outline(page(1, top="Other"))) == known.digest_for("k", page(1, top="Other"))
    assert known.digest_of("elsewhere", outline(article)) == SiteFurniture().digest_for("k", article)


def test_an_outline_is_twelve_bytes_for_each_line_shown() -> None:
    assert len(outline(pages.article("Millport Courier\n\nTides today\n \n"))) == 2 * 12


def test_a_soft_hyphen_does_not_hide_a_recurring_line() -> None:
    learner = SiteLearner()
    for number in range(2):
        learner.add("k", page(number, top="Millport Cou\u00adrier"))
    result = label(page(0, top="Millport Cou\u00adrier"), phrases=pages.phrases(), site=learner.learn(), outlet_key="k")

    assert result.blocks[0].rule == "site.recurs"
