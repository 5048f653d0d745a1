"""Agencies that got lost along a link: whom credits name, held against credits and text of the downstream article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from provenance.model import ArticleFacts, Erosion, OutletId
from provenance.pipeline.toolbox import Toolbox
from provenance.score.erosion import agency_erosion
from provenance.text.words import UNSPACED

__all__ = ["AgencyLoss", "agency_losses", "without_named"]

_UNSPACED = regex.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class AgencyLoss:
    """An outlet no downstream credit names, with the names by which the running text may still tell of it."""

    loss: Erosion
    names: tuple[str, ...]


def agency_losses(downstream: ArticleFacts, upstream: ArticleFacts, toolbox: Toolbox) -> Sequence[AgencyLoss]:
    """Find the outlets whose credit got lost, as far as credits and citations tell."""
    outlets = {credit.credited or credit.text: credit.outlet for credit in upstream.attributions}
    found = agency_erosion(downstream, upstream)
    return [AgencyLoss(loss, _names(loss.wording, outlets.get(loss.wording), toolbox)) for loss in found]


def _names(wording: str, outlet: OutletId | None, toolbox: Toolbox) -> tuple[str, ...]:
    known = None if outlet is None else toolbox.knowledge.outlets.get(outlet)
    names = {wording} if known is None else {wording, known.name, *known.aliases}
    return tuple(sorted(name for name in names if name.strip()))


def without_named(losses: Iterable[AgencyLoss], text: str) -> Iterator[Erosion]:
    """Leave out the outlets the downstream text names in passing."""
    for each in losses:
        if not any(_stands_in(name, text) for name in each.names):
            yield each.loss


def _stands_in(name: str, text: str) -> bool:
    """Say whether a name stands in a text, as words of its own where the script has spaces; capitals mean capitals."""
    if _UNSPACED.search(name):
        return name in text
    flags = 0 if name.isupper() else regex.IGNORECASE
    return regex.search(rf"(?<!\w){regex.escape(name)}(?!\w)", text, flags) is not None
