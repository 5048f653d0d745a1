"""The workload on Daft, which runs on Ray: a cluster of two nodes on this machine, each with one core."""

# mypy: disable-error-code="import-not-found,import-untyped"
# What is imported here is in an environment of its own, and may or may not be in the one this is checked in.

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ |= {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "true",
    "RAY_USAGE_STATS_ENABLED": "0",
    # Else it takes 127.0.0.1 for the machine's own address, to which nobody answers.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}

import daft
import numpy as np
import pyarrow as pa
import ray
from daft import DataType, col
from ray.cluster_utils import Cluster

from comparing.job import WORKERS, Job, told
from comparing.tables import SCHEMAS, Table, emitted, hashed, summed

__all__: list[str] = []

_STORE_MIB = 512  # the object store of a node when nothing is said
_ROWS = 500  # articles a function is given at once


def main() -> None:
    """Run the workload."""
    job = Job.given()
    told("imported")
    cluster = _cluster(job)
    try:
        daft.set_runner_ray(address=cluster.address, noop_if_initialized=True)
        daft.set_execution_config(
            shuffle_algorithm=sys.argv[2] if len(sys.argv) > 2 else "flight_shuffle",
            flight_shuffle_dirs=[job.scratch],
            shuffle_aggregation_default_partitions=job.partitions,
        )
        told("ready")
        _run(job)
        told("done")
    finally:
        ray.shutdown()
        cluster.shutdown()


def _cluster(job: Job) -> Cluster:
    os.environ["RAY_TMPDIR"] = job.scratch  # before anything is asked of Ray: else it writes to /tmp/ray
    (Path(job.scratch) / "ray").mkdir()
    if job.memory_mib:
        os.environ["DAFT_MEMORY_LIMIT"] = str(job.memory_mib << 20)
    store = (job.memory_mib or _STORE_MIB) << 20
    node = {"num_cpus": 1, "object_store_memory": max(store, 80 << 20), "include_dashboard": False}
    head = {**node, "temp_dir": job.scratch, "node_ip_address": "127.0.0.1"}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    for _ in range(WORKERS - 1):
        cluster.add_node(num_cpus=1, object_store_memory=node["object_store_memory"])
    ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
    return cluster


def _run(job: Job) -> None:
    read = daft.read_parquet(f"{job.source}/*.parquet")
    postings = read if job.premade else _postings(read)
    pairs = _of_groups(postings, "pairs", ("feature", "article"), lambda table: emitted(table, job.articles))
    _of_groups(pairs, "shared", ("pair",), lambda table: summed(table, job.articles)).write_parquet(job.result)


def _postings(texts: Table) -> Table:
    """Make postings: a function has to give a row for every row, so each article has a list of them."""

    @daft.func.batch(return_dtype=DataType.list(_kind("postings")), batch_size=_ROWS)  # type: ignore[untyped-decorator]
    def made(article: Table, text: Table) -> Table:
        postings = hashed({"article": article.to_arrow(), "text": text.to_arrow()}).combine_chunks()
        ends = np.searchsorted(postings["article"].to_numpy(), article.to_arrow().to_numpy(), side="right")
        rows = postings.to_struct_array().combine_chunks()
        return pa.ListArray.from_arrays(pa.array(np.r_[0, ends], pa.int32()), rows)

    return _spread(texts.select(made(col("article"), col("text")).alias("made")).explode("made"), "made", "postings")


def _of_groups(rows: Table, name: str, columns: Sequence[str], work: Callable[[Table], Table]) -> Table:
    """Do something to the rows of every cell; a function gives one column, so what it gives is a struct."""

    @daft.func.batch(return_dtype=_kind(name))  # type: ignore[untyped-decorator]
    def made(*given: Table) -> Table:
        table = pa.table([each.to_arrow() for each in given], names=list(columns))
        return work(table).combine_chunks().to_struct_array().combine_chunks()

    grouped = rows.groupby("cell").map_groups(made(*map(col, columns)).alias("made"))
    return _spread(grouped.select(col("made")), "made", name)


def _spread(rows: Table, column: str, name: str) -> Table:
    return rows.select(*(col(column)[field].alias(field) for field in SCHEMAS[name].names))


def _kind(name: str) -> Table:
    return DataType.from_arrow_type(pa.struct(list(SCHEMAS[name])))


if __name__ == "__main__":
    main()
