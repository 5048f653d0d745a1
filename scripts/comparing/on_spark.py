"""The workload on Spark: Python functions over Arrow batches, shuffled by Spark itself."""

# mypy: disable-error-code="import-not-found,import-untyped"
# What is imported here is in an environment of its own, and may or may not be in the one this is checked in.

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
from pyspark.sql import SparkSession

from comparing.job import WORKERS, Job, told
from comparing.tables import Table, emitted, hashed, summed

__all__: list[str] = []

_DEFAULT_MIB = 1024  # of an executor, Spark's own default


def main() -> None:
    """Run the workload."""
    job = Job.given()
    told("imported")
    session = _session(job)
    told("ready")
    read = session.read.parquet(job.source)
    postings = read if job.premade else read.mapInArrow(_each(hashed), "feature long, article long, cell int")
    articles = job.articles
    pairs = postings.repartition(job.partitions, "cell").mapInArrow(
        _whole(lambda table: emitted(table, articles)), "pair long, cell int"
    )
    pairs.repartition(job.partitions, "cell").mapInArrow(
        _whole(lambda table: summed(table, articles)), "left long, right long, count long, weight double"
    ).write.parquet(job.result)
    told("done")
    session.stop()


def _session(job: Job) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    memory = job.memory_mib or _DEFAULT_MIB
    settings = {
        "spark.master": f"local-cluster[{WORKERS},1,{memory}]",
        "spark.executor.memory": f"{memory}m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.local.dir": job.scratch,
        "spark.sql.warehouse.dir": str(Path(job.scratch) / "warehouse"),
        "spark.sql.shuffle.partitions": str(job.partitions),
        "spark.sql.adaptive.coalescePartitions.enabled": "false",
        "spark.executorEnv.PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={job.scratch}",
        "spark.executor.extraJavaOptions": f"-Djava.io.tmpdir={job.scratch}",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.appName("comparing")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _each(work: Callable[[Table], Table]) -> Callable[[Iterator[Table]], Iterator[Table]]:
    """Do something batch by batch."""

    def done(batches: Iterator[Table]) -> Iterator[Table]:
        for batch in batches:
            yield from work(batch).to_batches()

    return done


def _whole(work: Callable[[Table], Table]) -> Callable[[Iterator[Table]], Iterator[Table]]:
    """Do something to a whole partition at once."""

    def done(batches: Iterator[Table]) -> Iterator[Table]:
        rows = list(batches)
        if rows:
            yield from work(pa.Table.from_batches(rows).combine_chunks()).to_batches()

    return done


if __name__ == "__main__":
    main()
