"""How an outlet behaves: signals counted in stories, never one score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.model.article import ArticleId
from provenance.model.outlet import OutletId

__all__ = ["ENOUGH_STORIES", "Lag", "OutletSignal", "Proportion", "Rating", "RatingList", "Scorecard"]

ENOUGH_STORIES = 5
"""Stories below which nothing but the raw count is told of an outlet: four stories prove no habit."""


class OutletSignal(StrEnum):
    """What is counted of an outlet; each is explained by a documented function of ``provenance.score.scorecards``."""

    CREDITED = "credited"
    UNCREDITED = "uncredited"
    CREDITED_NOT_AT_HAND = "credited-not-at-hand"
    CONTRADICTED = "contradicted"
    ORIGINATED = "originated"
    FIDELITY = "fidelity"
    ATTRIBUTION_KEPT = "attribution-kept"
    TRACEABLE = "traceable"


@dataclass(frozen=True, slots=True)
class Proportion:
    """``count`` of ``of`` stories, with the articles behind both."""

    signal: OutletSignal
    count: int
    of: int
    interval: tuple[float, float]
    """95 % Jeffreys interval; [0, 1] when no story bears on the signal."""
    enough: bool
    """Whether there is enough evidence to speak of a share: 5 stories and an interval no wider than 0.5."""
    articles: tuple[ArticleId, ...] = ()
    """Articles of the outlet in the counted stories, sorted."""
    others: tuple[ArticleId, ...] = ()
    """Articles of the outlet in the remaining ones."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Hours from the upstream's date to the outlet's own, over the derivative stories whose dates tell.

    Negative where the outlet's date is the earlier one, although the evidence says that its text is the derived one.
    """

    stories: int
    """At least one."""
    median: float
    shortest: float
    longest: float
    off_by: float
    """Hours by which any of these may be off at most, because a date says no more than the day."""
    articles: tuple[ArticleId, ...] = ()
    """Articles of the outlet it was measured on, sorted."""

    @property
    def enough(self) -> bool:
        """Whether there are stories enough to speak of a median."""
        return self.stories >= ENOUGH_STORIES


@dataclass(frozen=True, slots=True)
class Rating:
    """What an external list says of a domain, as the user imported it: shown beside the signals, never mixed in."""

    domain: str
    value: str
    """As the list writes it."""
    list_name: str
    list_date: str
    """As the list writes it; empty when it gives none."""
    licence: str = ""
    scale_min: float | None = None
    scale_max: float | None = None
    imputed: bool = False
    """Whether the list itself guessed it instead of observing."""


@dataclass(frozen=True, slots=True)
class RatingList:
    """One imported list of one date, with how many domains it rates."""

    name: str
    date: str
    """As the list writes it; empty when it gives none."""
    domains: int
    imputed: int = 0
    """Domains of which the list guessed the rating."""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The signals of one outlet in one audit. There is no overall score, and none can be made of these."""

    outlet: OutletId
    articles: int
    stories: int
    """Families and lone articles its articles belong to."""
    proportions: tuple[Proportion, ...]
    """Every signal, in the order of :class:`OutletSignal`; one that no story bears on has ``of == 0``."""
    lag: Lag | None = None
    """``None`` when no derivative story has dates that tell."""
    ratings: tuple[Rating, ...] = ()
    """What imported lists say of its domains, by list, date and domain: beside one another, never averaged."""
