import pytest

from provenance.model import AttributionKind as Kind
from provenance.model import Basis, Credit, Degree, Direction, DriftKind, Extent, Origins, PassageKind
from provenance.report import words
from tests.unit.report import factories as made


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0%"), (0.001, "under 1%"), (0.006, "1%"), (0.5, "50%"), (0.994, "99%"), (0.996, "over 99%"), (1.0, "100%")],
)
def test_a_share_is_never_shown_as_nothing_or_everything_without_being_it(share, shown):
    assert words.percent(share) == shown


@pytest.mark.parametrize(
    ("strength", "shown"),
    [(0.0, "0.00"), (0.001, "under 0.01"), (0.5, "0.50"), (0.9991, "over 0.99"), (1.0, "1.00")],
)
def test_a_strength_is_never_shown_as_certain_without_being_it(strength, shown):
    assert words.strength_phrase(strength) == shown


def test_a_count_agrees_with_its_noun():
    assert words.counted(1, "article") == "1 article"
    assert words.counted(1200, "article") == "1,200 articles"


def test_origins_are_a_range_or_one_number():
    assert words.origins_phrase(Origins(2, 4)) == "2 to 4 independent origins"
    assert words.origins_phrase(Origins(1, 1)) == "1 independent origin"


def test_a_list_reads_as_a_sentence():
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_an_article_with_no_tie_is_not_given_an_interval_it_has_none_of():
    judged = made.verdict(made.WIRE.id, 0.0, basis=Basis.NONE, interval=(0.0, 0.0))
    assert words.share_phrase(judged) == "Non-derived: nothing found that ties it firmly to another article here"


def test_an_amount_that_is_unmeasured_without_a_credit_is_not_called_admitted():
    judged = made.verdict(made.WIRE.id, None, basis=Basis.NONE)
    assert words.share_phrase(judged) == "Amount not measurable here"


@pytest.mark.parametrize(
    ("vocabulary", "told"),
    [
        (Credit, words.CREDIT_WORDS),
        (Degree, words.DEGREE_WORDS),
        (Direction, words.DIRECTION_WORDS),
        (PassageKind, words.PASSAGE_WORDS),
        (DriftKind, words.DRIFT_WORDS),
        (Kind, words.ATTRIBUTION_WORDS),
        (Extent, words.EXTENT_WORDS),
    ],
)
def test_every_value_has_its_words(vocabulary, told):
    assert set(told) == set(vocabulary)
