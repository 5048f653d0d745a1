"""The program's own search for copies, over a corpus: fingerprint, join, align.

The texts are taken as they are, furniture and all: what a cleaned body would spare the search is not spared here, nor
is it spared its peers. They are read as they are needed, so reading is part of the first stage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.stages import Stages
from provenance.match.copies import TextToMatch, find_copies

__all__: list[str] = []


def main(corpus: Path, found: Path) -> None:
    """Find the pairs of a corpus that share words."""
    copies = find_copies(_articles(Corpus.open(corpus)), threads=os.cpu_count() or 1)
    stages = Stages()
    for name, seconds in copies.seconds.items():
        stages.add(name, seconds)
    numbers = np.array(copies.names, dtype=np.int64)
    stages.report(np.stack([numbers[copies.left], numbers[copies.right]], axis=1), found)


def _articles(corpus: Corpus) -> Iterator[TextToMatch]:
    columns = zip(corpus.texts(), corpus.outlet_names(), corpus.days.tolist(), strict=True)
    for number, (text, outlet, day) in enumerate(columns):
        yield TextToMatch(id=f"{number:08d}", text=text, outlet=outlet, published=day)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
