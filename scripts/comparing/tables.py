"""The workload on Arrow tables, which all engines hand to Python and take back.

Hashes cross as signed 64-bit integers with the same bits: Spark has no unsigned ones.
"""

# mypy: disable-error-code="import-not-found,import-untyped"
# What is imported here is in an environment of its own, and may or may not be in the one this is checked in.

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from comparing.articles import PART_ARTICLES, part
from comparing.workload import Postings, cells_of, fingerprints, pair_cells, pairs_of, postings_of, shared_by
from provenance.match.join.outcome import Shared
from provenance.match.join.postings import Ints
from provenance.text.shingles import Hashes

__all__ = ["SCHEMAS", "Table", "emitted", "found_in", "hashed", "summed", "write_postings", "write_texts"]

Table = Any
"""A table, record batch, column or schema of Arrow: it has no types here, being in another environment."""

SCHEMAS = {
    "texts": pa.schema([("article", pa.int64()), ("text", pa.string())]),
    "postings": pa.schema([("feature", pa.int64()), ("article", pa.int64()), ("cell", pa.int32())]),
    "pairs": pa.schema([("pair", pa.int64()), ("cell", pa.int32())]),
    "shared": pa.schema([("left", pa.int64()), ("right", pa.int64()), ("count", pa.int64()), ("weight", pa.float64())]),
}


def hashed(texts: Table) -> Table:
    """Make postings of texts."""
    return _postings(postings_of(texts["article"].to_pylist(), texts["text"].to_pylist()))


def emitted(postings: Table, articles: int) -> Table:
    """Make pairs of the postings of whole cells."""
    pairs = pairs_of(Postings(_hashes(postings["feature"]), _numbers(postings["article"])), articles)
    return pa.table([pairs.view(np.int64), pair_cells(pairs)], schema=SCHEMAS["pairs"])


def summed(pairs: Table, articles: int) -> Table:
    """Add up the pairs of whole cells."""
    shared = shared_by(_hashes(pairs["pair"]), articles)
    return pa.table([shared.left, shared.right, shared.count, shared.weight], schema=SCHEMAS["shared"])


def _postings(postings: Postings) -> Table:
    columns = [postings.features.view(np.int64), postings.articles, cells_of(postings.features)]
    return pa.table(columns, schema=SCHEMAS["postings"])


def _numbers(column: Table) -> Ints:
    found: Ints = column.to_numpy()
    return found


def _hashes(column: Table) -> Hashes:
    found: Hashes = np.ascontiguousarray(column.to_numpy()).view(np.uint64)
    return found


def write_texts(folder: Path, number: int, articles: int) -> None:
    """Write the texts of one part."""
    texts = part(number, articles)
    _write(folder, number, pa.table([_of_part(number, texts), texts], schema=SCHEMAS["texts"]))


def write_postings(folder: Path, number: int, articles: int) -> None:
    """Write the postings of one part."""
    texts = part(number, articles)
    _write(folder, number, _postings(fingerprints(_of_part(number, texts), texts)))


def _of_part(number: int, texts: list[str]) -> list[int]:
    return list(range(number * PART_ARTICLES, number * PART_ARTICLES + len(texts)))


def _write(folder: Path, number: int, table: Table) -> None:
    pq.write_table(table, folder / f"part-{number:05d}.parquet")


def found_in(folder: Path) -> Iterator[Shared]:
    """Read a result."""
    for file in sorted(folder.rglob("*.parquet")):
        table = pq.ParquetFile(file).read()
        yield Shared(*(table[name].to_numpy() for name in SCHEMAS["shared"].names))
