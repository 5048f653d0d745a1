"""Whether a store is whole: contents and inspections as written, places inside texts, lineages without circles.

What a database guards itself (its pages, references between rows) is asked of it; the rest is read and compared.
Nothing is changed, and never more than :data:`STEP` texts are in memory.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import Connection, and_, func, select

from provenance.model import OutletId
from provenance.store._tables import (
    ArticleVersionRow,
    BlockRow,
    DerivationRow,
    InspectionFactsRow,
    InspectionRow,
    RunRow,
)
from provenance.store.database import database_at
from provenance.store.encoding import (
    Columns,
    attribution_columns,
    block_of,
    labels_digest,
    reading_digest,
    result_digest,
)
from provenance.store.inspections import read_attributions
from provenance.store.migration import ensure_schema
from provenance.store.places import misplaced
from provenance.store.preparing import BLOCK_COLUMNS
from provenance.store.records import Flaw, Integrity
from provenance.store.rows import in_batches

__all__ = ["check_store"]

STEP = 50
"""Contents or inspections read at once."""

_Look: TypeAlias = Callable[[Connection, Sequence[int]], Iterator[Flaw]]


def check_store(url: str) -> Integrity:
    """Look through a whole store for what cannot be right.

    Raises:
        StoreMissingError: there is no such store.
        StoreVersionError: another version of the program made it.
        StoreError: it cannot be read at all.
    """
    with closing(database_at(url, create=False)) as database:
        ensure_schema(database)
        with database.reading() as connection:
            # What stands on broken pages would be found wrong in every other way too.
            flaws = list(_broken_pages(connection)) or list(chain.from_iterable(look(connection) for look in _LOOKS))
            return Integrity(
                store=database.name,
                contents=_count(connection, ArticleVersionRow),
                inspections=_count(connection, InspectionRow),
                runs=_count(connection, RunRow),
                flaws=tuple(flaws),
            )


def _count(connection: Connection, table: Any) -> int:  # noqa: ANN401  a table class, of which SQLAlchemy knows no type
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _broken_pages(connection: Connection) -> Iterator[Flaw]:
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield Flaw("the file", "", str(said).replace("\n", " "))


def _orphans(connection: Connection) -> Iterator[Flaw]:
    """Find rows that refer to none; PostgreSQL never lets one come about."""
    if connection.dialect.name == "sqlite":
        for table, row, missing, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            place = "" if row is None else f"row {row}"
            yield Flaw(str(table), place, f"refers to a row of {missing} that is not there")


def _changed_contents(connection: Connection) -> Iterator[Flaw]:
    for batch in _in_steps(connection, ArticleVersionRow):
        yield from _readable(_contents_of, connection, batch, "article_versions")


def _contents_of(connection: Connection, ids: Sequence[int]) -> Iterator[Flaw]:
    table = ArticleVersionRow
    chosen = select(*table.__table__.columns).where(table.id.in_(ids)).order_by(table.id)
    for row in connection.execute(chosen).mappings():
        columns: Columns = {str(name): value for name, value in row.items()}
        if columns["characters"] != len(columns["text"]):
            yield Flaw("article_versions", f"row {columns['id']}", "the text is not as long as when it was read")
        elif columns["reading_digest"] != reading_digest(columns):
            yield Flaw("article_versions", f"row {columns['id']}", "is not what was read: its digest differs")


def _changed_inspections(connection: Connection) -> Iterator[Flaw]:
    for batch in _in_steps(connection, InspectionRow):
        yield from _readable(_inspections_of, connection, batch, "inspections")


def _inspections_of(connection: Connection, ids: Sequence[int]) -> Iterator[Flaw]:
    table = InspectionRow
    blocks, attributions = _block_columns(connection, ids), read_attributions(connection, ids)
    chosen = select(table.id, table.outlet_id, table.labels_digest, table.result_digest)
    for row in connection.execute(chosen.where(table.id.in_(ids)).order_by(table.id)):
        columns, claimed = blocks[row.id], attributions.get(row.id, ())
        labelled = [block_of(each["begins"], each["ends"], each["role"], each["rule"]) for each in columns]
        outlet = None if row.outlet_id is None else OutletId(row.outlet_id)
        whole = result_digest(columns, attribution_columns(claimed), outlet)
        if (labels_digest(labelled), whole) != (row.labels_digest, row.result_digest):
            yield Flaw("inspections", f"row {row.id}", "is not what was found: its digest differs")


def _broken_facts(connection: Connection) -> Iterator[Flaw]:
    """Find features that are not numbers of 64 bits: only whole ones can be looked up."""
    table = InspectionFactsRow
    for name in ("fingerprints", "terms"):
        length = func.length(table.__table__.columns[name])
        for row in connection.scalars(select(table.inspection_id).where(length % 8 != 0).order_by(table.inspection_id)):
            yield Flaw("inspection_facts", f"inspection_id {row}", f"the {name} are cut off")


def _block_columns(connection: Connection, ids: Sequence[int]) -> defaultdict[int, list[Columns]]:
    """Read lines with what weighed for their roles, which older programs kept and put into the digest."""
    table = BlockRow
    chosen = select(table.inspection_id, *(table.__table__.columns[name] for name in BLOCK_COLUMNS))
    found: defaultdict[int, list[Columns]] = defaultdict(list)
    for inspection, *values in connection.execute(
        chosen.where(table.inspection_id.in_(ids)).order_by(table.inspection_id, table.position)
    ):
        found[inspection].append(dict(zip(BLOCK_COLUMNS, values, strict=True)))
    return found


def _in_steps(connection: Connection, table: Any) -> Iterator[Sequence[int]]:  # noqa: ANN401  as for _count
    return in_batches(connection.scalars(select(table.id).order_by(table.id)).all(), STEP)


def _readable(look: _Look, connection: Connection, ids: Sequence[int], table: str) -> Iterator[Flaw]:
    """Look at some rows; where one holds what no program wrote (a word, a number, JSON), name it and go on."""
    try:
        yield from list(look(connection, ids))
    except (ValueError, TypeError, LookupError, zlib.error) as error:
        if len(ids) == 1:
            yield Flaw(table, f"row {ids[0]}", f"cannot be understood: {error}")
            return
        for row in ids:
            yield from _readable(look, connection, [row], table)


def _circles(connection: Connection) -> Iterator[Flaw]:
    table = DerivationRow
    links = connection.execute(
        select(table.run_id, table.downstream, table.upstream)
        .where(and_(table.in_lineage, table.upstream.is_not(None)))
        .order_by(table.run_id, table.number)
    )
    graphs: defaultdict[int, TopologicalSorter[str]] = defaultdict(TopologicalSorter)
    for run, downstream, upstream in links:
        graphs[run].add(downstream, str(upstream))
    for run, graph in graphs.items():
        try:
            graph.prepare()
        except CycleError as error:
            yield Flaw("derivations", f"run {run}", f"the lineage goes in a circle: {' → '.join(error.args[1])}")


_LOOKS: Sequence[Callable[[Connection], Iterator[Flaw]]] = (
    _orphans,
    _changed_contents,
    _changed_inspections,
    _broken_facts,
    misplaced,
    _circles,
)
