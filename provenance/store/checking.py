"""Whether a store is whole: contents and inspections as written, places inside texts, lineages without circles.

What a database guards itself (its pages, references between rows) is asked of it; the rest is read and compared.
Nothing is changed, and never more than :data:`STEP` texts, or :data:`STEP_CHARACTERS` of them, are in memory.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from graphlib import CycleError, TopologicalSorter
from itertools import chain, groupby, islice
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Select, Table, and_, exists, func, select

from provenance.model import OutletId
from provenance.store._tables import (
    ArticleRow,
    ArticleVersionRow,
    Base,
    BlockRow,
    DerivationRow,
    InspectionFactsRow,
    InspectionRow,
    RunArticleRow,
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

__all__ = ["check_store"]

STEP = 50
"""Contents or inspections read at once, at most."""

STEP_CHARACTERS = 4_000_000
"""Code points of texts read at once, at most, unless one text alone is longer."""

PAGE = 500
"""Row numbers looked up at once."""

MOST_FLAWS = 1_000
"""Flaws that are listed; with more, the store is not to be mended row by row."""

_Look: TypeAlias = Callable[[Connection, Sequence[int]], Iterator[Flaw]]

_REMEDIES = {
    "pages": "Restore the file from a copy, or save what can be read with `sqlite3 FILE .recover`.",
    "orphans": "Restore the store from a copy: another program removed rows that these need.",
    "contents": "Restore the store from a copy, or audit these files again into another with --db: something else than"
    " this program changed what they said.",
    "inspections": "Restore the store from a copy, or audit these files again into another with --db: something else"
    " than this program changed what was found in them.",
    "circles": "Do not rely on the lineage of this run; audit again, and report it if the circle comes back.",
}


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
            flaws = _first([_broken_pages(connection)]) or _first(look(connection) for look in _LOOKS)
            return Integrity(
                store=database.name,
                contents=_count(connection, ArticleVersionRow),
                inspections=_count(connection, InspectionRow),
                runs=_count(connection, RunRow),
                flaws=flaws,
            )


def _first(looks: Iterable[Iterator[Flaw]]) -> tuple[Flaw, ...]:
    """Return what is found, up to a number beyond which nobody reads on."""
    found = list(islice(chain.from_iterable(looks), MOST_FLAWS + 1))
    if len(found) <= MOST_FLAWS:
        return tuple(found)
    more = Flaw("the store", "", f"has more flaws: these are the first {MOST_FLAWS:,}", _REMEDIES["contents"])
    return (*found[:-1], more)


def _count(connection: Connection, table: Any) -> int:  # noqa: ANN401  a table class, of which SQLAlchemy knows no type
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _broken_pages(connection: Connection) -> Iterator[Flaw]:
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield Flaw("the file", "", str(said).replace("\n", " "), _REMEDIES["pages"])


def _orphans(connection: Connection) -> Iterator[Flaw]:
    """Find rows that refer to none; PostgreSQL never lets one come about."""
    if connection.dialect.name != "sqlite":
        return
    broken = {(row[0], row[3]): row[2] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    for (name, number), missing in sorted(broken.items()):
        if name not in Base.metadata.tables:  # somebody else's, who put it beside ours
            continue
        keys = connection.exec_driver_sql("SELECT * FROM pragma_foreign_key_list(?)", (name,))
        pairs = [row for row in keys if row[0] == number]
        table = Base.metadata.tables[name]
        columns = [(table.c[row[3]], Base.metadata.tables[missing].c[row[4]]) for row in pairs]
        yield from _without_parent(connection, table, missing, columns)


def _without_parent(
    connection: Connection, table: Table, missing: str, columns: Sequence[tuple[Column[Any], Column[Any]]]
) -> Iterator[Flaw]:
    keys = list(table.primary_key.columns)
    parent = Base.metadata.tables[missing].alias()
    there = exists().where(*(parent.c[other.name] == own for own, other in columns)).correlate(table)
    chosen = select(*keys, *(own.label(f"_{own.name}") for own, _ in columns))
    rows = connection.execute(chosen.where(*(own.is_not(None) for own, _ in columns), ~there).order_by(*keys))
    for row in rows:
        place = ", ".join(f"{key.name} {value}" for key, value in zip(keys, row, strict=False))
        referred = ", ".join(str(value) for value in row[len(keys) :])
        yield Flaw(table.name, place, f"refers to {referred} in {missing}, which is not there", _REMEDIES["orphans"])


def _changed_contents(connection: Connection) -> Iterator[Flaw]:
    table = ArticleVersionRow
    sizes = select(table.id, table.characters)
    for batch in _in_steps(connection, sizes, table.id):
        yield from _readable(_contents_of, connection, batch, "article_versions")


def _contents_of(connection: Connection, ids: Sequence[int]) -> Iterator[Flaw]:
    table = ArticleVersionRow
    chosen = select(*table.__table__.columns).where(table.id.in_(ids)).order_by(table.id)
    for row in connection.execute(chosen).mappings():
        columns: Columns = {str(name): value for name, value in row.items()}
        if columns["characters"] != len(columns["text"]):
            yield _changed(connection, "article_versions", row["id"], "the text is not as long as when it was read")
        elif columns["reading_digest"] != reading_digest(columns):
            yield _changed(connection, "article_versions", row["id"], "is not what was read: its digest differs")


def _changed_inspections(connection: Connection) -> Iterator[Flaw]:
    table, content = InspectionRow, ArticleVersionRow
    sizes = select(table.id, content.characters).join(content, content.id == table.version_id)
    for batch in _in_steps(connection, sizes, table.id):
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
            yield _changed(connection, "inspections", row.id, "is not what was found: its digest differs")


def _changed(connection: Connection, table: str, row: int, says: str) -> Flaw:
    """Name a row with a file its content was read from."""
    remedy = _REMEDIES["contents" if table == "article_versions" else "inspections"]
    members = select(ArticleRow.source).join(RunArticleRow, RunArticleRow.article_row == ArticleRow.id)
    column = RunArticleRow.version_id if table == "article_versions" else RunArticleRow.inspection_id
    source = connection.scalars(members.where(column == row).order_by(ArticleRow.id).limit(1)).first()
    return Flaw(table, f"row {row}" + (f" ({source})" if source else ""), says, remedy)


def _broken_facts(connection: Connection) -> Iterator[Flaw]:
    """Find features that are not numbers of 64 bits: only whole ones can be looked up."""
    table = InspectionFactsRow
    for name in ("fingerprints", "terms"):
        length = func.length(table.__table__.columns[name])
        for row in connection.scalars(select(table.inspection_id).where(length % 8 != 0).order_by(table.inspection_id)):
            yield Flaw("inspection_facts", f"inspection_id {row}", f"the {name} are cut off", _REMEDIES["inspections"])


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


def _in_steps(connection: Connection, sizes: Select[int, int], key: Any) -> Iterator[Sequence[int]]:  # noqa: ANN401  as for _count
    """Cut rows into batches by their number and the length of their texts, looking up few of them at a time."""
    batch: list[int] = []
    last, characters = -1, 0
    while page := connection.execute(sizes.where(key > last).order_by(key).limit(PAGE)).all():
        for row, length in page:
            if batch and (len(batch) == STEP or characters + length > STEP_CHARACTERS):
                yield batch
                batch, characters = [], 0
            batch.append(row)
            characters += length
            last = row
    if batch:
        yield batch


def _readable(look: _Look, connection: Connection, ids: Sequence[int], table: str) -> Iterator[Flaw]:
    """Look at some rows; where one holds what no program wrote (a word, a number, JSON), name it and go on."""
    try:
        yield from list(look(connection, ids))
    except (ValueError, TypeError, LookupError, zlib.error) as error:
        if len(ids) == 1:
            yield _changed(connection, table, ids[0], f"cannot be understood: {error}")
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
    for run, of_run in groupby(links, key=lambda link: link.run_id):
        graph: TopologicalSorter[str] = TopologicalSorter()
        for _, downstream, upstream in of_run:
            graph.add(downstream, str(upstream))
        try:
            graph.prepare()
        except CycleError as error:
            says = f"the lineage goes in a circle: {' → '.join(error.args[1])}"
            yield Flaw("derivations", f"run {run}", says, _REMEDIES["circles"])


_LOOKS: Sequence[Callable[[Connection], Iterator[Flaw]]] = (
    _orphans,
    _changed_contents,
    _changed_inspections,
    _broken_facts,
    misplaced,
    _circles,
)
