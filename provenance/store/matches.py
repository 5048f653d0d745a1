"""Matches, kept from run to run.

A match is tied to the two contents, to the places and roles of their lines, and to a key for everything else it depends
on. It is found again wherever two articles of a run have these contents, be it under other ids.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, Text, func, select, type_coerce

from provenance.model import ArticleId, Match, Passage, PassageKind, Span
from provenance.store._tables import InspectionRow, MatchRow, PassageRow, RunArticleRow
from provenance.store.database import Database
from provenance.store.encoding import Columns, open_json
from provenance.store.rows import add_missing, in_batches

__all__ = [
    "Side",
    "matched_pairs",
    "mirrored",
    "passage_columns",
    "passage_of",
    "save_matches",
    "sides_of",
    "stored_matches",
]


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """A content and how its lines are labelled; empty when it was not inspected."""

    version: int
    labels: str


@dataclass(frozen=True, slots=True, order=True)
class _Planned:
    """A stored match between two articles of a run, before it is read."""

    left: ArticleId
    right: ArticleId
    row: int
    turned: bool
    """Whether the article on the left has the content that is stored on the right."""


def mirrored(match: Match) -> Match:
    """Exchange left and right, in the names of directed signals (``left_…``, ``right_…``) too."""
    passages = tuple(
        replace(p, left=p.right, right=p.left, left_words=p.right_words, right_words=p.left_words)
        for p in match.passages
    )
    return Match(
        left=match.right,
        right=match.left,
        passages=passages,
        left_words=match.right_words,
        right_words=match.left_words,
        left_containment=match.right_containment,
        right_containment=match.left_containment,
        shared_terms=match.shared_terms,
        signals={_other_side(name): value for name, value in match.signals.items()},
    )


def _other_side(signal: str) -> str:
    if signal.startswith("left_"):
        return f"right_{signal.removeprefix('left_')}"
    return f"left_{signal.removeprefix('right_')}" if signal.startswith("right_") else signal


def save_matches(connection: Connection, run: int, key: str, matches: Sequence[Match]) -> None:
    """Keep matches between articles of a run; one that is kept already stays as it is.

    Raises:
        ValueError: an article does not take part in the run.
    """
    for batch in in_batches(matches):
        sides = sides_of(connection, run, sorted({article for match in batch for article in (match.left, match.right)}))
        rows: dict[int, tuple[Columns, list[Columns]]] = {}
        for match in batch:
            head, passages = _columns(match, sides, key)
            rows.setdefault(head["id"], (head, passages))
        known = set(connection.scalars(select(MatchRow.id).where(MatchRow.id.in_(list(rows)))))
        new = [rows[row] for row in sorted(rows) if row not in known]
        add_missing(connection, MatchRow, [head for head, _ in new])
        add_missing(connection, PassageRow, [passage for _, passages in new for passage in passages])


_SIDES = select(
    RunArticleRow.article_id,
    RunArticleRow.version_id,
    func.coalesce(type_coerce(InspectionRow.labels_digest, Text), "").label("labels"),
).outerjoin(InspectionRow, InspectionRow.id == RunArticleRow.inspection_id)


def sides_of(connection: Connection, run: int, articles: Sequence[ArticleId] | None = None) -> dict[ArticleId, Side]:
    """Return what matches of these articles of a run, or of all, are tied to; strangers are absent."""
    chosen = _SIDES.where(RunArticleRow.run_id == run)
    if articles is None:
        return {ArticleId(article): Side(version, labels) for article, version, labels in connection.execute(chosen)}
    found: dict[ArticleId, Side] = {}
    for batch in in_batches(articles):
        rows = connection.execute(chosen.where(RunArticleRow.article_id.in_(batch)))
        found.update((ArticleId(article), Side(version, labels)) for article, version, labels in rows)
    return found


def _columns(match: Match, sides: Mapping[ArticleId, Side], key: str) -> tuple[Columns, list[Columns]]:
    if match.left not in sides or match.right not in sides:
        raise ValueError(f"{match.left} and {match.right} do not both take part in the run")
    left, right = sides[match.left], sides[match.right]
    if (left, match.left) > (right, match.right):
        match, left, right = mirrored(match), right, left
    row = _row_id(key, left, right)
    head = {
        "id": row,
        "match_key": key,
        "left_version_id": left.version,
        "right_version_id": right.version,
        "left_labels": left.labels,
        "right_labels": right.labels,
        "left_words": match.left_words,
        "right_words": match.right_words,
        "left_containment": match.left_containment,
        "right_containment": match.right_containment,
        "shared_terms": list(match.shared_terms),
        "signals": dict(match.signals),
    }
    return head, [{"match_id": row, **columns} for columns in passage_columns(match.passages, "left", "right")]


def _row_id(key: str, left: Side, right: Side) -> int:
    """Make 63 bits of all a match depends on; at 10 million matches a clash has odds of 1 in 180,000."""
    identity = open_json([key, left.version, left.labels, right.version, right.labels])
    return int.from_bytes(hashlib.sha256(identity.encode("ascii")).digest()[:8], "big") >> 1


def passage_columns(passages: Sequence[Passage], left: str, right: str) -> list[Columns]:
    """Spread passages over rows, in order; ``left`` and ``right`` are the names of the two sides' columns."""
    return [
        {
            "position": position,
            "kind": str(passage.kind),
            f"{left}_begins": passage.left.start,
            f"{left}_ends": passage.left.end,
            f"{right}_begins": passage.right.start,
            f"{right}_ends": passage.right.end,
            "similarity": passage.similarity,
            f"{left}_words": passage.left_words,
            f"{right}_words": passage.right_words,
            "confidence": passage.confidence,
        }
        for position, passage in enumerate(passages)
    ]


def passage_of(row: RowMapping, left: str, right: str) -> Passage:
    """Read a passage back."""
    return Passage(
        kind=PassageKind(row["kind"]),
        left=Span(row[f"{left}_begins"], row[f"{left}_ends"]),
        right=Span(row[f"{right}_begins"], row[f"{right}_ends"]),
        similarity=row["similarity"],
        left_words=row[f"{left}_words"],
        right_words=row[f"{right}_words"],
        confidence=row["confidence"],
    )


def stored_matches(
    database: Database, run: int, key: str, pairs: Sequence[tuple[ArticleId, ArticleId]] | None = None
) -> Iterator[Match]:
    """Yield the matches kept under a key that hold for two articles of a run, the lower id on the left, sorted.

    Args:
        database: where they are kept.
        run: number of the run.
        key: of all that a match depends on besides the contents and their labels.
        pairs: those wanted, the lower id first; all when ``None``.
    """
    wanted = None if pairs is None else set(pairs)
    with database.reading() as connection:
        plan = [each for each in _plan(connection, run, key) if wanted is None or (each.left, each.right) in wanted]
    plan.sort()
    for batch in in_batches(plan):
        with database.reading() as connection:
            matches = _read(connection, batch)
        yield from matches


def matched_pairs(connection: Connection, run: int, key: str) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield the pairs :func:`stored_matches` would give a match of, in no particular order."""
    return ((each.left, each.right) for each in _plan(connection, run, key))


def _plan(connection: Connection, run: int, key: str) -> Iterator[_Planned]:
    articles: defaultdict[Side, list[ArticleId]] = defaultdict(list)
    for article, side in sorted(sides_of(connection, run).items()):
        articles[side].append(article)
    for versions in in_batches(sorted({side.version for side in articles})):
        for row, left, right in _heads(connection, key, versions):
            yield from _pairs(row, articles.get(left, []), articles.get(right, []), alike=left == right)


def _heads(connection: Connection, key: str, left_versions: Sequence[int]) -> Iterator[tuple[int, Side, Side]]:
    # The right side is looked up by the caller: with two lists of versions SQLite would try every pair of them.
    table = MatchRow
    rows = connection.execute(
        select(table.id, table.left_version_id, table.left_labels, table.right_version_id, table.right_labels).where(
            table.match_key == key, table.left_version_id.in_(left_versions)
        )
    )
    for row, left_version, left_labels, right_version, right_labels in rows:
        yield row, Side(left_version, left_labels), Side(right_version, right_labels)


def _pairs(row: int, lefts: Sequence[ArticleId], rights: Sequence[ArticleId], *, alike: bool) -> Iterator[_Planned]:
    for left in lefts:
        for right in rights:
            if left < right:
                yield _Planned(left, right, row, turned=False)
            elif right < left and not alike:
                yield _Planned(right, left, row, turned=True)


def _read(connection: Connection, plan: Sequence[_Planned]) -> list[Match]:
    ids = sorted({planned.row for planned in plan})
    passages: defaultdict[int, list[Passage]] = defaultdict(list)
    chosen = select(*PassageRow.__table__.columns).where(PassageRow.match_id.in_(ids))
    for row in connection.execute(chosen.order_by(PassageRow.match_id, PassageRow.position)).mappings():
        passages[row["match_id"]].append(passage_of(row, "left", "right"))
    heads = connection.execute(select(*MatchRow.__table__.columns).where(MatchRow.id.in_(ids)))
    rows = {row.id: row for row in heads}
    return [_match(planned, rows[planned.row], tuple(passages[planned.row])) for planned in plan if planned.row in rows]


def _match(planned: _Planned, row: Any, passages: tuple[Passage, ...]) -> Match:  # noqa: ANN401  a row of the table
    match = Match(
        left=planned.right if planned.turned else planned.left,
        right=planned.left if planned.turned else planned.right,
        passages=passages,
        left_words=row.left_words,
        right_words=row.right_words,
        left_containment=row.left_containment,
        right_containment=row.right_containment,
        shared_terms=tuple(row.shared_terms),
        signals=row.signals,
    )
    return mirrored(match) if planned.turned else match
