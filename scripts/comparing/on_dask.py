"""The workload on Dask: data frames of pandas, shuffled from worker to worker (P2P)."""

# mypy: disable-error-code="import-not-found,import-untyped"
# What is imported here is in an environment of its own, and may or may not be in the one this is checked in.

from __future__ import annotations

from pathlib import Path

import dask
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from comparing.job import WORKERS, Job, told
from comparing.tables import SCHEMAS, Table, emitted, hashed, summed

__all__: list[str] = []


def main() -> None:
    """Run the workload."""
    job = Job.given()
    told("imported")
    dask.config.set({"temporary-directory": job.scratch, "dataframe.shuffle.method": "p2p"})
    # Without a nanny a lost worker would not come back, and nobody would hold it to its memory.
    with (
        LocalCluster(
            n_workers=WORKERS,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=job.scratch,
            memory_limit=f"{job.memory_mib}MiB" if job.memory_mib else "auto",
        ) as cluster,
        Client(cluster),
    ):
        told("ready")
        files = sorted(map(str, Path(job.source).glob("*.parquet")))
        postings = dd.from_map(_postings, files, premade=job.premade, meta=_empty("postings"))
        together = postings.shuffle(on="cell", npartitions=job.partitions, ignore_index=True)
        pairs = together.map_partitions(_emitted, job.articles, meta=_empty("pairs"))
        alike = pairs.shuffle(on="cell", npartitions=job.partitions, ignore_index=True)
        alike.map_partitions(_summed, job.articles, meta=_empty("shared")).to_parquet(job.result, write_index=False)
        told("done")


def _empty(name: str) -> pd.DataFrame:
    return SCHEMAS[name].empty_table().to_pandas()


def _postings(file: str, *, premade: bool) -> pd.DataFrame:
    table = pq.read_table(file)
    return (table if premade else hashed(table)).to_pandas()


def _emitted(postings: pd.DataFrame, articles: int) -> pd.DataFrame:
    return emitted(_table(postings, "postings"), articles).to_pandas()


def _summed(pairs: pd.DataFrame, articles: int) -> pd.DataFrame:
    return summed(_table(pairs, "pairs"), articles).to_pandas()


def _table(frame: pd.DataFrame, name: str) -> Table:
    return pa.Table.from_pandas(frame, schema=SCHEMAS[name], preserve_index=False).combine_chunks()


if __name__ == "__main__":
    main()
