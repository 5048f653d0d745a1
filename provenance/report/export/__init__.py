"""Findings in the formats of other tools; see :mod:`provenance.report.export.registry` for which there are."""

from __future__ import annotations

from provenance.report.export.exporter import Exporter, ExportOptions, Table

__all__ = ["ExportOptions", "Exporter", "Table"]
