"""What people decided about links goes before what was found."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    OutletId,
    Review,
)
from provenance.trace.ties import lean, turned

__all__ = ["with_reviews", "without_rejected_credits"]

REVIEW_WEIGHT = 20.0
"""Log-odds of a direction a reviewer confirmed, beyond whatever spoke against it: nothing found outweighs it."""


def with_reviews(
    derivations: Sequence[Derivation], facts: Mapping[ArticleId, ArticleFacts], reviews: Sequence[Review]
) -> list[Derivation]:
    """Let the decisions of reviewers stand: a confirmed link is asserted as they say, a rejected one no longer.

    A confirmed link that was not even found possible is added, with strength 0.0: nothing was measured for it.

    Args:
        derivations: what was found.
        facts: all articles; decisions about others are passed over.
        reviews: the decisions in force, oldest first; the last one about two articles counts.
    """
    decided = {
        _key(each): each for each in reviews if each.downstream in facts and (each.upstream or each.downstream) in facts
    }
    found: list[Derivation] = []
    for derivation in derivations:
        review = decided.pop(_key(derivation), None)
        found.append(derivation if review is None else _decided(derivation, review, facts))
    missing = (each for each in decided.values() if each.decision is Decision.CONFIRMED)
    return [*found, *(_added(each, facts) for each in missing)]


def without_rejected_credits(
    facts: Mapping[ArticleId, ArticleFacts], reviews: Sequence[Review]
) -> dict[ArticleId, ArticleFacts]:
    """Give the articles without the credits to outlets that reviewers rejected: to the trace they are none."""
    rejected: defaultdict[ArticleId, set[OutletId]] = defaultdict(set)
    for each in reviews:
        if each.decision is Decision.REJECTED and each.upstream_outlet is not None:
            rejected[each.downstream].add(each.upstream_outlet)
    found = dict(facts)
    for article in rejected.keys() & facts.keys():
        told = facts[article]
        found[article] = dataclasses.replace(
            told,
            attributions=tuple(
                each for each in told.attributions if not (each.is_provenance and each.outlet in rejected[article])
            ),
            upstreams=tuple(each for each in told.upstreams if each not in rejected[article]),
        )
    return found


def _key(about: Derivation | Review) -> tuple[str, ...]:
    if about.upstream is None:
        return about.downstream, "", about.upstream_outlet or ""
    return tuple(sorted((about.downstream, about.upstream)))


def _decided(derivation: Derivation, review: Review, facts: Mapping[ArticleId, ArticleFacts]) -> Derivation:
    if review.decision is Decision.REJECTED:
        return dataclasses.replace(
            derivation,
            status=DerivationStatus.POSSIBLE,
            decision=review.decision,
            in_lineage=False,
            evidence=(Evidence("review", _detail(review)), *derivation.evidence),
        )
    if derivation.upstream is not None and derivation.upstream != review.upstream:
        derivation = turned(derivation, facts)
    return dataclasses.replace(
        derivation,
        status=DerivationStatus.DERIVED,
        direction=Direction.ESTABLISHED,
        decision=review.decision,
        evidence=(
            Evidence("review", _detail(review), (), REVIEW_WEIGHT + max(0.0, -lean(derivation))),
            *derivation.evidence,
        ),
    )


def _added(review: Review, facts: Mapping[ArticleId, ArticleFacts]) -> Derivation:
    return Derivation(
        downstream=review.downstream,
        upstream=review.upstream,
        upstream_outlet=review.upstream_outlet or (facts[review.upstream].carries if review.upstream else None),
        status=DerivationStatus.DERIVED,
        direction=Direction.ESTABLISHED,
        strength=0.0,
        evidence=(Evidence("review", _detail(review), (), REVIEW_WEIGHT),),
        decision=review.decision,
    )


def _detail(review: Review) -> str:
    note = f": {review.note}" if review.note else ""
    return f"{review.decision} by {review.reviewer} on {review.decided_at:%Y-%m-%d}{note}"
