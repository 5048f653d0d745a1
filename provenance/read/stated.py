"""What somebody other than a file says of it: a row of a ``manifest.csv``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

from provenance.model import Article, ContentHash, DateBasis, Unreadable
from provenance.read.language import language_code
from provenance.read.source import Statement
from provenance.text.dates import timeframe

__all__ = ["with_statement"]


def with_statement(
    found: Iterator[Article | Unreadable], stated: Statement, *, alone: bool
) -> Iterator[Article | Unreadable]:
    """Let what is stated of a file win over what it says itself.

    Args:
        found: what the file holds.
        stated: what is said of it.
        alone: whether the file is one article. What is said of a file of many is said of the outlet at most: it fills
            in outlet, date and language where a record has none, and is neither its address nor its title.
    """
    for item in found:
        yield _told(item, stated, alone=alone) if isinstance(item, Article) else item


def _told(article: Article, stated: Statement, *, alone: bool) -> Article:
    published = timeframe(stated.published, DateBasis.RECORD) if stated.published else None
    language = language_code(stated.language) if stated.language else None
    rest = dict(stated.metadata)
    if stated.published and published is None:
        rest["published"] = stated.published
    if alone:
        return replace(
            article,
            content_hash=_content_hash(article, stated),
            url=stated.url or article.url,
            outlet_name=stated.outlet or article.outlet_name,
            title=stated.title or article.title,
            published=published or article.published,
            language=language or article.language,
            metadata={**article.metadata, **rest},
        )
    return replace(
        article,
        content_hash=_content_hash(article, stated),
        outlet_name=article.outlet_name or stated.outlet,
        published=article.published or published,
        language=article.language or language,
        metadata={**rest, **article.metadata},
    )


def _content_hash(article: Article, stated: Statement) -> ContentHash:
    canonical = json.dumps([article.content_hash, stated.digest])
    return ContentHash(hashlib.sha256(canonical.encode()).hexdigest())
