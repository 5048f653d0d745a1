"""From a pair of bodies to what they share: passages on both sides and the measurements behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

import numpy as np

from provenance.match.body import Body
from provenance.match.edits import edited_sentences, united
from provenance.match.rewrites import rewritten_passages
from provenance.match.signals import Pair, measure
from provenance.match.similarity import SENTENCE_FLOOR, RareTerms, SentenceSimilarity
from provenance.match.translation.passages import with_translation
from provenance.model import Match, Passage, PassageKind
from provenance.text.alignment import Run, ordered_alignment, shared_runs
from provenance.text.shingles import among, containment

__all__ = ["MATCHER_VERSION", "Aligner", "WordsThenSentences"]

MATCHER_VERSION = "8"
"""Part of the key under which matches are kept; raised whenever the same two bodies may give another match."""

MIN_PASSAGE_WORDS = 8
"""Identical words of the shortest verbatim or edited passage: k + w - 1 of the fingerprints; below, stock phrases."""

MIN_VERBATIM_WORDS = 4
"""Words of the shortest verbatim piece of an edited run; a shorter one is part of the edit."""

QUOTE_SHARE = 0.8
"""A passage is a quotation when at least this share of its words is quoted on both sides ("nearly all")."""

SHARED_TERMS = 8
"""Telling words kept for display."""


class Aligner(Protocol):
    """From a pair of bodies to a match; a plug-in point."""

    def align(self, left: Body, right: Body) -> Match:
        """Find everything the two bodies share."""
        ...


@dataclass(frozen=True, slots=True)
class WordsThenSentences:
    """Align by exact runs of words first (verbatim, edited), then by sentences in order (rewritten)."""

    similarity: SentenceSimilarity = field(default_factory=RareTerms)

    def align(self, left: Body, right: Body) -> Match:
        """Find everything the two bodies share; passages are in order of the left text."""
        runs = shared_runs(left.runs, right.runs, min_same=MIN_PASSAGE_WORDS)
        passages = [_run_passage(piece, left, right) for run in runs for piece in _pieces(run, left, right)]
        matrix = self.similarity.matrix(left, right)
        edits = edited_sentences(matrix, left, right, passages)
        passages = [*edits, *(one for one in passages if not any(_inside(one, edit) for edit in edits))]
        chains = ordered_alignment(matrix, floor=SENTENCE_FLOOR)
        passages.extend(rewritten_passages(chains, matrix, left, right, tuple(passages)))
        passages.sort(key=lambda passage: (passage.left, passage.right))
        match = Match(
            left=left.article,
            right=right.article,
            passages=tuple(united(passages, left, right)),
            left_words=len(left),
            right_words=len(right),
            left_containment=containment(left.distinct_shingles, right.distinct_shingles),
            right_containment=containment(right.distinct_shingles, left.distinct_shingles),
            shared_terms=tuple(_shared_terms(left, right)),
            signals=measure(Pair(left, right, runs, matrix, chains, SENTENCE_FLOOR)),
        )
        return with_translation(match, left, right)


def _shared_terms(left: Body, right: Body) -> list[str]:
    """Write out the weightiest terms both bodies have, as they first stand in the left one."""
    (terms, weights), (others, _) = left.terms, right.terms
    shared = among(terms, others)
    heaviest = terms[shared][np.argsort(-weights[shared], kind="stable")][:SHARED_TERMS]
    told = left.word_terms
    telling = np.flatnonzero(told.weights > 0.0)
    order = np.argsort(told.numbers[telling], kind="stable")
    first = telling[order[np.searchsorted(told.numbers[telling], heaviest, sorter=order)]]
    return [left.written(word) for word in first.tolist()]


def _pieces(run: Run, left: Body, right: Body) -> Iterator[Run]:
    """Cut a run into what is word for word the same and the sentences that were edited.

    A copy of a whole story with one number changed is so one edited sentence between two verbatim passages, and the
    change is found. A run that is nearly all quotation stays whole.
    """
    if _run_kind(run, left, right) is PassageKind.QUOTE:
        yield run
        return
    sentences = run.cut([sentence.first_word for sentence in left.sentences])
    alike = [list(group) for _, group in groupby(sentences, key=lambda piece: piece.similarity == 1.0)]
    # Some exact words between two edited sentences are part of the edit.
    for _, groups in groupby(alike, key=lambda group: group[0].similarity == 1.0 and _is_long(group, run)):
        pieces = [piece for group in groups for piece in group]
        first, last = pieces[0], pieces[-1]
        if last.left_end > first.left_start and last.right_end > first.right_start:
            same = sum(piece.same for piece in pieces)
            yield Run(first.left_start, last.left_end, first.right_start, last.right_end, same)


def _is_long(pieces: Sequence[Run], run: Run) -> bool:
    same = sum(piece.same for piece in pieces)
    return same >= MIN_VERBATIM_WORDS or same == run.same


def _run_passage(run: Run, left: Body, right: Body) -> Passage:
    return Passage(
        kind=_run_kind(run, left, right),
        left=left.place(run.left_start, run.left_end),
        right=right.place(run.right_start, run.right_end),
        similarity=round(run.similarity, 4),
        left_words=run.left_end - run.left_start,
        right_words=run.right_end - run.right_start,
    )


def _run_kind(run: Run, left: Body, right: Body) -> PassageKind:
    if run.same == len(left) == len(right):
        return PassageKind.VERBATIM  # the same text, be it all quotation
    quoted = min(left.quoted_share(run.left_start, run.left_end), right.quoted_share(run.right_start, run.right_end))
    if quoted >= QUOTE_SHARE:
        return PassageKind.QUOTE
    return PassageKind.VERBATIM if run.similarity == 1.0 else PassageKind.EDITED


def _inside(passage: Passage, other: Passage) -> bool:
    return all(
        outer.start <= place.start and place.end <= outer.end
        for place, outer in ((passage.left, other.left), (passage.right, other.right))
    )
