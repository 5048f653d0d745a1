"""From matches to derivations: which pairs are tied, which way, and which outlets are upstream by name only."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Attribution,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    EvidencePlace,
    Match,
    OutletId,
    PassageKind,
    WeighedMatch,
)
from provenance.trace.direction import Bearing, Tie, bearing

__all__ = [
    "DERIVED_STRENGTH",
    "MAX_CANDIDATES",
    "MIN_ASSERTED_STRENGTH",
    "MIN_POSSIBLE_STRENGTH",
    "declared",
    "measured",
    "strongest",
]

DERIVED_STRENGTH = 0.8
"""Strength from which a tie is asserted. In cross-validation over 1,518 labelled pairs, 99 % of the pairs above it were
derived (``scripts/fit_strength``); between 0.6 and 0.8 it was 90 %, and in a folder about one event, where most pairs
are independent, far fewer."""

MIN_DERIVED_WORDS = 40
"""Words of the downstream text inside passages that are no quotations, from which a tie is asserted: a paragraph. In a
stub or a brief a sentence and a name in common are half of the text, and no more than two reports of one event share.
Bodies that are word for word the same need fewer."""

SMALL_AMOUNT_WORDS = 80
"""Words fewer than which are little: two openings of independent reports share a paragraph or two."""

SMALL_AMOUNT_STRENGTH = 0.95
"""Strength from which a tie is asserted where little is shared. Of 219 pairs of reports of one event cut to their first
40, 60 and 100 words it ties 2, 3 and 5; the usual strength tied 14, 16 and 10."""

LARGE_AMOUNT_STRENGTH = 0.7
"""Strength from which a tie is asserted when much is shared; 97 % of the labelled pairs above it were derived."""

LARGE_AMOUNT_WORDS = 150
"""Words that are much: a third of a usual story, answered in order. Two reports of one event share less."""

MIN_ASSERTED_STRENGTH = min(DERIVED_STRENGTH, SMALL_AMOUNT_STRENGTH, LARGE_AMOUNT_STRENGTH)
"""Strength below which no tie is asserted, however much is shared."""

MIN_POSSIBLE_STRENGTH = 0.05
"""Strength below which a pair is not listed even as possible. A rewrite that keeps little but the subject of its source
is hardly told from independent coverage, yet the source is nearly always the nearest of all texts: of labelled ones a
floor of 0.25 lost one in twenty, this one loses one in sixty."""

MAX_CANDIDATES = 10
"""Candidates listed for each article, the strongest first."""

DECLARED_STRENGTH = 0.9
"""Strength of a credit whose text cannot be compared: pages hardly ever credit others for text of their own."""


def measured(weighed: Iterable[WeighedMatch], facts: Mapping[ArticleId, ArticleFacts]) -> list[Derivation]:
    """Turn weighed matches into derivations, those of each downstream article together, the strongest first.

    Where the direction is unknown the pair is ordered by id: the smaller id is called downstream.
    """
    found = [_derivation(pair, facts) for pair in weighed if pair.strength >= MIN_POSSIBLE_STRENGTH]
    return sorted(found, key=lambda derivation: (derivation.downstream, *_by_strength(derivation)))


def strongest(derivations: Iterable[Derivation]) -> tuple[Derivation, ...]:
    """Keep what is listed: every link of the lineage, and the strongest candidates of each article besides.

    Families and origins are decided before, on all of them: a story with a hundred copies is one family.
    """
    kept: list[Derivation] = []
    count: Counter[ArticleId] = Counter()
    for derivation in derivations:
        count[derivation.downstream] += derivation.upstream is not None
        if derivation.in_lineage or count[derivation.downstream] <= MAX_CANDIDATES:
            kept.append(derivation)
    return tuple(kept)


def _by_strength(derivation: Derivation) -> tuple[float, str]:
    return (-derivation.strength, derivation.upstream or "")


def _derivation(pair: WeighedMatch, facts: Mapping[ArticleId, ArticleFacts]) -> Derivation:
    match = pair.match
    found = bearing(Tie(facts[match.left], facts[match.right], match))
    turned = _left_is_upstream(found, match)
    oriented = match.turned() if turned else match
    return Derivation(
        downstream=oriented.left,
        upstream=oriented.right,
        upstream_outlet=facts[oriented.right].carries,
        status=DerivationStatus.DERIVED if _is_asserted(pair) else DerivationStatus.POSSIBLE,
        direction=found.direction,
        strength=pair.strength,
        evidence=(*(_oriented(evidence, turned=turned) for evidence in found.evidence), *pair.evidence),
        passages=oriented.passages,
    )


def _is_asserted(pair: WeighedMatch) -> bool:
    shared = [passage for passage in pair.match.passages if passage.kind is not PassageKind.QUOTE]
    words = min(sum(passage.left_words for passage in shared), sum(passage.right_words for passage in shared))
    if pair.strength >= SMALL_AMOUNT_STRENGTH:
        return pair.strength == 1.0 or words >= MIN_DERIVED_WORDS
    if pair.strength >= DERIVED_STRENGTH:
        return words >= SMALL_AMOUNT_WORDS
    return pair.strength >= LARGE_AMOUNT_STRENGTH and words >= LARGE_AMOUNT_WORDS


def _oriented(evidence: Evidence, *, turned: bool) -> Evidence:
    """Let a positive weight speak for the direction the derivation has, rather than for the match's left side."""
    return evidence if turned else dataclasses.replace(evidence, weight=0.0 - evidence.weight)


def _left_is_upstream(found: Bearing, match: Match) -> bool:
    if found.direction is Direction.UNKNOWN:
        return match.left > match.right
    return found.log_odds > 0


def declared(facts: Iterable[ArticleFacts], at_hand: Iterable[Derivation]) -> Iterator[Derivation]:
    """Link every admitted repost to the outlet it names, where no article of that outlet was found upstream of it.

    The upstream is then known by name only: how much was taken cannot be measured here.
    """
    found = {
        (derivation.downstream, derivation.upstream_outlet)
        for derivation in at_hand
        if derivation.status is DerivationStatus.DERIVED and derivation.direction is not Direction.UNKNOWN
    }
    for article in facts:
        for outlet, named in sorted(_credits(article).items()):
            if (article.id, outlet) not in found:
                yield Derivation(
                    downstream=article.id,
                    upstream=None,
                    upstream_outlet=outlet,
                    status=DerivationStatus.DERIVED,
                    direction=Direction.LIKELY,  # a credit is a claim, not a proof
                    strength=DECLARED_STRENGTH,
                    evidence=tuple(_credit_evidence(article.id, attribution) for attribution in named),
                    in_lineage=True,
                )


def _credits(article: ArticleFacts) -> dict[OutletId, list[Attribution]]:
    named: defaultdict[OutletId, list[Attribution]] = defaultdict(list)
    for attribution in article.attributions:
        if attribution.is_provenance and attribution.outlet in article.upstreams:
            named[attribution.outlet].append(attribution)
    return named


def _credit_evidence(article: ArticleId, attribution: Attribution) -> Evidence:
    places = (EvidencePlace(article, attribution.span),) if attribution.span else ()
    return Evidence("credit", f"{attribution.kind}: “{attribution.text}” (rule {attribution.rule})", places)
