"""An inspection made ready to be written: spread over columns, with its digests.

Workers do this where the labelled article is at hand, so that neither its text nor its lines travel back to the process
that writes. No database library is loaded by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from provenance.model import ArticleId, Inspection, OutletId
from provenance.store.encoding import attribution_columns, block_columns, labels_digest, result_digest
from provenance.store.records import InspectedFacts

__all__ = ["ATTRIBUTION_COLUMNS", "BLOCK_COLUMNS", "PreparedInspection", "prepare_inspection"]

BLOCK_COLUMNS = ("position", "begins", "ends", "role", "rule", "clues")

ATTRIBUTION_COLUMNS = (
    "position", "kind", "begins", "ends", "element", "text", "rule", "credited", "domain", "outlet_id", "extent", "hop",
    "via", "name_begins", "name_ends",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PreparedInspection:
    """An inspection as rows; made by :func:`prepare_inspection`."""

    article: ArticleId
    cache_key: str
    outlet: OutletId | None
    labels_digest: str
    result_digest: str
    blocks: tuple[tuple[Any, ...], ...]
    """Values of :data:`BLOCK_COLUMNS`."""
    attributions: tuple[tuple[Any, ...], ...]
    """Values of :data:`ATTRIBUTION_COLUMNS`."""
    named: Mapping[OutletId, str]
    """Every outlet it mentions, with the name it is given there."""
    facts: InspectedFacts | None
    """``None`` where later stages take nothing from it."""


def prepare_inspection(
    cache_key: str, inspection: Inspection, facts: InspectedFacts | None = None
) -> PreparedInspection:
    """Spread an inspection over columns.

    Args:
        cache_key: of all that the inspection and the facts depend on besides the content.
        inspection: what was found; the clues of its lines are not kept.
        facts: what later stages take from it; without them it takes no part in matching.
    """
    blocks = block_columns(inspection.blocks)
    attributions = attribution_columns(inspection.attributions)
    return PreparedInspection(
        article=inspection.labelled.article.id,
        cache_key=cache_key,
        outlet=inspection.outlet,
        labels_digest=labels_digest(inspection.blocks),
        result_digest=result_digest(blocks, attributions, inspection.outlet),
        blocks=tuple(tuple(row.values()) for row in blocks),
        attributions=tuple(tuple(row.values()) for row in attributions),
        named=_named_outlets(inspection),
        facts=facts,
    )


def _named_outlets(inspection: Inspection) -> dict[OutletId, str]:
    names: dict[OutletId, str] = {} if inspection.outlet is None else {inspection.outlet: inspection.outlet}
    for attribution in inspection.attributions:
        names |= {relay: relay for relay in attribution.via if relay not in names}
        if attribution.outlet is not None:
            names[attribution.outlet] = attribution.credited or attribution.outlet
    return names
