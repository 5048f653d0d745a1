"""Putting an article together: its lines, its language, its identity.

An id follows the place a text was found at (so that two copies are two articles); a content hash follows what was read
(so that an unchanged article is not read again).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from provenance.model import Article, ArticleId, Claim, ContentHash, LayoutLine, Span, Timeframe, Unreadable
from provenance.read.decoding import storable
from provenance.read.language import detect_language
from provenance.read.reasons import NO_TEXT

__all__ = ["MAX_LINES", "Draft", "assemble", "digest_id", "finished", "plain_lines"]

MAX_LINES = 500_000
"""Lines of one article; a hostile file of line breaks would otherwise cost a hundred bytes of memory for each."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article without identity: what a format's own reader found. ``None`` means that it does not say."""

    text: str
    media_type: str
    lines: tuple[LayoutLine, ...] | None = None
    """``None`` for plain text: one line per line break."""
    claims: tuple[Claim, ...] = ()
    url: str | None = None
    outlet_name: str | None = None
    title: str | None = None
    byline: str | None = None
    published: Timeframe | None = None
    language: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


def assemble(draft: Draft, *, id: ArticleId, source: str) -> Article | Unreadable:  # noqa: A002  the field's own name
    """Finish an article, or say why there is none: no text, or too many lines."""
    if not any(map(str.isalnum, draft.text)):  # blanks, marks of punctuation and signs without width say nothing
        return Unreadable(source, NO_TEXT)
    if draft.text.count("\n") + draft.text.count("\r") > MAX_LINES:  # before a line is made of each
        return Unreadable(source, f"more than {MAX_LINES:,} lines")
    return finished(draft, id=id, source=source)


def finished(draft: Draft, *, id: ArticleId, source: str) -> Article:  # noqa: A002  the field's own name
    """Finish an article whatever its text, be it empty."""
    text = storable(draft.text)
    language = draft.language or detect_language(text)
    return Article(
        id=id,
        source=source,
        content_hash=_content_hash(draft, text, language),
        text=text,
        media_type=draft.media_type,
        lines=plain_lines(text) if draft.lines is None else draft.lines,
        claims=tuple(map(_storable_claim, draft.claims)),
        url=_storable(draft.url),
        outlet_name=_storable(draft.outlet_name),
        title=_storable(draft.title),
        byline=_storable(draft.byline),
        published=draft.published,
        language=language,
        metadata=_noted(draft, text),
    )


def _storable(stated: str | None) -> str | None:
    return stated and storable(stated)


def _storable_claim(claim: Claim) -> Claim:
    """Leave out of a claim what JSON can escape and no encoding write: NUL and halves of characters."""
    told = (claim.carrier, claim.name, claim.value, claim.element, claim.context, *claim.extra, *claim.extra.values())
    written = "".join(told)
    if storable(written) == written:
        return claim
    carrier, name, value, element, context = map(storable, told[:5])
    extra = {storable(key): storable(found) for key, found in claim.extra.items()}
    return Claim(carrier, name, value, element, context, extra)


def _noted(draft: Draft, text: str) -> Mapping[str, str]:
    if text == draft.text:
        return draft.metadata
    replaced = sum(before != after for before, after in zip(draft.text, text, strict=True))
    return {**draft.metadata, "replaced": str(replaced)}


def plain_lines(text: str) -> tuple[LayoutLine, ...]:
    r"""Cut a text at ``\n``, ``\r\n`` and ``\r``, and at nothing else.

    Form feeds and U+2028 stay inside a line: other tools count lines the same way, and offsets must agree.
    """
    return tuple(LayoutLine(Span(*found.span())) for found in _LINE.finditer(text))


def digest_id(*parts: bytes) -> ArticleId:
    """Make an id from what names and fills a source; parts are kept apart by NUL."""
    return ArticleId("sha256:" + hashlib.sha256(b"\0".join(parts)).hexdigest())


def _content_hash(draft: Draft, text: str, language: str | None) -> ContentHash:
    written = draft.published.written if draft.published else None
    stated = [text, _plain(draft.claims), draft.url, draft.outlet_name, draft.title, written, language]
    canonical = json.dumps(stated, ensure_ascii=False, separators=(",", ":"))
    return ContentHash(hashlib.sha256(storable(canonical).encode()).hexdigest())


def _plain(claims: Iterable[Claim]) -> list[list[object]]:
    return [
        [claim.carrier, claim.name, claim.value, claim.element, claim.context, sorted(claim.extra.items())]
        for claim in claims
    ]
