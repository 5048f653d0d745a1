"""Every pair of offsets the store holds, with the text each must lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, FromClause, Table, and_, or_, select

from provenance.store._tables import (
    ArticleVersionRow,
    AttributionRow,
    BlockRow,
    ContentDriftRow,
    ContentErosionRow,
    CreditCheckRow,
    DerivationPassageRow,
    DerivationRow,
    DriftRow,
    ErosionRow,
    EvidencePlaceRow,
    InferredPlaceRow,
    InspectionFactsRow,
    InspectionRow,
    MatchRow,
    PassageRow,
    RunArticleRow,
)
from provenance.store.records import Flaw

__all__ = ["misplaced"]

REMEDY = "Do not quote what stands in these rows; restore the store from a copy, or audit again into another with --db."


def misplaced(connection: Connection) -> Iterator[Flaw]:
    """Find spans that do not lie in their text: half-open, in code points, from 0 to its length."""
    for table, sides in _inspected():
        yield from _outside(connection, table, sides, _of_inspection(table))
    for side in ("left", "right"):
        yield from _outside(connection, _table(PassageRow), [f"{side}_"], _of_match(f"{side}_version_id"))
    for side in ("downstream", "upstream"):
        yield from _outside(connection, _table(DerivationPassageRow), [f"{side}_"], _of_derivation(side))
        for table in map(_table, (DriftRow, ErosionRow)):
            yield from _outside(connection, table, [f"{side}_"], _of_article(table, side))
    for table in map(_table, (EvidencePlaceRow, InferredPlaceRow)):
        yield from _outside(connection, table, [""], _of_article(table, "article_id"))
    yield from _listed(connection)


def _inspected() -> Sequence[tuple[Table, Sequence[str]]]:
    return ((_table(BlockRow), [""]), (_table(AttributionRow), ["", "name_"]))


def _table(row: Any) -> Table:  # noqa: ANN401  a table class, of which SQLAlchemy knows no type
    table = row.__table__
    assert isinstance(table, Table)
    return table


_VERSION = _table(ArticleVersionRow)
_MEMBER = _table(RunArticleRow)


def _of_inspection(table: Table) -> FromClause:
    inspection = _table(InspectionRow)
    return table.join(inspection, inspection.c.id == table.c.inspection_id).join(
        _VERSION, _VERSION.c.id == inspection.c.version_id
    )


def _of_match(version: str) -> FromClause:
    passage, match = _table(PassageRow), _table(MatchRow)
    return passage.join(match, match.c.id == passage.c.match_id).join(_VERSION, _VERSION.c.id == match.c[version])


def _of_derivation(side: str) -> FromClause:
    passage, derivation = _table(DerivationPassageRow), _table(DerivationRow)
    same = and_(derivation.c.run_id == passage.c.run_id, derivation.c.number == passage.c.derivation)
    return _with_version(passage.join(derivation, same), derivation.c.run_id, derivation.c[side])


def _of_article(table: Table, article: str) -> FromClause:
    return _with_version(table, table.c.run_id, table.c[article])


def _with_version(source: FromClause, run: ColumnElement[int], article: ColumnElement[str]) -> FromClause:
    member = and_(_MEMBER.c.run_id == run, _MEMBER.c.article_id == article)
    return source.join(_MEMBER, member).join(_VERSION, _VERSION.c.id == _MEMBER.c.version_id)


def _outside(connection: Connection, table: Table, sides: Sequence[str], source: FromClause) -> Iterator[Flaw]:
    keys = list(table.primary_key.columns)
    for side in sides:
        begins, ends, length = table.c[f"{side}begins"], table.c[f"{side}ends"], _VERSION.c.characters
        wrong = or_(begins < 0, ends < begins, ends > length, begins.is_(None) != ends.is_(None))
        chosen = select(*keys, begins.label("from"), ends.label("to"), length.label("of")).select_from(source)
        for row in connection.execute(chosen.where(wrong).order_by(*keys)).mappings():
            place = ", ".join(f"{key.name} {row[key.name]}" for key in keys)
            says = f"{side}span {row['from']}–{row['to']} is not in its text, 0–{row['of']}"
            yield Flaw(table.name, place, says, REMEDY)


# What stands in lists: the places of one row, each with the number of the text it must lie in.

_Places = Iterator[tuple[int, int, int]]


def _listed(connection: Connection) -> Iterator[Flaw]:
    facts, checks = _table(InspectionFactsRow), _table(CreditCheckRow)
    yield from _outside_lists(connection, facts, "tricks", _of_inspection(facts), _tricked)
    yield from _outside_lists(connection, facts, "notes", _of_inspection(facts), _noted)
    yield from _outside_lists(connection, checks, "spans", _of_article(checks, "article_id"), _credited)
    for table, places in ((_table(ContentDriftRow), _drifted), (_table(ContentErosionRow), _eroded)):
        yield from _outside_pairs(connection, table, places)


def _tricked(tricks: Sequence[Any]) -> _Places:
    yield from ((0, begins, ends) for _, _, flat in tricks for begins, ends in list(pairwise(flat))[::2])


def _noted(notes: Sequence[Any] | None) -> _Places:
    yield from ((0, begins, ends) for _, begins, ends, *_ in notes or ())


def _credited(spans: Sequence[Any]) -> _Places:
    yield from ((0, begins, ends) for begins, ends in spans)


def _drifted(found: Sequence[Any]) -> _Places:
    for _, down_begins, down_ends, up_begins, up_ends, *_ in found:
        yield 0, down_begins, down_ends
        yield 1, up_begins, up_ends


def _eroded(found: Sequence[Any]) -> _Places:
    for _, _, up_begins, up_ends, _, down_begins, down_ends in found:
        for side, begins, ends in ((1, up_begins, up_ends), (0, down_begins, down_ends)):
            if (begins, ends) != (None, None):
                yield side, begins, ends


def _outside_lists(
    connection: Connection, table: Table, name: str, source: FromClause, places: Callable[[Any], _Places]
) -> Iterator[Flaw]:
    chosen = select(*table.primary_key.columns, table.c[name], _VERSION.c.characters).select_from(source)
    for *key, found, length in connection.execute(chosen.order_by(*table.primary_key.columns)):
        yield from _wrong(table.c[name], key, places, found, (length,))


def _outside_pairs(connection: Connection, table: Table, places: Callable[[Any], _Places]) -> Iterator[Flaw]:
    down, up = _VERSION.alias(), _VERSION.alias()
    source = table.join(down, down.c.id == table.c.downstream_version_id).join(
        up, up.c.id == table.c.upstream_version_id
    )
    chosen = select(table.c.id, table.c.found, down.c.characters, up.c.characters).select_from(source)
    for key, found, *lengths in connection.execute(chosen.order_by(table.c.id)):
        yield from _wrong(table.c.found, [key], places, found, lengths)


def _wrong(
    column: Column[Any],
    key: Sequence[Any],
    places: Callable[[Any], _Places],
    found: object,
    lengths: Sequence[int],
) -> Iterator[Flaw]:
    named = zip((each.name for each in column.table.primary_key), key, strict=True)
    place = ", ".join(f"{name} {value}" for name, value in named)
    try:
        for side, begins, ends in places(found):
            if not 0 <= begins <= ends <= lengths[side]:
                says = f"a place of {column.name}, {begins}–{ends}, is not in its text, 0–{lengths[side]}"
                yield Flaw(column.table.name, place, says, REMEDY)
    except (ValueError, TypeError) as error:
        yield Flaw(column.table.name, place, f"{column.name} cannot be understood: {error}", REMEDY)
