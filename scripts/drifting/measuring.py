"""Make the versions, have the program compare them, judge what it says."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.program import run

from drifting.articles import FIXTURES, Article, read_articles
from drifting.facts import full_names
from drifting.scoring import Outcome, judged
from drifting.versions import FORMS, REWRITTEN, Version, version_of
from drifting.wording import wording_of

__all__ = ["HELD_OUT", "PARTS", "TUNING", "measure_drift"]

TUNING, HELD_OUT = "tuning", "held-out"

PARTS: Mapping[str, frozenset[str]] = {
    TUNING: frozenset({"dam-inspection", "election-recount"}),
    HELD_OUT: frozenset({"port-strike", "vaccine-recall"}),
}
"""The stories rules may be tuned on, and those they are only measured on; they share no language but English."""

VERSIONS = 3
"""Versions of each article and form."""


def measure_drift(folder: Path, part: str, versions: int = VERSIONS, *, fixtures: Path = FIXTURES) -> list[Outcome]:
    """Plant changes into the articles of a part, compare every version with its upstream, and judge the reports."""
    articles = [one for one in read_articles(folder, fixtures) if one.story in PARTS[part]]
    made = list(_versions(articles, versions))
    records, pairs = folder / f"drift-{part}.jsonl", folder / f"drift-{part}.csv"
    _write(records, pairs, made)
    output = run(
        folder / f"drift-{part}.compared.jsonl",
        "compare", "--pairs", str(pairs), "--corpus", str(records), "--format", "jsonl",
    )  # fmt: skip
    rows = {row["downstream"]: row for row in output.rows() if "downstream" in row}
    return [
        judged(one, rows.get(f"d{at}", {}).get("drift", ()), one.article.drift if one.form == REWRITTEN.name else ())
        for at, one in enumerate(made)
    ]


def _versions(articles: Sequence[Article], count: int) -> Iterator[Version]:
    for article in articles:
        names = _names(article, articles)
        for form in FORMS:
            for number in range(count):
                yield version_of(article, form, names, number)
        upstream = next((one for one in articles if _is_source(article, one)), None)
        if upstream is not None and article.language == upstream.language:
            for number in range(2 * count):
                yield version_of(article, REWRITTEN, names, number, upstream=upstream)


def _is_source(article: Article, other: Article) -> bool:
    """Say whether an article is a rewrite of another one; partial ones count other things with equal numbers."""
    return article.role == "rewrite" and (article.story, article.derived_from) == (other.story, other.file)


def _names(article: Article, articles: Sequence[Article]) -> list[str]:
    story = [one.text for one in articles if one.story == article.story]
    english = wording_of("en")
    found = full_names(story, [*english.months, *english.weekdays])
    return [name for name in found if name in article.text]


def _write(records: Path, pairs: Path, made: Sequence[Version]) -> None:
    rows: list[dict[str, Any]] = []
    upstreams: dict[str, str] = {}
    with pairs.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["downstream", "upstream"])
        for at, version in enumerate(made):
            text = version.upstream.text
            if text not in upstreams:
                upstreams[text] = f"u{len(upstreams)}"
                rows.append(_record(upstreams[text], text, version.upstream.language))
            rows.append(_record(f"d{at}", version.text, version.article.language))
            writer.writerow([f"d{at}", upstreams[text]])
    records.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _record(name: str, text: str, language: str) -> dict[str, Any]:
    return {"id": name, "media_type": "text/plain", "lang": language, "content": text}
