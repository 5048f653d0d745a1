"""Model values as plain columns, and back. Pure: nothing here speaks to a database."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from provenance.model import (
    Article,
    Attribution,
    AttributionKind,
    Block,
    Claim,
    DateBasis,
    Extent,
    LayoutLine,
    Note,
    NoteKind,
    OutletId,
    Precision,
    Role,
    Span,
    Timeframe,
    Trick,
    TrickKind,
)

__all__ = [
    "Columns",
    "attribution_columns",
    "attribution_of",
    "block_columns",
    "block_of",
    "claims_of",
    "digest",
    "labels_digest",
    "layout_of",
    "notes_columns",
    "notes_of",
    "open_json",
    "published_columns",
    "published_of",
    "reading_digest",
    "result_digest",
    "spanned",
    "tricks_columns",
    "tricks_of",
    "version_columns",
]

Columns = dict[str, Any]
"""The columns of one row by name."""

LAYOUT_COMPRESSION = 3  # zlib level: paths of elements repeat, so a higher level gains 4 % and costs twice the time


_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False)  # one for all: json.dumps would make one a call


def open_json(value: object) -> str:
    """Write JSON that every database takes: ASCII only, so that NUL and lone surrogates are escapes."""
    return _ENCODER.encode(value)


def digest(*parts: str | bytes) -> str:
    """Hash parts so that no two lists of parts run into one another; 32 hexadecimal digits."""
    whole = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()[:32]


def spanned(begins: int | None, ends: int | None) -> Span | None:
    """Read a span from two columns that are null together."""
    return None if begins is None or ends is None else Span(begins, ends)


def _places(prefix: str, span: Span | None) -> Columns:
    # An empty span is false, so `span and span.start` would store the span itself.
    return {
        f"{prefix}begins": None if span is None else span.start,
        f"{prefix}ends": None if span is None else span.end,
    }


def published_columns(published: Timeframe | None) -> Columns:
    """Spread a timeframe over its five columns, all null when there is none."""
    return {
        "published_earliest": published and published.earliest,
        "published_latest": published and published.latest,
        "published_precision": published and published.precision,
        "published_basis": published and published.basis,
        "published_written": published and published.written,
    }


def published_of(row: Any) -> Timeframe | None:  # noqa: ANN401  any row with the five columns
    """Read a timeframe back; ``None`` when the columns are null."""
    if row.published_earliest is None:
        return None
    return Timeframe(
        row.published_earliest,
        row.published_latest,
        Precision(row.published_precision),
        DateBasis(row.published_basis),
        row.published_written,
    )


def version_columns(article: Article) -> Columns:
    """Spread the content of an article: everything but its id and place."""
    columns: Columns = {
        "content_hash": article.content_hash,
        "media_type": article.media_type,
        "language": article.language,
        "url": article.url,
        "outlet_name": article.outlet_name,
        "title": article.title,
        "byline": article.byline,
        "characters": len(article.text),
        "text": article.text,
        "layout": _layout(article.lines),
        "claims": [_claim(claim) for claim in article.claims],
        "other_fields": dict(article.metadata),
        **published_columns(article.published),
    }
    columns["reading_digest"] = reading_digest(columns)
    return columns


def reading_digest(columns: Mapping[str, Any]) -> str:
    """Hash all that a reader made of a content, as it is to be stored or as it came back."""
    stated = [_plain(columns[name]) for name in _STATED]
    structure = open_json([stated, columns["claims"], columns["other_fields"]])
    return digest(columns["text"], columns["layout"], structure)


def _plain(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return None if value is None else str(value)


_STATED = (
    "media_type", "language", "url", "outlet_name", "title", "byline", "published_earliest", "published_latest",
    "published_precision", "published_basis", "published_written",
)  # fmt: skip


def _layout(lines: Sequence[LayoutLine]) -> bytes:
    """Write lines as ``[elements, [[start, end, number of the element, link share, extracted], …]]``."""
    numbers: dict[str, int] = {}
    rows = [
        (
            line.span.start,
            line.span.end,
            numbers.setdefault(line.element, len(numbers)),
            line.link_share,
            line.extracted,
        )
        for line in lines
    ]
    return zlib.compress(open_json([list(numbers), rows]).encode("ascii"), LAYOUT_COMPRESSION)


def layout_of(packed: bytes) -> tuple[LayoutLine, ...]:
    """Read lines back."""
    elements, rows = json.loads(zlib.decompress(packed))
    return tuple(
        LayoutLine(Span(start, end), elements[number], link_share, extracted)
        for start, end, number, link_share, extracted in rows
    )


def _claim(claim: Claim) -> Columns:
    columns: Columns = {
        "carrier": claim.carrier,
        "name": claim.name,
        "value": claim.value,
        "element": claim.element,
    }
    if claim.context:
        columns["context"] = claim.context
    if claim.extra:
        columns["extra"] = dict(claim.extra)
    return columns


def claims_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Claim, ...]:
    """Read claims back."""
    return tuple(Claim(**claim) for claim in stored)


def block_columns(blocks: Sequence[Block]) -> list[Columns]:
    """Spread blocks over rows, in order."""
    return [
        {
            "position": position,
            "begins": block.span.start,
            "ends": block.span.end,
            "role": str(block.role),
            "rule": block.rule,
            "clues": None,  # nobody is shown what weighed for a role in a stored article: it is heavier than the text
        }
        for position, block in enumerate(blocks)
    ]


def block_of(begins: int, ends: int, role: str, rule: str) -> Block:
    """Read a block back."""
    return Block(Span(begins, ends), Role(role), rule)


def attribution_columns(attributions: Sequence[Attribution]) -> list[Columns]:
    """Spread attributions over rows, in order."""
    return [
        {
            "position": position,
            "kind": str(attribution.kind),
            **_places("", attribution.span),
            "element": attribution.element,
            "text": attribution.text,
            "rule": attribution.rule,
            "credited": attribution.credited,
            "domain": attribution.domain,
            "outlet_id": attribution.outlet,
            "extent": str(attribution.extent),
            "hop": attribution.hop,
            "via": list(attribution.via),
            **_places("name_", attribution.name_span),
        }
        for position, attribution in enumerate(attributions)
    ]


def attribution_of(row: Any) -> Attribution:  # noqa: ANN401  a row of the table
    """Read an attribution back."""
    return Attribution(
        kind=AttributionKind(row.kind),
        text=row.text,
        rule=row.rule,
        span=spanned(row.begins, row.ends),
        element=row.element,
        credited=row.credited,
        domain=row.domain,
        outlet=row.outlet_id,
        extent=Extent(row.extent),
        hop=row.hop,
        via=tuple(map(OutletId, row.via)),
        name_span=spanned(row.name_begins, row.name_ends),
    )


def tricks_columns(tricks: Sequence[Trick]) -> list[list[Any]]:
    """Write tricks as ``[kind, count, [begins, ends, …]]`` each."""
    return [
        [str(each.kind), each.count, [end for span in each.spans for end in (span.start, span.end)]] for each in tricks
    ]


def tricks_of(stored: Sequence[tuple[str, int, Sequence[int]]]) -> tuple[Trick, ...]:
    """Read tricks back."""
    return tuple(Trick(TrickKind(kind), count, tuple(map(Span, ends[::2], ends[1::2]))) for kind, count, ends in stored)


def notes_columns(notes: Sequence[Note]) -> list[list[Any]]:
    """Write notes as ``[kind, begins, ends, rule, number]`` each."""
    return [[str(each.kind), each.span.start, each.span.end, each.rule, each.number] for each in notes]


def notes_of(stored: Sequence[tuple[str, int, int, str, int | None]] | None) -> tuple[Note, ...]:
    """Read notes back; a store of an older program kept none."""
    return tuple(
        Note(NoteKind(kind), Span(begins, ends), rule, number) for kind, begins, ends, rule, number in stored or ()
    )


def labels_digest(blocks: Sequence[Block]) -> str:
    """Hash places and roles: all that matching takes from an inspection."""
    return digest(open_json([[block.span.start, block.span.end, block.role] for block in blocks]))


def result_digest(blocks: Sequence[Columns], attributions: Sequence[Columns], outlet: OutletId | None) -> str:
    """Hash all that is stored of an inspection, spread over columns."""
    return digest(open_json([blocks, attributions, outlet]))
