"""The articles of ``fixtures/stories``, as the program itself reads them: the upstream texts of the generator."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.program import run

from provenance.model import Span
from provenance.text.sentences import sentences

__all__ = ["FIXTURES", "Article", "Paragraph", "read_articles"]

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

BODY = frozenset({"body", "heading", "quote"})

MIN_LETTERS = 25
"""Letters of the shortest line taken for a paragraph."""

REPEATED = frozenset({"credited-repost", "copy"})
"""Roles of articles that hold what another article of the story holds word for word."""

Paragraph = tuple[str, ...]
"""Sentences, in order."""


@dataclass(frozen=True, slots=True)
class Article:
    """The body of one fixture article."""

    story: str
    file: str
    role: str
    derived_from: str | None
    language: str
    paragraphs: tuple[Paragraph, ...]
    drift: tuple[Mapping[str, str], ...]
    """Facts that already differ from the article it was made from, as a person wrote them down."""

    @property
    def text(self) -> str:
        """Its sentences, a blank line between paragraphs."""
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs)


def read_articles(folder: Path, fixtures: Path = FIXTURES) -> list[Article]:
    """Have the program read the stories, and keep the body of every article that is nobody's copy."""
    output = run(folder / "drift-stories.jsonl", "inspect", str(fixtures / "stories"), "--format", "jsonl")
    rows = {_name(row): row for row in output.rows() if "text" in row}
    found: list[Article] = []
    for file in sorted((fixtures / "expected").glob("*.toml")):
        document = tomllib.loads(file.read_text("utf-8"))
        entries = [entry for entry in document["files"] if entry["role"] not in REPEATED]
        found += [_article(file.stem, entry, rows[_key(document["path"], entry["file"])]) for entry in entries]
    return found


def _key(path: str, file: str) -> str:
    return file if path.endswith(".jsonl") else f"{path}/{file}"


def _name(row: Mapping[str, Any]) -> str:
    source = str(row["source"])
    return source.rpartition("#")[2] if "#" in source else "/".join(Path(source).parts[-2:])


def _article(story: str, entry: Mapping[str, Any], row: Mapping[str, Any]) -> Article:
    return Article(
        story=story,
        file=entry["file"],
        role=entry["role"],
        derived_from=entry.get("derived_from"),
        language=row["language"],
        paragraphs=tuple(_paragraphs(row["text"], row["blocks"], row["language"])),
        drift=tuple(entry.get("drift", ())),
    )


def _paragraphs(text: str, blocks: Iterable[Mapping[str, Any]], language: str) -> Iterator[Paragraph]:
    for block in blocks:
        if block["role"] not in BODY:
            continue
        for line in text[block["start"] : block["end"]].splitlines():
            if len(line.strip()) >= MIN_LETTERS:
                plain = " ".join(line.split())
                places = sentences(plain, Span(0, len(plain)), language=language)
                yield tuple(place.of(plain).strip() for place in places)
