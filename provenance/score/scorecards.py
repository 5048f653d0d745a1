"""How the outlets of an audit behave: signals counted in stories, each by one documented function.

Every function looks at one story of an outlet (:class:`~provenance.score.standing.Story`) and says whether it counts,
with the articles that decide, or ``None`` when the story has no bearing on the signal. A story in which the outlet's
articles differ is judged by the gravest of them, with one exception: it originated a story if any of its articles did.
What is not known is not counted, neither for nor against: an article whose direction is unknown has no bearing on
anything that direction would decide.

The signals are never combined. Counts are shares only from :data:`~provenance.model.scorecard.ENOUGH_STORIES` stories
on, and only where the 95 % interval is no wider than :data:`WIDEST_TOLD`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from provenance.knowledge.ratings import RatingIndex
from provenance.model import (
    ArticleId,
    AuditFindings,
    Credit,
    Lag,
    Outlet,
    OutletId,
    OutletSignal,
    Proportion,
    Rating,
    Scorecard,
)
from provenance.model.scorecard import ENOUGH_STORIES
from provenance.score.intervals import jeffreys_interval
from provenance.score.standing import Delay, Standing, Story, stories

__all__ = ["OUTLET_SIGNALS", "WIDEST_TOLD", "Count", "lag", "scorecards"]

WIDEST_TOLD = 0.5
"""Width of a 95 % interval above which a share is not told: it would say hardly more than "some"."""

GRAVITY = (Credit.CONTRADICTED, Credit.UNCREDITED, Credit.NOT_AT_HAND, Credit.CREDITED)
"""Which credit a story is counted under when the outlet's articles differ: the first of these that one of them has."""


@dataclass(frozen=True, slots=True)
class Count:
    """Whether a story counts for a signal, and the articles of the outlet that decide it."""

    holds: bool
    articles: tuple[ArticleId, ...]


Signal = Callable[[Story], Count | None]


def credited(story: Story) -> Count | None:
    """The outlet's text derives from another, and it names the source; an article of that source is at hand."""
    return _credit(story, Credit.CREDITED)


def uncredited(story: Story) -> Count | None:
    """The outlet's text derives, in a known direction, from another outlet's article at hand, and names no source."""
    return _credit(story, Credit.UNCREDITED)


def credited_not_at_hand(story: Story) -> Count | None:
    """The outlet admits a source for its text, and no article at hand was found to be it."""
    return _credit(story, Credit.NOT_AT_HAND)


def contradicted(story: Story) -> Count | None:
    """The outlet credits a source that is at hand and was not found to be the one, while its text is another's."""
    return _credit(story, Credit.CONTRADICTED)


def originated(story: Story) -> Count | None:
    """An article of the outlet has nothing upstream here and admits no source: the root of its family, or alone.

    One that shares text with another outlet's article in an unknown direction may be the origin or not, and has no
    bearing unless the root of the family is known. A later version of the outlet's own article has none either. A
    source nobody admits and nobody has at hand makes an article look original: it is as far as these articles tell.
    """
    taken = any(each.admits or each.sources for each in story.standings)
    first = [each for each in story.standings if not each.continues] or story.standings
    found = [(standing, _is_origin(standing, taken=taken)) for standing in first]
    origins = tuple(standing.article for standing, origin in found if origin)
    if origins:
        return Count(holds=True, articles=origins)
    if any(origin is None for _, origin in found):
        return None
    return Count(holds=False, articles=tuple(standing.article for standing, _ in found))


def fidelity(story: Story) -> Count | None:
    """No fact was found changed on the way from the articles at hand that the outlet's text derives from.

    Only links of the lineage in a known direction count: along these numbers, dates, names, quotations, negation and
    certainty are compared, and between two languages numbers, dates and names alone. A fact that was only left out is
    not a changed one.
    """
    return _gravest(story, _is_faithful)


def attribution_kept(story: Story) -> Count | None:
    """The article at hand that the outlet's text derives from credits an agency or outlet, and so does the outlet."""
    return _gravest(story, _keeps)


def traceable(story: Story) -> Count | None:
    """Where the outlet's text derives from another or admits a source, that is at hand or credited by name."""
    return _gravest(story, _is_traced)


OUTLET_SIGNALS: Mapping[OutletSignal, Signal] = {
    OutletSignal.CREDITED: credited,
    OutletSignal.UNCREDITED: uncredited,
    OutletSignal.CREDITED_NOT_AT_HAND: credited_not_at_hand,
    OutletSignal.CONTRADICTED: contradicted,
    OutletSignal.ORIGINATED: originated,
    OutletSignal.FIDELITY: fidelity,
    OutletSignal.ATTRIBUTION_KEPT: attribution_kept,
    OutletSignal.TRACEABLE: traceable,
}
"""Every signal by its public name; the docstring is its explanation in ``provenance rules``."""


def _credit(story: Story, wanted: Credit) -> Count | None:
    found = {each.credit for each in story.standings}
    gravest = next((credit for credit in GRAVITY if credit in found), None)
    if gravest is None:
        return None
    return Count(gravest is wanted, tuple(each.article for each in story.standings if each.credit is gravest))


def _gravest(story: Story, judge: Callable[[Standing], bool | None]) -> Count | None:
    """Let one article of the outlet that fails decide for the story."""
    found = [(each.article, judge(each)) for each in story.standings]
    for held in (False, True):
        deciding = tuple(article for article, verdict in found if verdict is held)
        if deciding:
            return Count(held, deciding)
    return None


def _is_origin(standing: Standing, *, taken: bool) -> bool | None:
    """Say whether an article has nothing upstream; ``taken`` where another one of its outlet in the story has."""
    if standing.admits or standing.sources:
        return False
    if standing.inferred:
        return None
    if standing.root is not None:
        return standing.root
    return None if standing.undecided or (standing.resembles and taken) else True


def _is_faithful(standing: Standing) -> bool | None:
    changed = {source.changed for source in standing.followed}
    if True in changed:
        return False
    return True if False in changed else None


def _is_traced(standing: Standing) -> bool | None:
    if standing.sources or standing.names:
        return True
    return False if standing.admits else None


def _keeps(standing: Standing) -> bool | None:
    kept = {source.credit_kept for source in standing.followed}
    if False in kept:
        return False
    return True if True in kept else None


def lag(told: Iterable[Story]) -> Lag | None:
    """Measure how long after their upstreams an outlet's texts appeared; ``None`` where no dates tell.

    A story with several articles or upstreams counts once, with its shortest lag. Dates that are off by more than
    :data:`~provenance.score.standing.MAX_LAG_ERROR` together are left out.
    """
    found = sorted(filter(None, map(_shortest, told)), key=lambda each: each[0].hours)
    if not found:
        return None
    hours = [delay.hours for delay, _ in found]
    return Lag(
        stories=len(found),
        median=median(hours),
        shortest=hours[0],
        longest=hours[-1],
        off_by=max(delay.off_by for delay, _ in found),
        articles=tuple(sorted(article for _, article in found)),
    )


def _shortest(story: Story) -> tuple[Delay, ArticleId] | None:
    delays = [(source.delay, each.article) for each in story.standings for source in each.followed]
    told = [(delay, article) for delay, article in delays if delay is not None]
    return min(told, key=lambda each: (each[0].hours, each[1]), default=None)


def scorecards(findings: AuditFindings, ratings: Iterable[Rating] = ()) -> tuple[Scorecard, ...]:
    """Count the signals of every outlet with an article among the findings, by name: no order of merit.

    Args:
        findings: one audit.
        ratings: what imported lists say of any domains; those of an outlet's own are put beside its signals.
    """
    known = {outlet.id: outlet for outlet in findings.outlets}
    index = RatingIndex.of(ratings)
    cards = [_card(outlet, told, known.get(outlet), index) for outlet, told in stories(findings).items()]
    return tuple(sorted(cards, key=lambda card: (_name(known, card.outlet).casefold(), card.outlet)))


def _name(known: Mapping[OutletId, Outlet], outlet: OutletId) -> str:
    return known[outlet].name if outlet in known else outlet


def _card(outlet: OutletId, told: Sequence[Story], known: Outlet | None, ratings: RatingIndex) -> Scorecard:
    return Scorecard(
        outlet=outlet,
        articles=sum(len(story.standings) for story in told),
        stories=len(told),
        proportions=tuple(_proportion(name, signal, told) for name, signal in OUTLET_SIGNALS.items()),
        lag=lag(told),
        ratings=ratings.of_domains(known.domains) if known is not None else (),
    )


def _proportion(name: OutletSignal, signal: Signal, told: Sequence[Story]) -> Proportion:
    counts = [count for count in map(signal, told) if count is not None]
    holding = [count for count in counts if count.holds]
    low, high = jeffreys_interval(len(holding), len(counts))
    return Proportion(
        signal=name,
        count=len(holding),
        of=len(counts),
        interval=(low, high),
        enough=len(counts) >= ENOUGH_STORIES and high - low <= WIDEST_TOLD,
        articles=_articles(holding),
        others=_articles(count for count in counts if not count.holds),
    )


def _articles(counts: Iterable[Count]) -> tuple[ArticleId, ...]:
    return tuple(sorted(article for count in counts for article in count.articles))
