"""Scorecards for a page: each signal with its count, its interval where there is enough evidence, and its articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provenance.model import ArticleId, OutletId, OutletKind, Proportion, Scorecard
from provenance.report.findings import FindingsIndex
from provenance.report.html.anchors import Anchors
from provenance.report.outlet_words import (
    CREDIT_SIGNALS,
    card_phrase,
    counts_phrases,
    lag_phrase,
    proportion_phrase,
    rating_phrase,
    signal_label,
)
from provenance.report.plain import one_line

__all__ = ["ArticleGroup", "CardView", "FigureView", "SignalView", "card_views"]


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    """Some of the articles behind a figure: what they have in common (empty for all of them), and each with its place.

    An article told nowhere has no address.
    """

    label: str
    articles: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure in words, and the articles behind it."""

    words: str
    behind: tuple[ArticleGroup, ...]


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal with a share. The places are in percent of the line from none to all."""

    label: str
    figure: FigureView
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CardView:
    """One outlet."""

    name: str
    note: str
    amount: FigureView
    signals: tuple[SignalView, ...]
    """Those with enough evidence for a share."""
    counts: tuple[FigureView, ...]
    """What is counted of the others."""
    lag: FigureView | None
    ratings: tuple[str, ...]


def card_views(index: FindingsIndex, cards: Iterable[Scorecard], anchors: Anchors) -> list[CardView]:
    """Put scorecards into words; signals that no story bears on are left out, as the terminal does in brief."""
    own: defaultdict[OutletId | None, list[ArticleId]] = defaultdict(list)
    for facts in index.findings.articles:
        own[facts.outlet].append(facts.id)
    made = _Cards(index, anchors)
    return [made.view(card, own[card.outlet]) for card in cards]


class _Cards:
    """Makes the views of cards, whose articles stand at some addresses."""

    def __init__(self, index: FindingsIndex, anchors: Anchors) -> None:
        self._index = index
        self._anchors = anchors

    def view(self, card: Scorecard, own: Sequence[ArticleId]) -> CardView:
        outlet = self._index.outlets.get(card.outlet)
        told = [each for each in card.proportions if each.of]
        known = outlet is not None and outlet.kind is not OutletKind.UNKNOWN
        return CardView(
            name=self._index.outlet_name(card.outlet),
            note=" · ".join(
                map(one_line, [*([outlet.kind.value] if known else []), *outlet.domains[:1]] if outlet else [])
            ),
            amount=self._figure(card_phrase(card), ("", own)),
            signals=tuple(self._signal(each) for each in told if each.enough),
            counts=tuple(self._counts([each for each in told if not each.enough])),
            lag=self._figure(lag_phrase(card.lag), ("", card.lag.articles)) if card.lag else None,
            ratings=tuple(f"{rating_phrase(each)}{_licence(each.licence)}" for each in card.ratings),
        )

    def _figure(self, words: str, *groups: tuple[str, Sequence[ArticleId]]) -> FigureView:
        return FigureView(words, tuple(ArticleGroup(label, self._linked(held)) for label, held in groups if held))

    def _linked(self, articles: Iterable[ArticleId]) -> tuple[tuple[str, str | None], ...]:
        return tuple((self._index.article_name(each), self._anchors.article(each)) for each in articles)

    def _signal(self, each: Proportion) -> SignalView:
        low, high = (bound * 100 for bound in each.interval)
        figure = self._figure(proportion_phrase(each), *_halves(each))
        return SignalView(signal_label(each), figure, each.count / each.of * 100, low, high)

    def _counts(self, few: Sequence[Proportion]) -> Iterator[FigureView]:
        """Yield raw counts; those of the credits are one figure, for they count the same stories."""
        classes = [each for each in few if each.signal in CREDIT_SIGNALS]
        for words in counts_phrases(classes):
            yield self._figure(words, *((signal_label(each), each.articles) for each in classes))
        for each in few:
            if each.signal not in CREDIT_SIGNALS:
                yield from (self._figure(words, *_halves(each)) for words in counts_phrases([each]))


def _halves(each: Proportion) -> tuple[tuple[str, Sequence[ArticleId]], ...]:
    """Part the articles of a signal by whether their story was counted."""
    return ("Counted", each.articles), ("Without it", each.others)


def _licence(licence: str) -> str:
    return f" · licence: {one_line(licence)}" if licence else ""
