"""The gate's own scorer of single texts: small, and dependent on nothing but the gold in ``fixtures/gold``.

What counts as right is written down in ``fixtures/gold/README.md``.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.measures import Scores, precision_recall_f1

__all__ = ["OutletNames", "attribution_records", "attribution_scores", "line_records", "line_scores", "read_rows"]

Row = Mapping[str, Any]

MEDIA_TYPES = {"text": "text/plain", "html": "text/html", "xml": "application/xml", "json": "application/json"}

PROVENANCE_KINDS = frozenset({"republication", "wire", "press_release"})

BODY_ROLES = frozenset({"body", "heading", "quote"})

GOLD_ROLES = {"heading": "body", "quote": "body", "navigation": "other", "advert": "other", "caption": "other"}
"""Roles of the program that the gold does not tell apart, by the label the gold gives them."""

LABELS = {"share-widget": "share"}
"""Labels of the gold that the program names otherwise."""

SAME_SPAN = 0.5
"""Intersection over union from which two spans are taken to be the same credit."""


def read_rows(file: Path) -> list[dict[str, Any]]:
    """Read one JSON object a line."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


class OutletNames:
    """Outlets of the gold by any of their names and hosts."""

    def __init__(self, outlets: Mapping[str, Mapping[str, Any]]) -> None:
        self._ids = dict[str, str]()
        for identifier, outlet in outlets.items():
            for name in (identifier, outlet["name"], *outlet["domains"], *outlet["aliases"]):
                self._ids.setdefault(name.casefold(), identifier)

    def credited(self, attribution: Row) -> str | None:
        """Name the outlet an attribution credits: by the gold's id if any of its names is known, else as it says."""
        said = [name for key in ("outlet", "domain", "credited") if (name := attribution.get(key))]
        known = (self._ids[form] for name in said for form in _forms(name) if form in self._ids)
        return next(known, said[0].casefold() if said else None)


def _forms(name: str) -> Iterator[str]:
    """Yield a name, and for a host its parents: ``m.example.com``, ``example.com``."""
    form = name.casefold().strip()
    yield form
    while "." in form:
        form = form.split(".", 1)[1]
        yield form


def attribution_records(gold: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Yield the snippets as records the program reads."""
    for row in gold:
        yield {
            "id": row["id"],
            "url": row["page_url"],
            "media_type": MEDIA_TYPES[row["format"]],
            "content": row["text"],
        }


def attribution_scores(gold: Sequence[Row], said: Iterable[Row], names: OutletNames) -> Scores:
    """Score credits: upstream F1 over all snippets, false positives over those that credit nobody, span F1."""
    found = {row["id"]: row for row in said if "id" in row}
    upstream, spans, accused, innocent = Counter[str](), Counter[str](), 0, 0
    for row in gold:
        every = found.get(row["id"], {}).get("attributions", ())
        stated = [each for each in every if each["kind"] in PROVENANCE_KINDS]
        have, want = {names.credited(each) for each in stated} - {None}, set(row["upstreams"])
        upstream.update(right=len(have & want), wrong=len(have - want), missed=len(want - have))
        if not row["provenance"]:
            innocent += 1
            accused += bool(stated)
        if row["format"] == "text":
            spans.update(_span_counts(row["spans"], [each for each in every if each["where"] == "text"]))
    return {
        "upstream F1": precision_recall_f1(upstream["right"], upstream["wrong"], upstream["missed"])[2],
        "false-positive rate": accused / innocent if innocent else 0.0,
        "span F1": precision_recall_f1(spans["right"], spans["wrong"], spans["missed"])[2],
    }


def _span_counts(wanted: Iterable[Row], found: Iterable[Row]) -> Counter[str]:
    left, counts = list(wanted), Counter[str]()
    for each in found:
        hit = next((span for span in left if span["kind"] == each["kind"] and _overlap(span, each) >= SAME_SPAN), None)
        counts["right" if hit else "wrong"] += 1
        if hit:
            left.remove(hit)
    counts["missed"] = len(left)
    return counts


def _overlap(one: Row, other: Row) -> float:
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    union = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return max(0, shared) / union if union else 0.0


def line_records(gold: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Yield the pages as records the program reads; pages of one site stand on one host."""
    for row in gold:
        url = f"https://{row['site'] or row['id']}.example/{row['id']}"
        yield {"id": row["id"], "url": url, "media_type": "text/plain", "content": row["text"]}


def line_scores(gold: Sequence[Row], said: Iterable[Row]) -> Scores:
    """Score line roles: F1 of body lines, mean F1 of all roles, share of attribution lines typed as such."""
    found = {row["id"]: row for row in said if "id" in row}
    pairs = [pair for row in gold for pair in _labelled_lines(row, found.get(row["id"], {}).get("blocks", ()))]
    body = Counter[str]()
    for label, role in pairs:
        is_body, said_body = label in BODY_ROLES, role in BODY_ROLES
        body["right" if is_body and said_body else "missed" if is_body else "wrong" if said_body else "other"] += 1
    credit_roles = [role for label, role in pairs if label == "attribution"]
    return {
        "body F1": precision_recall_f1(body["right"], body["wrong"], body["missed"])[2],
        "role macro-F1": _macro_f1([(label, GOLD_ROLES.get(role, role)) for label, role in pairs]),
        "attribution lines typed": credit_roles.count("attribution") / len(credit_roles) if credit_roles else 1.0,
    }


def _labelled_lines(row: Row, blocks: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield the label of every line that is not blank, and the role of the block that covers most of it.

    A line no block covers is taken for body: that is how a reader without the program would take it.
    """
    for line in row["lines"]:
        if line["label"] == "blank":
            continue
        covered = {block["role"]: 0 for block in blocks}
        for block in blocks:
            covered[block["role"]] += max(0, min(block["end"], line["end"]) - max(block["start"], line["start"]))
        best = max(covered, key=covered.__getitem__, default="body")
        yield LABELS.get(line["label"], line["label"]), best if covered.get(best) else "body"


def _macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for label, role in pairs:
        counts[label]["right" if label == role else "missed"] += 1
        if label != role:
            counts[role]["wrong"] += 1
    asked = [each for each in counts.values() if each["right"] + each["missed"]]
    scores = [precision_recall_f1(each["right"], each["wrong"], each["missed"])[2] for each in asked]
    return sum(scores) / len(scores) if scores else 0.0
