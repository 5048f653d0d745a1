"""What an exporter is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from provenance.model import AuditFindings

__all__ = ["ExportOptions", "Exporter", "Table"]


class Table(StrEnum):
    """One of the two tables of an export."""

    EDGES = "edges"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user may choose of an export."""

    possible: bool = False
    """Also export ties that are possible but not asserted, marked as such."""
    table: Table | None = None
    """The only table wanted of a format that has tables; ``None`` for what the format gives by itself."""


@runtime_checkable
class Exporter(Protocol):
    """Writes the findings of an audit in one format.

    Equal findings and options give equal lines: nothing depends on the time, the machine or the order of a set. Texts
    of articles may hold anything; what the format cannot hold is made visible
    (:func:`~provenance.report.plain.one_line`). Of a tie in unknown order the export never says which side came first,
    and a share or degree that rests on such ties only stands beside the word ``unknown``. An address is exported as one
    if it is one of the web (:func:`~provenance.report.export.names.web_address`).
    """

    @property
    def name(self) -> str:
        """What ``--to`` calls it: lower case letters and hyphens."""

    @property
    def summary(self) -> str:
        """What it is, in a few words for the list of formats."""

    @property
    def tables(self) -> bool:
        """Whether :attr:`ExportOptions.table` means anything to it."""

    def lines(self, findings: AuditFindings, options: ExportOptions) -> Iterator[str]:
        """Yield the export piece by piece, each to be followed by a line break."""
