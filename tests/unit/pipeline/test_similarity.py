"""A sentence encoder chosen by the caller: used, written down, and told apart from other choices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

import provenance
from provenance import AuditOptions, CompareOptions, UsageError
from provenance.match import semantic
from provenance.pipeline.aligning import chosen_aligner, match_key
from provenance.pipeline.toolbox import Toolbox
from provenance.text.words import words

WIRE = """The council of Overmeer voted late on Tuesday to close the old ferry landing at the bend of the river.

Its treasurer warned that repairs to the pier would swallow two years of harbour fees.

Fishermen who moor there have been promised berths below the sluice before winter sets in.

A petition with 611 names was handed in by the carpenter, Odile Brun, whose yard faces the landing.
"""

REWRITE = """Late Tuesday, Overmeer councillors decided that the ancient ferry stop on the river bend will shut.

Mending its jetty would eat up harbour income for two years, cautioned the treasurer.

Those fishing from there were told places beneath the sluice will be theirs ahead of winter.

Carpenter Odile Brun, with a yard opposite, delivered a petition signed by 611.
"""


@dataclass(frozen=True)
class Letters:
    """An encoder that knows nothing but letters, and how often it was asked."""

    identity: str

    def encode(self, sentences):
        ASKED.append(len(sentences))
        counts = np.zeros((len(sentences), 26), dtype=np.float32)
        for row, sentence in zip(counts, sentences, strict=True):
            for char in "".join(word.norm for word in words(sentence)):
                if "a" <= char <= "z":
                    row[ord(char) - ord("a")] += 1
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-6)


ASKED: list[int] = []


@pytest.fixture(autouse=True)
def encoders(monkeypatch):
    """Two encoders that need no package."""
    ASKED.clear()
    semantic.semantic_similarity.cache_clear()
    monkeypatch.setattr(semantic, "find_encoder", lambda name: Letters(f"digest of {name}"))
    yield
    semantic.semantic_similarity.cache_clear()


HERE = {"workers": 1, "article_seconds": 0, "article_memory": 0}
"""Without limits one worker is this process, so that a test sees what was asked."""


@pytest.fixture
def folder(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "wire.txt").write_text(WIRE, "utf-8")
    (texts / "rewrite.txt").write_text(REWRITE, "utf-8")
    return texts


def test_without_a_choice_nothing_is_encoded(folder):
    provenance.compare(folder / "rewrite.txt", folder / "wire.txt")
    assert ASKED == []


def test_two_texts_are_compared_by_the_encoder(folder):
    plain = provenance.compare(folder / "rewrite.txt", folder / "wire.txt")
    options = CompareOptions(similarity="letters", **HERE)
    found = provenance.compare(folder / "rewrite.txt", folder / "wire.txt", options)
    assert ASKED
    assert found.match.signals != plain.match.signals


def test_many_pairs_are_compared_by_the_encoder(folder):
    pairs = [(str(folder / "rewrite.txt"), str(folder / "wire.txt"))]
    (found,) = provenance.compare_pairs(pairs, options=CompareOptions(similarity="letters", workers=1))
    (plain,) = provenance.compare_pairs(pairs, options=CompareOptions(workers=1))
    assert found.match.signals != plain.match.signals


def test_an_audit_writes_down_the_choice_and_asks_the_encoder_once(folder, tmp_path):
    options = AuditOptions(database=str(tmp_path / "store.db"), similarity="letters", **HERE)
    first = provenance.audit([folder], options)
    asked = len(ASKED)
    assert asked > 0
    second = provenance.audit([folder], options)
    assert len(ASKED) == asked
    assert first.run.options["similarity"] == "letters"
    assert first.lineage.derivations == second.lineage.derivations


def test_an_audit_without_a_choice_takes_no_match_made_with_one(folder, tmp_path):
    database = str(tmp_path / "store.db")
    provenance.audit([folder], AuditOptions(database=database, similarity="letters", workers=1))
    after = provenance.audit([folder], AuditOptions(database=database, workers=1))
    plain = provenance.audit([folder], AuditOptions(database=str(tmp_path / "other.db"), workers=1))
    assert after.run.options == plain.run.options
    assert [each.strength for each in after.lineage.derivations] == [
        each.strength for each in plain.lineage.derivations
    ]


def test_every_encoder_has_a_key_of_its_own():
    toolbox = Toolbox.load()
    keys = {match_key(toolbox, name) for name in ("", "one", "other")}
    assert len(keys) == 3


def test_what_is_missing_is_said_before_anything_is_read(tmp_path, monkeypatch):
    def refuse(name):
        raise UsageError(f"there is no encoder {name}")

    monkeypatch.setattr(semantic, "find_encoder", refuse)
    with pytest.raises(UsageError, match="no encoder nonesuch"):
        provenance.audit([tmp_path / "nowhere"], AuditOptions(database=str(tmp_path / "x.db"), similarity="nonesuch"))
    assert not (tmp_path / "x.db").exists()
    with pytest.raises(UsageError):
        chosen_aligner("nonesuch")
