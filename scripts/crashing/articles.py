"""Articles to audit: pages of their own, records in one file, and something nobody can read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from benchmarks.planting import Planted, Recipe, plant
from benchmarks.words import lexicon

__all__ = ["write_articles"]

_SHARD = 150
"""Articles among which texts are shared: with few pairs to align, no step of an audit takes most of its time."""

_PARAGRAPHS = 4
"""Of an article: short ones are audited fast, and what is killed is an audit, not the work on one text."""

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def write_articles(folder: Path, articles: int, seed: int = 1) -> None:
    """Write generated articles: every other one as a page of its own, the others as records of one file."""
    folder.mkdir(parents=True)
    records = []
    for number, planted in enumerate(_planted(Recipe(articles, seed, shard_articles=_SHARD))):
        text = "\n\n".join(islice(planted.page.paragraphs(lexicon()), _PARAGRAPHS)) + "\n"
        if number % 2:
            published = (_EPOCH + timedelta(days=planted.day)).isoformat(timespec="seconds")
            outlet = f"outlet-{planted.outlet:05d}"
            records.append({"id": f"{number:06d}", "outlet": outlet, "published": published, "text": text})
            continue
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")
    with (folder / "records.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    (folder / "unreadable.txt").write_bytes(bytes(range(256)) * 8)


def _planted(recipe: Recipe) -> Iterator[Planted]:
    return chain.from_iterable(plant(recipe, shard) for shard in range(recipe.shards))
