"""Changed facts, kept from run to run: two contents that were compared once are not compared again.

What is kept is tied, like a match, to the two contents, to how their lines are labelled, and to a key for everything
else. It is an aid to later audits; what a run found stands in the table ``drift``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from provenance.model import ArticleId, Drift, DriftKind, DriftPlace, Span
from provenance.store._tables import ContentDriftRow, ContentErosionRow
from provenance.store.encoding import open_json
from provenance.store.matches import Side, sides_of
from provenance.store.rows import add_values, in_batches

__all__ = ["ArticlePair", "keep_findings", "kept_findings", "known_drift", "save_drift"]

ArticlePair = tuple[ArticleId, ArticleId]
"""Downstream and upstream."""


def known_drift(
    connection: Connection, run: int, key: str, pairs: Sequence[ArticlePair]
) -> dict[ArticlePair, tuple[Drift, ...]]:
    """Return what is kept of these pairs under a key; a pair that was never compared is absent."""
    kept = kept_findings(connection, ContentDriftRow, run, key, pairs)
    return {pair: _drift_of(pair, found) for pair, found in kept.items()}


def save_drift(connection: Connection, run: int, key: str, found: Mapping[ArticlePair, Sequence[Drift]]) -> None:
    """Keep what was found for pairs of articles of a run; what is kept already stays as it is.

    Raises:
        ValueError: an article does not take part in the run.
    """
    columns = {pair: [_columns(each) for each in changes] for pair, changes in found.items()}
    keep_findings(connection, ContentDriftRow, run, key, columns)


Table = type[ContentDriftRow] | type[ContentErosionRow]
"""The tables of what one content has to do with another: they have the same columns."""


def kept_findings(
    connection: Connection, table: Table, run: int, key: str, pairs: Sequence[ArticlePair]
) -> dict[ArticlePair, Sequence[Any]]:
    """Return what a table keeps of these pairs under a key, as it is written there."""
    found: dict[ArticlePair, Sequence[Any]] = {}
    for batch in in_batches(pairs):
        rows = _rows(connection, run, key, batch)
        chosen = select(table.id, table.found).where(table.id.in_(list(rows.values())))
        kept = {row.id: row.found for row in connection.execute(chosen)}
        found |= {pair: kept[row] for pair, row in rows.items() if row in kept}
    return found


def keep_findings(
    connection: Connection, table: Table, run: int, key: str, found: Mapping[ArticlePair, Sequence[Any]]
) -> None:
    """Keep what was found for pairs of articles of a run, as it is to be written.

    Raises:
        ValueError: an article does not take part in the run.
    """
    for batch in in_batches(list(found)):
        sides = sides_of(connection, run, _articles(batch))
        rows: dict[int, tuple[Any, ...]] = {}
        for pair in batch:
            if any(article not in sides for article in pair):
                raise ValueError(f"{pair[0]} and {pair[1]} do not both take part in the run")
            down, up = (sides[article] for article in pair)
            row = _row_id(key, down, up)
            rows[row] = (row, down.version, up.version, found[pair])
        names = ("id", "downstream_version_id", "upstream_version_id", "found")
        add_values(connection, table, names, [rows[row] for row in sorted(rows)], repeated=True)


def _rows(connection: Connection, run: int, key: str, pairs: Sequence[ArticlePair]) -> dict[ArticlePair, int]:
    sides = sides_of(connection, run, _articles(pairs))
    return {(down, up): _row_id(key, sides[down], sides[up]) for down, up in pairs if down in sides and up in sides}


def _articles(pairs: Iterable[ArticlePair]) -> list[ArticleId]:
    return sorted({article for pair in pairs for article in pair})


def _row_id(key: str, downstream: Side, upstream: Side) -> int:
    """Make 63 bits of all that the finding depends on, as is done for a match."""
    identity = open_json([key, downstream.version, downstream.labels, upstream.version, upstream.labels])
    return int.from_bytes(hashlib.sha256(identity.encode("ascii")).digest()[:8], "big") >> 1


def _columns(drift: Drift) -> list[Any]:
    places = [end for place in (drift.downstream, drift.upstream) for end in (place.span.start, place.span.end)]
    return [str(drift.kind), *places, drift.after, drift.before]


def _drift_of(pair: ArticlePair, kept: Sequence[Sequence[Any]]) -> tuple[Drift, ...]:
    downstream, upstream = pair
    return tuple(
        Drift(
            kind=DriftKind(kind),
            downstream=DriftPlace(downstream, Span(down_begins, down_ends)),
            upstream=DriftPlace(upstream, Span(up_begins, up_ends)),
            before=before,
            after=after,
        )
        for kind, down_begins, down_ends, up_begins, up_ends, after, before in kept
    )
