"""Title, byline and date of an article, from its own labelled lines where its markup or record gave none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import IntEnum

from provenance.model import Article, Block, DateBasis, LabelledArticle, Role, Timeframe
from provenance.text.dates import find_date, is_update

__all__ = ["with_metadata"]

_MAX_TITLE = 400  # code points; a longer "title" is a paragraph somebody's markup calls one
_BEFORE_BODY = 3
"""Body lines that may stand above the date a text states of itself; further down a date is that of something else."""
_MARKDOWN = re.compile(r"#{1,6}\s+")
_DATED = frozenset({Role.DATELINE, Role.BYLINE})
_UNDATED = frozenset({Role.NAVIGATION, Role.CATEGORY, Role.OTHER, Role.ATTRIBUTION})


def with_metadata(labelled: LabelledArticle) -> LabelledArticle:
    """Fill in what the reader left open; what it found is never replaced.

    The title is the first line labelled so, and the byline likewise. The date is the first one a date line or byline
    states: lines of publication before those of a later change, lines below the title before those above it, and both
    before what stands after the text. A dateline that opens the body (``CALDER, March 21 (Reuters) –``) names no year
    and is not one of them. The blocks stay as they are.
    """
    article = labelled.article
    title = article.title or _title(article, labelled.blocks)
    byline = article.byline or next(_lines(article, labelled.blocks, Role.BYLINE), None)
    published = article.published or _published(article, labelled.blocks)
    if (title, byline, published) == (article.title, article.byline, article.published):
        return labelled
    return replace(labelled, article=replace(article, title=title, byline=byline, published=published))


def _lines(article: Article, blocks: Iterable[Block], *roles: Role) -> Iterator[str]:
    return (line for block in blocks if block.role in roles and (line := block.span.of(article.text).strip()))


def _title(article: Article, blocks: Iterable[Block]) -> str | None:
    for line in _lines(article, blocks, Role.TITLE):
        if len(line) <= _MAX_TITLE:
            return _once(_MARKDOWN.sub("", line, count=1))
    return None


def _once(title: str) -> str:
    """Undo a title that stands twice in its line, as scrapes of a heading and its link give it."""
    middle, odd = divmod(len(title), 2)
    first, second = title[:middle].rstrip(), title[middle + odd :].lstrip()
    between = title[middle : middle + odd].strip()
    return first if len(first) > 1 and first == second and not between else title


def _published(article: Article, blocks: Iterable[Block]) -> Timeframe | None:
    dates = [
        (is_update(line), place, found)
        for line, place in _date_lines(article, blocks)
        if (found := find_date(line, DateBasis.TEXT, language=article.language))
    ]
    return min(dates, key=lambda date: date[:2])[2] if dates else None


class _Place(IntEnum):
    """Where a date line stands, the best place first."""

    BELOW_TITLE = 0
    UNLABELLED = 1
    """Below the title too, in a line that is more than a date (``Politics Desk | November 13, 2025``)."""
    HEAD = 2
    """Above the title, where many sites write what day it is."""
    END = 3


def _date_lines(article: Article, blocks: Iterable[Block]) -> Iterator[tuple[str, _Place]]:
    place, body = _Place.HEAD, 0
    for block in blocks:
        if block.role is Role.TITLE and not body:
            place = _Place.BELOW_TITLE
        elif block.role is Role.BODY:
            body += 1
            place = _Place.END if body > _BEFORE_BODY else place
        elif block.role in _DATED:
            yield block.span.of(article.text).strip(), place
        elif place is _Place.BELOW_TITLE and not body and block.role in _UNDATED:
            yield block.span.of(article.text).strip(), _Place.UNLABELLED
