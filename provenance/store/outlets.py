"""Outlets: every one that is named anywhere has a row, so that each credit and each derivation links to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from provenance.model import Outlet, OutletId, OutletKind
from provenance.store._tables import OutletDomainRow, OutletNameRow, OutletRow, RunOutletRow
from provenance.store.encoding import Columns
from provenance.store.rows import add, add_missing, in_batches, write_over

__all__ = ["name_outlets", "outlets_of", "record_outlets"]


def name_outlets(connection: Connection, names: Mapping[OutletId, str]) -> None:
    """See that each outlet has a row; one that is new gets the given name until an audit knows more."""
    rows = [_row(Outlet(outlet, name)) for outlet, name in sorted(names.items())]
    for batch in in_batches(rows):
        add_missing(connection, OutletRow, batch)


def record_outlets(connection: Connection, run: int, outlets: Sequence[Outlet]) -> None:
    """Keep what a run knows of its outlets, and bring the outlets themselves up to date.

    What comes from an outlet file is not overwritten by what an article merely mentions.
    """
    owners = {outlet.owner: outlet.owner for outlet in outlets if outlet.owner is not None}
    name_outlets(connection, {**owners, **{outlet.id: outlet.name for outlet in outlets}})
    known = _from_files(connection, [outlet.id for outlet in outlets])
    better = {outlet.id: outlet for outlet in outlets if outlet.source or outlet.id not in known}
    _write(connection, [better[outlet] for outlet in sorted(better)])
    described = [
        {"run_id": run, "position": position, "outlet_id": outlet.id, "description": _description(outlet)}
        for position, outlet in enumerate(outlets)
    ]
    add(connection, RunOutletRow, described)


def _from_files(connection: Connection, outlets: Sequence[OutletId]) -> set[str]:
    known: set[str] = set()
    for batch in in_batches(outlets):
        known.update(connection.scalars(select(OutletRow.id).where(OutletRow.id.in_(batch), OutletRow.source != "")))
    return known


def _write(connection: Connection, outlets: Sequence[Outlet]) -> None:
    for batch in in_batches(outlets):
        write_over(connection, OutletRow, ("id",), [_row(outlet) for outlet in batch])
        ids = [outlet.id for outlet in batch]
        connection.execute(delete(OutletNameRow).where(OutletNameRow.outlet_id.in_(ids)))
        connection.execute(delete(OutletDomainRow).where(OutletDomainRow.outlet_id.in_(ids)))
        add(connection, OutletNameRow, list(_numbered("name", {outlet.id: outlet.aliases for outlet in batch})))
        add(connection, OutletDomainRow, list(_numbered("domain", {outlet.id: outlet.domains for outlet in batch})))


def _numbered(column: str, values: Mapping[OutletId, Sequence[str]]) -> Iterable[Columns]:
    for outlet, items in values.items():
        for position, item in enumerate(items):
            yield {"outlet_id": outlet, "position": position, column: item}


def _row(outlet: Outlet) -> Columns:
    return {
        "id": outlet.id,
        "name": outlet.name,
        "kind": str(outlet.kind),
        "owner_id": outlet.owner,
        "source": outlet.source,
    }


def _description(outlet: Outlet) -> Columns:
    return {
        "name": outlet.name,
        "kind": str(outlet.kind),
        "domains": list(outlet.domains),
        "aliases": list(outlet.aliases),
        "owner": outlet.owner,
        "source": outlet.source,
    }


def outlets_of(connection: Connection, run: int) -> tuple[Outlet, ...]:
    """Read the outlets of a run back as that run knew them, in its order."""
    rows = connection.execute(
        select(RunOutletRow.outlet_id, RunOutletRow.description)
        .where(RunOutletRow.run_id == run)
        .order_by(RunOutletRow.position)
    )
    return tuple(_outlet(row.outlet_id, row.description) for row in rows)


def _outlet(outlet: str, description: Mapping[str, Any]) -> Outlet:
    return Outlet(
        id=OutletId(outlet),
        name=description["name"],
        kind=OutletKind(description["kind"]),
        domains=tuple(description["domains"]),
        aliases=tuple(description["aliases"]),
        owner=description["owner"],
        source=description["source"],
    )
