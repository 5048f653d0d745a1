"""What holds of any lineage; tests/unit/trace/test_lineages.py has what holds of stories that grew."""

from __future__ import annotations

from fuzzing.every import TARGETS
from hypothesis import given
from hypothesis import strategies as st

from tests.property.effort import tried
from tests.unit.trace.telling import article, traced

TOLD = st.lists(
    st.sampled_from(["1", "2", "3", "4", "1'", "2'", "5", "6"]), min_size=1, max_size=6, unique_by=lambda each: each[0]
)


@tried(50)
@given(st.binary(max_size=250))
def test_any_ties_dates_credits_and_decisions_give_a_sound_lineage_in_any_order(data: bytes) -> None:
    TARGETS["direction"].run(data)


@tried(30)
@given(st.lists(TOLD, min_size=1, max_size=5), st.booleans())
def test_a_story_of_its_own_adds_one_origin_and_changes_no_family(stories: list[list[str]], dated: bool) -> None:
    texts = {f"a{number}": told for number, told in enumerate(stories)}
    articles = [
        article(name, told, on=3 + number if dated else None) for number, (name, told) in enumerate(texts.items())
    ]
    before = traced(articles, texts)
    after = traced([*articles, article("z", ["x", "y"])], texts | {"z": ["x", "y"]})
    assert after.origins.at_least == before.origins.at_least + 1
    assert after.origins.at_most == before.origins.at_most + 1
    assert after.families == before.families


@tried(30)
@given(TOLD, st.integers(2, 6))
def test_copies_of_one_text_have_one_origin(told: list[str], copies: int) -> None:
    texts = {f"a{number}": told * 4 for number in range(copies)}
    found = traced([article(name, each) for name, each in texts.items()], texts, strength=1.0)
    assert (found.origins.at_least, found.origins.at_most) == (1, 1)
    assert [set(family.articles) for family in found.families] == [set(texts)]
