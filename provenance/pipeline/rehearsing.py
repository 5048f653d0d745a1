"""A rehearsal: every stage once, on a few lines of our own, before worker processes are made as copies of this one.

Stages load what they need when they first need it: parsers, dictionaries, tables. What this process has loaded, its
copies have too; otherwise each of them would load it again, and so would the one that takes the place of a worker that
was ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from provenance.clean import SiteFurniture
from provenance.model import LabelledArticle, Unreadable
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.processes.workers import can_fork
from provenance.pipeline.toolbox import Toolbox
from provenance.read import SourceFile, read_record, read_text

__all__ = ["rehearse"]

_LINES = (
    "Brass band saves its practice room",
    "By Mara Okafor, staff writer | Updated 14:05 GMT",
    "LOWFORD, 3 March 2024 (Reuters) - The Lowford brass band may keep its practice room, the council said on Monday.",
    '"We had packed the drums already," said conductor Ivo Brandt, 61, who told the Lowford Post that 48 players came.',
    "The room costs $12,000 a year. The Associated Press first reported the sale.",
    "Photo: Getty Images",
    "This article was originally published on The Conversation. Read the original article.",
    "Source: AFP",
    "Share on Facebook",
    "Related articles",
    "Subscribe to our newsletter",
    "\u00a9 2024 Lowford Post. All rights reserved.",
)
"""Lines as on any page, so that the rules most pages need are compiled as well."""

_PLAIN = (".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson", ".csv", ".tsv")
"""Ends of the names of files that hold no markup as a rule."""


def rehearse(sources: Iterable[SourceFile | Unreadable], outlets: Path | None, *, comparing: bool) -> None:
    """Go through the stages a call will need; what was rehearsed before is not again.

    Args:
        sources: what will be read: pages need more than plain texts.
        outlets: the user's own outlet file.
        comparing: whether articles will be compared with one another.
    """
    if not can_fork():
        return
    if any(isinstance(source, SourceFile) and not _is_plain(source) for source in sources):
        _read_page()
    _inspect(outlets)
    if comparing:
        _compare(outlets)


def _is_plain(source: SourceFile) -> bool:
    return source.name.lower().removesuffix(".gz").endswith(_PLAIN)


@cache
def _read_page() -> None:
    read_record({"html": f"<html><body><p>{'</p><p>'.join(_LINES)}</p></body></html>"}, source="rehearsal")


@cache
def _inspect(outlets: Path | None) -> LabelledArticle:
    article = read_text("\n\n".join(_LINES), source="rehearsal")
    return inspect_article(article, Toolbox.load(outlets), SiteFurniture()).labelled


@cache
def _compare(outlets: Path | None) -> None:
    from provenance.match import Body, WordsThenSentences, features_of  # noqa: PLC0415  numpy: `inspect` does without

    body = Body.of(_inspect(outlets))
    features_of(body, None)
    WordsThenSentences().align(body, body)
