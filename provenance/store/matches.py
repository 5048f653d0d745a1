"""Matches, kept from run to run.

A match is tied to the two contents, to the places and roles of their lines, and to a key for everything else it depends
on. It is found again wherever two articles of a run have these contents, be it under other ids: what it is tied to
makes the number of its row.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Text, func, select, type_coerce

from provenance.model import ArticleId, Match, Passage, PassageKind, Span
from provenance.store._tables import InspectionRow, MatchRow, PassageRow, RunArticleRow
from provenance.store.database import Database
from provenance.store.encoding import open_json
from provenance.store.records import MatchPlace, MatchSignals
from provenance.store.rows import Values, add_values, in_batches

__all__ = [
    "Side",
    "match_places",
    "match_signals",
    "mirrored",
    "passage_columns",
    "passage_names",
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


def mirrored(match: Match) -> Match:
    """Exchange left and right, in the names of directed signals (``left_…``, ``right_…``) too."""
    passages = tuple(
        Passage(p.kind, p.right, p.left, p.similarity, p.right_words, p.left_words, p.confidence)
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
        rows: dict[int, tuple[Values, Match]] = {}
        for match in batch:
            head, seen = _head(match, sides, key)
            rows.setdefault(head[0], (head, seen))
        known = set(connection.scalars(select(MatchRow.id).where(MatchRow.id.in_(list(rows)))))
        new = [rows[row] for row in sorted(rows) if row not in known]
        passages = [(head[0], *columns) for head, match in new for columns in passage_columns(match.passages)]
        # Two audits may align the same two contents at the same time.
        add_values(connection, MatchRow, _HEAD, [head for head, _ in new], repeated=True)
        add_values(connection, PassageRow, ("match_id", *passage_names("left", "right")), passages, repeated=True)


_HEAD = (
    "id", "match_key", "left_version_id", "right_version_id", "left_labels", "right_labels", "left_words",
    "right_words", "left_containment", "right_containment", "shared_terms", "signals",
)  # fmt: skip


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


def _head(match: Match, sides: Mapping[ArticleId, Side], key: str) -> tuple[Values, Match]:
    """Give the values of :data:`_HEAD`, and the match as it is kept: the lower version on the left."""
    if match.left not in sides or match.right not in sides:
        raise ValueError(f"{match.left} and {match.right} do not both take part in the run")
    left, right = sides[match.left], sides[match.right]
    if (left, match.left) > (right, match.right):
        match, left, right = mirrored(match), right, left
    head = (
        _row_id(key, left, right),
        key,
        left.version,
        right.version,
        left.labels,
        right.labels,
        match.left_words,
        match.right_words,
        match.left_containment,
        match.right_containment,
        list(match.shared_terms),
        dict(match.signals),
    )
    return head, match


def _row_id(key: str, left: Side, right: Side) -> int:
    """Make 63 bits of all a match depends on; at 10 million matches a clash has odds of 1 in 180,000."""
    # As JSON would write it, a tenth as long: labels are hexadecimal digits or nothing.
    identity = f'[{open_json(key)},{left.version},"{left.labels}",{right.version},"{right.labels}"]'
    return int.from_bytes(hashlib.sha256(identity.encode("ascii")).digest()[:8], "big") >> 1


def passage_names(left: str, right: str) -> tuple[str, ...]:
    """Name the columns of :func:`passage_columns`; ``left`` and ``right`` are the names of the two sides."""
    places = (f"{side}_{end}" for side in (left, right) for end in ("begins", "ends"))
    return ("position", "kind", *places, "similarity", f"{left}_words", f"{right}_words", "confidence")


def passage_columns(passages: Sequence[Passage]) -> Iterator[Values]:
    """Spread passages over rows, in order."""
    for position, each in enumerate(passages):
        yield (
            position,
            str(each.kind),
            each.left.start,
            each.left.end,
            each.right.start,
            each.right.end,
            each.similarity,
            each.left_words,
            each.right_words,
            each.confidence,
        )


_KINDS = {str(kind): kind for kind in PassageKind}


def passage_of(columns: Sequence[Any]) -> Passage:
    """Read a passage back from the values of its columns, in their order."""
    kind, left_begins, left_ends, right_begins, right_ends, similarity, left_words, right_words, confidence = columns
    left, right = Span(left_begins, left_ends), Span(right_begins, right_ends)
    return Passage(_KINDS[kind], left, right, similarity, left_words, right_words, confidence)


def match_places(
    connection: Connection, run: int, key: str, pairs: Iterable[tuple[ArticleId, ArticleId]]
) -> list[MatchPlace]:
    """Say under which number the match of each pair of articles of a run is kept, be there one or not; sorted by pair.

    Raises:
        ValueError: an article does not take part in the run.
    """
    sides = sides_of(connection, run)
    places = []
    for pair in pairs:
        left, right = sorted(pair)
        if left not in sides or right not in sides:
            raise ValueError(f"{left} and {right} do not both take part in the run")
        turned = (sides[left], left) > (sides[right], right)
        first, second = (right, left) if turned else (left, right)
        places.append(MatchPlace(left, right, _row_id(key, sides[first], sides[second]), turned))
    return sorted(places)


def match_signals(database: Database, places: Sequence[MatchPlace]) -> Iterator[tuple[MatchPlace, MatchSignals]]:
    """Yield what was measured for each pair, without its passages, in the order asked; a match not kept is absent."""
    table = MatchRow
    for batch in in_batches(places):
        ids = sorted({place.row for place in batch})
        with database.reading() as connection:
            chosen = select(table.id, table.left_words, table.right_words, table.signals).where(table.id.in_(ids))
            kept = {row: MatchSignals(*measured) for row, *measured in connection.execute(chosen)}
        yield from ((place, _seen_from(kept[place.row], place)) for place in batch if place.row in kept)


def _seen_from(measured: MatchSignals, place: MatchPlace) -> MatchSignals:
    if not place.turned:
        return measured
    signals = {_other_side(name): value for name, value in measured.signals.items()}
    return MatchSignals(measured.right_words, measured.left_words, signals)


def stored_matches(database: Database, places: Sequence[MatchPlace]) -> Iterator[Match]:
    """Yield the matches kept at these places, the lower id on the left, in the order asked; one not kept is absent."""
    for batch in in_batches(places):
        with database.reading() as connection:
            matches = _read(connection, batch)
        yield from matches


def _read(connection: Connection, places: Sequence[MatchPlace]) -> list[Match]:
    ids = sorted({place.row for place in places})
    passages = _passages(connection, ids)
    heads = connection.execute(select(*MatchRow.__table__.columns).where(MatchRow.id.in_(ids)))
    rows = {row.id: row for row in heads}
    return [_match(place, rows[place.row], tuple(passages[place.row])) for place in places if place.row in rows]


def _passages(connection: Connection, ids: Sequence[int]) -> defaultdict[int, list[Passage]]:
    table = PassageRow
    chosen = select(
        table.match_id,
        type_coerce(table.kind, Text),
        table.left_begins,
        table.left_ends,
        table.right_begins,
        table.right_ends,
        table.similarity,
        table.left_words,
        table.right_words,
        table.confidence,
    )
    found: defaultdict[int, list[Passage]] = defaultdict(list)
    for match, *columns in connection.execute(
        chosen.where(table.match_id.in_(ids)).order_by(table.match_id, table.position)
    ):
        found[match].append(passage_of(columns))
    return found


def _match(place: MatchPlace, row: Any, passages: tuple[Passage, ...]) -> Match:  # noqa: ANN401  a row of the table
    match = Match(
        left=place.right if place.turned else place.left,
        right=place.left if place.turned else place.right,
        passages=passages,
        left_words=row.left_words,
        right_words=row.right_words,
        left_containment=row.left_containment,
        right_containment=row.right_containment,
        shared_terms=tuple(row.shared_terms),
        signals=row.signals,
    )
    return mirrored(match) if place.turned else match
