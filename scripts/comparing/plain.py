"""The workload in one process, with NumPy alone: what every engine's result is held against."""

# mypy: disable-error-code="import-not-found,import-untyped"
# What is imported here is in an environment of its own, and may or may not be in the one this is checked in.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from comparing.job import Job, told
from comparing.tables import Table, emitted, hashed, summed

__all__: list[str] = []

_BATCH = 500  # articles


def main() -> None:
    """Run the workload."""
    job = Job.given()
    told("ready")
    files = sorted(Path(job.source).glob("*.parquet"))
    pairs = _by_partition((_postings(file, premade=job.premade) for file in files), job.partitions)
    told("features")
    made = _by_partition(
        (emitted(pa.concat_tables(pairs.pop(at)), job.articles) for at in sorted(pairs)), job.partitions
    )
    told("pairs")
    Path(job.result).mkdir()
    for at in sorted(made):
        pq.write_table(summed(pa.concat_tables(made.pop(at)), job.articles), Path(job.result) / f"{at}.parquet")
    told("done")


def _postings(file: Path, *, premade: bool) -> Table:
    if premade:
        return pq.read_table(file)
    batches = pq.ParquetFile(file).iter_batches(_BATCH)
    return pa.concat_tables(hashed(batch) for batch in batches)


def _by_partition(tables: Iterable[Table], partitions: int) -> dict[int, list[Table]]:
    """Lay rows out by their cell."""
    found: defaultdict[int, list[Table]] = defaultdict(list)
    for table in tables:
        at = table["cell"].to_numpy() % partitions
        order = np.argsort(at, kind="stable")
        ends = np.cumsum(np.bincount(at, minlength=partitions))
        rows = table.take(order)
        for partition, end in enumerate(ends.tolist()):
            start = ends[partition - 1] if partition else 0
            if end > start:
                found[partition].append(rows.slice(start, end - start))
    return found


if __name__ == "__main__":
    main()
