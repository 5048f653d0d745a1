"""What an audit said of families with a known tree, counted.

**Edges.** True edges are pairs of an article and what it was directly made from, both at hand. Found edges are the
derivations with status ``derived``, ``in_lineage`` true and an upstream at hand. Both are compared as pairs without a
direction; a found pair of two families counts for the family of its downstream side. A pair of two reposts of a report
that is not at hand is wrong like any other that is not true; how many there are of these is given beside.

**Direction.** Looked at are all derivations listed with status ``derived`` and an upstream at hand, in the lineage or
not. The program *commits* where the direction is ``likely`` or ``established``.

- *right*, *reversed*: it commits on a true pair (one article stands upstream of the other, at any distance).
- *beside*: it commits on a pair neither of which was made from the other: two reposts of one text, cousins, independent
  reports. This is wrong as well, whichever way round.
- *unknown*: a true pair with direction ``unknown``. Direction accuracy is right / (right + reversed + beside), and
  abstention unknown / (right + reversed + unknown); ``None`` where there was nothing to count.

A pair is *dated* when its family is (both families, for a pair across) and both pages tell at least the day, in
whatever form; every other pair is *undated*.

**Origins.** A generated family is made up of the program's families that hold one of its articles and of its articles
that are in none, which count one each. The true number lies *inside* when it is between the sums of ``at_least`` and
``at_most``. A program family that holds articles of two generated families is *mixed*: neither of them is inside.

**Unseen sources.** A first report that is not at hand is *recalled* when a family of the program has an inferred source
most of whose articles come from it, and that holds at least two of them. Its content is measured by the share of those
sentences of the report that two or more articles tell, which lie under a span of the content; spans over none of them
do not count here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from lineages.families import Family

__all__ = ["Finding", "Tally", "judged", "totals"]

Row = Mapping[str, Any]

MIN_RECALLED = 2
"""Articles of a missing report that an inferred source must hold to count as it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that went wrong, for whoever tunes the program: what, in which family, and what the program said."""

    what: str
    family: Family
    downstream: str
    upstream: str
    said: Row | None = None


@dataclass(slots=True)
class Tally:
    """Counts over families; see the module for what is counted."""

    families: int = 0
    edges: Counter[str] = field(default_factory=Counter)
    """``right``, ``wrong`` and ``missed``; ``beside unseen`` are wrong ones of two articles from one missing report."""
    directions: dict[bool, Counter[str]] = field(default_factory=lambda: {True: Counter(), False: Counter()})
    """``right``, ``reversed``, ``beside``, ``unknown``, and ``beside in lineage``, of dated and of undated pairs."""
    inside: int = 0
    mixed: int = 0
    origin_error: int = 0
    """Sum of the distances of true numbers of origins from [at least, at most]."""
    origin_width: int = 0
    """Sum of at most less at least."""
    missing: int = 0
    """First reports that are not at hand."""
    recalled: int = 0
    covered: float = 0.0
    """Sum of the shares of their sentences that recalled reports' contents cover."""
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of other families."""
        for name in ("families", "inside", "mixed", "origin_error", "origin_width", "missing", "recalled", "covered"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.edges.update(other.edges)
        for dated, counts in other.directions.items():
            self.directions[dated].update(counts)
        self.findings += other.findings

    def edge_scores(self) -> tuple[float | None, float | None, float | None]:
        """Give precision, recall and F1 of the edges."""
        right, wrong, missed = (self.edges[name] for name in ("right", "wrong", "missed"))
        return (
            _share(right, right + wrong),
            _share(right, right + missed),
            _share(2 * right, 2 * right + wrong + missed),
        )

    def direction_accuracy(self, *, dated: bool, beside: bool = True) -> float | None:
        """Give the share of the right ones of all directions it commits to, those beside a true pair among them."""
        counts = self.directions[dated]
        wrong = counts["reversed"] + (counts["beside"] if beside else 0)
        return _share(counts["right"], counts["right"] + wrong)

    def abstained(self, *, dated: bool | None = None) -> float | None:
        """Give the share of listed true pairs without a direction; of all, dated and undated, by default."""
        counts = [each for key, each in self.directions.items() if dated in (None, key)]
        unknown = sum(each["unknown"] for each in counts)
        return _share(unknown, unknown + sum(each["right"] + each["reversed"] for each in counts))

    def origins_inside(self) -> float | None:
        """Give the share of families whose true number of origins lies inside."""
        return _share(self.inside, self.families)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def totals(tallies: Iterable[Tally]) -> Tally:
    """Add up."""
    total = Tally()
    for each in tallies:
        total.add(each)
    return total


def judged(families: Sequence[Family], audit: Row) -> list[tuple[Family, Tally]]:
    """Count what an audit of some families found, family by family."""
    at = {member.id: number for number, family in enumerate(families) for member in family.members}
    listed: defaultdict[int, list[Row]] = defaultdict(list)
    for row in audit["derivations"]:
        if row["status"] == "derived" and row["upstream"] is not None:
            listed[at[row["downstream"]]].append(row)
    found = []
    for number, family in enumerate(families):
        tally = Tally(families=1)
        _count_edges(tally, family, listed[number])
        _count_directions(tally, family, listed[number], families, at)
        _count_origins(tally, family, audit, at, number)
        _count_missing(tally, family, audit)
        found.append((family, tally))
    return found


def _count_edges(tally: Tally, family: Family, rows: Iterable[Row]) -> None:
    true = {frozenset(edge) for edge in family.edges}
    said = {frozenset((row["downstream"], row["upstream"])): row for row in rows if row["in_lineage"]}
    sources = {member.id: member.sources & family.missing.keys() for member in family.members}
    nothing = frozenset[str]()
    tally.edges["beside unseen"] += sum(
        bool(sources.get(one, nothing) & sources.get(other, nothing)) for one, other in set(said) - true
    )
    tally.edges.update(right=len(true & set(said)), wrong=len(set(said) - true), missed=len(true - set(said)))
    for pair in sorted(set(said) - true, key=sorted):
        row = said[pair]
        tally.findings.append(Finding("wrong edge", family, row["downstream"], row["upstream"], row))
    for downstream, upstream in sorted(family.edges):
        if frozenset((downstream, upstream)) not in said:
            tally.findings.append(Finding("missed edge", family, downstream, upstream))


def _count_directions(
    tally: Tally, family: Family, rows: Iterable[Row], families: Sequence[Family], at: Mapping[str, int]
) -> None:
    for row in rows:
        downstream, upstream = row["downstream"], row["upstream"]
        other = families[at[upstream]]
        dated = all(
            one.dated and one.stamp(article).is_dated for one, article in ((family, downstream), (other, upstream))
        )
        what = _direction(family, row)
        if what is None:
            continue
        tally.directions[dated][what] += 1
        if what == "beside" and row["in_lineage"]:
            tally.directions[dated]["beside in lineage"] += 1
        if what in ("reversed", "beside"):
            tally.findings.append(Finding(what, family, downstream, upstream, row))


def _direction(family: Family, row: Row) -> str | None:
    """Say what a derivation is; ``None`` for one without a direction on a pair that has none."""
    downstream, upstream = row["downstream"], row["upstream"]
    committed = row["direction"] != "unknown"
    if upstream in family.ancestors[downstream]:
        return "right" if committed else "unknown"
    if downstream in family.ancestors.get(upstream, ()):
        return "reversed" if committed else "unknown"
    return "beside" if committed else None


def _count_origins(tally: Tally, family: Family, audit: Row, at: Mapping[str, int], number: int) -> None:
    own = {member.id for member in family.members}
    touching = [each for each in audit["families"] if own & set(each["articles"])]
    alone = len(own - set(chain.from_iterable(each["articles"] for each in touching)))
    least = alone + sum(each["origins"]["at_least"] for each in touching)
    most = alone + sum(each["origins"]["at_most"] for each in touching)
    mixed = any(at[article] != number for each in touching for article in each["articles"])
    distance = max(least - family.origins, family.origins - most, 0)
    tally.mixed += mixed
    tally.inside += not mixed and not distance
    tally.origin_error += distance
    tally.origin_width += most - least
    if mixed or distance:
        said = {"at_least": least, "at_most": most, "true": family.origins, "mixed": mixed}
        first = family.members[0].id
        tally.findings.append(Finding("origins", family, first, first, said))


def _count_missing(tally: Tally, family: Family, audit: Row) -> None:
    inferred = [source for each in audit["families"] for source in each.get("inferred_sources") or ()]
    for report, sentences in family.missing.items():
        tally.missing += 1
        descendants = {member.id for member in family.members if report in member.sources}
        shares = [_covered(family, sentences, source) for source in inferred if _is_it(descendants, source)]
        if shares:
            tally.recalled += 1
            tally.covered += max(shares)


def _is_it(descendants: set[str], source: Row) -> bool:
    articles = set(source.get("articles") or ())
    return len(articles & descendants) >= MIN_RECALLED and 2 * len(articles & descendants) > len(articles)


def _covered(family: Family, sentences: frozenset[str], source: Row) -> float:
    """Give the share of the report's sentences told by two articles or more that the content covers."""
    told = Counter(
        origin
        for member in family.members
        for origin in {origin for place in member.page.places for origin in place.origins}
        if origin in sentences
    )
    recoverable = {origin for origin, articles in told.items() if articles >= 2}
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage in source.get("content") or ():
        for span in passage.get("spans") or ():
            spans[span["article"]].append((span["start"], span["end"]))
    covered = {origin for member in family.members for origin in _under(member.page.places, spans[member.id])}
    return len(covered & recoverable) / len(recoverable) if recoverable else 0.0


def _under(places: Iterable[Any], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the origins of the sentences at least half of which lie under a span."""
    for place in places:
        if any(2 * (min(end, place.end) - max(start, place.start)) >= place.end - place.start for start, end in spans):
            yield from place.origins
