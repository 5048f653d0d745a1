"""A whole audit, from the start of the program to its report, and once more when a hundredth has been added."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.contenders import PATHS
from benchmarks.corpus import Corpus
from benchmarks.metering import Cost, metered
from benchmarks.stages import read_stages

__all__ = ["FORMS", "measure_audit"]

FORMS = ("jsonl", "folder")
"""How the articles are given: one file of records with outlet and time, or a folder of text files without."""

FIXED_MIB = 500
"""Memory an audit may hold whatever it is given; what it holds beyond is counted by the article."""

_ADDED = 0.01  # of the articles

Record = Mapping[str, str]


def measure_audit(corpus: Corpus, articles: int, form: str) -> dict[str, Any]:
    """Audit the first articles of a corpus, then again with the ones that follow, one for every hundred, added.

    Args:
        corpus: with at least a hundredth more articles than are audited first.
        articles: how many are audited first.
        form: one of :data:`FORMS`.

    Raises:
        FailedError: the program failed.
    """
    added = max(1, round(articles * _ADDED))
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        records = corpus.records()
        _write(islice(records, articles), folder / "articles", form, "first")
        print(f"audit: {articles:,} articles ...", file=sys.stderr)
        full = _audit(folder)
        _write(islice(records, added), folder / "articles", form, "added")
        print(f"audit: {added:,} more ...", file=sys.stderr)
        more = _audit(folder)
        store = sum(file.stat().st_size for file in folder.glob("store.db*"))
    return {
        "articles": articles,
        "form": form,
        "wall_s": round(full.wall_s, 2),
        "cpu_s": round(full.cpu_s, 2),
        "articles_per_s": round(articles / full.wall_s, 1),
        "peak_mib": round(full.peak_mib),
        "peak_pss_mib": None if full.peak_pss_mib is None else round(full.peak_pss_mib),
        "kib_per_article": round(max(0.0, full.peak_mib - FIXED_MIB) * 1024 / articles, 2),
        "store_mib": round(store / (1 << 20), 1),
        "stages_s": read_stages(full.output),
        "added": {
            "articles": added,
            "wall_s": round(more.wall_s, 2),
            "cpu_s": round(more.cpu_s, 2),
            "peak_mib": round(more.peak_mib),
            "share_of_full": round(more.wall_s / full.wall_s, 4),
            "stages_s": read_stages(more.output),
        },
    }


def _audit(folder: Path) -> Cost:
    program = [sys.executable, "-m", "benchmarks.audited", "articles", "store.db", "audit.json"]
    return metered(program, environment={"PYTHONPATH": PATHS}, folder=folder)


def _write(records: Iterator[Record], folder: Path, form: str, name: str) -> None:
    folder.mkdir(exist_ok=True)
    if form == "folder":
        for record in records:
            place = folder / record["outlet"] / f"{record['id']}.txt"
            place.parent.mkdir(exist_ok=True)
            place.write_text(record["text"] + "\n", encoding="utf-8")
        return
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
