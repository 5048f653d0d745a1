"""Scorecards for a page: each signal with its count, and its interval drawn where there is enough evidence."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.model import OutletKind, Proportion, Scorecard
from provenance.report.findings import FindingsIndex
from provenance.report.outlet_words import (
    card_phrase,
    counts_phrases,
    lag_phrase,
    proportion_phrase,
    rating_phrase,
    signal_label,
)
from provenance.report.plain import one_line

__all__ = ["CardView", "SignalView", "card_view"]


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal with a share. The places are in percent of the line from none to all."""

    label: str
    words: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CardView:
    """One outlet."""

    name: str
    note: str
    amount: str
    signals: tuple[SignalView, ...]
    """Those with enough evidence for a share."""
    counts: tuple[str, ...]
    """What is counted of the others."""
    lag: str
    ratings: tuple[str, ...]


def card_view(index: FindingsIndex, card: Scorecard) -> CardView:
    """Put one scorecard into words; signals that no story bears on are left out, as the terminal does in brief."""
    outlet = index.outlets.get(card.outlet)
    told = [each for each in card.proportions if each.of]
    enough = [each for each in told if each.enough]
    known = outlet is not None and outlet.kind is not OutletKind.UNKNOWN
    return CardView(
        name=index.outlet_name(card.outlet),
        note=" · ".join(
            map(one_line, [*([outlet.kind.value] if known else []), *outlet.domains[:1]] if outlet else [])
        ),
        amount=card_phrase(card),
        signals=tuple(map(_signal, enough)),
        counts=tuple(counts_phrases([each for each in told if not each.enough])),
        lag=lag_phrase(card.lag) if card.lag else "",
        ratings=tuple(f"{rating_phrase(each)}{_licence(each.licence)}" for each in card.ratings),
    )


def _signal(each: Proportion) -> SignalView:
    low, high = (bound * 100 for bound in each.interval)
    return SignalView(signal_label(each), proportion_phrase(each), each.count / each.of * 100, low, high)


def _licence(licence: str) -> str:
    return f" · licence: {one_line(licence)}" if licence else ""
