"""The measurements of a pair that tell derivation from independent coverage of one event.

Each is symmetric, lies in [0, 1] unless said otherwise, and has a docstring that explains it to a person: what it
measures and why an independent report scores low on it. Their combination is :mod:`provenance.score.strength`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.match.body import Body
from provenance.text.alignment import Run, Step
from provenance.text.shingles import among, shared_count

__all__ = ["SIGNALS", "Pair", "measure"]

Matrix = npt.NDArray[np.float64]

LONGEST_RUN_SCALE = 60
"""Words at which the longest shared run counts in full: two or three sentences."""


CLOSE_SIMILARITY = 0.35
"""Similarity above which a pair of sentences says much the same in much the same words."""

CLOSE_SENTENCES = 5.0
"""Sentences word for word alike that count in full; half-alike ones count by their closeness."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of bodies with what their alignment found: the input of every signal."""

    left: Body
    right: Body
    runs: Sequence[Run]
    similarity: Matrix
    chains: Sequence[Sequence[Step]]
    floor: float

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
    """Words of the shorter text that recur in the longer one in the same order (longest common subsequence).

    A rewrite keeps much of the order of its source down to single words; two reporters choose their own. Quoted words
    are left out on both sides: those are the speaker's order.
    """
    (ours, our_forms), (theirs, their_forms) = pair.left.unquoted, pair.right.unquoted
    # Words only one text has are in no common subsequence.
    common = _common_subsequence(ours[among(ours, their_forms)].tolist(), theirs[among(theirs, our_forms)].tolist())
    return common / max(1, min(len(ours), len(theirs)))


def _shorter(pair: Pair) -> int:
    return min(len(pair.left), len(pair.right))


def _common_subsequence(left: Sequence[int], right: Sequence[int]) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004): linear in the shorter text's words."""
    places: defaultdict[int, int] = defaultdict(int)
    for index, word in enumerate(left):
        places[word] |= 1 << index
    everything = (1 << len(left)) - 1
    row = everything
    for word in right:
        hits = row & places[word]
        row = ((row + hits) | (row - hits)) & everything
    return len(left) - row.bit_count()


def scraps(pair: Pair) -> float:
    """Runs of three words of one text that stand in the other, in the better direction.

    Even a thorough rewrite keeps scraps of its source; independent texts share names and stock phrases only.
    """
    ours, theirs = pair.left.scraps, pair.right.scraps
    return shared_count(ours, theirs) / max(1, min(len(ours), len(theirs)))


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


def close_sentences(pair: Pair) -> float:
    """How many sentences outside quotations are close to their counterpart, in the same order; five count in full.

    An absolute amount: a few paragraphs taken into a long text are a small share of it and still telling.
    """
    return min(1.0, sum(_closeness(step, pair) for step in pair.main_chain) / CLOSE_SENTENCES)


def _closeness(step: Step, pair: Pair) -> float:
    ours, theirs = pair.left.sentences[step.left], pair.right.sentences[step.right]
    quoted = max(
        pair.left.quoted_share(ours.first_word, ours.end_word),
        pair.right.quoted_share(theirs.first_word, theirs.end_word),
    )
    return max(0.0, step.similarity - CLOSE_SIMILARITY) / (1.0 - CLOSE_SIMILARITY) * (1.0 - quoted)


def sentence_likeness(pair: Pair) -> float:
    """How alike each sentence is to its best counterpart, weighted by its telling terms, in the better direction."""
    if not pair.similarity.size:
        return 0.0
    return max(
        _weighted_mean(pair.similarity.max(axis=1), pair.left.sentence_weights),
        _weighted_mean(pair.similarity.max(axis=0), pair.right.sentence_weights),
    )


def _weighted_mean(values: Matrix, weights: Matrix) -> float:
    return float((values * weights).sum() / weights.sum()) if weights.sum() > 0 else 0.0


def rare_terms(pair: Pair) -> float:
    """Weight of the rare stems, names and numbers both texts hold, of the lighter text's.

    High for every pair about one event; alone it does not tell derivation from common subject matter.
    """
    (ours, weights), (theirs, other_weights) = pair.left.terms, pair.right.terms
    lighter = min(float(weights.sum()), float(other_weights.sum()))
    return min(1.0, float(weights[among(ours, theirs)].sum()) / lighter) if lighter else 0.0


def sentence_order(pair: Pair) -> float:
    """Share of sentences with a counterpart whose counterparts run in one increasing sequence.

    Quoted matter follows the event's own order, so a press conference too gives some order; a rewrite gives more.
    """
    if not pair.similarity.size:
        return 0.0
    best = pair.similarity.argmax(axis=1)[pair.similarity.max(axis=1) > pair.floor].tolist()
    return _longest_increase(best) / len(best) if best else 0.0


def _longest_increase(values: Sequence[int]) -> int:
    tails: list[int] = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
    return len(tails)


def longest_run(pair: Pair) -> float:
    """Identical words in the longest shared run outside quotations, of 60; longer runs count as 60.

    Nobody writes two sentences of one's own word for word like another's.
    """
    return min(1.0, max((_unquoted(run, pair) for run in pair.runs), default=0.0) / LONGEST_RUN_SCALE)


def copied_words(pair: Pair) -> float:
    """Words in shared runs outside quotations, of the shorter text's words."""
    return min(1.0, sum(_unquoted(run, pair) for run in pair.runs) / _shorter(pair))


def _unquoted(run: Run, pair: Pair) -> float:
    ours = pair.left.quoted_share(run.left_start, run.left_end)
    theirs = pair.right.quoted_share(run.right_start, run.right_end)
    return run.same * (1.0 - max(ours, theirs))


SIGNALS: Mapping[str, Callable[[Pair], float]] = {
    signal.__name__.replace("_", "-"): signal
    for signal in (
        common_order,
        scraps,
        chain_coverage,
        close_sentences,
        sentence_likeness,
        rare_terms,
        sentence_order,
        longest_run,
        copied_words,
    )
}
"""Every signal by its public name; the docstring is its explanation in ``provenance rules``."""
