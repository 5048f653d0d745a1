"""The input of a comparison, made by as many processes as there are processors."""

from __future__ import annotations

import os
import sys
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from comparing.articles import parts
from comparing.tables import write_postings, write_texts

__all__ = ["KINDS"]

KINDS = {"texts": write_texts, "postings": write_postings}


def main(kind: str, articles: str, folder: str) -> None:
    """Write texts, or the postings they have."""
    with Pool(os.cpu_count() or 1) as pool:
        pool.map(partial(KINDS[kind], Path(folder), articles=int(articles)), parts(int(articles)), chunksize=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
