"""What a third article tells of the order of two: additions and omissions along chains, and sources named elsewhere.

Three articles that share text give more than three pairs. Whatever two of them have in common beyond the third did not
come from the third; and the one that holds all the other two share stands between them. This is the method by which
textual critics order manuscripts (common errors; K. Lachmann), applied to words added, left out and changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice

from provenance.model import ArticleFacts, ArticleId, AttributionKind, Evidence, EvidencePlace, OutletId
from provenance.trace.coverage import gain, weight
from provenance.trace.direction import LIKELY
from provenance.trace.ties import Ties

__all__ = ["CHAIN_SIGNALS", "credited_elsewhere", "weigh_chains"]

CHAIN_WEIGHT = 2.0
"""Log-odds (7 to 1) of an order by additions and omissions: likely by itself, never established."""

COMMON_WORDS = 20.0
"""Words two articles must have in common beyond a third before it counts as an addition: a sentence. What the aligner
finds in one pair and misses in another comes to fewer."""

COMMON_SHARE = 0.05
"""The same as a share of what the two have in common at all."""

FEW_WORDS = 10.0
"""Words up to which one article has nothing of another beyond a third: half a sentence of noise."""

MAX_THIRDS = 8
"""Third articles asked about one pair, the most strongly tied first: enough to find the one that decides, and few
enough for families of thousands."""

MAX_ROUNDS = 4
"""Times an order that was found may lead to another one further down a chain."""

DATE_LEFT = 0.25
"""Share of the weight of dates that is left where both texts may come from a source that is not at hand: the earlier of
two reposts is no more likely to be the source of the other for that."""


def weigh_chains(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], at_hand: Callable[[ArticleId], Collection[OutletId]]
) -> None:
    """Add what third articles tell to the evidence of every tie.

    Args:
        ties: the asserted ties; they are changed.
        facts: all articles.
        at_hand: gives the outlets whose own text on the matter is at hand for an article, credited or not.
    """
    for one, other in ties.pairs():
        for signal in (common_credit, siblings):
            for upstream, downstream, evidence in signal(ties, facts, (one, other), at_hand):
                ties.note(upstream, downstream, evidence)
    for _ in range(MAX_ROUNDS):
        found = [each for pair in ties.pairs() for each in chain(ties, facts, pair, at_hand)]
        for upstream, downstream, evidence in found:
            ties.note(upstream, downstream, evidence)
        if not found:
            return


Noted = tuple[ArticleId, ArticleId, Evidence]
"""Upstream, downstream, and evidence that weighs for this order where it is positive."""

AtHand = Callable[[ArticleId], Collection[OutletId]]


def common_credit(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], pair: tuple[ArticleId, ArticleId], at_hand: AtHand
) -> Iterator[Noted]:
    """One of the two credits a source that is not at hand: the other may have the text from there as well.

    Which was published first then says little of who had it from whom. It takes back most of what the dates weigh.
    """
    one, other = pair
    link = ties.link(one, other)
    dated = sum(each.weight for each in link.evidence if each.kind == "date") if link else 0.0
    if link is None or not dated or link.upstream is None:
        return
    later, earlier = (
        (facts[link.downstream], facts[link.upstream]) if dated > 0 else (facts[link.upstream], facts[link.downstream])
    )
    credited = credited_elsewhere(later, at_hand) or _wired_elsewhere(earlier, at_hand)
    credited -= {later.carries, earlier.carries}
    if not credited or earlier.carries in later.upstreams:
        return
    crediting = later if credited & set(later.upstreams) else earlier
    named = next(each for each in crediting.attributions if each.outlet in credited and each.is_provenance)
    places = (EvidencePlace(crediting.id, named.span),) if named.span else ()
    detail = (
        f"the text is credited to {named.credited or named.outlet}, which is not at hand: either may have it from there"
    )
    upstream = link.upstream if dated > 0 else link.downstream
    downstream = link.downstream if dated > 0 else link.upstream
    yield upstream, downstream, Evidence("common-credit", detail, places, -abs(dated) * (1.0 - DATE_LEFT))


def credited_elsewhere(article: ArticleFacts, at_hand: AtHand) -> set[OutletId | None]:
    """Name the outlets an article credits for its text of which nothing that it may come from is at hand."""
    missing: set[OutletId | None] = set(article.upstreams)
    return missing - set(at_hand(article.id))


def _wired_elsewhere(article: ArticleFacts, at_hand: AtHand) -> set[OutletId | None]:
    """The same for agencies alone: what they send out stands in many places at once."""
    wired = {each.outlet for each in article.attributions if each.kind is AttributionKind.WIRE}
    return credited_elsewhere(article, at_hand) & wired


def siblings(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], pair: tuple[ArticleId, ArticleId], _at_hand: AtHand
) -> Iterator[Noted]:
    """A third article stands upstream of both and holds all they share: neither was taken from the other.

    It takes back whatever else speaks for an order, unless one of the two credits the other.
    """
    one, other = pair
    leaning = ties.lean(one, other)
    if _credits(facts, one, other) or _credits(facts, other, one) or _reviewed(ties, pair):
        return
    for third in _upstream_of_both(ties, pair):
        if _common_beyond(ties, pair, third) < _enough_in_common(ties, pair):
            detail = f"all they share stands in {_name(facts[third])}, from which both derive"
            yield one, other, Evidence("siblings", detail, (), -leaning)
            return


def chain(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], pair: tuple[ArticleId, ArticleId], _at_hand: AtHand
) -> Iterator[Noted]:
    """A third article shows which of two stands nearer to the source: what was added stays, what is left out is gone.

    The two have something in common beyond the third, which stands upstream of one of them; and the other has nothing
    of the third that did not come through the first.
    """
    link = ties.link(*pair)
    if link is None or any(each.kind in ("chain", "siblings", "review") for each in link.evidence):
        return
    for third in _thirds(ties, pair):
        for nearer, farther in (pair, pair[::-1]):
            if ties.lean(third, nearer) < LIKELY or ties.lean(farther, third) >= LIKELY:
                continue
            if _common_beyond(ties, pair, third) < _enough_in_common(ties, pair):
                continue
            own = gain(ties.told(farther, third), [ties.told(farther, nearer)])
            through = gain(ties.told(nearer, third), [ties.told(nearer, farther)])
            if own <= FEW_WORDS and through > max(COMMON_WORDS, 2 * own):
                detail = (
                    f"{_name(facts[farther])} has what {_name(facts[nearer])} added to or changed of "
                    f"{_name(facts[third])}, and nothing of that beyond it"
                )
                yield nearer, farther, Evidence("chain", detail, (), CHAIN_WEIGHT)
                return


def _thirds(ties: Ties, pair: tuple[ArticleId, ArticleId]) -> Iterator[ArticleId]:
    """Yield articles tied to both of a pair, those of the fewer partners' most strongly tied first."""
    fewer, more = sorted(pair, key=lambda article: len(ties.partners(article)))
    common = (third for third in ties.partners(fewer) if third != more and ties.link(third, more))
    return islice(common, MAX_THIRDS)


def _upstream_of_both(ties: Ties, pair: tuple[ArticleId, ArticleId]) -> Iterator[ArticleId]:
    return (third for third in _thirds(ties, pair) if all(ties.lean(third, each) >= LIKELY for each in pair))


def _common_beyond(ties: Ties, pair: tuple[ArticleId, ArticleId], third: ArticleId) -> float:
    """Count the words a pair has in common beyond a third article, on the side where they are fewer."""
    one, other = pair
    return min(
        gain(ties.told(one, other), [ties.told(one, third)]), gain(ties.told(other, one), [ties.told(other, third)])
    )


def _enough_in_common(ties: Ties, pair: tuple[ArticleId, ArticleId]) -> float:
    shared = min(weight(ties.told(*pair)), weight(ties.told(*pair[::-1])))
    return max(COMMON_WORDS, COMMON_SHARE * shared)


def _credits(facts: Mapping[ArticleId, ArticleFacts], downstream: ArticleId, upstream: ArticleId) -> bool:
    carried = facts[upstream].carries
    return carried is not None and carried in facts[downstream].upstreams


def _reviewed(ties: Ties, pair: tuple[ArticleId, ArticleId]) -> bool:
    link = ties.link(*pair)
    return link is not None and link.decision is not None


def _name(article: ArticleFacts) -> str:
    return article.title or article.source.rpartition("/")[2]


CHAIN_SIGNALS: Mapping[str, Callable[..., Iterator[Noted]]] = {
    "common-credit": common_credit,
    "siblings": siblings,
    "chain": chain,
}
"""Every kind of direction evidence that takes a third article, by its public name; the docstring explains it."""
