"""Make the families, have the program audit them, count what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from drifting.articles import Article, read_articles
from evaluation.program import run_audit

from lineages.events import invented
from lineages.families import Family
from lineages.gold import hand_written
from lineages.kinds import made_families
from lineages.scoring import Tally, judged

__all__ = ["FAMILIES", "Lineages", "audits", "measure_lineages"]

FAMILIES = 90
"""Families of each part."""


@dataclass(frozen=True, slots=True)
class Lineages:
    """What was measured on one part: counts by kind, and what the audits took."""

    part: str
    kinds: dict[str, Tally]
    articles: int
    seconds: float


def audits(part: str, families: int, seed: int, articles: Sequence[Article] = ()) -> Iterator[list[Family]]:
    """Make families in batches that are audited together; no event is twice in a batch.

    Args:
        part: one of :data:`lineages.events.PARTS`.
        families: how many in all.
        seed: another one makes other families.
        articles: of the fixtures, told besides the invented events.
    """
    made = 0
    while made < families:
        random = Random(f"{part}/{seed}/{made}")
        stories = [*hand_written(articles, part, random), *invented(part, random)]
        batch = list(made_families(stories, made, random, families - made))
        made += len(batch)
        yield batch


def measure_lineages(folder: Path, part: str, families: int = FAMILIES, seed: int = 0) -> Lineages:
    """Generate families of a part, audit them batch by batch, and count.

    Args:
        folder: where records and audits are kept.
        part: one of :data:`lineages.events.PARTS`.
        families: how many.
        seed: another one makes other families.
    """
    kinds: dict[str, Tally] = {}
    articles, seconds = 0, 0.0
    for number, batch in enumerate(audits(part, families, seed, read_articles(folder))):
        records = folder / f"lineage-{part}-{number}.jsonl"
        articles += _write(records, batch, Random(f"{part}/{seed}/order/{number}"))
        output = run_audit(folder, f"lineage-{part}-{number}", [records])
        seconds += output.seconds
        for family, tally in judged(batch, output.document()):
            kinds.setdefault(family.kind, Tally()).add(tally)
    return Lineages(part, kinds, articles, seconds)


def _write(file: Path, families: Sequence[Family], random: Random) -> int:
    """Write the records of some families in an order of chance; give their number."""
    rows = [dict(member.page.record) for family in families for member in family.members]
    random.shuffle(rows)
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return len(rows)
