"""Every cue file of fact drift keeps the same promises, and every entry passes its own example."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from provenance.errors import KnowledgeError
from provenance.score.drift.cues import CUE_CLASSES, cue_languages, load_cues, parse_cues
from provenance.text.words import words

NEEDED = {
    "negator",
    "confirmed",
    "denied",
    "alleged",
    "possible",
    "generic-source",
    "speech",
    "weekday",
    "month",
    "number",
}


def document_of(language):
    file = resources.files("provenance.score") / "data" / "drift" / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8"))


ENTRIES = [
    pytest.param(language, entry, id=f"{language}-{entry['class']}")
    for language in cue_languages()
    for table in ("cue", "values")
    for entry in document_of(language)[table]
]


@pytest.mark.parametrize(("language", "entry"), ENTRIES)
def test_an_entry_gives_its_reason_and_is_found_in_its_example(language, entry):
    assert entry["class"] in CUE_CLASSES
    assert entry["why"].endswith(".")
    found = {cue.kind for cue in load_cues(language).find(words(entry["example"]))}
    assert entry["class"] in found


@pytest.mark.parametrize(("language", "entry"), ENTRIES)
def test_every_word_of_an_entry_is_found_on_its_own(language, entry):
    for phrase in entry["words"]:
        tokens = words(phrase)
        whole = [cue for cue in load_cues(language).find(tokens) if cue.kind == entry["class"]]
        assert (whole[0].first, whole[-1].end) == (0, len(tokens)), phrase


@pytest.mark.parametrize("language", cue_languages())
def test_a_file_names_its_language_and_the_classes_every_language_needs(language):
    document = document_of(language)
    assert document["language"] == language
    assert document["decimal"] in (".", ",")
    assert {entry["class"] for table in ("cue", "values") for entry in document[table]} >= NEEDED


@pytest.mark.parametrize("language", cue_languages())
def test_weekdays_and_months_are_complete(language):
    entries = {entry["class"]: entry["words"] for entry in document_of(language)["values"]}
    assert set(entries["weekday"].values()) == set(range(1, 8))
    assert set(entries["month"].values()) == set(range(1, 13))


def test_a_language_without_a_file_has_no_cues():
    assert load_cues("xx").lookup == {}
    assert load_cues(None).decimal == "."


@pytest.mark.parametrize(
    "text",
    ["= 1", 'language = "en"', 'language = "en"\ndecimal = "."\n[[cue]]\nclass = "mood"\nwords = ["so"]'],
    ids=["no TOML", "no decimal sign", "unknown class"],
)
def test_a_malformed_file_is_reported_by_name(text):
    with pytest.raises(KnowledgeError, match=r"broken\.toml"):
        parse_cues(text, name="broken.toml")


def test_of_two_phrases_of_one_class_the_longer_is_taken():
    (cue,) = [cue for cue in load_cues("en").find(words("no longer")) if cue.kind == "negator"]
    assert (cue.first, cue.end) == (0, 2)
