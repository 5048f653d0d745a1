"""The gate's scorer of whole audits: the stories of ``fixtures/`` against what a person wrote of them.

The fields of an expected file are explained in ``fixtures/README.md``. Golden tests hold the program to every single
entry; here they are counted, so that a change that trades one for another is seen as a figure.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.measures import Scores

__all__ = ["Expectation", "read_expectations", "story_scores"]

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One article of a story, by the key that both sides are found under: ``story/file`` or ``story/record``."""

    story: str
    file: str
    entry: Row

    @property
    def key(self) -> str:
        """Name the article."""
        return f"{self.story}/{self.file}"


def read_expectations(folder: Path) -> list[Expectation]:
    """Read every expected file of a folder."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        found += [Expectation(path.stem, entry["file"], entry) for entry in document["files"]]
    return found


@dataclass(frozen=True, slots=True)
class _Audit:
    """What the program said, by the keys of the expectations."""

    articles: Mapping[str, Row]
    links: frozenset[frozenset[str]]
    families: tuple[frozenset[str], ...]
    drift: Sequence[Row]
    texts: Mapping[str, str]

    def tied(self, one: str, other: str) -> bool:
        """Say whether two articles are linked or in one family."""
        pair = frozenset((one, other))
        return pair in self.links or any(pair <= family for family in self.families)


def _audit(expected: Iterable[Expectation], audit: Row, inspections: Iterable[Row]) -> _Audit:
    keys = {article["id"]: key for article in audit["articles"] if (key := _key(expected, article))}
    links = [each for each in audit["derivations"] if each["status"] == "derived" and each["upstream"] in keys]
    return _Audit(
        articles={keys[article["id"]]: article for article in audit["articles"] if article["id"] in keys},
        links=frozenset(frozenset((keys[each["downstream"]], keys[each["upstream"]])) for each in links),
        families=tuple(frozenset(keys[each] for each in family["articles"]) for family in audit["families"]),
        drift=[
            {**each, "downstream": _place(each["downstream"], keys), "upstream": _place(each["upstream"], keys)}
            for each in audit["drift"]
        ],
        texts={keys[row["id"]]: row["text"] for row in inspections if row.get("id") in keys},
    )


def _key(expected: Iterable[Expectation], article: Row) -> str | None:
    """Find whose expectation an article meets: by its record id, else by the end of its path."""
    path = Path(article["source"])
    for each in expected:
        if article["id"] == each.file or (path.parent.name, path.name) == (each.story, each.file):
            return each.key
    return None


def _place(place: Row, keys: Mapping[str, str]) -> Row:
    return {**place, "key": keys.get(place["article"])}


def story_scores(expected: Sequence[Expectation], audit: Row, inspections: Iterable[Row]) -> Scores:
    """Count what the audit of all stories found of what a person knows, each as a share in [0, 1]."""
    said = _audit(expected, audit, inspections)
    derived = [each for each in expected if "derived_from" in each.entry]
    strangers = list(_strangers(expected))
    verdicts = [(each.entry, said.articles.get(each.key, {}).get("verdict", {})) for each in expected]
    changes = [(each, change) for each in derived for change in each.entry.get("drift", ())]
    return {
        "derivations found": _share(said.tied(each.key, _source_key(each)) for each in derived),
        "strangers linked": _share(frozenset(pair) in said.links for pair in strangers),
        "degrees right": _share(verdict.get("degree") in entry["degree"] for entry, verdict in verdicts),
        "credit right": _share(verdict.get("credit") in entry["credit"] for entry, verdict in verdicts),
        "changed facts found": _share(_drift_found(each, change, said) for each, change in changes),
    }


def _share(outcomes: Iterable[bool]) -> float:
    every = list(outcomes)
    return sum(every) / len(every) if every else 0.0


def _source_key(each: Expectation) -> str:
    return f"{each.story}/{each.entry['derived_from']}"


def _strangers(expected: Sequence[Expectation]) -> Iterator[tuple[str, str]]:
    """Yield pairs that must not be linked: those a file names, and any two articles of different stories."""
    for one, other in itertools.combinations(expected, 2):
        if one.story != other.story or _disowns(one, other) or _disowns(other, one):
            yield one.key, other.key


def _disowns(one: Expectation, other: Expectation) -> bool:
    return bool({"*", other.file} & set(one.entry.get("not_linked_to", ())))


def _drift_found(each: Expectation, change: Row, said: _Audit) -> bool:
    """Say whether a drift of the right kind joins both wordings.

    Any article that still has the upstream wording may stand for the source, and where the direction is unknown the
    sides may be the other way about.
    """
    return any(
        found["kind"] == change["kind"]
        and here["key"] == each.key
        and _touches(here, change["downstream"], said.texts)
        and _touches(there, change["upstream"], said.texts)
        for found in said.drift
        for here, there in itertools.permutations((found["downstream"], found["upstream"]))
    )


def _touches(place: Row, wording: str, texts: Mapping[str, str]) -> bool:
    start = texts.get(place["key"], "").find(wording)
    return start >= 0 and bool(place["start"] < start + len(wording) and start < place["end"])
