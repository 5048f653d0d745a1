"""Ratings of domains that a user imported from an external list; a list of one date is replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, delete, func, select

from provenance.model import Rating, RatingList
from provenance.store._tables import RatingRow
from provenance.store.rows import add, in_batches

__all__ = ["rating_lists", "ratings_of", "remove_list", "replace_ratings"]


def replace_ratings(connection: Connection, ratings: Sequence[Rating], at: datetime) -> int:
    """Keep ratings in place of all that were kept of the same lists of the same dates; return how many those were.

    No two may be of one domain in one list of one date.
    """
    lists = sorted({(rating.list_name, rating.list_date) for rating in ratings})
    replaced = sum(remove_list(connection, name, date) for name, date in lists)
    for batch in in_batches(ratings):
        add(connection, RatingRow, [_columns(rating, at) for rating in batch])
    return replaced


def _columns(rating: Rating, at: datetime) -> dict[str, object]:
    return {
        "domain": rating.domain,
        "rating_list": rating.list_name,
        "list_date": rating.list_date,
        "rating": rating.value,
        "scale_min": rating.scale_min,
        "scale_max": rating.scale_max,
        "licence": rating.licence,
        "imputed": rating.imputed,
        "imported_at": at,
    }


def remove_list(connection: Connection, name: str, date: str | None = None) -> int:
    """Forget a list of one date, or of every date for ``None``; return how many ratings that were."""
    return connection.execute(delete(RatingRow).where(*_in_list(name, date))).rowcount


def _in_list(name: str, date: str | None) -> list[ColumnElement[bool]]:
    dated = [] if date is None else [RatingRow.list_date == date]
    return [RatingRow.rating_list == name, *dated]


def ratings_of(connection: Connection, domains: Sequence[str] | None = None) -> list[Rating]:
    """Read the ratings of some domains, or all for ``None``, by list, date and domain."""
    found: list[Rating] = []
    if domains is None:
        found += _read(connection, [])
    for batch in in_batches(sorted(set(domains or ()))):
        found += _read(connection, [RatingRow.domain.in_(batch)])
    return sorted(found, key=lambda rating: (rating.list_name, rating.list_date, rating.domain))


def _read(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> list[Rating]:
    rows = connection.execute(select(*RatingRow.__table__.columns).where(*conditions))
    return [
        Rating(
            domain=row.domain,
            value=row.rating,
            list_name=row.rating_list,
            list_date=row.list_date,
            licence=row.licence,
            scale_min=row.scale_min,
            scale_max=row.scale_max,
            imputed=row.imputed,
        )
        for row in rows
    ]


def rating_lists(connection: Connection) -> list[RatingList]:
    """Read which lists are kept, by name and date. Where the rows of one name several licences, all are named."""
    licences: dict[tuple[str, str], list[str]] = {}
    columns = (RatingRow.rating_list, RatingRow.list_date)
    for name, date, licence in connection.execute(select(*columns, RatingRow.licence).distinct()):
        licences.setdefault((name, date), []).append(licence)
    imputed = func.sum(case((RatingRow.imputed, 1), else_=0))
    counted = connection.execute(select(*columns, func.count(), imputed).group_by(*columns))
    return sorted(
        (
            RatingList(name, date, domains, int(guessed), "; ".join(sorted(filter(None, licences[name, date]))))
            for name, date, domains, guessed in counted
        ),
        key=lambda each: (each.name, each.date),
    )
