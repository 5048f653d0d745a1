"""The program's own search for copies, over a corpus: fingerprint, join, align.

The texts are taken as they are, furniture and all: what a cleaned body would spare the search is not spared here, nor
is it spared its peers.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.stages import Stages
from provenance.match.body import Body
from provenance.match.features import Features
from provenance.match.index import SortJoinIndex
from provenance.model import ArticleId, ContentHash, OutletId, Span
from provenance.text.alignment import shared_runs
from provenance.text.shingles import winnow

__all__: list[str] = []

_MIN_SAME_WORDS = 15
_HELD = 2_000  # bodies


def main(corpus: Path, found: Path) -> None:
    """Find the pairs of a corpus that share words."""
    stages = Stages()
    with stages.stage("read"):
        opened = Corpus.open(corpus)
        texts = list(opened.texts())

    @lru_cache(maxsize=_HELD)
    def body(number: int) -> Body:
        return Body(ArticleId(f"{number:08d}"), texts[number], (Span(0, len(texts[number])),), "en")

    index = SortJoinIndex()
    with stages.stage("fingerprint"):
        for number, outlet in enumerate(opened.outlet_names()):
            index.add(_features(body(number), outlet))
    with stages.stage("join"):
        wanted = [(int(pair.left), int(pair.right)) for pair in index.candidates()]
    with stages.stage("align"):
        pairs = [pair for pair in wanted if shared_runs(*(body(one).runs for one in pair), min_same=_MIN_SAME_WORDS)]
    stages.report(pairs, found)


def _features(body: Body, outlet: str) -> Features:
    return Features(
        article=body.article,
        body_hash=ContentHash(body.article),
        words=len(body),
        fingerprints=np.unique(body.shingles[winnow(body.shingles)]),
        terms=np.empty(0, dtype=np.uint64),
        outlet=OutletId(outlet),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
