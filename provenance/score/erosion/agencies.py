"""Agencies that are gone: whom the upstream credits for its text, and the downstream names nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import ArticleFacts, Attribution, AttributionKind, Erosion, ErosionKind, Extent, OutletId

__all__ = ["agency_erosion"]

_PARTS = frozenset({Extent.PARTIAL, Extent.EXCERPT})
"""Extents of credits for a part of a text: what was taken may be another part."""


def agency_erosion(downstream: ArticleFacts, upstream: ArticleFacts) -> Iterator[Erosion]:
    """Find the outlets an upstream credits for its whole text that no credit or citation downstream names.

    Works on facts alone, so a name that stands in the running text without being a citation is for the caller to look
    for: :attr:`Erosion.wording` is the outlet's name as the upstream gives it.
    """
    kept = _named(downstream)
    seen: set[OutletId] = set()
    for credit in sorted(upstream.attributions, key=lambda one: one.span is None):
        outlet = credit.outlet
        if not credit.is_provenance or credit.hop > 1 or credit.extent in _PARTS or outlet is None:
            continue
        if outlet in kept or outlet in seen or outlet == upstream.outlet:
            continue
        seen.add(outlet)
        instead = _credited_instead(downstream)
        yield Erosion(
            kind=ErosionKind.AGENCY,
            downstream=downstream.id,
            upstream=upstream.id,
            wording=credit.credited or credit.text,
            place=credit.name_span or credit.span,
            became=None if instead is None else instead.credited or instead.text,
            became_at=None if instead is None else instead.name_span or instead.span,
        )


def _named(facts: ArticleFacts) -> frozenset[OutletId | None]:
    """Collect every outlet an article is of, credits, cites or names as a relay."""
    relays = {relay for attribution in facts.attributions for relay in attribution.via}
    return frozenset({facts.outlet, facts.carries, *(one.outlet for one in facts.attributions), *relays} - {None})


def _credited_instead(facts: ArticleFacts) -> Attribution | None:
    """Give whom the downstream credits for the text instead: another outlet, else a byline of its own house.

    A notice of rights at the foot of every page credits nobody for this text.
    """
    written = [one for one in facts.attributions if one.span is not None]
    others = [one for one in written if one.is_provenance and one.credited]
    own = [one for one in written if one.kind is AttributionKind.SELF and "byline" in one.rule]
    return next(iter([*others, *own]), None)
