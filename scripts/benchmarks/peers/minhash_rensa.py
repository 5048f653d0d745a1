"""rensa: R-MinHash over word 5-grams, and its LSH index.

Signatures are made a thousand articles at a time by ``RMinHash.from_token_sets`` and looked up by ``query_all``, its
fast ways. The threshold of its index does not decide what is found, the bands do, and 128 signature slots have to be
divisible by them: 32 bands of 4 put the middle of the curve at (1/32)**(1/4) = .42, the nearest there is to .5 (16
bands: .71).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]  # in an environment of its own

from benchmarks.corpus import Corpus
from benchmarks.stages import Stages

__all__: list[str] = []

_PERMUTATIONS = 128
_BANDS = 32
_THRESHOLD = 0.5
_SEED = 42
_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 5
_BATCH = 1_000  # articles


def main(corpus: Path, found: Path) -> None:
    """Find the similar pairs of a corpus."""
    stages = Stages()
    with stages.stage("read"):
        texts = list(Corpus.open(corpus).texts())
    signatures = []
    with stages.stage("fingerprint"):
        for start in range(0, len(texts), _BATCH):
            shingled = [_shingles(text) for text in texts[start : start + _BATCH]]
            signatures += RMinHash.from_token_sets(shingled, num_perm=_PERMUTATIONS, seed=_SEED)
    with stages.stage("join"):
        index = RMinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        index.insert_many(signatures)
        pairs = []
        for start in range(0, len(signatures), _BATCH):
            near = index.query_all(signatures[start : start + _BATCH])
            pairs += [(other, at) for at, others in enumerate(near, start) for other in others if other < at]
    stages.report(pairs, found)


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    count = max(1, len(words) - _SHINGLE_WORDS + 1)
    return [" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(count)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
