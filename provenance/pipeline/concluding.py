"""From matches to lineage and verdicts, part by part: what is concluded of one part does not depend on the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import ArticleFacts, ArticleId, Decision, Derivation, Family, Lineage, Match, Review, Verdict
from provenance.pipeline.matching import Listed
from provenance.score import StrengthModel, verdicts, weigh, with_share
from provenance.store import MatchPlace
from provenance.trace import (
    MIN_ASSERTED_STRENGTH,
    declared,
    join_lineages,
    measured,
    parts_of,
    strongest,
    trace,
    without_rejected_credits,
)

__all__ = ["Concluded", "Part", "conclude", "parted", "together"]


@dataclass(frozen=True, slots=True)
class Part:
    """Articles that are traced together, with the places of the matches any of them takes part in."""

    members: Sequence[ArticleId]
    places: Sequence[MatchPlace]


@dataclass(frozen=True, slots=True)
class Concluded:
    """What was found of the articles of a part: the links whose downstream they are, their families and verdicts."""

    derivations: Sequence[Derivation]
    families: Sequence[Family]
    verdicts: Sequence[Verdict]


def parted(articles: Iterable[ArticleId], listed: Sequence[Listed], decided: Sequence[Review]) -> list[Part]:
    """Part the articles of a run, so that whatever may be asserted of one is decided among those of its part.

    Args:
        articles: all there are.
        listed: the matches that count, by pair.
        decided: the decisions of reviewers in force.
    """
    known = list(articles)
    held = set(known)
    tied = [(each.place.left, each.place.right) for each in listed if each.at_most >= MIN_ASSERTED_STRENGTH]
    tied += [
        (each.downstream, each.upstream)
        for each in decided
        if each.decision is Decision.CONFIRMED
        and each.upstream is not None
        and {each.downstream, each.upstream} <= held
    ]
    parts = list(parts_of(known, tied))
    part_of = {article: number for number, members in enumerate(parts) for article in members}
    places: defaultdict[int, list[MatchPlace]] = defaultdict(list)
    for each in listed:
        # A tie that is only possible may lead to another part; it counts on both sides.
        for number in {part_of[each.place.left], part_of[each.place.right]}:
            places[number].append(each.place)
    return [Part(members, places[number]) for number, members in enumerate(parts)]


def conclude(
    part: Part,
    matches: Iterable[Match],
    facts: Mapping[ArticleId, ArticleFacts],
    decided: Sequence[Review],
    model: StrengthModel,
) -> Concluded:
    """Weigh the matches of a part, trace its lineage, and judge its articles.

    Args:
        part: see :func:`parted`.
        matches: those its articles take part in, each once. They are weighed as they come; of most nothing is kept.
        facts: of its articles and of those it has matches with; others may be there.
        decided: the decisions of reviewers in force, oldest first.
        model: weighs matches.
    """
    members = frozenset(part.members)
    seen = members.union(*((place.left, place.right) for place in part.places))
    # What was decided between two articles of other parts is not for this one to say. Of their credits it is: with the
    # credit a reviewer rejected, an article outside would stand the other way round.
    about = [each for each in decided if each.downstream in members or each.upstream in members]
    known = without_rejected_credits({article: facts[article] for article in sorted(seen)}, decided)
    links = measured((weigh(match, model) for match in matches), known)
    links.extend(declared((facts[article] for article in part.members), ()))
    found = trace(links, known, about)
    shared = [with_share(link, known[link.downstream].words) for link in found.derivations]
    judged = verdicts(known, shared, of=part.members)
    return Concluded(
        derivations=[link for link in strongest(shared) if link.downstream in members],
        families=found.families,
        verdicts=tuple(judged),
    )


def together(parts: Sequence[Concluded], articles: int) -> tuple[Lineage, tuple[Verdict, ...]]:
    """Join what was found part by part, as if it had been found at once.

    Args:
        parts: all parts of a run.
        articles: how many there are in all parts.
    """
    lineage = join_lineages(
        (link for part in parts for link in part.derivations),
        (each for part in parts for each in part.families),
        articles,
    )
    judged = sorted((verdict for part in parts for verdict in part.verdicts), key=lambda verdict: verdict.article)
    return lineage, tuple(judged)
