from __future__ import annotations

import numpy as np
import pytest

from provenance.text.alignment import MAX_CANDIDATES, Words, chain_score, ordered_alignment, shared_runs
from provenance.text.shingles import hash_terms


def runs(left: str, right: str, min_same: int = 5) -> list[tuple[int, int, int, int, int]]:
    sides = (Words.of(hash_terms(text.split())) for text in (left, right))
    found = shared_runs(*sides, min_same=min_same)
    return [(run.left_start, run.left_end, run.right_start, run.right_end, run.same) for run in found]


def test_a_verbatim_run_is_found_on_both_sides() -> None:
    assert runs("x y a b c d e f z", "q a b c d e f r s") == [(2, 8, 1, 7, 6)]


def test_a_light_edit_does_not_cut_a_passage() -> None:
    found = runs("a b c d e NEW f g h i j", "a b c d e old one f g h i j")
    assert found == [(0, 11, 0, 12, 10)]


def test_moved_paragraphs_are_found_in_any_order() -> None:
    found = runs("p1 p2 p3 p4 p5 p6 q1 q2 q3 q4 q5 q6", "q1 q2 q3 q4 q5 q6 p1 p2 p3 p4 p5 p6")
    assert found == [(0, 6, 6, 12, 6), (6, 12, 0, 6, 6)]


def test_a_short_run_is_not_reported() -> None:
    assert runs("x a b c d y", "z a b c d w") == []


def test_a_refrain_that_stands_everywhere_is_no_seed() -> None:
    refrain = "la la la la " * 60
    assert runs("start la la la la end", refrain) == []


def test_sentences_in_the_same_order_make_one_chain() -> None:
    similarity = np.zeros((4, 5))
    for left, right in ((0, 0), (1, 2), (3, 4)):
        similarity[left, right] = 0.8
    chains = ordered_alignment(similarity, floor=0.2)
    assert [(step.left, step.right) for step in chains[0]] == [(0, 0), (1, 2), (3, 4)]
    assert len(chains) == 1


def test_sentences_in_reverse_order_make_a_chain_each() -> None:
    similarity = np.fliplr(np.eye(3)) * 0.9
    chains = ordered_alignment(similarity, floor=0.2)
    assert sorted(len(chain) for chain in chains) == [1, 1, 1]


def test_one_sentence_may_answer_to_two() -> None:
    similarity = np.array([[0.6, 0.6, 0.0], [0.0, 0.0, 0.7]])
    (chain,) = ordered_alignment(similarity, floor=0.2)
    assert [(step.left, step.right) for step in chain] == [(0, 0), (0, 1), (1, 2)]


def test_nothing_alike_makes_no_chain() -> None:
    assert ordered_alignment(np.full((3, 3), 0.1), floor=0.2) == []
    assert ordered_alignment(np.zeros((0, 4)), floor=0.2) == []


def test_the_similarities_given_are_left_as_they_were() -> None:
    similarity = np.eye(3)
    ordered_alignment(similarity, floor=0.2)
    assert (similarity == np.eye(3)).all()


def test_a_chain_scores_what_its_steps_exceed_the_floor_by_less_what_it_skips() -> None:
    similarity = np.zeros((4, 6))
    similarity[0, 0] = similarity[1, 3] = similarity[1, 4] = 0.7
    (chain,) = ordered_alignment(similarity, floor=0.2, gap_cost=0.1)
    assert chain_score(chain, 0.2, 0.1) == pytest.approx(3 * 0.5 - 0.1 * (2 + 1))
    assert chain_score([], 0.2) == 0.0


def test_skipping_is_dearer_at_a_higher_gap_cost() -> None:
    similarity = np.zeros((2, 5))
    similarity[0, 0] = similarity[1, 4] = 0.4
    assert len(ordered_alignment(similarity, floor=0.2, gap_cost=0.05)) == 1
    assert len(ordered_alignment(similarity, floor=0.2, gap_cost=0.1)) == 2


def test_of_a_refrain_only_so_many_places_are_tried() -> None:
    chains = ordered_alignment(np.full((3, 4 * MAX_CANDIDATES), 0.5), floor=0.2)
    assert {step.right for chain in chains for step in chain} <= set(range(MAX_CANDIDATES))
    likely = np.full((1, 4 * MAX_CANDIDATES), 0.5)
    likely[0, -1] = 0.9
    assert [step.right for step in ordered_alignment(likely, floor=0.45)[0]] == [4 * MAX_CANDIDATES - 1]
