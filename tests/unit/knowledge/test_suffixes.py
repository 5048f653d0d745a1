"""Public suffixes: the answers are the library's, without its tree."""

from __future__ import annotations

from itertools import product

import pytest
from tldextract import TLDExtract

from provenance.knowledge import suffixes
from provenance.knowledge.suffixes import registered

LIBRARY = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
ENDS = ("com", "co.uk", "uk", "blogspot.com", "ck", "www.ck", "kawasaki.jp", "city.kawasaki.jp", "example", "github.io")
BEGINNINGS = ("", "larch.", "mill.larch.", "a-1._b.c.", "1.", "uk.", "www.com.")
ODD = (
    "127.0.0.1",
    "localhost",
    "",
    ".",
    "a..com",
    "larch.com.",
    "Larch.CO.UK",
    "xn--p1ai.xn--p1ai",
    "лиственница.рф",
    "a。jp",
)


def by_library(host: str) -> tuple[str, str] | None:
    found = LIBRARY(host)
    return (found.domain, found.suffix) if found.domain and found.suffix else None


@pytest.mark.parametrize("host", [*map("".join, product(BEGINNINGS, ENDS)), *ODD])
def test_a_host_is_split_as_the_library_splits_it(host: str) -> None:
    assert registered(host) == by_library(host)


def test_a_private_registry_is_a_suffix() -> None:
    assert registered("mill.blogspot.com") == ("mill", "blogspot.com")


def test_what_nobody_registered_has_no_label() -> None:
    assert registered("co.uk") is None
    assert registered("larch.example") is None


def test_without_the_list_the_library_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suffixes, "_list", tuple)
    assert registered.__wrapped__("mill.larch.co.uk") == ("larch", "co.uk")
