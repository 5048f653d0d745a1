"""Every credit of an article held against the texts at hand: supported, not at hand, or contradicted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from provenance.model import (
    ArticleFacts,
    ArticleId,
    CreditCheck,
    CreditFinding,
    Derivation,
    DerivationStatus,
    Direction,
    OutletId,
)

__all__ = ["Sources", "check_credits", "sources_of"]

CONTRADICTING_SHARE = 0.5
"""Share of an article's words that must be found in texts of others before its credit is contradicted: a credit may be
for the other half."""

RIVAL_STRENGTH = 0.25
RIVAL_SHARE = 0.15
"""Strength of a possible tie and share of an article's words from which a text of the credited outlet is about the same
matter. Outlets publish many texts: that some other one of them is at hand does not make a credit false."""

MUCH_LESS = 0.6
"""Share of what the true source accounts for below which a text of the credited outlet is not the source: it tells the
same event."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What stands upstream of one article in the lineage, and what else it was compared with.

    ``reached`` are the articles upstream of it by outlet, at any distance; ``named`` the outlets these credit in their
    turn; ``compared`` the articles it was found to share something with, in the lineage or not, by outlet.
    """

    reached: Mapping[OutletId, frozenset[ArticleId]]
    named: frozenset[OutletId] = frozenset()
    compared: Mapping[OutletId, Sequence[Derivation]] = field(default_factory=dict)
    direct: Sequence[Derivation] = ()
    """Its links of the lineage with a known direction."""


def sources_of(
    facts: Mapping[ArticleId, ArticleFacts], derivations: Iterable[Derivation]
) -> Callable[[ArticleId], Sources]:
    """Give a function that tells the sources of an article.

    Args:
        facts: the articles of the run.
        derivations: all derivations of the run, lineage decided and shares measured.
    """
    above: defaultdict[ArticleId, list[Derivation]] = defaultdict(list)
    compared: defaultdict[ArticleId, defaultdict[OutletId, list[Derivation]]] = defaultdict(lambda: defaultdict(list))
    for each in derivations:
        if each.upstream is None:
            continue
        if each.in_lineage and each.direction is not Direction.UNKNOWN:
            above[each.downstream].append(each)
        for article, other in ((each.downstream, each.upstream), (each.upstream, each.downstream)):
            carried = facts[other].carries
            if carried is not None:
                compared[article][carried].append(each)

    return lambda article: _climbed(article, facts, above, compared.get(article, {}))


def _climbed(
    article: ArticleId,
    facts: Mapping[ArticleId, ArticleFacts],
    above: Mapping[ArticleId, Sequence[Derivation]],
    compared: Mapping[OutletId, Sequence[Derivation]],
) -> Sources:
    """Collect what stands upstream of an article at any distance."""
    reached: defaultdict[OutletId, set[ArticleId]] = defaultdict(set)
    named, seen, todo = set[OutletId](), {article}, [article]
    while todo:
        for link in above.get(todo.pop(), ()):
            upstream = facts[link.upstream or link.downstream]
            if upstream.carries is not None:
                reached[upstream.carries].add(upstream.id)
            named.update(upstream.upstreams)
            if upstream.id not in seen:
                seen.add(upstream.id)
                todo.append(upstream.id)
    found = {outlet: frozenset(articles) for outlet, articles in reached.items()}
    return Sources(found, frozenset(named), compared, tuple(above.get(article, ())))


def check_credits(article: ArticleFacts, sources: Sources) -> tuple[CreditCheck, ...]:
    """Hold every outlet an article credits for its text against what stands upstream of it, sorted by outlet.

    A credit is *supported* when an article of the outlet stands upstream in the lineage; where the outlet stands
    further up, the credit names the origin and is right. It is *contradicted* when a text of the outlet is at hand and
    half of the article and more comes from elsewhere, in a known direction, from texts that do not credit the outlet in
    their turn. Otherwise what is credited is *not at hand*.
    """
    return tuple(_check(article, outlet, sources) for outlet in sorted(article.upstreams))


def _check(article: ArticleFacts, outlet: OutletId, sources: Sources) -> CreditCheck:
    named = [each for each in article.attributions if each.outlet == outlet and each.is_provenance]
    who = next((each.credited for each in named if each.credited), outlet)
    spans = tuple(dict.fromkeys(each.span for each in named if each.span is not None))
    if outlet in sources.reached:
        found = tuple(sorted(sources.reached[outlet]))
        detail = f"{_articles(len(found))} of {who}, or signed by it, stands upstream of it here"
        return CreditCheck(outlet, CreditFinding.SUPPORTED, detail, spans, found)
    links = sources.compared.get(outlet, ())
    alike = [each for each in links if each.status is DerivationStatus.DERIVED and _is_close(each, sources)]
    if alike:
        detail = f"an article of {who} shares its text, but nothing shows that it came first"
        return CreditCheck(outlet, CreditFinding.NOT_AT_HAND, detail, spans, _others(article.id, alike))
    if outlet in sources.named:
        detail = f"what it derives from here credits {who} as well; no text of {who} that fits is at hand"
        return CreditCheck(outlet, CreditFinding.NOT_AT_HAND, detail, spans)
    rivals = [each for each in links if _tells_the_same(each)]
    if rivals and _share(sources.direct) >= CONTRADICTING_SHARE:
        detail = f"a text of {who} is at hand, and the words of this one are found elsewhere"
        shown = (*_others(article.id, sources.direct), *_others(article.id, rivals))
        return CreditCheck(outlet, CreditFinding.CONTRADICTED, detail, spans, tuple(dict.fromkeys(shown)))
    detail = f"no text of {who} that it may come from is at hand"
    return CreditCheck(outlet, CreditFinding.NOT_AT_HAND, detail, spans)


def _tells_the_same(link: Derivation) -> bool:
    """Say whether a text tells enough of what another tells for a credit to mean it: not any text of its outlet."""
    return link.status is DerivationStatus.DERIVED or (
        link.strength >= RIVAL_STRENGTH and (link.share or 0.0) >= RIVAL_SHARE
    )


def _articles(number: int) -> str:
    return "an article" if number == 1 else f"one of {number} articles"


def _is_close(link: Derivation, sources: Sources) -> bool:
    """Say whether a text of the credited outlet accounts for about as much as what the article derives from."""
    return (link.share or 0.0) >= MUCH_LESS * _share(sources.direct)


def _share(links: Sequence[Derivation]) -> float:
    return max((each.share or 0.0 for each in links), default=0.0)


def _others(article: ArticleId, links: Iterable[Derivation]) -> tuple[ArticleId, ...]:
    ends = (each.upstream if each.downstream == article else each.downstream for each in links)
    return tuple(sorted({end for end in ends if end is not None}))
