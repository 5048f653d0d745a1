"""datasketch: MinHash over word 5-grams, and an LSH index with a threshold of .5.

Signatures are made by ``MinHash.generator``, its own way of making many; 128 permutations are its default. Every
article is looked up before it is added, so each pair is given once; candidates are taken as found, as is usual.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]  # in an environment of its own

from benchmarks.corpus import Corpus
from benchmarks.stages import Stages

__all__: list[str] = []

_PERMUTATIONS = 128
_THRESHOLD = 0.5
_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 5


def main(corpus: Path, found: Path) -> None:
    """Find the similar pairs of a corpus."""
    stages = Stages()
    with stages.stage("read"):
        texts = list(Corpus.open(corpus).texts())
    with stages.stage("fingerprint"):
        signatures = list(MinHash.generator((_shingles(text) for text in texts), num_perm=_PERMUTATIONS))
    with stages.stage("join"):
        index = MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)
        pairs = []
        for article, signature in enumerate(signatures):
            pairs += [(other, article) for other in index.query(signature)]
            index.insert(article, signature, check_duplication=False)
    stages.report(pairs, found)


def _shingles(text: str) -> set[bytes]:
    words = _WORD.findall(text.lower())
    count = max(1, len(words) - _SHINGLE_WORDS + 1)
    return {" ".join(words[at : at + _SHINGLE_WORDS]).encode() for at in range(count)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
