"""Frames: a sentence kept word for word but for a word or two, whose place alone says what answers to what.

Between the kept words of an edited sentence stand slots: a word put in, left out or put in place of another. What a
slot gains or loses is held against the same slot of the other side, not against the whole sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.score.drift.cues import Cue
from provenance.score.drift.statements import Pair, Side, Statement

__all__ = ["Half", "Slot", "frame_slots"]

FRAME_WORDS = 5
"""Words of the widest slot: a verb with its auxiliaries; what is wider was told in other words."""


@dataclass(frozen=True)
class Half:
    """One side of a slot: the range of words between kept ones, which may be empty."""

    statement: Statement
    words: range

    def cues(self, *kinds: str) -> list[Cue]:
        """Give the cues of some classes that reach into it, in order."""
        return [cue for cue in self.statement.of(*kinds) if cue.first < self.words.stop and self.words.start < cue.end]

    def kinds(self, *kinds: str) -> set[str]:
        """Give those of some classes that reach into it."""
        return {cue.kind for cue in self.cues(*kinds)}

    def stems(self, *left_out: str, telling: bool) -> Counter[str]:
        """Count its words by their stem, those in cues of some classes left out; on demand only those that tell."""
        idle = {at for cue in self.cues(*left_out) for at in range(cue.first, cue.end)}
        kept = (at for at in self.words if at not in idle and (not telling or self.statement.weights[at] > 0.0))
        return Counter(self.statement.verb(at) for at in kept)

    @property
    def side(self) -> Side:
        """Its wording with the word behind it (at the end of a sentence before it), which says where it stands."""
        end = min(len(self.statement.words), self.words.stop + 1)
        return Side(self.statement, min(self.words.start, end - 1), end)


@dataclass(frozen=True)
class Slot:
    """A place between kept words of an edited sentence where the two sides differ."""

    below: Half
    above: Half

    def differs_only_in(self, *kinds: str) -> bool:
        """Say whether both sides tell the same but for cues of some classes; where nothing tells, every word counts."""
        told = self.below.stems(*kinds, telling=True)
        if told or self.above.stems(*kinds, telling=True):
            return told == self.above.stems(*kinds, telling=True)
        return self.below.stems(*kinds, telling=False) == self.above.stems(*kinds, telling=False)

    @property
    def sides(self) -> tuple[Side, Side]:
        """The wordings, downstream first."""
        return self.below.side, self.above.side


def frame_slots(pair: Pair) -> Iterator[Slot]:
    """Give the narrow slots of an edited sentence, in order; none where the sentences were not kept."""
    if not pair.edited or pair.between or pair.second:
        return
    for below, above in pair.slots():
        if max(len(below), len(above)) <= FRAME_WORDS:
            yield Slot(Half(pair.below, below), Half(pair.above, above))
