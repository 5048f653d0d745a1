"""Scorecards for people: counts in stories, shares only where there is enough evidence, never one score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from provenance.model import (
    ArticleId,
    Lag,
    Proportion,
    Rating,
    RatingList,
    Scorecard,
)
from provenance.report.findings import FindingsIndex, file_name
from provenance.report.outlet_words import (
    CREDIT_SIGNALS,
    NOT_ENOUGH,
    OUTLET_LIMITS,
    RATINGS_NOTE,
    SHARES_RULE,
    card_phrase,
    counts_phrases,
    lag_phrase,
    proportion_phrase,
    rating_phrase,
    signal_label,
)
from provenance.report.plain import handle, name_line, one_line
from provenance.report.terminal.layout import Paragraph, entry, heading, plain, stacked
from provenance.report.words import counted

__all__ = ["card_view", "cards_view", "rating_lists_view"]

_HOW_KNOWN: Final = Paragraph(
    plain(
        "An outlet is known by an address, a record or a page's own markup: give pages, or records with url or outlet."
    )
)


def cards_view(cards: Sequence[Scorecard], index: FindingsIndex) -> RenderableType:
    """Return one compact entry an outlet, by name."""
    if not cards:
        return stacked([Paragraph(plain("No article of the latest audit has a known outlet", "bold")), _HOW_KNOWN])
    articles = sum(card.articles for card in cards)
    parts: list[RenderableType] = [
        Paragraph(plain(f"{counted(len(cards), 'outlet')} with {counted(articles, 'article')}", "bold")),
        Paragraph(plain(SHARES_RULE, "dim")),
    ]
    for card in cards:
        parts += ["", Paragraph(_name(card, index)), *_compact_lines(card)]
    homeless = sum(facts.outlet is None for facts in index.findings.articles)
    if homeless:
        parts += ["", Paragraph(plain(f"{_of_no_outlet(homeless)}: whose they are is not known.", "dim"))]
    parts += ["", Paragraph(plain("One outlet with the articles behind each figure: provenance outlets OUTLET", "dim"))]
    return stacked([*parts, *_limits()])


def _of_no_outlet(count: int) -> str:
    return f"{counted(count, 'article')} {'is' if count == 1 else 'are'} on no card"


def card_view(card: Scorecard, index: FindingsIndex) -> RenderableType:
    """Return the whole card of one outlet, with the articles behind each figure."""
    return stacked(
        [
            Paragraph(_name(card, index)),
            Paragraph(plain(card_phrase(card)), indent=2),
            Paragraph(plain(SHARES_RULE, "dim"), indent=2),
            *_credit_section(card, index),
            *(part for each in card.proportions if each.signal not in CREDIT_SIGNALS for part in _section(each, index)),
            *_lag_section(card.lag, index),
            *_ratings_section(card.ratings),
            *_limits(),
        ]
    )


def _limits() -> Iterator[RenderableType]:
    yield heading("What this does not show")
    yield from (Paragraph(plain(limit), indent=2, mark="• ") for limit in OUTLET_LIMITS)


def _name(card: Scorecard, index: FindingsIndex) -> Text:
    outlet = index.outlets.get(card.outlet)
    rest = [card.outlet, *(outlet.domains[:1] if outlet else ())]
    return Text.assemble(
        (index.outlet_name(card.outlet), "bold"), (f"  {' · '.join(map(one_line, rest))}", "dim"), overflow="fold"
    )


def _compact_lines(card: Scorecard) -> Iterator[RenderableType]:
    yield Paragraph(plain(card_phrase(card)), indent=2)
    told = [each for each in card.proportions if each.of]
    for each in told:
        if each.enough:
            yield entry(signal_label(each), proportion_phrase(each), indent=2)
    if few := "; ".join(counts_phrases([each for each in told if not each.enough])):
        yield entry(f"{NOT_ENOUGH[0].upper()}{NOT_ENOUGH[1:]} for a share", few, indent=2)
    if not told:
        yield Paragraph(plain("Nothing here tells who had its stories first", "dim"), indent=2)
    if card.lag is not None:
        yield entry("Lag behind the upstream", lag_phrase(card.lag), indent=2)
    yield from (entry("Rated by", _rating_phrase(each), indent=2) for each in card.ratings)


def _credit_section(card: Scorecard, index: FindingsIndex) -> Iterator[RenderableType]:
    classes = [each for each in card.proportions if each.signal in CREDIT_SIGNALS]
    yield heading("Credit of derivative stories")
    if not classes[0].of:
        yield Paragraph(plain("No story of which that could be judged"), indent=2)
        return
    for each in classes:
        yield entry(signal_label(each), proportion_phrase(each), indent=2)
        yield from _article_lines(each.articles, index)


def _section(each: Proportion, index: FindingsIndex) -> Iterator[RenderableType]:
    yield heading(signal_label(each))
    if not each.of:
        yield Paragraph(plain("No story bears on it"), indent=2)
        return
    yield Paragraph(plain(proportion_phrase(each)), indent=2)
    for label, articles in (("Counted", each.articles), ("Without it", each.others)):
        if articles:
            yield Paragraph(plain(f"{label}:", "dim"), indent=2)
            yield from _article_lines(articles, index)


def _article_lines(articles: Iterable[ArticleId], index: FindingsIndex) -> Iterator[RenderableType]:
    for article in articles:
        facts = index.articles[article]
        name = f"“{name_line(facts.title)}”" if facts.title else file_name(facts.source)
        line = Text.assemble(name, (f"  {handle(article)}  {one_line(facts.source)}", "dim"), overflow="fold")
        yield Paragraph(line, indent=4)


def _lag_section(found: Lag | None, index: FindingsIndex) -> Iterator[RenderableType]:
    yield heading("Lag behind the upstream")
    if found is None:
        yield Paragraph(plain("No derivative story has dates that tell"), indent=2)
        return
    yield Paragraph(plain(lag_phrase(found)), indent=2)
    yield from _article_lines(found.articles, index)


def _ratings_section(ratings: Sequence[Rating]) -> Iterator[RenderableType]:
    if not ratings:
        return
    yield heading("Ratings by others", RATINGS_NOTE)
    for each in ratings:
        yield Paragraph(_rating_phrase(each), indent=2)


def _rating_phrase(each: Rating) -> Text:
    licence = f" · licence: {one_line(each.licence)}" if each.licence else ""
    return Text.assemble(rating_phrase(each), (licence, "dim"), overflow="fold")


def rating_lists_view(lists: Sequence[RatingList]) -> RenderableType:
    """Return the imported lists, one a paragraph."""
    if not lists:
        return Paragraph(plain("No ratings were imported. Import a list: provenance ratings import FILE"))
    parts: list[RenderableType] = []
    for each in lists:
        date = one_line(each.date) if each.date else "undated"
        imputed = f", {each.imputed:,} imputed" if each.imputed else ""
        parts.append(Paragraph(Text.assemble((one_line(each.name), "bold"), f", {date}", overflow="fold")))
        parts.append(Paragraph(plain(f"{counted(each.domains, 'domain')}{imputed}"), indent=2))
        if each.licence:
            parts.append(entry("Licence", one_line(each.licence), indent=2))
    return stacked(parts)
