"""The measurements of a pair that tell derivation from independent coverage of one event.

Each is symmetric, lies in [0, 1] unless said otherwise, and has a docstring that explains it to a person: what it
measures and why an independent report scores low on it. Their combination is :mod:`provenance.score.strength`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from provenance.match.body import Body
from provenance.match.order import Order
from provenance.text.alignment import Run, Step
from provenance.text.shingles import among

__all__ = ["SIGNALS", "Pair", "measure"]

Matrix = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

STOCK_WORDS = 10
"""Words the same in runs that two reports of one event may have by chance: a name with its office, a stock phrase."""

ENOUGH_COPIED = 40
"""Words the same in runs that count in full: a paragraph."""

ENOUGH_WORDS = 80
"""Words of the shorter text from which length is no reason for doubt; the openings of independent reports of one event
cut to fewer are taken for one another's ever more often."""

COMMON_TERMS = 0.3
"""Share of rare terms that two reports of one event have in common (the median of labelled ones)."""

CLOSE_SIMILARITY = 0.35
"""Similarity above which a pair of sentences says much the same in much the same words."""

CLOSE_SHARE = 0.1
"""Closeness a sentence at which the sentences of a pair count for two thirds: labelled rewrites reach it, and reports
of one event a fifth of it."""

FEW_SENTENCES = 1
"""Sentences added to those of a pair, so that one close sentence of two does not count as half of a text."""

FULL_WORD_ORDER = 0.2
"""Share of words in order beyond chance that counts in full; reports of one event have 0.06 of them."""

FULL_SHARED_ORDER = 0.4
"""The same for telling words, as a share of those both texts have."""

FEW_SHARED = 5
"""Telling words added to those both texts have, so that two stubs do not agree in full by three words."""

FEW_ANSWERED = 3.0
"""Weight, in Zipf steps, added to that of answered sentences, so that a short one alone is no order: two words."""


@dataclass(frozen=True)
class Pair:
    """A pair of bodies with what their alignment found: the input of every signal."""

    left: Body
    right: Body
    runs: Sequence[Run]
    similarity: Matrix
    chains: Sequence[Sequence[Step]]
    floor: float

    @cached_property
    def words(self) -> Order:
        """How the writers' own words recur in order; not at all where none of the telling ones do.

        So it is with most pairs that come to nothing, and to compare all words costs most of what measuring costs.
        """
        if not self.tellings.beyond_chance:
            return Order(min(len(self.left), len(self.right)), shared=0, in_order=0, backwards=0)
        return Order.of(self.left.own_words, self.right.own_words)

    @cached_property
    def tellings(self) -> Order:
        """How the telling terms among the writers' own words recur in order."""
        return Order.of(self.left.own_terms, self.right.own_terms)

    @property
    def main_chain(self) -> Sequence[Step]:
        """The best chain of sentences in the same order; empty when there is none."""
        return self.chains[0] if self.chains else ()


def measure(pair: Pair) -> Mapping[str, float]:
    """Take every signal of a pair, by name; all are 0.0 when one body is empty."""
    if not len(pair.left) or not len(pair.right):
        return dict.fromkeys(SIGNALS, 0.0)
    return {name: signal(pair) for name, signal in SIGNALS.items()}


def common_order(pair: Pair) -> float:
    """Words of the shorter text that recur in the longer one in the same order, beyond what chance gives.

    Counted is the longest common subsequence, less the one found when one text is read backwards: the same words in an
    order that means nothing. A fifth of the words counts in full. A rewrite keeps much of the order of its source down
    to single words; two reporters choose their own. Quoted words are left out: those are the speaker's order.
    """
    order = pair.words
    return min(1.0, order.beyond_chance / max(1, order.shorter) / FULL_WORD_ORDER)


def words_in_order(pair: Pair) -> float:
    """Words of the shorter text in the same order beyond chance, as common-order counts them, all of them.

    Says how much was taken rather than whether: copied text keeps 0.85 of its words in order, text edited below the
    level of sentences a third. The degree of derivation is read off it.
    """
    order = pair.words
    return order.beyond_chance / max(1, order.shorter)


def shared_order(pair: Pair) -> float:
    """How many of the telling words both texts have (rare stems, names, numbers) stand in one order, beyond chance.

    Counted as for the order of all words; four in ten count in full. Two reports of one event share many names and
    numbers, in no particular order; a rewrite that leaves out or adds much still has what it took in the order of its
    source.
    """
    order = pair.tellings
    return min(1.0, order.beyond_chance / (order.shared + FEW_SHARED) / FULL_SHARED_ORDER)


def chain_coverage(pair: Pair) -> float:
    """Share of one text's telling terms that lie in sentences answered by the other text in the same order.

    The better direction counts: a short repost answers to a part of a long original. An independent report answers
    here and there, in an order of its own.
    """
    return max(
        _covered([step.left for step in pair.main_chain], pair.left),
        _covered([step.right for step in pair.main_chain], pair.right),
    )


def _covered(indexes: Sequence[int], body: Body) -> float:
    weights = body.sentence_weights
    return float(weights[sorted(set(indexes))].sum() / weights.sum()) if weights.sum() > 0 else 0.0


def unbroken_order(pair: Pair) -> float:
    """Of all one text tells that has a counterpart in the other, the share that is answered in one and the same order.

    By weight of telling terms, in the better direction; the rest is answered out of order. A rewrite follows its source
    from beginning to end; independent reports tell the same things in orders of their own.
    """
    if not pair.similarity.size:
        return 0.0
    answered: Marks = pair.similarity > pair.floor
    return max(
        _followed([step.left for step in pair.main_chain], answered, pair.left),
        _followed([step.right for step in pair.main_chain], answered.T, pair.right),
    )


def _followed(indexes: Sequence[int], answered: Marks, body: Body) -> float:
    weights = body.sentence_weights
    return float(weights[sorted(set(indexes))].sum() / (weights[answered.any(axis=1)].sum() + FEW_ANSWERED))


def close_sentences(pair: Pair) -> float:
    """How close in wording the sentences outside quotations are to their counterparts in the same order.

    Summed up and held against the sentences of the text that has fewer; a few close paragraphs say nearly as much as
    many. An independent report puts even the same facts into sentences of its own.
    """
    closeness = sum(_closeness(step, pair) for step in pair.main_chain)
    fewer = min(len(pair.left.sentences), len(pair.right.sentences))
    return 1.0 - math.exp(-closeness / (fewer + FEW_SENTENCES) / CLOSE_SHARE)


def _closeness(step: Step, pair: Pair) -> float:
    ours, theirs = pair.left.sentences[step.left], pair.right.sentences[step.right]
    own = min(
        pair.left.own_share(ours.first_word, ours.end_word), pair.right.own_share(theirs.first_word, theirs.end_word)
    )
    return max(0.0, step.similarity - CLOSE_SIMILARITY) / (1.0 - CLOSE_SIMILARITY) * own


def rare_terms(pair: Pair) -> float:
    """Weight of the rare stems, names and numbers both texts hold, of the lighter text's, beyond three tenths of it.

    Two reports of one event have about so much in common; one made from the other has more. Alone it does not tell
    derivation from common subject matter.
    """
    (ours, weights), (theirs, other_weights) = pair.left.terms, pair.right.terms
    shared = min(float(weights[among(ours, theirs)].sum()), float(other_weights[among(theirs, ours)].sum()))
    lighter = min(float(weights.sum()), float(other_weights.sum()))
    return max(0.0, min(1.0, shared / lighter) - COMMON_TERMS) / (1.0 - COMMON_TERMS) if lighter else 0.0


def copied_words(pair: Pair) -> float:
    """Words the same in runs outside quotations, beyond ten; from forty on they count in full.

    Nobody writes two sentences of one's own word for word like another's, while a name with its office or a stock
    phrase stands in many reports. A sentence that one text says twice and the other once counts once.
    """
    copied = sum(_unquoted(run, pair) * share for run, share in _said_once(pair))
    return min(1.0, max(0.0, copied - STOCK_WORDS) / (ENOUGH_COPIED - STOCK_WORDS))


def enough_text(pair: Pair) -> float:
    """Words of the shorter text, of eighty: how much there is to compare.

    No evidence in itself: it takes back what little there is in short texts. The first sentences of two reports of one
    event tell who did what, where and when in much the same order.
    """
    return min(1.0, min(len(pair.left), len(pair.right)) / ENOUGH_WORDS)


def _said_once(pair: Pair) -> Iterator[tuple[Run, float]]:
    """Give each run, the longest first, with the share of its right words that no run before it has answered to.

    On the left runs never overlap.
    """
    taken = np.zeros(len(pair.right), dtype=np.bool_)
    for run in sorted(pair.runs, key=lambda run: (-run.same, run.left_start)):
        answered = taken[run.right_start : run.right_end]
        yield run, 1.0 - np.count_nonzero(answered) / len(answered)
        answered[:] = True


def _unquoted(run: Run, pair: Pair) -> float:
    ours = pair.left.own_share(run.left_start, run.left_end)
    theirs = pair.right.own_share(run.right_start, run.right_end)
    return run.same * min(ours, theirs)


SIGNALS: Mapping[str, Callable[[Pair], float]] = {
    signal.__name__.replace("_", "-"): signal
    for signal in (
        common_order,
        words_in_order,
        shared_order,
        unbroken_order,
        chain_coverage,
        close_sentences,
        rare_terms,
        copied_words,
        enough_text,
    )
}
"""Every signal by its public name; the docstring is its explanation in ``provenance rules``."""
