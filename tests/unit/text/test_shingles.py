from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from provenance.text.shingles import SHINGLE_WORDS, WINNOW_WINDOW, containment, hash_term, hash_terms, shingles, winnow


def numbers(text: str) -> np.ndarray:
    return hash_terms(text.split())


def test_equal_runs_have_equal_numbers_wherever_they_stand() -> None:
    one = shingles(numbers("a b c d e f"))
    other = shingles(numbers("x y a b c d e z"))
    assert one[0] == other[2]
    assert len(one) == 2


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    assert len(shingles(numbers("a b c d"))) == 0
    assert containment(shingles(numbers("a b")), shingles(numbers("a b c d e"))) == 0.0


def test_containment_is_not_symmetric() -> None:
    part, whole = (np.unique(shingles(numbers(text))) for text in ("a b c d e f", "a b c d e f g h i j k l"))
    assert containment(part, whole) == 1.0
    assert containment(whole, part) == pytest.approx(2 / 8)


def test_every_shared_run_of_k_plus_w_minus_1_words_has_a_fingerprint_in_common() -> None:
    shared = [f"s{i}" for i in range(SHINGLE_WORDS + WINNOW_WINDOW - 1)]
    for seed in range(50):
        left = shingles(hash_terms([f"l{seed}-{i}" for i in range(30)] + shared + [f"l{i}" for i in range(9)]))
        right = shingles(hash_terms([f"r{seed}-{i}" for i in range(11)] + shared + [f"r{i}" for i in range(40)]))
        assert np.intersect1d(left[winnow(left)], right[winnow(right)]).size


def test_the_number_of_a_term_is_the_same_in_another_process() -> None:
    code = "from provenance.text.shingles import hash_term; print(hash_term('Hafen'))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(found.stdout) == hash_term("Hafen")
