"""Sentences compared by an encoder: calibration, combination, and what is said when something is missing."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from provenance.errors import UsageError
from provenance.match import Body, RareTerms, WordsThenSentences, semantic
from provenance.match.semantic import EncodedSentences, find_encoder
from provenance.match.similarity import SENTENCE_FLOOR
from provenance.model import ArticleId, Span
from provenance.text.words import words

DIMENSIONS = 64


@dataclass(frozen=True)
class BagOfWords:
    """An encoder small enough for a test: a fixed direction for every word, its meaning looked up first."""

    meanings: tuple[tuple[str, str], ...] = ()
    common: float = 0.0
    """Length of a direction all sentences share: encoders differ in it."""

    def encode(self, sentences):
        known = dict(self.meanings)
        rows = [[known.get(word.norm, word.norm) for word in words(sentence)] for sentence in sentences]
        vectors = np.array([sum(map(direction, row), self.common * direction("")) for row in rows], dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def direction(word):
    seed = int.from_bytes(word.encode("utf-8").ljust(8, b"\0"), "little") % 2**32
    return np.random.default_rng(seed).standard_normal(DIMENSIONS)


class Counting(BagOfWords):
    asked = 0

    def encode(self, sentences):
        type(self).asked += 1
        return super().encode(sentences)


def body(text, language="en", name="a"):
    return Body(ArticleId(name), text, (Span(0, len(text)),), language)


LEFT = "The old mill burned down on Friday. A heron nests on the weir. Nobody will say who owns the field."
RIGHT = "On Friday the ancient mill went up in flames. The mayor spoke about taxes for an hour. Rain is due."

SYNONYMS = BagOfWords((("ancient", "old"), ("flames", "burned"), ("went", "down")))


@pytest.mark.parametrize("common", [0.0, 1.0, 2.0])
def test_unrelated_sentences_stay_below_the_floor_whatever_cosine_an_encoder_gives_them(common):
    similarity = EncodedSentences(BagOfWords(common=common))
    matrix = similarity.matrix(body(LEFT, "xx"), body(RIGHT, "yy"))
    assert matrix[1, 1] < SENTENCE_FLOOR + 0.1
    assert matrix[2, 2] < SENTENCE_FLOOR + 0.1


def test_a_sentence_is_as_like_itself_as_can_be():
    similarity = EncodedSentences(BagOfWords())
    matrix = similarity.matrix(body(LEFT, "xx"), body(LEFT, "yy"))
    assert np.diag(matrix) == pytest.approx(1.0, abs=1e-5)


def test_values_are_shares():
    matrix = EncodedSentences(SYNONYMS).matrix(body(LEFT), body(RIGHT))
    assert matrix.shape == (3, 3)
    assert matrix.min() >= 0.0
    assert matrix.max() <= 1.0


def test_in_one_language_rare_terms_count_as_well():
    left, right = body(LEFT), body(RIGHT)
    encoder = EncodedSentences(SYNONYMS).matrix(body(LEFT, "xx"), body(RIGHT, "yy"))
    together = EncodedSentences(SYNONYMS).matrix(left, right)
    assert together == pytest.approx((encoder + RareTerms().matrix(left, right)) / 2)
    assert encoder[0, 0] > SENTENCE_FLOOR


def test_between_two_languages_the_encoder_counts_alone():
    translated = tuple(
        (b.norm, a.norm) for a, b in zip(words("mill burned friday"), words("moulin brûlé vendredi"), strict=True)
    )
    left, right = body("The mill burned on Friday."), body("Moulin brûlé vendredi.", "fr")
    assert RareTerms().matrix(left, right)[0, 0] == 0.0
    assert EncodedSentences(BagOfWords(translated)).matrix(left, right)[0, 0] > 0.5


def test_a_text_without_sentences_is_like_nothing():
    assert EncodedSentences(BagOfWords()).matrix(body(""), body(RIGHT)).shape == (0, 3)
    assert EncodedSentences(BagOfWords()).matrix(body(LEFT), body("")).shape == (3, 0)


def test_a_body_is_encoded_once():
    similarity = EncodedSentences(Counting())
    similarity.null  # noqa: B018  calibrated first
    before = Counting.asked
    for _ in range(3):
        similarity.matrix(body(LEFT, name="once"), body(RIGHT, name="once too"))
    assert Counting.asked == before + 2


def test_an_aligner_takes_it_in_place_of_rare_terms():
    match = WordsThenSentences(EncodedSentences(SYNONYMS)).align(body(LEFT), body(RIGHT, name="b"))
    assert match.left_words == len(body(LEFT))


def folder_of(path: Path, weights: str = "model.safetensors", kind: str = "bert") -> Path:
    path.mkdir()
    (path / "config.json").write_text(f'{{"model_type": "{kind}"}}')
    (path / weights).write_bytes(b"\x00" * 16)
    return path


@pytest.fixture(autouse=True)
def settings_restored(monkeypatch):
    """Put back what keeps the libraries offline, and forget encoders found in other tests."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    find_encoder.cache_clear()


def test_weights_that_can_carry_code_are_refused(tmp_path):
    folder = folder_of(tmp_path / "old", weights="pytorch_model.bin")
    with pytest.raises(UsageError, match="no weights in the safetensors format"):
        find_encoder(str(folder))


@pytest.mark.parametrize(("kind", "library"), [("bert", "sentence_transformers"), ("model2vec", "model2vec")])
def test_a_missing_library_is_named_with_the_command_that_installs_it(tmp_path, monkeypatch, kind, library):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == library else found(name))
    with pytest.raises(UsageError, match=f"{library} is not installed") as caught:
        find_encoder(str(folder_of(tmp_path / "model", kind=kind)))
    assert "pip install 'news-provenance[semantic]'" in caught.value.hint


def test_a_name_without_the_packages_says_how_to_install_them(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "huggingface_hub", None)
    with pytest.raises(UsageError, match="not installed") as caught:
        find_encoder("someone/some-encoder")
    assert "pip install" in caught.value.hint


def test_the_libraries_are_told_to_stay_offline():
    os.environ["HF_HUB_OFFLINE"] = "0"
    semantic._stay_offline()
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"


def test_an_encoder_is_told_from_another_by_its_files(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    first, second = folder_of(tmp_path / "first"), folder_of(tmp_path / "second")
    same = find_encoder(str(first)).identity
    assert find_encoder(str(second)).identity == same
    (second / "model.safetensors").write_bytes(b"\x01" * 16)
    find_encoder.cache_clear()
    assert find_encoder(str(second)).identity != same


def encoder_at_hand() -> str:
    """Name a real encoder: a folder given by the environment, if what reads it is installed."""
    folder = os.environ.get("PROVENANCE_TEST_ENCODER", "")
    if not folder:
        pytest.skip("no encoder: set PROVENANCE_TEST_ENCODER to the folder of one")
    try:
        find_encoder(folder)
    except UsageError as error:
        pytest.skip(error.message)
    return folder


def test_a_real_encoder_sees_what_words_do_not():
    similarity = semantic.semantic_similarity(encoder_at_hand())
    matrix = similarity.matrix(
        body("The physician was arrested at the airport."), body("Police detained the doctor as he was about to fly.")
    )
    other = similarity.matrix(body("The physician was arrested at the airport."), body("The harvest was poor again."))
    assert matrix[0, 0] > other[0, 0]
    assert 0.0 < similarity.null < 0.99
