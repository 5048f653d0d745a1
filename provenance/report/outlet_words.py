"""Scorecards in words: counts in stories, shares only where there is enough evidence, never one score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from provenance.model import Lag, OutletSignal, Proportion, Rating, Scorecard
from provenance.report.outlets import SIGNAL_WORDS, STORY_WORDS
from provenance.report.plain import one_line
from provenance.report.words import counted, listed, percent

__all__ = [
    "CREDIT_SIGNALS",
    "NOT_ENOUGH",
    "OUTLET_LIMITS",
    "RATINGS_NOTE",
    "SHARES_RULE",
    "card_phrase",
    "counts_phrases",
    "lag_phrase",
    "proportion_phrase",
    "rating_phrase",
    "signal_label",
]

NOT_ENOUGH: Final = "not enough evidence"

SHARES_RULE: Final = (
    "Everything is counted in stories: an outlet's articles in one family are one. A share is told from 5 stories on, "
    "and only where its 95% interval is no wider than 0.5; below that the count stands alone."
)
OUTLET_LIMITS: Final = (
    "These figures are about the articles given and nothing else: another choice of articles gives others.",
    "A text taken over may be licensed. None of the signals says that an outlet did wrong, or that a report is right.",
    "The signals do not add up to a score, and outlets stand in the order of their names.",
)
RATINGS_NOTE: Final = (
    "As imported; they are other people's judgements, they may contradict one another, and no signal rests on them."
)

CREDIT_SIGNALS: Final = (
    OutletSignal.CREDITED,
    OutletSignal.UNCREDITED,
    OutletSignal.CREDITED_NOT_AT_HAND,
    OutletSignal.CONTRADICTED,
)


def card_phrase(card: Scorecard) -> str:
    """Say how many articles in how many stories a card is made of."""
    return f"{counted(card.articles, 'article')} in {counted(card.stories, 'story', 'stories')}"


def signal_label(each: Proportion) -> str:
    """Give what a signal counts, to head a line."""
    words = SIGNAL_WORDS[each.signal]
    return f"{words[0].upper()}{words[1:]}"


def proportion_phrase(each: Proportion) -> str:
    """Say a count in stories, and the share with its interval where there is enough evidence."""
    low, high = map(percent, each.interval)
    of = f"{each.count:,} of {counted(each.of, *STORY_WORDS[each.signal])}"
    if not each.enough:
        return f"{of}; {NOT_ENOUGH} for a share"
    return f"{of}, {percent(each.count / each.of)} (95% interval: {low} to {high})"


def counts_phrases(few: Sequence[Proportion]) -> Iterator[str]:
    """Yield raw counts, for want of evidence; those of the credits are one, for they count the same stories."""
    classes = [each for each in few if each.signal in CREDIT_SIGNALS]
    if held := [f"{each.count:,} {SIGNAL_WORDS[each.signal]}" for each in classes if each.count]:
        yield f"of {counted(classes[0].of, *STORY_WORDS[classes[0].signal])} {listed(held)}"
    for each in few:
        if each.signal not in CREDIT_SIGNALS:
            yield f"{SIGNAL_WORDS[each.signal]} {each.count:,} of {each.of:,}"


def lag_phrase(found: Lag) -> str:
    """Say how long after its upstream an outlet publishes, and how far off that may be."""
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


def rating_phrase(each: Rating) -> str:
    """Say what a list rates a domain with, on which scale, and whether the list itself guessed it; not its licence."""
    scale = "" if each.scale_min is None or each.scale_max is None else f" on {each.scale_min:g} to {each.scale_max:g}"
    date = one_line(each.list_date) if each.list_date else "undated"
    imputed = ", imputed by the list" if each.imputed else ""
    return f"{one_line(each.list_name)} ({date}): {one_line(each.value)}{scale} for {one_line(each.domain)}{imputed}"
