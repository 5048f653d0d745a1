"""What a report in pages is made of, beyond the findings: texts with their lines, scorecards, decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from provenance.model import ArticleId, AuditFindings, Block, Review, Role, Scorecard

__all__ = ["PageText", "ReportContents", "Texts", "no_texts"]


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one article with its labelled lines, which cover it; none where it was never inspected."""

    text: str
    blocks: tuple[Block, ...]


Texts = Callable[[Sequence[ArticleId]], Mapping[ArticleId, PageText]]
"""Gives the texts of some articles; those it has not are left out. A large report asks page by page."""


def no_texts(_: Sequence[ArticleId]) -> Mapping[ArticleId, PageText]:
    """Give no text at all."""
    return {}


def _as_it_is(_: str) -> Iterable[tuple[int, int, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class ReportContents:
    """Everything the pages tell."""

    findings: AuditFindings
    texts: Texts = no_texts
    """Of the articles that are held against each other; a comparison without both is told without them."""
    cards: tuple[Scorecard, ...] = ()
    reviews: tuple[Review, ...] = ()
    """The decisions in force, oldest first."""
    finished: datetime | None = None
    """When the audit ended, in UTC."""
    digest: str = ""
    """Hexadecimal SHA-256 of the findings as ``provenance audit --format json`` writes them; empty to leave it out."""
    hidden: Callable[[str], Iterable[tuple[int, int, str]]] = _as_it_is
    """Gives the runs of a text that are replaced before it is shown: begin, end, replacement, in order."""
    left_out: frozenset[Role] = frozenset()
    """Roles of lines whose words the page leaves out, but for lines that hold a credit."""
    anonymised: bool = False
    """Whether outlets have letters in place of their names."""
