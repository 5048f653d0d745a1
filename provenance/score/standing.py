"""What the findings of an audit say of each article, gathered for the scorecard of its outlet.

A *story* is a family, or an article nothing is tied to. An outlet's articles in one family are one story: a report that
appeared in three versions, or ten times under different headings, tells of its habits once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Credit,
    Derivation,
    DerivationStatus,
    Direction,
    ErosionKind,
    OutletId,
    Precision,
    Timeframe,
)

__all__ = ["MAX_LAG_ERROR", "Delay", "Source", "Standing", "Story", "stories"]

MAX_LAG_ERROR = timedelta(hours=27)
"""Most that a lag may be off, either way, to be told at all. Two dates that name the day and the zone are off by 24
hours, a bare date beside an exact time by 25, two times without their zones by 26; two bare dates, each of which lasts
50 hours around the world, by 50. The bound looks at the dates and not at the lag, so that quick reposts are left out no
more often than slow ones."""

_TO_THE_DAY = frozenset({Precision.DAY, Precision.MINUTE, Precision.SECOND})

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Delay:
    """Hours between the middles of two dates, and how far that may be off."""

    hours: float
    off_by: float


@dataclass(frozen=True, slots=True)
class Source:
    """An article at hand, of another outlet, that a text derives from; which came first is known."""

    article: ArticleId
    in_lineage: bool
    changed: bool | None
    """Whether a fact differs from what the upstream says; ``None`` where no passage could be held against another."""
    credit_kept: bool | None
    """Whether a credit the upstream gives for its own text is still given; ``None`` when it gives none, or that cannot
    be told."""
    delay: Delay | None
    """``None`` when the dates do not tell."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One article: what is known of where its text is from."""

    article: ArticleId
    credit: Credit
    sources: tuple[Source, ...]
    root: bool | None
    """Whether all of its family comes from it; ``None`` without a family, and where its root is not known."""
    undecided: bool
    """Whether it shares text with another outlet's article, and may be the one or the other's origin."""
    inferred: bool
    """Whether it seems to draw on a text nobody has at hand."""
    continues: bool
    """Whether it is a later version of its outlet's own article, or made from one."""
    resembles: bool
    """Whether it shares text with its outlet's own article, in an unknown direction."""
    admits: bool
    """Whether it says that its text is not its own."""
    names: bool
    """Whether it names whose it is."""

    @property
    def followed(self) -> tuple[Source, ...]:
        """The sources the lineage runs through; changed facts and lost credits are looked for along these alone."""
        return tuple(source for source in self.sources if source.in_lineage)


@dataclass(frozen=True, slots=True)
class Story:
    """One outlet's articles in one family, or its one article in none; sorted by id, at least one."""

    standings: tuple[Standing, ...]


def stories(findings: AuditFindings) -> dict[OutletId, list[Story]]:
    """Gather the articles of every outlet into stories, outlets and stories sorted by id.

    Articles whose outlet is not known are in none.
    """
    family_of = {article: family.id for family in findings.lineage.families for article in family.articles}
    gathering = _Gathering(findings)
    found: defaultdict[OutletId, defaultdict[str, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for facts in sorted(findings.articles, key=lambda each: each.id):
        if facts.outlet is not None:
            found[facts.outlet][family_of.get(facts.id, facts.id)].append(gathering.standing(facts))
    return {outlet: [Story(tuple(found[outlet][story])) for story in sorted(found[outlet])] for outlet in sorted(found)}


class _Gathering:
    """Looks up what concerns one article among all findings."""

    def __init__(self, findings: AuditFindings) -> None:
        self._facts: Mapping[ArticleId, ArticleFacts] = {each.id: each for each in findings.articles}
        self._credits = {each.article: each.credit for each in findings.verdicts}
        self._links: defaultdict[ArticleId, list[Derivation]] = defaultdict(list)
        self._roots = {article: family.root for family in findings.lineage.families for article in family.articles}
        self._inferred = set(_inferred(findings))
        self._undecided: set[ArticleId] = set()
        self._continued: set[ArticleId] = set()
        self._resembling: set[ArticleId] = set()
        for link in findings.lineage.derivations:
            if link.status is DerivationStatus.DERIVED:
                self._take(link)
        self._changed = {(each.downstream.article, each.upstream.article) for each in findings.drift}
        self._lost = {(e.downstream, e.upstream) for e in findings.erosion if e.kind is ErosionKind.AGENCY}

    def _take(self, link: Derivation) -> None:
        if link.upstream is None:
            self._links[link.downstream].append(link)
            return
        at_home = self._is_at_home(link, self._facts[link.downstream], self._facts[link.upstream])
        if link.direction is Direction.UNKNOWN:
            tied = self._resembling if at_home else self._undecided
            tied |= {link.downstream, link.upstream}
        elif at_home:
            self._continued.add(link.downstream)
        else:
            self._links[link.downstream].append(link)

    @staticmethod
    def _is_at_home(link: Derivation, downstream: ArticleFacts, upstream: ArticleFacts) -> bool:
        """Say whether a link stays within one outlet: a version of its own article is nobody else's text."""
        return link.is_version or (downstream.outlet is not None and downstream.outlet == upstream.outlet)

    def standing(self, facts: ArticleFacts) -> Standing:
        links, root = self._links[facts.id], self._roots.get(facts.id)
        return Standing(
            article=facts.id,
            credit=self._credits.get(facts.id, Credit.NOT_APPLICABLE),
            sources=tuple(self._source(facts, link) for link in links if link.upstream is not None),
            root=None if root is None else root == facts.id,
            undecided=facts.id in self._undecided,
            inferred=facts.id in self._inferred,
            continues=facts.id in self._continued,
            resembles=facts.id in self._resembling,
            admits=any(attribution.is_provenance for attribution in facts.attributions),
            names=bool(facts.upstreams) or any(link.upstream is None and link.upstream_outlet for link in links),
        )

    def _source(self, facts: ArticleFacts, link: Derivation) -> Source:
        upstream = self._facts[link.upstream or facts.id]
        pair = (facts.id, upstream.id)
        return Source(
            article=upstream.id,
            in_lineage=link.in_lineage,
            changed=pair in self._changed if link.passages else None,
            credit_kept=False if pair in self._lost else _kept(facts, upstream),
            delay=_delay(upstream.published, facts.published),
        )


def _inferred(findings: AuditFindings) -> Iterator[ArticleId]:
    for family in findings.lineage.families:
        for source in family.inferred_sources:
            yield from source.articles


def _kept(facts: ArticleFacts, upstream: ArticleFacts) -> bool | None:
    """Say that a credit is still given where one of the upstream's is among the article's own.

    Where it is not, and nothing was found lost either, the audit did not look: it was made before this was looked for.
    """
    given = set(upstream.upstreams) - {facts.outlet}
    return True if given & set(facts.upstreams) else None


def _delay(earlier: Timeframe | None, later: Timeframe | None) -> Delay | None:
    if earlier is None or later is None or not {earlier.precision, later.precision} <= _TO_THE_DAY:
        return None
    error = (_length(earlier) + _length(later)) / 2
    if error > MAX_LAG_ERROR:
        return None
    return Delay(_middle_after(later, earlier) / _HOUR, error / _HOUR)


def _length(date: Timeframe) -> timedelta:
    return date.latest - date.earliest


def _middle_after(later: Timeframe, earlier: Timeframe) -> timedelta:
    starts = later.earliest - earlier.earliest
    return starts + (_length(later) - _length(earlier)) / 2
