"""Scorecards and rating lists as the objects of the JSON contract and as rows for a spreadsheet.

A share and its interval are told only where there is enough evidence; below that the count stands alone. Articles are
given by id and source, so that every figure leads back to the texts behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from provenance.model import (
    ArticleId,
    Lag,
    OutletSignal,
    Proportion,
    Rating,
    RatingList,
    Scorecard,
)
from provenance.report.figures import (
    interval,
    rounded,
)
from provenance.report.findings import FindingsIndex
from provenance.report.parts import outlet_name
from provenance.report.tables import Cell

__all__ = [
    "RATING_LIST_COLUMNS",
    "SCORECARD_COLUMNS",
    "SIGNAL_WORDS",
    "STORY_WORDS",
    "rating_list",
    "rating_list_row",
    "scorecard",
    "scorecard_rows",
]

SIGNAL_WORDS: Final = {
    OutletSignal.CREDITED: "credited",
    OutletSignal.UNCREDITED: "uncredited",
    OutletSignal.CREDITED_NOT_AT_HAND: "credited to a source not at hand",
    OutletSignal.CONTRADICTED: "credit contradicted",
    OutletSignal.ORIGINATED: "originated",
    OutletSignal.FIDELITY: "no fact changed",
    OutletSignal.ATTRIBUTION_KEPT: "attribution kept",
    OutletSignal.TRACEABLE: "upstream traceable",
}
"""What a story that counts is called."""

_DERIVATIVE: Final = ("derivative story", "derivative stories")
STORY_WORDS: Final = {
    OutletSignal.CREDITED: _DERIVATIVE,
    OutletSignal.UNCREDITED: _DERIVATIVE,
    OutletSignal.CREDITED_NOT_AT_HAND: _DERIVATIVE,
    OutletSignal.CONTRADICTED: _DERIVATIVE,
    OutletSignal.ORIGINATED: ("story in which that is known", "stories in which that is known"),
    OutletSignal.FIDELITY: ("story derived from an article at hand", "stories derived from an article at hand"),
    OutletSignal.ATTRIBUTION_KEPT: (
        "story whose upstream credits an agency or outlet",
        "stories whose upstream credits an agency or outlet",
    ),
    OutletSignal.TRACEABLE: ("derivative or admitted story", "derivative or admitted stories"),
}
"""The stories a signal is counted among, one and many."""

SCORECARD_COLUMNS: Final = (
    "outlet", "name", "domain", "articles", "stories", "entry",
    "count", "of", "enough", "share", "interval_low", "interval_high", "counted_articles", "other_articles",
    "median_hours", "shortest_hours", "longest_hours", "off_by_hours",
    "list", "list_date", "rated_domain", "value", "scale_min", "scale_max", "imputed", "licence",
)  # fmt: skip
"""Columns of scorecards: a row a signal (``entry`` is its name), then one for the lag and one a rating."""

RATING_LIST_COLUMNS: Final = ("list", "list_date", "domains", "imputed", "licence")
"""Columns of the imported lists."""


def scorecard(card: Scorecard, index: FindingsIndex) -> dict[str, object]:
    """Return a ``provenance.scorecard/1`` object; ``index`` is of the findings the card was made of."""
    outlet = index.outlets.get(card.outlet)
    return {
        "schema": "provenance.scorecard/1",
        "outlet": outlet_name(card.outlet, index.outlets.get),
        "domains": list(outlet.domains) if outlet else [],
        "articles": card.articles,
        "stories": card.stories,
        "signals": [_signal(each, index) for each in card.proportions],
        "lag": None if card.lag is None else _lag(card.lag, index),
        "ratings": [_rating(each) for each in card.ratings],
    }


def _signal(each: Proportion, index: FindingsIndex) -> dict[str, object]:
    return {
        "signal": each.signal.value,
        "count": each.count,
        "of": each.of,
        "enough": each.enough,
        "share": rounded(each.count / each.of) if each.enough else None,
        "interval": interval(each.interval) if each.enough else None,
        "articles": _articles(each.articles, index),
        "others": _articles(each.others, index),
    }


def _lag(each: Lag, index: FindingsIndex) -> dict[str, object]:
    return {
        "stories": each.stories,
        "enough": each.enough,
        "median_hours": rounded(each.median) if each.enough else None,
        "shortest_hours": rounded(each.shortest),
        "longest_hours": rounded(each.longest),
        "off_by_hours": rounded(each.off_by),
        "articles": _articles(each.articles, index),
    }


def _articles(articles: Iterable[ArticleId], index: FindingsIndex) -> list[dict[str, object]]:
    return [{"id": each, "source": index.articles[each].source} for each in articles]


def _rating(each: Rating) -> dict[str, object]:
    scale = None if each.scale_min is None or each.scale_max is None else [each.scale_min, each.scale_max]
    return {
        "list": each.list_name,
        "list_date": each.list_date or None,
        "domain": each.domain,
        "value": each.value,
        "scale": scale,
        "imputed": each.imputed,
        "licence": each.licence or None,
    }


def rating_list(each: RatingList) -> dict[str, object]:
    """Return a ``provenance.rating-list/1`` object: an imported list of one date."""
    return {
        "schema": "provenance.rating-list/1",
        "list": each.name,
        "list_date": each.date or None,
        "domains": each.domains,
        "imputed": each.imputed,
        "licence": each.licence or None,
    }


def rating_list_row(each: RatingList) -> Sequence[Cell]:
    """Return the row below :data:`RATING_LIST_COLUMNS` for one list."""
    return (each.name, each.date or None, each.domains, each.imputed, each.licence or None)


def scorecard_rows(card: Scorecard, index: FindingsIndex) -> Iterator[Sequence[Cell]]:
    """Yield the rows below :data:`SCORECARD_COLUMNS` for one outlet."""
    outlet = index.outlets.get(card.outlet)
    shared: dict[str, Cell] = {
        "outlet": card.outlet,
        "name": index.outlet_name(card.outlet),
        "domain": outlet.domains[0] if outlet and outlet.domains else None,
        "articles": card.articles,
        "stories": card.stories,
    }
    entries = [*map(_signal_cells, card.proportions), *([_lag_cells(card.lag)] if card.lag else [])]
    for entry in (*entries, *map(_rating_cells, card.ratings)):
        yield [(shared | entry).get(column) for column in SCORECARD_COLUMNS]


def _signal_cells(each: Proportion) -> dict[str, Cell]:
    low, high = each.interval if each.enough else (None, None)
    return {
        "entry": each.signal.value,
        "count": each.count,
        "of": each.of,
        "enough": _yes(each.enough),
        "share": each.count / each.of if each.enough else None,
        "interval_low": low,
        "interval_high": high,
        "counted_articles": "; ".join(each.articles),
        "other_articles": "; ".join(each.others),
    }


def _lag_cells(each: Lag) -> dict[str, Cell]:
    return {
        "entry": "lag",
        "count": each.stories,
        "enough": _yes(each.enough),
        "median_hours": each.median if each.enough else None,
        "shortest_hours": each.shortest,
        "longest_hours": each.longest,
        "off_by_hours": each.off_by,
        "counted_articles": "; ".join(each.articles),
    }


def _rating_cells(each: Rating) -> dict[str, Cell]:
    return {
        "entry": "rating",
        "list": each.list_name,
        "list_date": each.list_date or None,
        "rated_domain": each.domain,
        "value": each.value,
        "scale_min": each.scale_min,
        "scale_max": each.scale_max,
        "imputed": _yes(each.imputed),
        "licence": each.licence or None,
    }


def _yes(held: bool) -> str:  # noqa: FBT001  the one thing it is about
    return "yes" if held else "no"
