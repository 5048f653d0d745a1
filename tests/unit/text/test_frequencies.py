"""Word frequencies: the library's own numbers, without the library."""

from __future__ import annotations

from pathlib import Path

import msgpack
import pytest
import wordfreq

from provenance.text import frequencies
from provenance.text.frequencies import word_frequencies
from provenance.text.terms import term_weight, zipf
from provenance.text.words import fold

LISTED = sorted(wordfreq.available_languages("small"))


@pytest.mark.parametrize("language", LISTED)
def test_a_list_holds_what_the_library_holds(language: str) -> None:
    assert word_frequencies(language) == wordfreq.get_frequency_dict(language, wordlist="small")


@pytest.mark.parametrize("language", ["xx", "", "../data/small_en", "EN"])
def test_a_language_without_a_list_has_none(language: str) -> None:
    assert word_frequencies(language) is None


def test_without_its_files_the_library_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "_folder", lambda: None)
    assert word_frequencies("sh") == wordfreq.get_frequency_dict("sh", wordlist="small")
    assert word_frequencies("xx") is None


def test_a_file_of_another_format_is_left_to_the_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "small_sh.msgpack.gz").write_bytes(frequencies.gzip.compress(msgpack.dumps([{"format": "new"}])))
    monkeypatch.setattr(frequencies, "_folder", lambda: tmp_path)
    assert word_frequencies("sh") == wordfreq.get_frequency_dict("sh", wordlist="small")


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "für"),
        ("fr", "même"),
        ("es", "también"),
        ("ru", "который"),
        ("tr", "için"),
        ("vi", "được"),
        ("fa", "می‌شود"),
        ("en", "don't"),
    ],
)
def test_a_common_word_is_common_in_its_normal_form_too(language: str, word: str) -> None:
    assert zipf(fold(word), language) > 5.0
    assert term_weight(fold(word), language) < 0.6


def test_words_of_one_normal_form_are_counted_together() -> None:
    both = wordfreq.word_frequency("ya", "tr", wordlist="small") + wordfreq.word_frequency("yâ", "tr", wordlist="small")
    assert 10 ** (zipf("ya", "tr") - 9) == pytest.approx(both, rel=0.01)


@pytest.mark.parametrize("language", ["no", "nn", "hr", "bs", "tl"])
def test_a_language_listed_under_another_code_has_that_list(language: str) -> None:
    assert zipf("i" if language != "tl" else "ang", language) > 6.0
