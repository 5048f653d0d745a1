from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Span, merge_spans
from provenance.text.alignment import Words, shared_runs
from provenance.text.quotations import quotations
from provenance.text.sentences import sentences
from provenance.text.shingles import containment, hash_terms, shingles
from provenance.text.tokens import tokenise, written_words
from provenance.text.words import words

ANY_TEXT = st.text(max_size=400)
TOKENS = st.lists(st.integers(0, 30), max_size=80)


@given(ANY_TEXT)
def test_words_are_in_order_disjoint_and_never_empty(text: str) -> None:
    found = words(text)
    assert all(word.norm and word.start < word.end for word in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


# Letters, marks that may change places, apostrophes, ligatures and scripts without spaces: what makes words hard to split.
HARD_TEXT = st.text(
    alphabet=st.sampled_from(
        "ab'’ʼ -éßﬁİς\u0301\u0323\u05b0\u05bc\u064b\u0654\u0670کىآئہ۴שםكب한漢字ไท\u0e31\u0e48ကို\u200bаＫ１,.\n"
    ),
    max_size=60,
)


@given(st.lists(ANY_TEXT | HARD_TEXT, max_size=4))
def test_words_found_all_at_once_are_those_found_one_by_one(texts: list[str]) -> None:
    tokens = tokenise(texts)
    numbers: dict[str, int] = {}
    for at, text in enumerate(texts):
        found, where = words(text), slice(tokens.bounds[at], tokens.bounds[at + 1])
        assert tokens.starts[where].tolist() == [word.start for word in found]
        assert tokens.ends[where].tolist() == [word.end for word in found]
        for word, number in zip(found, tokens.hashes[where].tolist(), strict=True):
            assert numbers.setdefault(word.norm, number) == number
        assert written_words(text) == found
    assert len(set(numbers.values())) == len(numbers)


@given(ANY_TEXT)
def test_case_never_changes_how_many_words_there_are_in_ascii(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert [word.norm for word in words(plain)] == [word.norm for word in words(plain.upper())]


@given(ANY_TEXT, st.sampled_from(["en", "ar", "zh", "xx", None]))
def test_sentences_stay_in_their_place_in_order(text: str, language: str | None) -> None:
    found = sentences(text, Span(0, len(text)), language=language)
    assert all(place.end <= len(text) and len(place) for place in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


@given(ANY_TEXT)
def test_quotations_are_disjoint(text: str) -> None:
    found = quotations(text)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


def words_of(tokens: list[int]) -> Words:
    return Words.of(np.array(tokens, dtype=np.uint64))


@given(TOKENS, TOKENS)
def test_shared_runs_are_real_and_disjoint_on_the_left(left: list[int], right: list[int]) -> None:
    found = shared_runs(words_of(left), words_of(right), min_same=4)
    for run in found:
        assert 0 <= run.left_start < run.left_end <= len(left)
        assert 0 <= run.right_start < run.right_end <= len(right)
        assert 4 <= run.same <= min(run.left_end - run.left_start, run.right_end - run.right_start)
        assert left[run.left_start] == right[run.right_start]
    assert all(first.left_end <= second.left_start for first, second in itertools.pairwise(found))


@given(st.lists(st.integers(0, 10**9), min_size=8, max_size=80, unique=True))
def test_a_text_shares_all_of_itself(tokens: list[int]) -> None:
    (run,) = shared_runs(words_of(tokens), words_of(tokens), min_same=8)
    assert run.same == len(tokens)


@given(st.lists(st.text("abc", min_size=1), max_size=30), st.lists(st.text("abc", min_size=1), max_size=30))
def test_a_text_is_contained_in_its_continuation(start: list[str], more: list[str]) -> None:
    part, whole = (np.unique(shingles(hash_terms(text))) for text in (start, start + more))
    assert containment(part, whole) == (1.0 if len(part) else 0.0)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=12))
def test_merged_spans_cover_the_same_places(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in pairs]
    merged = merge_spans(spans)
    assert {i for s in spans for i in range(s.start, s.end)} == {i for s in merged for i in range(s.start, s.end)}
    assert all(first.end < second.start for first, second in itertools.pairwise(merged))
