"""Every pair of offsets the store holds, with the text each must lie in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, or_, select

from provenance.store._tables import (
    ArticleVersionRow,
    AttributionRow,
    BlockRow,
    DerivationPassageRow,
    DerivationRow,
    DriftRow,
    EvidencePlaceRow,
    InspectionRow,
    MatchRow,
    PassageRow,
    RunArticleRow,
)
from provenance.store.records import Flaw

__all__ = ["misplaced"]


def misplaced(connection: Connection) -> Iterator[Flaw]:
    """Find spans that do not lie in their text: half-open, in code points, from 0 to its length."""
    for table, sides in _inspected():
        yield from _outside(connection, table, sides, _of_inspection(table))
    for side in ("left", "right"):
        yield from _outside(connection, _table(PassageRow), [f"{side}_"], _of_match(f"{side}_version_id"))
    for side in ("downstream", "upstream"):
        yield from _outside(connection, _table(DerivationPassageRow), [f"{side}_"], _of_derivation(side))
        yield from _outside(connection, _table(DriftRow), [f"{side}_"], _of_article(_table(DriftRow), side))
    evidence = _table(EvidencePlaceRow)
    yield from _outside(connection, evidence, [""], _of_article(evidence, "article_id"))


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
            yield Flaw(table.name, place, f"{side}span {row['from']}–{row['to']} is not in its text, 0–{row['of']}")
