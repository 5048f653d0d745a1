"""From derivations to lineage: an acyclic graph over families, with versions, inferred sources and origins."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Derivation,
    DerivationStatus,
    Direction,
    Family,
    FamilyId,
    InferredSource,
    Lineage,
    OutletId,
    Review,
)
from provenance.trace.branching import choose_links
from provenance.trace.chains import weigh_chains
from provenance.trace.direction import LIKELY
from provenance.trace.groups import Groups
from provenance.trace.inferred import infer_sources, part_descendants
from provenance.trace.origins import audit_origins, family_origins
from provenance.trace.paths import follow_paths, open_circles
from provenance.trace.reviews import with_reviews
from provenance.trace.ties import Ties
from provenance.trace.versions import mark_versions, version_groups

__all__ = ["join_lineages", "trace"]

CLOSE_ENOUGH = 0.25
"""Strength of a possible tie from which a text of an outlet counts as at hand for an article that credits the outlet.
Outlets publish many texts: that one of them is at hand does not mean that it is the one credited."""


def trace(
    derivations: Sequence[Derivation], facts: Mapping[ArticleId, ArticleFacts], reviews: Sequence[Review] = ()
) -> Lineage:
    """Build the lineage of a run.

    What people decided goes first. Then third articles and sources that are not at hand are asked about the order of
    every tie, sources that must have existed are inferred, and each family keeps the ties that explain most; the others
    stay listed, with ``in_lineage`` false. The lineage has no circle.

    Args:
        derivations: what was measured or declared, from :func:`~provenance.trace.measured` and
            :func:`~provenance.trace.declared`.
        facts: all articles.
        reviews: the decisions in force, oldest first.
    """
    decided = with_reviews(derivations, facts, reviews)
    ties = Ties(decided, facts)
    hand = _at_hand(decided, facts)
    mark_versions(ties, facts)
    weigh_chains(ties, facts, hand)
    families: list[Family] = []
    chosen: set[tuple[ArticleId, ArticleId]] = set()
    for members in _families(facts, ties):
        open_circles(members, ties)
        sources = infer_sources(members, ties, facts, hand)
        links = choose_links(members, ties, facts, part_descendants(sources, ties))
        follow_paths(members, ties, links)
        chosen.update(links)
        families.append(_family(members, ties, sources, links, facts))
    final = _without_names_at_hand([_finished(each, ties, chosen) for each in decided])
    return join_lineages(final, families, len(facts))


def join_lineages(derivations: Iterable[Derivation], families: Iterable[Family], articles: int) -> Lineage:
    """Make one lineage of what was found of some articles, in whatever order it comes.

    Args:
        derivations: all links.
        families: all families.
        articles: how many articles there are, those without a family included.
    """
    grouped = sorted(families, key=lambda family: family.articles)
    return Lineage(tuple(sorted(derivations, key=_listed)), tuple(grouped), audit_origins(grouped, articles))


def _at_hand(
    derivations: Iterable[Derivation], facts: Mapping[ArticleId, ArticleFacts]
) -> Callable[[ArticleId], Collection[OutletId]]:
    """Give a function that names the outlets whose text on the matter of an article is at hand, its source or not."""
    compared: defaultdict[ArticleId, set[OutletId]] = defaultdict(set)
    for each in derivations:
        if each.upstream is None:
            continue
        for article, other in ((each.downstream, each.upstream), (each.upstream, each.downstream)):
            carried = facts[other].carries
            if carried is not None and (each.status is DerivationStatus.DERIVED or each.strength >= CLOSE_ENOUGH):
                compared[article].add(carried)
    return lambda article: compared[article]


def _families(facts: Iterable[ArticleId], ties: Ties) -> list[list[ArticleId]]:
    groups = Groups(facts)
    for one, other in ties.pairs():
        groups.unite(one, other)
    return [group for group in groups.groups() if len(group) > 1]


def _finished(derivation: Derivation, ties: Ties, chosen: Collection[tuple[ArticleId, ArticleId]]) -> Derivation:
    """Give a derivation as it was found to be in the end, marked if it is a link of the lineage."""
    if derivation.status is not DerivationStatus.DERIVED:
        return derivation
    if derivation.upstream is None:
        return dataclasses.replace(derivation, in_lineage=True)
    final = ties.link(derivation.downstream, derivation.upstream) or derivation
    ends = (derivation.downstream, derivation.upstream)
    return dataclasses.replace(final, in_lineage=ends in chosen or ends[::-1] in chosen)


def _without_names_at_hand(derivations: Sequence[Derivation]) -> list[Derivation]:
    """Leave out outlets that are known not by name only: an article of theirs stands upstream, in a known direction."""
    known = {
        (each.downstream, each.upstream_outlet)
        for each in derivations
        if each.upstream is not None
        and each.status is DerivationStatus.DERIVED
        and each.direction is not Direction.UNKNOWN
    }
    return [
        each
        for each in derivations
        if each.upstream or each.decision or (each.downstream, each.upstream_outlet) not in known
    ]


def _listed(derivation: Derivation) -> tuple[ArticleId, float, str, str]:
    return derivation.downstream, -derivation.strength, derivation.upstream or "", derivation.upstream_outlet or ""


def _family(
    members: Sequence[ArticleId],
    ties: Ties,
    sources: Sequence[InferredSource],
    chosen: Sequence[tuple[ArticleId, ArticleId]],
    facts: Mapping[ArticleId, ArticleFacts],
) -> Family:
    inside = set(members)
    links = [
        link
        for member in members
        for partner in ties.partners(member)
        if member < partner and partner in inside and (link := ties.link(member, partner))
    ]
    digest = hashlib.sha256("\0".join(members).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Family(
        id=FamilyId(f"family:{digest}"),
        articles=tuple(members),
        origins=family_origins(members, links, sources, ties),
        root=None if sources else _root(members, ties, chosen),
        versions=version_groups(members, links, facts),
        inferred_sources=tuple(sources),
    )


def _root(members: Sequence[ArticleId], ties: Ties, chosen: Sequence[tuple[ArticleId, ArticleId]]) -> ArticleId | None:
    """Name the article all others come from: only when every link has a direction and one article no upstream."""
    found = [ties.link(*ends) for ends in chosen]
    if any(link is None or link.direction is Direction.UNKNOWN for link in found):
        return None
    roots = set(members) - {downstream for _, downstream in chosen}
    if len(roots) != 1:
        return None
    root = roots.pop()
    return None if any(ties.lean(partner, root) >= LIKELY for partner in ties.partners(root)) else root
