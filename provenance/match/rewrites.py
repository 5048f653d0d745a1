"""Sentences that say the same in other words: which of them answer to one another, as passages.

Sure answers come first: pairs of sentences alike by their rare terms, in chains that keep an order. A single pair that
contradicts a significant chain is chance. Then what lies between two sure answers of one chain: there a sentence needs
far less evidence of its own, for its neighbours speak for it (a threshold with hysteresis, as Canny's edges have it).
Where there is no evidence at all, nothing is claimed, however sure the neighbours are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provenance.match.body import Body
from provenance.match.coverage import unaccounted
from provenance.match.letters import letter_likeness
from provenance.match.similarity import SENTENCE_FLOOR, Matrix
from provenance.model import Passage, PassageKind, Span
from provenance.text.alignment import Step, chain_score, ordered_alignment

__all__ = ["rewritten_passages"]

MIN_STEP_SIMILARITY = 0.24
"""A pair of sentences below this is part of a chain but no sure answer."""

SIGNIFICANT_SCORE = 0.45
"""Score from which a chain is more than chance: nineteen in twenty second-best chains of two independent reports of
one event score less."""

MAX_DISORDER = 3
"""Sentences by which a single pair may miss its place in a significant chain: a rewrite moves a sentence within its
paragraph. A pair further off is as likely chance as not, unless it is significant itself."""

MIN_SUPPORT = 2
"""Sure answers of one chain from which their neighbourhood is evidence."""

FINE_FLOOR = 0.04
"""Likeness, of rare terms and letters together, from which a pair of sentences between two sure answers is one itself:
chosen on half of the labelled rewrites for what it finds whole; the other half agrees."""

FINE_GAP_COST = 0.03
"""Cost of skipping one sentence between sure answers, in units of likeness: half of what it is without them."""

MIN_LIKENESS = 0.07
"""The same for a downstream sentence with no sure answer of its own: it is counted as derived for it."""

END_REACH = 2
"""Sentences, on either side, from the first or last sure answer of a chain to the next one that may still belong."""

MAX_ANSWER = 3
"""Upstream sentences one downstream sentence condenses in one passage."""

QUOTE_SHARE = 0.8
"""Share of the words of both sentences in quotations from which what they share is the speaker's."""


def rewritten_passages(
    chains: Sequence[Sequence[Step]], matrix: Matrix, left: Body, right: Body, found: Sequence[Passage]
) -> Iterator[Passage]:
    """Find the passages that are rewritten, leaving out sentences that words alone already account for.

    Args:
        chains: pairs of sentences above the sentence floor in the same order, by
            :func:`~provenance.text.alignment.ordered_alignment`.
        matrix: how alike the sentences are, shape (left, right).
        left: the one body.
        right: the other.
        found: verbatim and edited passages.

    Yields:
        passages of one left sentence and one or more right ones that follow one another. A left sentence may stand in
        several. An edited one stands here only for what it took from further right sentences of a rewritten stretch.
    """
    sure = list(_sure_answers(chains))
    if not any(sure):
        return
    unsaid = _Unsaid.of(left, right, found)
    stretches: Sequence[Sequence[Step]] = ()
    if _is_significant(chains[0]) and sum(step.left in unsaid.rows for chain in sure for step in chain) >= MIN_SUPPORT:
        stretches = list(_stretches(sure, unsaid, (matrix + letter_likeness(left, right)) / 2))
    steps = {(step.left, step.right): step for stretch in stretches for step in stretch if unsaid.holds(step)}
    placed = (step for chain in _in_place(sure, stretches) for step in chain if step.left in unsaid.rows)
    steps |= {(step.left, step.right): step for step in placed}
    for answer in _answers(steps[place] for place in sorted(steps)):
        yield _passage(answer, left, right)


@dataclass(frozen=True, slots=True)
class _Unsaid:
    """What words alone do not account for: left sentences, those that are not verbatim, and right sentences."""

    rows: frozenset[int]
    edited_rows: frozenset[int]
    columns: frozenset[int]

    @classmethod
    def of(cls, left: Body, right: Body, found: Sequence[Passage]) -> _Unsaid:
        unchanged = [passage for passage in found if passage.kind is not PassageKind.EDITED]
        return cls(
            rows=unaccounted(left, [passage.left for passage in found]),
            edited_rows=unaccounted(left, [passage.left for passage in unchanged]),
            columns=unaccounted(right, [passage.right for passage in found]),
        )

    def holds(self, step: Step) -> bool:
        """Say whether a step adds to what words account for; an edit may have taken in further right sentences."""
        return step.left in self.rows or (step.left in self.edited_rows and step.right in self.columns)


def _sure_answers(chains: Sequence[Sequence[Step]]) -> Iterator[Sequence[Step]]:
    """Give the surely alike pairs of every chain that is not mere chance."""
    significant = [chain for chain in chains if len(chain) > 1 and _is_significant(chain)]
    for chain in _in_place(chains, significant):
        yield [step for step in chain if step.similarity >= MIN_STEP_SIMILARITY]


def _is_significant(chain: Sequence[Step]) -> bool:
    return chain_score(chain, SENTENCE_FLOOR) >= SIGNIFICANT_SCORE


def _in_place(chains: Sequence[Sequence[Step]], orders: Sequence[Sequence[Step]]) -> Iterator[Sequence[Step]]:
    """Leave out chains that are no more than chance and cross one of some others."""
    sides = [(order, [step.left for step in order], [step.right for step in order]) for order in orders]
    for chain in chains:
        if _is_significant(chain) or not any(
            _misses(step.left, step.right, rows, columns) or _misses(step.right, step.left, columns, rows)
            for order, rows, columns in sides
            if order is not chain
            for step in chain
        ):
            yield chain


def _misses(sentence: int, answer: int, sentences: Sequence[int], answers: Sequence[int]) -> bool:
    """Say whether a sentence stands inside an order, whose numbers never fall, and its answer far from its place."""
    behind, before = bisect_left(sentences, sentence), bisect_right(sentences, sentence) - 1
    if before < 0 or behind == len(sentences):
        return False
    low, high = sorted((answers[before], answers[behind]))
    return not low - MAX_DISORDER <= answer <= high + MAX_DISORDER


def _stretches(sure: Sequence[Sequence[Step]], unsaid: _Unsaid, likeness: Matrix) -> Iterator[Sequence[Step]]:
    """Find the stretches between sure answers, and on from the first and last, with all that answers in them.

    Only sure answers that words alone do not account for count as support: who copies a sentence need not have
    rewritten the next.
    """
    places = {(step.left, step.right) for chain in sure for step in chain}
    answered = {row for row, _ in places}
    for chain in ordered_alignment(likeness, floor=FINE_FLOOR, gap_cost=FINE_GAP_COST):
        supports = [at for at, step in enumerate(chain) if (step.left, step.right) in places]
        if sum(chain[at].left in unsaid.rows for at in supports) >= MIN_SUPPORT:
            stretch = _extended(chain, supports[0], supports[-1] + 1)
            yield [step for step in stretch if step.left in answered or step.similarity >= MIN_LIKENESS]


def _extended(chain: Sequence[Step], first: int, end: int) -> Sequence[Step]:
    """Go on at both ends of a stretch as long as the next step is close and alike."""
    while first > 0 and _goes_on(chain[first - 1], chain[first], chain[first - 1]):
        first -= 1
    while end < len(chain) and _goes_on(chain[end - 1], chain[end], chain[end]):
        end += 1
    return chain[first:end]


def _goes_on(before: Step, behind: Step, added: Step) -> bool:
    near = max(behind.left - before.left, behind.right - before.right) <= END_REACH
    return near and added.similarity >= MIN_LIKENESS


def _answers(steps: Iterable[Step]) -> Iterator[Sequence[Step]]:
    """Group the steps of one left sentence whose right sentences follow one another; takes them in order."""
    group: list[Step] = []
    for step in steps:
        goes_on = group and step.left == group[-1].left and step.right == group[-1].right + 1
        if group and not (goes_on and len(group) < MAX_ANSWER):
            yield group
            group = []
        group.append(step)
    if group:
        yield group


def _passage(answer: Sequence[Step], left: Body, right: Body) -> Passage:
    ours = left.sentences[answer[0].left]
    first, last = right.sentences[answer[0].right], right.sentences[answer[-1].right]
    quoted = min(left.quoted_share(ours.first_word, ours.end_word), right.quoted_share(first.first_word, last.end_word))
    return Passage(
        kind=PassageKind.QUOTE if quoted >= QUOTE_SHARE else PassageKind.REWRITTEN,
        left=ours.span,
        right=Span(first.span.start, last.span.end),
        similarity=round(min(1.0, max(step.similarity for step in answer)), 4),
        left_words=ours.end_word - ours.first_word,
        right_words=last.end_word - first.first_word,
    )
