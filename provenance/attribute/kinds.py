"""Let the kind of a credit follow what the credited outlet is.

"Source: AFP" is wire copy, "Source: NASA" the source of a fact.
"""

from __future__ import annotations

from provenance.model import PROVENANCE_KINDS, AttributionKind, Extent, Outlet, OutletKind

__all__ = ["adapted_kind"]

_KINDS = {
    OutletKind.AGENCY: AttributionKind.WIRE,
    OutletKind.PRESS_RELEASE_SERVICE: AttributionKind.PRESS_RELEASE,
    OutletKind.PICTURE_AGENCY: AttributionKind.IMAGE,
    OutletKind.INSTITUTION: AttributionKind.CITATION,
    OutletKind.PLATFORM: AttributionKind.CITATION,
}


def adapted_kind(
    stated: AttributionKind, extent: Extent, outlet: Outlet, *, adapts: str = "outlet"
) -> tuple[AttributionKind, Extent]:
    """Return kind and extent of a credit whose wording alone says only ``stated``.

    ``adapts`` is the rule's option: ``outlet`` lets every kind of outlet decide, ``agency`` only agencies, and an empty
    one leaves the kind as stated.
    """
    if stated not in PROVENANCE_KINDS or not adapts or (adapts == "agency" and outlet.kind is not OutletKind.AGENCY):
        return stated, extent
    kind = _KINDS.get(outlet.kind, stated)
    if kind not in PROVENANCE_KINDS:
        return kind, Extent.UNKNOWN
    return kind, Extent.FULL if kind is not stated and extent is Extent.UNKNOWN else extent
