"""Addresses reduced to the host that published."""

from __future__ import annotations

import pytest

from provenance.knowledge.hosts import has_public_suffix, host_of, registrable_label, unwrapped


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user@www.Example.com:8443/x?y#z", "example.com"),
        ("staging.example.com.", "example.com"),
        ("amp.example.co.uk/x", "example.co.uk"),
        ("https://archive.ph/2025.03.21/https://example.com/x", "example.com"),
        ("https://web.archive.org/web/2025/https:/example.com/x", "example.com"),
        ("https://www.google.com/url?q=https://example.com/x&sa=D", "example.com"),
    ],
)
def test_an_address_gives_the_host_that_published(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize("address", ["", "not an address", "localhost", "http://[::1", "http:///x", "x" * 5000])
def test_what_is_no_address_gives_none(address: str) -> None:
    assert host_of(address) is None


def test_wrappers_in_wrappers_end() -> None:
    address = "https://web.archive.org/web/1/" * 50 + "https://example.com/"
    assert isinstance(unwrapped(address), str)


def test_an_archive_without_the_original_stays_itself() -> None:
    assert host_of("https://archive.ph/AbCdE") == "archive.ph"


def test_a_broken_punycode_label_stays_as_written() -> None:
    assert host_of("xn--\N{LATIN SMALL LETTER E WITH ACUTE}.com") is not None


def test_the_owner_registers_the_label_before_the_public_suffix() -> None:
    assert registrable_label("news.bbc.co.uk") == ("bbc", "co.uk")
    assert registrable_label("a.b.example") == ("b", "example")


def test_a_public_suffix_tells_a_host_from_a_lost_space() -> None:
    assert has_public_suffix("example.com")
    assert not has_public_suffix("week.nosuchsuffix")
