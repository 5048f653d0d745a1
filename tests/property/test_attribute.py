"""What holds of the attributions of any text, in every language and with whatever code points."""

from __future__ import annotations

from fuzzing import promises
from hypothesis import given
from hypothesis import strategies as st

from provenance.clean import SiteFurniture
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.read import read_text
from tests.property.effort import tried
from tests.property.writing import PAGES, STORIES, inspected, rule_examples

ADDRESSES = st.sampled_from((None, "https://post.example/2025/05/03/bridge", "https://www.reuters.com/world/a"))
LANGUAGES = st.sampled_from((None, "en", "de", "zh", "ar"))


@tried(40)
@given(PAGES, ADDRESSES, LANGUAGES)
def test_every_attribution_quotes_the_text_it_stands_in(text: str, url: str | None, language: str | None) -> None:
    promises.inspected(inspected(text, url=url, language=language))


@tried(15)
@given(PAGES, ADDRESSES)
def test_explaining_what_was_dropped_changes_nothing_that_was_found(text: str, url: str | None) -> None:
    article = read_text(text, source="a", id="a", url=url)
    found, brief = (
        inspect_article(article, Toolbox.load(), SiteFurniture(), explain=explain) for explain in (True, False)
    )
    assert brief.attributions == found.attributions
    assert [(each.span, each.role) for each in brief.blocks] == [(each.span, each.role) for each in found.blocks]


CREDITS = ("Original Source: www.northlight.example", "This article was originally published by Northlight Courier.")


@tried(15)
@given(STORIES, st.sampled_from(CREDITS))
def test_a_credit_line_below_any_story_is_found_where_it_stands(story: str, credit: str) -> None:
    text = f"{story}\n\n{credit}\n"
    found = [each for each in inspected(text, language="en").attributions if each.is_provenance]
    assert [text[each.span.start : each.span.end] for each in found if each.span is not None] == [credit]


@tried(15)
@given(STORIES, st.lists(st.deferred(lambda: st.sampled_from(rule_examples("attribution"))), min_size=1, max_size=3))
def test_attributing_twice_gives_the_same(story: str, examples: list[str]) -> None:
    text = "\n\n".join((story, *examples))
    assert inspected(text) == inspected(text)
