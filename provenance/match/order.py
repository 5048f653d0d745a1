"""How many words of two texts recur in the same order, beyond what the same words in any order would give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.text.shingles import Hashes, among

__all__ = ["Order"]


@dataclass(frozen=True, slots=True)
class Order:
    """What two sequences have in common, and how much of it in the same order.

    ``shorter`` counts the words of the shorter sequence, ``shared`` those words of one that stand in the other too (of
    the sequence that has fewer of them), ``in_order`` the longest common subsequence, and ``backwards`` the one found
    when one sequence is read from its end: what order comes about by chance, with these very words.
    """

    shorter: int
    shared: int
    in_order: int
    backwards: int

    @property
    def beyond_chance(self) -> int:
        """Words in the same order that chance does not account for; 0 when reading backwards finds as many."""
        return max(0, self.in_order - self.backwards)

    @classmethod
    def of(cls, left: tuple[Hashes, Hashes], right: tuple[Hashes, Hashes]) -> Order:
        """Compare two sequences, each given with its different numbers in ascending order."""
        (ours, our_forms), (theirs, their_forms) = left, right
        # Words only one text has are in no common subsequence.
        one, other = ours[among(ours, their_forms)].tolist(), theirs[among(theirs, our_forms)].tolist()
        if len(one) > len(other):  # the cost of a step grows with the sequence that is held as one number
            one, other = other, one
        places = _places(one)
        return cls(
            shorter=min(len(ours), len(theirs)),
            shared=len(one),
            in_order=_common_subsequence(len(one), places, other),
            backwards=_common_subsequence(len(one), places, other[::-1]),
        )


def _places(sequence: Sequence[int]) -> defaultdict[int, int]:
    """Note where each number stands, as the bits of one number."""
    places: defaultdict[int, int] = defaultdict(int)
    for index, number in enumerate(sequence):
        places[number] |= 1 << index
    return places


def _common_subsequence(length: int, places: defaultdict[int, int], sequence: Sequence[int]) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004): linear in the sequence's length."""
    everything = (1 << length) - 1
    row = everything
    for number in sequence:
        hits = row & places[number]
        row = ((row + hits) | (row - hits)) & everything
    return length - row.bit_count()
