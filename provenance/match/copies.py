"""Every pair of texts in which one holds words of the other, in a corpus of any size: matching and nothing else.

Words, fingerprints, the join, and the alignment of the words of every pair it finds; no pages, no cleaning, no
sentences, no store. It is what the speed of the engine is measured by, and what a cluster maps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

import numpy as np

from provenance.match.join.align import Runs
from provenance.match.join.corpus import Corpus, TextToMatch
from provenance.match.join.furniture import Furniture
from provenance.match.join.joining import join
from provenance.match.join.outcome import Resources, Rules
from provenance.match.join.passages import Found, Passages
from provenance.match.join.postings import Ints, Reals, rarity
from provenance.match.join.shelf import Shelf
from provenance.match.join.spool import Partitioned, Spool
from provenance.match.join.threads import mapped
from provenance.model import PassageKind, Span

__all__ = ["CopiedPair", "CopiedPairs", "CopiedPassage", "TextToMatch", "find_copies"]

MIN_SHARED_WEIGHT = 1.7
"""Weight of the fingerprints a pair must share to be aligned. Any fifteen words two texts share word for word give two
fingerprints; one that only they have weighs 1, one that as many have as may (the cap) some 0.6. On generated news more
loses pairs that share a sentence with others, and less aligns half as many again for hardly any."""

WORK_PER_POSTING = 0.35
"""Pairs the join may emit for every posting; more finds no more pairs worth aligning (see the join's module)."""

LEAST_WORK = 1 << 20
"""Pairs it may emit however small the corpus is: a tenth of a second's work."""

BLOCK_PAIRS = 1_000
"""Pairs aligned at once: enough for two threads not to wait for each other at the interpreter's lock."""

LARGEST_BLOCK = 31 << 20
"""Bytes of the largest block by which the C library (glibc) learns what to hold on to."""

MEMORY = 512 << 20
"""Bytes of words, and of postings, and of pairs, that are held before they go to a temporary file."""


@dataclass(frozen=True, slots=True)
class CopiedPassage:
    """Words two texts share: half-open code points on both sides, words on both sides, and how many are the same."""

    kind: PassageKind
    left: Span
    right: Span
    left_words: int
    right_words: int
    same_words: int


@dataclass(frozen=True, slots=True)
class CopiedPair:
    """Two texts, ``left`` the smaller name, with their passages in order of the left text.

    The containments are the shares of each text's words that stand in a passage, in [0, 1].
    """

    left: str
    right: str
    left_containment: float
    right_containment: float
    passages: tuple[CopiedPassage, ...]


@dataclass(frozen=True, slots=True)
class CopiedPairs:
    """What was found, as columns, in order of pair; iterating gives one :class:`CopiedPair` after the other.

    Attributes:
        names: the texts' names, by number.
        left: by pair, the number of the text with the smaller name.
        right: by pair, the number of the other.
        runs: the passages, as ranges of words; ``runs.pair`` counts the pairs.
        containments: shape (pairs, 2), the share of each text's words in passages.
        places: shape (passages, 4), where each passage starts and ends on the left and on the right, in code points.
        seconds: wall clock of each stage, in order.
    """

    names: tuple[str, ...]
    left: Ints
    right: Ints
    runs: Runs
    containments: Reals
    places: Ints
    seconds: dict[str, float]

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.left)

    def __iter__(self) -> Iterator[CopiedPair]:
        edges = np.searchsorted(self.runs.pair, np.arange(len(self) + 1)).tolist()
        for pair, (first, end) in enumerate(pairwise(edges)):
            left, right = self.containments[pair].tolist()
            yield CopiedPair(
                left=self.names[int(self.left[pair])],
                right=self.names[int(self.right[pair])],
                left_containment=left,
                right_containment=right,
                passages=tuple(self._passage(row) for row in range(first, end)),
            )

    def _passage(self, row: int) -> CopiedPassage:
        left_start, left_end, right_start, right_end = self.places[row].tolist()
        left_words = int(self.runs.left_end[row] - self.runs.left_start[row])
        right_words = int(self.runs.right_end[row] - self.runs.right_start[row])
        same = int(self.runs.same[row])
        return CopiedPassage(
            kind=PassageKind.VERBATIM if same == left_words == right_words else PassageKind.EDITED,
            left=Span(left_start, left_end),
            right=Span(right_start, right_end),
            left_words=left_words,
            right_words=right_words,
            same_words=same,
        )


def find_copies(articles: Iterable[TextToMatch], *, threads: int = 2, memory: int = MEMORY) -> CopiedPairs:
    """Find every pair of texts one of which holds words of the other.

    The texts are read once and not kept. The result depends neither on their order nor on ``threads`` and ``memory``.

    Args:
        articles: the texts; no name may come twice.
        threads: how many to work with.
        memory: bytes of intermediate numbers of each kind that are held before they go to a temporary file.
    """
    clock = _Clock()
    _hold_on_to_memory()
    with Spool(memory) as words, Spool(memory) as numbers:
        corpus = Corpus(Shelf(words), Partitioned(numbers))
        corpus.read(articles, threads)
        clock.lap("fingerprint")
        members = corpus.members()
        shared, findings = join(
            corpus.postings,
            members,
            Rules(WORK_PER_POSTING, LEAST_WORK, rarity(len(members))),
            lambda shared, _: shared.weight >= MIN_SHARED_WEIGHT,
            Resources(memory, threads),
        )
        left, right = corpus.pairs(shared, members)
        clock.lap("join")
        passages = Passages(corpus.shelf, Furniture(findings, members), members)
        blocks = [
            (left[at : at + BLOCK_PAIRS], right[at : at + BLOCK_PAIRS]) for at in range(0, len(left), BLOCK_PAIRS)
        ]
        found = list(mapped(lambda block: passages.of(*block), blocks, threads))
        clock.lap("align")
    return _together(corpus, found, clock.seconds)


def _hold_on_to_memory() -> None:
    """Have the C library keep what arrays give back instead of returning it to the system at once.

    Its threshold for that follows the largest block freed so far, up to 32 MiB: one block of that size, never written
    to, saves a sixth of the time, which went into fetching the same pages again. Elsewhere it does nothing.
    """
    np.empty(LARGEST_BLOCK, dtype=np.uint8)


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        self.seconds[stage], self._since = now - self._since, now


def _together(corpus: Corpus, blocks: list[Found], seconds: dict[str, float]) -> CopiedPairs:
    """Put what was found in blocks together, in order of name."""
    none = np.empty(0, dtype=np.int64)
    left = np.concatenate([none, *(block.left for block in blocks)])
    right = np.concatenate([none, *(block.right for block in blocks)])
    rank = corpus.name_ranks
    order = np.lexsort((rank[right], rank[left]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    firsts = np.cumsum([0, *(len(block.left) for block in blocks)]).tolist()
    pair = place[np.concatenate([none, *(block.runs.pair + at for block, at in zip(blocks, firsts, strict=False))])]
    rows = np.argsort(pair, kind="stable")
    return CopiedPairs(
        names=tuple(corpus.names),
        left=left[order],
        right=right[order],
        runs=Runs(pair[rows], *(_column(blocks, name)[rows] for name in RUN_COLUMNS)),
        containments=np.concatenate([np.empty((0, 2)), *(block.containments for block in blocks)])[order],
        places=np.concatenate([np.empty((0, 4), dtype=np.int64), *(block.places for block in blocks)])[rows],
        seconds=seconds,
    )


RUN_COLUMNS = ("left_start", "left_end", "right_start", "right_end", "same")


def _column(blocks: list[Found], name: str) -> Ints:
    return np.concatenate([np.empty(0, dtype=np.int64), *(getattr(block.runs, name) for block in blocks)])
