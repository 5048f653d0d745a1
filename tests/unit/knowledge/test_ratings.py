"""Which imported ratings concern which hosts."""

import pytest

from provenance.knowledge.ratings import RatingIndex, rated_domains
from provenance.model import Rating


def rating(domain, value="1", name="List", date="2030"):
    return Rating(domain, value, name, date)


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("harbourecho.example", ("harbourecho.example",)),
        ("https://www.HarbourEcho.example/news", ("harbourecho.example",)),
        ("news.bbc.co.uk", ("news.bbc.co.uk", "bbc.co.uk")),
        ("a.b.example.com", ("a.b.example.com", "b.example.com", "example.com")),
        ("mill.blogspot.com", ("mill.blogspot.com",)),
        ("xn--mnchen-3ya.example", ("münchen.example",)),
        ("no address", ()),
        ("", ()),
    ],
)
def test_a_host_takes_the_rating_of_itself_or_of_the_domains_above_it(domain, expected):
    assert rated_domains(domain) == expected


def test_the_nearest_domain_a_list_rates_speaks_for_a_host_and_each_list_for_itself():
    near, far, other = rating("news.bbc.co.uk", "7"), rating("bbc.co.uk", "3"), rating("bbc.co.uk", "B", "Other")
    index = RatingIndex.of([far, other, near])
    assert index.of_domains(["news.bbc.co.uk"]) == (near, other)
    assert index.of_domains(["bbc.co.uk"]) == (far, other)


def test_the_rating_of_a_part_says_nothing_of_the_whole():
    assert RatingIndex.of([rating("blogs.example.com")]).of_domains(["example.com"]) == ()


def test_two_dates_of_one_list_stand_beside_one_another():
    older, newer = rating("example.com", "2", date="2029"), rating("example.com", "3", date="2030")
    assert RatingIndex.of([newer, older]).of_domains(["example.com"]) == (older, newer)


def test_a_rating_two_domains_of_an_outlet_share_is_told_once():
    one = rating("example.com")
    assert RatingIndex.of([one]).of_domains(["example.com", "sport.example.com", "www.example.com"]) == (one,)
