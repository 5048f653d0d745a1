"""Scorecards for a page: each signal with its count, and its interval drawn where there is enough evidence."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.model import Proportion, Scorecard
from provenance.report.findings import FindingsIndex
from provenance.report.outlet_words import card_phrase, lag_phrase, proportion_phrase, rating_phrase, signal_label
from provenance.report.plain import one_line

__all__ = ["CardView", "SignalView", "card_view"]


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal. The places are in percent of the line from none to all; ``None`` where no share is told."""

    label: str
    words: str
    share: float | None = None
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class CardView:
    """One outlet."""

    name: str
    note: str
    amount: str
    signals: tuple[SignalView, ...]
    lag: str
    ratings: tuple[str, ...]


def card_view(index: FindingsIndex, card: Scorecard) -> CardView:
    """Put one scorecard into words; signals that no story bears on are left out."""
    outlet = index.outlets.get(card.outlet)
    told = [each for each in card.proportions if each.of]
    return CardView(
        name=index.outlet_name(card.outlet),
        note=" · ".join(map(one_line, [outlet.kind.value, *outlet.domains[:1]] if outlet else [])),
        amount=card_phrase(card),
        signals=tuple(map(_signal, told)),
        lag=lag_phrase(card.lag) if card.lag else "",
        ratings=tuple(f"{rating_phrase(each)}{_licence(each.licence)}" for each in card.ratings),
    )


def _signal(each: Proportion) -> SignalView:
    if not each.enough:
        return SignalView(signal_label(each), proportion_phrase(each))
    low, high = (bound * 100 for bound in each.interval)
    return SignalView(signal_label(each), proportion_phrase(each), each.count / each.of * 100, low, high)


def _licence(licence: str) -> str:
    return f" · licence: {one_line(licence)}" if licence else ""
