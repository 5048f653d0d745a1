"""Scorecards for people: counts in stories, shares only where there is enough evidence, never one score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from provenance.model import (
    ArticleId,
    Lag,
    OutletSignal,
    Proportion,
    Rating,
    RatingList,
    Scorecard,
)
from provenance.report.findings import FindingsIndex, file_name
from provenance.report.outlets import SIGNAL_WORDS, STORY_WORDS
from provenance.report.plain import handle, one_line
from provenance.report.terminal.layout import Paragraph, entry, heading, plain, stacked
from provenance.report.words import counted, listed, percent

__all__ = ["card_view", "cards_view", "rating_lists_view"]

NOT_ENOUGH: Final = "not enough evidence"

_RULE: Final = (
    "Everything is counted in stories: an outlet's articles in one family are one. A share is told from 5 stories on, "
    "and only where its 95% interval is no wider than 0.5; below that the count stands alone."
)
_LIMITS: Final = (
    "These figures are about the articles given and nothing else: another choice of articles gives others.",
    "A text taken over may be licensed. None of the signals says that an outlet did wrong, or that a report is right.",
    "The signals do not add up to a score, and outlets stand in the order of their names.",
)
_RATINGS_NOTE: Final = (
    "As imported; they are other people's judgements, they may contradict one another, and no signal rests on them."
)

_HOW_KNOWN: Final = Paragraph(
    plain(
        "An outlet is known by an address, a record or a page's own markup: give pages, or records with url or outlet."
    )
)

_CLASSES: Final = (
    OutletSignal.CREDITED,
    OutletSignal.UNCREDITED,
    OutletSignal.CREDITED_NOT_AT_HAND,
    OutletSignal.CONTRADICTED,
)


def cards_view(cards: Sequence[Scorecard], index: FindingsIndex) -> RenderableType:
    """Return one compact entry an outlet, by name."""
    if not cards:
        return stacked([Paragraph(plain("No article of the latest audit has a known outlet", "bold")), _HOW_KNOWN])
    articles = sum(card.articles for card in cards)
    parts: list[RenderableType] = [
        Paragraph(plain(f"{counted(len(cards), 'outlet')} with {counted(articles, 'article')}", "bold")),
        Paragraph(plain(_RULE, "dim")),
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
            Paragraph(plain(_articles_phrase(card)), indent=2),
            Paragraph(plain(_RULE, "dim"), indent=2),
            *_credit_section(card, index),
            *(part for each in card.proportions if each.signal not in _CLASSES for part in _section(each, index)),
            *_lag_section(card.lag, index),
            *_ratings_section(card.ratings),
            *_limits(),
        ]
    )


def _limits() -> Iterator[RenderableType]:
    yield heading("What this does not show")
    yield from (Paragraph(plain(limit), indent=2, mark="• ") for limit in _LIMITS)


def _name(card: Scorecard, index: FindingsIndex) -> Text:
    outlet = index.outlets.get(card.outlet)
    rest = [card.outlet, *(outlet.domains[:1] if outlet else ())]
    return Text.assemble(
        (index.outlet_name(card.outlet), "bold"), (f"  {' · '.join(map(one_line, rest))}", "dim"), overflow="fold"
    )


def _articles_phrase(card: Scorecard) -> str:
    return f"{counted(card.articles, 'article')} in {counted(card.stories, 'story', 'stories')}"


def _compact_lines(card: Scorecard) -> Iterator[RenderableType]:
    yield Paragraph(plain(_articles_phrase(card)), indent=2)
    told = [each for each in card.proportions if each.of]
    for each in told:
        if each.enough:
            yield entry(_label(each), _share(each), indent=2)
    if few := "; ".join(_counts([each for each in told if not each.enough])):
        yield entry(f"{NOT_ENOUGH[0].upper()}{NOT_ENOUGH[1:]} for a share", few, indent=2)
    if not told:
        yield Paragraph(plain("Nothing here tells who had its stories first", "dim"), indent=2)
    if card.lag is not None:
        yield entry("Lag behind the upstream", _lag_phrase(card.lag), indent=2)
    yield from (entry("Rated by", _rating_phrase(each), indent=2) for each in card.ratings)


def _counts(few: Sequence[Proportion]) -> Iterator[str]:
    """Yield raw counts; those of the credits are one, for they count the same stories."""
    classes = [each for each in few if each.signal in _CLASSES]
    if held := [f"{each.count:,} {SIGNAL_WORDS[each.signal]}" for each in classes if each.count]:
        yield f"of {counted(classes[0].of, *STORY_WORDS[classes[0].signal])} {listed(held)}"
    for each in few:
        if each.signal not in _CLASSES:
            yield f"{SIGNAL_WORDS[each.signal]} {each.count:,} of {each.of:,}"


def _label(each: Proportion) -> str:
    words = SIGNAL_WORDS[each.signal]
    return f"{words[0].upper()}{words[1:]}"


def _share(each: Proportion) -> str:
    low, high = map(percent, each.interval)
    of = f"{each.count:,} of {counted(each.of, *STORY_WORDS[each.signal])}"
    if not each.enough:
        return f"{of}; {NOT_ENOUGH} for a share"
    return f"{of}, {percent(each.count / each.of)} (95% interval: {low} to {high})"


def _credit_section(card: Scorecard, index: FindingsIndex) -> Iterator[RenderableType]:
    classes = [each for each in card.proportions if each.signal in _CLASSES]
    yield heading("Credit of derivative stories")
    if not classes[0].of:
        yield Paragraph(plain("No story of which that could be judged"), indent=2)
        return
    for each in classes:
        yield entry(_label(each), _share(each), indent=2)
        yield from _article_lines(each.articles, index)


def _section(each: Proportion, index: FindingsIndex) -> Iterator[RenderableType]:
    yield heading(_label(each))
    if not each.of:
        yield Paragraph(plain("No story bears on it"), indent=2)
        return
    yield Paragraph(plain(_share(each)), indent=2)
    for label, articles in (("Counted", each.articles), ("Not counted", each.others)):
        if articles:
            yield Paragraph(plain(f"{label}:", "dim"), indent=2)
            yield from _article_lines(articles, index)


def _article_lines(articles: Iterable[ArticleId], index: FindingsIndex) -> Iterator[RenderableType]:
    for article in articles:
        facts = index.articles[article]
        name = f"“{one_line(facts.title)}”" if facts.title else file_name(facts.source)
        line = Text.assemble(name, (f"  {handle(article)}  {one_line(facts.source)}", "dim"), overflow="fold")
        yield Paragraph(line, indent=4)


def _lag_section(found: Lag | None, index: FindingsIndex) -> Iterator[RenderableType]:
    yield heading("Lag behind the upstream")
    if found is None:
        yield Paragraph(plain("No derivative story has dates that tell"), indent=2)
        return
    yield Paragraph(plain(_lag_phrase(found)), indent=2)
    yield from _article_lines(found.articles, index)


def _lag_phrase(found: Lag) -> str:
    stories = counted(found.stories, "story", "stories")
    off = f", give or take {_time(found.off_by)}" if found.off_by >= 1 else ""
    if found.stories == 1:
        return f"{_time(found.median)} in {stories}{off}; {NOT_ENOUGH} for a median"
    between = f"{_time(found.shortest)} to {_time(found.longest)} in {stories}{off}"
    return f"median {_time(found.median)}, {between}" if found.enough else f"{between}; {NOT_ENOUGH} for a median"


_LONG: Final = 72
"""Hours from which days are told."""


def _time(hours: float) -> str:
    if abs(hours) >= _LONG:
        return f"{hours / 24:.1f} days"
    return f"{hours * 60:.0f} min" if abs(hours) < 1 else f"{hours:.1f} h"


def _ratings_section(ratings: Sequence[Rating]) -> Iterator[RenderableType]:
    if not ratings:
        return
    yield heading("Ratings by others", _RATINGS_NOTE)
    for each in ratings:
        yield Paragraph(_rating_phrase(each), indent=2)


def _rating_phrase(each: Rating) -> Text:
    scale = "" if each.scale_min is None or each.scale_max is None else f" on {each.scale_min:g} to {each.scale_max:g}"
    date = one_line(each.list_date) if each.list_date else "undated"
    imputed = ", imputed by the list" if each.imputed else ""
    licence = f" · licence: {one_line(each.licence)}" if each.licence else ""
    return Text.assemble(
        f"{one_line(each.list_name)} ({date}): {one_line(each.value)}{scale} for {one_line(each.domain)}{imputed}",
        (licence, "dim"),
        overflow="fold",
    )


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
